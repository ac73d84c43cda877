//! A segment: documents as bytes, and what reads them. The text *is* the index.
//!
//! A segment knows no query. It holds the documents as one stream of form codes and, beside it, the dictionaries that give the
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
//! | `forms` | per form, in the order of the terms: length of its code, kind of case, whether more forms of the term follow, whether it has a weight; then capitals of mixed forms, letters of others, weights |
//! | `separators` | per separator: length of its code, text |
//! | `groups` | per term: 0, or how many groups back the one lies that it joins |
//! | `language` | ordinals of stop words as distances; pairs of endings; the language of each term where there are several |
//! | `spellings` | pairs of terms and the term that they make together; parts of compounds and the compounds |
//! | `rules` | synonyms; queries and their pinned documents; what each document counts |
//! | `stream` | per document: title, then sections of heading and text, then words of its fields |
//! | `documents` | addresses, identifiers, near-duplicates, places in the order of titles, anchors |
//! | `columns` | per metadata field: name, distinct values in their order, and the values of each document |
//!
//! The shell around them is in [`container`]. Numbers are varints ([`codec`]).

#[cfg(feature = "write")]
mod automaton;
#[cfg(feature = "split")]
pub(crate) mod blocks;
mod catalog;
mod codec;
mod columns;
mod container;
mod forms;
mod groups;
mod language;
mod letters;
mod lookup;
mod norm;
mod parts;
mod postings;
mod rules;
#[allow(
    clippy::module_inception,
    reason = "the room is named after what it makes"
)]
mod segment;
mod spellings;
mod stream;
mod terms;

#[cfg(feature = "split")]
pub use blocks::{Block, BlockKind};
pub(crate) use catalog::Catalog;
pub(crate) use codec::Reader;
pub(crate) use columns::Column;
pub use container::FORMAT;
#[cfg(all(feature = "split", feature = "write"))]
pub(crate) use container::checksum;
pub(crate) use container::{Section, unpack};
pub(crate) use forms::Forms;
#[cfg(feature = "split")]
pub(crate) use forms::UNWEIGHTED;
pub(crate) use groups::Groups;
pub(crate) use language::Language;
pub(crate) use letters::{Letters, lead};
pub(crate) use lookup::{Found, Pattern, lookup};
pub(crate) use norm::{Norm, Title};
pub use postings::InRegion;
#[cfg(all(feature = "split", feature = "write"))]
pub(crate) use postings::Postings;
pub(crate) use postings::{Cursor, Evidence, Neighbours, ONCE, Posting};
#[cfg(feature = "write")]
pub(crate) use rules::ORDINARY;
pub(crate) use rules::Rules;
pub(crate) use segment::{Dictionary, LEAD, Segment, TextBuilder, Token, UNNOTICED};
pub(crate) use spellings::Spellings;
#[cfg(feature = "split")]
pub(crate) use stream::WIDE;
pub(crate) use stream::{CodeLengths, Control, FormId};
pub(crate) use terms::{TermOrdinal, Terms};

/// The encoders, each beside its decoder.
#[cfg(feature = "write")]
pub(crate) mod encode {
    pub(crate) use super::catalog::{encode as catalog, put_anchors as anchors};
    pub(crate) use super::codec::{put_str, put_varint, trusted_varint};
    pub(crate) use super::columns::encode as column_of;
    #[cfg(feature = "split")]
    pub(crate) use super::columns::encode_one as column;
    #[cfg(feature = "split")]
    pub(crate) use super::container::HEADER;
    pub(crate) use super::container::pack;
    pub(crate) use super::forms::{Case, encode as forms};
    pub(crate) use super::groups::encode as groups;
    pub(crate) use super::language::encode as language;
    pub(crate) use super::rules::encode as rules;
    pub(crate) use super::spellings::encode as spellings;
    pub(crate) use super::terms::encode as terms;
}

pub(crate) use columns::decode as decode_columns;

/// Number of a document, in the order in which documents were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);
