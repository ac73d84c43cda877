//! Suggestions from an index in blocks: titles and completions by the lists and cards that a query for the same words needs
//! anyway. What follows a word is read in texts that are there, those of the hits of such a query; none is fetched for it.

use super::Options;
use super::searcher::Searcher;
use super::suggest::{CONTINUED, LONGEST_TITLE, gap};
use crate::analysis::{Token, fold, lower, tokens};
use crate::answer::Suggestion;
use crate::list::Keep;
use crate::order::{self, descending};
use crate::segment::{DocId, Pattern, Posting, TermOrdinal, Token as Code, lookup};
use crate::text::concat;

/// Documents whose titles are looked at: of each a card has to be fetched.
const MOST_TITLES: usize = 16;
/// Documents in which words that follow are looked for: as many as a list of hits shows, whose texts a page has.
const MOST_READ: usize = 10;

/// A word that follows another one.
struct Follower {
    text: String,
    documents: u32,
    /// Whether it says much about one of them.
    tells: bool,
}

impl Searcher<'_> {
    /// How a text may go on: titles that hold its words in a row, the last as a beginning, then completions of the last word,
    /// those that follow the word before it and those in most documents first, and what follows the best of them; after a space,
    /// what follows the last word. Linear in the posting lists of the completions and in the texts of the first hits.
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
        if is_whole {
            completed.clear();
        }
        let context = typed.len().checked_sub(2).map(|place| &typed[place]);
        let context =
            context.filter(|token| text[token.range.end..last.range.start] == *gap(token));
        let is_short = suggestions.len() + completed.len() < limit;
        if (is_short || context.is_some()) && !index.is_waiting() {
            let mut phrases = Vec::new();
            index.with_what_is_there(&mut || {
                let documents = self.first_hits(text);
                if is_whole {
                    let head = concat(&[head, word, gap(last)]);
                    self.follow(&documents, &letters, &[], &head, limit, &mut phrases);
                } else if let Some(context) = context {
                    let before = fold(&text[context.range.clone()], self.normalizer);
                    self.follow(&documents, &before, &letters, head, limit, &mut phrases);
                }
                completed.keep(&mut |known: &Suggestion| {
                    phrases.iter().all(|phrase| phrase.text != known.text)
                });
                phrases.append(&mut completed);
                for best in 0..phrases.len().min(if is_whole { 0 } else { CONTINUED }) {
                    let best = &phrases[best].text;
                    let word = fold(&best[last.range.start..], self.normalizer);
                    let head = concat(&[best, gap(last)]);
                    self.follow(&documents, &word, &[], &head, CONTINUED, &mut phrases);
                }
            });
            completed = phrases;
        }
        suggestions.extend(completed);
        suggestions.truncate(limit);
        suggestions
    }

    /// The documents that a query for a text finds first, of near-duplicates one.
    fn first_hits(&self, text: &str) -> Vec<DocId> {
        let options = Options {
            limit: 0,
            listing: true,
            ..Options::default()
        };
        let (mut documents, mut groups) = (Vec::new(), Vec::new());
        for (document, _) in self.search(text, &options).listing {
            let document = DocId(document);
            let group = self.index.group(document);
            if group.is_some() && groups.contains(&group) {
                continue;
            }
            groups.push(group);
            documents.push(document);
            if documents.len() == MOST_READ {
                break;
            }
        }
        documents
    }

    /// Appends, each behind `head`, the words that follow a word in the texts of these documents that are there, those in most of
    /// them first: of these that begin in a way.
    fn follow(
        &self,
        documents: &[DocId],
        word: &[char],
        begins: &[char],
        head: &str,
        limit: usize,
        suggestions: &mut Vec<Suggestion>,
    ) {
        let index = self.index;
        let pattern = Pattern {
            letters: word,
            edits: 0,
            prefix: false,
        };
        let mut found: Vec<Follower> = Vec::new();
        for &document in documents {
            let Some(text) = index.text(document) else {
                continue;
            };
            let segment = text.segment;
            let words = lookup(&segment.terms, &index.letters, &pattern);
            let mut following: Vec<TermOrdinal> = Vec::new();
            let mut is_behind = false;
            for token in segment.tokens(text.document) {
                // Only a space lies between words that belong together, and it is not stored.
                let Code::Word(_, term) = token else {
                    is_behind = false;
                    continue;
                };
                if is_behind && !following.contains(&term) {
                    following.push(term);
                }
                is_behind = words.iter().any(|of| of.terms.contains(&term.0));
            }
            for term in following {
                let mut text = String::new();
                segment.terms.push_term(term, &mut text);
                let tells = index.tells(document, term);
                match found.iter_mut().find(|known| known.text == text) {
                    Some(known) => {
                        known.documents += 1;
                        known.tells |= tells;
                    }
                    None => found.push(Follower {
                        text,
                        documents: 1,
                        tells,
                    }),
                }
            }
        }
        let mut keys = Vec::new();
        for (place, follower) in (0..).zip(&found) {
            // Once may be an accident.
            if follower.documents > 1 && follower.tells {
                let letters = fold(&follower.text, self.normalizer);
                if letters.starts_with(begins) && letters != begins {
                    keys.push(descending(follower.documents, place));
                }
            }
        }
        order::sort(&mut keys);
        for key in keys.into_iter().take(limit) {
            let follower = &found[order::second(key) as usize];
            suggestions.push(Suggestion {
                text: concat(&[head, &follower.text]),
                documents: follower.documents,
            });
        }
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
