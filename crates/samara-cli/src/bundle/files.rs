//! Writing a bundle so that a site which is being visited, or a build that is interrupted, never
//! meets half of one.
//!
//! The manifest goes first and names old files and new ones; then come the files that carry a hash of their
//! content in their names; then the scripts that pages name, each in one rename and the entry last; then the
//! service worker, which keeps its own copies; then old files are deleted and the manifest forgets them. Builds
//! that write into one folder do so one after another.

use super::contents::Contents;
use super::folder::{Alone, is_unfinished, remove, replace};
use super::manifest::{LeftOut, MANIFEST, Manifest};
use super::offline::Offline;
use crate::failure::Misuse;
use anyhow::{Context, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The page of the single-file layout.
pub const PAGE: &str = "samara.html";

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
