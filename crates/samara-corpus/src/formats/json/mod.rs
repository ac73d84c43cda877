//! JSON and JSON Lines: documents as objects, and the search indexes of other tools.
//!
//! Text in JSON is content by definition: nothing is cleaned away, and every text of an entry is kept.
//!
//! [`read`](read()) finds the documents of a file, [`entry`] makes a page of an object, [`nested`]
//! the blocks of what lies deeper, and [`index`] pages of mdBook's index.

mod entry;
mod index;
mod nested;
mod read;

pub(crate) use entry::{page, within};
pub(crate) use read::{ENTRY, Entries, Entry, cost, line, read};
