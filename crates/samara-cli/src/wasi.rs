//! What the command needs where it is a WebAssembly module, run by WASI.

use anyhow::{Context, Result};
use std::env;
use std::path::Path;

/// The folder that relative paths start from, as shells tell it: WASI has none of its own.
const FOLDER: &str = "PWD";
/// The file that tells a fresh instance what ended the one before.
const JOURNAL: &str = "SAMARA_JOURNAL";

/// Takes the folder and the journal that whoever runs this instance names.
///
/// # Errors
/// One of them is not there.
pub fn begin() -> Result<()> {
    if let Ok(folder) = env::var(FOLDER) {
        env::set_current_dir(&folder).with_context(|| {
            format!("{FOLDER}: {folder}: this folder is not open to the module")
        })?;
    }
    if let Ok(journal) = env::var(JOURNAL) {
        samara_corpus::keep_journal(Path::new(&journal))
            .with_context(|| format!("{JOURNAL}: {journal}: cannot be read"))?;
    }
    Ok(())
}
