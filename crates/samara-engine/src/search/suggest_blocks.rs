//! Suggestions from an index in blocks: titles and completions by the lists and cards that a query for the same words needs
//! anyway. What follows a word is read in texts that are there, those of the hits of such a query; none is fetched for it.

use super::Options;
use super::searcher::Searcher;
use super::suggest::{CONTINUED, LONGEST_TITLE, gap};
use crate::analysis::{Token, fold, lower, tokens};
use crate::answer::Suggestion;
use crate::index::Text;
use crate::list::Keep;
use crate::order::{self, descending};
use crate::segment::{DocId, Pattern, Posting, TermOrdinal, Token as Code, lookup};
use crate::text::concat;

/// Documents whose titles are looked at: of each a card has to be fetched.
const MOST_TITLES: usize = 16;
/// Documents in which words that follow are looked for: as many as a list of hits shows, whose texts a page has.
const MOST_READ: usize = 10;

/// Texts of hits in which words that follow are looked for.
struct Read<'i> {
    texts: Vec<Text<'i>>,
    /// The words that tell most about them.
    words: Vec<String>,
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
            if title.len() <= LONGEST_TITLE && self.holds(&title, &wanted, !is_whole) {
                suggestions.push(Suggestion {
                    text: title,
                    documents: 1,
                });
            }
        }
        self.leave_one_of_each(&mut suggestions);
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
                let read = self.read_hits(text);
                if is_whole {
                    let head = concat(&[head, word, gap(last)]);
                    self.follow(&read, &letters, &[], &head, limit, &mut phrases);
                } else if let Some(context) = context {
                    let before = fold(&text[context.range.clone()], self.normalizer);
                    self.follow(&read, &before, &letters, head, limit, &mut phrases);
                }
                phrases.append(&mut completed);
                self.leave_one_of_each(&mut phrases);
                for best in 0..phrases.len().min(if is_whole { 0 } else { CONTINUED }) {
                    let best = &phrases[best].text;
                    let word = fold(&best[last.range.start..], self.normalizer);
                    let head = concat(&[best, gap(last)]);
                    self.follow(&read, &word, &[], &head, CONTINUED, &mut phrases);
                }
            });
            completed = phrases;
        }
        suggestions.extend(completed);
        self.leave_one_of_each(&mut suggestions);
        suggestions.truncate(limit);
        suggestions
    }

    /// Leaves the first of those that differ by case alone.
    fn leave_one_of_each(&self, suggestions: &mut Vec<Suggestion>) {
        let mut seen = Vec::with_capacity(suggestions.len());
        suggestions.keep(&mut |suggestion: &Suggestion| {
            let text = lower(&suggestion.text, self.normalizer);
            let is_new = !seen.contains(&text);
            seen.push(text);
            is_new
        });
    }

    /// The texts that are there of the documents that a query for a text finds first, of near-duplicates one.
    fn read_hits(&self, text: &str) -> Read<'_> {
        let options = Options {
            limit: 0,
            listing: true,
            ..Options::default()
        };
        let (mut texts, mut words, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for (document, _) in self.search(text, &options).listing {
            let document = DocId(document);
            let group = self.index.group(document);
            if group.is_some() && groups.contains(&group) {
                continue;
            }
            groups.push(group);
            if let Some(text) = self.index.text(document) {
                for &term in self.index.terms_that_tell(document) {
                    let mut word = String::new();
                    text.segment.terms.push_term(term, &mut word);
                    if !words.contains(&word) {
                        words.push(word);
                    }
                }
                texts.push(text);
            }
            if groups.len() == MOST_READ {
                break;
            }
        }
        Read { texts, words }
    }

    /// Appends, each behind `head`, the words that tell much and follow a word in several texts, those in most of them first: of
    /// these that go on after letters. Linear in the texts.
    fn follow(
        &self,
        read: &Read,
        word: &[char],
        letters: &[char],
        head: &str,
        limit: usize,
        suggestions: &mut Vec<Suggestion>,
    ) {
        let pattern = Pattern {
            letters: word,
            edits: 0,
            prefix: false,
        };
        let mut documents = vec![0u32; read.words.len()];
        for text in &read.texts {
            let segment = text.segment;
            let before = lookup(&segment.terms, &self.index.letters, &pattern);
            if before.is_empty() {
                continue;
            }
            let mut behind = Vec::with_capacity(read.words.len());
            for word in &read.words {
                behind.push(segment.terms.ordinal(word));
            }
            let mut is_behind = false;
            for token in segment.tokens(text.document) {
                // Only a space lies between words that belong together, and it is not stored.
                let Code::Word(_, term) = token else {
                    is_behind = false;
                    continue;
                };
                if is_behind && let Some(place) = behind.iter().position(|&word| word == Some(term))
                {
                    documents[place] += 1;
                    // Once in a text is enough.
                    behind[place] = None;
                }
                is_behind = before.iter().any(|of| of.terms.contains(&term.0));
            }
        }
        let mut keys = Vec::new();
        for (place, &documents) in (0..).zip(&documents) {
            // In one of them it may be an accident.
            if documents > 1 {
                let word = fold(&read.words[place as usize], self.normalizer);
                if word.starts_with(letters) && word != letters {
                    keys.push(descending(documents, place));
                }
            }
        }
        order::sort(&mut keys);
        for key in keys.into_iter().take(limit) {
            let place = order::second(key) as usize;
            suggestions.push(Suggestion {
                text: concat(&[head, &read.words[place]]),
                documents: documents[place],
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
