//! A block of text as it stands in a page.

use std::ops::Range;

use samara_engine::Weight;

use super::dom::NodeId;
use crate::page::{Block, Kind};
use crate::report::Rule;

/// A block of text as it stands in a page.
#[derive(Clone, Debug)]
pub(crate) struct HtmlBlock {
    pub kind: Kind,
    /// 1 to 6 for a heading, else 0.
    pub level: u8,
    pub text: String,
    pub anchor: String,
    /// A term or signature that can be linked to: a heading of its own, whatever it looks like.
    pub is_definition: bool,
    /// Anchor of the section that it goes on with, where definitions stand between.
    pub goes_on: Option<String>,
    /// Pieces whose author has decided how much they count.
    pub weights: Vec<(Range<usize>, Weight)>,
    /// Words that stand inside links.
    pub link_words: usize,
    /// Words.
    pub words: usize,
    /// The innermost block element around it.
    pub element: NodeId,
    /// It describes a picture that shows no text of its own.
    #[cfg_attr(
        not(feature = "extract"),
        expect(dead_code, reason = "only blocks that are weighed are asked")
    )]
    pub is_alternative: bool,
    /// It is shown at a touch, or is what is touched.
    #[cfg_attr(
        not(feature = "extract"),
        expect(dead_code, reason = "only blocks that are weighed are asked")
    )]
    pub is_disclosed: bool,
    /// It stands in the account alone: nothing of it was read, and nothing weighs it.
    pub is_told: bool,
    /// The page's own structure says that it is no content.
    pub furniture: Option<Rule>,
}

impl From<HtmlBlock> for Block {
    fn from(block: HtmlBlock) -> Self {
        Self {
            kind: if block.is_definition {
                Kind::Heading
            } else {
                block.kind
            },
            text: block.text,
            anchor: block.anchor,
            goes_on: block.goes_on,
            weights: block.weights,
        }
    }
}
