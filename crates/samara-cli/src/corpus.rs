//! The documents that a command is about: paths, or standard input.

use anyhow::{Context, Result};
use clap::Args;
use samara_corpus::{Corpus, Options};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The PATH arguments of every command that reads documents.
#[derive(Args, Clone, Debug)]
pub struct Paths {
    /// Folders or files of documents: .html .htm .md .markdown .txt .json .jsonl, also gzipped; - is standard input.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
}

impl Paths {
    /// Reads and cleans the documents. Linear in the size of the files.
    pub fn read(&self, options: &Options) -> Result<Corpus> {
        let mut paths = self.paths.clone();
        // Kept until everything is read: dropping it deletes the file.
        let mut input = None;
        for path in &mut paths {
            if path == Path::new("-") {
                let folder = tempfile::tempdir().context("cannot create a temporary folder")?;
                *path = save_standard_input(folder.path())?;
                input = Some(folder);
            }
        }
        let corpus = samara_corpus::read(&paths, options)?;
        drop(input);
        Ok(corpus)
    }
}

/// Saves standard input as a file whose name tells its kind, which its first character shows.
fn save_standard_input(folder: &Path) -> Result<PathBuf> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let name = match bytes.trim_ascii_start().first() {
        Some(b'{') => "standard-input.jsonl",
        Some(b'[') => "standard-input.json",
        Some(b'<') => "standard-input.html",
        _ => "standard-input.txt",
    };
    let path = folder.join(name);
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}
