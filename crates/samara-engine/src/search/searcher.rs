//! From a query to an answer.

use super::plan::{Plan, PlannedAtom};
use super::scan::MOST_BITS;
use super::scoring::{Contribution, Scores, score};
use super::snippet::{Room, Wanted, passages};
use super::sort::{self, Sort};
use super::{facets, filter};
use crate::analysis::Normalizer;
use crate::answer::{Answer, Correction, Duplicate, Fields, Hit, Reason, Values};
use crate::index::Index;
use crate::order::{self, descending};
use crate::query::{AtomKind, Filter, Query, Test, parse};
use crate::segment::DocId;

/// What is wanted of an answer beside the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many hits, at most.
    pub limit: usize,
    /// How many to leave out at the front.
    pub offset: usize,
    /// Per metadata field, the values of which a document must have one.
    pub filters: Vec<(String, Vec<String>)>,
    /// Order; by relevance if none.
    pub sort: Option<Sort>,
    /// Whether misspelt words may be read as others.
    pub correct: bool,
    /// Whether hits say what each part of the query added to their score.
    pub explain: bool,
    /// Metadata fields to count values of; those that documents share, if empty.
    pub facets: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            limit: 10,
            offset: 0,
            filters: Vec::new(),
            sort: None,
            correct: true,
            explain: false,
            facets: Vec::new(),
        }
    }
}

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
}

impl Searcher<'_> {
    /// Answers a query. Whatever the text, there is an answer; nothing is remembered between queries.
    ///
    /// Linear in the posting lists of the terms that the words may mean, plus the documents read for phrases
    /// and for the snippets of the hits.
    #[must_use]
    pub fn search(&self, text: &str, options: &Options) -> Answer {
        let normalizer = self.normalizer;
        let fields: Vec<&str> = self
            .index
            .columns
            .iter()
            .map(|column| column.name)
            .collect();
        let mut query = parse(text, &fields, normalizer);
        let plan = Plan::new(self.index, text, &mut query, options.correct, normalizer);
        let mut contributions = Vec::new();
        let scores = score(
            self.index,
            &plan,
            options.explain.then_some(&mut contributions),
        );
        let mut answer = self.answer(&query, &plan, &scores, &contributions, options);
        answer.corrected = plan.corrected.map(|to| Correction {
            from: text.to_owned(),
            to,
        });
        answer.ignored = query.ignored;
        answer
    }

    fn answer(
        &self,
        query: &Query,
        plan: &Plan,
        scores: &Scores,
        contributions: &[Contribution],
        options: &Options,
    ) -> Answer {
        let normalizer = self.normalizer;
        let mut answer = Answer::default();
        let chosen: Vec<Filter> = options
            .filters
            .iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(field, values)| Filter {
                field: field.clone(),
                test: Test::OneOf(values.clone()),
                negated: false,
            })
            .collect();
        if plan.clauses.is_empty() && query.filters.is_empty() && chosen.is_empty() {
            return answer;
        }
        let typed = filter::passing(self.index, &query.filters, normalizer);
        let matches: Vec<bool> = scores
            .matches
            .iter()
            .zip(typed)
            .map(|(&matches, typed)| matches && typed)
            .collect();
        let passing = filter::passing(self.index, &chosen, normalizer);
        answer.facets = facets::facets(self.index, &options.facets, &matches, &passing);

        let places = options
            .sort
            .as_ref()
            .and_then(|order| sort::places(self.index, order, normalizer));
        let mut ranked = Vec::with_capacity(self.index.len());
        for document in 0..self.index.len() as u32 {
            let place = document as usize;
            if matches[place] && passing[place] {
                ranked.push(match &places {
                    Some(places) => u64::from(places[place]) << 32 | u64::from(document),
                    None => descending(thousandths(scores.scores[place]), document),
                });
            }
        }
        let (ranked, firsts) = self.ranked(&mut ranked);
        answer.total = firsts.len() as u32;

        let in_runs = plan
            .clauses
            .iter()
            .flat_map(|clause| &clause.alternatives)
            .fold(0, run_bits);
        let wanted = Wanted {
            masks: &plan.masks,
            weights: &scores.word_weights,
            in_runs,
        };
        let mut room = Room::default();
        for first in firsts.into_iter().skip(options.offset).take(options.limit) {
            let score = thousandths(scores.scores[first.0 as usize]);
            let mut hit = self.hit(first, score, &wanted, &mut room);
            if let group @ Some(_) = self.index.catalog.similar(first) {
                let others = ranked
                    .iter()
                    .filter(|&&other| other != first && self.index.catalog.similar(other) == group);
                hit.duplicates = others.map(|&other| self.duplicate(other)).collect();
            }
            hit.explanation = options
                .explain
                .then(|| self.explain(first, plan, contributions));
            answer.hits.push(hit);
        }
        answer
    }

    /// The documents of these keys in their order, and the first of each group of near-duplicates.
    #[inline(never)]
    pub(super) fn ranked(&self, keys: &mut [u64]) -> (Vec<DocId>, Vec<DocId>) {
        order::sort(keys);
        let mut ranked = Vec::with_capacity(keys.len());
        let mut firsts = Vec::with_capacity(keys.len());
        let mut seen = vec![false; self.index.len()];
        for &key in keys.iter() {
            let document = DocId(order::second(key));
            ranked.push(document);
            let group = self.index.catalog.similar(document);
            if group.is_none_or(|group| !core::mem::replace(&mut seen[group as usize], true)) {
                firsts.push(document);
            }
        }
        (ranked, firsts)
    }

    pub(super) fn hit(&self, document: DocId, score: u32, wanted: &Wanted, room: &mut Room) -> Hit {
        let passages = passages(self.index, document, wanted, room);
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

    fn explain(&self, document: DocId, plan: &Plan, contributions: &[Contribution]) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for (number, clause) in plan.clauses.iter().enumerate() {
            let mine = |(clause, of, _): &&Contribution| *clause == number && *of == document;
            let score: f32 = contributions
                .iter()
                .filter(mine)
                .map(|(_, _, score)| score)
                .sum();
            if score > 0.0 {
                reasons.push(Reason {
                    text: clause.text.clone(),
                    score: thousandths(score),
                });
            }
        }
        reasons
    }
}

/// Scores cross to other hosts as whole numbers.
pub(crate) fn thousandths(score: f32) -> u32 {
    (score * 1000.0 + 0.5) as u32
}

/// Bits of words that count only with their neighbours: those of a phrase, and short parts of a longer run.
fn run_bits(bits: u32, atom: &PlannedAtom) -> u32 {
    let in_run = |(place, word): (usize, &super::plan::PlannedWord)| {
        let is_bound = word.single || word.short || atom.kind == AtomKind::Phrase;
        let bit = atom.first + place;
        u32::from(is_bound && atom.words.len() > 1 && bit < MOST_BITS) << (bit % MOST_BITS)
    };
    atom.words
        .iter()
        .enumerate()
        .map(in_run)
        .fold(bits, |bits, bit| bits | bit)
}
