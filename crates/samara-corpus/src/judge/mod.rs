//! Content or chrome: the judgement of one block beside its neighbours.
//!
//! Named rules catch what sites write again and again; what is left has to be weighed: how long a
//! block is, how it ends, how much of it is links, what stands before and behind it. [`features()`]
//! turns a block into numbers, [`trees`] weighs them with decision trees that were trained on pages
//! of other domains (`training/train.py`), so that nothing here knows any site.

mod features;
mod trees;

pub(crate) use features::{Item, features};
pub(crate) use trees::LINES;
#[cfg(feature = "extract")]
pub(crate) use trees::MARKUP;
