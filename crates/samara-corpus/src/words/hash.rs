//! Numbers for words, where only "the same word or not" is asked.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// The number of a word: the same in every build, and in either case of the letters. Linear.
pub(crate) fn word_hash(word: &str) -> u64 {
    let hash = if word.is_ascii() {
        word.bytes()
            .fold(0, |sum, b| step(sum, u64::from(b.to_ascii_lowercase())))
    } else {
        word.chars()
            .flat_map(char::to_lowercase)
            .fold(0, |sum, c| step(sum, u64::from(u32::from(c))))
    };
    mix(hash, 0)
}

/// The numbers of a text's words, in their order. Linear.
pub(crate) fn word_hashes(text: &str, mut each: impl FnMut(u64)) {
    let (mut sum, mut inside) = (0, false);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (is_word, length) = if byte.is_ascii() {
            let is_word = byte.is_ascii_alphanumeric() || byte == b'_';
            if is_word {
                sum = step(sum, u64::from(byte.to_ascii_lowercase()));
            }
            (is_word, 1)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            if c.is_alphanumeric() {
                sum = c
                    .to_lowercase()
                    .fold(sum, |sum, c| step(sum, u64::from(u32::from(c))));
            }
            (c.is_alphanumeric(), c.len_utf8())
        };
        if inside && !is_word {
            each(mix(sum, 0));
            sum = 0;
        }
        inside = is_word;
        at += length;
    }
    if inside {
        each(mix(sum, 0));
    }
}

/// FNV's step: good enough for words, which [`mix`] spreads.
fn step(sum: u64, value: u64) -> u64 {
    (sum ^ value).wrapping_mul(0x0100_0000_01b3)
}

/// Spreads two numbers over all bits of one.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut mixed = a.rotate_left(23) ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 32)
}

/// A set of such numbers, which need no second hashing.
pub(crate) type WordSet = HashSet<u64, BuildHasherDefault<AsItIs>>;

/// Hands a number on as its own hash.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = step(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn the_words_of_a_text_have_the_numbers_of_the_words() {
        for text in [
            "",
            "One, two_3",
            "  \u{c4}rger\u{2014}\u{e9}t\u{e9} x",
            "\u{212a}elvin k\u{e9}",
        ] {
            let mut hashes = Vec::new();
            word_hashes(text, |hash| hashes.push(hash));
            let expected: Vec<u64> = words(text).map(word_hash).collect();
            assert_eq!(hashes, expected, "{text}");
        }
        assert_eq!(word_hash("\u{c4}rger"), word_hash("\u{e4}rger"));
    }
}
