//! `cargo xtask size`: what a visitor downloads, held against the budgets.

use crate::build::Build;
use crate::workspace;
use anyhow::{Context, Result, bail};
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Largest size of the engine's module without an index, brotli.
const ENGINE_BUDGET: usize = 38_000;
/// Largest size of the script that a first search loads beside the module, brotli.
const SCRIPT_BUDGET: usize = 15_000;

/// Prints what a visitor downloads: raw, gzip -9, and brotli of quality 11 and window 24.
#[derive(Args)]
pub struct Size {}

impl Size {
    /// Builds, measures and fails where a budget is exceeded.
    pub fn run(self) -> Result<()> {
        let site = Build { corpus: None }.run()?;
        // The engine without an index is the one that the `samara` command carries, built with an
        // empty corpus: the same code, and what its every bundle consists of beside the index.
        let engine = workspace::path("crates/samara-cli/assets/samara.wasm");
        let files = [
            ("engine without index", engine, Some(ENGINE_BUDGET)),
            ("samara.js", site.join("samara.js"), Some(SCRIPT_BUDGET)),
            ("samara.mjs", site.join("samara.mjs"), None),
            ("engine with seeds/", site.join("samara.wasm"), None),
            ("samara.html", site.join("samara.html"), None),
        ];
        println!(
            "{:<22} {:>10} {:>10} {:>10} {:>10}",
            "bytes", "raw", "gzip", "brotli", "budget"
        );
        let mut exceeded = Vec::new();
        for (name, path, budget) in files {
            let size = Measured::file(&path)?;
            let limit = budget.map_or_else(String::new, |budget| budget.to_string());
            println!(
                "{name:<22} {:>10} {:>10} {:>10} {limit:>10}",
                size.raw, size.gzip, size.brotli
            );
            if budget.is_some_and(|budget| size.brotli > budget) {
                exceeded.push(name);
            }
        }
        if !exceeded.is_empty() {
            bail!("larger than the budget allows: {}", exceeded.join(", "));
        }
        Ok(())
    }
}

/// One file in the three sizes that hosts send it in, in bytes.
struct Measured {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Measured {
    fn file(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::bytes(&bytes)
    }

    fn bytes(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            lgwin: 24,
            size_hint: bytes.len(),
            ..Default::default()
        };
        let mut brotli = Vec::new();
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
        Ok(Self {
            raw: bytes.len(),
            gzip: gzip.finish()?.len(),
            brotli: brotli.len(),
        })
    }
}
