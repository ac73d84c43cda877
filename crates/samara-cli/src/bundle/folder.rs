//! A folder that builds write into: one at a time, and each file that may be read in one step.

use anyhow::{Context, Result, bail};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// What the names of files begin with until they are whole.
const UNFINISHED: &str = ".samara-";
/// How long a build waits for another one that writes into the same folder, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// Writes one file so that a reader finds either the old one or the new one, whole. One that says the same
/// already is left alone.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    if says(&path, bytes) {
        return Ok(());
    }
    exchange(folder, &path, |file| {
        file.write_all(bytes)?;
        file.sync_all()
    })
}

/// Has `write` fill a file beside and gives it its name in one step.
pub fn exchange(
    folder: &Path,
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<()> {
    // The process's number, for file systems that know no locks.
    let unfinished = folder.join(format!("{UNFINISHED}{}", process()));
    let written = || {
        write(&mut File::create(&unfinished)?)?;
        fs::rename(&unfinished, path)
    };
    written()
        .inspect_err(|_| drop(fs::remove_file(&unfinished)))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The same for many files of one folder, by several threads, which does not wait for the disk. Whether there was something to
/// write.
///
/// A file of a new name is written in place, which is faster: nothing names it yet, and what an interrupted build leaves of it
/// says something else, so it is written again. A file that is there may be read meanwhile.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<bool> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let path = folder.join(name);
    match File::create_new(&path) {
        Ok(mut file) => file
            .write_all(bytes)
            .with_context(|| format!("cannot write {}", path.display()))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if says(&path, bytes) {
                return Ok(false);
            }
            // What is unfinished has one name.
            let _alone = ONE_AT_A_TIME.lock();
            exchange(folder, &path, |file| file.write_all(bytes))?;
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot write {}", path.display()));
        }
    }
    Ok(true)
}

/// Whether there is a file of these bytes.
fn says(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|before| before == bytes)
}

#[cfg(not(target_family = "wasm"))]
fn process() -> u32 {
    std::process::id()
}

/// WASI gives processes no numbers: the time is as good.
#[cfg(target_family = "wasm")]
fn process() -> u32 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |time| time.as_micros() as u32)
}

/// A folder that no other build writes into for as long as this lives. The system lets go of it for a process that
/// was killed; where folders cannot be locked, nothing keeps others out.
pub struct Alone {
    _lock: Option<File>,
}

impl Alone {
    /// Makes the folder, waits for a build that writes into it, and deletes what an interrupted one left.
    ///
    /// # Errors
    /// The folder cannot be made, or the other build does not end.
    pub fn in_folder(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let lock = lock(folder)?;
        remove_unfinished(folder)?;
        Ok(Self { _lock: lock })
    }
}

fn lock(folder: &Path) -> Result<Option<File>> {
    let Ok(lock) = File::open(folder) else {
        return Ok(None);
    };
    let end = Instant::now() + PATIENCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Some(lock)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) if Instant::now() < end => thread::sleep(LOOK),
            Err(TryLockError::WouldBlock) => bail!(
                "{}: another build has been writing into this folder for {} seconds; end it, then try again",
                folder.display(),
                PATIENCE.as_secs()
            ),
        }
    }
}

/// Deletes what an interrupted build left.
fn remove_unfinished(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(Result::ok)
        .filter(is_unfinished)
    {
        remove(folder, &entry.file_name().to_string_lossy())?;
    }
    Ok(())
}

/// Whether only a build of ours gives such names. Pages and workers stand in folders that belong to others.
pub fn is_unfinished(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let process = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED));
    process.is_some_and(|process| process.parse::<u32>().is_ok())
}

/// Deletes a file of an earlier bundle; a name that leads out of the folder is none of ours.
pub fn remove(folder: &Path, name: &str) -> Result<()> {
    let ours = ["samara.", "samara-", UNFINISHED];
    if name.contains(['/', '\\']) || !ours.iter().any(|start| name.starts_with(start)) {
        return Ok(());
    }
    match fs::remove_file(folder.join(name)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot delete {}", folder.join(name).display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_read_is_exchanged_and_what_says_the_same_stays() {
        let folder = std::env::temp_dir().join(format!("samara-folder-{}", process()));
        fs::create_dir_all(&folder).unwrap();
        assert!(put(&folder, "block", b"new").unwrap());
        assert!(!put(&folder, "block", b"new").unwrap());
        // Whoever reads it meanwhile goes on reading what was there.
        fs::hard_link(folder.join("block"), folder.join("open")).unwrap();
        assert!(put(&folder, "block", b"compressed otherwise").unwrap());
        assert_eq!(fs::read(folder.join("open")).unwrap(), b"new");
        assert_eq!(
            fs::read(folder.join("block")).unwrap(),
            b"compressed otherwise"
        );
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        assert!(put(&folder.join("block"), "below", b"a file is no folder").is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
