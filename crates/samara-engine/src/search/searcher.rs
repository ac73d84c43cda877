//! From a query to an answer.

use core::iter;

use super::collect::{TopDocs, by_score, pinned_key, thousandths};
use super::plan::Plan;
use super::scoring::{Scored, Scores, score};
use super::second::Half;
#[cfg(not(feature = "split"))]
use super::second::Here;
#[cfg(feature = "split")]
use super::second::Second;
use super::snippet::{Highlighting, Passages, Scratch};
use super::{Options, Texts, facets, filter, sort, unknown};
use crate::analysis::{Normalizer, fold, tokens};
use crate::answer::{
    Answer, Correction, Duplicate, Fields, Hit, Reason, Snippet, Suggestion, Values,
};
use crate::index::Index;
use crate::list::{Keep, ToList};
use crate::order;
use crate::query::{Occur, Query, ignore, parse};
use crate::segment::DocId;

/// Turns queries into answers.
///
/// It borrows an index, and remembers nothing between queries.
#[derive(Clone, Copy)]
pub struct Searcher<'i> {
    pub(super) index: &'i Index<'i>,
    pub(super) normalizer: &'i dyn Normalizer,
    #[cfg(feature = "split")]
    second: Option<Second>,
}

impl<'i> Searcher<'i> {
    /// A searcher of this index, with what its host knows of Unicode.
    #[must_use]
    pub fn new(index: &'i Index<'i>, normalizer: &'i dyn Normalizer) -> Self {
        Searcher {
            index,
            normalizer,
            #[cfg(feature = "split")]
            second: index.has_second().then_some(Second::here()),
        }
    }

    /// The same where the engine comes in two halves, of which the second may not be there.
    #[cfg(feature = "split")]
    #[must_use]
    pub fn in_halves(
        index: &'i Index<'i>,
        normalizer: &'i dyn Normalizer,
        second: Option<Second>,
    ) -> Self {
        Searcher {
            index,
            normalizer,
            second,
        }
    }

    /// The second half, which reads the texts of these documents. Where it is not there, it is noted with the texts that it
    /// will ask for.
    #[cfg(feature = "split")]
    pub(super) fn second(
        &self,
        documents: &mut dyn Iterator<Item = DocId>,
    ) -> Option<&'static dyn Half> {
        if self.second.is_none() {
            self.index.lacks_second(documents);
        }
        self.second.map(Second::half)
    }

    /// Where there is no other, the compiler sees through it.
    #[cfg(not(feature = "split"))]
    #[inline(always)]
    pub(super) fn second(&self, _: &mut dyn Iterator<Item = DocId>) -> Option<&'static dyn Half> {
        Some(&Here)
    }

    /// How a text may go on: titles and headings that hold it, then completions of its last word, those in most documents
    /// first, and what most often follows the best of them; after a space, what most often follows the last word. Where
    /// something that follows the word before begins so, no other completions are offered. Nothing that differs from what
    /// was typed or from another completion by an ending alone. Linear in the posting lists of the completions, plus a
    /// bounded number of documents.
    #[must_use]
    pub fn suggest(&self, text: &str, limit: usize) -> Vec<Suggestion> {
        let Some(second) = self.second(&mut iter::empty()) else {
            // What it will ask for first arrives beside it.
            if let Some(last) = tokens(text).last() {
                self.index
                    .beginning(&fold(&text[last.range], self.normalizer));
            }
            return Vec::new();
        };
        second.suggest(self, text, limit)
    }

    /// The documents most like the one with this id, near-duplicates of it left out; none for an unknown id.
    /// Linear in the posting lists of its words.
    #[must_use]
    pub fn similar(&self, id: &str, limit: usize) -> Vec<Hit> {
        let Some(second) = self.second(&mut iter::empty()) else {
            self.index.with_id(id);
            return Vec::new();
        };
        second.similar(self, id, limit)
    }

    /// Names of the metadata fields, by which answers are filtered and sorted.
    #[must_use]
    pub fn field_names(&self) -> Vec<&'i str> {
        self.index.fields().iter().map(|field| field.name).list()
    }

    /// Answers a query. Whatever the text, there is an answer; nothing is remembered between queries.
    ///
    /// Linear in the posting lists of the terms that the words may mean, plus the documents read for phrases
    /// and for the snippets of the hits.
    #[must_use]
    pub fn search(&self, text: &str, options: &Options) -> Answer {
        let mut query = parse(text, &self.field_names(), self.normalizer);
        let mut plan = Plan::of(self, text, &mut query, options);
        // Columns are asked for with the words, not after them. Of what is missing nobody can say more than that it is.
        for number in facets::chosen(self.index, options) {
            self.index.column(number);
        }
        if self.index.is_waiting() {
            return Answer::default();
        }
        let mut scores = score(self, &plan, options);
        if self.index.is_waiting() {
            return Answer::default();
        }
        if scores.matches.is_empty() {
            // Everything may have been excluded: who pasted a command did not mean to.
            let mut left_out = Vec::new();
            query.clauses.keep(&mut |clause| {
                let is_left = clause.occur != Occur::MustNot;
                if !is_left {
                    ignore(&mut left_out, &text[clause.typed()], "exclusion");
                }
                is_left
            });
            if !left_out.is_empty() && !query.clauses.is_empty() {
                let other = Plan::of(self, text, &mut query, options);
                let other_scores = score(self, &other, options);
                if !other_scores.matches.is_empty() {
                    (plan, scores) = (other, other_scores);
                    for one in left_out {
                        ignore(&mut query.ignored, &one.text, one.reason);
                    }
                }
            }
        }
        unknown::list(text, &mut query, &plan, &scores);
        let mut answer = self.answer(text, &query, &plan, scores, options);
        let corrected = |to: Option<String>| {
            to.map(|to| Correction {
                from: text.to_owned(),
                to,
            })
        };
        answer.corrected = corrected(plan.corrected);
        answer.offered = corrected(plan.offered);
        answer.ignored = query.ignored;
        answer
    }

    fn answer(
        &self,
        text: &str,
        query: &Query,
        plan: &Plan,
        mut scores: Scores,
        options: &Options,
    ) -> Answer {
        let index = self.index;
        let mut answer = Answer::default();
        let says_nothing = plan.clauses.is_empty() && query.filters.is_empty();
        let is_listing = says_nothing && !options.all && options.filters.is_empty();
        let typed = filter::typed(index, &query.filters, self.normalizer);
        let passing = filter::passing(index, &options.filters);
        scores
            .matches
            .keep(&mut |scored| typed.contains(scored.document));
        if !is_listing || !options.facets.is_empty() {
            answer.facets = facets::facets(index, options, &scores.matches, &passing);
        }
        if is_listing {
            return answer;
        }
        scores
            .matches
            .keep(&mut |scored| passing.contains(scored.document));
        let order = options
            .sort
            .as_ref()
            .and_then(|order| sort::order(index, order));
        let pins = match order {
            None => self.pins(text),
            Some(_) => &[],
        };
        for document in pins.iter().map(|&pinned| DocId(pinned)) {
            let mut known = scores.matches.iter();
            let is_new = known.all(|scored| scored.document != document);
            if is_new && typed.contains(document) && passing.contains(document) {
                let score = 0.0;
                scores.matches.push(Scored { document, score });
            }
        }
        let key = |scored: &Scored| match &order {
            Some(order) => {
                u64::from(order.places[scored.document.0 as usize]) << 32
                    | u64::from(scored.document.0)
            }
            None => pinned_key(pins, scored.document).unwrap_or_else(|| by_score(scored) | PINNED),
        };
        if index.is_waiting() {
            return answer;
        }
        (answer.total, answer.hits) = self.hits(text, plan, &scores, &key, options);
        if options.listing {
            let mut keys = Vec::new();
            for (place, scored) in (0..).zip(&scores.matches) {
                // In the place of the document, where its match lies.
                keys.push(key(scored) >> 32 << 32 | place);
            }
            order::sort(&mut keys);
            let column = order.as_ref().and_then(|order| order.column);
            for key in keys {
                let Scored { document, score } = scores.matches[order::second(key) as usize];
                answer.listing.push((document.0, thousandths(score)));
                if let Some(column) = column {
                    let value = column.of(document).next();
                    answer.sorted_by.push(value.unwrap_or_default().to_owned());
                }
            }
        }
        answer
    }

    /// How many documents match, near-duplicates counted once, and those that come first in the order of `key`.
    pub(super) fn hits(
        &self,
        text: &str,
        plan: &Plan,
        scores: &Scores,
        key: &dyn Fn(&Scored) -> u64,
        options: &Options,
    ) -> (u32, Vec<Hit>) {
        let index = self.index;
        let matches = &scores.matches;
        let wanted = options
            .offset
            .saturating_add(options.limit)
            .min(matches.len());
        let top = TopDocs::of(index, matches, key, wanted, options.apart);
        let highlighting = Highlighting::of(index, plan, &scores.weights);
        let mut scratch = highlighting.scratch();
        let mut hits = Vec::new();
        for first in top.firsts.into_iter().skip(options.offset) {
            let mut hit = self.hit(first, &highlighting, options.texts, &mut scratch);
            let group = index.group(first).filter(|_| !options.apart);
            let mut others: Vec<u64> = Vec::new();
            for scored in matches {
                if scored.document == first {
                    hit.score = thousandths(scored.score);
                } else if group.is_some() && index.group(scored.document) == group {
                    others.push(key(scored));
                }
            }
            order::sort(&mut others);
            for other in others {
                let other = DocId(order::second(other));
                hit.duplicates.push(self.duplicate(other));
            }
            if options.explain {
                hit.explanation = Some(explain(first, text, plan, &scores.contributions));
            }
            hits.push(hit);
        }
        (top.total, hits)
    }

    /// The documents that the site's owner wants first for this query.
    fn pins(&self, text: &str) -> &[u32] {
        let words = |text: &str| {
            let mut words = Vec::new();
            for token in tokens(text) {
                words.push(fold(&text[token.range], self.normalizer));
            }
            words
        };
        let mut pins = self.index.rules.pins.iter();
        let found = pins.find(|(query, _)| words(query) == words(text));
        found.map_or(&[], |(_, documents)| documents)
    }

    fn hit(
        &self,
        document: DocId,
        highlighting: &Highlighting,
        texts: Texts,
        scratch: &mut Scratch,
    ) -> Hit {
        let is_whole = texts == Texts::Whole;
        let second = self.second(&mut iter::once(document));
        let passages =
            second.and_then(|second| second.passages(highlighting, document, is_whole, scratch));
        let passages = passages.unwrap_or_else(|| Passages {
            title: Snippet {
                text: self.index.title(document),
                ..Snippet::default()
            },
            ..Passages::default()
        });
        Hit {
            id: self.index.id(document).to_owned(),
            url: self.index.url(document).to_owned(),
            title: passages.title.text,
            title_marks: passages.title.marks,
            snippet: passages.snippet,
            sections: passages.sections,
            meta: self.meta(document),
            ..Hit::default()
        }
    }

    /// Metadata of a document.
    fn meta(&self, document: DocId) -> Fields<Values> {
        let mut meta = Fields::default();
        for (name, values) in self.index.metadata(document) {
            let mut values: Vec<String> = values.into_iter().map(str::to_owned).list();
            let values = match values.len() {
                0 => continue,
                1 => Values::One(values.pop().unwrap_or_default()),
                _ => Values::Several(values),
            };
            meta.0.push((name.to_owned(), values));
        }
        meta
    }

    fn duplicate(&self, document: DocId) -> Duplicate {
        Duplicate {
            id: self.index.id(document).to_owned(),
            url: self.index.url(document).to_owned(),
            title: self.index.title(document),
        }
    }
}

/// Puts a key behind those of pinned documents.
const PINNED: u64 = 1 << 63;

/// What each part of the query added to the score of a document. Logarithmic in the matches of each part.
fn explain(document: DocId, text: &str, plan: &Plan, contributions: &[Vec<Scored>]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (number, scored) in contributions.iter().enumerate() {
        let place = scored.partition_point(|scored| scored.document < document);
        let Some(scored) = scored.get(place) else {
            continue;
        };
        let score = thousandths(scored.score);
        if scored.document == document && score > 0 {
            let clause = plan.clauses.get(number);
            let text = clause.map_or(EVIDENCE, |clause| &text[clause.typed.clone()]);
            reasons.push(Reason {
                text: text.to_owned(),
                score,
            });
        }
    }
    reasons
}

/// What titles and neighbouring words add, in an explanation.
const EVIDENCE: &str = "title and neighbours";
