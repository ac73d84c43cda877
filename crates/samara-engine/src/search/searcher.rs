//! From a query to an answer.

use super::collect::{TopDocs, by_score, pinned_key, thousandths};
use super::documents::DocSet;
use super::plan::Plan;
use super::reading::Reading;
use super::scoring::{Scores, score};
use super::snippet::{Highlighting, Passages, passages};
use super::{Options, Texts, facets, filter, sort};
use crate::analysis::{Normalizer, fold, tokens};
use crate::answer::{Answer, Correction, Duplicate, Fields, Hit, Reason, Values};
use crate::index::Index;
use crate::query::{Ignored, Occur, Query, parse};
use crate::segment::DocId;

/// Turns queries into answers.
///
/// It borrows an index, and remembers nothing between queries.
#[derive(Clone, Copy)]
pub struct Searcher<'i> {
    pub(super) index: &'i Index<'i>,
    pub(super) normalizer: &'i dyn Normalizer,
}

impl<'i> Searcher<'i> {
    /// A searcher of this index, with what its host knows of Unicode.
    #[must_use]
    pub fn new(index: &'i Index<'i>, normalizer: &'i dyn Normalizer) -> Self {
        Searcher { index, normalizer }
    }

    /// Answers a query. Whatever the text, there is an answer; nothing is remembered between queries.
    ///
    /// Linear in the posting lists of the terms that the words may mean, plus the documents read for phrases
    /// and for the snippets of the hits.
    #[must_use]
    pub fn search(&self, text: &str, options: &Options) -> Answer {
        let fields: Vec<&str> = self
            .index
            .columns
            .iter()
            .map(|column| column.name)
            .collect();
        let mut query = parse(text, &fields, self.normalizer);
        let mut plan = Plan::of(self.index, text, &mut query, options, self.normalizer);
        let mut scores = score(self.index, &plan, options);
        if scores.matches.is_empty() && excludes(&query) {
            // Everything was excluded: who pasted a command did not mean to.
            let exclusions = query
                .clauses
                .iter()
                .filter(|clause| clause.occur == Occur::MustNot);
            let words = exclusions
                .flat_map(|clause| clause.alternatives.iter().flat_map(|atom| &atom.words));
            let left_out: Vec<Ignored> = words
                .map(|word| Ignored {
                    text: text[word.range.clone()].to_owned(),
                    reason: "exclusion",
                })
                .collect();
            let mut without = Query {
                clauses: query.clauses.clone(),
                ..Query::default()
            };
            without
                .clauses
                .retain(|clause| clause.occur != Occur::MustNot);
            let other = Plan::of(self.index, text, &mut without, options, self.normalizer);
            let other_scores = score(self.index, &other, options);
            if !without.clauses.is_empty() && !other_scores.matches.is_empty() {
                (plan, scores) = (other, other_scores);
                query.ignored.extend(left_out);
            }
        }
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
        scores: Scores,
        options: &Options,
    ) -> Answer {
        let index = self.index;
        let mut answer = Answer::default();
        let says_nothing = plan.clauses.is_empty() && query.filters.is_empty();
        let is_listing = says_nothing && !options.all && options.filters.is_empty();
        let typed = filter::typed(index, &query.filters, self.normalizer);
        let passing = filter::passing(index, &options.filters);
        let holds =
            |set: &Option<DocSet>, document| set.as_ref().is_none_or(|set| set.contains(document));
        let mut matches = scores.matches;
        matches.retain(|scored| holds(&typed, scored.document));
        if !is_listing || !options.facets.is_empty() {
            answer.facets = facets::facets(index, options, &matches, passing.as_ref());
        }
        if is_listing {
            return answer;
        }
        matches.retain(|scored| holds(&passing, scored.document));
        let order = options
            .sort
            .as_ref()
            .and_then(|order| sort::places(index, order, self.normalizer));
        let pins = if order.is_none() {
            self.pins(text)
        } else {
            &[]
        };
        for &pinned in pins {
            let is_new = matches.iter().all(|scored| scored.document != pinned);
            if is_new && holds(&typed, pinned) && holds(&passing, pinned) {
                matches.push(super::scoring::Scored {
                    document: pinned,
                    score: 0.0,
                });
            }
        }
        let key = |scored: &super::scoring::Scored| match &order {
            Some(places) => {
                u64::from(places[scored.document.0 as usize]) << 32 | u64::from(scored.document.0)
            }
            None => pinned_key(pins, scored.document).unwrap_or_else(|| by_score(scored) | PINNED),
        };
        let wanted = options
            .offset
            .saturating_add(options.limit)
            .min(matches.len());
        let group = |document| index.catalog.group(document).filter(|_| !options.apart);
        let groups = index.catalog.groups();
        let top = TopDocs::of(&group, groups, matches.iter().map(key), wanted);
        answer.total = top.total as u32;

        let highlighting = Highlighting::of(index, plan, &scores.weights);
        let mut scratch = Reading::default();
        for first in top.firsts.into_iter().skip(options.offset) {
            let score = matches.iter().find(|scored| scored.document == first);
            let score = score.map_or(0, |scored| thousandths(scored.score));
            let mut hit = self.hit(first, score, &highlighting, options.texts, &mut scratch);
            if let among @ Some(_) = group(first) {
                let mut others: Vec<u64> = matches
                    .iter()
                    .filter(|other| other.document != first && group(other.document) == among)
                    .map(key)
                    .collect();
                crate::order::sort(&mut others);
                let others = others
                    .into_iter()
                    .map(|key| DocId(crate::order::second(key)));
                hit.duplicates = others.map(|other| self.duplicate(other)).collect();
            }
            hit.explanation = options
                .explain
                .then(|| explain(first, plan, &scores.contributions));
            answer.hits.push(hit);
        }
        answer
    }

    /// The documents that the site's owner wants first for this query.
    fn pins(&self, text: &str) -> &[DocId] {
        let words = |text: &str| -> Vec<Vec<char>> {
            tokens(text)
                .map(|token| fold(&text[token.range], self.normalizer))
                .collect()
        };
        if self.index.rules.pins.is_empty() {
            return &[];
        }
        let typed = words(text);
        let found = self
            .index
            .rules
            .pins
            .iter()
            .find(|(query, _)| words(query) == typed);
        found.map_or(&[], |(_, documents)| documents)
    }

    pub(super) fn hit(
        &self,
        document: DocId,
        score: u32,
        highlighting: &Highlighting,
        texts: Texts,
        scratch: &mut Reading,
    ) -> Hit {
        let passages = match texts {
            Texts::None => Passages::default(),
            _ => passages(highlighting, document, texts == Texts::Whole, scratch),
        };
        Hit {
            id: self.index.catalog.id(document).to_owned(),
            url: self.index.catalog.url(document).to_owned(),
            title: passages.title.text,
            title_marks: passages.title.marks,
            score,
            snippet: passages.snippet,
            sections: passages.sections,
            meta: self.meta(document),
            duplicates: Vec::new(),
            explanation: None,
        }
    }

    /// Metadata of a document.
    fn meta(&self, document: DocId) -> Fields<Values> {
        let mut meta = Fields::default();
        for column in &self.index.columns {
            let mut values = column.of(document).map(str::to_owned);
            let values = match values.len() {
                0 => continue,
                1 => Values::One(values.next().unwrap_or_default()),
                _ => Values::Several(values.collect()),
            };
            meta.0.push((column.name.to_owned(), values));
        }
        meta
    }

    fn duplicate(&self, document: DocId) -> Duplicate {
        Duplicate {
            id: self.index.catalog.id(document).to_owned(),
            url: self.index.catalog.url(document).to_owned(),
            title: self.index.title(document),
        }
    }
}

/// Puts a key behind those of pinned documents.
const PINNED: u64 = 1 << 63;

fn excludes(query: &Query) -> bool {
    query
        .clauses
        .iter()
        .any(|clause| clause.occur == Occur::MustNot)
}

/// What each part of the query added to the score of a document. Logarithmic in the matches of each part.
fn explain(
    document: DocId,
    plan: &Plan,
    contributions: &[Vec<super::scoring::Scored>],
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let texts = plan.clauses.iter().map(|clause| clause.text.as_str());
    for (text, scored) in texts.chain([EVIDENCE]).zip(contributions) {
        let place = scored.binary_search_by(|scored| scored.document.cmp(&document));
        if let Ok(place) = place {
            let score = thousandths(scored[place].score);
            if score > 0 {
                reasons.push(Reason {
                    text: text.to_owned(),
                    score,
                });
            }
        }
    }
    reasons
}

/// What titles and neighbouring words add, in an explanation.
const EVIDENCE: &str = "title and neighbours";
