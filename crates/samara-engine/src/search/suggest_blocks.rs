//! Suggestions from an index in blocks: titles and completions by the lists and cards that a query for the same words needs
//! anyway, and no texts.

use super::searcher::Searcher;
use crate::analysis::{Token, fold, lower, tokens};
use crate::answer::Suggestion;
use crate::order::{self, descending};
use crate::segment::{DocId, Evidence, Posting};
use crate::text::concat;

/// Documents whose titles are looked at: of each a card has to be fetched.
const MOST_TITLES: usize = 16;
/// Bytes of the longest title that is offered.
const LONGEST_TITLE: usize = 80;

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
        let mut found: Vec<(u32, String)> = Vec::new();
        let mut in_titles: Vec<DocId> = Vec::new();
        let mut note = |posting: &Posting| {
            if posting.evidence.in_title() && !in_titles.contains(&posting.document) {
                in_titles.push(posting.document);
            }
        };
        match index.beginning(&letters) {
            Some(terms) => {
                let spelt = lower(word, self.normalizer);
                for term in terms {
                    let mut documents = 0;
                    for posting in index.postings(term) {
                        // What stands in addresses alone is no word to search for.
                        documents += u32::from(posting.evidence.0 & !Evidence::FIELD != 0);
                        note(&posting);
                    }
                    let mut text = String::new();
                    index.push_term(term, &mut text);
                    if documents > 0 && text != spelt && !index.is_stop_word(term) {
                        found.push((documents, text));
                    }
                }
            }
            None => {
                index.merged(&letters).iter().for_each(&mut note);
                found = index.completions(&letters);
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
        if is_whole {
            return suggestions;
        }
        let keys = found.iter().zip(0..);
        let mut keys: Vec<u64> = keys
            .map(|((documents, _), place)| descending(*documents, place))
            .collect();
        order::sort(&mut keys);
        let head = &text[..last.range.start];
        for key in keys {
            if suggestions.len() >= limit {
                break;
            }
            let (documents, word) = &found[order::second(key) as usize];
            suggestions.push(Suggestion {
                text: concat(&[head, word]),
                documents: *documents,
            });
        }
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
