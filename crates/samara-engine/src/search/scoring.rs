//! Scores: what every document earns for what was asked.

use core::ops::Range;

use super::Options;
use super::bm25::{frequencies, saturation};
use super::collect::{by_score, keep};
use super::documents::DocSet;
use super::expansion::Expansion;
use super::plan::{Node, Phrase, Plan, PlannedClause, QueryTerm};
use super::reading::{Reading, Wanted};
use crate::index::{Index, inverse_document_frequency};
use crate::order::second;
use crate::query::Occur;
use crate::segment::{DocId, Neighbours, UNNOTICED};

/// A beginning is as rare as all that begins like it; by this share as rare as the rarest word, which may be the one
/// that was meant.
const MAY_BE_RARE: f32 = 0.18;
/// What words in a row are worth at most that are another way to write a word which the corpus has, in the worth of that.
const APART: f32 = 0.9;
/// What a title that is the whole query adds, in the summed worth of the words; of a title that is a part of it, the square
/// of that share. Raising it brings pages forward that are called what was asked for: manuals gain up to .6, collections
/// of documents that half have titles lose with it.
const TITLE: f32 = 0.6;
/// What words that stand side by side in titles, headings and fields add where all of the query do, in the mean worth of a
/// word. Neighbours in the text add nothing to that (measured on seven manuals and six collections).
const PAIRS: f32 = 0.5;

/// Documents that are read for a phrase which adds to the score of what its words find. Each further one would cost its
/// length, at every keystroke.
const MOST_READ: usize = 64;

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
    /// What each clause adds to each document, where that was asked for, in the order of the clauses.
    pub contributions: Vec<Vec<Scored>>,
}

/// What the posting lists say of a word of the query.
struct Evaluated {
    weight: f32,
    /// In ascending order of the documents.
    documents: Vec<Evidenced>,
}

/// What the posting lists say of a word of the query in a document.
#[derive(Clone, Copy)]
struct Evidenced {
    document: DocId,
    score: f32,
    /// Rarity of the word as the title has it; 0 where it has not.
    title: f32,
    neighbours: Neighbours,
}

/// Scores the documents. Linear in the posting lists of all terms, plus the documents read for phrases.
pub(crate) fn score(index: &Index, plan: &Plan, options: &Options) -> Scores {
    let mut scorer = Scorer::new(index, plan, options);
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
    let all = contributions.iter().chain([&evidence]);
    let mut total = vec![0.0f32; index.len()];
    for scored in all.flatten() {
        total[scored.document.0 as usize] += scored.score;
    }
    let matches = found.iter().map(|document| Scored {
        document,
        score: total[document.0 as usize] * index.rules.prior(document),
    });
    let matches = matches.collect();
    if options.explain {
        contributions.push(evidence);
    }
    Scores {
        matches,
        weights: scorer.weights(),
        contributions,
    }
}

struct Scorer<'s, 'i> {
    index: &'s Index<'i>,
    plan: &'s Plan,
    options: &'s Options,
    /// What a posting counts, by its evidence.
    frequencies: [f32; 256],
    /// What was found of each word and each phrase; nothing where nobody asked yet.
    terms: Vec<Option<Evaluated>>,
    phrases: Vec<Found>,
    /// Of the term being counted: weighted frequency, rarity in the title, and neighbours, by document.
    cells: Vec<Cell>,
}

/// What is counted of a document.
#[derive(Clone, Copy, Default)]
struct Cell {
    frequency: f32,
    title: f32,
    neighbours: Neighbours,
}

/// What was found of a phrase: how often it occurs, and how often written exactly as typed.
#[derive(Default)]
struct Found {
    weight: f32,
    counts: Vec<(DocId, f32, f32)>,
}

impl<'s, 'i> Scorer<'s, 'i> {
    fn new(index: &'s Index<'i>, plan: &'s Plan, options: &'s Options) -> Self {
        Scorer {
            index,
            plan,
            options,
            frequencies: frequencies(&options.fields),
            terms: plan.terms.iter().map(|_| None).collect(),
            phrases: plan.phrases.iter().map(|_| Found::default()).collect(),
            cells: vec![Cell::default(); index.len()],
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
                scored.collect()
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
    fn term(&mut self, slot: usize) -> &Evaluated {
        if self.terms[slot].is_none() {
            let evaluated = self.evaluated(&self.plan.terms[slot]);
            self.terms[slot] = Some(evaluated);
            if let Some((parts, share)) = self.plan.terms[slot].made_of.clone() {
                self.cap(slot, parts, share);
            }
        }
        self.terms[slot].as_ref().unwrap_or(&NOTHING)
    }

    /// A word that was made of others is worth no more than a share of what they are: what it is rarer says nothing.
    fn cap(&mut self, slot: usize, parts: Range<usize>, share: f32) {
        if parts.is_empty() {
            return;
        }
        let sum: f32 = parts.map(|part| self.term(part).weight).sum();
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
        let goes_on = !term.goes_on_in_row && !expansion.completions.is_empty();
        if goes_on {
            self.count(&expansion.completions, term.in_title, &mut touched);
        }
        let mut weight = inverse_document_frequency(documents, touched.len());
        if goes_on {
            weight += MAY_BE_RARE * (inverse_document_frequency(documents, 1) - weight);
        }
        let average = self.index.average_length;
        let of = touched.iter().map(|document| {
            let cell = core::mem::take(&mut self.cells[document.0 as usize]);
            let length = self.index.segment.lengths[document.0 as usize] as f32;
            Evidenced {
                document,
                score: weight * saturation(cell.frequency, length / average),
                title: cell.title,
                neighbours: cell.neighbours,
            }
        });
        Evaluated {
            documents: of.collect(),
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
            let postings = self.index.segment.postings.of(term);
            let rarity = inverse_document_frequency(self.index.len(), postings.documents as usize);
            for posting in postings {
                let frequency = self.frequencies[usize::from(posting.evidence.0)];
                let is_in_title = posting.evidence.in_title();
                // Without a title, words of the lead stand for it.
                let is_elsewhere =
                    in_title && !(is_in_title && self.index.segment.has_title(posting.document));
                if is_elsewhere || frequency == 0.0 && self.is_restricted() {
                    continue;
                }
                touched.insert(posting.document);
                let cell = &mut self.cells[posting.document.0 as usize];
                cell.frequency += weight * frequency;
                cell.neighbours.merge(posting.neighbours);
                if is_in_title {
                    cell.title = cell.title.max(rarity * weight);
                }
            }
        }
    }

    /// Whether words in some fields are not looked for.
    fn is_restricted(&self) -> bool {
        let fields = &self.options.fields;
        [fields.title, fields.heading, fields.body, fields.meta].contains(&0.0)
    }

    /// Finds all phrases: reads each document that holds all words of one of them, once.
    fn phrases(&mut self) {
        let mut needs = vec![Need::No; self.plan.phrases.len()];
        for clause in &self.plan.clauses {
            need_phrases(
                &clause.node,
                clause.is_extra,
                &self.plan.phrases,
                &mut needs,
            );
        }
        let documents = self.index.len();
        let mut sets: Vec<Option<DocSet>> = self.plan.terms.iter().map(|_| None).collect();
        let mut candidates = Vec::new();
        let mut any = DocSet::none(documents);
        for (number, phrase) in self.plan.phrases.iter().enumerate() {
            let mut all = DocSet::none(documents);
            if needs[number] != Need::No {
                all = DocSet::all(documents);
                let mut weight = 0.0;
                for slot in phrase.slots.clone() {
                    let set = sets[slot].get_or_insert_with(|| {
                        self.holding(&self.plan.terms[slot].expansion, !phrase.exact_only)
                    });
                    weight += inverse_document_frequency(documents, set.len());
                    all.intersect(set);
                }
                self.phrases[number].weight = weight / phrase.slots.len() as f32;
                let is_other_spelling = phrase
                    .instead_of
                    .is_some_and(|slot| !self.term(slot).documents.is_empty());
                if needs[number] == Need::Bonus || is_other_spelling {
                    self.keep_best(&mut all, phrase.slots.clone());
                }
            }
            any.unite(&all);
            candidates.push(all);
        }
        if any.len() == 0 {
            return;
        }
        let phrases = &self.plan.phrases;
        let is_part = |slot: usize| {
            let mut all = phrases.iter().zip(&needs);
            all.any(|(phrase, need)| *need != Need::No && phrase.slots.contains(&slot))
        };
        let wanted = Wanted::of(self.index, &self.plan.terms, &is_part);
        let by_first = by_first(phrases, self.plan.terms.len());
        let fields = &self.options.fields;
        let fields = [fields.title, fields.heading, fields.body, fields.meta];
        let mut reading = Reading::default();
        let mut counts = vec![(0.0, 0.0); phrases.len()];
        for document in any.iter() {
            reading.read(self.index, document, &wanted);
            for place in 0..reading.occurrences.len() {
                for number in starting(&reading, place, &by_first) {
                    let phrase = &phrases[number];
                    let is_title = reading.parts[reading.occurrences[place].part]
                        .control
                        .is_none();
                    if !candidates[number].contains(document) || phrase.in_title && !is_title {
                        continue;
                    }
                    let Some((further, is_exact)) = reading.row(self.index, place, phrase) else {
                        continue;
                    };
                    let last = &reading.occurrences[place + further];
                    let worth = reading.worth(self.index, last, fields);
                    counts[number].0 += worth;
                    if is_exact {
                        counts[number].1 += worth;
                    }
                }
            }
            for (found, count) in self.phrases.iter_mut().zip(&mut counts) {
                let (all, exact) = core::mem::take(count);
                if all > 0.0 {
                    found.counts.push((document, all, exact));
                }
            }
        }
    }

    /// Keeps the documents that the words give most to, [`MOST_READ`] of them.
    fn keep_best(&mut self, documents: &mut DocSet, slots: Range<usize>) {
        if documents.len() <= MOST_READ {
            return;
        }
        let mut sums = vec![0.0f32; self.index.len()];
        for slot in slots {
            for of in &self.term(slot).documents {
                sums[of.document.0 as usize] += of.score;
            }
        }
        let mut best = Vec::new();
        for document in documents.iter() {
            let scored = Scored {
                document,
                score: sums[document.0 as usize],
            };
            keep(&mut best, by_score(&scored), MOST_READ);
        }
        *documents = DocSet::none(self.index.len());
        for key in best {
            documents.insert(DocId(second(key)));
        }
    }

    /// The documents that hold one of the terms of an expansion; of its completions, where the word may go on.
    fn holding(&self, expansion: &Expansion, may_go_on: bool) -> DocSet {
        let mut set = DocSet::none(self.index.len());
        let terms = expansion.all().take(if may_go_on {
            usize::MAX
        } else {
            expansion.terms.len()
        });
        for (term, _) in terms {
            for posting in self.index.segment.postings.of(term) {
                set.insert(posting.document);
            }
        }
        set
    }

    fn phrase(&mut self, number: usize, boost: f32) -> Vec<Scored> {
        let phrase = &self.plan.phrases[number];
        if let Some(slot) = phrase.instead_of {
            let word = self.term(slot);
            if !word.documents.is_empty() {
                let most = word.weight * APART;
                let weight = &mut self.phrases[number].weight;
                *weight = weight.min(most);
            }
        }
        let found = &self.phrases[number];
        let weight = found.weight * boost;
        let mut scored = Vec::new();
        for &(document, all, exact) in &found.counts {
            let length = self.index.segment.lengths[document.0 as usize] as f32;
            let relative = length / self.index.average_length;
            let mut score = 0.0;
            if !phrase.exact_only {
                score += weight * saturation(all, relative);
            }
            if phrase.is_joined || phrase.exact_only {
                score += weight * saturation(exact, relative);
            }
            if score > 0.0 {
                scored.push(Scored { document, score });
            }
        }
        scored
    }

    /// What titles and neighbours add.
    fn evidence(&mut self) -> Vec<Scored> {
        let plan = self.plan;
        let words: Vec<usize> = plan
            .clauses
            .iter()
            .filter(|clause| clause.occur != Occur::MustNot)
            .flat_map(|clause| &clause.words)
            .copied()
            .filter(|&slot| !plan.terms[slot].expansion.is_empty())
            .collect();
        let mut sum = 0.0;
        for &slot in &words {
            sum += self.term(slot).weight;
        }
        let mut added = Vec::new();
        if sum == 0.0 {
            return added;
        }
        let index = self.index;
        // What of the query the title has, and what of the title was asked for.
        let mut asked = vec![(0.0f32, 0.0f32); index.len()];
        let mut touched = DocSet::none(index.len());
        for &slot in &words {
            let evaluated = self.term(slot);
            for of in evaluated.documents.iter().filter(|of| of.title > 0.0) {
                touched.insert(of.document);
                let (query, title) = &mut asked[of.document.0 as usize];
                *query += evaluated.weight;
                *title += of.title;
            }
        }
        for document in touched.iter() {
            let (query, title) = asked[document.0 as usize];
            let whole = index.title_weights[document.0 as usize].max(title);
            added.push(Scored {
                document,
                score: TITLE * query * (query / sum) * (title / whole),
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
            let bucket = self.index.segment.buckets[term.0 as usize];
            if bucket != UNNOTICED {
                buckets |= 1 << bucket;
            }
        }
        if buckets.count_ones() > 2 { 0 } else { buckets }
    }

    /// What each word of the query is worth; as parts of phrases alone, what those are worth.
    fn weights(&self) -> Vec<f32> {
        let of_terms = self
            .terms
            .iter()
            .map(|term| term.as_ref().map_or(0.0, |term| term.weight));
        let mut weights: Vec<f32> = of_terms.collect();
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

/// Whether a phrase has to be looked for.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    No,
    /// In the documents that its words give most to: they are found by its words already.
    Bonus,
    Everywhere,
}

fn need_phrases(node: &Node, is_bonus: bool, phrases: &[Phrase], needs: &mut [Need]) {
    match node {
        Node::Term(..) => {}
        Node::Phrase(number, _) => {
            needs[*number] = if is_bonus {
                Need::Bonus
            } else {
                Need::Everywhere
            };
        }
        // Beside its words, a phrase that was typed in one is a bonus.
        Node::Sum(nodes) => nodes.iter().for_each(|node| {
            let is_joined = matches!(node, Node::Phrase(number, _) if phrases[*number].is_joined);
            need_phrases(node, is_bonus || is_joined, phrases, needs);
        }),
        Node::Best(nodes) => {
            nodes
                .iter()
                .for_each(|node| need_phrases(node, is_bonus, phrases, needs));
        }
    }
}

/// The phrases that begin with each word of the query.
pub(crate) fn by_first(phrases: &[Phrase], terms: usize) -> Vec<Vec<usize>> {
    let mut by_first = vec![Vec::new(); terms];
    for (number, phrase) in phrases.iter().enumerate() {
        by_first[phrase.slots.start].push(number);
    }
    by_first
}

/// The phrases that may begin at an occurrence.
pub(crate) fn starting<'r>(
    reading: &'r Reading,
    place: usize,
    by_first: &'r [Vec<usize>],
) -> impl Iterator<Item = usize> + 'r {
    let slots = reading.slots(&reading.occurrences[place]);
    slots
        .iter()
        .flat_map(|&slot| by_first[usize::from(slot)].iter().copied())
}

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
        scored.collect()
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
