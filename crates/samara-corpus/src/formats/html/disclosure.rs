//! What a page shows at a touch: the answer beneath a question, the panel behind a tab.
//!
//! Most of what is hidden is a menu, a notice or a form that nobody reads as text. What its author has put beneath a
//! heading or a button that opens it is text like any other.

use std::collections::HashSet;

use html5ever::local_name;

use super::dom::{Data, Dom, NodeId};
use super::elements::heading_level;
use super::marks::Marks;
use crate::words::count_words;

/// In so many nodes before a panel its button is looked for.
const NEAR: usize = 16;

/// The panels of a page that something names which opens them.
#[derive(Debug, Default)]
pub(super) struct Disclosure {
    named: HashSet<String>,
}

impl Disclosure {
    /// Linear in the tree's size.
    pub fn of(dom: &Dom) -> Self {
        let mut named = HashSet::new();
        for id in dom.descendants(Dom::ROOT) {
            let controls = dom.attribute(id, "aria-controls").unwrap_or_default();
            named.extend(controls.split_ascii_whitespace().map(str::to_string));
            if is_toggle(dom, id) {
                let targets = ["href", "data-target", "data-bs-target"].into_iter();
                let targets = targets.filter_map(|name| dom.attribute(id, name)?.strip_prefix('#'));
                named.extend(targets.map(str::to_string));
            }
        }
        Self { named }
    }

    /// Whether an element that is hidden is shown when what stands right before it, or what names it, is touched. A list of
    /// links is a menu.
    pub fn is_panel(&self, dom: &Dom, id: NodeId) -> bool {
        let is_named = dom
            .attribute(id, "id")
            .is_some_and(|own| self.named.contains(own));
        (is_named || previous(dom, id).is_some_and(|before| may_open(dom, before)))
            && !is_mostly_links(dom, id)
    }

    /// Whether an element is touched to open another one, and is therefore a heading of it: a button that says so, or
    /// behind which something is hidden, or a link that leads nowhere else.
    pub fn is_opener(&self, dom: &Dom, id: NodeId) -> bool {
        match *dom.tag(id) {
            local_name!("button") => {
                let is_hidden = |behind| Marks::of(dom, behind).hidden;
                says_so(dom, id) || next(dom, id).is_some_and(is_hidden)
            }
            local_name!("a") => is_toggle(dom, id),
            _ => false,
        }
    }
}

/// Whether an element says that it opens another one.
fn says_so(dom: &Dom, id: NodeId) -> bool {
    dom.attribute(id, "aria-expanded").is_some()
        || dom.attribute(id, "role") == Some("tab")
        || is_toggle(dom, id)
}

/// As many themes have it.
fn is_toggle(dom: &Dom, id: NodeId) -> bool {
    ["data-toggle", "data-bs-toggle"].iter().any(|name| {
        matches!(
            dom.attribute(id, name),
            Some("collapse" | "tab" | "pill" | "list")
        )
    })
}

/// Whether an element is, or holds, what may be touched to open what stands behind it.
fn may_open(dom: &Dom, id: NodeId) -> bool {
    let one = |id: NodeId| {
        let tag = dom.tag(id);
        heading_level(tag) > 0
            || matches!(
                *tag,
                local_name!("button") | local_name!("summary") | local_name!("dt")
            )
            || dom.attribute(id, "role") == Some("button")
            || says_so(dom, id)
    };
    one(id) || dom.descendants(id).take(NEAR).any(one)
}

fn is_mostly_links(dom: &Dom, id: NodeId) -> bool {
    let link = local_name!("a");
    let links = dom.elements(id, &link);
    let linked: usize = links.map(|link| count_words(&dom.text(link))).sum();
    linked * 2 > count_words(&dom.text(id))
}

/// The element before one beneath the same parent.
fn previous(dom: &Dom, id: NodeId) -> Option<NodeId> {
    beside(dom, id, 0)
}

fn next(dom: &Dom, id: NodeId) -> Option<NodeId> {
    beside(dom, id, 1)
}

/// Text between the two parts them.
fn beside(dom: &Dom, id: NodeId, side: usize) -> Option<NodeId> {
    let mut near = dom.beside(id)[side];
    while let Some(found) = near {
        match dom.data(found) {
            Data::Element { .. } => return Some(found),
            Data::Text(text) if !text.trim().is_empty() => return None,
            _ => near = dom.beside(found)[side],
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_is_told_by_what_opens_it() {
        let answer = "id=x hidden><p>Once a week.</p></div>";
        let menu = "id=x hidden><a href=/a>Lamps</a> <a href=/b>Oil and more</a></div>";
        for (before, panel, expected) in [
            ("<h3><button>How often?</button></h3>", answer, true),
            ("<h3>How often?</h3>", answer, true),
            ("<button>How often?</button>", answer, true),
            (
                "<div><span role=button tabindex=0>How often?</span></div>",
                answer,
                true,
            ),
            ("<p><a aria-controls=x>How often?</a></p><hr>", answer, true),
            (
                "<p><a data-toggle=collapse href=#x>How often?</a></p><hr>",
                answer,
                true,
            ),
            ("<p>Text.</p>", answer, false),
            ("<h3>How often?</h3>Often.", answer, false),
            ("", answer, false),
            ("<button aria-controls=x>Menu</button>", menu, false),
        ] {
            let dom = Dom::parse(&format!("<main>{before}<div {panel}</main>"));
            let found = Disclosure::of(&dom);
            let panel = dom.descendants(Dom::ROOT);
            let panel = panel.filter(|&id| dom.attribute(id, "id") == Some("x"));
            let panels: Vec<bool> = panel.map(|id| found.is_panel(&dom, id)).collect();
            assert_eq!(panels, [expected], "{before}");
        }
    }
}
