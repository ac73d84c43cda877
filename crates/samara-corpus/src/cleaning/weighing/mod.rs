//! Content or chrome: the judgement of one block beside its neighbours.
//!
//! Named rules catch what sites write again and again; what is left has to be weighed: how long a
//! block is, how it ends, how much of it is links, what stands before and behind it. [`features()`]
//! turns a block into numbers that have names, which are weighed with decision trees that were trained on pages of
//! other domains (`training/train.py`), so that nothing here knows any site; then each block is
//! weighed once more beside the weights of its neighbours.

mod alone;
mod around;
#[cfg(feature = "extract")]
pub(super) mod blocks;
mod features;
mod item;
mod neighbours;
mod numbers;
#[cfg(feature = "extract")]
mod signs;
mod trees;
#[cfg(feature = "extract")]
pub(super) mod votes;
mod weigh;

pub(crate) use features::features;
pub(crate) use item::Item;
pub(crate) use weigh::LINES;
#[cfg(feature = "extract")]
pub(crate) use weigh::MARKUP;
#[cfg(feature = "training")]
pub(crate) use weigh::{of_lines, of_markup, of_neighbours};
