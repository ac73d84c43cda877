//! `samara check`: whether a bundle is whole.

use crate::bundle::read::Bundle;
use crate::failure::Outcome;
use crate::output;
use anyhow::{Context, Result};
use clap::Args;
use samara_engine::Index;
use std::io::Write;
use std::path::PathBuf;

/// Verifies every checksum and every structure of a bundle.
#[derive(Args)]
#[command(after_help = "Example:\n  samara check public/samara && rsync -a public/ host:site/")]
pub struct Check {
    /// A folder, a .wasm or a single-file .html that `samara build` wrote.
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
}

impl Check {
    /// Opens everything that a browser would open; a fault is an error that names it.
    pub fn run(self) -> Result<Outcome> {
        let bundle = Bundle::read(&self.bundle)?;
        wasmparser::validate(&bundle.module)
            .with_context(|| format!("{}: the wasm module is damaged", bundle.path.display()))?;
        let index =
            Index::open(&bundle.index).with_context(|| bundle.path.display().to_string())?;
        let mut out = output::results();
        writeln!(
            out,
            "{}: whole, {} documents",
            bundle.path.display(),
            index.len()
        )?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}
