//! An opened index: what is resident while queries are answered.
//!
//! An [`Index`] knows the statistics, the letters, the metadata and the catalog of all documents, and owns the
//! segment that holds their text. It knows no query.

mod documents;
#[cfg(feature = "split")]
mod loaded;
mod open;
mod pages;
mod rarity;
mod words;

#[cfg(all(feature = "split", feature = "write"))]
pub(crate) use open::titles;
pub use open::{Index, Statistics};
pub(crate) use pages::{Field, Text};
pub(crate) use rarity::inverse_document_frequency;
#[cfg(all(feature = "split", feature = "write"))]
pub(crate) use words::{MANY, Merged};
