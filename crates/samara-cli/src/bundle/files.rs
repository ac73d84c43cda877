//! Writing a bundle so that a site which is being visited, or a build that is interrupted, never
//! meets half of one.
//!
//! The manifest goes first and names old files and new ones; then come the blocks, and the files that carry a hash of
//! their content in their names; then the root and the scripts that pages name, each in one rename and the entry last; then
//! the service worker, which keeps its own copies; then old files are deleted and the manifest forgets them. The blocks of
//! the root before stay until the next build, for pages that were opened with it, as far as there may be so many files. Builds
//! that write into one folder do so one after another.

use super::contents::Contents;
use super::folder::{Alone, is_unfinished, remove, replace};
use super::manifest::{LeftOut, MANIFEST, Manifest};
use super::offline::Offline;
use super::split::{self, Packed};
use crate::failure::Misuse;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
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

/// Writes a bundle of so many files at the most; its manifest, and how many blocks of the build before had to go for that.
/// Linear in the module.
///
/// # Errors
/// The folder cannot be written. What was there before still works then.
pub fn write(
    folder: &Path,
    contents: &Contents,
    blocks: Option<&Packed>,
    offline: Option<&Offline>,
    left_out: LeftOut,
    most: usize,
) -> Result<(Manifest, usize)> {
    let _alone = Alone::in_folder(folder)?;
    let before = Manifest::read(folder)?.unwrap_or_default();
    let own: BTreeSet<String> = blocks
        .into_iter()
        .flat_map(Packed::names)
        .map(str::to_owned)
        .collect();
    let known: BTreeSet<String> = before
        .blocks
        .iter()
        .chain(&before.earlier)
        .cloned()
        .collect();
    let live = split::live(folder);
    let kept = match &live {
        // The same again: those of the build before it stay as well.
        Some(live) if *live == own => known.clone(),
        Some(live) => known.intersection(live).cloned().collect(),
        None if folder.join(split::ROOT).exists() => known.clone(),
        None => BTreeSet::new(),
    };
    let bare = Manifest::of(contents);
    let earlier: Vec<String> = kept.difference(&own).cloned().collect();
    let files = own.len() + bare.files.len() + 1 + usize::from(offline.is_some());
    // Where the index is no longer in blocks, pages that are open find no other root.
    let fitting = match blocks {
        Some(_) => earlier.len().min(most.saturating_sub(files)),
        None => earlier.len(),
    };
    let manifest = Manifest {
        blocks: own.iter().cloned().collect(),
        earlier: earlier[..fitting].to_vec(),
        worker: offline.map(|offline| offline.place.clone()),
        left_out,
        ..bare
    };
    replace(folder, MANIFEST, &manifest.together_with(&before).json()?)?;
    if let Some(packed) = blocks {
        split::write(folder, packed)?;
    }
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
    let stay: BTreeSet<&String> = manifest.earlier.iter().collect();
    let gone = known.difference(&own).filter(|name| !stay.contains(name));
    split::remove(folder, gone)?;
    replace(folder, MANIFEST, &manifest.json()?)?;
    Ok((manifest, earlier.len() - fitting))
}
