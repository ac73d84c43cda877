//! What sites put around a text, told by tags, roles and class names.

use html5ever::local_name;

use super::dom::{Dom, NodeId};
use crate::generators::CHROME_NAMES;
use crate::report::Rule;

/// Which names of elements may say that they are no content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// None: the page has said itself what belongs to it.
    None,
    /// Tags, roles and classes. In manuals ids are where sections can be linked to: one on cookies is called `cookies`.
    Classes,
    /// These and ids.
    All,
}

/// The rule by which an element is no content, if its name says so.
pub(crate) fn rule(dom: &Dom, id: NodeId, names: Names) -> Option<Rule> {
    if names == Names::None {
        return None;
    }
    match *dom.tag(id) {
        local_name!("nav") => return Some(Rule::Navigation),
        local_name!("footer") => return Some(Rule::Footer),
        local_name!("form") => return Some(Rule::CallToAction),
        // Whole pages are called `has-sidebar` or `with-comments`.
        local_name!("html")
        | local_name!("body")
        | local_name!("main")
        | local_name!("article") => {
            return None;
        }
        _ => {}
    }
    match dom.attribute(id, "role") {
        Some("navigation" | "search" | "menu" | "menubar") => return Some(Rule::Navigation),
        Some("contentinfo") => return Some(Rule::Footer),
        Some("dialog" | "alertdialog") => return Some(Rule::CallToAction),
        _ => {}
    }
    let class = dom.attribute(id, "class").and_then(by_name);
    class.or_else(|| {
        let own = dom.attribute(id, "id")?;
        by_name(own).filter(|_| names == Names::All && !is_anchor(dom, id))
    })
}

/// Whether an element's id can only be where it is linked to.
fn is_anchor(dom: &Dom, id: NodeId) -> bool {
    matches!(
        *dom.tag(id),
        local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("dt")
            | local_name!("a")
    )
}

fn by_name(names: &str) -> Option<Rule> {
    parts(names).find_map(|part| {
        CHROME_NAMES
            .iter()
            .find(|(name, _)| part.eq_ignore_ascii_case(name))
            .map(|(_, rule)| *rule)
    })
}

/// The parts of a class list: `post-shareBar x` is `post`, `share`, `Bar`, `x`.
pub(crate) fn parts(names: &str) -> impl Iterator<Item = &str> {
    names
        .split(|c: char| !c.is_ascii_alphanumeric())
        .flat_map(|name| {
            let mut starts = vec![0];
            let bytes = name.as_bytes();
            starts.extend((1..bytes.len()).filter(|&at| {
                bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase()
            }));
            starts.push(name.len());
            (1..starts.len())
                .map(move |n| &name[starts[n - 1]..starts[n]])
                .collect::<Vec<_>>()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_as_whole_parts_only() {
        for (names, expected) in [
            ("entry post-share", Some(Rule::Sharing)),
            ("shareBar", Some(Rule::Sharing)),
            ("shareholders", None),
            ("adjacent", None),
            ("x ad-slot", Some(Rule::Advertisement)),
        ] {
            assert_eq!(by_name(names), expected, "{names}");
        }
    }
}
