//! Samara's search engine: analysis, index format, queries, ranking, snippets.
//!
//! It knows no JavaScript and does no I/O: an index is a slice of bytes, and a search is a pure function of the
//! opened index, the query and its options. The same code runs in a browser and on the host, and gives the same
//! answers.
//!
//! Reading order: [`Document`] is what goes in; [`IndexWriter`] (feature `write`, host only) compiles documents
//! into bytes; [`Index`] opens them; a [`Searcher`] turns a query into an [`Answer`]. A host supplies a [`Normalizer`],
//! since the engine carries no Unicode tables.
//!
//! ```
//! use samara_engine::{Document, Index, IndexWriter, Options, Searcher, Section, Unicode};
//!
//! let mut writer = IndexWriter::new();
//! writer.add(Document {
//!     id: "note".into(),
//!     url: "note.html".into(),
//!     title: "Café in Zürich".into(),
//!     language: Some("en".into()),
//!     sections: vec![Section { text: "Two people were meeting there.".into(), ..Section::default() }],
//!     ..Document::default()
//! });
//! let bytes = writer.finish()?;
//! let index = Index::open(&bytes)?;
//! for query in ["cafe", "ZURICH", "meetings", "zürihc", "peop", "\"people were\""] {
//!     let answer = Searcher::new(&index, &Unicode).search(query, &Options::default());
//!     assert_eq!(answer.total, 1, "{query}");
//! }
//! # Ok::<(), samara_engine::Error>(())
//! ```

mod analysis;
mod answer;
#[cfg(feature = "split")]
mod cell;
mod document;
mod error;
mod index;
mod json;
mod list;
mod number;
mod order;
mod query;
mod search;
mod segment;
#[cfg(feature = "serde")]
mod serialize;
mod text;
#[cfg(feature = "write")]
mod write;

pub use analysis::Normalizer;
#[cfg(feature = "write")]
pub use analysis::Unicode;
pub use answer::{
    Answer, Correction, Duplicate, FacetValue, Fields, Hit, Reason, SectionHit, Snippet,
    Suggestion, Values,
};
pub use document::{Document, Section, Weight};
pub use error::Error;
pub use index::{Index, Statistics};
pub use json::{ToValue, Value};
pub use query::Ignored;
#[cfg(feature = "split")]
pub use search::Second;
pub use search::{Condition, FieldWeights, Options, Ranking, Searcher, Sort, Texts};
#[cfg(feature = "split")]
pub use segment::{Block, BlockKind};
pub use segment::{DocId, FORMAT, InRegion};
#[cfg(all(feature = "split", feature = "write"))]
pub use write::{
    Blocks, Content, CutBlock, FindBlock, IndexAside, KnownBlocks, Sizes, TextKey, Uncut, split,
    split_into, split_to,
};
#[cfg(feature = "write")]
pub use write::{
    Boost, Chosen, ClosedWriter, CodedText, IndexWriter, Lexicon, Pin, Recency, Room, Scratch,
    Settings, Synonym,
};
