//! What case and folding do to the letters of this corpus.
//!
//! The engine has no Unicode tables: for each letter beyond ASCII that occurs in a term, the index says what
//! its capital is and what it is compared as. An index of Latin text needs a few dozen entries, one of
//! Chinese text none.

use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::{put_str, put_varint};

/// Korean syllables decompose by arithmetic (The Unicode Standard, 3.12), which spares the table thousands of
/// entries.
const HANGUL: u32 = 0xac00;
const SYLLABLES: u32 = 11_172;

/// Case and folding of the letters of a corpus, in ascending order of the letters.
#[derive(Default)]
pub(crate) struct Letters<'a> {
    /// Letter, capital, and what it is compared as.
    letters: Vec<(char, char, &'a str)>,
    /// First bytes of the letters, a bit each, counted from that of two-byte letters.
    leads: u64,
}

/// First bytes of Korean syllables, likewise.
const SYLLABLE_LEADS: u64 = 0b1111 << 0x2a;

/// First byte of a letter.
pub(crate) fn lead(letter: char) -> u32 {
    match letter as u32 {
        code @ 0..0x80 => code,
        code @ 0x80..0x800 => 0xc0 | code >> 6,
        code @ 0x800..0x1_0000 => 0xe0 | code >> 12,
        code => 0xf0 | code >> 18,
    }
}

impl<'a> Letters<'a> {
    /// Whether some letter with this first byte is compared as another than itself.
    pub(crate) fn folds(&self, lead: u32) -> bool {
        lead >= 0xc0 && (self.leads | SYLLABLE_LEADS) >> (lead & 0x3f) & 1 == 1
    }

    fn find(&self, letter: char) -> Option<&(char, char, &'a str)> {
        let place = self.letters.partition_point(|entry| entry.0 < letter);
        self.letters.get(place).filter(|entry| entry.0 == letter)
    }

    /// Capital of a lower-case letter of the corpus.
    pub(crate) fn upper(&self, letter: char) -> char {
        if letter.is_ascii() {
            return letter.to_ascii_uppercase();
        }
        self.find(letter).map_or(letter, |&(_, upper, _)| upper)
    }

    /// A text in lower case, letter by letter.
    #[cfg(feature = "split")]
    pub(crate) fn lower(&self, text: &str) -> String {
        let mut lower = String::with_capacity(text.len());
        for letter in text.chars() {
            let mut of = letter.to_ascii_lowercase();
            if !letter.is_ascii() && self.find(letter).is_none() {
                let known = self.letters.iter().find(|entry| entry.1 == letter);
                of = known.map_or(letter, |entry| entry.0);
            }
            lower.push(of);
        }
        lower
    }

    /// Appends what a letter of the corpus is compared as: itself, another letter, several or none.
    pub(crate) fn fold(&self, letter: char, out: &mut Vec<char>) {
        if letter.is_ascii() {
            out.push(letter);
            return;
        }
        let syllable = (letter as u32).wrapping_sub(HANGUL);
        if syllable < SYLLABLES {
            let last = 0x11a7 + syllable % 28;
            for jamo in [0x1100 + syllable / 588, 0x1161 + syllable % 588 / 28, last] {
                if jamo != 0x11a7 {
                    out.extend(char::from_u32(jamo));
                }
            }
        } else if let Some(&(_, _, folded)) = self.find(letter) {
            out.extend(folded.chars());
        } else {
            out.push(letter);
        }
    }

    pub(crate) fn decode(reader: &mut Reader<'a>) -> Self {
        let mut letters = Letters::default();
        let mut last = 0x7f;
        while !reader.is_at_end() {
            let letter = reader.varint().wrapping_add(last);
            let upper = char::from_u32(reader.varint());
            let (Some(letter), Some(upper)) = (char::from_u32(letter), upper) else {
                reader.fault();
                break;
            };
            if letter as u32 <= last {
                reader.fault();
            }
            last = letter as u32;
            letters.leads |= 1 << (lead(letter) & 0x3f);
            letters.letters.push((letter, upper, reader.str()));
        }
        letters
    }

    /// Bytes of letters with their case and folding. `folded` gives what a letter is compared as.
    #[cfg(feature = "write")]
    pub(crate) fn encode(
        of: &std::collections::BTreeSet<char>,
        folded: impl Fn(char) -> String,
    ) -> Vec<u8> {
        let mut out = Vec::new();
        let mut last = 0x7f;
        let listed = |letter: &&char| {
            !letter.is_ascii() && !(HANGUL..HANGUL + SYLLABLES).contains(&(**letter as u32))
        };
        for &letter in of.iter().filter(listed) {
            let mut capitals = letter.to_uppercase();
            let upper = match (capitals.next(), capitals.next()) {
                (Some(upper), None) => upper,
                _ => letter,
            };
            let folded = folded(letter);
            if upper == letter && folded.chars().eq([letter]) {
                continue;
            }
            put_varint(&mut out, letter as u32 - last);
            put_varint(&mut out, upper as u32);
            put_str(&mut out, &folded);
            last = letter as u32;
        }
        out
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use crate::analysis::{Normalizer, Unicode, fold_letters};

    fn folded(letter: char) -> String {
        let mut out = Vec::new();
        fold_letters(&Unicode.decompose(&letter.to_string()), &mut out);
        out.into_iter().collect()
    }

    #[test]
    fn every_letter_folds_from_the_table_as_it_does_from_unicode() {
        let all =
            ('\u{80}'..=char::MAX).filter(|letter| letter.is_lowercase() || letter.is_alphabetic());
        let all: std::collections::BTreeSet<char> = all.collect();
        let bytes = Letters::encode(&all, folded);
        let letters = Reader::whole(&bytes, Letters::decode).unwrap();
        for &letter in &all {
            let mut out = Vec::new();
            letters.fold(letter, &mut out);
            assert_eq!(
                out.into_iter().collect::<String>(),
                folded(letter),
                "{letter}"
            );
        }
        assert_eq!(letters.upper('é'), 'É');
        assert_eq!(letters.upper('ß'), 'ß');
        for end in 0..200 {
            let _ = Reader::whole(&bytes[..end], Letters::decode);
        }
    }
}
