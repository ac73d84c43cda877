//! What a build leaves for the next one, and for programs that deploy it.

use super::contents::{ENTRY, integrity};
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
    /// Every file of the bundle beside the manifest.
    pub files: BTreeSet<String>,
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
        for warning in skipped.filter(|warning| warning.reason.contains("skipped")) {
            *files.entry(warning.reason.clone()).or_default() += 1;
        }
        let words = report.words_by_rule().into_iter();
        Self {
            words: words
                .map(|(rule, count)| (rule.to_owned(), count))
                .collect(),
            files,
        }
    }

    fn is_empty(&self) -> bool {
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

    /// What it says as long as this build takes the place of an earlier one: files of both, either entry.
    pub fn together_with(&self, before: &Self) -> Self {
        Self {
            files: self.files.union(&before.files).cloned().collect(),
            integrity: format!("{} {}", self.integrity, before.integrity)
                .trim_end()
                .to_owned(),
            worker: self.worker.clone().or_else(|| before.worker.clone()),
            ..self.clone()
        }
    }

    /// Whether it admits these bytes as the entry.
    pub fn admits(&self, entry: &[u8]) -> bool {
        let integrity = integrity(entry);
        self.integrity.split(' ').any(|known| known == integrity)
    }

    /// Its file. Ends with a newline.
    pub fn json(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// A manifest of this program's version without any file.
    pub fn new(entry: &[u8], module: &str) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            entry: ENTRY.to_owned(),
            integrity: integrity(entry),
            module: module.to_owned(),
            ..Self::default()
        }
    }
}
