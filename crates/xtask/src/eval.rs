//! `cargo xtask eval`: the `samara` command against collections with judgements, beside what
//! other engines and extractors were measured to reach on the same collections.

use crate::build::Build;
use crate::{process, relevance, samara};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::Command;

/// F1 on the same pages and lines, as measured with the same scorer.
const CLEANING_BASELINES: &str = "\
F1 on HTML                        news    web  snippets
trafilatura (Rust crate)          .966   .831      .914
rs-trafilatura                    .958   .846         -
dom_smoothie                      .949   .779      .888
two of these three, a paragraph   .963      -         -
Token F1 on lines                 lite   full
keep everything                   .922   .813
regression with lexicon and cuts  .941   .912";

/// Scores relevance or cleaning on the collections of the folder that SAMARA_EVAL names.
#[derive(Args)]
pub struct Eval {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Ranking and spelling suggestions on test collections.
    Relevance {
        /// Collections, separated by commas.
        #[arg(long, default_value = "cran,cisi,npl,nfcorpus,stackfaq,bbc")]
        collections: String,
        /// Kinds of queries, separated by commas, or `all`.
        #[arg(long, default_value = "full,short,short_typo,short_prefix,typo_kbd")]
        variants: String,
    },
    /// Extraction of content from pages.
    Cleaning {
        /// Kinds of pages: html, lines, or both separated by a comma.
        #[arg(long, default_value = "html,lines")]
        sets: String,
        /// How many of the worst pages to name.
        #[arg(long, default_value_t = 0)]
        worst: usize,
    },
}

impl Eval {
    /// Builds the command and runs the scorer over it.
    pub fn run(self) -> Result<()> {
        let Some(data) = std::env::var_os("SAMARA_EVAL").map(PathBuf::from) else {
            bail!(
                "the collections are not part of this repository: set SAMARA_EVAL to the folder that holds them"
            );
        };
        let data = data
            .canonicalize()
            .with_context(|| format!("SAMARA_EVAL={}", data.display()))?;
        Build { corpus: None }.run()?;
        let samara = samara::build(samara::Profile::Release)?;
        match self.what {
            What::Relevance {
                collections,
                variants,
            } => relevance::run(&samara, &data.join("relevance"), &collections, &variants),
            What::Cleaning { sets, worst } => {
                cleaning(&samara, &data.join("cleaning"), &sets, worst)
            }
        }
    }
}

fn cleaning(samara: &Path, folder: &Path, sets: &str, worst: usize) -> Result<()> {
    let command = format!("\"{}\" clean --json {{dir}}", samara.display());
    let mut python = Command::new("python3");
    python.arg(folder.join("score.py")).arg(command).args([
        "--sets",
        sets,
        "--worst",
        &worst.to_string(),
    ]);
    process::run(&mut python, relevance::PYTHON)?;
    println!("\nRecorded:\n{CLEANING_BASELINES}");
    Ok(())
}
