//! Suggestions: how the last word of a query may go on, and what a misspelt word may mean.

use super::correction::candidates;
use super::lookup::{Pattern, lookup};
use crate::analysis::{Normalizer, tokens};
use crate::answer::Suggestion;
use crate::index::{Index, Step, TermOrdinal};
use crate::query::fold;

/// Documents read for the words that follow a word.
const MOST_READ: usize = 128;

impl Index<'_> {
    /// Completions of the last word of `text`, those in most documents first; after a space, the words that
    /// most often follow the last one. Linear in the posting lists of the completions.
    #[must_use]
    pub fn suggest(
        &self,
        text: &str,
        limit: usize,
        normalizer: &dyn Normalizer,
    ) -> Vec<Suggestion> {
        let Some(last) = tokens(text).last() else {
            return Vec::new();
        };
        let before = &text[..last.range.start];
        let folded = fold(&text[last.range.clone()], normalizer);
        let mut ranked: Vec<(u32, String)> = Vec::new();
        if last.range.end < text.len() {
            let word = &text[last.range.clone()];
            for (count, next) in self.followers(&folded) {
                ranked.push((count, [before, word, " ", &self.term_text(next)].concat()));
            }
        } else {
            let pattern = Pattern {
                letters: &folded,
                edits: 0,
                prefix: true,
            };
            for term in lookup(&self.terms, &self.letters, &pattern)
                .iter()
                .flat_map(|f| f.terms())
            {
                let documents = self.postings.document_frequency(term);
                if documents > 0 && !self.language.is_stop_word(term) {
                    ranked.push((documents, [before, &self.term_text(term)].concat()));
                }
            }
        }
        ranked.sort_unstable_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
        ranked.truncate(limit);
        ranked
            .into_iter()
            .map(|(documents, text)| Suggestion { text, documents })
            .collect()
    }

    /// Words that a word may have been meant to be, the likeliest first; the word itself if it is known.
    #[must_use]
    pub fn corrections(
        &self,
        word: &str,
        limit: usize,
        normalizer: &dyn Normalizer,
    ) -> Vec<String> {
        let folded = fold(word, normalizer);
        let exact = lookup(
            &self.terms,
            &self.letters,
            &Pattern {
                letters: &folded,
                edits: 0,
                prefix: false,
            },
        );
        let mut found: Vec<String> = exact
            .iter()
            .flat_map(|found| found.terms())
            .map(|term| self.term_text(term))
            .collect();
        if found.is_empty() {
            let near = candidates(self, &folded, false);
            found.extend(near.iter().map(|candidate| self.term_text(candidate.term)));
        }
        found.truncate(limit);
        found
    }

    fn term_text(&self, term: TermOrdinal) -> String {
        let mut text = String::new();
        self.terms.push_term(term, &mut text);
        text
    }

    /// Terms that follow a word, with the number of documents in which they do, over a bounded number of
    /// documents.
    fn followers(&self, word: &[char]) -> Vec<(u32, TermOrdinal)> {
        let pattern = Pattern {
            letters: word,
            edits: 0,
            prefix: false,
        };
        let mut following: Vec<TermOrdinal> = Vec::new();
        for term in lookup(&self.terms, &self.letters, &pattern)
            .iter()
            .flat_map(|f| f.terms())
        {
            for (document, _) in self.postings.of(term).take(MOST_READ) {
                let mut in_document = Vec::new();
                let mut before = None;
                for step in self.steps(document) {
                    match step {
                        Step::Word(_, next) => {
                            if before == Some(term) && !self.language.is_stop_word(next) {
                                in_document.push(next);
                            }
                            before = Some(next);
                        }
                        // Only a space lies between words that belong together, and it is not stored.
                        Step::Separator(_) | Step::Control(_) => before = None,
                    }
                }
                in_document.sort_unstable();
                in_document.dedup();
                following.extend(in_document);
            }
        }
        following.sort_unstable();
        let counted = following.chunk_by(|one, other| one == other);
        counted
            .map(|same| (same.len() as u32, same[0]))
            .filter(|(count, _)| *count > 1)
            .collect()
    }
}
