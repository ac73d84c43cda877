//! The table: one entry a generator.
//!
//! Where several could have written a page, the first in this table did.

use super::entry::Place::{
    AnyFolder, Beneath, Class, Dates, Digest, Ends, File, Folder, Further, Names, Root, RootBegins,
};
use super::entry::Told::{Id, Name, RootScript, Script};
use super::entry::{Element, Generator};
use crate::report::Rule::{Control, Footer, Navigation};
use crate::report::Skip::{Listing, NameList, NoPage, Printed, SiteForm, SourceListing};

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
            (Root("print"), Printed),
            (Root("toc"), NameList),
            (Root("404"), SiteForm),
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
        own_pages: &[
            (Root("genindex"), NameList),
            (RootBegins("genindex-"), NameList),
            (Root("py-modindex"), NameList),
            (Root("modindex"), NameList),
            (Root("search"), SiteForm),
            (AnyFolder("_modules"), SourceListing),
            (AnyFolder("_sources"), SourceListing),
            (Folder("singlehtml"), Printed),
            (AnyFolder("_static"), SiteForm),
            (Root("404"), NoPage),
        ],
        assets: &["_static", "_images", "_downloads"],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "rustdoc",
        told: &[Name("rustdoc")],
        common_containers: &[Element::id("main-content")],
        chrome: &[
            (Element::class("src"), Navigation),
            (Element::class("out-of-band"), Navigation),
            (Element::class("hideme"), Navigation),
            (Element::class("rustdoc-breadcrumbs"), Navigation),
            (Element::tag("rustdoc-toolbar"), Navigation),
        ],
        own_pages: &[
            (File("all.html"), NameList),
            (Root("help"), SiteForm),
            (Root("settings"), SiteForm),
            (Root("search"), SiteForm),
            (Root("scrape-examples-help"), SiteForm),
            (Folder("src"), SourceListing),
        ],
        assets: &["static.files"],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Docusaurus",
        told: &[Name("docusaurus")],
        containers: &[
            Element::class("theme-doc-markdown"),
            Element::id("__blog-post-container"),
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
        own_pages: &[
            (Root("search"), SiteForm),
            (File("404.html"), NoPage),
            (Class("docs-tags-list-page"), Listing),
            (Class("docs-tags-doc-list-page"), Listing),
            (Class("docs-tag-doc-list-page"), Listing),
            (Class("blog-tags-list-page"), Listing),
            (Class("blog-tags-post-list-page"), Listing),
            (Class("blog-authors-list-page"), Listing),
            (Class("blog-authors-posts-page"), Listing),
            (Class("blog-list-page"), Listing),
            (Class("blog-archive-page"), Listing),
            (Beneath("blog", "archive"), Listing),
            (Beneath("blog", "authors"), Listing),
            (Beneath("blog", "tags"), Listing),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "MkDocs",
        told: &[Name("mkdocs")],
        // The theme Material.
        containers: &[Element::class("md-content__inner")],
        chrome: &[
            (Element::class("md-content__button"), Navigation),
            (Element::class("md-feedback"), Navigation),
            (Element::class("md-source-file"), Footer),
            (Element::class("md-tooltip"), Navigation),
        ],
        own_pages: &[
            (Root("print_page"), Printed),
            (File("404.html"), NoPage),
            (Root("search"), SiteForm),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Hugo",
        told: &[Name("hugo")],
        // The themes Docsy and Book.
        containers: &[Element::class("td-content"), Element::class("book-article")],
        chrome: &[
            (Element::class("td-page-meta"), Navigation),
            (Element::class("feedback--title"), Navigation),
            (Element::class("feedback--answer"), Navigation),
        ],
        own_pages: &[
            (AnyFolder("_print"), Printed),
            (Beneath("docs", "_print"), Printed),
            (Root("_print"), Printed),
            (File("404.html"), NoPage),
            (Root("search"), SiteForm),
            (Folder("tags"), Listing),
            (Folder("categories"), Listing),
            (Further("page"), Listing),
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
        told: &[Name("starlight")],
        containers: &[Element::class("sl-markdown-content")],
        chrome: &[(Element::class("sl-anchor-link"), Navigation)],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "VitePress",
        told: &[Name("vitepress")],
        containers: &[Element::class("vp-doc"), Element::class("VPHome")],
        chrome: &[
            (Element::class("header-anchor"), Navigation),
            (Element::class("VPDocFooter"), Footer),
            // What a listing is written in, beside its button.
            (
                Element {
                    tag: "span",
                    class: "lang",
                    ..Element::ANY
                },
                Control,
            ),
        ],
        apart: &[Element {
            class: "text",
            inside: Some(&Element {
                tag: "h1",
                class: "heading",
                ..Element::ANY
            }),
            ..Element::ANY
        }],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "HonKit and docsify",
        containers: &[Element::class("markdown-section")],
        chrome: &[(Element::class("search-results"), Navigation)],
        told: &[Name("honkit"), Name("gitbook")],
        own_pages: &[(Root("404"), NoPage)],
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
        own_pages: &[(Root("hierarchy"), NameList)],
        assets: &["assets"],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "JSDoc",
        told: &[Script("linenumber.js")],
        common_containers: &[Element::id("main")],
        own_pages: &[
            (Ends(".js.html"), SourceListing),
            (Ends(".ts.html"), SourceListing),
            (Ends(".jsx.html"), SourceListing),
            (Ends(".mjs.html"), SourceListing),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Doxygen",
        // What its search shows where it finds nothing names no generator.
        told: &[Name("doxygen"), Id("NoMatches")],
        // The title stands in the header, beside links to the parts of the page.
        parts: &[Element::class("headertitle"), Element::class("contents")],
        titles: &[Element {
            class: "title",
            inside: Some(&Element::class("headertitle")),
            ..Element::ANY
        }],
        chrome: &[
            (Element::class("permalink"), Navigation),
            (Element::class("dynheader"), Navigation),
        ],
        own_pages: &[
            (AnyFolder("search"), NameList),
            (Ends("_8h_source.html"), SourceListing),
            (Ends("_8c_source.html"), SourceListing),
            (Ends("_8cpp_source.html"), SourceListing),
            (Ends("_8hpp_source.html"), SourceListing),
            (Ends("_8cc_source.html"), SourceListing),
            (Ends("_8hh_source.html"), SourceListing),
            (Ends("_8cxx_source.html"), SourceListing),
            (Ends("_8hxx_source.html"), SourceListing),
            (Ends("_8py_source.html"), SourceListing),
            (Ends("_8java_source.html"), SourceListing),
            (Ends("_8inl_source.html"), SourceListing),
            (Ends("_8tcc_source.html"), SourceListing),
            (Ends("_8md_source.html"), SourceListing),
            (Ends("_8cs_source.html"), SourceListing),
            (Ends("_8f90_source.html"), SourceListing),
            (Ends("_8dox_source.html"), SourceListing),
            (Ends("-members.html"), NameList),
            (Digest("dir_"), NameList),
            (Root("files"), NameList),
            (Root("annotated"), NameList),
            (Root("classes"), NameList),
            (Root("hierarchy"), NameList),
            (Root("inherits"), NameList),
            (Root("namespaces"), NameList),
            (Names("namespacemembers"), NameList),
            (Names("functions"), NameList),
            (Names("globals"), NameList),
            (Root("graph_legend"), SiteForm),
        ],
        assets: &["search"],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Eleventy",
        told: &[Name("eleventy")],
        chrome: &[(Element::class("links-nextprev"), Navigation)],
        own_pages: &[
            (Folder("tags"), Listing),
            (Further("page"), Listing),
            (Root("404"), NoPage),
        ],
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
        own_pages: &[
            (Folder("archives"), Listing),
            (Folder("tags"), Listing),
            (Folder("categories"), Listing),
            (Further("page"), Listing),
            (Root("404"), NoPage),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Zensical",
        told: &[Name("zensical")],
        common_containers: &[Element::class("md-content__inner")],
        own_pages: &[(File("404.html"), NoPage), (Root("search"), SiteForm)],
        chrome: &[
            (Element::class("md-content__button"), Navigation),
            (Element::class("md-feedback"), Navigation),
            (Element::class("md-source-file"), Footer),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Jekyll",
        told: &[Name("jekyll")],
        own_pages: &[
            (Dates, Listing),
            (Folder("tag"), Listing),
            (Folder("tags"), Listing),
            (Folder("category"), Listing),
            (Folder("categories"), Listing),
            (Further("page"), Listing),
            (Root("404"), NoPage),
        ],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Pelican",
        told: &[Name("pelican")],
        own_pages: &[
            (Folder("tag"), Listing),
            (Folder("category"), Listing),
            (Folder("author"), Listing),
            (Root("archives"), Listing),
            (Root("authors"), Listing),
            (Root("categories"), Listing),
            (Root("tags"), Listing),
        ],
        // Date, category and tags, which the theme puts into the text.
        chrome: &[(
            Element {
                tag: "footer",
                class: "post-info",
                ..Element::ANY
            },
            Footer,
        )],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Antora",
        told: &[Name("antora")],
        common_containers: &[Element {
            tag: "article",
            class: "doc",
            ..Element::ANY
        }],
        own_pages: &[(Root("404"), NoPage), (Root("search"), SiteForm)],
        chrome: &[
            (Element::class("pagination"), Navigation),
            (Element::class("toc"), Navigation),
        ],
        assets: &["_"],
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Next.js",
        told: &[Id("__next")],
        own_pages: &[(File("404.html"), NoPage), (Root("_not-found"), NoPage)],
        assets: &["_next"],
        is_framework: true,
        ..Generator::UNKNOWN
    },
    Generator {
        name: "Nuxt",
        told: &[Id("__nuxt")],
        own_pages: &[(File("200.html"), NoPage), (File("404.html"), NoPage)],
        assets: &["_nuxt"],
        is_framework: true,
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

/// Whether a generator keeps files for its programs in a folder of this name at its site's root.
pub(crate) fn is_assets(folder: &str) -> bool {
    // Of names that authors give, too, pages tell themselves whose they are.
    folder.starts_with('_')
        && GENERATORS
            .iter()
            .any(|known| known.assets.contains(&folder))
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
