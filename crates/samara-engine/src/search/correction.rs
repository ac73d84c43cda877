//! Reading a word that the corpus does not know as one that it does.
//!
//! Only unknown words are corrected: looking for similar words always makes answers to well-spelt queries
//! worse and finds nothing more in misspelt ones.

use super::expansion::{Expansion, Reading};
use super::lookup::{Found, Pattern, lookup};
use crate::analysis::{Normalizer, fold};
use crate::index::Index;
use crate::order::order;
use crate::query::Word;
use crate::segment::TermOrdinal;
use crate::text::characters;

/// Lengths of the shortest words that may have one edit, and two: a shorter word is near to everything.
pub(crate) struct Reach {
    pub one_edit: usize,
    pub two_edits: usize,
}

/// For queries, which are answered with what is found.
const IN_QUERIES: Reach = Reach {
    one_edit: 4,
    two_edits: 8,
};
/// For suggestions, which a person chooses from. Reaching as little as in queries loses one intended word in
/// twenty.
pub(crate) const IN_SUGGESTIONS: Reach = Reach {
    one_edit: 3,
    two_edits: 6,
};
/// Candidates that stand for the word, together; a single one is wrong too often.
const STAND_INS: usize = 3;
/// What an occurrence of the best candidate counts, times this per edit.
const PER_EDIT: f32 = 0.85;
/// How many candidates are compared letter by letter, of those nearest by plain distance.
const MOST_COMPARED: usize = 400;

/// Costs of one edit, in hundredths of a plain one. Chosen by how often the intended word comes first among
/// misspellings that people made and that keyboards make.
const PLAIN: u32 = 100;
const TRANSPOSED: u32 = 70;
const DOUBLED: u32 = 45;
const VOWEL_FOR_VOWEL: u32 = 70;
const NEIGHBOURING_KEY: u32 = 75;
const FIRST_LETTER: u32 = 60;
/// What each doubling of the documents that hold a candidate is worth.
const PER_DOUBLING: u32 = 11;

/// What an unknown word was read as.
pub(crate) enum Corrected {
    /// As these terms; the text is the best of them.
    Word { expansion: Expansion, text: String },
    /// As words that stand in a row somewhere.
    Split(Vec<Word>),
    /// Nothing is near.
    Nothing,
}

/// A term that may have been meant, and how unlikely that is: lower is better.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub term: TermOrdinal,
    pub distance: u8,
    pub cost: u32,
}

/// Reads an unknown word as what it most probably means.
pub(crate) fn correct(
    index: &Index,
    word: &Word,
    reading: Reading,
    normalizer: &dyn Normalizer,
) -> Corrected {
    if word.single || word.is_number() {
        return Corrected::Nothing;
    }
    if let Some(parts) = split(index, word, normalizer) {
        return Corrected::Split(parts);
    }
    // Another number is another thing.
    if word.term.bytes().any(|byte| byte.is_ascii_digit()) {
        return Corrected::Nothing;
    }
    let candidates = candidates(index, &word.folded, reading.prefix, &IN_QUERIES);
    let mut expansion = Expansion::default();
    for candidate in candidates.iter().take(STAND_INS) {
        let weight = (0..candidate.distance).fold(1.0, |weight, _| weight * PER_EDIT);
        expansion.add_group(index, candidate.term, weight);
    }
    match candidates.first() {
        None => Corrected::Nothing,
        Some(best) => {
            let mut text = String::new();
            index.segment.terms.push_term(best.term, &mut text);
            Corrected::Word { expansion, text }
        }
    }
}

/// Terms within the distance that the length of the word allows, the likeliest first. If nothing is near and
/// the word may go on, terms that begin like something near.
pub(crate) fn candidates(
    index: &Index,
    letters: &[char],
    prefix: bool,
    reach: &Reach,
) -> Vec<Candidate> {
    let may_have = |shortest: usize| u8::from(letters.len() >= shortest);
    let most = may_have(reach.one_edit) + may_have(reach.two_edits);
    for edits in 1..=most {
        for prefix in if prefix { &[false, true][..] } else { &[false] } {
            let pattern = Pattern {
                letters,
                edits,
                prefix: *prefix,
            };
            let found = lookup(&index.segment.terms, &index.letters, &pattern);
            let ranked = rank(index, letters, &found, *prefix);
            // With two edits allowed, a word one edit away need not be the one that was meant.
            if !ranked.is_empty() && (edits == most || *prefix) {
                return ranked;
            }
        }
    }
    Vec::new()
}

fn rank(index: &Index, letters: &[char], found: &[Found], prefix: bool) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for distance in 0..=2 {
        let nearest = found
            .iter()
            .filter(|found| found.distance == distance)
            .flat_map(Found::terms);
        for term in nearest.take(MOST_COMPARED - candidates.len()) {
            let documents = index.segment.postings.document_frequency(term);
            if documents == 0 {
                continue;
            }
            let folded = folded_term(index, term);
            let compared = if prefix {
                &folded[..letters.len().min(folded.len())]
            } else {
                &folded[..]
            };
            // More documents make it likelier; the bonus stays below what a plain edit costs for most terms.
            let likely = PER_DOUBLING * documents.ilog2();
            let cost = (edit_cost(letters, compared) + 20 * PER_DOUBLING).saturating_sub(likely);
            candidates.push(Candidate {
                term,
                distance,
                cost,
            });
        }
    }
    let order = order(candidates.len(), &|one, other| {
        let key = |place: u32| {
            (
                candidates[place as usize].cost,
                candidates[place as usize].term,
            )
        };
        key(one).cmp(&key(other))
    });
    order
        .into_iter()
        .map(|place| candidates[place as usize])
        .collect()
}

fn folded_term(index: &Index, term: TermOrdinal) -> Vec<char> {
    let mut text = String::new();
    index.segment.terms.push_term(term, &mut text);
    let mut folded = Vec::new();
    text.chars()
        .for_each(|letter| index.letters.fold(letter, &mut folded));
    folded
}

/// Cost of turning what was meant into what was typed, by the mistakes that people make: doubled and dropped
/// doubles, swapped neighbours, vowel for vowel, the key beside; a wrong first letter is rare.
fn edit_cost(typed: &[char], meant: &[char]) -> u32 {
    let width = meant.len() + 1;
    let mut cost = vec![0u32; (typed.len() + 1) * width];
    let first = |place: usize| if place == 1 { FIRST_LETTER } else { 0 };
    for i in 0..=typed.len() {
        for j in 0..=meant.len() {
            let at = i * width + j;
            if i == 0 && j == 0 {
                continue;
            }
            let mut least = u32::MAX;
            if i > 0 {
                // A letter too many.
                let doubled = i > 1 && typed[i - 1] == typed[i - 2]
                    || j > 0 && j < width && typed[i - 1] == meant[j - 1];
                let price = if doubled { DOUBLED } else { PLAIN + first(i) };
                least = least.min(cost[at - width] + price);
            }
            if j > 0 {
                // A letter missing.
                let doubled =
                    j > 1 && meant[j - 1] == meant[j - 2] || i > 0 && meant[j - 1] == typed[i - 1];
                let price = if doubled { DOUBLED } else { PLAIN + first(j) };
                least = least.min(cost[at - 1] + price);
            }
            if i > 0 && j > 0 {
                let price = match (typed[i - 1], meant[j - 1]) {
                    (typed, meant) if typed == meant => 0,
                    (typed, meant) if is_vowel(typed) && is_vowel(meant) => {
                        VOWEL_FOR_VOWEL + first(i)
                    }
                    (typed, meant) if are_neighbours(typed, meant) => NEIGHBOURING_KEY + first(i),
                    _ => PLAIN + first(i),
                };
                least = least.min(cost[at - width - 1] + price);
                if i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] {
                    least = least.min(cost[at - 2 * width - 2] + TRANSPOSED + first(i - 1) / 2);
                }
            }
            cost[at] = least;
        }
    }
    cost[cost.len() - 1]
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether two keys lie side by side on the keyboard that most of the world types Latin letters on.
fn are_neighbours(one: char, other: char) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    let place = |letter: char| {
        ROWS.iter().enumerate().find_map(|(row, keys)| {
            keys.iter()
                .position(|&key| letter == char::from(key))
                .map(|column| (row, column))
        })
    };
    let (Some(one), Some(other)) = (place(one), place(other)) else {
        return false;
    };
    let (upper, lower) = if one.0 <= other.0 {
        (one, other)
    } else {
        (other, one)
    };
    match lower.0 - upper.0 {
        0 => upper.1.abs_diff(lower.1) == 1,
        1 => upper.1 == lower.1 || upper.1 == lower.1 + 1,
        _ => false,
    }
}

/// The word as two known words that stand in a row in some document: `database` where the text has `data base`.
fn split(index: &Index, word: &Word, normalizer: &dyn Normalizer) -> Option<Vec<Word>> {
    const SHORTEST: usize = 2;
    let length = characters(&word.term);
    let part = |text: &str| Word {
        range: word.range.clone(),
        term: text.to_owned(),
        folded: fold(text, normalizer),
        single: false,
    };
    let mut best: Option<(u32, Vec<Word>)> = None;
    for (place, (at, _)) in word.term.char_indices().enumerate() {
        if place < SHORTEST || place + SHORTEST > length {
            continue;
        }
        let (one, other) = word.term.split_at(at);
        let (Some(first), Some(second)) = (
            index.segment.terms.ordinal(one),
            index.segment.terms.ordinal(other),
        ) else {
            continue;
        };
        let rows = in_a_row(index, first, second);
        if rows > 0 && best.as_ref().is_none_or(|(most, _)| rows > *most) {
            best = Some((rows, vec![part(one), part(other)]));
        }
    }
    best.map(|(_, parts)| parts)
}

/// How often one term follows the other, counted over a bounded number of documents.
fn in_a_row(index: &Index, first: TermOrdinal, second: TermOrdinal) -> u32 {
    const MOST_READ: usize = 64;
    let mut others = index
        .segment
        .postings
        .of(second)
        .map(|(document, _)| document)
        .peekable();
    let both = index
        .segment
        .postings
        .of(first)
        .map(|(document, _)| document)
        .filter(|document| {
            while others.next_if(|other| other < document).is_some() {}
            others.peek() == Some(document)
        });
    let mut count = 0;
    for document in both.take(MOST_READ) {
        let mut before = None;
        for step in index.segment.tokens(document) {
            match step {
                crate::segment::Token::Word(_, term) => {
                    count += u32::from(before == Some(first) && term == second);
                    before = Some(term);
                }
                crate::segment::Token::Separator(_) => {}
                crate::segment::Token::Control(_) => before = None,
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(typed: &str, meant: &str) -> u32 {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        edit_cost(&letters(typed), &letters(meant))
    }

    #[test]
    fn likely_mistakes_cost_less() {
        assert_eq!(cost("summit", "summit"), 0);
        assert!(cost("sumit", "summit") < cost("sumit", "submit"));
        assert!(cost("wnag", "wang") < cost("wnag", "wing"));
        assert!(cost("independant", "independent") < cost("independant", "independxnt"));
        assert!(cost("talls", "talks") < cost("talls", "talbs"));
        assert!(cost("balks", "talks") > cost("talbs", "talks"));
    }

    #[test]
    fn keys_side_by_side_are_neighbours() {
        assert!(are_neighbours('a', 's') && are_neighbours('s', 'w') && are_neighbours('h', 'n'));
        assert!(
            !are_neighbours('a', 'l') && !are_neighbours('q', 'z') && !are_neighbours('é', 'e')
        );
    }
}
