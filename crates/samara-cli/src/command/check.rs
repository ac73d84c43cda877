//! `samara check`: whether a bundle is whole.

use crate::bundle::blocks::BlockIndex;
use crate::bundle::contents::{self, ENTRY, HIGHLIGHT, MODULE_ENTRY};
use crate::bundle::manifest::{MANIFEST, Manifest};
use crate::bundle::read::{Bundle, Held};
use crate::bundle::{assets, page, split};
use crate::failure::Outcome;
use crate::output;
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use samara_engine::Index;
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Verifies every checksum and every structure of a bundle.
#[derive(Args)]
#[command(after_help = "Example:\n  samara check public/samara && rsync -a public/ host:site/")]
pub struct Check {
    /// A folder, a .wasm or a single-file .html that `samara build` wrote.
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// Say nothing but what is at fault.
    #[arg(short, long)]
    quiet: bool,
}

impl Check {
    /// Opens everything that a browser would open; a fault is an error that names it.
    pub fn run(self) -> Result<Outcome> {
        let bundle = Bundle::read(&self.bundle)?;
        wasmparser::validate(&bundle.module)
            .with_context(|| format!("{}: the wasm module is damaged", bundle.path.display()))?;
        let documents = match &bundle.index {
            Held::Whole(bytes) => Index::open(bytes)
                .with_context(|| bundle.path.display().to_string())?
                .len(),
            Held::Blocks(blocks) => check_blocks(&self.bundle, blocks)?,
        };
        let file = fs::read(&bundle.path).with_context(|| bundle.path.display().to_string())?;
        if file != bundle.module && !page::is_whole(&String::from_utf8_lossy(&file)) {
            bail!(
                "{}: this is not the page that was built, or it was cut short; deploy it again, and check that nothing converts it",
                bundle.path.display()
            );
        }
        if self.bundle.is_dir()
            && let Some(manifest) = Manifest::read(&self.bundle)?
        {
            check_files(&self.bundle, &manifest)?;
        }
        if self.quiet {
            return Ok(Outcome::Done);
        }
        let mut out = output::results();
        writeln!(
            out,
            "{}: whole, {}",
            output::printable(&bundle.path.display().to_string()),
            output::counted(documents, "document")
        )?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// Every block that the root names there and true to its name, and no other but those of the build before; the number of
/// documents.
fn check_blocks(folder: &Path, blocks: &BlockIndex) -> Result<usize> {
    let place = blocks.folder();
    let all = blocks.all()?;
    let documents = all
        .index()
        .with_context(|| place.display().to_string())?
        .len();
    let manifest = Manifest::read(folder)?.unwrap_or_default();
    let known: BTreeSet<&String> = manifest.blocks.iter().chain(&manifest.earlier).collect();
    let list = || format!("cannot list {}", place.display());
    for entry in fs::read_dir(&place).with_context(list)? {
        let name = entry.with_context(list)?.file_name();
        let name = name.to_string_lossy().into_owned();
        if !all.has(&name) && !known.contains(&name) {
            bail!(
                "{}: neither {} nor {MANIFEST} names this file; delete it, or build into another folder",
                place.join(name).display(),
                split::ROOT
            );
        }
    }
    Ok(documents)
}

/// Every script as it was written, and every file that one calls there and true to its name.
fn check_files(folder: &Path, manifest: &Manifest) -> Result<()> {
    let root = manifest.files.keys().find(|name| *name == split::ROOT);
    if let Some(root) = root.filter(|root| folder.join(root).is_file()) {
        let path = folder.join(root);
        if !manifest.admits(root, &read(&path, "of which the bundle consists")?) {
            bail!(
                "{}: this is not the root that was built; deploy the whole folder again",
                path.display()
            );
        }
    }
    for script in [ENTRY, MODULE_ENTRY, HIGHLIGHT] {
        let path = folder.join(script);
        let text = read(&path, "of which the bundle consists")?;
        if !manifest.admits(script, &text) {
            bail!(
                "{}: this is not the script that was built; deploy it again, and check that nothing converts it",
                path.display()
            );
        }
        let text = String::from_utf8_lossy(&text);
        for plain in [
            assets::ENGINE_NAME,
            assets::SEARCH_NAME,
            assets::EXTRAS_NAME,
            assets::LANGUAGES_NAME,
        ] {
            let Some(name) = contents::name_in(&text, plain) else {
                continue;
            };
            let file = folder.join(name);
            let bytes = read(&file, &format!("which {script} calls"))?;
            if !contents::tells(name, &bytes) {
                bail!("{}: damaged; its name tells other content", file.display());
            }
        }
    }
    Ok(())
}

/// A file of the bundle; `role` is what it is there for.
fn read(path: &Path, role: &str) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow!(
            "{}, {role}, is missing; deploy the whole folder, or build it again",
            path.display()
        ),
        _ => anyhow!("{}: {error}", path.display()),
    })
}
