//! HTML: built sites and saved pages.
//!
//! [`read`](read()) is the whole story. The parts in reading order: [`dom`] is the page as a tree,
//! [`generated`] whether only a generator wanted it, [`facts`] what it says about itself, [`region`] which part of it is content by its own word,
//! [`blocks`] the blocks that a reader sees there, [`weights`] how much of them counts, [`furniture`] what sites put around a text,
//! `signs` and `judge` what tells content from chrome where nothing is said, `vote` what other
//! extractors say of it (all three behind the feature `extract`),
//! [`title`] the title without the site's name.

mod blocks;
mod dom;
mod facts;
mod furniture;
mod generated;
#[cfg(feature = "extract")]
mod judge;
#[cfg(feature = "extract")]
mod markup;
mod read;
mod region;
#[cfg(feature = "extract")]
mod signs;
mod title;
#[cfg(feature = "extract")]
mod vote;
mod weights;

#[cfg(feature = "training")]
pub(crate) use read::sample;
pub(crate) use read::{Reading, fragment, read};
