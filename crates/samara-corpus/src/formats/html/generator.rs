//! Which generator wrote a page, and whether only the generator wanted it.
//!
//! What is known of generators stands in [`generators`](crate::generators); here it is compared
//! with a page.

use html5ever::{LocalName, local_name};

use super::dom::{Dom, NodeId};
use crate::generators::{Element, GENERATORS, Generator, NO_PAGE, Told};
use crate::report::Skip;

/// Why a page that its generator wrote is no document, if it is none. Linear in the page's head.
pub(super) fn own_page(dom: &Dom, path: &str) -> Option<Skip> {
    if NO_PAGE.contains(&path) {
        return Some(Skip::NoPage);
    }
    // Few paths look like such a page: of all others nobody need ask who wrote them.
    if !GENERATORS
        .iter()
        .any(|known| known.own_page(path).is_some())
    {
        return None;
    }
    written_by(dom)?.own_page(path).cloned()
}

/// The generator that wrote a page: by its own word, or by what only it brings along. Linear in the tree's size.
pub(super) fn written_by(dom: &Dom) -> Option<&'static Generator> {
    let first = |is: &dyn Fn(Told) -> bool| {
        let mut known = GENERATORS.iter();
        known.find(|known| known.told.iter().any(|&sign| is(sign)))
    };
    dom.descendants(Dom::ROOT)
        .find_map(|id| match *dom.tag(id) {
            local_name!("meta") if dom.attribute(id, "name") == Some("generator") => {
                let content = dom.attribute(id, "content")?.to_ascii_lowercase();
                first(&|sign| matches!(sign, Told::Name(name) if content.contains(name)))
            }
            local_name!("script") => {
                let path = dom.attribute(id, "src")?;
                let file = path.rsplit('/').next()?;
                let at_root = path.trim_start_matches("../") == file;
                first(&|sign| match sign {
                    Told::Script(name) => file.starts_with(name),
                    Told::RootScript(name) => at_root && file.starts_with(name),
                    _ => false,
                })
            }
            _ => {
                let own = dom.attribute(id, "id")?;
                first(&|sign| matches!(sign, Told::Id(name) if own.starts_with(name)))
            }
        })
}

/// The generator that is known to put a page's text, and nothing else, into this element; `written` is the one that
/// wrote the page, as far as that is known.
pub(super) fn container_of(
    dom: &Dom,
    id: NodeId,
    written: Option<&'static Generator>,
) -> Option<&'static Generator> {
    let own = |known: &&Generator| is_one_of(dom, id, known.common_containers);
    written.filter(own).or_else(|| {
        GENERATORS
            .iter()
            .find(|known| is_one_of(dom, id, known.containers))
    })
}

/// Whether an element is one of these.
pub(super) fn is_one_of(dom: &Dom, id: NodeId, elements: &[Element]) -> bool {
    elements.iter().any(|element| is(dom, id, element))
}

/// Whether an element is called so.
pub(super) fn is(dom: &Dom, id: NodeId, element: &Element) -> bool {
    let has = |name: &str, wanted: &str| {
        wanted.is_empty() || dom.attribute(id, name).is_some_and(|value| value == wanted)
    };
    let is_called = || {
        let classes = || dom.attribute(id, "class").unwrap_or_default();
        element.class.is_empty()
            || classes()
                .split_ascii_whitespace()
                .any(|class| class == element.class)
    };
    (element.tag.is_empty() || **dom.tag(id) == *element.tag)
        && has("id", element.id)
        && is_called()
        && has("role", element.role)
        && element
            .inside
            .is_none_or(|outer| dom.parent(id).is_some_and(|parent| is(dom, parent, outer)))
}

/// The head or the body of a page.
pub(super) fn half(dom: &Dom, tag: &LocalName) -> Option<NodeId> {
    let html = dom
        .children(Dom::ROOT)
        .find(|&id| *dom.tag(id) == local_name!("html"))?;
    dom.children(html).find(|&id| dom.tag(id) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Skip::{NameList, Printed, SiteForm, SourceListing};

    #[test]
    fn pages_beside_the_authors_are_told_by_generator_and_name() {
        let sphinx = "<script src='_static/documentation_options.js?v=1'></script>";
        let mdbook = "<script src='book.js'></script>";
        let mdbook_below = "<script src='../book-0a1b2c.js'></script>";
        let meta = |name: &str| format!("<meta name=generator content='{name} 1.2'>");
        for (html, path, expected) in [
            (mdbook, "print.html", Some(Printed)),
            (mdbook_below, "book/print.html", Some(Printed)),
            (mdbook, "printing.html", None),
            ("<p>A page about print", "print.html", None),
            (sphinx, "genindex.html", Some(NameList)),
            (sphinx, "docs/genindex-A.html", Some(NameList)),
            (sphinx, "_modules/a/b.html", Some(SourceListing)),
            (sphinx, "search.html", Some(SiteForm)),
            (sphinx, "research.html", None),
            (&meta("rustdoc"), "all.html", Some(NameList)),
            (&meta("rustdoc"), "src/a/lib.rs.html", Some(SourceListing)),
            (&meta("rustdoc"), "a/all/fn.all.html", None),
            (&meta("Docusaurus"), "search/index.html", Some(SiteForm)),
            (&meta("mkdocs"), "print_page/index.html", Some(Printed)),
            (&meta("Hugo"), "docs/_print/index.html", Some(Printed)),
            (&meta("Hugo"), "src/index.html", None),
        ] {
            assert_eq!(own_page(&Dom::parse(html), path), expected, "{path}");
        }
    }
}
