//! `cargo xtask bench-pagefind`: what changes for visitors of a site whose build calls Samara instead of Pagefind.

use crate::bench_build::pagefind;
use crate::build::Build;
use crate::{book, browser, folder, npm, process, samara, workspace};
use anyhow::{Context, Result};
use clap::Args;
use std::path::Path;
use std::process::{Command, Stdio};

/// What people ask the Book and the library.
const QUERIES: &str = "ownership, borrow checker, lifetime, trait objects, error handling, iterator, unsafe, closures, pattern matching";

/// Builds sites by `pagefind` and by `samara build --pagefind`, and asks both by the same JavaScript in one browser: requests,
/// bytes and times of a first answer with its data, and of a later one.
#[derive(Args)]
pub struct BenchPagefind {}

impl BenchPagefind {
    /// Measures and prints.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let samara = samara::build(samara::Profile::Release)?;
        let program = pagefind()?;
        let chromium = browser::find_or_install()?.chromium;
        let sites = [
            ("The Rust Book", book::pages()?),
            ("the library", book::library()?),
        ];
        for (name, site) in sites {
            let site = site.context(book::REMEDY)?;
            let work = folder::emptied(&workspace::target().join("bench-pagefind-bundles"))?;
            let bundles = [work.join("samara"), work.join("pagefind")];
            build(
                &samara,
                &["build", "--pagefind"],
                &site,
                "--output",
                &bundles[0],
            )?;
            build(&program, &["--site"], &site, "--output-path", &bundles[1])?;
            println!("\n{name}");
            npm::run(
                npm::node()
                    .arg("bench/pagefind.mjs")
                    .arg("--samara")
                    .arg(&bundles[0])
                    .arg("--pagefind")
                    .arg(&bundles[1])
                    .args(["--queries", QUERIES])
                    .env("CHROME", &chromium),
            )?;
        }
        Ok(())
    }
}

fn build(program: &Path, words: &[&str], site: &Path, flag: &str, bundle: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command.args(words).arg(site).arg(flag).arg(bundle);
    // Both say what they do; nobody reads it here.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    process::run(&mut command, samara::REMEDY)
}
