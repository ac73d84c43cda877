//! The documents that a command is about: paths, or standard input.

use crate::numbers;
use crate::output::{self, Talk};
use crate::progress::Progress;
use crate::say;
use anyhow::{Context, Result, anyhow};
use clap::Args;
use samara_corpus::{
    Corpus, KnownText, Made, MarkedFields, Options, Outcome, Reading, Reason, Report, Share, Skip,
    Warning, json_line,
};
use samara_engine::Document;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// How many files a warning names.
const NAMED: usize = 3;
/// What some programs begin a text with.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How many threads read documents, for every command that reads them.
#[derive(Args, Clone, Copy, Debug)]
pub struct Threads {
    /// Threads that read documents [default: one a core].
    #[arg(long, value_name = "N", env = "SAMARA_THREADS", value_parser = numbers::from_one, allow_negative_numbers = true)]
    pub threads: Option<NonZeroUsize>,
}

/// Documents of paths, of which one may be `-`: read, and not yet looked at as a whole.
pub struct Source {
    reading: Reading,
    /// Kept until nothing is said of it any longer: dropping it deletes the file.
    input: Option<tempfile::TempDir>,
}

impl Source {
    /// Reads and cleans files, all or a share. Linear in their size.
    pub fn of(
        paths: &[PathBuf],
        options: &Options,
        share: Option<Share>,
        talk: Talk,
    ) -> Result<Self> {
        let mut paths = paths.to_vec();
        let mut input = None;
        for path in &mut paths {
            if path == Path::new("-") {
                let folder = temporary().context("cannot create a temporary folder")?;
                *path = save_standard_input(folder.path())?;
                input = Some(folder);
            }
        }
        let progress = Progress::counted(talk, "Reading");
        let read = Reading::of(&paths, options, share, &|done, all| progress.at(done, all));
        let reading = read.map_err(|error| without(input.as_ref(), error))?;
        Ok(Self { reading, input })
    }

    /// Joins parts.
    pub fn of_parts(parts: &[PathBuf], options: &Options) -> Result<Self> {
        Ok(Self {
            reading: Reading::of_parts(parts, options)?,
            input: None,
        })
    }

    /// What was read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Gives out the documents one by one. Linear in their text.
    pub fn documents(
        self,
        options: &Options,
        each: &mut dyn FnMut(Document, Outcome),
    ) -> Result<(Report, MarkedFields)> {
        let documents = self.reading.documents(options, each);
        documents.map_err(|error| without(self.input.as_ref(), error))
    }

    /// The same, but for texts that the cache has ([`Reading::documents_but`]).
    pub fn documents_but(
        self,
        options: &Options,
        text: Option<&KnownText>,
        each: &mut dyn FnMut(Made),
    ) -> Result<(Report, MarkedFields)> {
        let documents = self.reading.documents_but(options, text, each);
        documents.map_err(|error| without(self.input.as_ref(), error))
    }
}

/// Reads and cleans the documents of paths, of which one may be `-`. Linear in the size of the files.
pub fn read(paths: &[PathBuf], options: &Options, talk: Talk) -> Result<Corpus> {
    let (mut documents, mut outcomes) = (Vec::new(), Vec::new());
    let source = Source::of(paths, options, None, talk)?;
    let (mut report, marked) = source.documents(options, &mut |document, outcome| {
        documents.push(document);
        outcomes.push(outcome);
    })?;
    report.documents = outcomes;
    Ok(Corpus {
        documents,
        report,
        marked,
    })
}

fn temporary() -> io::Result<tempfile::TempDir> {
    if cfg!(target_family = "wasm") {
        // WASI does not say where.
        let folder = std::env::var("TMPDIR").unwrap_or_else(|_| "/tmp".to_owned());
        return tempfile::tempdir_in(folder);
    }
    tempfile::tempdir()
}

/// An error that does not name the folder in which standard input lies for a while.
fn without(input: Option<&tempfile::TempDir>, error: samara_corpus::Error) -> anyhow::Error {
    let Some(folder) = input else {
        return error.into();
    };
    let said = error.to_string();
    let folder = folder.path().join("").display().to_string();
    if said.contains(&folder) {
        anyhow!(said.replace(&folder, ""))
    } else {
        error.into()
    }
}

/// What each document became, and why files became none: a JSON object a line, written while documents come.
pub struct Account {
    path: PathBuf,
    /// What stopped it is told in the end.
    out: io::Result<BufWriter<File>>,
}

impl Account {
    /// An account in a file.
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            out: File::create(path).map(BufWriter::new),
        }
    }

    /// Adds a document.
    pub fn add(&mut self, document: &Document, outcome: &Outcome) {
        self.line(&json_line(document, outcome));
    }

    fn line(&mut self, line: &str) {
        if let Ok(out) = &mut self.out
            && let Err(error) = writeln!(out, "{line}")
        {
            self.out = Err(error);
        }
    }

    /// Adds the files that became no document, and ends it.
    ///
    /// # Errors
    /// It could not be written.
    pub fn finish(mut self, report: &Report) -> Result<()> {
        let skipped = report.warnings.iter();
        let skipped = skipped.filter(|warning| warning.reason.is_skip());
        for Warning { path, reason } in skipped {
            let mut line = json!({ "path": path, "skipped": reason.to_string() });
            // Whoever runs this program without them may try again with them.
            if let Reason::Skipped(Skip::NoRegion | Skip::NoReader) = reason {
                line["needs"] = json!("whole");
            }
            self.line(&line.to_string());
        }
        let written = self.out.and_then(|mut out| out.flush());
        written.with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// Says what was left out, and why; a reason that many files share is said once.
pub fn warn(report: &Report, talk: Talk) {
    if talk.quiet {
        return;
    }
    let most = if talk.verbose { usize::MAX } else { NAMED };
    let mut alike: BTreeMap<String, Vec<(&Warning, String)>> = BTreeMap::new();
    for warning in &report.warnings {
        let sentence = warning.reason.to_string();
        let kind = without_numbers(&sentence);
        alike.entry(kind).or_default().push((warning, sentence));
    }
    for warnings in alike.into_values() {
        let reasons: Vec<&str> = warnings.iter().map(|(_, sentence)| &**sentence).collect();
        let named: Vec<String> = warnings
            .iter()
            .take(most)
            .map(|(warning, _)| output::printable(&warning.path))
            .collect();
        let more = match warnings.len().saturating_sub(most) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        say!(
            "warning: {}{more}: {}",
            named.join(", "),
            output::printable(&common(&reasons))
        );
    }
}

/// `lost 39 of 55 words` and `lost 40 of 61 words` are one kind of warning: `lost … of … words`.
fn without_numbers(reason: &str) -> String {
    let mut kind = String::new();
    for piece in pieces(reason) {
        kind.push_str(if is_number(piece) { "…" } else { piece });
    }
    kind
}

/// What reasons of one kind have in common: a number is said where it is the same in all of them.
fn common(reasons: &[&str]) -> String {
    let mut kind: Vec<&str> = pieces(reasons[0]).collect();
    for reason in reasons {
        for (one, other) in kind.iter_mut().zip(pieces(reason)) {
            if *one != other {
                *one = "…";
            }
        }
    }
    kind.concat()
}

/// Numbers, and what stands between them.
fn pieces(reason: &str) -> impl Iterator<Item = &str> {
    reason
        .as_bytes()
        .chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit())
        // Digits are bytes by themselves, so that no character is cut.
        .filter_map(|piece| std::str::from_utf8(piece).ok())
}

fn is_number(piece: &str) -> bool {
    piece.starts_with(|first: char| first.is_ascii_digit())
}

/// What became of the documents as a whole, a line each.
pub fn summary(report: &mut Report) -> String {
    // Its warnings are said by themselves.
    let warnings = std::mem::take(&mut report.warnings);
    let lines = report.to_string();
    report.warnings = warnings;
    lines
        .lines()
        .map(|line| output::printable(line) + "\n")
        .collect()
}

/// Saves standard input as a file whose name tells its kind, which its first character shows.
fn save_standard_input(folder: &Path) -> Result<PathBuf> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes);
    let name = match text.trim_ascii_start().first() {
        Some(b'{') => "standard-input.jsonl",
        Some(b'[') => "standard-input.json",
        Some(b'<') => "standard-input.html",
        Some(b'#') => "standard-input.md",
        _ => "standard-input.txt",
    };
    let path = folder.join(name);
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_said_where_all_have_the_same() {
        for (reasons, expected) in [
            (
                &["lost 39 of 55 words", "lost 4 of 61 words"][..],
                "lost … of … words",
            ),
            (
                &[
                    "not UTF-8, taken for windows-1251",
                    "not UTF-8, taken for windows-1252",
                ],
                "not UTF-8, taken for windows-…",
            ),
            (&["2 entries hold nothing"], "2 entries hold nothing"),
        ] {
            let kinds: Vec<String> = reasons
                .iter()
                .map(|reason| without_numbers(reason))
                .collect();
            assert!(kinds.iter().all(|kind| *kind == kinds[0]));
            assert_eq!(common(reasons), expected);
        }
    }
}
