//! What sites put around a text, told by tags, roles and class names.

use html5ever::local_name;

use super::dom::{Data, Dom, NodeId};
use crate::rule::Rule;

/// Words in class names and ids, and what an element called so is. A word counts only as a whole
/// part of a name (`share-bar`, `post_share`, `shareBar`), never inside another word.
const NAMES: &[(&str, Rule)] = &[
    ("nav", Rule::Navigation),
    ("navbar", Rule::Navigation),
    ("navigation", Rule::Navigation),
    ("breadcrumb", Rule::Navigation),
    ("breadcrumbs", Rule::Navigation),
    ("menu", Rule::Navigation),
    ("pagination", Rule::Navigation),
    ("pager", Rule::Navigation),
    ("toc", Rule::Navigation),
    ("sidebar", Rule::Navigation),
    ("skip", Rule::Navigation),
    ("share", Rule::Sharing),
    ("sharing", Rule::Sharing),
    ("social", Rule::Sharing),
    ("sharedaddy", Rule::Sharing),
    ("addtoany", Rule::Sharing),
    ("related", Rule::ListLabel),
    ("recommended", Rule::ListLabel),
    ("recommendations", Rule::ListLabel),
    ("recirculation", Rule::ListLabel),
    ("trending", Rule::ListLabel),
    ("outbrain", Rule::Advertisement),
    ("taboola", Rule::Advertisement),
    ("newsletter", Rule::CallToAction),
    ("subscribe", Rule::CallToAction),
    ("subscription", Rule::CallToAction),
    ("signup", Rule::CallToAction),
    ("paywall", Rule::CallToAction),
    ("cta", Rule::CallToAction),
    ("cookie", Rule::Legal),
    ("cookies", Rule::Legal),
    ("gdpr", Rule::Legal),
    ("consent", Rule::Legal),
    ("copyright", Rule::Legal),
    ("disclaimer", Rule::Legal),
    ("ad", Rule::Advertisement),
    ("ads", Rule::Advertisement),
    ("advert", Rule::Advertisement),
    ("advertisement", Rule::Advertisement),
    ("sponsored", Rule::Advertisement),
    ("promo", Rule::Promotion),
    ("respond", Rule::CommentForm),
    ("disqus", Rule::CommentForm),
    ("comments", Rule::CommentForm),
    ("popup", Rule::CallToAction),
    ("modal", Rule::CallToAction),
];

/// The rule by which an element is no content, if its name says so.
pub(crate) fn rule(dom: &Dom, id: NodeId) -> Option<Rule> {
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
        dom.attribute(id, "id")
            .and_then(by_name)
            .filter(|_| !is_anchor(dom, id))
    })
}

/// Whether an element's id is only where its heading can be linked to: a section on cookies is called `cookies`.
fn is_anchor(dom: &Dom, id: NodeId) -> bool {
    let is_heading = |id: NodeId| {
        matches!(
            *dom.tag(id),
            local_name!("h1")
                | local_name!("h2")
                | local_name!("h3")
                | local_name!("h4")
                | local_name!("h5")
                | local_name!("h6")
        )
    };
    if is_heading(id) {
        return true;
    }
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut children = dom
        .children(id)
        .filter(|&child| matches!(dom.data(child), Data::Element { .. }));
    let heading = children.find(|&child| *dom.tag(child) != local_name!("span"));
    heading.is_some_and(|heading| {
        let own = dom.attribute(id, "id").unwrap_or_default();
        is_heading(heading) && letters(&dom.text(heading)) == letters(own)
    })
}

fn by_name(names: &str) -> Option<Rule> {
    parts(names).find_map(|part| {
        NAMES
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
