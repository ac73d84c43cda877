//! A page as the trees see it, for who trains them.

use serde::Serialize;

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
    /// It is kept whatever it weighs.
    pub is_kept: bool,
    /// What the extractors add to its weight.
    pub vote: f32,
    /// The numbers.
    pub features: Vec<f32>,
}
