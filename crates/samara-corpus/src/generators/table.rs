//! The table: one entry a generator.
//!
//! Where several could have written a page, the first in this table did.

use super::entry::Place::{Begins, Folder, Page};
use super::entry::Told::{Id, Name, RootScript, Script};
use super::entry::{Element, Generator};
use crate::report::Rule::{Footer, Navigation};
use crate::report::Skip::{NameList, Printed, SiteForm, SourceListing};

pub(crate) static GENERATORS: &[Generator] = &[
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
        chrome: &[
            (Element::class("viewcode-link"), Navigation),
            (Element::class("prev-next-area"), Navigation),
            (Element::class("prev-next-footer"), Navigation),
            (Element::class("rst-footer-buttons"), Navigation),
            (Element::class("wy-breadcrumbs"), Navigation),
            (Element::class("related-pages"), Navigation),
            (Element::class("edit-this-page"), Navigation),
            (Element::tag("footer"), Footer),
        ],
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
        chrome: &[
            (Element::class("src"), Navigation),
            (Element::class("out-of-band"), Navigation),
            (Element::class("rustdoc-breadcrumbs"), Navigation),
            (Element::tag("rustdoc-toolbar"), Navigation),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Docusaurus",
        told: &[Name("docusaurus")],
        containers: &[
            Element::class("theme-doc-markdown"),
            Element::id("__blog-post-container"),
        ],
        own_pages: &[
            (Page("search"), SiteForm),
            (Page("404"), SiteForm),
            (Folder("tags"), NameList),
        ],
        chrome: &[
            (Element::class("theme-edit-this-page"), Navigation),
            (Element::class("theme-doc-footer"), Footer),
            (Element::class("theme-doc-toc-mobile"), Navigation),
            (Element::class("theme-doc-version-badge"), Navigation),
            (Element::class("theme-doc-version-banner"), Navigation),
            (Element::class("theme-last-updated"), Navigation),
            (Element::class("breadcrumbs"), Navigation),
            (Element::class("pagination-nav"), Navigation),
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
        chrome: &[
            (Element::class("md-content__button"), Navigation),
            (Element::class("md-feedback"), Navigation),
            (Element::class("md-source-file"), Footer),
            (Element::class("md-tooltip"), Navigation),
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
        chrome: &[
            (Element::class("td-page-meta"), Navigation),
            (Element::class("feedback--title"), Navigation),
            (Element::class("feedback--answer"), Navigation),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Asciidoctor",
        told: &[Name("asciidoc")],
        // The document's title stands in the header.
        parts: &[
            Element::id("header"),
            Element::id("content"),
            Element::id("footnotes"),
        ],
        chrome: &[
            (Element::id("toc"), Navigation),
            (Element::class("toc"), Navigation),
        ],
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
        chrome: &[(Element::class("sl-anchor-link"), Navigation)],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "VitePress",
        containers: &[Element::class("vp-doc"), Element::class("VPHome")],
        chrome: &[
            (Element::class("header-anchor"), Navigation),
            (Element::class("VPDocFooter"), Footer),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "HonKit and docsify",
        containers: &[Element::class("markdown-section")],
        chrome: &[(Element::class("search-results"), Navigation)],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "MediaWiki",
        containers: &[Element::class("mw-parser-output")],
        chrome: &[
            (Element::class("mw-editsection"), Navigation),
            (Element::class("mw-cite-backlink"), Navigation),
            (Element::class("mw-jump-link"), Navigation),
            (Element::class("navbox"), Navigation),
            (Element::class("catlinks"), Navigation),
            (Element::class("printfooter"), Footer),
            (Element::id("toc"), Navigation),
            (Element::class("toc"), Navigation),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "TypeDoc",
        told: &[Id("tsd-")],
        common_containers: &[Element {
            class: "col-content",
            inside: Some(&Element::class("container-main")),
            ..Element::ANY
        }],
        chrome: &[
            (Element::class("tsd-breadcrumb"), Navigation),
            (Element::class("tsd-anchor-icon"), Navigation),
            (Element::class("tsd-sources"), Navigation),
            (Element::class("tsd-filter"), Navigation),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "JSDoc",
        told: &[Script("linenumber.js")],
        common_containers: &[Element::id("main")],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Doxygen",
        told: &[Name("doxygen")],
        // The title stands in the header, beside links to the parts of the page.
        parts: &[Element::class("headertitle"), Element::class("contents")],
        chrome: &[
            (Element::class("permalink"), Navigation),
            (Element::class("dynheader"), Navigation),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Eleventy",
        told: &[Name("eleventy")],
        chrome: &[(Element::class("links-nextprev"), Navigation)],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Hexo",
        told: &[Name("hexo")],
        chrome: &[
            (Element::class("article-footer"), Footer),
            (Element::class("article-more-link"), Navigation),
            (Element::id("article-nav"), Navigation),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Confluence",
        told: &[Id("title-heading")],
        common_containers: &[Element {
            id: "main-content",
            class: "wiki-content",
            ..Element::ANY
        }],
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
        for generator in GENERATORS {
            assert!(!generator.name.is_empty());
            let elements = generator.containers.len()
                + generator.chrome.len()
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
        for generator in GENERATORS {
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
