//! Files into clean documents.
//!
//! A search finds what its index holds, so this crate decides what can be found at all: it reads
//! what people have, keeps what they wrote and drops what their site added around it. It runs on
//! the host only, while an index is built; the wasm module never sees it.
//!
//! A file goes through rooms, in this order: `files` finds it and decodes its bytes, `formats` says
//! what it holds, `facts` what is known of it, `cleaning` tells content from chrome, and `corpus`
//! asks what only all pages together tell. `flow` is this way, `page` what goes it, `generators`
//! the table of what is known of site generators, and `report` the reasons for all that is dropped
//! or skipped.
//!
//! In reading order: [`read()`] turns paths into a [`Corpus`] of documents under [`Options`];
//! its [`Report`] says of every dropped block which [`Rule`] dropped it, and of every skipped file
//! the [`Reason`]; [`Error`] is what stops a build. A corpus that is larger than memory, or whose files are read on several
//! machines, is a [`Reading`] first, which gives one document after the other.
//!
//! ```no_run
//! let corpus = samara_corpus::read(&["seeds".into()], &samara_corpus::Options::default())?;
//! for document in &corpus.documents {
//!     println!("{}: {}", document.url, document.title);
//! }
//! print!("{}", corpus.report);
//! # Ok::<(), samara_corpus::Error>(())
//! ```

mod cleaning;
mod cores;
mod corpus;
mod error;
mod facts;
mod faults;
mod files;
mod flow;
mod formats;
mod generators;
mod kept;
mod options;
mod page;
mod read;
mod reader;
mod report;
#[cfg(feature = "training")]
pub mod training;
mod words;
#[cfg(feature = "extract")]
mod workers;

pub use corpus::{Corpus, KnownText, Made};
pub use error::Error;
pub use faults::keep_journal;
pub use files::real_path;
pub use kept::{Appended, Fault, Key, Records, Share, Spill, is_cache_file, is_part, key_of};
pub use options::Options;
pub use page::MarkedFields;
pub use read::{Reading, read, read_watched};
pub use report::{
    Choice, Dropped, Note, Outcome, PassedOver, Reason, Report, Rule, Skip, Warning, json_line,
};
