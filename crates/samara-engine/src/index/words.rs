//! What an index knows of words: terms, their relatives, and where they occur.

use super::Index;
use crate::segment::{Cursor, Found, Norm, Pattern, Posting, TermOrdinal, Title, lookup};

impl Index<'_> {
    /// The term that is spelt so.
    pub(crate) fn ordinal(&self, term: &str) -> Option<TermOrdinal> {
        self.segment.terms.ordinal(term)
    }

    /// The terms that match, in ascending order. Costs those of [`lookup`].
    pub(crate) fn find(&self, pattern: &Pattern) -> Vec<Found> {
        lookup(&self.segment.terms, &self.letters, pattern)
    }

    /// Appends the letters of a term.
    pub(crate) fn push_term(&self, term: TermOrdinal, out: &mut String) {
        self.segment.terms.push_term(term, out);
    }

    /// The other terms of the stem.
    pub(crate) fn others(&self, term: TermOrdinal) -> impl Iterator<Item = TermOrdinal> + '_ {
        self.segment.groups.others(term)
    }

    /// The compounds that a term is a part of.
    pub(crate) fn compounds(&self, part: TermOrdinal) -> impl Iterator<Item = TermOrdinal> + '_ {
        self.segment.spellings.compounds(part)
    }

    /// The posting list of a term. Constant time.
    pub(crate) fn postings(&self, term: TermOrdinal) -> Cursor<'_> {
        self.segment.postings.of(term)
    }

    /// Number of documents that hold a term. Constant time.
    pub(crate) fn document_frequency(&self, term: TermOrdinal) -> u32 {
        self.postings(term).documents
    }

    /// The set of neighbours that a term belongs to, or [`crate::segment::UNNOTICED`].
    pub(crate) fn bucket(&self, term: TermOrdinal) -> u8 {
        self.segment.buckets[term.0 as usize]
    }

    /// Whether a term is too common to be looked for beside others.
    pub(crate) fn is_stop_word(&self, term: TermOrdinal) -> bool {
        self.language.is_stop_word(term)
    }

    /// Number of the language that a term mostly occurs in.
    pub(crate) fn language_of(&self, term: TermOrdinal) -> u8 {
        self.language.of(term)
    }

    /// How long the document of a posting is.
    pub(crate) fn norm(&self, posting: &Posting) -> Norm {
        self.segment.norms[posting.document.0 as usize]
    }

    /// What is known of the title of a posting's document.
    pub(crate) fn title_of(&self, posting: &Posting) -> Title {
        self.titles[posting.document.0 as usize]
    }
}
