//! `cargo xtask eval`: the `samara` command against collections with judgements, beside what
//! other engines and extractors were measured to reach on the same collections.

use crate::build::Build;
use crate::{process, samara, workspace};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PYTHON: &str = "install Python 3 (Debian, Ubuntu: `apt-get install python3`)";

/// nDCG@10, means over cran, nfcorpus, stackfaq and bbc, as measured with the same scorer.
const RELEVANCE_BASELINES: &str = "\
nDCG@10, means over cran, nfcorpus, stackfaq, bbc   full   short  short_typo  short_prefix  typo_kbd
reference ranker                                    .592    .486        .472          .446      .588
lunr, best options                                  .576    .477        .374          .388      .496
SQLite FTS5, porter, title x2                       .574    .478        .353          .432      .479
tantivy, English stemmer                            .570    .476        .354          .335      .481
MiniSearch with stemmer, light fuzzy and prefix     .555    .469        .403          .390      .506
Pagefind 1.6                                        .135    .241        .062          .236      .027
Suggestions, intended word first / among five: reference .869 / .992, MiniSearch .475 / .775";

/// F1 on the same pages and lines, as measured with the same scorer.
const CLEANING_BASELINES: &str = "\
F1 on HTML                        news    web  snippets
Samara, cross-validated           .965   .854      .928
trafilatura (Rust crate)          .966   .831      .914
rs-trafilatura                    .958   .846         -
dom_smoothie                      .949   .779      .888
two of these three, a paragraph   .963      -         -
Token F1 on lines                 lite   full  snip
Samara, cross-validated           .926   .882  .917
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
        #[arg(long, default_value = "cran,nfcorpus,stackfaq,bbc")]
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
            } => relevance(&samara, &data.join("relevance"), &collections, &variants),
            What::Cleaning { sets, worst } => {
                cleaning(&samara, &data.join("cleaning"), &sets, worst)
            }
        }
    }
}

fn relevance(samara: &Path, folder: &Path, collections: &str, variants: &str) -> Result<()> {
    let work = workspace::target().join("eval");
    fs::create_dir_all(&work).with_context(|| format!("cannot create {}", work.display()))?;
    // The scorer writes its runs beside itself, and the data may be read-only.
    let scorer = work.join("eval.py");
    fs::copy(folder.join("eval.py"), &scorer)
        .with_context(|| format!("cannot read {}", folder.join("eval.py").display()))?;
    for collection in collections.split(',') {
        let corpus = folder.join("data").join(collection).join("corpus.jsonl");
        process::run(
            Command::new(samara)
                .arg("build")
                .arg(corpus)
                .arg("-o")
                .arg(work.join(collection))
                .arg("--quiet"),
            samara::REMEDY,
        )?;
    }
    let bundle = format!("\"{}\"/$(basename $(dirname {{corpus}}))", work.display());
    let samara = samara.display();
    let score = |what: &str, engine: String, arguments: &[&str]| {
        let mut python = Command::new("python3");
        python
            .env("IR_DATA", folder.join("data"))
            .arg(&scorer)
            .arg(what)
            .arg(engine);
        process::run(python.args(["-c", collections]).args(arguments), PYTHON)
    };
    let search = format!("\"{samara}\" search {bundle} --queries {{queries}} --trec > {{out}}");
    score("cmd", search, &["-v", variants])?;
    score(
        "suggest",
        format!("\"{samara}\" suggest {bundle} --words {{words}} > {{out}}"),
        &[],
    )?;
    println!("\nRecorded:\n{RELEVANCE_BASELINES}");
    Ok(())
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
    process::run(&mut python, PYTHON)?;
    println!(
        "\nSamara's trees were trained on these pages; what it reaches on others is told by cross-validation\n\
         (crates/samara-corpus/training/train.py), recorded below.\n\n{CLEANING_BASELINES}"
    );
    Ok(())
}
