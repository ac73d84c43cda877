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
