//! `cargo xtask bench`: what building, opening and searching take, on this machine and in a real browser, beside the
//! budgets and beside other libraries.

use crate::build::Build;
use crate::{book, browser, npm, process, samara, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Times building, first opens in a fresh worker and queries, on this machine and in a real browser, beside MiniSearch
/// and Pagefind.
#[derive(Args)]
pub struct Bench {
    /// Folder of documents; without it, The Rust Book and all books of the toolchain's documentation.
    #[arg(long, value_name = "PATH")]
    corpus: Option<PathBuf>,
    /// Writes what was measured into www/bench/results/.
    #[arg(long)]
    record: bool,
}

impl Bench {
    /// Builds and measures.
    pub fn run(self) -> Result<()> {
        let corpora: Vec<(&str, PathBuf)> = match &self.corpus {
            Some(folder) => vec![("corpus", folder.clone())],
            None => [("book", book::chapters()?), ("library", book::library()?)]
                .into_iter()
                .filter_map(|(name, folder)| Some((name, folder?)))
                .collect(),
        };
        if corpora.is_empty() {
            bail!(
                "no corpus to measure: {}, or name one with --corpus",
                book::REMEDY
            );
        }
        let browser = browser::find_or_install()?;
        Build { corpus: None }.run()?;
        npm::install_in("www/bench")?;
        let samara = samara::build(samara::Profile::Release)?;
        for (name, corpus) in corpora {
            let corpus = corpus
                .canonicalize()
                .with_context(|| format!("--corpus {}", corpus.display()))?;
            self.measure(&samara, name, &corpus, &browser.chromium)?;
        }
        Ok(())
    }

    fn measure(&self, samara: &Path, name: &str, corpus: &Path, chromium: &Path) -> Result<()> {
        let Prepared {
            bundle,
            documents,
            queries,
        } = Prepared::of(samara, name, corpus)?;

        println!("On this machine, {name}:");
        let mut cargo = Command::new(workspace::cargo());
        cargo
            .current_dir(workspace::root())
            .args(["bench", "--quiet", "--package", "samara-cli"])
            .args(["--bench", "native", "--"])
            .arg(corpus)
            .arg("--queries")
            .arg(&queries);
        process::run(&mut cargo, "install Rust from rustup.rs")?;

        println!("\nIn Chromium, {name}:");
        let mut node = npm::node();
        node.arg("bench/run.mjs")
            .args(["--name", name, "--bundle"])
            .arg(bundle)
            .arg("--documents")
            .arg(documents)
            .arg("--queries")
            .arg(queries)
            .env("CHROME", chromium);
        if self.record {
            let results = workspace::path("www/bench/results");
            fs::create_dir_all(&results)
                .with_context(|| format!("cannot create {}", results.display()))?;
            node.arg("--record")
                .arg(results.join(format!("{name}.json")));
        }
        npm::run(&mut node)?;
        println!();
        Ok(())
    }
}

/// A corpus as the bench pages take it.
pub struct Prepared {
    /// What `samara build` wrote of it.
    pub bundle: PathBuf,
    /// What `samara clean` says of it, a line for each document.
    pub documents: PathBuf,
    /// Queries made of its words, by kind.
    pub queries: PathBuf,
}

impl Prepared {
    /// Builds a corpus into target/bench, below this name.
    pub fn of(samara: &Path, name: &str, corpus: &Path) -> Result<Self> {
        let work = workspace::target().join("bench").join(name);
        if work.exists() {
            fs::remove_dir_all(&work)
                .with_context(|| format!("cannot clear {}", work.display()))?;
        }
        fs::create_dir_all(&work).with_context(|| format!("cannot create {}", work.display()))?;
        let write = |file: &str, text: String| {
            let path = work.join(file);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            anyhow::Ok(path)
        };
        let bundle = work.join("bundle");
        process::run(
            Command::new(samara)
                .args(["build", "--quiet", "--layout", "embedded", "-o"])
                .arg(&bundle)
                .arg(corpus),
            samara::REMEDY,
        )?;
        let cleaned = process::output(
            Command::new(samara)
                .args(["clean", "--json", "--indexed"])
                .arg(corpus),
            samara::REMEDY,
        )?;
        let documents = write("documents.jsonl", cleaned)?;
        let made = process::output(
            npm::node().arg("bench/queries.mjs").arg(&documents),
            npm::REMEDY,
        )?;
        let queries = write("queries.json", made)?;
        Ok(Self {
            bundle,
            documents,
            queries,
        })
    }
}
