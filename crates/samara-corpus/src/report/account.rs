//! What happened to every file: kept, dropped, skipped, and why.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::reason::Reason;
use super::rule::Rule;
use crate::words::count_words;

/// So many of the largest documents are named.
const LARGEST: usize = 3;

/// A block that was left out of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The block as it stood in the input.
    pub text: String,
    /// The reason.
    pub rule: Rule,
}

/// What became of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The document's id.
    pub id: String,
    /// The file it was read from, relative to the corpus.
    pub path: String,
    /// Primary language subtag, where known.
    pub language: Option<String>,
    /// Words kept, the title's among them.
    pub words_kept: usize,
    /// Words dropped.
    pub words_dropped: usize,
    /// Number of its group of near-duplicates, if it has any.
    pub similar: Option<u32>,
    /// What was dropped, in the order of the input.
    pub dropped: Vec<Dropped>,
}

/// How much was dropped of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Losses {
    /// Words by each rule that dropped some.
    by_rule: Vec<(Rule, usize)>,
    blobs: usize,
}

impl Losses {
    /// Linear in what was dropped.
    pub fn of(dropped: &[Dropped]) -> Self {
        let mut losses = Self::default();
        for block in dropped {
            let words = count_words(&block.text);
            let mut known = losses.by_rule.iter_mut();
            match known.find(|(rule, _)| *rule == block.rule) {
                Some((_, sum)) => *sum += words,
                None => losses.by_rule.push((block.rule, words)),
            }
            losses.blobs += usize::from(block.rule == Rule::Blob);
        }
        losses
    }

    /// Words that were dropped.
    pub fn words(&self) -> usize {
        self.by_rule.iter().map(|(_, words)| words).sum()
    }
}

/// Something that the owner may want to know and that stops nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// File or document concerned.
    pub path: String,
    /// What happened. Shown, it is a sentence's second half: "empty, skipped".
    pub reason: Reason,
}

impl Warning {
    pub(crate) fn new(path: impl Into<String>, reason: impl Into<Reason>) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }
}

/// Files and folders that nobody wrote for readers, or that the owner leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Hidden ones.
    pub hidden: usize,
    /// Folders of installed packages.
    pub packages: usize,
    /// Those that a `.gitignore` names.
    pub ignored: usize,
    /// Those that the owner's patterns leave out.
    pub excluded: usize,
    /// Files that hold no text for readers: pictures, scripts, styles.
    pub others: usize,
    /// Bundles that `samara build` wrote.
    pub bundles: usize,
}

impl PassedOver {
    /// Adds what was passed over beneath another path.
    pub(crate) fn add(&mut self, other: &Self) {
        self.hidden += other.hidden;
        self.packages += other.packages;
        self.ignored += other.ignored;
        self.excluded += other.excluded;
        self.others += other.others;
        self.bundles += other.bundles;
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (self.hidden, "hidden"),
            (self.packages, "of installed packages"),
            (self.ignored, "named by .gitignore"),
            (self.excluded, "left out by include or exclude"),
            (self.others, "of other kinds"),
            (self.bundles, "that Samara wrote"),
        ];
        let told = kinds.iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told
            .map(|(count, kind)| format!("{count} {kind}"))
            .collect();
        f.write_str(&told.join(", "))
    }
}

/// The account of a whole corpus. `Display` is for people, `Serialize` for machines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Files that were looked at: those that became documents, and those of which a warning says why they did not.
    pub files: usize,
    /// Files and folders that were not looked at, each counted once.
    pub passed_over: PassedOver,
    /// One entry a document, in the corpus's order. None of documents that are given out one by one, each with its own.
    pub documents: Vec<Outcome>,
    /// Files skipped and other oddities, in the order of the files.
    pub warnings: Vec<Warning>,
    #[serde(skip)]
    pub(crate) totals: Totals,
}

/// What all documents come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    documents: usize,
    /// Files from which documents came.
    pub files: usize,
    words_kept: usize,
    words_dropped: usize,
    /// Words dropped by each rule.
    by_rule: BTreeMap<&'static str, usize>,
    /// Blobs left out of documents.
    blobs: usize,
    languages: BTreeMap<String, usize>,
    /// Near-duplicates in groups, and the groups.
    similar: usize,
    groups: HashSet<u32>,
    /// Words and ids of the largest documents, the largest first.
    largest: Vec<(usize, String)>,
}

impl Totals {
    /// Counts a document and what was dropped of it.
    pub fn count(&mut self, outcome: &Outcome, losses: &Losses) {
        self.documents += 1;
        self.words_kept += outcome.words_kept;
        self.words_dropped += outcome.words_dropped;
        for &(rule, words) in &losses.by_rule {
            *self.by_rule.entry(rule.name()).or_default() += words;
        }
        self.blobs += losses.blobs;
        let language = outcome.language.as_deref().unwrap_or("?");
        match self.languages.get_mut(language) {
            Some(sum) => *sum += 1,
            None => drop(self.languages.insert(language.to_owned(), 1)),
        }
        self.similar += usize::from(outcome.similar.is_some());
        self.groups.extend(outcome.similar);
        let words = outcome.words_kept;
        let place = self.largest.partition_point(|(most, _)| *most >= words);
        if place < LARGEST {
            self.largest.insert(place, (words, outcome.id.clone()));
            self.largest.truncate(LARGEST);
        }
    }
}

impl Report {
    /// Number of documents.
    #[must_use]
    pub fn count(&self) -> usize {
        self.totals.documents
    }

    /// Words dropped by each rule, by its name.
    #[must_use]
    pub fn words_by_rule(&self) -> BTreeMap<&'static str, usize> {
        self.totals.by_rule.clone()
    }

    /// Documents in each language; those whose language is not known under `?`.
    #[must_use]
    pub fn languages(&self) -> BTreeMap<&str, usize> {
        let languages = self.totals.languages.iter();
        languages.map(|(name, sum)| (name.as_str(), *sum)).collect()
    }

    /// Documents that are near-duplicates of an earlier one.
    #[must_use]
    pub fn duplicates(&self) -> usize {
        self.totals.similar - self.totals.groups.len()
    }

    /// Files from which no document came.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.files.saturating_sub(self.totals.files)
    }

    /// Blobs left out of documents.
    #[must_use]
    pub fn blobs(&self) -> usize {
        self.totals.blobs
    }
}

/// A number of things, as people say it.
fn counted(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kept, dropped) = (self.totals.words_kept, self.totals.words_dropped);
        write!(f, "{}", counted(self.files, "file"))?;
        if self.skipped() > 0 {
            write!(f, ", {} of them without a document", self.skipped())?;
        }
        write!(f, "; {}", counted(self.count(), "document"))?;
        if self.duplicates() > 0 {
            write!(f, ", {} of them near-duplicates", self.duplicates())?;
        }
        writeln!(f, "; {} kept, {dropped} left out", counted(kept, "word"))?;
        let list = |sums: BTreeMap<&str, usize>| {
            let items: Vec<String> = sums
                .iter()
                .map(|(name, sum)| match *name {
                    "?" => format!("unknown {sum}"),
                    name => format!("{name} {sum}"),
                })
                .collect();
            items.join(", ")
        };
        if self.passed_over != PassedOver::default() {
            writeln!(f, "files and folders passed over: {}", self.passed_over)?;
        }
        if dropped > 0 {
            writeln!(
                f,
                "words left out, by rule (`samara clean` shows them): {}",
                list(self.words_by_rule())
            )?;
        }
        if self.blobs() > 0 {
            writeln!(
                f,
                "data that is no text, left out: {}",
                counted(self.blobs(), "piece")
            )?;
        }
        writeln!(f, "languages: {}", list(self.languages()))?;
        let largest = self.totals.largest.iter();
        let largest = largest.map(|(words, id)| format!("{id} ({})", counted(*words, "word")));
        let largest: Vec<String> = largest.collect();
        writeln!(f, "largest: {}", largest.join(", "))?;
        for warning in &self.warnings {
            writeln!(f, "{}: {}", warning.path, warning.reason)?;
        }
        Ok(())
    }
}
