//! What happened to every file: kept, dropped, skipped, and why.

use std::fmt;

use serde::Serialize;

use crate::rule::Rule;

/// A block that was left out of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// Words kept, the title's among them.
    pub words_kept: usize,
    /// Words dropped.
    pub words_dropped: usize,
    /// What was dropped, in the order of the input.
    pub dropped: Vec<Dropped>,
}

/// Something that the owner may want to know and that stops nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// File or document concerned.
    pub path: String,
    /// What happened, as a sentence's second half: "empty, skipped".
    pub reason: String,
}

/// The account of a whole corpus. `Display` is for people, `Serialize` for machines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// One entry a document, in the corpus's order.
    pub documents: Vec<Outcome>,
    /// Files skipped and other oddities, in the order of the files.
    pub warnings: Vec<Warning>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept: usize = self
            .documents
            .iter()
            .map(|document| document.words_kept)
            .sum();
        let dropped: usize = self
            .documents
            .iter()
            .map(|document| document.words_dropped)
            .sum();
        writeln!(
            f,
            "{} documents, {kept} words kept, {dropped} dropped",
            self.documents.len()
        )?;
        for warning in &self.warnings {
            writeln!(f, "{}: {}", warning.path, warning.reason)?;
        }
        Ok(())
    }
}
