//! Markdown: everything in it is content.
//!
//! [`front_matter`] has the fields before the text, [`dialect`] and [`inline`] what generators and
//! vaults add to the language, and [`read`](read()) makes a page of it.

mod dialect;
mod front_matter;
mod inline;
mod read;

pub(crate) use read::read;
