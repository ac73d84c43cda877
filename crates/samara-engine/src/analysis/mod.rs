//! Analysis: from text to tokens, from letters as written to letters as compared.
//!
//! Build and query go through the same functions, so that what was indexed is what is looked up.
//! Everything that needs Unicode's large tables stays outside the engine: lower case and decomposition come
//! from the host ([`Normalizer`]), stemming happens at build only, and what the letters of a corpus fold to
//! is written into its index.

mod class;
mod fold;
mod tokenizer;

#[cfg(feature = "write")]
mod stem;
#[cfg(feature = "write")]
mod stop_words;
#[cfg(feature = "write")]
mod unicode;

pub(crate) use class::{Class, class};
pub(crate) use fold::{fold_letters, is_attached};
pub(crate) use tokenizer::{Kind, MAX_WORD, tokens};

#[cfg(feature = "write")]
pub(crate) use stem::Stemmers;
#[cfg(feature = "write")]
pub(crate) use stop_words::stop_words;
#[cfg(feature = "write")]
pub use unicode::Unicode;

/// What the engine asks of its host about Unicode.
///
/// In a browser these are `toLowerCase` and `normalize`, which cost no bytes; elsewhere [`Unicode`].
/// ASCII never gets here.
pub trait Normalizer {
    /// `text` in lower case (the root locale's), in normal form NFC.
    fn lower(&self, text: &str) -> String;
    /// `text` in lower case, in normal form NFKD.
    fn decompose(&self, text: &str) -> String;
}
