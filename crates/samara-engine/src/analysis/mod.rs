//! Analysis: from text to tokens, from letters as written to letters as compared.
//!
//! Build and query go through the same functions, so that what was indexed is what is looked up.
//! Everything that needs Unicode's large tables stays outside the engine: lower case and decomposition come
//! from the host ([`Normalizer`]), stemming happens at build only, and what the letters of a corpus fold to
//! is written into its index.

mod class;
mod fold;
mod normalizer;
mod operators;
mod parts;
mod tokenizer;

#[cfg(feature = "write")]
mod stem;
#[cfg(feature = "write")]
mod stop_words;
#[cfg(feature = "write")]
mod unicode;

pub(crate) use class::{Class, class};
pub(crate) use fold::{fold_letters, is_attached};
pub use normalizer::Normalizer;
pub(crate) use normalizer::{fold, lower};
pub(crate) use operators::{is_lone_operator, operators};
pub(crate) use parts::parts;
#[cfg(any(feature = "split", feature = "write"))]
pub(crate) use tokenizer::pieces;
pub(crate) use tokenizer::{Kind, MAX_WORD, Token, tokens};

#[cfg(feature = "write")]
pub(crate) use stem::Stemmers;
#[cfg(feature = "write")]
pub(crate) use stop_words::stop_words;
#[cfg(feature = "write")]
pub use unicode::Unicode;
