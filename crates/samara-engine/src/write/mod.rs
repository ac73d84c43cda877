//! From documents to an index, on the host alone.

mod collation;
mod fields;
mod numbers;
mod relatives;
mod settings;
mod spellings;
mod suffixes;
mod text;
mod vocabulary;
mod writer;

pub use settings::{Boost, Chosen, Pin, Recency, Settings, Synonym};
pub use writer::IndexWriter;
