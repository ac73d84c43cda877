//! Looking a word up: one walk over the term dictionary for exact words, beginnings and misspellings.
//!
//! The walk compares folded letters, so `cafe` finds `café` and the other way round, and keeps one row of the
//! edit distance per letter (optimal string alignment: a transposition of neighbours is one edit; Damerau,
//! 1964; Wagner and Fischer, 1974). A branch is left as soon as no entry of its row is within bounds. With no
//! edits allowed the row has one live entry and the walk follows a single path, accents aside.

use core::ops::Range;

use super::{Letters, TermOrdinal, Terms, lead};
use crate::analysis::MAX_WORD;
use crate::list::ToList;

/// What to look for.
pub(crate) struct Pattern<'p> {
    /// The word as it is compared.
    pub letters: &'p [char],
    /// Edits allowed.
    pub edits: u8,
    /// Whether terms may go on after the word.
    pub prefix: bool,
}

/// Terms in a row with their distance from the pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub terms: Range<u32>,
    pub distance: u8,
}

impl Found {
    pub(crate) fn terms(&self) -> impl Iterator<Item = TermOrdinal> + use<> {
        self.terms.clone().map(TermOrdinal)
    }
}

/// All terms that match, in ascending order. Linear in the part of the dictionary within the distance; exact
/// words cost their length times the branching.
pub(crate) fn lookup(terms: &Terms, letters: &Letters, pattern: &Pattern) -> Vec<Found> {
    if pattern.letters.len() > LONGEST {
        return Vec::new();
    }
    #[cfg(feature = "split")]
    if !terms.listed().is_empty() {
        return lookup_in_list(terms.listed(), letters, pattern);
    }
    let stride = pattern.letters.len() + 1;
    let mut walk = Walk {
        terms,
        letters,
        pattern,
        stride,
        rows: (0..stride)
            .map(|edits| edits.min(usize::from(FAR)) as u8)
            .list(),
        path: Vec::new(),
        found: Vec::new(),
    };
    let beginning = if pattern.prefix {
        walk.last_row()[stride - 1]
    } else {
        FAR
    };
    walk.node(terms.root().addr(), 0, beginning);
    walk.found
}

/// The same in a list, of words as they are or their beginnings. Linear in the list.
#[cfg(feature = "split")]
fn lookup_in_list(listed: &[String], letters: &Letters, pattern: &Pattern) -> Vec<Found> {
    let mut found = Vec::new();
    let mut folded = Vec::new();
    for (number, term) in (0..).zip(listed) {
        folded.clear();
        term.chars()
            .for_each(|letter| letters.fold(letter, &mut folded));
        let is_alike = folded.starts_with(pattern.letters);
        if is_alike && (pattern.prefix || folded.len() == pattern.letters.len()) {
            found.push(Found {
                terms: number..number + 1,
                distance: 0,
            });
        }
    }
    found
}

/// Letters of the longest term, folded: a letter folds to three at most. What is longer is near to none.
const LONGEST: usize = 3 * MAX_WORD + 2;
/// Further than any pattern allows.
const FAR: u8 = u8::MAX / 2;

struct Walk<'w> {
    terms: &'w Terms<'w>,
    letters: &'w Letters<'w>,
    pattern: &'w Pattern<'w>,
    stride: usize,
    /// A row of distances for every letter of `path`, and one before the first.
    rows: Vec<u8>,
    /// Letters from the root to here, folded.
    path: Vec<char>,
    found: Vec<Found>,
}

/// The bytes of a letter read so far.
#[derive(Clone, Copy, Default)]
struct Partial {
    code: u32,
    /// Bytes still to come.
    missing: u8,
}

impl Walk<'_> {
    fn last_row(&self) -> &[u8] {
        &self.rows[self.rows.len() - self.stride..]
    }

    /// Visits a node at the end of a letter. `ordinal` is the number of the first term at or below it,
    /// `beginning` the least distance of what led here from the pattern, if terms may go on.
    fn node(&mut self, address: usize, ordinal: u32, beginning: u8) {
        let edits = self.pattern.edits;
        let nearest = self.last_row().iter().copied().min().unwrap_or(FAR);
        if beginning <= edits && nearest >= beginning {
            // Whatever follows, no term below comes nearer.
            let terms = ordinal..ordinal + self.terms.count(address);
            return self.found.push(Found {
                terms,
                distance: beginning,
            });
        }
        if nearest > edits {
            return;
        }
        if self.terms.node(address).is_final() {
            let whole = self.last_row()[self.stride - 1];
            let distance = if self.pattern.prefix {
                beginning
            } else {
                whole
            };
            if distance <= edits {
                self.found.push(Found {
                    terms: ordinal..ordinal + 1,
                    distance,
                });
            }
        }
        self.transitions(address, ordinal, beginning, Partial::default());
    }

    fn transitions(&mut self, address: usize, mut ordinal: u32, beginning: u8, partial: Partial) {
        let terms = self.terms;
        let node = terms.node(address);
        ordinal += u32::from(node.is_final());
        // Without edits the next letter is known.
        let wanted = self.pattern.letters.get(self.path.len());
        let wanted = wanted.map_or(0, |&letter| lead(letter));
        let is_known = self.pattern.edits == 0 && partial.missing == 0;
        for number in 0..node.len() {
            let transition = node.transition(number);
            let byte = transition.inp;
            let first = u32::from(byte);
            if is_known && first != wanted && !self.letters.folds(first) {
                ordinal += terms.count(transition.addr);
                continue;
            }
            let next = match byte {
                _ if partial.missing > 0 => Partial {
                    code: partial.code << 6 | u32::from(byte & 0x3f),
                    missing: partial.missing - 1,
                },
                0..0xc0 => Partial {
                    code: u32::from(byte),
                    missing: 0,
                },
                0xc0..0xe0 => Partial {
                    code: u32::from(byte & 0x1f),
                    missing: 1,
                },
                0xe0..0xf0 => Partial {
                    code: u32::from(byte & 0x0f),
                    missing: 2,
                },
                _ => Partial {
                    code: u32::from(byte & 0x07),
                    missing: 3,
                },
            };
            if next.missing > 0 {
                self.transitions(transition.addr, ordinal, beginning, next);
            } else if let Some(letter) = char::from_u32(next.code) {
                self.letter(letter, transition.addr, ordinal, beginning);
            }
            ordinal += terms.count(transition.addr);
        }
    }

    /// Goes on behind a letter, and comes back.
    fn letter(&mut self, letter: char, address: usize, ordinal: u32, mut beginning: u8) {
        let depth = self.path.len();
        self.letters.fold(letter, &mut self.path);
        for read in depth + 1..=self.path.len() {
            self.push_row(read);
            if self.pattern.prefix {
                beginning = beginning.min(self.last_row()[self.stride - 1]);
            }
        }
        self.node(address, ordinal, beginning);
        self.path.truncate(depth);
        self.rows.truncate((depth + 1) * self.stride);
    }

    /// Appends the distances between the first `read` letters of the path and every beginning of the pattern.
    fn push_row(&mut self, read: usize) {
        let (edits, stride) = (usize::from(self.pattern.edits), self.stride);
        let above = self.rows.len() - stride;
        let row = self.rows.len();
        self.rows.resize(row + stride, FAR);
        let letter = self.path[read - 1];
        // Outside this band the distance exceeds the bound by length alone.
        for place in read.saturating_sub(edits)..stride.min(read + edits + 1) {
            let mut distance = self.rows[above + place] + 1;
            if place > 0 {
                let expected = self.pattern.letters[place - 1];
                let kept = self.rows[above + place - 1] + u8::from(letter != expected);
                distance = distance.min(kept).min(self.rows[row + place - 1] + 1);
                if place > 1
                    && read > 1
                    && letter == self.pattern.letters[place - 2]
                    && self.path[read - 2] == expected
                {
                    distance = distance.min(self.rows[above - stride + place - 2] + 1);
                }
            }
            self.rows[row + place] = distance.min(FAR);
        }
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{Normalizer, Unicode, fold_letters};
    use crate::segment::Reader;

    /// Optimal string alignment distance, by the book.
    fn distance(one: &[char], other: &[char]) -> u8 {
        let mut table = vec![vec![0u8; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    (i + j) as u8
                } else {
                    let kept = table[i - 1][j - 1] + u8::from(one[i - 1] != other[j - 1]);
                    let mut least = kept.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[one.len()][other.len()]
    }

    fn folded(text: &str) -> Vec<char> {
        let mut out = Vec::new();
        fold_letters(&Unicode.decompose(text), &mut out);
        out
    }

    proptest! {
        #[test]
        fn finds_what_comparing_with_every_term_finds(
            words in prop::collection::btree_set("[abcéß한]{1,6}", 1..40),
            word in "[abcé]{1,6}",
            edits in 0u8..3,
            prefix: bool,
        ) {
            let words: BTreeSet<String> = words;
            let all: BTreeSet<char> = words.iter().flat_map(|word| word.chars()).collect();
            let letters = Letters::encode(&all, |letter| folded(&letter.to_string()).iter().collect());
            let letters = Letters::decode(&mut Reader::new(&letters, "letters"));
            let bytes = crate::segment::encode::terms(words.iter().map(String::as_str)).unwrap();
            let terms = Terms::decode(&bytes).unwrap();
            let pattern = folded(&word);
            let mut found: Vec<Option<u8>> = vec![None; words.len()];
            for hit in lookup(&terms, &letters, &Pattern { letters: &pattern, edits, prefix }) {
                for term in hit.terms() {
                    prop_assert_eq!(found[term.0 as usize], None);
                    found[term.0 as usize] = Some(hit.distance);
                }
            }
            for (place, candidate) in words.iter().enumerate() {
                let candidate_folded = folded(candidate);
                // A beginning ends where a letter of the term ends, or within one that folds to several.
                let least = if prefix {
                    (0..=candidate_folded.len())
                        .map(|end| distance(&pattern, &candidate_folded[..end]))
                        .min()
                        .unwrap()
                } else {
                    distance(&pattern, &candidate_folded)
                };
                let expected = (least <= edits).then_some(least);
                prop_assert_eq!(found[place], expected, "{} {}", word, candidate);
            }
        }
    }
}
