//! Writing a bundle so that a site which is being visited, or a build that is interrupted, never
//! meets half of one.
//!
//! The manifest goes first and names old files and new ones; then come the files that carry a hash of their
//! content in their names; then the scripts that pages name, each in one rename and the entry last; then the
//! service worker, which keeps its own copies; then old files are deleted and the manifest forgets them. Builds
//! that write into one folder do so one after another.

use super::contents::Contents;
use super::manifest::{LeftOut, MANIFEST, Manifest};
use super::offline::Offline;
use crate::failure::Misuse;
use anyhow::{Context, Result, bail};
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// The page of the single-file layout.
pub const PAGE: &str = "samara.html";
/// What the names of files begin with until they are whole.
const UNFINISHED: &str = ".samara-";
/// How long a build waits for another one that writes into the same folder, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// Refuses a folder that holds something else than a bundle.
///
/// # Errors
/// The path is a file, or a folder that is neither empty nor a bundle.
pub fn claim(folder: &Path) -> Result<()> {
    let occupied = match fs::read_dir(folder) {
        Ok(entries) => entries
            .filter_map(Result::ok)
            .any(|entry| !is_unfinished(&entry)),
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(_) if folder.is_file() => {
            let folder = folder.display();
            return Err(Misuse(format!(
                "-o {folder}: this is a file; name a new or empty folder"
            ))
            .into());
        }
        Err(error) => return Err(error).with_context(|| format!("-o {}", folder.display())),
    };
    if occupied && !folder.join(MANIFEST).is_file() {
        let folder = folder.display();
        return Err(Misuse(format!(
            "-o {folder}: this folder holds files that are no bundle; name an empty or new folder, such as {folder}/samara"
        ))
        .into());
    }
    Ok(())
}

/// Writes a bundle and returns its manifest. Linear in the module.
///
/// # Errors
/// The folder cannot be written. What was there before still works then.
pub fn write(
    folder: &Path,
    contents: &Contents,
    offline: Option<&Offline>,
    left_out: LeftOut,
) -> Result<Manifest> {
    let _alone = Alone::in_folder(folder)?;
    let before = Manifest::read(folder)?.unwrap_or_default();
    let manifest = Manifest {
        worker: offline.map(|offline| offline.place.clone()),
        left_out,
        ..Manifest::of(contents)
    };
    replace(folder, MANIFEST, &manifest.together_with(&before).json()?)?;
    for (name, bytes) in contents.hashed().into_iter().chain(contents.stable()) {
        replace(folder, name, bytes)?;
    }
    if let Some(offline) = offline {
        offline.write()?;
    }
    if let Some(worker) = &before.worker
        && before.worker != manifest.worker
    {
        super::offline::take_away(&folder.join(worker))?;
    }
    for old in before.files.keys() {
        if !manifest.files.contains_key(old) {
            remove(folder, old)?;
        }
    }
    replace(folder, MANIFEST, &manifest.json()?)?;
    Ok(manifest)
}

/// Writes one file so that a reader finds either the old one or the new one, whole. One that says the same
/// already is left alone.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    if fs::read(&path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    // The process's number, for file systems that know no locks.
    let unfinished = folder.join(format!("{UNFINISHED}{}", std::process::id()));
    let write = || {
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)
    };
    write()
        .inspect_err(|_| drop(fs::remove_file(&unfinished)))
        .with_context(|| format!("cannot write {}", path.display()))
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
fn is_unfinished(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let process = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED));
    process.is_some_and(|process| process.parse::<u32>().is_ok())
}

/// Deletes a file of an earlier bundle; a name that leads out of the folder is none of ours.
fn remove(folder: &Path, name: &str) -> Result<()> {
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
