//! What `training/train.py` learns from: every block of a page with its numbers.

pub use crate::cleaning::sample::{Block, Sample};
use crate::cleaning::{lines as text, markup as html};

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
