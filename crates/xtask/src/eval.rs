//! `cargo xtask eval`: the `samara` command against collections with judgements, beside what
//! other engines and extractors were measured to reach on the same collections.

use crate::build::Build;
use crate::{cleaning, known, relevance, samara, scenarios};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Scores relevance, known items or cleaning, or runs Pagefind's scenarios, by the data of the folder that SAMARA_EVAL names.
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
    /// Known items: whether the wanted page of a manual comes first.
    Known {
        /// Sets, separated by commas [default: all].
        #[arg(long)]
        sets: Option<String>,
        /// Lists the queries whose page was not first.
        #[arg(long)]
        misses: bool,
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
    /// Pagefind's own scenarios on what `samara build --pagefind` writes.
    Pagefind {
        /// A checkout of Pagefind's repository.
        #[arg(long, value_name = "DIR")]
        checkout: PathBuf,
        /// Layout of the bundles: embedded or split.
        #[arg(long, default_value = "embedded")]
        layout: String,
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
            What::Known { sets, misses } => {
                known::run(&samara, &data.join("known"), sets.as_deref(), misses)
            }
            What::Cleaning { sets, worst } => {
                cleaning::run(&samara, &data.join("cleaning"), &sets, worst)
            }
            What::Pagefind { checkout, layout } => {
                scenarios::run(&samara, &data.join("pagefind"), &checkout, &layout)
            }
        }
    }
}
