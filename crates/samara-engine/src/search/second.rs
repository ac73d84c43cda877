//! The engine's second half: what reads texts, and what is no query.
//!
//! A list of hits needs neither. So the module for an index in blocks comes in two files, of which the second arrives while
//! the list is made, and a search that lacks it notes that as it notes a block. What stands behind [`Half`] is called through
//! it alone: what the rest of the engine named directly would lie in the first file.

use super::documents::DocSet;
use super::phrases::{self, Need};
use super::scoring::Scorer;
use super::searcher::Searcher;
use super::snippet::{self, Highlighting, Passages, Scratch};
use super::{correction, option, similar, suggest};
use crate::answer::{Hit, Suggestion};
use crate::index::Index;
use crate::query::Atom;
use crate::segment::{DocId, TermOrdinal};

/// The engine's second half, where it has arrived.
#[cfg(feature = "split")]
#[derive(Clone, Copy)]
pub struct Second(&'static dyn Half);

#[cfg(feature = "split")]
impl Second {
    /// Where the whole engine is one program.
    #[must_use]
    pub const fn here() -> Self {
        Second(&Here)
    }

    pub(super) fn half(self) -> &'static dyn Half {
        self.0
    }
}

/// What the second half does. What it lacks itself it notes.
pub(super) trait Half: Sync {
    /// Title, passage and sections of a hit; nothing where its text is not there.
    fn passages(
        &self,
        highlighting: &Highlighting,
        document: DocId,
        is_whole: bool,
        scratch: &mut Scratch,
    ) -> Option<Passages>;

    /// Counts the phrases that are needed in the documents that may hold them: `all` of these, and those of each phrase.
    fn phrases(&self, scorer: &mut Scorer, needs: &[Need], all: &DocSet, of_each: &[DocSet]);

    /// Whether documents that hold a word have it with the signs that it was typed with.
    fn is_written_so(&self, index: &Index, term: TermOrdinal, atom: &Atom) -> bool;

    /// How often one term follows the other.
    fn in_a_row(&self, index: &Index, first: TermOrdinal, second: TermOrdinal) -> u32;

    /// How a text may go on.
    fn suggest(&self, searcher: &Searcher, text: &str, limit: usize) -> Vec<Suggestion>;

    /// The documents most like one.
    fn similar(&self, searcher: &Searcher, id: &str, limit: usize) -> Vec<Hit>;
}

/// The second half itself.
pub(super) struct Here;

impl Half for Here {
    fn passages(
        &self,
        highlighting: &Highlighting,
        document: DocId,
        is_whole: bool,
        scratch: &mut Scratch,
    ) -> Option<Passages> {
        snippet::passages(highlighting, document, is_whole, scratch)
    }

    fn phrases(&self, scorer: &mut Scorer, needs: &[Need], all: &DocSet, of_each: &[DocSet]) {
        phrases::read(scorer, needs, all, of_each);
    }

    fn is_written_so(&self, index: &Index, term: TermOrdinal, atom: &Atom) -> bool {
        option::is_written_so(index, term, atom)
    }

    fn in_a_row(&self, index: &Index, first: TermOrdinal, second: TermOrdinal) -> u32 {
        correction::in_a_row(index, first, second)
    }

    fn suggest(&self, searcher: &Searcher, text: &str, limit: usize) -> Vec<Suggestion> {
        suggest::suggest(searcher, text, limit)
    }

    fn similar(&self, searcher: &Searcher, id: &str, limit: usize) -> Vec<Hit> {
        similar::similar(searcher, id, limit)
    }
}
