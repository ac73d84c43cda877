//! `cargo xtask size`: what a visitor downloads, held against the budgets.

use crate::build::Build;
use crate::{book, process, samara, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the engine's module without an index may weigh at most, brotli: what it weighs, and what the name of the build in it
/// moves that by, some fifty bytes. Its goal is 42,000 bytes; the limit goes down with every gain.
const ENGINE_BUDGET: u64 = 49_750;
/// The same of the engine of an index in blocks, as much of it as a list of hits waits for.
const SPLIT_ENGINE_BUDGET: u64 = 45_600;
/// The block with its second half, which passages and suggestions need, as it is sent.
const SECOND_HALF_BUDGET: u64 = 16_500;
/// Largest size of the script that every page loads, brotli.
const SCRIPT_BUDGET: u64 = 7_000;
/// Largest size of that and of the script that follows at the first intent to search, together, brotli. What only some
/// searches need is a script of its own.
const SCRIPTS_BUDGET: u64 = 19_000;
/// Largest index, its text included, relative to the text alone, both brotli.
const INDEX_BUDGET: f64 = 1.02;
/// Bytes of text from which on the budget of the index holds: dictionaries of small corpora weigh more.
const ENOUGH_TEXT: u64 = 1_000_000;

/// Everything that a split bundle of the library consists of, relative to its text alone, as it is sent.
const SPLIT_BUDGET: f64 = 2.2;

/// Prints what a visitor downloads: raw, gzip -9, and brotli of quality 11 and window 24.
#[derive(Args)]
pub struct Size {}

impl Size {
    /// Builds, measures and fails where a budget is exceeded.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let samara = samara::build(samara::Profile::Dev)?;
        let seeds = measure(&samara, "seeds", &workspace::path("seeds"), "embedded")?;
        let split = measure(&samara, "seeds-split", &workspace::path("seeds"), "split")?;
        let book = match book::chapters()? {
            Some(folder) => Some(measure(&samara, "book", &folder, "embedded")?),
            None => {
                eprintln!(
                    "The Rust Book: skipped, since this toolchain has no documentation (`rustup component add rust-docs`)"
                );
                None
            }
        };

        println!(
            "{:<22} {:>10} {:>10} {:>10} {:>10}",
            "bytes", "raw", "gzip", "brotli", "budget"
        );
        let mut exceeded = Vec::new();
        // The engine without an index is the one that the `samara` command carries: the same code,
        // compiled without a corpus, and what its every bundle consists of beside the index.
        let script = sizes(&seeds, "script")?;
        let search = sizes(&seeds, "search")?;
        let scripts = std::array::from_fn(|how| script[how] + search[how]);
        for (name, sizes, budget) in [
            (
                "engine without index",
                sizes(&seeds, "engine")?,
                ENGINE_BUDGET,
            ),
            (
                "engine of blocks",
                sizes(&split, "engine")?,
                SPLIT_ENGINE_BUDGET,
            ),
            ("samara.js", script, SCRIPT_BUDGET),
            ("and samara.search.js", scripts, SCRIPTS_BUDGET),
        ] {
            println!("{name:<22} {} {budget:>10}", row(sizes));
            if sizes[2] > budget {
                exceeded.push(format!("{name} (budget {budget})"));
            }
        }
        let second = second_half(&split)?;
        println!(
            "{:<22} {second:>32} {SECOND_HALF_BUDGET:>10}",
            "its second half"
        );
        if second > SECOND_HALF_BUDGET {
            exceeded.push(format!("second half (budget {SECOND_HALF_BUDGET})"));
        }
        for (corpus, summary) in [("seeds/", Some(&seeds)), ("The Rust Book", book.as_ref())] {
            let Some(summary) = summary else { continue };
            let (index, text) = (sizes(summary, "index")?, sizes(summary, "text")?);
            println!("\n{corpus}: {} documents", summary["documents"]);
            println!("{:<22} {}", "text alone", row(text));
            println!("{:<22} {}", "index with text", row(index));
            println!(
                "{:<22} {}",
                "engine with index",
                row(sizes(summary, "module")?)
            );
            let ratio = index[2] as f64 / text[2] as f64;
            let applies = text[0] >= ENOUGH_TEXT;
            let budget = if applies {
                INDEX_BUDGET.to_string()
            } else {
                "(from 1 MB of text on)".to_owned()
            };
            println!("{:<22} {ratio:>32.3} {budget:>10}", "index / text, brotli");
            if applies && ratio > INDEX_BUDGET {
                exceeded.push(format!("index of {corpus}"));
            }
        }
        if let Some(library) = book::library()? {
            let summary = measure(&samara, "library", &library, "split")?;
            let text = sizes(&summary, "text")?[2];
            let all: u64 = ["script", "search", "extras", "engine", "index"]
                .iter()
                .map(|key| Ok(sizes(&summary, key)?[2]))
                .sum::<Result<u64>>()?
                + second_half(&summary)?;
            let ratio = all as f64 / text as f64;
            println!(
                "\nThe library in blocks: {} documents",
                summary["documents"]
            );
            println!("{:<22} {text:>32}", "text alone, brotli");
            println!("{:<22} {all:>32}", "all files, as sent");
            println!(
                "{:<22} {ratio:>32.3} {SPLIT_BUDGET:>10}",
                "all files / text"
            );
            if ratio > SPLIT_BUDGET {
                exceeded.push("the library in blocks".to_owned());
            }
        } else {
            eprintln!("The library in blocks: skipped, {}", book::REMEDY);
        }
        if !exceeded.is_empty() {
            bail!("larger than the budget allows: {}", exceeded.join(", "));
        }
        Ok(())
    }
}

/// Builds a bundle of a corpus and returns what `samara inspect` says of it.
fn measure(samara: &Path, name: &str, corpus: &Path, layout: &str) -> Result<Value> {
    let bundle = workspace::target().join("size").join(name);
    if bundle.exists() {
        fs::remove_dir_all(&bundle)
            .with_context(|| format!("cannot clear {}", bundle.display()))?;
    }
    process::run(
        Command::new(samara)
            .args(["build", "--quiet", "--layout", layout])
            .arg(corpus)
            .arg("--output")
            .arg(&bundle),
        samara::REMEDY,
    )?;
    samara::inspect(samara, &bundle)
}

/// Bytes of the block with the second half of the engine.
fn second_half(summary: &Value) -> Result<u64> {
    let size = summary["bytes"]["secondHalf"].as_u64();
    size.context("`samara inspect` tells no size of the engine's second half")
}

/// Raw, gzip and brotli.
fn sizes(summary: &Value, key: &str) -> Result<[u64; 3]> {
    let sizes = &summary["compressed"][key];
    let size = |how: &str| {
        sizes[how]
            .as_u64()
            .with_context(|| format!("`samara inspect` tells no size of {key} ({how})"))
    };
    Ok([size("raw")?, size("gzip")?, size("brotli")?])
}

fn row(sizes: [u64; 3]) -> String {
    sizes.map(|size| format!("{size:>10}")).join(" ")
}
