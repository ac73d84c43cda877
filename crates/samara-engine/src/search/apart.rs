//! Words that were typed in one and may stand apart in the corpus, and the other way round.

use super::expansion::Expansion;
use crate::analysis::parts;
use crate::index::Index;
use crate::query::{Atom, Nature, Word};

/// Digits between two marks of a number.
const THOUSANDS: usize = 3;
const LONGEST_ABBREVIATION: usize = 4;
const LONGEST_UNIT: usize = 4;

/// A word as words in a row, which the corpus may have divided: `10,000` for `10000`, `U.S.` for `US`, `10 kg` for
/// `10kg`, `get_user_name` for `getUserName`.
pub(crate) fn apart(text: &str, atom: &Atom) -> Option<Atom> {
    let [word] = atom.words.as_slice() else {
        return None;
    };
    let written = &text[word.range.clone()];
    if !word.term.is_ascii() || word.nature != Nature::Word {
        return None;
    }
    let length = word.term.len();
    let digits = word.term.bytes().take_while(u8::is_ascii_digit).count();
    let is_capital = written.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut ends: Vec<usize> = Vec::new();
    if digits == length {
        ends.extend((1..length).filter(|end| (length - end) % THOUSANDS == 0));
    } else if length <= LONGEST_ABBREVIATION && is_capital {
        ends.extend(1..length);
    } else if digits > 0 && length - digits <= LONGEST_UNIT {
        let unit = &word.term.as_bytes()[digits..];
        ends.extend(unit.iter().all(u8::is_ascii_alphabetic).then_some(digits));
    } else {
        let capitals = written
            .bytes()
            .take(64)
            .enumerate()
            .fold(0, |mask, (place, byte)| {
                mask | u64::from(byte.is_ascii_uppercase()) << place
            });
        let mut end = 0;
        parts(&word.term, capitals, &mut |part| {
            end += part.len();
            ends.push(end);
        });
        // A part of one letter is passed over: then the ends are those of nothing.
        if end != length {
            ends.clear();
        }
        ends.pop();
    }
    if ends.is_empty() {
        return None;
    }
    ends.push(length);
    let mut start = 0;
    let words = ends.into_iter().map(|end| {
        let from = core::mem::replace(&mut start, end);
        Word {
            range: word.range.clone(),
            term: word.term[from..end].to_owned(),
            folded: word.folded[from..end].to_vec(),
            nature: Nature::Word,
        }
    });
    Some(Atom {
        words: words.collect(),
        in_title: atom.in_title,
        signs: atom.signs.clone(),
        prefix: atom.prefix && digits < length && !is_capital,
        ..Atom::bare()
    })
}

/// The terms of words written in one, if there are any. Numbers are one where all but the first have three digits.
pub(crate) fn in_one(index: &Index, words: &[&Word]) -> Expansion {
    let mut expansion = Expansion::default();
    let mut term = String::new();
    let (mut all_numbers, mut is_divided) = (true, true);
    for word in words {
        if word.nature != Nature::Word {
            return expansion;
        }
        all_numbers &= word.is_number();
        is_divided &= term.is_empty() || word.term.len() == THOUSANDS;
        term.push_str(&word.term);
    }
    if all_numbers && !is_divided {
        return expansion;
    }
    if let Some(term) = index.ordinal(&term) {
        expansion.add_group(index, term, 1.0);
    }
    expansion
}
