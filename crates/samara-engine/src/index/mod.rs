//! The index: the text *is* the index.
//!
//! An index holds the documents as one stream of form codes and, beside it, the dictionaries that give the
//! codes their meaning. Posting lists are not stored: opening inverts the stream. Measured on the text of The
//! Rust Book, index and full text together are smaller than the text alone, both compressed; stored positions
//! alone would cost as much as the whole compressed text.
//!
//! Three numberings, never mixed: a *form* is a word as written (`Café`) or what stands between words; a
//! *term* is its lower case (`café`), a key of the dictionary; a *group* is the terms of one stem. A word that
//! counts for less or more where it stands is another form than the same word elsewhere.
//!
//! | section | bytes |
//! |---|---|
//! | `counts` | documents, words; how many first bytes begin codes of one and of two bytes |
//! | `letters` | per letter beyond ASCII with case or folding: distance to the one before, its capital, what it is compared as |
//! | `terms` | an fst set of all terms |
//! | `forms` | per form, in the order of the terms: length of its code, kind of case, whether more forms of the term follow, weight; then capitals of mixed forms, letters of others |
//! | `separators` | per separator: length of its code, text |
//! | `groups` | per term: 0, or how many groups back the one lies that it joins |
//! | `language` | ordinals of stop words as distances; pairs of endings |
//! | `stream` | per document: title, then sections of heading and text |
//! | `documents` | addresses, identifiers, near-duplicates, anchors |
//! | `columns` | per metadata field: name, distinct values, and the values of each document |
//!
//! The shell around them is in [`container`]. Numbers are varints ([`codec`]).

mod catalog;
mod codec;
mod columns;
mod container;
mod forms;
mod groups;
mod language;
mod letters;
mod parts;
mod postings;
mod reader;
mod stream;
mod terms;
#[cfg(feature = "write")]
mod writer;

pub(crate) use columns::Column;
pub use container::FORMAT;

pub(crate) use letters::{Letters, lead};
pub(crate) use postings::{HEADING_WEIGHT, ONCE, TITLE_WEIGHT};
pub use reader::{Index, Statistics};
pub(crate) use reader::{Step, TextBuilder};
pub(crate) use stream::Control;
#[cfg(all(test, feature = "write"))]
pub(crate) use terms::encode as encode_terms;
pub(crate) use terms::{TermOrdinal, Terms};
#[cfg(feature = "write")]
pub use writer::IndexWriter;

/// Number of a document, in the order in which documents were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);
