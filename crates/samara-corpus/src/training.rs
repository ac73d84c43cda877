//! What `training/train.py` learns from: every block of a page with its numbers.

use serde::Serialize;

use crate::html;
use crate::text;

/// A page as the trees see it.
#[derive(Serialize)]
pub struct Sample {
    /// The title found.
    pub title: String,
    /// Nothing in it is judged: its blocks are dropped by named rules or not at all.
    pub certain: bool,
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// A block and the numbers by which it is judged.
#[derive(Serialize)]
pub struct Block {
    /// The block.
    pub text: String,
    /// Why a named rule drops it, if one does.
    pub rule: Option<&'static str>,
    /// It is the title, or repeats it.
    pub is_title: bool,
    /// What the extractors add to its weight.
    pub vote: f32,
    /// The numbers.
    pub features: Vec<f32>,
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
