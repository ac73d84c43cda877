//! Sites as generators of documentation write them: the author's pages come out whole and named, the
//! generator's own are left out with a reason.

use std::fs;

use samara_corpus::{Corpus, Options, read};

/// What is the author's on every page below.
const BODY: &str = "<p>A lathe turns the wood while the hand holds the tool, and both have to be at rest \
    before the work is measured.</p><ul><li>gouge</li><li>skew chisel</li></ul>\
    <pre><code>speed = 1200\n  feed = slow</code></pre>";

/// What the site adds to every page below.
const CHROME: &str = "<nav class=\"sidebar\"><ol><li><a href=\"a.html\">Chapter of the sidebar</a></li>\
    <li><a href=\"b.html\">Another of the sidebar</a></li></ol></nav>";

struct Site {
    /// Stands in the head of every page.
    head: &'static str,
    /// Around a page's heading and text, both marked by `@`.
    page: &'static str,
    /// Pages that the generator wrote for itself.
    extras: &'static [&'static str],
}

const SITES: [(&str, Site); 6] = [
    (
        "mdBook",
        Site {
            head: "<title>@ - The Turner's Book</title><script src=\"book.js\"></script>",
            page: "<div id=\"content\" class=\"page\"><div id=\"menu-bar\" class=\"menu-bar\"><h1 class=\"menu-title\">The \
                   Turner's Book</h1></div><div id=\"content\" class=\"content\"><main>@</main></div></div>",
            extras: &["print.html", "toc.html"],
        },
    ),
    (
        "Sphinx",
        Site {
            head: "<title>@ — Turner 1.2 documentation</title>\
                   <script src=\"_static/documentation_options.js\"></script>",
            page: "<div class=\"documentwrapper\"><div class=\"body\" role=\"main\"><section id=\"s\">@</section></div></div>\
                   <div class=\"sphinxsidebar\" role=\"navigation\"><h3>This Page</h3><a href=\"_sources/a.txt\">Show Source</a></div>",
            extras: &[
                "genindex.html",
                "py-modindex.html",
                "search.html",
                "_modules/turner/lathe.html",
            ],
        },
    ),
    (
        "rustdoc",
        Site {
            head: "<title>@ - Rust</title><meta name=\"generator\" content=\"rustdoc\">",
            page: "<main><div class=\"width-limiter\"><section id=\"main-content\" class=\"content\">@</section></div></main>",
            extras: &["all.html", "src/turner/lib.rs.html", "help.html"],
        },
    ),
    (
        "Docusaurus",
        Site {
            head: "<title>@ | Turner</title><meta name=\"generator\" content=\"Docusaurus v3.6\">",
            page: "<main class=\"docMainContainer\"><article><nav class=\"theme-doc-breadcrumbs\">Docs</nav>\
                   <div class=\"theme-doc-markdown markdown\">@</div><a class=\"theme-edit-this-page\">Edit this page</a></article></main>",
            extras: &["search/index.html", "404.html"],
        },
    ),
    (
        "MkDocs",
        Site {
            head: "<title>@ - Turner</title><meta name=\"generator\" content=\"mkdocs-1.6, mkdocs-material-9.5\">",
            page: "<main class=\"md-main\"><div class=\"md-sidebar\">Table of contents</div><div class=\"md-content\">\
                   <article class=\"md-content__inner md-typeset\">@</article></div></main>",
            extras: &["print_page/index.html", "404.html"],
        },
    ),
    (
        "Hugo",
        Site {
            head: "<title>@ | Turner</title><meta name=\"generator\" content=\"Hugo 0.140.0\">",
            page: "<aside class=\"td-sidebar\">Documentation</aside><main role=\"main\"><div class=\"td-content\">@</div></main>",
            extras: &["_print/index.html", "404.html"],
        },
    ),
];

fn page(site: &Site, title: &str) -> String {
    let text = format!("<h1 id=\"top\">{title}</h1>{BODY}");
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">{}</head><body>{CHROME}{}\
         <footer>Built with love</footer></body></html>",
        site.head.replace('@', title),
        site.page.replace('@', &text)
    )
}

fn read_site(files: &[(&str, String)]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, content).expect("the page is written");
    }
    read(&[folder.path().to_path_buf()], &Options::default()).expect("the site is read")
}

#[test]
fn the_authors_pages_come_out_whole_and_named() {
    for (name, site) in &SITES {
        let corpus = read_site(&[("turning.html", page(site, "Turning a bowl"))]);
        let document = &corpus.documents[0];
        assert_eq!(document.title, "Turning a bowl", "{name}");
        let text = document.plain_text();
        for line in [
            "A lathe turns the wood while the hand holds the tool, and both have to be at rest before the \
             work is measured.",
            "gouge",
            "skew chisel",
            "  feed = slow",
        ] {
            assert!(text.lines().any(|kept| kept == line), "{name}: {text}");
        }
        for chrome in ["sidebar", "Show Source", "love", "Edit this", "contents"] {
            assert!(!text.contains(chrome), "{name}: {text}");
        }
    }
}

#[test]
fn the_generators_own_pages_are_left_out_with_a_reason() {
    for (name, site) in &SITES {
        let mut files = vec![("turning.html", page(site, "Turning a bowl"))];
        files.extend(site.extras.iter().map(|extra| (*extra, page(site, "More"))));
        files.push((
            "old.html",
            "<meta http-equiv=refresh content='0; url=turning.html'><p>This page has moved.".into(),
        ));
        let corpus = read_site(&files);
        let urls: Vec<&str> = corpus.documents.iter().map(|d| d.url.as_str()).collect();
        assert_eq!(urls, ["turning.html"], "{name}");
        for path in site.extras.iter().chain(&["old.html"]) {
            let told = |warning: &samara_corpus::Warning| {
                warning.path == *path && warning.reason.is_skip()
            };
            assert!(corpus.report.warnings.iter().any(told), "{name}: {path}");
        }
    }
}

#[test]
fn texts_of_a_site_that_are_none_of_its_pages_are_left_out_with_a_reason() {
    let page = "<main><h1>Pruning</h1><p>Cut in winter, when the sap is down.</p></main>";
    let files = [
        ("404.html", "<main><h1>Not found</h1></main>"),
        ("index.html", page),
        (
            "_sources/index.rst.txt",
            "Pruning\n=======\n\nCut in winter.",
        ),
        ("guide/tools.html", page),
        ("guide/tools.html.md", "# Pruning\n\nCut in winter."),
        ("guide/tools.txt.gz", "no matter what"),
        ("index.md", "# Pruning\n\nCut in winter."),
        ("robots.txt", "User-agent: *"),
        ("index.v2.md", "# Another page"),
        (
            "notes.txt",
            "Notes on pruning\n\nThey are a page of the site.",
        ),
    ];
    let corpus = read_site(&files.map(|(name, text)| (name, text.to_string())));
    let urls: Vec<&str> = corpus.documents.iter().map(|d| d.url.as_str()).collect();
    assert_eq!(
        urls,
        ["guide/tools.html", "index.html", "index.v2.md", "notes.txt"]
    );
    let told: Vec<&str> = corpus
        .report
        .warnings
        .iter()
        .map(|w| w.path.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "404.html",
            "_sources/index.rst.txt",
            "guide/tools.html.md",
            "guide/tools.txt.gz",
            "index.md",
            "robots.txt"
        ]
    );
    // Without pages of HTML it is no site.
    let texts = read_site(&[(
        "robots.txt",
        "A text on robots\n\nwith words in it.".to_string(),
    )]);
    assert_eq!(texts.documents.len(), 1);
}

#[test]
fn sections_named_like_parts_of_a_site_are_content() {
    let section = |id: &str, heading: &str| {
        format!(
            "<section id={id}><h2>{heading}<a class=headerlink href=#{id}>¶</a></h2><p>All about {heading}.</p></section>"
        )
    };
    let named = [
        ("cookies", "Cookies"),
        ("session-and-comments", "Session and comments"),
        ("pagination", "Pagination"),
    ];
    let sections: String = named.map(|(id, heading)| section(id, heading)).concat();
    let page = format!(
        "<html><head><meta name=generator content='Docutils 0.20'><title>Guide</title></head><body><div role=main class=body>\
         <section id=guide><h1>Guide</h1><p>An introduction that says what this guide is about, and to whom it may be of use.</p>\
         {sections}<dl><dt id=socket.share>socket.share()</dt><dd>Shares it.</dd></dl><h2 id=_share>Share</h2><p>All about sharing.</p><div class=comments><h3>3 comments</h3><p>Me, too.</p></div>\
         <footer>Built with a tool.</footer>\
         </section></div></body></html>"
    );
    let corpus = read_site(&[("guide.html", page)]);
    let text = corpus.documents[0].plain_text();
    for (_, heading) in named.iter().chain(&[("", "Share"), ("", "socket.share()")]) {
        assert!(
            text.lines().any(|line| line == *heading),
            "{heading} is not in {text}"
        );
    }
    // No name of a class decides, only what the table says of this generator.
    assert!(
        text.contains("All about Cookies")
            && text.contains("Me, too")
            && !text.contains("Built with"),
        "{text}"
    );
}

#[test]
fn a_manual_in_asciidoc_keeps_its_options() {
    let page = "<!DOCTYPE html><html><head><meta name=generator content='Asciidoctor 2.0.18'><title>prune(1)</title></head>\
                <body class=manpage><div id=header><h1>prune(1) Manual Page</h1><div id=toc class=toc><ul><li><a href=#o>Options</a></li></ul></div>\
                <h2>NAME</h2><div class=sectionbody><p>prune - cut what is too long</p></div></div>\
                <div id=content><div class=sect1><h2 id=o>OPTIONS</h2><div class=sectionbody><dl>\
                <dt class=hdlist1>--email</dt><dd><p>Tell the gardener.</p></dd><dt class=hdlist1>tags</dt><dd><p>Cut those that carry one.</p></dd>\
                </dl></div></div></div><div id=footer><div id=footer-text>Last updated 2026</div></div></body></html>";
    let corpus = read_site(&[("prune.html", page.to_string())]);
    assert_eq!(
        corpus.documents[0].plain_text(),
        "prune(1) Manual Page\nNAME\nprune - cut what is too long\nOPTIONS\n--email\nTell the gardener.\ntags\nCut those that carry one."
    );
}

#[test]
fn a_page_with_a_generators_name_and_an_authors_text_stays() {
    let (_, hugo) = &SITES[5];
    let corpus = read_site(&[
        ("print.html", page(hugo, "Print a pattern")),
        ("src/all.html", page(hugo, "All about oak")),
    ]);
    assert_eq!(corpus.documents.len(), 2);
}

#[test]
fn what_a_hero_of_vitepress_says_in_two_lines_is_no_single_word() {
    let page = "<meta name=generator content='VitePress v1'><main><div class=VPHome><div class='VPHero VPHomeHero'>\
                <h1 class=heading><span class='name clip'>Lamp</span><span class=text>For keepers</span></h1></div>\
                <p>Lit<span>tle</span> is said.</p></div></main>";
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("index.html"), page).expect("the page is written");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert_eq!(corpus.documents[0].title, "Lamp For keepers");
    assert!(corpus.documents[0].plain_text().contains("Little is said."));
}

#[test]
fn a_note_of_three_words_is_one() {
    let page = "<meta name=generator content='Hexo 7'><header><a href=/>The Journal of Lamps</a></header><section>\
                <article class=article><h1>A note</h1><div class=article-entry><p>Fog all day.</p></div></article></section>\
                <aside><h3>Recent Posts</h3><ul><li><a href=/a/>Nebel am Morgen</a></li></ul></aside>";
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("note.html"), page).expect("the page is written");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert_eq!(corpus.documents[0].plain_text(), "A note\nFog all day.");
}
