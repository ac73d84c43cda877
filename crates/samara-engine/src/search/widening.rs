//! What words of a query mean beside what was typed: neighbours in one word, and synonyms.

use super::apart::in_one;
use super::expansion::{Scope, expand};
use super::plan::{Highlight, Node, QueryTerm};
use super::planner::Planner;
use crate::analysis::{fold, lower, tokens};
use crate::list::ToList;
use crate::query::{Atom, AtomKind, Clause, Nature, Occur, Word};

/// Words that are joined with a neighbour are no shorter, but for numbers and their units.
const SHORTEST_JOINED: usize = 3;
/// Of two words that were typed apart, what they are worth in one: as much as one of them.
const GUESSED: f32 = 0.5;
/// What a synonym is worth beside what was typed.
const SYNONYM: f32 = 0.8;

impl Planner<'_> {
    /// `data base` finds `database`, too, and `10 kg` finds `10kg`.
    pub(super) fn neighbours_in_one(&mut self, clauses: &[Clause]) {
        for pair in clauses.windows(2) {
            let (Some(one), Some(other)) = (lone_word(&pair[0]), lone_word(&pair[1])) else {
                continue;
            };
            let (Some(first), Some(second)) = (self.slot_of(one), self.slot_of(other)) else {
                continue;
            };
            let range = one.range.start..other.range.end;
            let (left, right) = (&self.plan.terms[first], &self.plan.terms[second]);
            let is_common = left.is_common || right.is_common;
            // A word that may go on is no word yet.
            if (left.is_meant || right.is_meant) && !is_common && !right.expansion.goes_on() {
                // Nothing but its neighbour tells a common word that is meant from one that is not.
                let row = self.plan.terms.len();
                for slot in [first, second] {
                    let word = &self.plan.terms[slot];
                    let word = QueryTerm {
                        expansion: word.expansion.clone(),
                        range: word.range.clone(),
                        highlight: Highlight::InRow,
                        is_made: true,
                        ..QueryTerm::default()
                    };
                    self.plan.terms.push(word);
                }
                let phrase = self.phrase(row..row + 2, &Atom::bare(), false);
                let node = Node::Phrase(phrase, 2.0);
                self.add_clause(range.clone(), Occur::Should, node, Vec::new(), true);
            }
            let is_short = |word: &Word| word.folded.len() < SHORTEST_JOINED;
            let is_measure = one.is_number() && !other.is_number();
            if !is_measure && (is_common || is_short(one) || is_short(other)) {
                continue;
            }
            let expansion = in_one(self.index, &[one, other]);
            if expansion.is_empty() || self.options.exact {
                continue;
            }
            let node = Node::Term(self.plan.terms.len(), 1.0);
            self.plan.terms.push(QueryTerm {
                expansion,
                range: range.clone(),
                is_made: true,
                at_most: Some((first..second + 1, GUESSED)),
                ..QueryTerm::default()
            });
            self.add_clause(range, Occur::Should, node, Vec::new(), true);
        }
    }

    /// Looks for what the site's owner says that words mean as well.
    pub(super) fn synonyms(&mut self, clauses: &[Clause]) {
        for &(from, to) in &self.index.rules.synonyms {
            let mut wanted = Vec::new();
            for token in tokens(from) {
                wanted.push(fold(&from[token.range], self.normalizer));
            }
            let count = wanted.len();
            let is_typed = |clauses: &[Clause]| {
                let mut both = clauses.iter().zip(&wanted);
                both.all(|(clause, wanted)| {
                    lone_word(clause).is_some_and(|word| word.folded == *wanted)
                })
            };
            let Some(place) = clauses.windows(count.max(1)).position(is_typed) else {
                continue;
            };
            let typed = clauses[place..place + count].iter();
            let typed: Vec<&Word> = typed.filter_map(lone_word).list();
            let (Some(first), Some(last)) = (typed.first(), typed.last()) else {
                continue;
            };
            let range = first.range.start..last.range.end;
            let (Some(first), Some(last)) = (self.slot_of(first), self.slot_of(last)) else {
                continue;
            };
            let typed = first..last + 1;
            let mut atom = Atom::bare();
            for token in tokens(to) {
                let written = &to[token.range];
                atom.words.push(Word {
                    range: range.clone(),
                    term: lower(written, self.normalizer),
                    folded: fold(written, self.normalizer),
                    nature: Nature::Word,
                });
            }
            if atom.words.is_empty() {
                continue;
            }
            let first = self.plan.terms.len();
            for word in &atom.words {
                let scope = Scope {
                    prefix: false,
                    stems: true,
                };
                self.plan.terms.push(QueryTerm {
                    expansion: expand(self.index, word, scope, &self.options.ranking),
                    range: range.clone(),
                    highlight: if atom.words.len() > 1 {
                        Highlight::InRow
                    } else {
                        Highlight::Alone
                    },
                    is_made: true,
                    at_most: Some((typed.clone(), 1.0 / count as f32)),
                    ..QueryTerm::default()
                });
            }
            // As many words as were typed, however many stand for them.
            let boost = SYNONYM * count as f32;
            let node = match atom.words.len() {
                1 => Node::Term(first, boost),
                words => Node::Phrase(self.phrase(first..first + words, &atom, false), boost),
            };
            let mut clauses = self.plan.clauses.iter_mut();
            let of_word = clauses.find(|clause| {
                count == 1 && clause.occur != Occur::MustNot && clause.typed == range
            });
            match of_word {
                Some(clause) => {
                    let typed = core::mem::replace(&mut clause.node, Node::Sum(Vec::new()));
                    clause.node = Node::Best(vec![typed, node]);
                }
                None => self.add_clause(range, Occur::Should, node, Vec::new(), false),
            }
        }
    }
}

/// The word of a clause that is nothing else.
fn lone_word(clause: &Clause) -> Option<&Word> {
    let [atom] = clause.alternatives.as_slice() else {
        return None;
    };
    let [word] = atom.words.as_slice() else {
        return None;
    };
    let is_lone = atom.kind == AtomKind::Joined
        && !atom.in_title
        && clause.occur == Occur::Should
        && word.nature == Nature::Word;
    is_lone.then_some(word)
}
