//! Which generator wrote a page, and whether only the generator wanted it.
//!
//! What is known of generators stands in [`generators`](crate::generators); here it is compared
//! with a page.

use html5ever::{LocalName, local_name};

use super::dom::{Dom, NodeId};
use crate::generators::{Element, GENERATORS, Generator, NO_PAGE, Told};
use crate::report::Skip;
use crate::words::tidy;

/// So many nodes of a page's head are asked where its site's root is.
const MOST_ASKED: usize = 400;

/// Why a page that its generator wrote is no document, if it is none. Linear in the tree's size.
pub(super) fn own_page(dom: &Dom, path: &str) -> Option<Skip> {
    if NO_PAGE.contains(&path) {
        return Some(Skip::NoPage);
    }
    let html = dom
        .children(Dom::ROOT)
        .find(|&id| *dom.tag(id) == local_name!("html"));
    let classes = html
        .and_then(|html| dom.attribute(html, "class"))
        .unwrap_or_default();
    let path = path.strip_suffix(".gz").unwrap_or(path);
    let within = beneath_root(dom, path);
    // Few paths look like such a page: of all others nobody need ask who wrote them.
    let looks_like = |known: &Generator| known.own_page(within, path, classes).is_some();
    if !GENERATORS.iter().any(looks_like) {
        return None;
    }
    written_by(dom)?.own_page(within, path, classes).cloned()
}

/// The title of a page, where its generator sets it into an element that is no heading. Linear in the tree's size.
pub(crate) fn title(dom: &Dom) -> Option<String> {
    let titles = written_by(dom)
        .map(|known| known.titles)
        .filter(|titles| !titles.is_empty())?;
    let element = dom
        .descendants(Dom::ROOT)
        .find(|&id| is_one_of(dom, id, titles))?;
    Some(tidy(&dom.text(element))).filter(|title| !title.is_empty())
}

/// A page's path beneath the root of its site, of which there may be several in a corpus: styles and scripts that the
/// page names by `../` lie there.
fn beneath_root<'a>(dom: &Dom, path: &'a str) -> &'a str {
    let head = half(dom, &local_name!("head"));
    let assets = dom.descendants(head.unwrap_or(Dom::ROOT)).take(MOST_ASKED);
    let sources = assets.filter_map(|id| match *dom.tag(id) {
        local_name!("script") => dom.attribute(id, "src"),
        local_name!("link") => dom
            .attribute(id, "href")
            .filter(|_| dom.attribute(id, "rel") == Some("stylesheet")),
        _ => None,
    });
    let is_relative = |source: &&str| {
        !source.is_empty()
            && !source.starts_with('/')
            && !source.split('/').next().unwrap_or_default().contains(':')
    };
    let up = |source: &str| source.split('/').take_while(|part| *part == "..").count();
    let Some(depth) = sources.filter(is_relative).map(up).max() else {
        return path;
    };
    let mut slashes = path.rmatch_indices('/');
    slashes.nth(depth).map_or(path, |(at, _)| &path[at + 1..])
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
    use crate::report::Skip::{Listing, NameList, Printed, SiteForm, SourceListing};

    #[test]
    fn pages_beside_the_authors_are_told_by_generator_and_name() {
        let at =
            |path: &str, asset: &str| format!("{}{asset}", "../".repeat(path.matches('/').count()));
        let sphinx = |path: &str| {
            format!(
                "<script src='{}'></script>",
                at(path, "_static/documentation_options.js?v=1")
            )
        };
        let mdbook = |path: &str| format!("<script src='{}'></script>", at(path, "book-0a1b2c.js"));
        let meta = |name: &str| format!("<meta name=generator content='{name} 1.2'>");
        let with_style = |name: &str, path: &str| {
            format!(
                "{}<link rel=stylesheet href='{}'>",
                meta(name),
                at(path, "style.css")
            )
        };
        for (html, path, expected) in [
            (mdbook("print.html"), "print.html", Some(Printed)),
            // Two books in a corpus, and chapters that are called as the generator's pages are.
            (mdbook("print.html"), "book/print.html", Some(Printed)),
            (mdbook("hello/print.html"), "hello/print.html", None),
            (mdbook("hello/print.html"), "book/hello/print.html", None),
            (mdbook("printing.html"), "printing.html", None),
            ("<p>A page about print".into(), "print.html", None),
            (sphinx("genindex.html"), "genindex.html", Some(NameList)),
            (
                sphinx("genindex-A.html"),
                "docs/genindex-A.html",
                Some(NameList),
            ),
            (
                sphinx("_modules/a/b.html"),
                "_modules/a/b.html",
                Some(SourceListing),
            ),
            (
                sphinx("search.html"),
                "en/latest/search.html",
                Some(SiteForm),
            ),
            (
                sphinx("search/index.html"),
                "search/index.html",
                Some(SiteForm),
            ),
            (sphinx("guide/search.html"), "guide/search.html", None),
            (sphinx("research.html"), "research.html", None),
            (meta("rustdoc"), "std/all.html", Some(NameList)),
            (meta("rustdoc"), "src/a/lib.rs.html", Some(SourceListing)),
            (meta("rustdoc"), "a/src/index.html", None),
            (meta("rustdoc"), "a/all/index.html", None),
            (meta("rustdoc"), "a/all/fn.all.html", None),
            (meta("Docusaurus"), "search/index.html", Some(SiteForm)),
            (meta("Docusaurus"), "docs/search/index.html", None),
            (
                format!("<html class='x docs-tags-list-page'>{}", meta("Docusaurus")),
                "docs/tags/index.html",
                Some(Listing),
            ),
            (meta("Docusaurus"), "docs/tags/index.html", None),
            (
                meta("Docusaurus"),
                "fr/blog/archive/index.html",
                Some(Listing),
            ),
            (
                with_style("mkdocs", "print_page/index.html"),
                "print_page/index.html",
                Some(Printed),
            ),
            (
                with_style("mkdocs", "plugins/search/index.html"),
                "plugins/search/index.html",
                None,
            ),
            (meta("Hugo"), "docs/_print/index.html", Some(Printed)),
            (meta("Hugo"), "docs/search/index.html", None),
            (meta("Hugo"), "src/index.html", None),
            (meta("Hugo"), "posts/page/2/index.html", Some(Listing)),
            (meta("Hugo"), "posts/page/index.html", None),
            (meta("Jekyll"), "2025/03/index.html", Some(Listing)),
            (meta("Jekyll"), "2025/03/02/fog/index.html", None),
            (
                meta("Hexo"),
                "archives/2025/page/2/index.html",
                Some(Listing),
            ),
            (meta("Pelican"), "tag/oil.html", Some(Listing)),
            (
                with_style("Doxygen", "files.html"),
                "files.html",
                Some(NameList),
            ),
            (
                with_style("Doxygen", "lamp_8h_source.html"),
                "html/lamp_8h_source.html",
                Some(SourceListing),
            ),
            (
                with_style("Doxygen", "search/all_0.html"),
                "html/search/all_0.html",
                Some(NameList),
            ),
            (
                with_style("Doxygen", "md_open_source.html"),
                "md_open_source.html",
                None,
            ),
            (
                with_style("Doxygen", "functions_func_a.html"),
                "functions_func_a.html",
                Some(NameList),
            ),
            (
                with_style("Doxygen", "functions_overview.html"),
                "functions_overview.html",
                None,
            ),
            (
                "<script src='scripts/linenumber.js'></script>".into(),
                "lamp.js.html",
                Some(SourceListing),
            ),
        ] {
            let html = &html;
            assert_eq!(own_page(&Dom::parse(html), path), expected, "{path}");
        }
    }
}
