//! What an index knows of words: terms, their relatives, and where they occur.

use super::Index;
use crate::list::ToList;
use crate::segment::{
    Cursor, DocId, Evidence, Found, Norm, Pattern, Posting, TermOrdinal, Title, UNNOTICED, lookup,
};

/// Of more terms than these that begin alike, none is told from the others: what they say is one list.
pub(crate) const MANY: usize = 400;

/// What lists say together.
pub(crate) struct Merged {
    /// Of each document the fields of its postings, and quarters of an occurrence.
    counts: Vec<(u8, u16)>,
}

impl Merged {
    /// Of so many documents.
    pub(crate) fn of(documents: usize) -> Self {
        Merged {
            counts: vec![(0, 0); documents],
        }
    }

    pub(crate) fn add(&mut self, posting: Posting) {
        let (fields, quarters) = &mut self.counts[posting.document.0 as usize];
        *fields |= posting.evidence.fields();
        *quarters = quarters.saturating_add(posting.evidence.quarters());
    }

    /// In ascending order of the documents.
    pub(crate) fn postings(self) -> impl Iterator<Item = Posting> {
        let all = self.counts.into_iter().zip(0..);
        let held = all.filter(|&(count, _)| count != (0, 0));
        held.map(|((fields, quarters), number)| {
            Posting::of(DocId(number), Evidence::of(fields, quarters))
        })
    }
}

impl Index<'_> {
    /// The term that is spelt so.
    pub(crate) fn ordinal(&self, term: &str) -> Option<TermOrdinal> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.ordinal(term, &self.letters);
        }
        self.segment.terms.ordinal(term)
    }

    /// The terms that match, in ascending order. Costs those of [`lookup`].
    pub(crate) fn find(&self, pattern: &Pattern) -> Vec<Found> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.find(pattern, &self.letters);
        }
        lookup(&self.segment.terms, &self.letters, pattern)
    }

    /// The term that is spelt so, where it is one that others may be corrected to.
    pub(crate) fn frequent(&self, term: &str) -> Option<TermOrdinal> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.frequent(term);
        }
        let found = self.ordinal(term)?;
        (self.document_frequency(found) >= self.least).then_some(found)
    }

    /// Terms that match, in ascending order; those that others may be corrected to are among them. Costs those of [`lookup`].
    pub(crate) fn find_frequent(&self, pattern: &Pattern) -> Vec<Found> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.find_frequent(pattern, &self.letters);
        }
        self.find(pattern)
    }

    /// Whether the index is in blocks.
    #[cfg(feature = "split")]
    pub(crate) fn is_in_blocks(&self) -> bool {
        self.loaded().is_some()
    }

    /// The most frequent of many terms that begin with these letters, each behind the number of its documents.
    #[cfg(feature = "split")]
    pub(crate) fn completions(&self, letters: &[char]) -> Vec<(u32, String)> {
        let loaded = self.loaded();
        loaded.map_or_else(Vec::new, |loaded| loaded.completions(letters))
    }

    /// What a term was probably meant to be, as a build found out.
    #[cfg(feature = "split")]
    pub(crate) fn likelier(&self, term: TermOrdinal) -> Option<(TermOrdinal, String)> {
        let (term, text) = self.loaded()?.likelier(term, &self.letters)?;
        Some((term, text.to_owned()))
    }

    /// Whether blocks are missing, so that what was found until now says nothing.
    pub(crate) fn is_waiting(&self) -> bool {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.is_waiting();
        }
        false
    }

    /// The terms that begin with these letters; none where they are many. Costs those of [`lookup`].
    pub(crate) fn beginning(&self, letters: &[char]) -> Option<Vec<TermOrdinal>> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded()
            && loaded.is_of_many(letters)
        {
            return None;
        }
        let terms = self.beginning_with(letters);
        (terms.len() <= MANY).then_some(terms)
    }

    /// The terms that begin with these letters, however many, in ascending order.
    pub(crate) fn beginning_with(&self, letters: &[char]) -> Vec<TermOrdinal> {
        let found = self.find(&Pattern {
            letters,
            edits: 0,
            prefix: true,
        });
        found.iter().flat_map(Found::terms).list()
    }

    /// What the lists of many terms that begin with these letters say together, in ascending order of the documents. Linear
    /// in the lists and in the number of documents.
    pub(crate) fn merged(&self, letters: &[char]) -> Vec<Posting> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.merged(letters);
        }
        let mut merged = Merged::of(self.len());
        for term in self.beginning_with(letters) {
            for posting in self.postings(term) {
                merged.add(posting);
            }
        }
        merged.postings().list()
    }

    /// Appends the letters of a term.
    pub(crate) fn push_term(&self, term: TermOrdinal, out: &mut String) {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.push_term(term, out);
        }
        self.segment.terms.push_term(term, out);
    }

    /// The other terms of the stem.
    pub(crate) fn others(&self, term: TermOrdinal) -> Vec<TermOrdinal> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.others(term, &self.letters);
        }
        self.segment.groups.others(term).list()
    }

    /// The compounds that a term is a part of.
    pub(crate) fn compounds(&self, part: TermOrdinal) -> Vec<TermOrdinal> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.compounds(part, &self.letters);
        }
        self.segment.spellings.compounds(part).list()
    }

    /// The posting list of a term. Constant time.
    pub(crate) fn postings(&self, term: TermOrdinal) -> Cursor<'_> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.postings(term, &self.letters);
        }
        self.segment.postings.of(term)
    }

    /// Number of documents that hold a term. Constant time.
    pub(crate) fn document_frequency(&self, term: TermOrdinal) -> u32 {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.document_frequency(term, &self.letters);
        }
        self.segment.postings.document_frequency(term)
    }

    /// The set of neighbours that a term belongs to, or [`UNNOTICED`].
    pub(crate) fn bucket(&self, term: TermOrdinal) -> u8 {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.bucket(term, &self.letters);
        }
        self.segment.buckets[term.0 as usize]
    }

    /// Whether a term is too common to be looked for beside others.
    pub(crate) fn is_stop_word(&self, term: TermOrdinal) -> bool {
        self.language.is_stop_word(term)
    }

    /// Whether a term is a word that somebody wrote, and that says something by itself.
    pub(crate) fn is_telling(&self, term: TermOrdinal) -> bool {
        self.bucket(term) != UNNOTICED
    }

    /// Number of the language that a term mostly occurs in.
    pub(crate) fn language_of(&self, term: TermOrdinal) -> u8 {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.language_of(term);
        }
        self.language.of(term)
    }

    /// Terms that are too common to be looked for beside others, in ascending order.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn stop_words(&self) -> &[u32] {
        self.language.stop_words()
    }

    /// Pairs of endings, the most frequent first.
    pub(crate) fn suffix_pairs(&self) -> &[(&str, &str)] {
        &self.language.suffix_pairs
    }

    /// What is known of a document.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn facts(&self, document: DocId) -> (Norm, Title) {
        let place = document.0 as usize;
        (self.segment.norms[place], self.titles[place])
    }

    /// A posting with what is known of its document.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn with_facts(&self, posting: Posting) -> Posting {
        let facts = (self.norm(&posting), self.title_of(&posting));
        Posting { facts, ..posting }
    }

    /// How long the document of a posting is.
    pub(crate) fn norm(&self, posting: &Posting) -> Norm {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.facts(posting).0;
        }
        self.segment.norms[posting.document.0 as usize]
    }

    /// What is known of the title of a posting's document.
    pub(crate) fn title_of(&self, posting: &Posting) -> Title {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.facts(posting).1;
        }
        self.titles[posting.document.0 as usize]
    }
}
