//! Which terms of the dictionary a word of the query may mean, and how well each stands for it.

use super::Ranking;
use super::lookup::{Found, Pattern, lookup};
use crate::index::Index;
use crate::query::Word;
use crate::segment::TermOrdinal;
use crate::text::characters;

/// A compound that the word is a part of.
const COMPOUND: f32 = 0.6;
/// A term of the same stem. Lower prefers the form that was typed; below .8 stemming loses its use.
pub(crate) const SAME_STEM: f32 = 0.9;
/// A term that begins with the word, where the word itself occurs, too.
const COMPLETION: f32 = 0.85;
/// What each further letter of a term that begins with the word takes from it, relative to the letters typed: who
/// stops typing has mostly typed most of it.
const PER_LETTER: f32 = 0.5;
/// Of how many completions the letters are counted. A beginning of more says too little.
const MOST_WEIGHED: usize = 400;
/// A completion of so many.
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
}

impl Expansion {
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.completions.is_empty()
    }

    /// Everything, completions last.
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
        for other in index.segment.groups.others(term) {
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
pub(crate) fn expand(index: &Index, word: &Word, scope: Scope, ranking: &Ranking) -> Expansion {
    let spelt = index.segment.terms.ordinal(&word.term);
    let mut expansion = Expansion {
        spelt,
        ..Expansion::default()
    };
    let exact = find(index, &word.folded, false);
    for term in exact.iter().flat_map(Found::terms) {
        let weight = match spelt {
            _ if spelt == Some(term) => 1.0,
            // Where no term is spelt like it, no form is preferred.
            None if ranking.accents > 0.0 => 1.0,
            _ => ranking.accents,
        };
        if weight == 0.0 {
            continue;
        }
        if scope.stems {
            expansion.add_group(index, term, weight);
            for compound in index.segment.spellings.compounds(term) {
                expansion.add_group(index, compound, COMPOUND);
            }
        } else {
            expansion.add(term, weight);
        }
    }
    if scope.prefix {
        // The word and its stem have few terms; a search through them is cheap.
        for term in find(index, &word.folded, true)
            .iter()
            .flat_map(Found::terms)
        {
            if expansion.terms.iter().all(|(known, _)| *known != term) {
                expansion.completions.push((term, ONE_OF_MANY));
            }
        }
        if ranking.accents == 0.0 {
            let mut text = String::new();
            expansion.completions.retain(|&(term, _)| {
                text.clear();
                index.segment.terms.push_term(term, &mut text);
                text.starts_with(&word.term)
            });
        }
        if expansion.completions.len() <= MOST_WEIGHED {
            weigh(index, word, ranking, &mut expansion.completions);
        }
        if !expansion.terms.is_empty() {
            let weaker = 1.0 - (1.0 - COMPLETION) * ranking.beginnings;
            for (_, weight) in &mut expansion.completions {
                *weight *= weaker.max(0.0);
            }
        }
    }
    expansion
}

/// Sets what an occurrence counts of terms of which the beginning was typed. Linear in their letters.
fn weigh(index: &Index, word: &Word, ranking: &Ranking, completions: &mut [(TermOrdinal, f32)]) {
    let per_letter = PER_LETTER * ranking.beginnings;
    let typed = word.folded.len();
    let mut text = String::new();
    for (term, weight) in completions {
        text.clear();
        index.segment.terms.push_term(*term, &mut text);
        let further = characters(&text).saturating_sub(typed);
        *weight = typed as f32 / (typed as f32 + per_letter * further as f32);
    }
}

fn find(index: &Index, letters: &[char], prefix: bool) -> Vec<Found> {
    lookup(
        &index.segment.terms,
        &index.letters,
        &Pattern {
            letters,
            edits: 0,
            prefix,
        },
    )
}

/// A form that the corpus lacks finds its relatives by the endings that words of this corpus exchange:
/// `meowed` finds `meowing` where `walked` and `walking` share a stem. The most frequent exchange that leads
/// to a known term wins.
pub(crate) fn by_ending(index: &Index, word: &Word) -> Option<TermOrdinal> {
    const SHORTEST_STEM: usize = 3;
    for &(one, other) in &index.language.suffix_pairs {
        for (from, to) in [(one, other), (other, one)] {
            let Some(stem) = word.term.strip_suffix(from) else {
                continue;
            };
            // A Korean syllable is several letters.
            let is_korean = stem.starts_with(|letter| matches!(letter, '\u{ac00}'..='\u{d7a3}'));
            let shortest = if is_korean { 2 } else { SHORTEST_STEM };
            if stem.chars().nth(shortest - 1).is_none() {
                continue;
            }
            let mut candidate = String::from(stem);
            candidate.push_str(to);
            if let Some(term) = index.segment.terms.ordinal(&candidate) {
                return Some(term);
            }
        }
    }
    None
}
