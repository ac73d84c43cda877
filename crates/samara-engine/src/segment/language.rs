//! What the build knows of the corpus's languages and a query needs: words too common to search for, and
//! endings that belong together.

use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::{put_str, put_varint};
use super::terms::TermOrdinal;
use crate::Error;

/// Common words and related endings.
pub(crate) struct Language<'a> {
    /// In ascending order.
    stop_words: Vec<u32>,
    /// Pairs of endings that words of one group differ in, the most frequent pair first.
    pub suffix_pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> Language<'a> {
    pub(crate) fn is_stop_word(&self, term: TermOrdinal) -> bool {
        self.stop_words.binary_search(&term.0).is_ok()
    }

    pub(crate) fn decode(bytes: &'a [u8], terms: usize) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, "language");
        let mut stop_words = Vec::new();
        let mut last = 0u32;
        for _ in 0..reader.count() {
            last = reader.at_most(terms).wrapping_add(last);
            if last as usize >= terms {
                reader.fault();
            }
            stop_words.push(last);
        }
        let mut suffix_pairs = Vec::new();
        while !reader.is_at_end() {
            suffix_pairs.push((reader.str(), reader.str()));
        }
        reader.end()?;
        Ok(Language {
            stop_words,
            suffix_pairs,
        })
    }
}

#[cfg(feature = "write")]
pub(crate) fn encode(stop_words: &[TermOrdinal], suffix_pairs: &[(String, String)]) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, stop_words.len() as u32);
    let mut last = 0;
    for word in stop_words {
        put_varint(&mut out, word.0 - last);
        last = word.0;
    }
    for (one, other) in suffix_pairs {
        put_str(&mut out, one);
        put_str(&mut out, other);
    }
    out
}
