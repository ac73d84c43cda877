//! What a build leaves for the next one, and for programs that deploy it.

use super::contents::{Contents, ENTRY, integrity};
use anyhow::{Context, Result};
use samara_corpus::Report;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Name of its file. Not .json, because the folder may lie inside of the corpus; the folder that holds it is
/// no part of one.
pub const MANIFEST: &str = "samara.manifest";

/// What a folder holds.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Version of the program that wrote it.
    pub version: String,
    /// The script that a page names.
    pub entry: String,
    /// What the attribute of that name says of the entry. While a build replaces one entry by another, or
    /// where it was interrupted, this admits both.
    pub integrity: String,
    /// The wasm module that the entry loads.
    pub module: String,
    /// Every file of the bundle beside the manifest, with its integrity.
    pub files: BTreeMap<String, String>,
    /// The blocks that the root names, in the folder of blocks. Their names tell their content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<String>,
    /// Other blocks there that an earlier build wrote. Pages that were opened before may still ask for those of the build
    /// before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<String>,
    /// How the site's root is reached from this folder, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Where the service worker lies, relative to this folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<String>,
    /// What of the corpus is not in the index.
    #[serde(default, skip_serializing_if = "LeftOut::is_empty")]
    pub left_out: LeftOut,
}

/// What cleaning left out, in numbers: texts and names of what an owner leaves out are nobody else's business.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct LeftOut {
    /// Words by the rule that dropped them.
    pub words: BTreeMap<String, usize>,
    /// Files by the reason.
    pub files: BTreeMap<String, usize>,
}

impl LeftOut {
    /// The numbers of a report.
    pub fn of(report: &Report) -> Self {
        let mut files = BTreeMap::new();
        // Other warnings are about documents that are in the index.
        let skipped = report.warnings.iter();
        for warning in skipped.filter(|warning| warning.reason.is_skip()) {
            *files.entry(warning.reason.to_string()).or_default() += 1;
        }
        let words = report.words_by_rule().into_iter();
        Self {
            words: words
                .map(|(rule, count)| (rule.to_owned(), count))
                .collect(),
            files,
        }
    }

    /// Whether everything is in it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.files.is_empty()
    }
}

impl Manifest {
    /// The manifest of a folder, or nothing where there is none.
    ///
    /// # Errors
    /// It cannot be read, or is no manifest.
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).with_context(|| {
                format!(
                    "{} is damaged; delete it and the files beside it, then build again",
                    path.display()
                )
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// The manifest of files, without what else it says.
    pub fn of(contents: &Contents) -> Self {
        let files = contents.hashed().into_iter().chain(contents.stable());
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            entry: ENTRY.to_owned(),
            integrity: integrity(contents.entry.as_bytes()),
            module: contents.module.clone(),
            site: contents.site.clone(),
            files: files
                .map(|(name, bytes)| (name.to_owned(), integrity(bytes)))
                .collect(),
            ..Self::default()
        }
    }

    /// What it says as long as this build takes the place of an earlier one: files of both, either content.
    pub fn together_with(&self, before: &Self) -> Self {
        let mut files = self.files.clone();
        for (name, old) in &before.files {
            let known = files.entry(name.clone()).or_default();
            for integrity in old.split(' ') {
                if !admits(known, integrity) {
                    *known = format!("{known} {integrity}").trim_start().to_owned();
                }
            }
        }
        let blocks: BTreeSet<&String> = before.blocks.iter().chain(&before.earlier).collect();
        let own: BTreeSet<&String> = self.blocks.iter().collect();
        Self {
            earlier: blocks.difference(&own).copied().cloned().collect(),
            integrity: files.get(ENTRY).cloned().unwrap_or_default(),
            worker: self.worker.clone().or_else(|| before.worker.clone()),
            files,
            ..self.clone()
        }
    }

    /// Whether it admits these bytes as a file of this name.
    pub fn admits(&self, name: &str, bytes: &[u8]) -> bool {
        let known = self.files.get(name);
        known.is_some_and(|known| admits(known, &integrity(bytes)))
    }

    /// Its file. Ends with a newline.
    pub fn json(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn admits(known: &str, integrity: &str) -> bool {
    known.split(' ').any(|known| known == integrity)
}
