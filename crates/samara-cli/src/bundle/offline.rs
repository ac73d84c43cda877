//! The service worker that keeps page and search when the network is gone.
//!
//! A service worker covers the folder that it lies in, so it goes to the root of the site where the bundle
//! lies inside of one. It fetches all its files before it serves any, and its version changes with each.

use super::assets;
use super::contents::{Contents, ENTRY, HIGHLIGHT, hexadecimal};
use super::folder::{self, Alone};
use super::site::Site;
use super::split;
use crate::failure::Misuse;
use anyhow::{Context, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Name of its file.
pub const NAME: &str = "samara-worker.js";
/// What takes its place where a site wants none any more: browsers keep one whose file is merely gone.
const FAREWELL: &str = include_str!("farewell.js");
/// A global of the worker, by which files of this name are known as ours.
const FOLDER: &str = "SAMARA_FOLDER";
/// How a worker's first line begins, which tells the folder that it keeps.
const ASSIGNMENT: &str = "self.SAMARA_FOLDER=";
/// Letters of the version.
const VERSION: usize = 12;

/// A service worker and where it goes.
pub struct Offline {
    /// The folder that it covers.
    pub folder: PathBuf,
    /// Its file, relative to the bundle.
    pub place: String,
    /// Its text.
    pub script: String,
}

impl Offline {
    /// The worker of a bundle. `pages` are further addresses of the site that it keeps, relative to the
    /// folder that it covers; `blocks` are those that it fetches before anything asks for them. Linear in what it keeps.
    ///
    /// # Errors
    /// One of the pages does not exist, or a file that is none of ours has the worker's place.
    pub fn new(
        bundle: &Path,
        site: Option<&Site>,
        contents: &Contents,
        pages: &[String],
        blocks: &[String],
    ) -> Result<Self> {
        let folder = site.map_or(bundle, |site| &site.root).to_owned();
        let up = site.map_or_else(String::new, Site::way_up);
        claim(&folder.join(NAME))?;

        let mut kept: Vec<String> = [
            ENTRY,
            HIGHLIGHT,
            &contents.module,
            &contents.search,
            &contents.extras,
            &contents.languages,
        ]
        .map(str::to_owned)
        .into();
        let mut all = contents.entry.clone().into_bytes();
        if let Some(root) = contents.root() {
            all.extend(root);
            kept.push(split::ROOT.to_owned());
            kept.extend(
                blocks
                    .iter()
                    .map(|name| format!("{}/{name}", split::FOLDER)),
            );
        }
        for page in pages {
            all.extend(read(&folder, page)?);
            kept.push(format!("{up}{page}"));
        }
        all.extend(kept.concat().into_bytes());
        let list = serde_json::to_string(&kept)?;
        let script = assets::WORKER
            .replace(assets::WORKER_VERSION, &hexadecimal(&all)[..VERSION])
            .replace(assets::WORKER_FILES, &list[1..list.len() - 1]);
        let below = site.map_or("", |site| &site.bundle);
        Ok(Self {
            script: format!(
                "{ASSIGNMENT}{};\n{script}",
                serde_json::to_string(&format!("./{below}"))?
            ),
            place: format!("{up}{NAME}"),
            folder,
        })
    }

    /// Puts the worker into its place. The bundle's folder is held by the build already.
    pub fn write(&self) -> Result<()> {
        let _alone = match self.place.strip_suffix(NAME) {
            Some("") => None,
            _ => Some(Alone::in_folder(&self.folder)?),
        };
        folder::replace(&self.folder, NAME, self.script.as_bytes())
    }
}

/// Puts the farewell into the place of an earlier worker, for the folder that this one kept.
pub fn take_away(worker: &Path) -> Result<()> {
    let Ok(text) = fs::read_to_string(worker) else {
        return Ok(());
    };
    let folder = text.lines().find(|line| line.starts_with(ASSIGNMENT));
    match (worker.parent(), folder) {
        (Some(parent), Some(folder)) => {
            let farewell = format!("{folder}\n{FAREWELL}");
            folder::replace(parent, NAME, farewell.as_bytes())
        }
        _ => Ok(()),
    }
}

/// Refuses the place of a file that is none of ours.
fn claim(path: &Path) -> Result<()> {
    match fs::read(path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            if text.contains(FOLDER) {
                return Ok(());
            }
            Err(Misuse(format!(
                "--service-worker: {} is there already and none of Samara's; move it away",
                path.display()
            ))
            .into())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// What a host serves under an address.
fn read(folder: &Path, address: &str) -> Result<Vec<u8>> {
    let outside = address.starts_with('/') || address.split('/').any(|part| part == "..");
    let path = folder.join(address);
    let path = if path.is_dir() {
        path.join("index.html")
    } else {
        path
    };
    let bytes = if outside {
        Err(std::io::Error::other("it lies outside of the site"))
    } else {
        fs::read(&path)
    };
    bytes.map_err(|error| {
        Misuse(format!(
            "offline: `{address}` cannot be kept, {}: {error}; addresses are relative to {}",
            path.display(),
            folder.display()
        ))
        .into()
    })
}
