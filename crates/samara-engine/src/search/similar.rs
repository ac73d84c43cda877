//! More like this: the documents that share the words which tell most about a document.

use super::bm25::{frequencies, saturation};
use super::collect::{TopDocs, by_score, thousandths};
use super::plan::{Plan, QueryTerm};
use super::reading::Reading;
use super::scoring::Scored;
use super::searcher::Searcher;
use super::snippet::Highlighting;
use super::{FieldWeights, Ranking, Texts};
use crate::answer::Hit;
use crate::index::inverse_document_frequency;
use crate::order::{self, descending};
use crate::segment::{Control, DocId, TermOrdinal, Token};

/// Words of a document that are looked for in others.
const MOST_WORDS: usize = 32;
/// How often a word of the title counts.
const IN_TITLE: u32 = 3;

impl Searcher<'_> {
    /// The documents most like the one with this id, near-duplicates of it left out; none for an unknown id.
    /// Linear in the posting lists of its words.
    #[must_use]
    pub fn similar(&self, id: &str, limit: usize) -> Vec<Hit> {
        let index = self.index;
        let Some(document) = index.catalog.find(id) else {
            return Vec::new();
        };
        let frequencies = frequencies(&FieldWeights {
            meta: 0.0,
            ..FieldWeights::default()
        });
        let mut scores = vec![0.0f32; index.len()];
        let mut weights = Vec::new();
        let mut plan = Plan::default();
        for (weight, term) in self.telling_words(document) {
            let mut word = QueryTerm::default();
            word.expansion.add_group(index, term, 1.0);
            for (term, _) in word.expansion.all() {
                for posting in index.segment.postings.of(term) {
                    let other = posting.document.0 as usize;
                    let length = index.segment.lengths[other] as f32 / index.average_length;
                    let frequency = frequencies[usize::from(posting.evidence.0)];
                    scores[other] += weight * saturation(frequency, length, &Ranking::default());
                }
            }
            weights.push(weight);
            plan.terms.push(word);
        }
        let own_group = index.catalog.group(document);
        let scored = scores.iter().zip(0..).map(|(&score, number)| Scored {
            document: DocId(number),
            score,
        });
        let others = scored.filter(|other| {
            let is_duplicate =
                own_group.is_some() && index.catalog.group(other.document) == own_group;
            thousandths(other.score) > 0 && other.document != document && !is_duplicate
        });
        let top = TopDocs::of(
            &|document| index.catalog.group(document),
            index.catalog.groups(),
            others.map(|other| by_score(&other)),
            limit.min(index.len()),
        );
        let highlighting = Highlighting::of(index, &plan, &weights);
        let mut scratch = Reading::default();
        let hits = top.firsts.into_iter().map(|other| {
            let score = thousandths(scores[other.0 as usize]);
            self.hit(other, score, &highlighting, Texts::Passages, &mut scratch)
        });
        hits.collect()
    }

    /// The words that tell most about a document, each with its weight: frequent in it, rare elsewhere.
    fn telling_words(&self, document: DocId) -> Vec<(f32, TermOrdinal)> {
        let mut terms = Vec::new();
        let mut weight = IN_TITLE;
        for step in self.index.segment.tokens(document) {
            match step {
                Token::Word(_, term) => terms.extend((0..weight).map(|_| u64::from(term.0))),
                Token::Separator(_) => {}
                Token::Control(Control::Fields) => break,
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
