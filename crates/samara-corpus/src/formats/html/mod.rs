//! HTML: built sites and saved pages.
//!
//! [`read`](read()) is the whole story. The parts in reading order: [`parse`] and [`dom`] are the
//! page as a tree, [`generator`] which generator wrote it and whether only the generator wanted it,
//! [`region`] which part of it is content by its own word, [`blocks`](mod@blocks) the blocks that a reader sees
//! there, put together by the [`reader`], with the [`anchors`] at which they can be linked to, with what [`elements`] are by their tags, [`marks`] by their attributes, [`weights`] how
//! much they count and [`furniture`] by their names; [`told`] has what an account says of those that are not read.
//! `write` makes markup of the tree
//! again, for readers of other makes.

mod anchors;
mod block;
mod blocks;
mod disclosure;
mod dom;
mod elements;
mod furniture;
mod generator;
mod marks;
mod parse;
mod read;
mod reader;
mod region;
mod selector;
mod told;
mod weights;
#[cfg(feature = "extract")]
mod write;
mod xhtml;

pub(crate) use block::HtmlBlock;
pub(crate) use blocks::{blocks, everything};
pub(crate) use dom::{Data, Dom, NodeId};
pub(crate) use furniture::Names;
#[cfg(feature = "extract")]
pub(crate) use furniture::parts;
pub(crate) use generator::title as generators_title;
pub(crate) use marks::number as weight;
pub(crate) use read::{Markup, fragment, read};
pub(crate) use selector::Selectors;
#[cfg(feature = "extract")]
pub(crate) use write::write;
#[cfg(feature = "documents")]
pub(crate) use xhtml::with_end_tags;
