//! What sites load that were made for Pagefind: its interface on Samara's engine, and its user interfaces.
//!
//! Where the site has Pagefind's own packages of user interfaces installed, their files are written as they are; else
//! counterparts of them on Samara's search box.

use super::assets::{self, Engine};
use crate::failure::Misuse;
use anyhow::{Context, Result};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use samara_corpus::MarkedFields;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder beneath a site into which Pagefind writes, too.
pub const FOLDER: &str = "pagefind";
/// The file by which a bundle of Pagefind's is known.
const ENTRY: &str = "pagefind-entry.json";
/// Folders of such a bundle, and how the names of all that lies in them end.
const FOLDERS: [(&str, &str); 3] = [
    ("filter", ".pf_filter"),
    ("fragment", ".pf_fragment"),
    ("index", ".pf_index"),
];
/// The files of which there are counterparts.
const OWN: [&str; 6] = [
    "pagefind-highlight.js",
    "pagefind-ui.css",
    "pagefind-component-ui.css",
    "pagefind-ui.js",
    "pagefind-component-ui.js",
    "pagefind.js",
];
/// Where packages of npm lie.
const PACKAGES: &str = "node_modules/@pagefind";

/// A script of Pagefind's that pages load, by the package that has it.
struct Interface {
    /// The script's name in a bundle.
    script: &'static str,
    /// The same of its styles.
    styles: &'static str,
    /// The script in its package, a module of Node's kind…
    module: &'static str,
    /// …the styles…
    css: &'static str,
    /// …and what pages call it.
    global: &'static str,
}

const INTERFACES: [Interface; 3] = [
    Interface {
        script: "pagefind-ui.js",
        styles: "pagefind-ui.css",
        module: "default-ui/npm_dist/cjs/ui-core.cjs",
        css: "default-ui/css/ui.css",
        global: "Object.assign(window, module.exports)",
    },
    Interface {
        script: "pagefind-modular-ui.js",
        styles: "pagefind-modular-ui.css",
        module: "modular-ui/npm_dist/cjs/modular-core.cjs",
        css: "modular-ui/css/ui.css",
        global: "window.PagefindModularUI = module.exports",
    },
    Interface {
        script: "pagefind-component-ui.js",
        styles: "pagefind-component-ui.css",
        module: "component-ui/npm_dist/cjs/component-ui.cjs",
        css: "component-ui/css/pagefind-component-ui.css",
        global: "window.PagefindComponents ??= module.exports",
    },
];

/// What a bundle is told that is searched by Pagefind's interface.
#[derive(Debug, Serialize)]
struct Facts {
    root: String,
    filters: Vec<String>,
    meta: Vec<String>,
    languages: BTreeMap<String, usize>,
}

/// The files of a bundle that Pagefind's would have, too.
#[derive(Debug)]
pub struct Pagefind {
    facts: String,
    /// Scripts and styles of packages that the site has installed.
    installed: Vec<(String, Vec<u8>)>,
}

impl Pagefind {
    /// Of a site that lies in a folder, with its fields, and with the number of its documents in each language. `root` is
    /// how the site's root is reached from the bundle, where that is known and addresses begin there.
    ///
    /// # Errors
    /// A package of Pagefind's is installed and cannot be read.
    pub fn new(
        site: &Path,
        root: Option<String>,
        marked: &MarkedFields,
        languages: BTreeMap<String, usize>,
    ) -> Result<Self> {
        // These are what Pagefind finds by itself.
        let automatic = ["image", "image_alt"].map(str::to_owned);
        let facts = Facts {
            root: root.unwrap_or_default(),
            filters: marked.filters.iter().cloned().collect(),
            meta: marked.meta.iter().cloned().chain(automatic).collect(),
            languages,
        };
        // Letters and digits alone, so that it may stand in quotes of any kind.
        let facts = serde_json::to_string(&facts)?;
        Ok(Self {
            facts: utf8_percent_encode(&facts, NON_ALPHANUMERIC).to_string(),
            installed: installed(site)?,
        })
    }

    /// The files by name, around an engine. `calling` gives scripts the names of the files that they call.
    pub fn files(
        &self,
        engine: &Engine,
        calling: &dyn Fn(&str) -> String,
    ) -> Vec<(String, Vec<u8>)> {
        let own = OWN.into_iter().zip([
            assets::PAGEFIND_HIGHLIGHT.to_owned(),
            assets::PAGEFIND_STYLES.to_owned(),
            assets::PAGEFIND_STYLES.to_owned(),
            assets::PAGEFIND_UI.to_owned(),
            assets::PAGEFIND_COMPONENTS.to_owned(),
            calling(engine.pagefind).replace(assets::PAGEFIND_FACTS, &self.facts),
        ]);
        let is_installed = |name: &str| self.installed.iter().any(|(other, _)| other == name);
        let own = own
            .filter(|(name, _)| !is_installed(name))
            .map(|(name, text)| (name.to_owned(), text.into_bytes()));
        self.installed.iter().cloned().chain(own).collect()
    }
}

/// What the packages hold that lie above the site, or above the folder in which the command was called.
fn installed(site: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let mut files = Vec::new();
    for interface in &INTERFACES {
        let Some(module) = find(site, interface.module) else {
            continue;
        };
        let text = String::from_utf8(read(&module)?).map_err(|_| {
            Misuse(format!(
                "{}: not UTF-8; install the package again",
                module.display()
            ))
        })?;
        let global = interface.global;
        let script = format!(
            "(() => {{ const module = {{ exports: {{}} }}, exports = module.exports;\n{text}\n;{global}; }})();\n"
        );
        files.push((interface.script.to_owned(), script.into_bytes()));
        if let Some(styles) = find(site, interface.css) {
            files.push((interface.styles.to_owned(), read(&styles)?));
        }
    }
    Ok(files)
}

/// How many files are written for the site in a folder.
pub fn count(site: &Path) -> usize {
    let installed = INTERFACES.iter().filter_map(|interface| {
        find(site, interface.module)?;
        let styles = find(site, interface.css).map(|_| interface.styles);
        Some([Some(interface.script), styles])
    });
    let installed = installed.flatten().flatten();
    installed.chain(OWN).collect::<BTreeSet<_>>().len()
}

/// A file of a package, the nearest one above.
fn find(site: &Path, file: &str) -> Option<PathBuf> {
    let here = std::path::absolute(".").ok()?;
    let site = std::path::absolute(site).ok()?;
    let above = site.ancestors().chain(here.ancestors());
    let mut paths = above.map(|folder| folder.join(PACKAGES).join(file));
    paths.find(|path| path.is_file())
}

/// Whether a folder holds what Pagefind wrote.
pub fn wrote(folder: &Path) -> bool {
    folder.join(ENTRY).is_file()
}

/// Deletes what Pagefind wrote into a folder, so that a bundle can take its place: nothing else.
///
/// # Errors
/// A file cannot be deleted.
pub fn take_away(folder: &Path) -> Result<()> {
    let remove = |path: &Path| {
        fs::remove_file(path).with_context(|| format!("cannot delete {}", path.display()))
    };
    let names = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let ends = |path: &Path, ending: &str| path.to_string_lossy().ends_with(ending);
    for (name, ending) in FOLDERS {
        let inner = folder.join(name);
        for path in names(&inner).iter().filter(|path| ends(path, ending)) {
            remove(path)?;
        }
        // A folder that holds something else as well stays.
        let _ = fs::remove_dir(&inner);
    }
    for path in names(folder) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_engine = name.starts_with("wasm.") && name.ends_with(".pagefind");
        let is_script = name.starts_with("pagefind")
            && [".js", ".css", ".pf_meta"]
                .iter()
                .any(|ending| name.ends_with(ending));
        if path.is_file() && (is_engine || is_script) {
            remove(&path)?;
        }
    }
    // Last, since the folder is known by it.
    remove(&folder.join(ENTRY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pagefind_wrote_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("index")).unwrap();
        fs::create_dir(at("fragment")).unwrap();
        let theirs = [
            "pagefind-entry.json",
            "pagefind.js",
            "pagefind-ui.css",
            "pagefind.en_1.pf_meta",
            "wasm.en.pagefind",
            "index/en_1.pf_index",
            "fragment/en_1.pf_fragment",
        ];
        let others = ["notes.txt", "fragment/mine.txt", "pagefind.txt"];
        for name in theirs.iter().chain(&others) {
            fs::write(at(name), "x").unwrap();
        }
        assert!(wrote(folder.path()));
        take_away(folder.path()).unwrap();
        assert!(theirs.iter().all(|name| !at(name).exists()));
        assert!(others.iter().all(|name| at(name).exists()));
        assert!(!at("index").exists() && !wrote(folder.path()));
    }

    #[test]
    fn facts_stand_in_quotes_of_any_kind() {
        let marked = MarkedFields {
            filters: ["it's `one`", "\"two\""].map(str::to_owned).into(),
            ..MarkedFields::default()
        };
        let folder = tempfile::tempdir().unwrap();
        let pagefind = Pagefind::new(folder.path(), None, &marked, BTreeMap::new()).unwrap();
        assert!(
            pagefind
                .facts
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'%')
        );
    }

    #[test]
    fn installed_packages_go_before_the_counterparts() {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join(PACKAGES).join("default-ui");
        fs::create_dir_all(package.join("npm_dist/cjs")).unwrap();
        fs::create_dir_all(package.join("css")).unwrap();
        fs::write(
            package.join("npm_dist/cjs/ui-core.cjs"),
            "exports.PagefindUI = 1;",
        )
        .unwrap();
        fs::write(package.join("css/ui.css"), "a {}").unwrap();
        let site = folder.path().join("public");
        let pagefind =
            Pagefind::new(&site, None, &MarkedFields::default(), BTreeMap::new()).unwrap();
        let files = pagefind.files(&assets::WHOLE, &str::to_owned);
        let of = |name: &str| {
            let found: Vec<&str> = files
                .iter()
                .filter(|(other, _)| other == name)
                .map(|(_, bytes)| std::str::from_utf8(bytes).unwrap())
                .collect();
            assert_eq!(found.len(), 1, "{name}");
            found[0].to_owned()
        };
        assert!(of("pagefind-ui.js").contains("exports.PagefindUI = 1;"));
        assert_eq!(of("pagefind-ui.css"), "a {}");
        assert_eq!(of("pagefind-component-ui.js"), assets::PAGEFIND_COMPONENTS);
    }
}
