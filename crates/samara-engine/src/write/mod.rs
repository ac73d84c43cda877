//! From documents to an index, on the host alone.

mod writer;

pub use writer::IndexWriter;
