//! An HTML page as a tree, in an arena.
//!
//! Nodes are numbers: a page of a hundred thousand nested elements is neither recursed into nor
//! freed recursively.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name};

/// A node's place in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(super) u32);

impl NodeId {
    /// Its place among [`Dom::len`] nodes.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    /// The root, a comment, a doctype: nothing that can be read.
    Nothing,
    Text(StrTendril),
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
}

#[derive(Debug)]
pub(super) struct Node {
    pub parent: Option<NodeId>,
    pub previous: Option<NodeId>,
    pub next: Option<NodeId>,
    pub first: Option<NodeId>,
    pub last: Option<NodeId>,
    pub depth: u32,
    pub data: Data,
}

impl Node {
    pub fn new(data: Data) -> Self {
        Self {
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
            depth: 0,
            data,
        }
    }
}

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Dom {
    pub(super) nodes: Vec<Node>,
}

/// A step of a walk through the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Dom {
    pub const ROOT: NodeId = NodeId(0);

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// The node before one beneath the same parent.
    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).previous
    }

    pub fn data(&self, id: NodeId) -> &Data {
        &self.node(id).data
    }

    /// Local name of an element, the empty name of anything else.
    pub fn tag(&self, id: NodeId) -> &LocalName {
        static NONE: LocalName = local_name!("");
        match self.data(id) {
            Data::Element { name, .. } => &name.local,
            _ => &NONE,
        }
    }

    /// An attribute's value, where the node is an element that has it.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let Data::Element { attributes, .. } = self.data(id) else {
            return None;
        };
        attributes
            .iter()
            .find(|a| &*a.name.local == name)
            .map(|a| &*a.value)
    }

    /// Whether a node is an element that can hold nothing.
    #[cfg(feature = "extract")]
    pub fn is_void(&self, id: NodeId) -> bool {
        is_void(self.tag(id))
    }

    /// Attributes of an element.
    pub fn attributes(&self, id: NodeId) -> &[Attribute] {
        match self.data(id) {
            Data::Element { attributes, .. } => attributes,
            _ => &[],
        }
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).first, |&child| self.node(child).next)
    }

    /// The nodes right before and right behind one.
    pub fn beside(&self, id: NodeId) -> [Option<NodeId>; 2] {
        let node = self.node(id);
        [node.previous, node.next]
    }

    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |&node| self.parent(node))
    }

    /// Every node beneath one, in the order of the page.
    pub fn descendants(&self, top: NodeId) -> impl Iterator<Item = NodeId> {
        let mut walk = self.walk(top);
        std::iter::from_fn(move || {
            loop {
                match walk.next()? {
                    Step::Enter(id) if id != top => return Some(id),
                    _ => {}
                }
            }
        })
    }

    /// Elements beneath a node with a tag's name.
    pub fn elements<'a>(
        &'a self,
        top: NodeId,
        name: &'a LocalName,
    ) -> impl Iterator<Item = NodeId> + 'a {
        self.descendants(top)
            .filter(move |&id| self.tag(id) == name)
    }

    /// A walk that enters and leaves every node beneath one, itself included.
    pub fn walk(&self, top: NodeId) -> Walk<'_> {
        Walk {
            dom: self,
            top,
            next: Some(Step::Enter(top)),
        }
    }

    /// All text beneath a node, as it stands.
    pub fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for node in std::iter::once(id).chain(self.descendants(id)) {
            if let Data::Text(piece) = self.data(node) {
                text.push_str(piece);
            }
        }
        text
    }
}

/// See [`Dom::walk`].
pub(crate) struct Walk<'a> {
    dom: &'a Dom,
    top: NodeId,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Passes over everything beneath the node that was entered last.
    pub fn skip_children(&mut self, entered: NodeId) {
        self.next = Some(Step::Leave(entered));
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => match self.dom.node(id).first {
                Some(child) => Some(Step::Enter(child)),
                None => Some(Step::Leave(id)),
            },
            Step::Leave(id) if id == self.top => None,
            Step::Leave(id) => match self.dom.node(id).next {
                Some(sibling) => Some(Step::Enter(sibling)),
                None => self.dom.parent(id).map(Step::Leave),
            },
        };
        Some(step)
    }
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_leaves_what_it_enters() {
        let dom = Dom::parse("<table><tr><td>x<table><tr><td>y</table></table>");
        let mut open = Vec::new();
        for step in dom.walk(Dom::ROOT) {
            match step {
                Step::Enter(id) => open.push(id),
                Step::Leave(id) => assert_eq!(open.pop(), Some(id)),
            }
        }
        assert!(open.is_empty());
    }
}
