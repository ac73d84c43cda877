//! Suggestions: how the last word of a query may go on, and what a misspelt word may mean.

use super::correction::{IN_SUGGESTIONS, candidates};
use super::lookup::{Found, Pattern, lookup};
use crate::analysis::{Normalizer, tokens};
use crate::answer::Suggestion;
use crate::index::{Index, Step, TermOrdinal};
use crate::order::{self, descending};
use crate::query::fold;
use crate::text::concat;

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
        let (found, head) = if last.range.end < text.len() {
            let word = &text[last.range.clone()];
            (self.followers(&folded), concat(&[before, word, " "]))
        } else {
            let pattern = Pattern {
                letters: &folded,
                edits: 0,
                prefix: true,
            };
            let completions = lookup(&self.terms, &self.letters, &pattern);
            let counted = completions
                .iter()
                .flat_map(Found::terms)
                .filter(|&term| !self.language.is_stop_word(term))
                .map(|term| (self.postings.document_frequency(term), term))
                .filter(|(documents, _)| *documents > 0);
            (counted.collect(), before.to_owned())
        };
        // Terms ascend in the dictionary, so their ordinals break ties.
        let mut keys: Vec<u64> = found
            .iter()
            .map(|&(documents, term)| descending(documents, term.0))
            .collect();
        order::sort(&mut keys);
        keys.truncate(limit);
        keys.into_iter()
            .map(|key| Suggestion {
                text: concat(&[&head, &self.term_text(TermOrdinal(order::second(key)))]),
                documents: u32::MAX - (key >> 32) as u32,
            })
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
            .flat_map(Found::terms)
            .map(|term| self.term_text(term))
            .collect();
        if found.is_empty() {
            let near = candidates(self, &folded, false, &IN_SUGGESTIONS);
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
        // Follower and document in one key, so that one sort brings both together.
        let mut following: Vec<u64> = Vec::new();
        for term in lookup(&self.terms, &self.letters, &pattern)
            .iter()
            .flat_map(Found::terms)
        {
            for (document, _) in self.postings.of(term).take(MOST_READ) {
                let mut before = None;
                for step in self.steps(document) {
                    // Only a space lies between words that belong together, and it is not stored.
                    let Step::Word(_, next) = step else {
                        before = None;
                        continue;
                    };
                    if before == Some(term) && !self.language.is_stop_word(next) {
                        following.push(u64::from(next.0) << 32 | u64::from(document.0));
                    }
                    before = Some(next);
                }
            }
        }
        order::sort(&mut following);
        following.dedup();
        let of_one = following.chunk_by(|one, other| one >> 32 == other >> 32);
        of_one
            .map(|same| (same.len() as u32, TermOrdinal((same[0] >> 32) as u32)))
            .filter(|(documents, _)| *documents > 1)
            .collect()
    }
}
