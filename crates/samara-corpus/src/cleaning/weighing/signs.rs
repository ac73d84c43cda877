//! What markup says about a block beside its text: the tags and class names around it.

use html5ever::{LocalName, local_name};

use super::numbers::{Numbers, put};
use crate::formats::html::{Data, Dom, HtmlBlock, Names, NodeId, blocks, parts};
use crate::page::Kind;
use crate::report::Rule;

/// Containers looked at, innermost first.
const CONTAINERS: usize = 4;

/// Tags whose presence around a block is told.
const TAGS: [LocalName; 19] = [
    local_name!("article"),
    local_name!("main"),
    local_name!("section"),
    local_name!("header"),
    local_name!("footer"),
    local_name!("aside"),
    local_name!("nav"),
    local_name!("form"),
    local_name!("figure"),
    local_name!("figcaption"),
    local_name!("table"),
    local_name!("ul"),
    local_name!("ol"),
    local_name!("dl"),
    local_name!("blockquote"),
    local_name!("details"),
    local_name!("p"),
    local_name!("li"),
    local_name!("pre"),
];

/// Parts of class names and ids whose presence around a block is told.
const NAMES: [&str; 45] = [
    "content",
    "article",
    "post",
    "entry",
    "body",
    "text",
    "main",
    "story",
    "page",
    "blog",
    "markdown",
    "prose",
    "rich",
    "description",
    "sidebar",
    "widget",
    "footer",
    "header",
    "banner",
    "comment",
    "comments",
    "meta",
    "byline",
    "author",
    "tags",
    "date",
    "caption",
    "list",
    "card",
    "teaser",
    "item",
    "grid",
    "product",
    "price",
    "review",
    "form",
    "more",
    "gallery",
    "tabs",
    "hero",
    "message",
    "related",
    "share",
    "reply",
    "title",
];

/// For every node, which of [`TAGS`] and [`NAMES`] it or something around it carries.
pub(crate) struct Signs {
    flags: Vec<u64>,
}

impl Signs {
    /// Linear in the tree's size.
    pub fn of(dom: &Dom) -> Self {
        let mut flags = vec![0; dom.len()];
        for id in dom.descendants(Dom::ROOT) {
            let above = dom.parent(id).map_or(0, |parent| flags[parent.index()]);
            flags[id.index()] = above | own(dom, id);
        }
        Self { flags }
    }

    /// Numbers for [`Item::markup`](super::features::Item), and the containers around a block.
    /// `inside` says whether it stands in the region that the page names, `named` whether there is
    /// one.
    pub fn describe(
        &self,
        dom: &Dom,
        block: &HtmlBlock,
        inside: bool,
        named: bool,
    ) -> (Vec<f32>, Vec<u32>) {
        let mut numbers = Vec::with_capacity(TAGS.len() + NAMES.len() + 12);
        self.numbers(dom, block, inside, named, &mut numbers);
        let containers = dom.ancestors(block.element).take(CONTAINERS);
        (
            numbers,
            containers
                .map(|id| u32::try_from(id.index()).unwrap_or(0))
                .collect(),
        )
    }

    fn numbers(
        &self,
        dom: &Dom,
        block: &HtmlBlock,
        inside: bool,
        named: bool,
        out: &mut impl Numbers,
    ) {
        let flags = self.flags[block.element.index()];
        for (bit, tag) in TAGS.iter().enumerate() {
            put!(out, "in-{tag}", f32::from((flags >> bit) & 1 == 1));
        }
        for (bit, name) in (TAGS.len()..).zip(NAMES) {
            put!(out, "called-{name}", f32::from((flags >> bit) & 1 == 1));
        }
        put!(out, "level", f32::from(block.level));
        put!(out, "is-alternative", f32::from(block.is_alternative));
        put!(out, "is-disclosed", f32::from(block.is_disclosed));
        put!(
            out,
            "furniture",
            match block.furniture {
                None => 0.0,
                Some(Rule::Navigation) => 1.0,
                Some(Rule::Footer) => 2.0,
                Some(Rule::Sharing) => 3.0,
                Some(Rule::ListLabel) => 4.0,
                Some(Rule::CommentForm) => 5.0,
                Some(Rule::Advertisement | Rule::Promotion) => 6.0,
                Some(Rule::Hidden) => 8.0,
                Some(_) => 7.0,
            }
        );
        put!(out, "in-region", f32::from(inside));
        put!(out, "has-region", f32::from(named));
        put!(
            out,
            "element",
            match *dom.tag(block.element) {
                local_name!("p") => 1.0,
                local_name!("li") => 2.0,
                local_name!("td") | local_name!("tr") | local_name!("table") => 3.0,
                local_name!("div") => 4.0,
                local_name!("blockquote") => 5.0,
                local_name!("figcaption") => 6.0,
                local_name!("dt") | local_name!("dd") => 7.0,
                _ if block.kind != Kind::Text => 8.0,
                _ => 0.0,
            }
        );
        let depth = dom.ancestors(block.element).count();
        put!(out, "depth", depth.min(60) as f32);
    }
}

/// The names of these numbers, in their order.
pub(super) fn names() -> Vec<String> {
    let dom = Dom::parse("<p>text");
    let mut names = Vec::new();
    for block in blocks(&dom, Dom::ROOT, Names::None).iter().take(1) {
        Signs::of(&dom).numbers(&dom, block, false, false, &mut names);
    }
    names
}

fn own(dom: &Dom, id: NodeId) -> u64 {
    if !matches!(dom.data(id), Data::Element { .. }) {
        return 0;
    }
    let tag = dom.tag(id);
    let mut flags = 0;
    if let Some(bit) = TAGS.iter().position(|known| known == tag) {
        flags |= 1 << bit;
    }
    // What the whole page is called says nothing about its parts.
    if matches!(*tag, local_name!("html") | local_name!("body")) {
        return flags;
    }
    for names in ["class", "id"]
        .into_iter()
        .filter_map(|name| dom.attribute(id, name))
    {
        for part in parts(names) {
            if let Some(bit) = NAMES
                .iter()
                .position(|known| part.eq_ignore_ascii_case(known))
            {
                flags |= 1 << (TAGS.len() + bit);
            }
        }
    }
    flags
}
