//! Suggestions: how the last word of a query may go on, and what a misspelt word may mean.

use super::correction::{IN_SUGGESTIONS, candidates};
use super::lookup::{Found, Pattern, lookup};
use super::searcher::Searcher;
use crate::analysis::{fold, tokens};
use crate::answer::Suggestion;
use crate::order::{self, descending};
use crate::segment::{TermOrdinal, Token};
use crate::text::concat;

/// Documents read for the words that follow a word.
const MOST_READ: usize = 128;
/// How many completions are continued to phrases, and phrases of each are offered.
const CONTINUED: usize = 3;

impl Searcher<'_> {
    /// Completions of the last word of `text`, those in most documents first, and what most often follows the best of
    /// them; after a space, what most often follows the last word. Where something that follows the word before begins
    /// so, nothing else is offered. Linear in the posting lists of the completions.
    #[must_use]
    pub fn suggest(&self, text: &str, limit: usize) -> Vec<Suggestion> {
        let (mut context, mut last) = (0..0, 0..0);
        for token in tokens(text) {
            context = core::mem::replace(&mut last, token.range);
        }
        let before = &text[..last.start];
        let word = &text[last.clone()];
        let is_whole = last.end < text.len();
        let mut suggestions = Vec::new();
        if word.is_empty() {
            return suggestions;
        }
        let terms = self.like(word, !is_whole);
        if is_whole {
            let head = concat(&[before, word, " "]);
            self.offer(&head, self.followers(&terms), limit, &mut suggestions);
            return suggestions;
        }
        let mut completions = Vec::new();
        if &before[context.end..] == " " {
            let context = self.like(&text[context], false);
            for (documents, term) in self.followers(&context) {
                if terms.binary_search(&term).is_ok() {
                    completions.push((documents, term));
                }
            }
        }
        if completions.is_empty() {
            for term in terms {
                let documents = self.index.segment.postings.document_frequency(term);
                if documents > 0 && !self.index.language.is_stop_word(term) {
                    completions.push((documents, term));
                }
            }
        }
        let best = self.offer(before, completions, limit, &mut suggestions);
        for &term in best.iter().take(CONTINUED) {
            let head = concat(&[before, &self.term_text(term), " "]);
            self.offer(&head, self.followers(&[term]), CONTINUED, &mut suggestions);
        }
        let order = order::order(suggestions.len(), &|one, other| {
            let documents = |place: u32| suggestions[place as usize].documents;
            documents(other).cmp(&documents(one))
        });
        let in_order = order.into_iter().take(limit);
        in_order
            .map(|place| core::mem::take(&mut suggestions[place as usize]))
            .collect()
    }

    /// Appends the most frequent of the terms found, each behind `head`, and returns these terms. Terms ascend in the
    /// dictionary, so their ordinals break ties.
    fn offer(
        &self,
        head: &str,
        found: Vec<(u32, TermOrdinal)>,
        limit: usize,
        suggestions: &mut Vec<Suggestion>,
    ) -> Vec<TermOrdinal> {
        let mut keys = Vec::with_capacity(found.len());
        for (documents, term) in found {
            keys.push(descending(documents, term.0));
        }
        order::sort(&mut keys);
        keys.truncate(limit);
        let mut terms = Vec::with_capacity(keys.len());
        for key in keys {
            let term = TermOrdinal(order::second(key));
            suggestions.push(Suggestion {
                text: concat(&[head, &self.term_text(term)]),
                documents: u32::MAX - (key >> 32) as u32,
            });
            terms.push(term);
        }
        terms
    }

    /// Terms that are written like this, accents and case aside, or begin so; in ascending order.
    fn like(&self, word: &str, prefix: bool) -> Vec<TermOrdinal> {
        let pattern = Pattern {
            letters: &fold(word, self.normalizer),
            edits: 0,
            prefix,
        };
        let found = lookup(&self.index.segment.terms, &self.index.letters, &pattern);
        found.iter().flat_map(Found::terms).collect()
    }

    /// Words that a word may have been meant to be, the likeliest first; the word itself if it is known.
    #[must_use]
    pub fn corrections(&self, word: &str, limit: usize) -> Vec<String> {
        let exact = self.like(word, false);
        let mut found: Vec<String> = exact.iter().map(|&term| self.term_text(term)).collect();
        if found.is_empty() {
            let near = candidates(
                self.index,
                &fold(word, self.normalizer),
                false,
                &IN_SUGGESTIONS,
            );
            found.extend(near.iter().map(|candidate| self.term_text(candidate.term)));
        }
        found.truncate(limit);
        found
    }

    fn term_text(&self, term: TermOrdinal) -> String {
        let mut text = String::new();
        self.index.segment.terms.push_term(term, &mut text);
        text
    }

    /// Terms that follow one of these, with the number of documents in which they do, over a bounded number of
    /// documents.
    fn followers(&self, words: &[TermOrdinal]) -> Vec<(u32, TermOrdinal)> {
        // Follower and document in one key, so that one sort brings both together.
        let mut following: Vec<u64> = Vec::new();
        for &term in words {
            for posting in self.index.segment.postings.of(term).take(MOST_READ) {
                let document = posting.document;
                let mut before = None;
                for step in self.index.segment.tokens(document) {
                    // Only a space lies between words that belong together, and it is not stored.
                    let Token::Word(_, next) = step else {
                        before = None;
                        continue;
                    };
                    if before == Some(term) && !self.index.language.is_stop_word(next) {
                        following.push(u64::from(next.0) << 32 | u64::from(document.0));
                    }
                    before = Some(next);
                }
            }
        }
        order::sort(&mut following);
        let mut found: Vec<(u32, TermOrdinal)> = Vec::new();
        let (mut documents, mut before) = (0, u64::MAX);
        for key in following {
            if key == before {
                continue;
            }
            documents = if key >> 32 == before >> 32 {
                documents + 1
            } else {
                1
            };
            before = key;
            // Once may be an accident.
            if documents == 2 {
                found.push((0, TermOrdinal((key >> 32) as u32)));
            }
            if let (2.., Some(last)) = (documents, found.last_mut()) {
                last.0 = documents;
            }
        }
        found
    }
}
