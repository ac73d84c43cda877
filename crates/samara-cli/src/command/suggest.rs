//! `samara suggest`: completions, and what misspelt words may mean.

use super::search::lines;
use crate::bundle::read::{Bundle, Source};
use crate::cost;
use crate::failure::{Misuse, Outcome};
use crate::numbers;
use crate::output;
use anyhow::{Context, Result};
use clap::Args;
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
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = numbers::from_zero, allow_negative_numbers = true)]
    limit: usize,
    /// Say which files of a split bundle a page fetches for the completions, and how many bytes, round by round.
    #[arg(long, conflicts_with_all = ["words", "json"])]
    cost: bool,
    /// One JSON array, as `search.suggest()` gives it in JavaScript.
    #[arg(long, conflicts_with = "words")]
    json: bool,
}

impl Suggest {
    /// Opens the bundle, asks and prints.
    pub fn run(self) -> Result<Outcome> {
        let bundle = Bundle::read(&self.bundle)?;
        let index = bundle.source()?;
        match (&self.prefix, &self.words) {
            (Some(prefix), _) => self.complete(&index, prefix),
            (None, Some(words)) => self.correct(&index, words),
            (None, None) => {
                Err(Misuse("name a prefix, or a file of words with --words".into()).into())
            }
        }
    }

    fn complete(&self, index: &Source, prefix: &str) -> Result<Outcome> {
        let (suggestions, cost) = index.ask(|searcher| searcher.suggest(prefix, self.limit))?;
        let cost = cost::wanted(self.cost, cost)?;
        let mut out = output::results();
        if self.json {
            serde_json::to_writer(&mut out, &suggestions)?;
            writeln!(out)?;
        } else {
            for suggestion in &suggestions {
                let text = output::printable(&suggestion.text);
                writeln!(out, "{text}\t{}", suggestion.documents)?;
            }
            if let Some(cost) = &cost {
                cost.show(&mut out)?;
            }
        }
        out.flush()?;
        Ok(if suggestions.is_empty() {
            Outcome::Nothing
        } else {
            Outcome::Done
        })
    }

    fn correct(&self, index: &Source, words: &Path) -> Result<Outcome> {
        let mut out = output::results();
        for word in lines(words)? {
            let word = word.with_context(|| words.display().to_string())?;
            let mut line = vec![word.clone()];
            let (corrections, _) = index.ask(|searcher| searcher.corrections(&word, self.limit))?;
            line.extend(corrections);
            let line: Vec<String> = line.iter().map(|word| output::printable(word)).collect();
            writeln!(out, "{}", line.join("\t"))?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}
