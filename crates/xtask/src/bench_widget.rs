//! `cargo xtask bench-widget`: what a person waits for who types into the box, beside Pagefind's component interface.

use crate::bench::Prepared;
use crate::build::Build;
use crate::{book, browser, npm, samara, workspace};
use anyhow::{Result, bail};
use clap::Args;
use std::fs;

/// Times from the last key of a query to its painted results, of Samara's element and of Pagefind's components in one
/// browser; fails where the median is above a fifth of Pagefind's.
#[derive(Args)]
pub struct BenchWidget {
    /// Writes what was measured into www/bench/results/.
    #[arg(long)]
    record: bool,
}

impl BenchWidget {
    /// Builds The Rust Book, types queries, and prints what they took.
    pub fn run(self) -> Result<()> {
        let Some(corpus) = book::chapters()? else {
            bail!("no corpus to search: {}", book::REMEDY);
        };
        let browser = browser::find_or_install()?;
        Build { corpus: None }.run()?;
        npm::install_in("www/bench")?;
        let samara = samara::build(samara::Profile::Release)?;
        let prepared = Prepared::of(&samara, "widget", &corpus)?;
        let mut node = npm::node();
        node.arg("bench/widget.mjs")
            .arg("--bundle")
            .arg(prepared.bundle)
            .arg("--documents")
            .arg(prepared.documents)
            .arg("--queries")
            .arg(prepared.queries)
            .env("CHROME", browser.chromium);
        if self.record {
            let results = workspace::path("www/bench/results");
            fs::create_dir_all(&results)?;
            node.arg("--record").arg(results.join("widget.json"));
        }
        npm::run(&mut node)
    }
}
