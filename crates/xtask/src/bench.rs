//! `cargo xtask bench`: what building, opening and searching take, on this machine and in a real
//! browser.

use crate::build::Build;
use crate::{book, browser, npm, process, workspace};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::process::Command;

/// Times building, first opens in a fresh worker and queries, on this machine and in a real browser.
#[derive(Args)]
pub struct Bench {
    /// Folder of documents; without it, The Rust Book of the toolchain's documentation.
    #[arg(long, value_name = "PATH")]
    corpus: Option<PathBuf>,
}

impl Bench {
    /// Builds and measures.
    pub fn run(self) -> Result<()> {
        let corpus = match self.corpus {
            Some(folder) => folder,
            None => match book::chapters()? {
                Some(folder) => folder,
                None => bail!(
                    "no corpus to measure: {}, or name one with --corpus",
                    book::REMEDY
                ),
            },
        };
        let corpus = corpus.canonicalize().unwrap_or(corpus);
        let browser = browser::find_or_install()?;
        let site = Build {
            corpus: Some(corpus.clone()),
        }
        .run()?;

        println!("On this machine:");
        let mut cargo = Command::new(workspace::cargo());
        cargo.current_dir(workspace::root());
        cargo
            .args([
                "bench",
                "--quiet",
                "--package",
                "samara-cli",
                "--bench",
                "native",
                "--",
            ])
            .arg(&corpus);
        process::run(&mut cargo, "install Rust from rustup.rs")?;

        println!("\nIn Chromium:");
        npm::run(
            npm::node()
                .arg("bench/run.mjs")
                .arg("--site")
                .arg(site)
                .env("CHROME", browser.chromium),
        )
    }
}
