//! What `training/train.py` learns from: every block of a page with its numbers.

use serde::Serialize;

pub use crate::cleaning::sample::{Block, Sample};
use crate::cleaning::{lines as text, markup as html, weighing};

/// The names of all numbers, in the order in which they stand.
#[derive(Serialize)]
pub struct Names {
    /// Of lines of plain text.
    pub lines: Vec<String>,
    /// Of blocks of HTML.
    pub markup: Vec<String>,
    /// Of either, when they are weighed for the second time.
    pub neighbours: Vec<String>,
}

/// The names of the numbers by which blocks are judged.
#[must_use]
pub fn names() -> Names {
    Names {
        lines: weighing::of_lines(),
        markup: weighing::of_markup(),
        neighbours: weighing::of_neighbours(),
    }
}

/// Lines of a page of plain text. Linear in its length.
#[must_use]
pub fn lines(content: &str) -> Sample {
    text::sample(content)
}

/// Blocks of a page of HTML. Linear in its length.
#[must_use]
pub fn markup(content: &str) -> Sample {
    html::sample(content)
}
