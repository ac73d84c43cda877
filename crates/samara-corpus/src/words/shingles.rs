//! Runs of words, by which versions of a text are found.

use serde::{Deserialize, Serialize};

use super::hash::{mix, word_hashes};

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Bands and numbers a band: of pairs that share four fifths, 1 in 3,000 is missed.
const BANDS: usize = 20;
const ROWS: usize = 5;

/// What is kept of a text to find its likes, of the smallest shingle in each part of the numbers: a key for each band of
/// them. Boxed, since a corpus may be a million texts of a word each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Signature(Box<[u32; BANDS]>);

impl Signature {
    /// How many bands of numbers a signature has.
    pub const BANDS: usize = BANDS;

    /// The key of a band: texts that share one may be alike.
    pub fn band(&self, number: usize) -> u32 {
        self.0[number]
    }
}

/// The signature of a text; `None` for one without words. Linear.
pub(crate) fn signature<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Signature> {
    const PARTS: u64 = (BANDS * ROWS) as u64;
    let mut least = [u64::MAX; BANDS * ROWS];
    let mut any = false;
    for shingle in shingles(texts) {
        let part = usize::try_from(shingle % PARTS).unwrap_or(0);
        least[part] = least[part].min(shingle / PARTS);
        any = true;
    }
    // A part without a shingle borrows from the next that has one, so that short texts compare too.
    let borrowed = least;
    for part in 0..least.len() {
        let mut from = part;
        for step in 0..least.len() {
            from = (part + step) % least.len();
            if borrowed[from] != u64::MAX {
                break;
            }
        }
        least[part] = mix(borrowed[from], (from + least.len() - part) as u64 % PARTS);
    }
    any.then(|| {
        let mut keys = [0; BANDS];
        for (key, rows) in keys.iter_mut().zip(least.chunks(ROWS)) {
            // Half of the bits tell pages apart as well: whether two are alike is counted.
            *key = (rows.iter().fold(0, |sum, row| mix(sum, *row)) >> 32) as u32;
        }
        Signature(Box::new(keys))
    })
}

/// Hashes of a text's runs of words; the text may come in pieces. A text shorter than a shingle is one.
///
/// Each is a polynomial of the words' numbers, made of the run before by taking one word off and adding one
/// (Karp and Rabin, 1987).
pub(crate) fn shingles<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    const OFF: u64 = BASE.wrapping_pow(SHINGLE as u32);
    let mut words = Vec::new();
    for text in texts {
        word_hashes(text, |hash| words.push(hash));
    }
    let mut run: u64 = 0;
    let mut shingles = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        run = run.wrapping_mul(BASE).wrapping_add(*word);
        if let Some(gone) = at.checked_sub(SHINGLE) {
            run = run.wrapping_sub(words[gone].wrapping_mul(OFF));
        }
        if at + 1 >= SHINGLE {
            shingles.push(mix(run, 0));
        }
    }
    if shingles.is_empty() && !words.is_empty() {
        shingles.push(mix(run, 0));
    }
    shingles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_counts_wherever_it_stands() {
        let of = |text| shingles(std::iter::once(text));
        let first = of("one two three four five six");
        let later = of("zero one two three four five");
        assert_eq!(first[0], later[1]);
        assert_eq!(of("one two").len(), 1);
    }
}
