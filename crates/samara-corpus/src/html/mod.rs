//! HTML: built sites and saved pages.
//!
//! [`read`](read()) is the whole story. The parts in reading order: [`dom`] is the page as a tree,
//! [`facts`] what it says about itself, [`region`] which part of it is content by its own word,
//! [`blocks`] the blocks that a reader sees there, [`furniture`] what sites put around a text,
//! [`signs`] and [`judge`] what tells content from chrome where nothing is said,
//! [`title`] the title without the site's name.

mod blocks;
mod dom;
mod facts;
mod furniture;
mod judge;
mod read;
mod region;
mod signs;
mod title;

#[cfg(feature = "training")]
pub(crate) use read::samples;
pub(crate) use read::{Reading, fragment, read};
