//! Which files a corpus has, and what their bytes say as text.
//!
//! [`collect`](collect()) gathers the files of all paths, [`walk`] those beneath a folder,
//! [`format`](mod@format) tells a file's kind by its name, [`decode`](decode()) turns its bytes
//! into text: gzip, byte-order marks, encodings, and [`lines`] reads a file of many entries line by line. [`real`] says
//! where a path leads.

mod collect;
mod decode;
mod format;
mod lines;
mod real;
mod walk;

pub(crate) use collect::{Collected, File, collect};
pub(crate) use decode::decode;
#[cfg(feature = "documents")]
pub(crate) use decode::{most_unpacked, unpack};
pub(crate) use format::Format;
pub(crate) use lines::{Lines, Stop};
pub use real::real_path;
