//! Which terms of the dictionary a word of the query may mean, and how well each stands for it.

use crate::index::Index;
use crate::query::Word;
use crate::segment::{Pattern, TermOrdinal};
use crate::text::{characters, concat};

/// A term that differs from the word in accents or other folded letters only.
const FOLDED: f32 = 0.95;
/// A compound that the word is a part of.
const COMPOUND: f32 = 0.6;
/// A term of the same stem. Lower prefers the form that was typed; below .8 stemming loses its use.
pub(crate) const SAME_STEM: f32 = 0.9;
/// A term that begins with the word, where the word itself occurs, too.
const COMPLETION: f32 = 0.85;
/// What each further letter of a term that begins with the word takes from it, relative to the letters typed: who
/// stops typing has mostly typed most of it.
const PER_LETTER: f32 = 0.5;
/// What an occurrence counts of one of many terms that begin like the word: a beginning of so many says too little for
/// their letters to be counted.
const ONE_OF_MANY: f32 = 0.5;

/// The terms that a word may mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expansion {
    /// The term that is spelt like the word.
    pub spelt: Option<TermOrdinal>,
    /// Terms in which the word itself is seen, each with what an occurrence counts.
    pub terms: Vec<(TermOrdinal, f32)>,
    /// Terms that merely begin like it, each with what an occurrence counts.
    pub completions: Vec<(TermOrdinal, f32)>,
    /// Letters that many terms begin with, and what an occurrence of one of these counts.
    pub many: Option<(Vec<char>, f32)>,
}

impl Expansion {
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty() && !self.goes_on()
    }

    /// Whether there are terms that merely begin like it.
    pub(crate) fn goes_on(&self) -> bool {
        !self.completions.is_empty() || self.many.is_some()
    }

    /// Everything but one of many, completions last.
    pub(crate) fn all(&self) -> impl Iterator<Item = (TermOrdinal, f32)> + '_ {
        self.terms.iter().chain(&self.completions).copied()
    }

    pub(crate) fn add(&mut self, term: TermOrdinal, weight: f32) {
        match self.terms.iter_mut().find(|(known, _)| *known == term) {
            Some((_, known)) => *known = known.max(weight),
            None => self.terms.push((term, weight)),
        }
    }

    /// Adds a term and the other terms of its stem.
    pub(crate) fn add_group(&mut self, index: &Index, term: TermOrdinal, weight: f32) {
        self.add(term, weight);
        for other in index.others(term) {
            self.add(other, weight * SAME_STEM);
        }
    }
}

/// How widely a word is to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The word may go on.
    pub prefix: bool,
    /// Other forms of the word count, too.
    pub stems: bool,
}

/// The terms that a word may mean; none for a word that this corpus does not know.
pub(crate) fn expand(index: &Index, word: &Word, scope: Scope) -> Expansion {
    let spelt = index.ordinal(&word.term);
    let mut expansion = Expansion {
        spelt,
        ..Expansion::default()
    };
    let exact = find(index, &word.folded, false);
    for term in exact {
        let weight = if spelt.is_none() || spelt == Some(term) {
            1.0
        } else {
            FOLDED
        };
        if scope.stems {
            expansion.add_group(index, term, weight);
            for compound in index.compounds(term) {
                expansion.add_group(index, compound, COMPOUND);
            }
        } else {
            expansion.add(term, weight);
        }
    }
    if scope.prefix {
        let factor = if expansion.terms.is_empty() {
            1.0
        } else {
            COMPLETION
        };
        match index.beginning(&word.folded) {
            Some(terms) => {
                // The word and its stem have few terms; a search through them is cheap.
                for term in terms {
                    if expansion.terms.iter().all(|(known, _)| *known != term) {
                        let weight = factor * share_typed(index, word, term);
                        expansion.completions.push((term, weight));
                    }
                }
            }
            None => expansion.many = Some((word.folded.clone(), factor * ONE_OF_MANY)),
        }
    }
    expansion
}

/// What an occurrence counts of a term of which the beginning was typed. Linear in its letters.
fn share_typed(index: &Index, word: &Word, term: TermOrdinal) -> f32 {
    let typed = word.folded.len();
    let mut text = String::new();
    index.push_term(term, &mut text);
    let further = characters(&text).saturating_sub(typed);
    typed as f32 / (typed as f32 + PER_LETTER * further as f32)
}

/// Terms that are written like this, accents and case aside, or begin so; in ascending order.
pub(crate) fn find(index: &Index, letters: &[char], prefix: bool) -> Vec<TermOrdinal> {
    let pattern = Pattern {
        letters,
        edits: 0,
        prefix,
    };
    let mut terms = Vec::new();
    for found in index.find(&pattern) {
        for term in found.terms {
            terms.push(TermOrdinal(term));
        }
    }
    terms
}

/// A form that the corpus lacks finds its relatives by the endings that words of this corpus exchange:
/// `meowed` finds `meowing` where `walked` and `walking` share a stem. The most frequent exchange that leads
/// to a known term wins.
pub(crate) fn by_ending(index: &Index, word: &Word) -> Option<TermOrdinal> {
    const SHORTEST_STEM: usize = 3;
    for &(one, other) in index.suffix_pairs() {
        for (from, to) in [(one, other), (other, one)] {
            let Some(stem) = word.term.strip_suffix(from) else {
                continue;
            };
            // A Korean syllable is several letters.
            let is_korean = matches!(stem.chars().next(), Some('\u{ac00}'..='\u{d7a3}'));
            let shortest = if is_korean { 2 } else { SHORTEST_STEM };
            if characters(stem) < shortest {
                continue;
            }
            let known = index.ordinal(&concat(&[stem, to]));
            if known.is_some() {
                return known;
            }
        }
    }
    None
}
