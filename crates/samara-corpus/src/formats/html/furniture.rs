//! What sites put around a text, told by tags, roles and class names.
//!
//! How much is believed depends on where an element stands. In a region that a page names as its content only tags tell
//! what is none, and what the generator is known to put there; elsewhere names do, too.

use html5ever::local_name;

use super::dom::{Dom, NodeId};
use super::generator;
use crate::generators::{CHROME_NAMES, Generator};
use crate::report::Rule;

/// What may say of an element that it is no content.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Names {
    /// Nothing: the text is content as a whole.
    #[default]
    None,
    /// What Pagefind leaves out, too: the page marks its content for Pagefind.
    Pagefind,
    /// `<nav>`, and what the generator of the page puts into its content.
    Region(Option<&'static Generator>),
    /// Tags, roles, classes and ids: nothing is known of the page.
    All,
    /// The same, of a site that somebody built from their own texts.
    Own,
}

impl Names {
    /// Whether the text is content but for what certainly is not.
    pub fn are_few(self) -> bool {
        !matches!(self, Self::All | Self::Own)
    }

    /// Whether whatever a reader can open or see is read, pictures of letters among it.
    pub fn read_all(self) -> bool {
        !matches!(self, Self::All)
    }

    /// Whether an element's words never join those around it, because its generator shows it by itself.
    pub fn set_apart(self, dom: &Dom, id: NodeId) -> bool {
        match self {
            Self::Region(Some(known)) => generator::is_one_of(dom, id, known.apart),
            _ => false,
        }
    }

    /// Whether whatever is left out of the text is told.
    pub fn are_told(self) -> bool {
        !matches!(self, Self::None)
    }
}

/// The rule by which an element is no content, if its name says so.
pub(crate) fn rule(dom: &Dom, id: NodeId, names: Names) -> Option<Rule> {
    match names {
        Names::None => return None,
        Names::Pagefind => {
            return match *dom.tag(id) {
                local_name!("nav") => Some(Rule::Navigation),
                local_name!("footer") => Some(Rule::Footer),
                local_name!("form") => Some(Rule::CallToAction),
                _ => None,
            };
        }
        Names::Region(generator) => return certain(dom, id, generator),
        Names::All | Names::Own => {}
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
        by_name(own).filter(|_| !is_anchor(dom, id))
    })
}

/// The rule by which an element is certainly the site's, wherever it stands.
fn certain(dom: &Dom, id: NodeId, generator: Option<&Generator>) -> Option<Rule> {
    if *dom.tag(id) == local_name!("nav") {
        return Some(Rule::Navigation);
    }
    if let Some("navigation" | "search") = dom.attribute(id, "role") {
        return Some(Rule::Navigation);
    }
    let known = generator.map_or(&[][..], |generator| generator.chrome);
    let found = known.iter().find(|(it, _)| generator::is(dom, id, it));
    found.map(|(_, rule)| *rule)
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
