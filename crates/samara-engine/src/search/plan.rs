//! From a query to what has to be computed: every word with its terms, misspellings corrected, common words
//! left out.

use super::correction::{self, Corrected};
use super::expansion::{Expansion, Reading, expand};
use super::scan::{MOST_BITS, Masks};
use crate::analysis::Normalizer;
use crate::index::Index;
use crate::query::{Atom, AtomKind, Clause, Ignored, Occur, Query, Signs, Word};
use crate::text::concat;

/// What a search has to compute.
pub(crate) struct Plan {
    pub clauses: Vec<PlannedClause>,
    /// Which terms stand for which words.
    pub masks: Masks,
    /// The words that have a bit in the masks, in the order of the bits.
    pub words: Vec<Word>,
    /// The query as it was understood, where that is not how it was typed.
    pub corrected: Option<String>,
}

/// Something to look for, with its terms.
pub(crate) struct PlannedClause {
    /// What was typed of it.
    pub text: String,
    pub occur: Occur,
    pub alternatives: Vec<PlannedAtom>,
    /// Adds to the score of a document but is nothing that was asked for.
    pub extra: bool,
}

/// A word or words that belong together, with their terms.
pub(crate) struct PlannedAtom {
    pub kind: AtomKind,
    pub in_title: bool,
    pub signs: Signs,
    /// Bit of the first word; the others follow.
    pub first: usize,
    pub words: Vec<PlannedWord>,
    /// The words written in one, `wifi` for `wi-fi`; empty where the corpus has no such word. Their bit is
    /// the one behind those of the words.
    pub in_one: Expansion,
    /// What it is worth, in words. A number is all of its parts; in a word as long, parts say as much (measured).
    pub in_one_worth: f32,
}

/// Letters that a part of a longer word has where it says something by itself.
const TELLING_PART: usize = 3;

/// A word with its terms.
pub(crate) struct PlannedWord {
    pub expansion: Expansion,
    /// Too common to be looked for beside other words.
    pub common: bool,
    /// A character that only counts with its neighbours.
    pub single: bool,
    /// A part of a longer word that says little by itself, as those of `1.2.3` and `R&D` do.
    pub short: bool,
}

impl Plan {
    /// Looks up every word. `correct` allows misspelt words to be read as others.
    pub(crate) fn new(
        index: &Index,
        text: &str,
        query: &mut Query,
        correct: bool,
        normalizer: &dyn Normalizer,
    ) -> Plan {
        let mut plan = Plan {
            clauses: Vec::new(),
            masks: Masks::new(index.segment.terms.len()),
            words: Vec::new(),
            corrected: None,
        };
        let mut replacements = Vec::new();
        for clause in &query.clauses {
            let apart: Vec<Atom> = clause
                .alternatives
                .iter()
                .filter_map(|atom| apart(text, atom))
                .collect();
            let mut alternatives = Vec::new();
            // In one loop, since chained iterators are compiled into a function apiece.
            for number in 0..clause.alternatives.len() + apart.len() {
                let atom = match clause.alternatives.get(number) {
                    Some(atom) => atom,
                    None => &apart[number - clause.alternatives.len()],
                };
                let planned = plan.atom(index, text, atom, correct, normalizer, &mut replacements);
                alternatives.push(planned);
            }
            // Of what came too late for its place in the masks nothing can be asked.
            let is_empty = alternatives.iter().all(|atom| atom.words.is_empty());
            let words = clause.alternatives.iter().flat_map(|atom| &atom.words);
            let typed = words
                .map(|word| word.range.clone())
                .reduce(|first, last| first.start..last.end);
            plan.clauses.push(PlannedClause {
                text: text[typed.unwrap_or_default()].to_owned(),
                occur: if is_empty {
                    Occur::Should
                } else {
                    clause.occur
                },
                alternatives,
                extra: false,
            });
        }
        plan.leave_out_common_words(text, query);
        plan.neighbours_in_one(index, text, &query.clauses);
        if !replacements.is_empty() {
            plan.corrected = Some(replaced(text, &replacements));
        }
        plan
    }

    fn atom(
        &mut self,
        index: &Index,
        text: &str,
        atom: &Atom,
        correct: bool,
        normalizer: &dyn Normalizer,
        replacements: &mut Vec<(core::ops::Range<usize>, String)>,
    ) -> PlannedAtom {
        let mut words: Vec<(Word, Expansion)> = Vec::new();
        let last = atom.words.len() - 1;
        for (place, word) in atom.words.iter().enumerate() {
            let reading = Reading {
                prefix: atom.prefix && place == last,
                stems: atom.kind != AtomKind::Phrase,
            };
            let mut expansion = expand(index, word, reading);
            // Looking for similar words takes longer than everything else.
            if expansion.is_empty() && correct && self.words.len() < MOST_BITS {
                match correction::correct(index, word, reading, normalizer) {
                    Corrected::Word {
                        expansion: terms,
                        text,
                    } => {
                        expansion = terms;
                        replacements.push((word.range.clone(), text));
                    }
                    Corrected::Split(parts) => {
                        let mut text = String::new();
                        for part in parts {
                            text = concat(&[
                                &text,
                                if text.is_empty() { "" } else { " " },
                                &part.term,
                            ]);
                            let expansion = expand(
                                index,
                                &part,
                                Reading {
                                    prefix: false,
                                    stems: false,
                                },
                            );
                            words.push((part, expansion));
                        }
                        replacements.push((word.range.clone(), text));
                        continue;
                    }
                    Corrected::Nothing => {}
                }
            }
            words.push((word.clone(), expansion));
        }
        let is_phrase = words.len() > 1 || atom.in_title || atom.signs != Signs::default();
        if is_phrase && self.words.len() + words.len() > MOST_BITS {
            words.clear();
        }
        let first = self.words.len();
        let mut planned = PlannedAtom {
            kind: atom.kind,
            in_title: atom.in_title,
            signs: atom.signs.clone(),
            first,
            words: Vec::new(),
            in_one: Expansion::default(),
            in_one_worth: 1.0,
        };
        let whole = match words.as_slice() {
            [(first, _), .., (last, _)] if atom.kind == AtomKind::Joined => {
                Some(first.range.start..last.range.end)
            }
            _ => None,
        };
        if whole.is_some() && words.iter().all(|(word, _)| !word.single) {
            planned.in_one = in_one(index, words.iter().map(|(word, _)| word));
            if words.iter().all(|(word, _)| word.is_number()) {
                planned.in_one_worth = words.len() as f32;
            }
        }
        let is_part = words.len() > 1;
        for (word, expansion) in words {
            let bit = self.words.len();
            expansion
                .all()
                .for_each(|(term, _)| self.masks.set(term, bit));
            let spelt = index.segment.terms.ordinal(&word.term);
            let common = spelt.is_some_and(|term| index.language.is_stop_word(term));
            planned.words.push(PlannedWord {
                expansion,
                common,
                single: word.single,
                short: is_part && word.folded.len() < TELLING_PART,
            });
            self.words.push(word);
        }
        // A bit of its own: as a reading of each word it would make phrases of what is none.
        let bit = self.words.len();
        if let (Some(range), false) = (whole, planned.in_one.is_empty() || bit >= MOST_BITS) {
            planned
                .in_one
                .all()
                .for_each(|(term, _)| self.masks.set(term, bit));
            let (term, folded) = (text[range.clone()].to_owned(), Vec::new());
            self.words.push(Word {
                range,
                term,
                folded,
                single: false,
            });
        }
        planned
    }

    /// Common words say nothing beside others; a query of nothing else is looked up as it is.
    fn leave_out_common_words(&mut self, text: &str, query: &mut Query) {
        let is_common = |clause: &PlannedClause| {
            clause.occur == Occur::Should
                && clause.alternatives.iter().all(|atom| {
                    atom.kind == AtomKind::Joined
                        && !atom.words.is_empty()
                        && atom.words.iter().all(|word| word.common)
                })
        };
        // Beside a word that finds nothing, common words are all there is.
        let telling = |clause: &PlannedClause| {
            let words =
                |atom: &PlannedAtom| atom.words.iter().any(|word| !word.expansion.is_empty());
            clause.occur != Occur::MustNot
                && !is_common(clause)
                && clause.alternatives.iter().any(words)
        };
        if !self.clauses.iter().any(telling) {
            return;
        }
        for (planned, clause) in self.clauses.iter().zip(&query.clauses) {
            if is_common(planned) {
                for word in clause.alternatives.iter().flat_map(|atom| &atom.words) {
                    let ignored = Ignored {
                        text: text[word.range.clone()].to_owned(),
                        reason: "common",
                    };
                    if !query.ignored.contains(&ignored) {
                        query.ignored.push(ignored);
                    }
                }
            }
        }
        self.clauses.retain(|clause| !is_common(clause));
    }

    /// `data base` finds `database`, too.
    fn neighbours_in_one(&mut self, index: &Index, text: &str, clauses: &[Clause]) {
        let word_of = |clause: &Clause| match clause.alternatives.as_slice() {
            [
                Atom {
                    words,
                    kind: AtomKind::Joined,
                    in_title: false,
                    ..
                },
            ] if words.len() == 1 && clause.occur == Occur::Should && !words[0].single => {
                Some(words[0].clone())
            }
            _ => None,
        };
        for pair in clauses.windows(2) {
            let [Some(one), Some(other)] = [&pair[0], &pair[1]].map(word_of) else {
                continue;
            };
            let expansion = in_one(index, [&one, &other].into_iter());
            if expansion.is_empty() {
                continue;
            }
            let mut first = 0;
            for (bit, word) in self.words.iter().enumerate() {
                if word.range == one.range || word.range == other.range {
                    first = bit;
                    expansion
                        .all()
                        .for_each(|(term, _)| self.masks.set(term, bit));
                }
            }
            let word = PlannedWord {
                expansion,
                common: false,
                single: false,
                short: false,
            };
            let atom = PlannedAtom {
                kind: AtomKind::Joined,
                in_title: false,
                signs: Signs::default(),
                first,
                words: vec![word],
                in_one: Expansion::default(),
                in_one_worth: 1.0,
            };
            self.clauses.push(PlannedClause {
                text: text[one.range.start..other.range.end].to_owned(),
                occur: Occur::Should,
                alternatives: vec![atom],
                extra: true,
            });
        }
    }
}

/// A number as its thousands, capitals as letters, which the corpus may have divided: `10,000` for `10000`, `U.S.` for
/// `US`.
fn apart(text: &str, atom: &Atom) -> Option<Atom> {
    const THOUSANDS: usize = 3;
    const LONGEST_ABBREVIATION: usize = 4;
    let [word] = atom.words.as_slice() else {
        return None;
    };
    let written = text[word.range.clone()].as_bytes();
    let part = if word.is_number() {
        THOUSANDS
    } else if written.len() <= LONGEST_ABBREVIATION && written.iter().all(u8::is_ascii_uppercase) {
        1
    } else {
        return None;
    };
    if word.term.len() <= part {
        return None;
    }
    let mut words = Vec::new();
    let mut start = 0;
    while start < word.term.len() {
        let end = start + (word.term.len() - start - 1) % part + 1;
        words.push(Word {
            range: word.range.clone(),
            term: word.term[start..end].to_owned(),
            folded: word.folded[start..end].to_vec(),
            single: false,
        });
        start = end;
    }
    Some(Atom {
        words,
        kind: AtomKind::Phrase,
        in_title: atom.in_title,
        signs: atom.signs.clone(),
        prefix: false,
    })
}

/// The terms of words written in one, if there are any.
fn in_one<'w>(index: &Index, words: impl Iterator<Item = &'w Word>) -> Expansion {
    let mut expansion = Expansion::default();
    let mut term = String::new();
    words.for_each(|word| term.push_str(&word.term));
    if let Some(term) = index.segment.terms.ordinal(&term) {
        expansion.add_group(index, term, 1.0);
    }
    expansion
}

/// `text` with other words in the places given.
fn replaced(text: &str, replacements: &[(core::ops::Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut position = 0;
    for (range, replacement) in replacements {
        out.push_str(&text[position..range.start]);
        out.push_str(replacement);
        position = range.end;
    }
    out.push_str(&text[position..]);
    out
}
