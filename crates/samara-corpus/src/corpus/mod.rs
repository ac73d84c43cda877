//! What only the whole corpus can tell.
//!
//! [`assemble`](assemble()) takes the pages of all files through the steps, in this order: pages
//! that others exclude, blocks, titles and descriptions that repeat, addresses used twice, near-duplicates. What
//! is left becomes documents with their report.

mod addresses;
mod assemble;
mod decided;
mod descriptions;
mod document;
mod editions;
mod hosting;
mod listed;
mod pages;
mod repeated;
mod settled;
mod similar;
mod tally;
mod titles;

pub(crate) use assemble::{Assembled, Before, assemble};
pub use assemble::{Corpus, KnownText, Made};
pub(crate) use pages::Pages;
