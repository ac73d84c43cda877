//! Files into clean documents.
//!
//! A search finds what its index holds, so this crate decides what can be found at all: it reads
//! what people have, keeps what they wrote and drops what their site added around it. It runs on
//! the host only, while an index is built; the wasm module never sees it.
//!
//! In reading order: [`read()`] turns paths into a [`Corpus`] of documents under [`Options`];
//! its [`Report`] says of every dropped block which [`Rule`] dropped it; [`Error`] is what stops a
//! build.
//!
//! ```no_run
//! let corpus = samara_corpus::read(&["seeds".into()], &samara_corpus::Options::default())?;
//! for document in &corpus.documents {
//!     println!("{}: {}", document.url, document.title);
//! }
//! print!("{}", corpus.report);
//! # Ok::<(), samara_corpus::Error>(())
//! ```

mod blob;
mod corpus;
mod date;
mod decode;
mod error;
mod fields;
mod files;
mod fold;
mod format;
mod front_matter;
mod html;
mod json;
mod judge;
mod language;
mod listing;
mod markdown;
mod options;
mod page;
mod phrases;
mod read;
mod repeated;
mod report;
mod rule;
mod similar;
mod text;
#[cfg(feature = "training")]
pub mod training;
mod url;
mod word_hash;
mod workers;

pub use error::Error;
pub use listing::json_line;
pub use options::Options;
pub use read::{Corpus, read, read_watched};
pub use report::{Dropped, Outcome, Report, Warning};
pub use rule::Rule;
