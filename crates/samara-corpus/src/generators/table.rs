//! The table: one entry a generator.
//!
//! Where several could have written a page, the first in this table did.

use super::entry::Place::{Begins, Folder, Page};
use super::entry::Told::{Id, Name, RootScript, Script};
use super::entry::{Element, Generator};
use crate::report::Skip::{NameList, Printed, SiteForm, SourceListing};

pub(crate) static GENERATORS: [Generator; 15] = [
    Generator {
        name: "mdBook",
        // The script at the book's root is its own.
        told: &[
            Name("mdbook"),
            RootScript("book.js"),
            RootScript("book-"),
            Id("mdbook-"),
        ],
        containers: &[
            Element::id("mdbook-content"),
            Element {
                tag: "main",
                inside: Some(&Element {
                    id: "content",
                    class: "content",
                    ..Element::ANY
                }),
                ..Element::ANY
            },
        ],
        own_pages: &[
            (Page("print"), Printed),
            (Page("toc"), NameList),
            (Page("404"), SiteForm),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Sphinx",
        told: &[
            Name("sphinx"),
            Name("docutils"),
            Script("documentation_options"),
            Script("doctools"),
        ],
        // The themes: the basic one, Read the Docs, Furo, pydata and Book.
        containers: &[
            Element {
                tag: "div",
                class: "body",
                role: "main",
                ..Element::ANY
            },
            Element::class("rst-content"),
            Element::id("furo-main-content"),
            Element::class("bd-article"),
        ],
        own_pages: &[
            (Page("genindex"), NameList),
            (Begins("genindex-"), NameList),
            (Page("py-modindex"), NameList),
            (Page("modindex"), NameList),
            (Page("search"), SiteForm),
            (Folder("_modules"), SourceListing),
            (Folder("_sources"), SourceListing),
            (Folder("singlehtml"), Printed),
            (Page("404"), SiteForm),
        ],
        copied_sources: &["_sources"],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "rustdoc",
        told: &[Name("rustdoc")],
        common_containers: &[Element::id("main-content")],
        own_pages: &[
            (Page("all"), NameList),
            (Page("help"), SiteForm),
            (Page("settings"), SiteForm),
            (Page("scrape-examples-help"), SiteForm),
            (Folder("src"), SourceListing),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Docusaurus",
        told: &[Name("docusaurus")],
        containers: &[Element::class("theme-doc-markdown")],
        own_pages: &[
            (Page("search"), SiteForm),
            (Page("404"), SiteForm),
            (Folder("tags"), NameList),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "MkDocs",
        told: &[Name("mkdocs")],
        // The theme Material.
        containers: &[Element::class("md-content__inner")],
        own_pages: &[
            (Page("print_page"), Printed),
            (Page("404"), SiteForm),
            (Page("search"), SiteForm),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Hugo",
        told: &[Name("hugo")],
        // The themes Docsy and Book.
        containers: &[Element::class("td-content"), Element::class("book-article")],
        own_pages: &[
            (Folder("_print"), Printed),
            (Page("_print"), Printed),
            (Page("404"), SiteForm),
            (Page("search"), SiteForm),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Asciidoctor",
        told: &[Name("asciidoc")],
        // The document's title stands in the header.
        parts: &[Element::id("header"), Element::id("content")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "DocBook",
        told: &[Name("docbook")],
        index_entries: &["ientry-"],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Starlight",
        containers: &[Element::class("sl-markdown-content")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "VitePress",
        containers: &[Element::class("vp-doc")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "HonKit and docsify",
        containers: &[Element::class("markdown-section")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "MediaWiki",
        containers: &[Element::class("mw-parser-output")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "GitHub",
        containers: &[Element::class("markdown-body")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Google's developer sites",
        containers: &[Element::class("devsite-article-body")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "various",
        containers: &[Element::id("docs-content")],
        ..Generator::UNKNOWN
    },
];

/// Whether a generator copies the sources of its pages into a folder of this name.
pub(crate) fn is_copied_source(folder: &str) -> bool {
    GENERATORS
        .iter()
        .any(|generator| generator.copied_sources.contains(&folder))
}

/// Whether an id belongs to an entry in an index of words, which explains nothing.
pub(crate) fn is_index_entry(id: &str) -> bool {
    let mut beginnings = GENERATORS.iter().flat_map(|known| known.index_entries);
    beginnings.any(|beginning| id.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_name_and_says_something() {
        for generator in &GENERATORS {
            assert!(!generator.name.is_empty());
            let elements = generator.containers.len()
                + generator.common_containers.len()
                + generator.parts.len();
            assert!(
                elements + generator.own_pages.len() + generator.index_entries.len() > 0,
                "{}",
                generator.name
            );
        }
    }

    #[test]
    fn what_is_believed_by_name_only_needs_a_name() {
        for generator in &GENERATORS {
            let needs = generator.common_containers.len()
                + generator.parts.len()
                + generator.own_pages.len();
            assert!(
                needs == 0 || !generator.told.is_empty(),
                "{}",
                generator.name
            );
        }
    }
}
