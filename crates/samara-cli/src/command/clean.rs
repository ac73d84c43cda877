//! `samara clean`: what each document became.

use crate::choosing::Choosing;
use crate::config::Config;
use crate::failure::{Misuse, Outcome};
use crate::output::Talk;
use crate::{corpus, output};
use anyhow::Result;
use clap::Args;
use samara_corpus::{Options, Outcome as Cleaned, json_line};
use samara_engine::Document;
use std::io::Write;
use std::path::PathBuf;

/// Shows what each document became: what was kept, and what was dropped by which rule.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara clean public/\n  samara clean --json posts/ | jq .title\n\n\
    A line that was kept begins with +, a heading with #, what was dropped with - and the name of its rule.\n\
    The lines that samara.toml always keeps and always drops count here, too."
)]
pub struct Clean {
    /// Folders or files of documents (.html .htm .md .txt .json .jsonl .csv .xml .adoc .rst .org .eml .mbox .epub .pdf and their like, also gzipped); - is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Options in a file [default: samara.toml, if there is one].
    #[arg(long, value_name = "FILE", env = "SAMARA_CONFIG")]
    config: Option<PathBuf>,
    /// A JSON object a line: path, title, text, source, date, lang, sections, dropped.
    #[arg(long)]
    json: bool,
    /// Only what a build takes in: pages that do not want to be found are left out.
    #[arg(long)]
    indexed: bool,
    #[command(flatten)]
    choosing: Choosing,
    #[command(flatten)]
    reading: corpus::Threads,
    #[command(flatten)]
    talk: Talk,
}

impl Clean {
    /// Reads, cleans and prints.
    pub fn run(self) -> Result<Outcome> {
        let (config, _) = Config::find(self.config.as_deref())?;
        let config = self.choosing.over(config);
        let paths = if self.paths.is_empty() {
            &config.paths
        } else {
            &self.paths
        };
        if paths.is_empty() {
            return Err(
                Misuse("name a folder or file of documents: samara clean PATH".into()).into(),
            );
        }
        // Mostly, what is asked about is how pages are cleaned, not whether they want to be found.
        let options = Options {
            noindex: !self.indexed,
            outside: true,
            threads: self.reading.threads.or(config.threads),
            ..config.reading()
        };
        let corpus = corpus::read(paths, &options, self.talk)?;
        let mut out = output::results();
        for (document, cleaned) in corpus.documents.iter().zip(&corpus.report.documents) {
            if self.json {
                writeln!(out, "{}", json_line(document, cleaned))?;
            } else {
                show(&mut out, document, cleaned)?;
            }
        }
        out.flush()?;
        corpus::warn(&corpus.report, self.talk);
        Ok(Outcome::Done)
    }
}

fn show(out: &mut impl Write, document: &Document, cleaned: &Cleaned) -> Result<()> {
    output::bold(out, &output::printable(&document.title), output::colour())?;
    writeln!(out, "\n  {}", output::printable(&cleaned.path))?;
    for (field, values) in &document.meta {
        writeln!(
            out,
            "  {}: {}",
            output::printable(field),
            output::printable(&values.join(", "))
        )?;
    }
    writeln!(
        out,
        "  {} words kept, {} dropped",
        cleaned.words_kept, cleaned.words_dropped
    )?;
    for section in &document.sections {
        if !section.heading.is_empty() {
            writeln!(out, "  # {}", shortened(&section.heading))?;
        }
        for line in section.text.lines().filter(|line| !line.is_empty()) {
            writeln!(out, "  + {}", shortened(line))?;
        }
    }
    for block in &cleaned.dropped {
        writeln!(
            out,
            "  - {:<18} {}",
            block.rule.name(),
            shortened(&block.text)
        )?;
    }
    Ok(())
}

/// The beginning of a block, on one line.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 80;
    let line: String = text.chars().take(LENGTH).collect();
    let more = if text.chars().nth(LENGTH).is_some() {
        "…"
    } else {
        ""
    };
    format!("{}{more}", output::printable(&line))
}
