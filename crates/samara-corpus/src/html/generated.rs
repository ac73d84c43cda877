//! Pages that generators of documentation write beside the author's: everything once more for
//! printing, lists of all names, search forms, listings of source code.

use html5ever::local_name;

use super::dom::{Dom, NodeId};

/// A generator that is recognised by what its pages carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Generator {
    MdBook,
    Sphinx,
    Rustdoc,
    Docusaurus,
    MkDocs,
    Hugo,
}

/// Where a page's path tells that it is no document.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// The file's name; for pages that are a folder's `index.html`, the folder's.
    Page(&'static str),
    /// A file's name begins so.
    Begins(&'static str),
    /// A folder above it.
    Folder(&'static str),
}

use Generator::{Docusaurus, Hugo, MdBook, MkDocs, Rustdoc, Sphinx};
use Place::{Begins, Folder, Page};

const PRINTED: &str = "the whole site once more, for printing, skipped";
const NAMES: &str = "a list of names, made by the site's generator, skipped";
const SOURCE: &str = "a listing of source code, made by the site's generator, skipped";
const FORM: &str = "the site's own search or help page, skipped";

/// What each generator writes beside the author's pages.
const EXTRAS: [(Generator, Place, &str); 27] = [
    (MdBook, Page("print"), PRINTED),
    (MdBook, Page("toc"), NAMES),
    (MdBook, Page("404"), FORM),
    (Sphinx, Page("genindex"), NAMES),
    (Sphinx, Begins("genindex-"), NAMES),
    (Sphinx, Page("py-modindex"), NAMES),
    (Sphinx, Page("modindex"), NAMES),
    (Sphinx, Page("search"), FORM),
    (Sphinx, Folder("_modules"), SOURCE),
    (Sphinx, Folder("_sources"), SOURCE),
    (Sphinx, Folder("singlehtml"), PRINTED),
    (Sphinx, Page("404"), FORM),
    (Rustdoc, Page("all"), NAMES),
    (Rustdoc, Page("help"), FORM),
    (Rustdoc, Page("settings"), FORM),
    (Rustdoc, Page("scrape-examples-help"), FORM),
    (Rustdoc, Folder("src"), SOURCE),
    (Docusaurus, Page("search"), FORM),
    (Docusaurus, Page("404"), FORM),
    (Docusaurus, Folder("tags"), NAMES),
    (MkDocs, Page("print_page"), PRINTED),
    (MkDocs, Page("404"), FORM),
    (MkDocs, Page("search"), FORM),
    (Hugo, Folder("_print"), PRINTED),
    (Hugo, Page("_print"), PRINTED),
    (Hugo, Page("404"), FORM),
    (Hugo, Page("search"), FORM),
];

/// What hosts answer with where there is no page, whatever wrote it.
const NO_PAGE: [&str; 2] = ["404.html", "404/index.html"];

/// Why a page that a generator wrote is no document, if it is none. Linear in the page's head.
pub(super) fn extra(dom: &Dom, path: &str) -> Option<&'static str> {
    if NO_PAGE.contains(&path) {
        return Some("what the site answers where there is no page, skipped");
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    let file = folders.pop().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let page = match folders.last() {
        Some(folder) if stem == "index" => folder,
        _ => stem,
    };
    let mut fitting = EXTRAS
        .iter()
        .filter(|(_, place, _)| match place {
            Page(name) => page == *name,
            Begins(name) => page.starts_with(name),
            Folder(name) => folders.contains(name),
        })
        .peekable();
    fitting.peek()?;
    let generator = generator(dom)?;
    fitting
        .find(|(of, _, _)| *of == generator)
        .map(|(_, _, reason)| *reason)
}

/// The generator that wrote a page: by its own word, or by the scripts that only it brings along.
fn generator(dom: &Dom) -> Option<Generator> {
    dom.descendants(Dom::ROOT)
        .find_map(|id| match *dom.tag(id) {
            local_name!("meta") if dom.attribute(id, "name") == Some("generator") => {
                by_name(dom.attribute(id, "content")?)
            }
            local_name!("script") => by_script(dom, id),
            _ if dom
                .attribute(id, "id")
                .is_some_and(|id| id.starts_with("mdbook-")) =>
            {
                Some(MdBook)
            }
            _ => None,
        })
}

fn by_name(name: &str) -> Option<Generator> {
    let name = name.to_ascii_lowercase();
    [
        ("mdbook", MdBook),
        ("sphinx", Sphinx),
        ("docutils", Sphinx),
        ("rustdoc", Rustdoc),
        ("docusaurus", Docusaurus),
        ("mkdocs", MkDocs),
        ("hugo", Hugo),
    ]
    .into_iter()
    .find(|(known, _)| name.contains(known))
    .map(|(_, generator)| generator)
}

fn by_script(dom: &Dom, id: NodeId) -> Option<Generator> {
    let path = dom.attribute(id, "src")?;
    let file = path.rsplit('/').next()?;
    if file.starts_with("documentation_options") || file.starts_with("doctools") {
        return Some(Sphinx);
    }
    // mdBook's own script lies at the book's root, beside the page or above it.
    let at_root = path.trim_start_matches("../") == file;
    (at_root && (file.starts_with("book.js") || file.starts_with("book-"))).then_some(MdBook)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_beside_the_authors_are_told_by_generator_and_name() {
        let sphinx = "<script src='_static/documentation_options.js?v=1'></script>";
        let mdbook = "<script src='book.js'></script>";
        let mdbook_below = "<script src='../book-0a1b2c.js'></script>";
        let meta = |name: &str| format!("<meta name=generator content='{name} 1.2'>");
        for (html, path, expected) in [
            (mdbook, "print.html", Some(PRINTED)),
            (mdbook_below, "book/print.html", Some(PRINTED)),
            (mdbook, "printing.html", None),
            ("<p>A page about print", "print.html", None),
            (sphinx, "genindex.html", Some(NAMES)),
            (sphinx, "docs/genindex-A.html", Some(NAMES)),
            (sphinx, "_modules/a/b.html", Some(SOURCE)),
            (sphinx, "search.html", Some(FORM)),
            (sphinx, "research.html", None),
            (&meta("rustdoc"), "all.html", Some(NAMES)),
            (&meta("rustdoc"), "src/a/lib.rs.html", Some(SOURCE)),
            (&meta("rustdoc"), "a/all/fn.all.html", None),
            (&meta("Docusaurus"), "search/index.html", Some(FORM)),
            (&meta("mkdocs"), "print_page/index.html", Some(PRINTED)),
            (&meta("Hugo"), "docs/_print/index.html", Some(PRINTED)),
            (&meta("Hugo"), "src/index.html", None),
        ] {
            assert_eq!(extra(&Dom::parse(html), path), expected, "{path}");
        }
    }
}
