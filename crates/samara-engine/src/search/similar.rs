//! More like this: the documents that share the words which tell most about a document.

use super::bm25::{inverse_document_frequency, saturation};
use super::scan::Masks;
use super::searcher::thousandths;
use super::snippet::{Room, Wanted};
use crate::answer::Hit;
use crate::index::{DocId, Index, Step, TITLE_WEIGHT, TermOrdinal};
use crate::order::{self, descending};

/// Words of a document that are looked for in others.
const MOST_WORDS: usize = 32;

impl Index<'_> {
    /// The documents most like the one with this id, near-duplicates of it left out; none for an unknown id.
    /// Linear in the posting lists of its words.
    #[must_use]
    pub fn similar(&self, id: &str, limit: usize) -> Vec<Hit> {
        let Some(document) = self.catalog.find(id) else {
            return Vec::new();
        };
        let words = self.telling_words(document);
        let mut scores = vec![0.0f32; self.len()];
        let mut weights = Vec::new();
        let mut masks = Masks::new(self.terms.len());
        for (bit, &(weight, term)) in words.iter().enumerate() {
            weights.push(weight);
            for term in core::iter::once(term).chain(self.groups.others(term)) {
                masks.set(term, bit);
                for (other, frequency) in self.postings.of(term) {
                    let length = self.lengths[other.0 as usize];
                    scores[other.0 as usize] +=
                        weight * saturation(frequency as f32, length, self.average_length);
                }
            }
        }
        let own_group = self.catalog.similar(document);
        let score = |other: u32| thousandths(scores[other as usize]);
        let mut ranked: Vec<u64> = (0..self.len() as u32)
            .filter(|&other| {
                let group = self.catalog.similar(DocId(other));
                let duplicate = own_group.is_some() && group == own_group;
                score(other) > 0 && other != document.0 && !duplicate
            })
            .map(|other| descending(score(other), other))
            .collect();
        let (_, firsts) = self.ranked(&mut ranked);
        let wanted = Wanted {
            masks: &masks,
            weights: &weights,
            in_runs: 0,
        };
        let mut room = Room::default();
        let firsts = firsts.into_iter().take(limit);
        firsts
            .map(|other| self.hit(other, score(other.0), &wanted, &mut room))
            .collect()
    }

    /// The words that tell most about a document, each with its weight: frequent in it, rare elsewhere.
    fn telling_words(&self, document: DocId) -> Vec<(f32, TermOrdinal)> {
        let mut terms = Vec::new();
        let mut weight = TITLE_WEIGHT;
        for step in self.steps(document) {
            match step {
                Step::Word(_, term) => terms.extend((0..weight).map(|_| u64::from(term.0))),
                Step::Separator(_) => {}
                Step::Control(_) => weight = 1,
            }
        }
        order::sort(&mut terms);
        let words: Vec<(f32, TermOrdinal)> = terms
            .chunk_by(|one, other| one == other)
            .map(|same| (same.len(), TermOrdinal(same[0] as u32)))
            .filter(|&(_, term)| !self.language.is_stop_word(term))
            .filter_map(|(count, term)| {
                let documents = self.postings.document_frequency(term) as usize;
                let rarity = inverse_document_frequency(self.len(), documents);
                (documents > 1).then(|| (rarity * count as f32 / (count as f32 + 1.5), term))
            })
            .collect();
        let mut keys: Vec<u64> = words
            .iter()
            .enumerate()
            .map(|(place, (weight, _))| descending(thousandths(*weight), place as u32))
            .collect();
        order::sort(&mut keys);
        keys.into_iter()
            .take(MOST_WORDS)
            .map(|key| words[order::second(key) as usize])
            .collect()
    }
}
