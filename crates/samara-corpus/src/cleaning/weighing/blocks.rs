//! Content or chrome, block by block, where the page does not say which is which.

use std::collections::HashSet;

use super::features::features;
use super::item::Item;
use super::signs::Signs;
use crate::formats::html::{Dom, HtmlBlock, NodeId};

/// The numbers that describe every block of a page; `tops` is the region that the page names, if it
/// names one. Linear in the page.
pub(crate) fn describe(
    dom: &Dom,
    blocks: &[HtmlBlock],
    tops: &[NodeId],
    title: &str,
    folded: &[String],
) -> Vec<Vec<f32>> {
    let signs = Signs::of(dom);
    let tops: HashSet<NodeId> = tops.iter().copied().collect();
    let inside = |block: &HtmlBlock| {
        tops.contains(&block.element) || dom.ancestors(block.element).any(|id| tops.contains(&id))
    };
    let items: Vec<Item<'_>> = blocks
        .iter()
        .zip(folded)
        .map(|(block, folded)| {
            let (markup, containers) = signs.describe(dom, block, inside(block), !tops.is_empty());
            Item {
                text: &block.text,
                folded,
                words: block.words,
                kind: block.kind,
                gap_before: true,
                link_words: block.link_words,
                markup,
                containers,
            }
        })
        .collect();
    features(&items, title)
}
