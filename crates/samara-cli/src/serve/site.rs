//! What is served beside the documents: the page that searches them, and their bundle.

use crate::bundle::contents::{Contents, ENTRY, hexadecimal};
use crate::bundle::{page, site, split};
use crate::compile::Built;
use crate::config::Config;
use anyhow::Result;
use bytes::Bytes;
use std::collections::HashMap;

/// The folder of the served site that belongs to the command.
const OWN: &str = "/-samara/";
/// The site's root, as seen from there.
const ROOT: &str = "../";
/// Letters of a hash that tell a file from its other versions.
const TAG: usize = 16;

/// Files by their addresses.
pub struct Site {
    files: HashMap<String, File>,
    /// Counts the builds, so that a page knows when to reload.
    pub version: u32,
}

/// One of them.
#[derive(Clone)]
pub struct File {
    pub bytes: Bytes,
    pub kind: &'static str,
    /// Tells it from its other versions.
    pub tag: String,
}

/// Where the site's own pages look for the bundle.
pub struct Place {
    /// Its folder: `/assets/samara/`.
    folder: String,
    /// How the root is reached from there: `../../`.
    up: String,
}

impl Place {
    /// The place that the configuration names, where it lies inside of the site.
    pub fn of(config: &Config) -> Option<Self> {
        let site = site::Site::around(&config.paths, config.output.as_deref()?)?;
        Some(Self {
            folder: format!("/{}", site.bundle),
            up: site.way_up(),
        })
    }
}

impl Site {
    /// The files of a build. Linear in the module.
    ///
    /// # Errors
    /// Blocks that were laid aside cannot be read.
    pub fn new(built: &Built, place: Option<&Place>, version: u32) -> Result<Self> {
        let script = format!("{OWN}{ENTRY}");
        let reload = format!("{OWN}reload.js");
        let page = page::write_linking("Search", &[&script, &reload]);
        let mut files = HashMap::from([
            ("/".to_owned(), File::new("index.html", page.into_bytes())),
            (
                reload,
                File::new("reload.js", include_bytes!("../bundle/reload.js").to_vec()),
            ),
            (
                format!("{OWN}version"),
                File::new("version.txt", version.to_string().into_bytes()),
            ),
        ]);
        let place = place.map(|place| (place.folder.as_str(), place.up.as_str()));
        for (folder, up) in [(OWN, ROOT)].into_iter().chain(place) {
            let contents = Contents::new(&built.payload, Some(up), None);
            for (name, bytes) in contents.hashed().into_iter().chain(contents.stable()) {
                files.insert(format!("{folder}{name}"), File::new(name, bytes.to_vec()));
            }
            let blocks = built.payload.blocks.iter();
            for block in blocks.flat_map(|packed| packed.blocks.iter()) {
                let (name, bytes) = block?;
                let address = format!("{folder}{}/{name}", split::FOLDER);
                files.insert(address, File::new(name, bytes));
            }
        }
        Ok(Self { files, version })
    }

    /// The file at an address.
    pub fn file(&self, address: &str) -> Option<File> {
        self.files.get(address).cloned()
    }
}

impl File {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let kind = match name.rsplit('.').next() {
            Some("wasm") => "application/wasm",
            Some("json") => "application/json",
            Some("html") => "text/html; charset=utf-8",
            Some("txt") => "text/plain; charset=utf-8",
            Some("js" | "mjs") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            // The root and the blocks.
            _ => "application/octet-stream",
        };
        Self {
            tag: hexadecimal(&bytes)[..TAG].to_owned(),
            bytes: bytes.into(),
            kind,
        }
    }
}
