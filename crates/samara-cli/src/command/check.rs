//! `samara check`: whether a bundle is whole.

use crate::bundle::assets;
use crate::bundle::contents::{self, ENTRY, MODULE_ENTRY};
use crate::bundle::manifest::Manifest;
use crate::bundle::read::Bundle;
use crate::failure::Outcome;
use crate::output;
use anyhow::{Context, Result, bail};
use clap::Args;
use samara_engine::Index;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

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
        if self.bundle.is_dir()
            && let Some(manifest) = Manifest::read(&self.bundle)?
        {
            check_files(&self.bundle, &manifest)?;
        }
        let mut out = output::results();
        writeln!(
            out,
            "{}: whole, {}",
            bundle.path.display(),
            output::counted(index.len(), "document")
        )?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// Every script as it was written, and every file that one calls there and true to its name.
fn check_files(folder: &Path, manifest: &Manifest) -> Result<()> {
    for script in [ENTRY, MODULE_ENTRY] {
        let path = folder.join(script);
        let text = fs::read(&path).with_context(|| path.display().to_string())?;
        if script == ENTRY && !manifest.admits(&text) {
            bail!(
                "{}: this is not the script that was built; deploy it again, and check that nothing converts it",
                path.display()
            );
        }
        let text = String::from_utf8_lossy(&text);
        for plain in [assets::ENGINE_NAME, assets::LANGUAGES_NAME] {
            let Some(name) = contents::name_in(&text, plain) else {
                continue;
            };
            let file = folder.join(name);
            let bytes = fs::read(&file)
                .with_context(|| format!("{}, which {script} calls", file.display()))?;
            if !contents::tells(name, &bytes) {
                bail!("{}: damaged; its name tells other content", file.display());
            }
        }
    }
    Ok(())
}
