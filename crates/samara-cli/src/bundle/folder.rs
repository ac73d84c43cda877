//! A folder that builds write into: one at a time, and each file that may be read in one step.

use anyhow::{Context, Result, bail};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// What the names of files begin with until they are whole.
const UNFINISHED: &str = ".samara-";
/// Fewer files do not wait for what others wrote to the same disk.
const MANY: usize = 1000;
/// Threads that wait for the disk.
const THREADS: usize = 4;
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
fn exchange(
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

/// The same for many files of one folder, which does not wait for the disk. Whether there was something to write. Several threads
/// would wait for the folder longer than they write.
///
/// A file of a new name is written in place, which is faster: nothing names it yet, and what an interrupted build leaves of it
/// says something else, so it is written again. A file that is there may be read meanwhile.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<bool> {
    let path = folder.join(name);
    match File::create_new(&path) {
        Ok(mut file) => file
            .write_all(bytes)
            .with_context(|| format!("cannot write {}", path.display()))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if says(&path, bytes) {
                return Ok(false);
            }
            exchange(folder, &path, |file| file.write_all(bytes))?;
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot write {}", path.display()));
        }
    }
    Ok(true)
}

/// Waits until these files of a folder are on the disk.
///
/// # Errors
/// One of them cannot be written.
pub fn sync(folder: &Path, paths: &[PathBuf]) -> Result<()> {
    if paths.len() >= MANY && sync_file_system(folder) {
        return Ok(());
    }
    in_shares(paths, sync_each).map(drop)
}

fn sync_each(paths: &[PathBuf]) -> Result<()> {
    for path in paths {
        let file = File::options().write(true).open(path);
        file.and_then(|file| file.sync_all())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// What several threads make of a share each, because they wait for the disk, and not for a core.
pub fn in_shares<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    if cfg!(target_family = "wasm") {
        return Ok(vec![work(items)?]);
    }
    let work = &work;
    thread::scope(|scope| {
        let shares = items.chunks(items.len().div_ceil(THREADS).max(1));
        let working: Vec<_> = shares
            .map(|share| scope.spawn(move || work(share)))
            .collect();
        let done = working.into_iter();
        done.map(|share| share.join().expect("waiting does not panic"))
            .collect()
    })
}

/// Waits until all that was written to the file system of a folder is on the disk, where a system can do that; whether it has. For
/// thousands of files that takes a tenth of the time of waiting for each, though what others wrote is waited for as well. Some file
/// systems, and Linux before 5.8, tell of no fault.
#[cfg(target_os = "linux")]
fn sync_file_system(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| rustix::fs::syncfs(folder).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn sync_file_system(_: &Path) -> bool {
    false
}

/// Whether there is a file of these bytes.
pub fn says(path: &Path, bytes: &[u8]) -> bool {
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
    use std::sync::Mutex;

    #[test]
    fn every_file_is_in_one_share() {
        for count in [0, 1, THREADS - 1, THREADS, 1000] {
            let paths: Vec<PathBuf> = (0..count).map(|of| format!("{of}").into()).collect();
            let seen = Mutex::new(Vec::new());
            let see = |share: &[PathBuf]| {
                seen.lock().unwrap().extend_from_slice(share);
                Ok(())
            };
            in_shares(&paths, see).unwrap();
            let mut seen = seen.into_inner().unwrap();
            seen.sort_by_key(|path| path.to_string_lossy().parse::<usize>().unwrap());
            assert_eq!(seen, paths);
            let last = in_shares(&paths, |share| match share.last() == paths.last() {
                true => bail!("the last"),
                false => Ok(()),
            });
            assert_eq!(last.is_err(), count > 0);
        }
    }

    #[test]
    fn files_that_are_not_there_cannot_be_waited_for() {
        let missing = Path::new("no-folder");
        let paths = |count| vec![missing.join("file"); count];
        for paths in [paths(1), paths(MANY)] {
            let error = sync(missing, &paths).unwrap_err();
            assert!(error.to_string().contains("no-folder"), "{error}");
        }
    }

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
