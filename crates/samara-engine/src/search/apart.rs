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
    if !word.term.is_ascii() || word.nature != Nature::Word {
        return None;
    }
    let written = text[word.range.clone()].as_bytes();
    let term = word.term.as_bytes();
    let length = term.len();
    let digits = term.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_capital = written.iter().all(u8::is_ascii_uppercase);
    let is_abbreviation = is_capital && length <= LONGEST_ABBREVIATION;
    let mut ends = Vec::new();
    if digits == 0 && !is_abbreviation || length - digits > LONGEST_UNIT {
        let mut capitals = 0;
        for (place, byte) in written.iter().take(64).enumerate() {
            capitals |= u64::from(byte.is_ascii_uppercase()) << place;
        }
        let mut end = 0;
        parts(&word.term, capitals, &mut |part| {
            end += part.len();
            ends.push(end);
        });
        // A part of one letter is passed over: then the ends are those of nothing.
        if end != length {
            ends.clear();
        }
    } else {
        for end in 1..=length {
            let is_end = if digits == length {
                (length - end).is_multiple_of(THOUSANDS)
            } else {
                is_abbreviation || end == digits && term[end..].iter().all(u8::is_ascii_alphabetic)
            };
            if is_end || end == length {
                ends.push(end);
            }
        }
    }
    if ends.len() < 2 {
        return None;
    }
    let mut other = Atom {
        in_title: atom.in_title,
        signs: atom.signs.clone(),
        prefix: atom.prefix && digits < length && !is_capital,
        ..Atom::bare()
    };
    let mut start = 0;
    for end in ends {
        other.words.push(Word {
            range: word.range.clone(),
            term: word.term[start..end].to_owned(),
            folded: word.folded[start..end].to_vec(),
            nature: Nature::Word,
        });
        start = end;
    }
    Some(other)
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
