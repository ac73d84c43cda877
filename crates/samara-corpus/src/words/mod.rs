//! Words, and when two texts are the same.
//!
//! [`fold`](fold()) has the forms in which texts are compared and shown, [`hash`] numbers for
//! words, [`shingles`](mod@shingles) runs of words by which versions of a text are found.

mod fold;
mod hash;
mod shingles;

pub(crate) use fold::{count_words, drop_invisible, fold, push_spaced, tidy, words};
#[cfg(feature = "extract")]
pub(crate) use hash::mix;
pub(crate) use hash::{AsItIs, WordSet, word_hash, word_hashes};
pub(crate) use shingles::{Signature, shingles, signature};
