//! `samara suggest`: completions, and what misspelt words may mean.

use super::search::lines;
use crate::bundle::read::Bundle;
use crate::failure::{Misuse, Outcome};
use crate::numbers;
use crate::output;
use anyhow::{Context, Result};
use clap::Args;
use samara_engine::{Index, Searcher, Unicode};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Completes what a visitor has typed so far, or corrects misspelt words.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara suggest public/samara inst\n  samara suggest public/samara inst --json\n  samara suggest public/samara --words misspelt.txt"
)]
pub struct Suggest {
    /// A folder, a .wasm or a single-file .html that `samara build` wrote.
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// What has been typed so far; its completions are printed with the number of documents of each.
    #[arg(
        required_unless_present = "words",
        conflicts_with = "words",
        allow_hyphen_values = true
    )]
    prefix: Option<String>,
    /// Misspelt words in a file, one a line; - is standard input. Prints each with its corrections, with tabs
    /// between them.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// How many, at most.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = numbers::from_zero)]
    limit: usize,
    /// One JSON array, as `search.suggest()` gives it in JavaScript.
    #[arg(long, conflicts_with = "words")]
    json: bool,
}

impl Suggest {
    /// Opens the bundle, asks and prints.
    pub fn run(self) -> Result<Outcome> {
        let bundle = Bundle::read(&self.bundle)?;
        let index =
            Index::open(&bundle.index).with_context(|| bundle.path.display().to_string())?;
        match (&self.prefix, &self.words) {
            (Some(prefix), _) => self.complete(&index, prefix),
            (None, Some(words)) => self.correct(&index, words),
            (None, None) => {
                Err(Misuse("name a prefix, or a file of words with --words".into()).into())
            }
        }
    }

    fn complete(&self, index: &Index, prefix: &str) -> Result<Outcome> {
        let suggestions = Searcher::new(index, &Unicode).suggest(prefix, self.limit);
        let mut out = output::results();
        if self.json {
            serde_json::to_writer(&mut out, &suggestions)?;
            writeln!(out)?;
        } else {
            for suggestion in &suggestions {
                let text = output::printable(&suggestion.text);
                writeln!(out, "{text}\t{}", suggestion.documents)?;
            }
        }
        out.flush()?;
        Ok(if suggestions.is_empty() {
            Outcome::Nothing
        } else {
            Outcome::Done
        })
    }

    fn correct(&self, index: &Index, words: &Path) -> Result<Outcome> {
        let mut out = output::results();
        for word in lines(words)? {
            let word = word.with_context(|| words.display().to_string())?;
            let mut line = vec![word.clone()];
            line.extend(Searcher::new(index, &Unicode).corrections(&word, self.limit));
            let line: Vec<String> = line.iter().map(|word| output::printable(word)).collect();
            writeln!(out, "{}", line.join("\t"))?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}
