//! Scores: what every document earns for what was asked.

use core::ops::Range;

use super::bm25::{frequencies, saturation};
use super::documents::DocSet;
use super::phrases::Found;
use super::plan::{Node, Plan, PlannedClause, QueryTerm};
use super::searcher::Searcher;
use super::{FieldWeights, Options};
use crate::index::{Index, inverse_document_frequency};
use crate::list::ToList;
use crate::query::Occur;
use crate::segment::{DocId, Neighbours, Norm, Posting, Title, UNNOTICED};

/// A beginning is as rare as all that begins like it; by this share as rare as the rarest word, which may be the one
/// that was meant.
const MAY_BE_RARE: f32 = 0.18;
/// What a title that is the whole query adds, in the summed worth of the words; of a title that is a part of it, the square
/// of that share. Raising it brings pages forward that are called what was asked for: manuals gain up to .6, collections
/// of documents that half have titles lose with it.
const TITLE: f32 = 0.6;
/// Words of a document, those of its title three times, of which its title is worth all of that; with fewer it is worth less in
/// proportion. A page that only points to another one is called what was asked for, too. Above 48, collections of short documents
/// lose; manuals notice none up to 64.
const SUBSTANCE: f32 = 48.0;
/// What words that stand side by side in titles, headings and fields add where all of the query do, in the mean worth of a
/// word. Neighbours in the text add nothing to that (measured on seven manuals and six collections).
const PAIRS: f32 = 0.5;

/// What a document earns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scored {
    pub document: DocId,
    pub score: f32,
}

/// The documents that match, each with its score.
pub(crate) struct Scores {
    /// In ascending order of the documents.
    pub matches: Vec<Scored>,
    /// What each word of the query is worth.
    pub weights: Vec<f32>,
    /// What each clause adds to each document, in the order of the clauses, and last what titles and neighbours add.
    pub contributions: Vec<Vec<Scored>>,
}

/// What the posting lists say of a word of the query.
pub(super) struct Evaluated {
    pub weight: f32,
    /// In ascending order of the documents.
    pub documents: Vec<Evidenced>,
}

/// What the posting lists say of a word of the query in a document.
#[derive(Clone, Copy)]
pub(super) struct Evidenced {
    pub document: DocId,
    pub score: f32,
    /// Rarity of the word as the title has it; 0 where it has not.
    title: f32,
    /// Rarity of the words of the title.
    whole_title: f32,
    neighbours: Neighbours,
}

/// Scores the documents. Linear in the posting lists of all terms, plus the documents read for phrases.
pub(crate) fn score(searcher: &Searcher, plan: &Plan, options: &Options) -> Scores {
    let index = searcher.index;
    let mut scorer = Scorer::new(searcher, plan, options);
    scorer.phrases();
    let all = DocSet::all(index.len());
    let mut found = DocSet::none(index.len());
    let mut required = all.clone();
    let mut contributions = Vec::with_capacity(plan.clauses.len());
    let is_wanted = |clause: &PlannedClause| clause.occur != Occur::MustNot && !clause.is_extra;
    if !plan.clauses.iter().any(is_wanted) {
        found = all;
    }
    for clause in &plan.clauses {
        let scored = scorer.node(&clause.node);
        let mut documents = DocSet::none(index.len());
        scored.iter().for_each(|scored| {
            documents.insert(scored.document);
        });
        match clause.occur {
            Occur::Should => found.unite(&documents),
            Occur::Must => {
                found.unite(&documents);
                required.intersect(&documents);
            }
            Occur::MustNot => required.subtract(&documents),
        }
        contributions.push(if clause.occur == Occur::MustNot {
            Vec::new()
        } else {
            scored
        });
    }
    found.intersect(&required);
    let evidence = scorer.evidence();
    contributions.push(evidence);
    let mut total = vec![0.0f32; index.len()];
    for contribution in &contributions {
        for scored in contribution {
            total[scored.document.0 as usize] += scored.score;
        }
    }
    let matches = found.iter().map(|document| Scored {
        document,
        score: total[document.0 as usize] * index.rules.prior(document),
    });
    Scores {
        matches: matches.list(),
        weights: scorer.weights(),
        contributions,
    }
}

/// A scoring under way: what was found so far of words and phrases.
pub(super) struct Scorer<'s, 'i> {
    pub searcher: &'s Searcher<'i>,
    pub index: &'i Index<'i>,
    pub plan: &'s Plan,
    pub options: &'s Options,
    /// What a posting counts, by its evidence.
    frequencies: [f32; 256],
    /// What was found of each word and each phrase; nothing where nobody asked yet.
    terms: Vec<Option<Evaluated>>,
    pub phrases: Vec<Found>,
    /// Of the term being counted: weighted frequency, rarity in the title, and neighbours, by document.
    cells: Vec<Cell>,
    /// Length of each document of which a posting was read.
    pub norms: Vec<Norm>,
}

/// What is counted of a document.
#[derive(Clone, Copy, Default)]
struct Cell {
    frequency: f32,
    title: f32,
    whole_title: Title,
    neighbours: Neighbours,
}

impl<'s, 'i> Scorer<'s, 'i> {
    fn new(searcher: &'s Searcher<'i>, plan: &'s Plan, options: &'s Options) -> Self {
        let index = searcher.index;
        Scorer {
            searcher,
            index,
            plan,
            options,
            frequencies: frequencies(&options.fields),
            terms: plan.terms.iter().map(|_| None).list(),
            phrases: plan.phrases.iter().map(|_| Found::default()).list(),
            cells: vec![Cell::default(); index.len()],
            norms: vec![Norm::default(); index.len()],
        }
    }

    /// What a node gives to each document that has it, in ascending order.
    fn node(&mut self, node: &Node) -> Vec<Scored> {
        match node {
            Node::Term(slot, boost) => {
                let evaluated = self.term(*slot);
                let scored = evaluated.documents.iter().map(|of| Scored {
                    document: of.document,
                    score: of.score * boost,
                });
                scored.list()
            }
            Node::Phrase(number, boost) => self.phrase(*number, *boost),
            Node::Sum(nodes) => self.combined(nodes, |one, other| one + other),
            Node::Best(nodes) => self.combined(nodes, f32::max),
        }
    }

    fn combined(&mut self, nodes: &[Node], combine: fn(f32, f32) -> f32) -> Vec<Scored> {
        let mut all = Vec::new();
        for node in nodes {
            let scored = self.node(node);
            all = combined(&all, &scored, combine);
        }
        all
    }

    /// What the posting lists say of a word of the query.
    pub fn term(&mut self, slot: usize) -> &Evaluated {
        if self.terms[slot].is_none() {
            let evaluated = self.evaluated(&self.plan.terms[slot]);
            self.terms[slot] = Some(evaluated);
            if let Some((words, share)) = self.plan.terms[slot].at_most.clone() {
                self.cap(slot, words, share);
            }
        }
        self.terms[slot].as_ref().unwrap_or(&NOTHING)
    }

    /// A word is worth no more than a share of what others are: what it is rarer says nothing.
    fn cap(&mut self, slot: usize, words: Range<usize>, share: f32) {
        let sum: f32 = words.map(|word| self.term(word).weight).sum();
        let most = sum * share;
        if let Some(evaluated) = &mut self.terms[slot]
            && evaluated.weight > most
        {
            let factor = most / evaluated.weight;
            evaluated.weight = most;
            for of in &mut evaluated.documents {
                of.score *= factor;
            }
        }
    }

    fn evaluated(&mut self, term: &QueryTerm) -> Evaluated {
        let documents = self.index.len();
        let mut touched = DocSet::none(documents);
        let expansion = &term.expansion;
        self.count(&expansion.terms, term.in_title, &mut touched);
        let goes_on = !term.goes_on_in_row && expansion.goes_on();
        if goes_on {
            self.count(&expansion.completions, term.in_title, &mut touched);
            if let Some((letters, weight)) = &expansion.many {
                let postings = self.index.merged(letters);
                let documents = postings.len();
                self.count_list(
                    postings.into_iter(),
                    documents,
                    *weight,
                    term.in_title,
                    &mut touched,
                );
            }
        }
        let mut weight = inverse_document_frequency(documents, touched.len());
        if goes_on {
            weight += MAY_BE_RARE * (inverse_document_frequency(documents, 1) - weight);
        }
        let weight = term.weight.unwrap_or(weight);
        let average = self.index.average_length;
        let of = touched.iter().map(|document| {
            let cell = core::mem::take(&mut self.cells[document.0 as usize]);
            let length = self.norms[document.0 as usize].words() as f32;
            Evidenced {
                document,
                score: weight * saturation(cell.frequency, length / average, &self.options.ranking),
                title: cell.title,
                whole_title: cell.whole_title.weight(),
                neighbours: cell.neighbours,
            }
        });
        Evaluated {
            documents: of.list(),
            weight,
        }
    }

    fn count(
        &mut self,
        terms: &[(crate::segment::TermOrdinal, f32)],
        in_title: bool,
        touched: &mut DocSet,
    ) {
        for &(term, weight) in terms {
            let postings = self.index.postings(term);
            let documents = postings.documents as usize;
            self.count_list(postings, documents, weight, in_title, touched);
        }
    }

    fn count_list(
        &mut self,
        postings: impl Iterator<Item = Posting>,
        documents: usize,
        weight: f32,
        in_title: bool,
        touched: &mut DocSet,
    ) {
        let rarity = inverse_document_frequency(self.index.len(), documents);
        for posting in postings {
            let frequency = self.frequencies[usize::from(posting.evidence.0)];
            let is_in_title = posting.evidence.in_title();
            // Without a title, words of the lead stand for it.
            let whole_title = self.index.title_of(&posting);
            let is_elsewhere = in_title && !(is_in_title && whole_title.is_own());
            if is_elsewhere || frequency == 0.0 && self.is_restricted() {
                continue;
            }
            touched.insert(posting.document);
            let cell = &mut self.cells[posting.document.0 as usize];
            cell.frequency += weight * frequency;
            cell.neighbours.merge(posting.neighbours);
            self.norms[posting.document.0 as usize] = self.index.norm(&posting);
            if is_in_title {
                cell.whole_title = whole_title;
                cell.title = cell.title.max(rarity * weight);
            }
        }
    }

    /// Whether words in some fields are not looked for.
    fn is_restricted(&self) -> bool {
        let fields = &self.options.fields;
        [fields.title, fields.heading, fields.body, fields.meta].contains(&0.0)
    }

    /// What titles and neighbours add.
    fn evidence(&mut self) -> Vec<Scored> {
        let plan = self.plan;
        let mut words = Vec::new();
        let mut sum = 0.0;
        for clause in &plan.clauses {
            for &slot in &clause.words {
                let finds = !plan.terms[slot].expansion.is_empty();
                if finds && clause.occur != Occur::MustNot {
                    words.push(slot);
                    sum += self.term(slot).weight;
                }
            }
        }
        let mut added = Vec::new();
        if sum == 0.0 {
            return added;
        }
        let index = self.index;
        // What of the query the title has, and what of the title was asked for.
        let mut asked = vec![(0.0f32, 0.0f32, 0.0f32); index.len()];
        let mut touched = DocSet::none(index.len());
        for &slot in &words {
            let evaluated = self.term(slot);
            for of in &evaluated.documents {
                if of.title > 0.0 {
                    touched.insert(of.document);
                    let (query, title, whole) = &mut asked[of.document.0 as usize];
                    *query += evaluated.weight;
                    *title += of.title;
                    *whole = of.whole_title;
                }
            }
        }
        let usual = FieldWeights::default().title;
        let worth = TITLE * (self.options.fields.title / usual).min(1.0);
        for document in touched.iter() {
            let (query, title, whole) = asked[document.0 as usize];
            let whole = whole.max(title);
            let words = self.norms[document.0 as usize].words() as f32;
            let substance = (words / SUBSTANCE).min(1.0);
            added.push(Scored {
                document,
                score: worth * substance * query * (query / sum) * (title / whole),
            });
        }
        let boost = PAIRS / words.len().saturating_sub(1).max(1) as f32;
        for pair in words.windows(2) {
            let scored = self.pair(pair[0], pair[1], boost);
            added = combined(&added, &scored, |one, other| one + other);
        }
        added
    }

    /// What two words add to the documents in whose fields they stand side by side.
    fn pair(&mut self, one: usize, other: usize, boost: f32) -> Vec<Scored> {
        let (first, second) = (self.buckets(one), self.buckets(other));
        if first == 0 || second == 0 || one == other {
            return Vec::new();
        }
        self.term(one);
        self.term(other);
        let (Some(left), Some(right)) = (&self.terms[one], &self.terms[other]) else {
            return Vec::new();
        };
        let weight = boost * (left.weight + right.weight) / 2.0;
        let mut scored = Vec::new();
        let mut rest = right.documents.iter().peekable();
        for of in &left.documents {
            while rest.next_if(|other| other.document < of.document).is_some() {}
            let Some(other) = rest.peek().filter(|other| other.document == of.document) else {
                continue;
            };
            let share = of
                .neighbours
                .share_before(second)
                .min(other.neighbours.share_behind(first));
            if share > 0.0 {
                scored.push(Scored {
                    document: of.document,
                    score: weight * share,
                });
            }
        }
        scored
    }

    /// The sets of neighbours that a word of the query belongs to, a bit each; nothing where it may mean too much.
    fn buckets(&self, slot: usize) -> u8 {
        let mut buckets = 0u8;
        for &(term, _) in &self.plan.terms[slot].expansion.terms {
            let bucket = self.index.bucket(term);
            if bucket != UNNOTICED {
                buckets |= 1 << bucket;
            }
        }
        if buckets.count_ones() > 2 { 0 } else { buckets }
    }

    /// What each word of the query is worth; as parts of phrases alone, what those are worth.
    fn weights(&self) -> Vec<f32> {
        let mut weights = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            weights.push(term.as_ref().map_or(0.0, |term| term.weight));
        }
        for (phrase, found) in self.plan.phrases.iter().zip(&self.phrases) {
            for slot in phrase.slots.clone() {
                weights[slot] = weights[slot].max(found.weight);
            }
        }
        weights
    }
}

static NOTHING: Evaluated = Evaluated {
    weight: 0.0,
    documents: Vec::new(),
};

/// Two lists in one, both in ascending order.
fn combined(one: &[Scored], other: &[Scored], combine: fn(f32, f32) -> f32) -> Vec<Scored> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (Some(one), Some(other)) if one.document == other.document => Scored {
                document: one.document,
                score: combine(one.score, other.score),
            },
            (Some(one), Some(other)) if one.document < other.document => **one,
            (Some(one), None) => **one,
            (_, Some(other)) => **other,
            (None, None) => return all,
        };
        left.next_if(|scored| scored.document == next.document);
        right.next_if(|scored| scored.document == next.document);
        all.push(next);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn list(of: &BTreeMap<u32, u8>) -> Vec<Scored> {
        let scored = of.iter().map(|(&document, &score)| Scored {
            document: DocId(document),
            score: f32::from(score),
        });
        scored.list()
    }

    proptest! {
        #[test]
        fn lists_are_combined_document_by_document(
            one in prop::collection::btree_map(0u32..30, 1u8..9, 0..20),
            other in prop::collection::btree_map(0u32..30, 1u8..9, 0..20),
        ) {
            let mut sums = one.clone();
            let mut best = one.clone();
            for (&document, &score) in &other {
                *sums.entry(document).or_default() += score;
                let entry = best.entry(document).or_default();
                *entry = (*entry).max(score);
            }
            prop_assert_eq!(combined(&list(&one), &list(&other), |one, other| one + other), list(&sums));
            prop_assert_eq!(combined(&list(&one), &list(&other), f32::max), list(&best));
        }
    }
}
