//! A page of HTML, from text to a tree that knows where its content is.

use super::blocks::blocks;
use super::dom::{Dom, NodeId};
use super::furniture::Names;
use super::generator;
use super::region::{self, Found};
use super::selector::Selectors;
use super::xhtml::with_end_tags;
use crate::page::Block;
use crate::report::Skip;

/// A page of HTML as it is read: nothing is chosen yet.
#[derive(Debug)]
pub(crate) struct Markup {
    pub dom: Dom,
    /// The body, or the root where there is none.
    pub body: NodeId,
    /// What the page names as its content.
    pub found: Found,
    /// Which of the owner's selectors of what is left out match something.
    pub excluding: Vec<usize>,
}

impl Markup {
    /// Linear in the tree's size.
    pub fn of(dom: Dom) -> Self {
        Self {
            body: region::body(&dom),
            found: region::find(&dom),
            excluding: Vec::new(),
            dom,
        }
    }
}

/// Reads a page of HTML that lies at a path of the corpus, in which its owner selects elements. Linear in its length.
///
/// # Errors
/// Its generator wrote it for itself.
pub(crate) fn read(html: &str, path: &str, selectors: &Selectors) -> Result<Markup, Skip> {
    let mut dom = Dom::parse(&with_end_tags(html, path));
    let excluding = selectors.mark(&mut dom);
    match generator::own_page(&dom, path) {
        Some(skip) => Err(skip),
        None => Ok(Markup {
            excluding,
            ..Markup::of(dom)
        }),
    }
}

/// The blocks of a piece of HTML that is content as a whole. Linear in its length.
pub(crate) fn fragment(html: &str) -> Vec<Block> {
    let dom = Dom::parse(html);
    let all = blocks(&dom, region::body(&dom), Names::None);
    all.into_iter().map(Block::from).collect()
}
