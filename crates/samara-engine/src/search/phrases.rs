//! Phrases: words in a row. Documents that hold all words of one are read once for all phrases of a query.

use core::ops::Range;

use super::bm25::saturation;
use super::collect::{by_score, keep};
use super::documents::DocSet;
use super::expansion::Expansion;
use super::plan::{Node, Phrase};
use super::reading::{Lookout, Reading};
use super::scoring::{Scored, Scorer};
use crate::index::inverse_document_frequency;
use crate::list::ToList;
use crate::order::{second, sort};
use crate::segment::DocId;

/// Documents that are read for a phrase which adds to the score of what its words find. Each further one would cost its
/// length, at every keystroke.
const MOST_READ: usize = 64;

/// What words in a row are worth at most that are another way to write a word which the corpus has, in the worth of that.
const APART: f32 = 0.9;
/// What it adds, in the summed worth of its words, that a document has a row exactly as it was typed, however long it is and
/// however often others have the words. With hyphens and apostrophes it adds nothing: collections lose .004.
const EXACTLY: f32 = 0.6;

/// What was found of a phrase: how often it occurs, and how often written exactly as typed.
#[derive(Default)]
pub(super) struct Found {
    pub weight: f32,
    counts: Vec<(DocId, f32, f32)>,
}

impl Scorer<'_, '_> {
    /// Finds all phrases, by reading the documents that hold all words of one of them.
    pub(super) fn phrases(&mut self) {
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
        let mut sets: Vec<Option<DocSet>> = self.plan.terms.iter().map(|_| None).list();
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
        if let Some(second) = self.searcher.second(&mut any.iter()) {
            second.phrases(self, &needs, &any, &candidates);
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
    fn holding(&mut self, expansion: &Expansion, may_go_on: bool) -> DocSet {
        let mut set = DocSet::none(self.index.len());
        for (number, (term, _)) in expansion.all().enumerate() {
            if !may_go_on && number == expansion.terms.len() {
                break;
            }
            for posting in self.index.postings(term) {
                set.insert(posting.document);
                self.norms[posting.document.0 as usize] = self.index.norm(&posting);
            }
        }
        if let Some((letters, _)) = expansion.many.as_ref().filter(|_| may_go_on) {
            for posting in self.index.merged(letters) {
                set.insert(posting.document);
                self.norms[posting.document.0 as usize] = self.index.norm(&posting);
            }
        }
        set
    }

    /// What a phrase gives to each document that has it, in ascending order.
    pub(super) fn phrase(&mut self, number: usize, boost: f32) -> Vec<Scored> {
        let phrase = &self.plan.phrases[number];
        if let Some(slot) = phrase.instead_of {
            let word = self.term(slot);
            if !word.documents.is_empty() {
                let most = word.weight * APART;
                let weight = &mut self.phrases[number].weight;
                *weight = weight.min(most);
            }
        }
        if phrase.slots.len() == 1 {
            // A word with its signs is worth no more than the word.
            let most = self.term(phrase.slots.start).weight;
            let weight = &mut self.phrases[number].weight;
            *weight = weight.min(most);
        }
        let found = &self.phrases[number];
        let weight = found.weight * boost;
        let mut scored = Vec::new();
        for &(document, all, exact) in &found.counts {
            let length = self.norms[document.0 as usize].words() as f32;
            let relative = length / self.index.average_length;
            let mut score = 0.0;
            if !phrase.exact_only {
                score += weight * saturation(all, relative, &self.options.ranking);
            }
            if phrase.is_joined || phrase.exact_only {
                score += weight * saturation(exact, relative, &self.options.ranking);
                // Hyphens and apostrophes of prose come and go; of signs beyond ASCII nearly all are of prose.
                let is_code = |gap: &String| gap.is_ascii() && gap != "-" && gap != "'";
                if exact > 0.0 && (phrase.exact_only || phrase.gaps.iter().any(is_code)) {
                    score += weight * EXACTLY * phrase.slots.len() as f32;
                }
            }
            if score > 0.0 {
                scored.push(Scored { document, score });
            }
        }
        scored
    }
}

/// Reads each of the documents that may hold phrases, once, for all that are needed, and counts them. `of_each` phrase there are
/// the documents that may hold it.
pub(super) fn read(scorer: &mut Scorer, needs: &[Need], any: &DocSet, of_each: &[DocSet]) {
    let phrases = &scorer.plan.phrases;
    let is_part = |slot: usize| {
        let mut all = phrases.iter().zip(needs);
        all.any(|(phrase, need)| *need != Need::No && phrase.slots.contains(&slot))
    };
    let mut all = phrases.iter().zip(needs);
    let in_rows = all.all(|(phrase, need)| *need == Need::No || phrase.slots.len() > 1);
    let by_first = by_first(phrases);
    let fields = &scorer.options.fields;
    let fields = [fields.title, fields.heading, fields.body, fields.meta];
    let mut reading = Reading::default();
    let mut counts = vec![(0.0, 0.0); phrases.len()];
    let mut lookout = Lookout::new(scorer.index, &scorer.plan.terms, &is_part, in_rows);
    let mut numbers = Vec::new();
    for document in any.iter() {
        let Some(text) = scorer.index.text(document) else {
            continue;
        };
        let segment = text.segment;
        reading.read(text, lookout.wanted(text));
        for place in 0..reading.occurrences.len() {
            starting(&reading, place, &by_first, &mut numbers);
            for &number in &numbers {
                let phrase = &phrases[number];
                let is_title = reading.parts[reading.occurrences[place].part]
                    .control
                    .is_none();
                if !of_each[number].contains(document) || phrase.in_title && !is_title {
                    continue;
                }
                let Some((further, is_exact)) = reading.row(segment, place, phrase) else {
                    continue;
                };
                let last = &reading.occurrences[place + further];
                let worth = reading.worth(segment, last, fields);
                counts[number].0 += worth;
                if is_exact {
                    counts[number].1 += worth;
                }
            }
        }
        for (found, count) in scorer.phrases.iter_mut().zip(&mut counts) {
            let (all, exact) = core::mem::take(count);
            if all > 0.0 {
                found.counts.push((document, all, exact));
            }
        }
    }
}

/// Whether a phrase has to be looked for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Need {
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

/// First word and number of every phrase, a key each, in ascending order.
pub(crate) fn by_first(phrases: &[Phrase]) -> Vec<u64> {
    let mut keys = Vec::with_capacity(phrases.len());
    for (number, phrase) in phrases.iter().enumerate() {
        keys.push((phrase.slots.start as u64) << 32 | number as u64);
    }
    sort(&mut keys);
    keys
}

/// The phrases that may begin at an occurrence, in `numbers`, which is used again for the next.
pub(crate) fn starting(
    reading: &Reading,
    place: usize,
    by_first: &[u64],
    numbers: &mut Vec<usize>,
) {
    numbers.clear();
    for &slot in reading.slots(&reading.occurrences[place]) {
        let from = by_first.partition_point(|key| key >> 32 < u64::from(slot));
        for &key in &by_first[from..] {
            if key >> 32 != u64::from(slot) {
                break;
            }
            numbers.push(second(key) as usize);
        }
    }
}
