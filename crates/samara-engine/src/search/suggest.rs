//! Suggestions: how the last word of a query may go on, and what a misspelt word may mean.

use super::correction::{IN_SUGGESTIONS, candidates};
use super::documents::DocSet;
use super::expansion::find;
use super::searcher::Searcher;
use crate::analysis::{Kind, Token, fold, lower, tokens};
use crate::answer::Suggestion;
use crate::list::ToList;
use crate::order::{self, descending};
use crate::segment::{Control, Evidence, Posting, TermOrdinal, TextBuilder, Token as Code};
use crate::text::concat;

/// Documents read for the words that follow a word, and for titles.
const MOST_READ: usize = 128;
/// Tokens read for headings, in all.
const MOST_TOKENS: usize = 100_000;
/// How many completions are continued to phrases, and phrases of each are offered.
pub(super) const CONTINUED: usize = 3;
/// Bytes of what is typed by a person. What is longer has no completions.
const LONGEST_TYPED: usize = 500;
/// Bytes of the longest title that is offered.
pub(super) const LONGEST_TITLE: usize = 80;

/// A title or heading that holds what was typed.
struct Titled {
    text: String,
    documents: u32,
    /// What is shown first: what begins as typed, then titles.
    rank: u32,
}

/// How a text may go on.
pub(super) fn suggest(searcher: &Searcher, text: &str, limit: usize) -> Vec<Suggestion> {
    let mut suggestions = Vec::new();
    if text.len() > LONGEST_TYPED {
        return suggestions;
    }
    let typed: Vec<Token> = tokens(text).list();
    let Some((last, before)) = typed.split_last() else {
        return suggestions;
    };
    #[cfg(feature = "split")]
    if searcher.index.is_in_blocks() {
        return searcher.suggest_from_blocks(text, &typed, limit);
    }
    let is_whole = last.range.end < text.len();
    let head = &text[..last.range.start];
    let word = &text[last.range.clone()];
    let terms = searcher.like(word, !is_whole);
    let mut wanted = Vec::with_capacity(typed.len());
    for token in before {
        wanted.push(searcher.like(&text[token.range.clone()], false));
    }
    wanted.push(terms.clone());
    let mut titles = searcher.titles(&wanted);
    // What was typed is none of them.
    let mut seen = vec![searcher.bare(text)];
    while suggestions.len() < limit - limit / 3 {
        let key = |of: &Titled| (of.rank, u32::MAX - of.documents, of.text.len());
        let mut first = None;
        for (place, of) in titles.iter().enumerate() {
            let is_first = first.is_none_or(|first: usize| {
                let other = &titles[first];
                (key(of), &of.text) < (key(other), &other.text)
            });
            if is_first {
                first = Some(place);
            }
        }
        let Some(first) = first else { break };
        let titled = titles.swap_remove(first);
        let suggestion = Suggestion {
            text: titled.text,
            documents: titled.documents,
        };
        searcher.add(suggestion, &mut seen, &mut suggestions);
    }
    let mut completed = Vec::new();
    if is_whole {
        let head = concat(&[head, word, gap(last)]);
        searcher.offer(
            &head,
            searcher.followers(&terms),
            &[],
            limit,
            &mut completed,
        );
    } else {
        let mut completions = Vec::new();
        if let Some(context) = before.last()
            && &text[context.range.end..last.range.start] == gap(context)
        {
            let context = searcher.like(&text[context.range.clone()], false);
            for (documents, term) in searcher.followers(&context) {
                if terms.binary_search(&term).is_ok() {
                    completions.push((documents, term));
                }
            }
        }
        if completions.is_empty() {
            completions = searcher.shown(&terms);
        }
        let best = searcher.offer(head, completions, &[], limit + 1, &mut completed);
        for &term in best.iter().take(CONTINUED) {
            let head = concat(&[head, &searcher.term_text(term), gap(last)]);
            searcher.offer(
                &head,
                searcher.followers(&[term]),
                &[],
                CONTINUED,
                &mut completed,
            );
        }
    }
    let mut keys = Vec::with_capacity(completed.len());
    for (place, other) in completed.iter().enumerate() {
        keys.push(descending(other.documents, place as u32));
    }
    order::sort(&mut keys);
    for key in keys {
        let other = core::mem::take(&mut completed[order::second(key) as usize]);
        if suggestions.len() < limit {
            searcher.add(other, &mut seen, &mut suggestions);
        }
    }
    suggestions
}

impl Searcher<'_> {
    /// Appends a suggestion that differs from what was seen by more than endings and case.
    fn add(
        &self,
        suggestion: Suggestion,
        seen: &mut Vec<String>,
        suggestions: &mut Vec<Suggestion>,
    ) {
        let bare = self.bare(&suggestion.text);
        if !seen.contains(&bare) {
            seen.push(bare);
            suggestions.push(suggestion);
        }
    }

    /// A text in which each word is the first of its forms.
    fn bare(&self, text: &str) -> String {
        let mut bare = String::new();
        let mut end = 0;
        for token in tokens(text) {
            let word = lower(&text[token.range.clone()], self.normalizer);
            bare.push_str(&text[end..token.range.start]);
            end = token.range.end;
            if let Some(term) = self.index.ordinal(&word) {
                let others = self.index.others(term);
                let first = others.into_iter().fold(term, TermOrdinal::min);
                self.index.push_term(first, &mut bare);
            }
        }
        bare.push_str(&text[end..]);
        bare
    }

    /// Titles and headings of several words that hold these words in a row, each given by the terms that it may be, the
    /// last one by its beginnings.
    fn titles(&self, wanted: &[Vec<TermOrdinal>]) -> Vec<Titled> {
        let segment = &self.index.segment;
        let mut found: Vec<Titled> = Vec::new();
        let mut left = MOST_TOKENS;
        let Some(last) = wanted.last() else {
            return found;
        };
        for field in [Evidence::TITLE, Evidence::HEADING] {
            let mut documents = DocSet::none(self.index.len());
            let mut count = 0;
            for &term in last {
                for posting in segment.postings.of(term) {
                    let is_new = posting.evidence.0 & field != 0
                        && count < MOST_READ
                        && documents.insert(posting.document);
                    count += usize::from(is_new);
                }
                if count == MOST_READ {
                    break;
                }
            }
            for document in documents.iter() {
                let mut part = None;
                let mut text = TextBuilder::default();
                let mut terms = Vec::new();
                for token in segment
                    .tokens(document)
                    .chain([Code::Control(Control::End)])
                {
                    left = left.saturating_sub(1);
                    let Code::Control(control) = token else {
                        let is_shown = match field {
                            Evidence::TITLE => part.is_none(),
                            _ => part == Some(Control::Heading),
                        };
                        if is_shown {
                            self.index.push_token(token, &mut text);
                            if let Code::Word(_, term) = token {
                                terms.push(term);
                            }
                        }
                        continue;
                    };
                    let text = core::mem::take(&mut text).text;
                    titled(core::mem::take(&mut terms), text, field, wanted, &mut found);
                    part = Some(control);
                    if field == Evidence::TITLE || left == 0 {
                        break;
                    }
                }
            }
        }
        found
    }

    /// The terms that say something and that some document shows, each behind the number of documents that do: what stands in
    /// addresses alone is no word to search for.
    pub(super) fn shown(&self, terms: &[TermOrdinal]) -> Vec<(u32, TermOrdinal)> {
        let mut shown = Vec::new();
        for &term in terms {
            let postings = self.index.postings(term);
            let is_shown = |posting: &Posting| posting.evidence.0 & !Evidence::FIELD != 0;
            let documents = postings.filter(is_shown).count() as u32;
            if documents > 0 && self.index.is_telling(term) {
                shown.push((documents, term));
            }
        }
        shown
    }

    /// Appends the most frequent of the terms found, each behind `head`, and returns these terms. What is `known` was typed. Terms ascend in the
    /// dictionary, so their ordinals break ties.
    pub(super) fn offer(
        &self,
        head: &str,
        found: Vec<(u32, TermOrdinal)>,
        known: &[TermOrdinal],
        limit: usize,
        suggestions: &mut Vec<Suggestion>,
    ) -> Vec<TermOrdinal> {
        let mut keys = Vec::with_capacity(found.len());
        for (documents, term) in found {
            keys.push(descending(documents, term.0));
        }
        order::sort(&mut keys);
        let mut terms: Vec<TermOrdinal> = Vec::new();
        for key in keys {
            let term = TermOrdinal(order::second(key));
            // What differs by an ending alone is no other thing.
            let others = self.index.others(term);
            let is_other = others
                .iter()
                .any(|other| terms.contains(other) || known.contains(other));
            if terms.len() == limit + known.len() || is_other {
                continue;
            }
            terms.push(term);
            if known.contains(&term) {
                continue;
            }
            suggestions.push(Suggestion {
                text: concat(&[head, &self.term_text(term)]),
                documents: u32::MAX - (key >> 32) as u32,
            });
        }
        terms
    }

    /// Terms that are written like this, accents and case aside, or begin so; in ascending order.
    fn like(&self, word: &str, prefix: bool) -> Vec<TermOrdinal> {
        find(self.index, &fold(word, self.normalizer), prefix)
    }

    /// Words that a word may have been meant to be, the likeliest first; the word itself if it is known.
    #[must_use]
    pub fn corrections(&self, word: &str, limit: usize) -> Vec<String> {
        let exact = self.like(word, false);
        let mut found: Vec<String> = exact.iter().map(|&term| self.term_text(term)).list();
        if found.is_empty() {
            let near = candidates(
                self.index,
                &fold(word, self.normalizer),
                false,
                &IN_SUGGESTIONS,
            );
            for candidate in near {
                found.push(self.term_text(candidate.term));
            }
        }
        found.truncate(limit);
        found
    }

    fn term_text(&self, term: TermOrdinal) -> String {
        let mut text = String::new();
        self.index.push_term(term, &mut text);
        text
    }

    /// Terms that follow one of these, with the number of documents in which they do, over a bounded number of
    /// documents.
    fn followers(&self, words: &[TermOrdinal]) -> Vec<(u32, TermOrdinal)> {
        // Follower and document in one key, so that one sort brings both together.
        let mut following: Vec<u64> = Vec::new();
        for &term in words {
            for posting in self.index.postings(term).take(MOST_READ) {
                let document = posting.document;
                let mut before = None;
                for token in self.index.segment.tokens(document) {
                    // Only a space lies between words that belong together, and it is not stored.
                    let Code::Word(_, next) = token else {
                        before = None;
                        continue;
                    };
                    if before == Some(term) && self.index.is_telling(next) {
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

/// What stands between a token and the next one where people write no more: a space, in scripts that have it.
pub(super) fn gap(token: &Token) -> &'static str {
    match token.kind {
        Kind::Word => " ",
        Kind::Single => "",
    }
}

/// Notes a title that holds what is wanted.
fn titled(
    terms: Vec<TermOrdinal>,
    text: String,
    field: u8,
    wanted: &[Vec<TermOrdinal>],
    found: &mut Vec<Titled>,
) {
    if terms.len() < 2 || text.len() > LONGEST_TITLE {
        return;
    }
    let holds = |row: &[TermOrdinal]| {
        let mut both = row.iter().zip(wanted);
        both.all(|(term, wanted)| wanted.binary_search(term).is_ok())
    };
    let Some(at) = terms.windows(wanted.len()).position(holds) else {
        return;
    };
    if let Some(same) = found.iter_mut().find(|other| other.text == text) {
        same.documents += 1;
        return;
    }
    found.push(Titled {
        text,
        documents: 1,
        rank: 2 * u32::from(at > 0) + u32::from(field != Evidence::TITLE),
    });
}
