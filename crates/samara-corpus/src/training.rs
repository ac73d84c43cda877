//! What `training/train.py` learns from: every block of a page with its numbers.

use serde::Serialize;

use crate::html;
use crate::text;

/// A block and the numbers by which it is judged.
#[derive(Serialize)]
pub struct Sample {
    /// The block.
    pub text: String,
    /// Why a named rule drops it, if one does.
    pub rule: Option<&'static str>,
    /// The numbers.
    pub features: Vec<f32>,
}

/// Lines of a page of plain text. Linear in its length.
#[must_use]
pub fn lines(content: &str) -> Vec<Sample> {
    text::samples(content)
}

/// Blocks of a page of HTML. Linear in its length.
#[must_use]
pub fn markup(content: &str) -> Vec<Sample> {
    html::samples(content)
}
