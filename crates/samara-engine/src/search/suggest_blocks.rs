//! Suggestions from an index in blocks: titles and completions by the lists and cards that a query for the same words needs
//! anyway, and no texts.

use super::searcher::Searcher;
use super::suggest::LONGEST_TITLE;
use crate::analysis::{Token, fold, lower, tokens};
use crate::answer::Suggestion;
use crate::segment::{DocId, Posting, TermOrdinal};
use crate::text::concat;

/// Documents whose titles are looked at: of each a card has to be fetched.
const MOST_TITLES: usize = 16;

impl Searcher<'_> {
    /// How a text may go on: titles that hold its words in a row, the last as a beginning, then completions of the last word,
    /// those in most documents first. Linear in the posting lists of the completions.
    pub(super) fn suggest_from_blocks(
        &self,
        text: &str,
        typed: &[Token],
        limit: usize,
    ) -> Vec<Suggestion> {
        let mut suggestions = Vec::new();
        let Some(last) = typed.last() else {
            return suggestions;
        };
        let index = self.index;
        let word = &text[last.range.clone()];
        let letters = fold(word, self.normalizer);
        let is_whole = last.range.end < text.len();
        let head = &text[..last.range.start];
        let spelt = lower(word, self.normalizer);
        let mut completed = Vec::new();
        let mut in_titles: Vec<DocId> = Vec::new();
        let mut note = |posting: Posting| {
            if posting.evidence.in_title() && !in_titles.contains(&posting.document) {
                in_titles.push(posting.document);
            }
        };
        match index.beginning(&letters) {
            Some(terms) => {
                for &term in &terms {
                    index.postings(term).for_each(&mut note);
                }
                let known: Vec<TermOrdinal> = index.ordinal(&spelt).into_iter().collect();
                self.offer(head, self.shown(&terms), &known, limit, &mut completed);
            }
            None => {
                index.merged(&letters).into_iter().for_each(&mut note);
                for (documents, word) in index.completions(&letters) {
                    let text = concat(&[head, &word]);
                    if word != spelt {
                        completed.push(Suggestion { text, documents });
                    }
                }
            }
        }
        in_titles.truncate(MOST_TITLES);
        let wanted: Vec<Vec<char>> = typed
            .iter()
            .map(|token| fold(&text[token.range.clone()], self.normalizer))
            .collect();
        for document in in_titles {
            let title = index.title(document);
            let is_new = suggestions
                .iter()
                .all(|known: &Suggestion| known.text != title);
            if is_new && title.len() <= LONGEST_TITLE && self.holds(&title, &wanted, !is_whole) {
                suggestions.push(Suggestion {
                    text: title,
                    documents: 1,
                });
            }
        }
        suggestions.truncate(limit - limit / 3);
        if !is_whole {
            suggestions.extend(completed);
        }
        suggestions.truncate(limit);
        suggestions
    }

    /// Whether a title of several words holds these in a row and says more than they do.
    fn holds(&self, title: &str, wanted: &[Vec<char>], prefix: bool) -> bool {
        let words: Vec<Vec<char>> = tokens(title)
            .map(|token| fold(&title[token.range], self.normalizer))
            .collect();
        let is_row = |row: &[Vec<char>]| {
            row.iter()
                .zip(wanted)
                .enumerate()
                .all(|(place, (word, wanted))| {
                    word == wanted
                        || prefix && place + 1 == row.len() && word.starts_with(wanted.as_slice())
                })
        };
        words.len() > 1 && words != wanted && words.windows(wanted.len()).any(is_row)
    }
}
