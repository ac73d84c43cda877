//! Scores: what every document earns for what was asked.

use super::bm25::{inverse_document_frequency, saturation};
use super::expansion::Expansion;
use super::plan::{Plan, PlannedAtom, PlannedClause};
use super::scan::count_phrase;
use crate::index::Index;
use crate::query::{AtomKind, Occur, Signs};
use crate::segment::DocId;

/// What words in a row are worth where they were typed as one, in mean worths of a word, beside what each of
/// them is worth by itself.
const JOINED_PHRASE: f32 = 1.0;

/// A beginning is as rare as all that begins like it; by this share as rare as the rarest word, which may be the one
/// that was meant.
const MAY_BE_RARE: f32 = 0.18;

/// The documents that match, each with its score.
pub(crate) struct Scores {
    /// Score of each document.
    pub scores: Vec<f32>,
    /// Whether each document is a match.
    pub matches: Vec<bool>,
    /// What each word is worth, by its bit.
    pub word_weights: Vec<f32>,
}

/// What one clause gives one document.
pub(crate) type Contribution = (usize, DocId, f32);

/// Scores all documents. `explain` receives every contribution: number of the clause, document, score.
/// Linear in the posting lists of all terms, plus the documents read for phrases.
pub(crate) fn score(
    index: &Index,
    plan: &Plan,
    mut explain: Option<&mut Vec<Contribution>>,
) -> Scores {
    let documents = index.len();
    let mut scorer = Scorer {
        index,
        plan,
        frequencies: vec![0.0; documents],
        touched: Vec::new(),
        word_weights: vec![0.0; plan.words.len()],
    };
    let wanted = |clause: &PlannedClause| clause.occur != Occur::MustNot && !clause.extra;
    let any_wanted = plan.clauses.iter().any(wanted);
    let mut scores = vec![0.0f32; documents];
    let mut matches = vec![!any_wanted; documents];
    let mut required = vec![true; documents];
    for (number, clause) in plan.clauses.iter().enumerate() {
        let mut best = vec![
            0.0f32;
            if clause.alternatives.len() > 1 {
                documents
            } else {
                0
            }
        ];
        let mut found = vec![
            false;
            if clause.occur == Occur::Should {
                0
            } else {
                documents
            }
        ];
        for atom in &clause.alternatives {
            scorer.atom(atom, clause.occur, &mut |document, score| {
                let place = document.0 as usize;
                if clause.occur == Occur::MustNot {
                    found[place] = true;
                    return;
                }
                matches[place] = true;
                if let Some(found) = found.get_mut(place) {
                    *found = true;
                }
                // Of several alternatives the best counts, so that they do not add up.
                let gain = match best.get_mut(place) {
                    Some(best) if score > *best => score - core::mem::replace(best, score),
                    Some(_) => return,
                    None => score,
                };
                scores[place] += gain;
                if let Some(explain) = &mut explain {
                    explain.push((number, document, gain));
                }
            });
        }
        let keep = clause.occur == Occur::Must;
        for (required, found) in required.iter_mut().zip(found) {
            *required &= found == keep;
        }
    }
    for (matches, required) in matches.iter_mut().zip(required) {
        *matches &= required;
    }
    Scores {
        scores,
        matches,
        word_weights: scorer.word_weights,
    }
}

struct Scorer<'s, 'i> {
    index: &'s Index<'i>,
    plan: &'s Plan,
    /// Weighted frequency of the unit being counted in each document; all 0 in between.
    frequencies: Vec<f32>,
    touched: Vec<DocId>,
    word_weights: Vec<f32>,
}

impl Scorer<'_, '_> {
    /// Reports what an atom gives to each document that has it.
    fn atom(&mut self, atom: &PlannedAtom, occur: Occur, report: &mut dyn FnMut(DocId, f32)) {
        let last = atom.first + atom.words.len().saturating_sub(1);
        let whole = (atom.first, last);
        let [first, others @ ..] = atom.words.as_slice() else {
            return;
        };
        if others.is_empty() && atom.signs == Signs::default() {
            let in_title = atom.in_title.then_some(whole);
            return self.words(&first.expansion, true, in_title, whole, 1.0, report);
        }
        let all_together = atom.words.len() as f32;
        if atom.kind == AtomKind::Phrase {
            return self.phrase(atom, whole, all_together, report);
        }
        if !atom.in_title {
            let bits = (last + 1, last + 1);
            self.words(&atom.in_one, true, None, bits, atom.in_one_worth, report);
        }
        if occur != Occur::Should {
            return self.phrase(atom, whole, all_together, report);
        }
        let all_common = atom.words.iter().all(|word| word.common);
        for (place, word) in atom.words.iter().enumerate() {
            let bit = atom.first + place;
            if !word.single && (!word.common || all_common) {
                self.words(
                    &word.expansion,
                    // What begins with a letter or two is too much.
                    !word.short,
                    atom.in_title.then_some((bit, bit)),
                    (bit, bit),
                    1.0,
                    report,
                );
            }
            let with_next = atom
                .words
                .get(place + 1)
                .is_some_and(|next| word.single || next.single);
            if with_next && atom.words.len() > 2 {
                self.phrase(atom, (bit, bit + 1), 1.0, report);
            }
        }
        self.phrase(atom, whole, JOINED_PHRASE, report);
    }

    /// Counts occurrences of terms, of completions where the word may go on, and reports the scores; only in the
    /// title, if bits are given. The terms stand for
    /// so many words.
    fn words(
        &mut self,
        expansion: &Expansion,
        may_go_on: bool,
        in_title: Option<(usize, usize)>,
        bits: (usize, usize),
        worth: f32,
        report: &mut dyn FnMut(DocId, f32),
    ) {
        self.count(&expansion.terms);
        if may_go_on {
            self.count(&expansion.completions);
        }
        let documents = self.index.len();
        let mut weight = inverse_document_frequency(documents, self.touched.len());
        if may_go_on && !expansion.completions.is_empty() {
            weight += MAY_BE_RARE * (inverse_document_frequency(documents, 1) - weight);
        }
        if let Some(bits) = in_title {
            let touched = core::mem::take(&mut self.touched);
            for document in touched {
                let signs = Signs::default();
                let count =
                    count_phrase(self.index, document, &self.plan.masks, bits, &signs, true);
                self.frequencies[document.0 as usize] = count as f32;
                if count > 0 {
                    self.touched.push(document);
                }
            }
        }
        self.finish(weight * worth, bits, report);
    }

    fn count(&mut self, terms: &[(crate::segment::TermOrdinal, f32)]) {
        for &(term, weight) in terms {
            for (document, frequency) in self.index.segment.postings.of(term) {
                let sum = &mut self.frequencies[document.0 as usize];
                if *sum == 0.0 {
                    self.touched.push(document);
                }
                *sum += weight * frequency as f32;
            }
        }
    }

    /// Finds the documents that hold all words of these bits, reads them for the phrase, reports the scores.
    /// The phrase is worth so many of its words, on average.
    fn phrase(
        &mut self,
        atom: &PlannedAtom,
        bits: (usize, usize),
        worth: f32,
        report: &mut dyn FnMut(DocId, f32),
    ) {
        let words = &atom.words[bits.0 - atom.first..=bits.1 - atom.first];
        // Frequencies serve as counters of words seen.
        let mut candidates: Vec<DocId> = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let mut next = Vec::new();
            for (term, _) in word.expansion.all() {
                for (document, _) in self.index.segment.postings.of(term) {
                    let seen = &mut self.frequencies[document.0 as usize];
                    if *seen == place as f32 {
                        *seen += 1.0;
                        next.push(document);
                    }
                }
            }
            for document in candidates {
                if self.frequencies[document.0 as usize] <= place as f32 {
                    self.frequencies[document.0 as usize] = 0.0;
                }
            }
            candidates = next;
        }
        let mut weight = 0.0;
        for word in words {
            // The rarest reading of the word; a phrase is at least as rare.
            let documents = word
                .expansion
                .all()
                .map(|(term, _)| self.index.segment.postings.document_frequency(term));
            let frequency = documents.max().unwrap_or(0) as usize;
            weight += inverse_document_frequency(self.index.len(), frequency);
        }
        let (bare, masks) = (Signs::default(), &self.plan.masks);
        let is_whole = words.len() == atom.words.len();
        let signs = if is_whole { &atom.signs } else { &bare };
        for document in candidates {
            let count = count_phrase(self.index, document, masks, bits, signs, atom.in_title);
            self.frequencies[document.0 as usize] = count as f32;
            if count > 0 {
                self.touched.push(document);
            }
        }
        self.finish(weight * worth / words.len() as f32, bits, report);
    }

    /// Turns counts into scores and clears them.
    fn finish(&mut self, weight: f32, bits: (usize, usize), report: &mut dyn FnMut(DocId, f32)) {
        for bit in bits.0..=bits.1 {
            if let Some(known) = self.word_weights.get_mut(bit) {
                *known = known.max(weight);
            }
        }
        for document in self.touched.drain(..) {
            let frequency = core::mem::take(&mut self.frequencies[document.0 as usize]);
            let length = self.index.segment.lengths[document.0 as usize];
            report(
                document,
                weight * saturation(frequency, length, self.index.average_length),
            );
        }
    }
}
