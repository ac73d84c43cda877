//! From text to a tree.
//!
//! html5ever parses as browsers do, so that unclosed tags and nested tables become what a reader
//! sees. Nesting beyond [`DEEPEST`] is flattened while parsing, because the parser itself walks up
//! the open elements at every tag.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, local_name, ns};

use super::dom::{Data, Dom, Node, NodeId, is_void};

/// Elements nested deeper than this are read as if their tags were not there.
const DEEPEST: u32 = 256;
/// Elements such as `<b>` that stay open are opened again in every paragraph that follows. Beyond so many they are read as
/// if their tags were not there: 244 kB of them became 2 GB.
const MOST_FORMATTING: u32 = 8;

impl Dom {
    /// Parses a page. Never fails: whatever the text, browsers make a tree of it. Linear.
    pub fn parse(html: &str) -> Self {
        let sink = Sink {
            nodes: RefCell::new(vec![Node::new(Data::Nothing)]),
            depth: Cell::new(0),
        };
        let options = TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        };
        let flat = Flatten {
            builder: TreeBuilder::new(sink, options),
            swallowed: RefCell::new(HashMap::new()),
            formatting: Cell::new(0),
        };
        let tokenizer = Tokenizer::new(flat, TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tokenizer.end();
        Self {
            nodes: tokenizer.sink.builder.sink.nodes.into_inner(),
        }
    }
}

/// Between tokenizer and tree builder: tags below the deepest level never reach the builder.
struct Flatten {
    builder: TreeBuilder<NodeId, Sink>,
    /// Start tags swallowed whose end tags are still to come.
    swallowed: RefCell<HashMap<LocalName, u32>>,
    /// Elements that say how text looks and have not ended yet.
    formatting: Cell<u32>,
}

impl Flatten {
    fn swallows(&self, tag: &Tag) -> bool {
        let mut swallowed = self.swallowed.borrow_mut();
        match tag.kind {
            TagKind::StartTag => {
                let formats = is_formatting(&tag.name);
                let is_full = formats && self.formatting.get() >= MOST_FORMATTING;
                let is_deep = self.builder.sink.depth.get() >= DEEPEST;
                if !is_full && !is_deep || switches_tokenizer(&tag.name) {
                    self.formatting
                        .set(self.formatting.get() + u32::from(formats));
                    return false;
                }
                if !tag.self_closing && !is_void(&tag.name) {
                    *swallowed.entry(tag.name.clone()).or_default() += 1;
                }
                true
            }
            TagKind::EndTag => match swallowed.get_mut(&tag.name) {
                Some(open) if *open > 0 => {
                    *open -= 1;
                    true
                }
                _ => {
                    let ends = u32::from(is_formatting(&tag.name));
                    self.formatting
                        .set(self.formatting.get().saturating_sub(ends));
                    false
                }
            },
        }
    }
}

impl TokenSink for Flatten {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match &token {
            Token::TagToken(tag) if self.swallows(tag) => TokenSinkResult::Continue,
            Token::CommentToken(_) | Token::ParseError(_) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements that say how text looks, of which several of a kind may be open. Links end one another.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// What follows these tags is no markup, which only the tree builder can tell the tokenizer.
fn switches_tokenizer(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("plaintext")
    )
}

/// Builds the arena from the tree builder's calls.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// How deep the parser stands, as far as the sink is told.
    depth: Cell<u32>,
}

impl Sink {
    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(data));
        NodeId(u32::try_from(nodes.len() - 1).expect("a page has fewer nodes than bytes"))
    }

    fn detach(nodes: &mut [Node], id: NodeId) {
        let at = id.0 as usize;
        let (parent, previous, next) = (nodes[at].parent, nodes[at].previous, nodes[at].next);
        match previous {
            Some(previous) => nodes[previous.0 as usize].next = next,
            None => {
                if let Some(parent) = parent {
                    nodes[parent.0 as usize].first = next;
                }
            }
        }
        match next {
            Some(next) => nodes[next.0 as usize].previous = previous,
            None => {
                if let Some(parent) = parent {
                    nodes[parent.0 as usize].last = previous;
                }
            }
        }
        (nodes[at].parent, nodes[at].previous, nodes[at].next) = (None, None, None);
    }

    /// Inserts before a sibling, or at the end where none is given.
    fn insert(&self, parent: NodeId, before: Option<NodeId>, child: NodeOrText<NodeId>) {
        let previous = {
            let nodes = self.nodes.borrow();
            match before {
                Some(sibling) => nodes[sibling.0 as usize].previous,
                None => nodes[parent.0 as usize].last,
            }
        };
        let id = match child {
            NodeOrText::AppendText(text) => {
                if let Some(previous) = previous
                    && let Data::Text(existing) =
                        &mut self.nodes.borrow_mut()[previous.0 as usize].data
                {
                    existing.push_tendril(&text);
                    return;
                }
                self.add(Data::Text(text))
            }
            NodeOrText::AppendNode(id) => id,
        };
        let mut nodes = self.nodes.borrow_mut();
        Self::detach(&mut nodes, id);
        let depth = nodes[parent.0 as usize].depth + 1;
        let node = &mut nodes[id.0 as usize];
        (node.parent, node.previous, node.next, node.depth) =
            (Some(parent), previous, before, depth);
        if matches!(node.data, Data::Element { .. }) {
            self.depth.set(depth);
        }
        match previous {
            Some(previous) => nodes[previous.0 as usize].next = Some(id),
            None => nodes[parent.0 as usize].first = Some(id),
        }
        match before {
            Some(sibling) => nodes[sibling.0 as usize].previous = Some(id),
            None => nodes[parent.0 as usize].last = Some(id),
        }
    }
}

/// An element's name, lent to the parser; a copy, since the arena may grow meanwhile.
#[derive(Debug)]
struct Name(QualName);

impl html5ever::interface::ElemName for Name {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Dom::ROOT
    }

    fn elem_name(&self, target: &NodeId) -> Name {
        match &self.nodes.borrow()[target.0 as usize].data {
            Data::Element { name, .. } => Name(name.clone()),
            _ => Name(QualName::new(None, ns!(), local_name!(""))),
        }
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> NodeId {
        self.add(Data::Element { name, attributes })
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.add(Data::Nothing)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.add(Data::Nothing)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        if self.nodes.borrow()[element.0 as usize].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        self.depth
            .set(self.nodes.borrow()[node.0 as usize].depth.saturating_sub(1));
    }

    /// A template's contents are not part of the page; they hang beneath it and are passed over.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[sibling.0 as usize].parent;
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), new);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        if let Data::Element { attributes, .. } =
            &mut self.nodes.borrow_mut()[target.0 as usize].data
        {
            for attribute in more {
                if attributes.iter().all(|a| a.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        Self::detach(&mut self.nodes.borrow_mut(), *target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        loop {
            let child = self.nodes.borrow()[node.0 as usize].first;
            let Some(child) = child else { break };
            self.remove_from_parent(&child);
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unclosed_tags_become_siblings() {
        let dom = Dom::parse("<p>one<p>two<ul><li>a<li>b</ul>");
        let body = dom
            .elements(Dom::ROOT, &local_name!("body"))
            .next()
            .expect("a body");
        let children: Vec<String> = dom.children(body).map(|id| dom.text(id)).collect();
        assert_eq!(children, ["one", "two", "ab"]);
    }

    #[test]
    fn what_stays_open_is_not_opened_again_without_end() {
        let bomb: String = (0..300).map(|n| format!("<b id={n}>")).collect();
        let html = format!("{bomb}{}", "<p>x".repeat(10_000));
        let dom = Dom::parse(&html);
        assert!(dom.nodes.len() < 10 * 20_000, "{}", dom.nodes.len());
        assert_eq!(dom.text(Dom::ROOT).len(), 10_000);
        // Elements that end are as many as there are.
        let html = "<p><b>x</b> <i>y</i>".repeat(1000);
        assert_eq!(
            Dom::parse(&html)
                .elements(Dom::ROOT, &local_name!("b"))
                .count(),
            1000
        );
    }

    #[test]
    fn nesting_beyond_the_bound_is_flattened_and_loses_no_text() {
        let html = format!(
            "{}deep{}<p>after",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let dom = Dom::parse(&html);
        assert!(dom.nodes.iter().all(|node| node.depth <= DEEPEST + 2));
        assert_eq!(dom.text(Dom::ROOT), "deepafter");
    }
}
