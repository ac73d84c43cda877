//! What the build knows of the corpus's languages and a query needs: words too common to search for, and
//! endings that belong together.

use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::{put_str, put_varint};
use super::terms::TermOrdinal;

/// Common words and related endings.
#[derive(Default)]
pub(crate) struct Language<'a> {
    /// In ascending order.
    stop_words: Vec<u32>,
    /// Pairs of endings that words of one group differ in, the most frequent pair first.
    pub suffix_pairs: Vec<(&'a str, &'a str)>,
    /// Number of the language of each term; nothing where all are of one.
    of_terms: &'a [u8],
}

impl<'a> Language<'a> {
    /// Common words, in ascending order.
    pub(crate) fn stop_words(&self) -> &[u32] {
        &self.stop_words
    }

    /// Number of the language that a term mostly occurs in.
    pub(crate) fn of(&self, term: TermOrdinal) -> u8 {
        self.of_terms.get(term.0 as usize).copied().unwrap_or(0)
    }

    pub(crate) fn is_stop_word(&self, term: TermOrdinal) -> bool {
        self.stop_words.binary_search(&term.0).is_ok()
    }

    pub(crate) fn decode(reader: &mut Reader<'a>, terms: usize) -> Self {
        let mut stop_words = Vec::new();
        let mut last = 0u32;
        for _ in 0..reader.count() {
            last = reader.at_most(terms).wrapping_add(last);
            if last as usize >= terms {
                reader.fault();
            }
            stop_words.push(last);
        }
        let suffix_pairs = reader.pairs();
        let of_terms = reader.bytes();
        if !of_terms.is_empty() && of_terms.len() != terms {
            reader.fault();
        }
        Language {
            stop_words,
            suffix_pairs,
            of_terms,
        }
    }
}

#[cfg(feature = "write")]
pub(crate) fn encode(
    stop_words: &[TermOrdinal],
    suffix_pairs: &[(String, String)],
    of_terms: &[u8],
) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, stop_words.len() as u32);
    let mut last = 0;
    for word in stop_words {
        put_varint(&mut out, word.0 - last);
        last = word.0;
    }
    put_varint(&mut out, suffix_pairs.len() as u32);
    for (one, other) in suffix_pairs {
        put_str(&mut out, one);
        put_str(&mut out, other);
    }
    put_varint(&mut out, of_terms.len() as u32);
    out.extend_from_slice(of_terms);
    out
}
