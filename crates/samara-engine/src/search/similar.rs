//! More like this: the documents that share the words which tell most about a document.

use super::bm25::{inverse_document_frequency, saturation};
use super::scan::Masks;
use super::searcher::Searcher;
use super::searcher::thousandths;
use super::snippet::{Room, Wanted};
use crate::answer::Hit;
use crate::order::{self, descending};
use crate::segment::{DocId, TITLE_WEIGHT, TermOrdinal, Token};

/// Words of a document that are looked for in others.
const MOST_WORDS: usize = 32;

impl Searcher<'_> {
    /// The documents most like the one with this id, near-duplicates of it left out; none for an unknown id.
    /// Linear in the posting lists of its words.
    #[must_use]
    pub fn similar(&self, id: &str, limit: usize) -> Vec<Hit> {
        let Some(document) = self.index.catalog.find(id) else {
            return Vec::new();
        };
        let words = self.telling_words(document);
        let mut scores = vec![0.0f32; self.index.len()];
        let mut weights = Vec::new();
        let mut masks = Masks::new(self.index.segment.terms.len());
        for (bit, &(weight, term)) in words.iter().enumerate() {
            weights.push(weight);
            for term in core::iter::once(term).chain(self.index.segment.groups.others(term)) {
                masks.set(term, bit);
                for (other, frequency) in self.index.segment.postings.of(term) {
                    let length = self.index.segment.lengths[other.0 as usize];
                    scores[other.0 as usize] +=
                        weight * saturation(frequency as f32, length, self.index.average_length);
                }
            }
        }
        let own_group = self.index.catalog.similar(document);
        let score = |other: u32| thousandths(scores[other as usize]);
        let mut ranked: Vec<u64> = (0..self.index.len() as u32)
            .filter(|&other| {
                let group = self.index.catalog.similar(DocId(other));
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
        for step in self.index.segment.tokens(document) {
            match step {
                Token::Word(_, term) => terms.extend((0..weight).map(|_| u64::from(term.0))),
                Token::Separator(_) => {}
                Token::Control(_) => weight = 1,
            }
        }
        order::sort(&mut terms);
        let words: Vec<(f32, TermOrdinal)> = terms
            .chunk_by(|one, other| one == other)
            .map(|same| (same.len(), TermOrdinal(same[0] as u32)))
            .filter(|&(_, term)| !self.index.language.is_stop_word(term))
            .filter_map(|(count, term)| {
                let documents = self.index.segment.postings.document_frequency(term) as usize;
                let rarity = inverse_document_frequency(self.index.len(), documents);
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
