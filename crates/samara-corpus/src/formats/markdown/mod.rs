//! Markdown: everything in it is content.
//!
//! [`front_matter`] has the fields before the text, [`read`](read()) the text.

mod front_matter;
mod read;

pub(crate) use read::read;
