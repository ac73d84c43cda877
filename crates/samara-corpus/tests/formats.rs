//! Every kind of file that is read, on fixtures that look like the real thing.

use std::fs;
use std::path::Path;

#[cfg(feature = "extract")]
use samara_corpus::Rule;
use samara_corpus::{Corpus, Options, read};

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder inside");
        fs::write(path, content).expect("the file is written");
    }
    folder
}

fn corpus_at(path: &Path) -> Corpus {
    read(&[path.to_path_buf()], &Options::default()).expect("the corpus is read")
}

fn corpus(files: &[(&str, &str)]) -> Corpus {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, c)| (*n, c.as_bytes())).collect();
    corpus_at(folder(&files).path())
}

/// Headings with their anchors and texts.
fn outline(corpus: &Corpus, at: usize) -> Vec<(&str, &str, &str)> {
    let sections = corpus.documents[at].sections.iter();
    sections
        .map(|s| (s.heading.as_str(), s.anchor.as_str(), s.text.as_str()))
        .collect()
}

fn warned(corpus: &Corpus, path: &str) -> String {
    let warnings = corpus
        .report
        .warnings
        .iter()
        .filter(|warning| warning.path == path);
    warnings
        .map(|warning| warning.reason.to_string())
        .collect::<Vec<_>>()
        .join("; ")
}

const GUIDE: &str = r##"<!DOCTYPE html><html lang="en-GB"><head>
<title>Grafting apple trees - The Orchard Book</title>
<meta property="og:site_name" content="The Orchard Book">
<meta name="author" content="Ann Example">
<meta property="article:published_time" content="2025-03-03T08:00:00Z">
<link rel="canonical" href="https://orchard.example/grafting.html">
<script type="application/ld+json">{"@type":"Article","headline":"Grafting apple trees","publisher":{"name":"The Orchard Book"}}</script>
</head><body>
<nav><a href="/">Home</a> <a href="/pears">Pears</a></nav>
<main>
<h1 id="grafting">Grafting apple trees<a class="headerlink" href="#grafting">¶</a></h1>
<p>A graft joins a twig of one tree to the root of another, so that both grow on as a single tree.</p>
<section id="tools"><h2>Tools</h2>
<ul><li>a sharp knife</li><li>tape</li></ul>
<table><tr><th>Month</th><th>Wood</th></tr><tr><td>March</td><td>dormant</td></tr></table>
<pre><code>cut();
  bind();</code></pre>
<figure><img src="a.png" alt="A whip graft bound with tape"></figure></section>
<h2 id="after">Afterwards</h2>
<p>Keep the joint moist, and look after it every week until the first leaves open in early summer.</p>
<p data-pagefind-ignore>Built on Monday.</p>
</main>
<footer>© The Orchard Book</footer></body></html>"##;

#[test]
fn a_page_of_html_is_read_where_it_names_its_content() {
    let corpus = corpus(&[("grafting.html", GUIDE)]);
    let document = &corpus.documents[0];
    assert_eq!(document.title, "Grafting apple trees");
    assert_eq!(
        document.url, "grafting.html",
        "the address is this site's, whatever the page calls canonical"
    );
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(document.meta["source"], ["The Orchard Book"]);
    assert_eq!(document.meta["author"], ["Ann Example"]);
    assert_eq!(document.meta["date"], ["2025-03-03"]);
    let outline = outline(&corpus, 0);
    let anchors: Vec<(&str, &str)> = outline.iter().map(|(h, a, _)| (*h, *a)).collect();
    assert_eq!(
        anchors,
        [("", ""), ("Tools", "tools"), ("Afterwards", "after")]
    );
    for line in [
        "a sharp knife",
        "tape",
        "March dormant",
        "cut();",
        "  bind();",
    ] {
        assert!(
            outline[1].2.lines().any(|kept| kept == line),
            "{line} in {}",
            outline[1].2
        );
    }
    let text = document.plain_text();
    assert!(
        !text.contains("Pears") && !text.contains("Built on") && !text.contains('©'),
        "{text}"
    );
}

#[test]
fn what_is_marked_for_search_is_the_document() {
    let corpus = corpus(&[
        (
            "a.html",
            "<title>x</title><body><h1>Outside</h1><div data-pagefind-body data-pagefind-filter='kind:guide'>\
             <h1 data-pagefind-meta='title'>Inside</h1><p>Kept words.</p><p data-pagefind-ignore>no</p>\
             <img data-pagefind-meta='image[src]' src='a.png'></div><p>Around</p>",
        ),
        (
            "b.html",
            "<title>b</title><main><p>A page without a mark is not meant to be found.</p></main>",
        ),
    ]);
    assert_eq!(corpus.documents.len(), 1);
    let document = &corpus.documents[0];
    assert_eq!(
        (document.title.as_str(), document.plain_text().as_str()),
        ("Inside", "Inside\nKept words.")
    );
    assert_eq!(document.meta["kind"], ["guide"]);
    assert_eq!(document.meta["image"], ["a.png"]);
    assert!(warned(&corpus, "b.html").contains("skipped"));
}

#[test]
fn fields_are_taken_from_attributes() {
    let page = "<meta data-pagefind-default-meta='image[content], kind:page' content=/default.png>\
                <main><h1>Saws</h1><p data-samara-filter='kind:guide, tool' data-pagefind-meta='note[title], said:one, two' title=three>bow saw</p>\
                <p data-pagefind-sort='price[data-price]' data-price=12>words</p>\
                <p data-samara-ignore>no <i data-samara-meta=level>easy</i></p>\
                <p data-pagefind-ignore=all>no <i data-pagefind-meta=draft>yes</i></p></main>";
    let corpus = corpus(&[("a.html", page)]);
    let meta = corpus.documents[0].meta.iter();
    let told: Vec<(&str, &str)> = meta
        .map(|(key, values)| (key.as_str(), values[0].as_str()))
        .collect();
    let expected = [
        ("image", "/default.png"),
        ("kind", "guide"),
        ("level", "easy"),
        ("note", "three"),
        ("price", "12"),
        ("said", "one, two"),
        ("tool", "bow saw"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn attributes_named_for_search_are_read() {
    let corpus = corpus(&[(
        "a.html",
        "<main><h1>Saws</h1><p title='A bow saw' data-cut='pull stroke' data-x='no' \
         data-pagefind-index-attrs='title, data-cut'>Read on</p>\
         <p>See <i data-samara-index-attrs=title title='a note'>this</i>.</p></main>",
    )]);
    let text = corpus.documents[0].plain_text();
    assert_eq!(
        text,
        "Saws\nA bow saw pull stroke Read on\nSee a note this."
    );
}

#[test]
fn authors_decide_what_counts_for_less_and_for_more() {
    use samara_engine::Weight;
    let of = |factor: f32| Weight::of(factor).unwrap();
    let page = "<body data-samara-weight=0.5><main data-pagefind-body><h1>Saws</h1>\
                <p>one <b data-samara-weight='5'>two  three</b> four</p><p data-pagefind-weight='10.0'>five</p>\
                <p data-pagefind-weight=1>six</p><h2 data-pagefind-weight=2>Seven</h2>\
                <pre>\n\na  \n<i data-samara-weight=9>b</i></pre><p data-pagefind-weight=much>nine</p></main>";
    let corpus = corpus(&[("a.html", page)]);
    let pieces: Vec<(&str, samara_engine::Weight)> = corpus.documents[0]
        .sections
        .iter()
        .flat_map(|section| {
            let heading = section
                .heading_weight
                .map(|weight| (section.heading.as_str(), weight));
            let pieces = section
                .weights
                .iter()
                .map(|(piece, weight)| (&section.text[piece.clone()], *weight));
            heading.into_iter().chain(pieces)
        })
        .map(|(piece, weight)| (piece.trim(), weight))
        .collect();
    assert_eq!(
        pieces,
        [
            ("one", of(0.5)),
            ("two three", of(5.0)),
            ("four", of(0.5)),
            ("five", of(10.0)),
            ("Seven", of(4.0)),
            ("a", of(0.5)),
            ("b", of(9.0)),
            ("nine", of(0.5)),
        ]
    );
}

#[test]
fn a_page_with_several_main_parts_keeps_them_all() {
    let part =
        |words: &str| format!("<main><p>{words}, and more words than a label has.</p></main>");
    let page = format!(
        "<title>Two</title>{}<nav>Menu</nav>{}",
        part("The first part"),
        part("The second part")
    );
    let corpus = corpus(&[("a.html", &page)]);
    let text = corpus.documents[0].plain_text();
    assert!(
        text.contains("first") && text.contains("second") && !text.contains("Menu"),
        "{text}"
    );
}

#[test]
fn how_a_word_is_read_aloud_does_not_part_it() {
    let page = "<main><h1>題</h1><p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を書く</p></main>";
    let corpus = corpus(&[("a.html", page)]);
    assert_eq!(corpus.documents[0].plain_text(), "題\n漢字を書く");
}

#[test]
fn what_stands_outside_is_told_to_who_asks() {
    let page = "<title>Saws</title><nav><a href=/>Home</a></nav><h1>Saws</h1><p>Above it.</p>\
                <div data-samara-body><p>Kept words.</p><div data-samara-ignore>Not these <nav>or these</nav></div></div>\
                <footer>Below it.</footer>";
    let folder = folder(&[("a.html", page.as_bytes())]);
    let dropped = |outside| {
        let options = Options {
            outside,
            ..Options::default()
        };
        let corpus = read(&[folder.path().to_path_buf()], &options).expect("the corpus is read");
        assert_eq!(corpus.documents[0].plain_text(), "Saws\nKept words.");
        assert_eq!(corpus.report.warnings, []);
        let dropped = corpus.report.documents[0].dropped.iter();
        dropped
            .map(|block| (block.rule.name(), block.text.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(dropped(false), []);
    let told = [
        ("navigation", "Home"),
        ("outside-region", "Above it."),
        ("ignored", "Not these"),
        ("ignored", "or these"),
        ("footer", "Below it."),
    ];
    assert_eq!(
        dropped(true),
        told.map(|(rule, text)| (rule, text.to_string()))
    );
}

#[test]
fn pages_that_are_no_documents_are_skipped_with_a_reason() {
    let corpus = corpus(&[
        ("a.html", GUIDE),
        (
            "print.html",
            "<meta name=robots content='noindex, follow'><main>Everything once more</main>",
        ),
        (
            "old.html",
            "<meta http-equiv=refresh content='0; url=a.html'><p>Moved.</p>",
        ),
    ]);
    assert_eq!(corpus.documents.len(), 1);
    assert!(warned(&corpus, "print.html").contains("noindex"));
    assert!(warned(&corpus, "old.html").contains("leads to another"));
}

#[test]
fn unsafe_addresses_are_never_taken_over() {
    let page = GUIDE.replace(
        "https://orchard.example/grafting.html",
        "javascript:alert(1)",
    );
    let corpus = corpus(&[
        ("a.html", &page),
        ("b.md", "---\nurl: 'javascript:alert(1)'\n---\n# T\n\ntext"),
    ]);
    let urls: Vec<&str> = corpus.documents.iter().map(|d| d.url.as_str()).collect();
    assert_eq!(urls, ["a.html", "b.md"]);
    assert!(warned(&corpus, "b.md").contains("no safe address"));
}

#[test]
fn markdown_keeps_everything_and_knows_its_front_matter() {
    let yaml = "---\ntitle: Pruning\ndate: 2024-02-01\ntags: [winter, tools]\nlang: en\nweight: 3\n---\n\
                Cut in *February*, when it's **dry**.\n\n## When & how\n\n- clean\n- sharp\n\n\
                | a | b |\n|---|---|\n| 1 | 2 |\n\n```rust\nfn cut() {}\n```\n\n![A saw](s.png)\n\n\
                <div><p>inner <b>html</b></p></div>\n";
    let corpus = corpus(&[
        ("a.md", yaml),
        (
            "b.md",
            "+++\ntitle = \"Toml\"\ndraft = true\n+++\nNever read.",
        ),
        (
            "c.markdown",
            "# From the heading\n\nText.\n\nSubscribe to our newsletter\n",
        ),
        ("d.md", "{\"title\": \"From JSON\"}\n\nText."),
    ]);
    let titles: Vec<&str> = corpus.documents.iter().map(|d| d.title.as_str()).collect();
    assert_eq!(titles, ["Pruning", "From the heading", "From JSON"]);
    assert_eq!(
        outline(&corpus, 0),
        [
            ("", "", "Cut in February, when it's dry."),
            (
                "When & how",
                "when--how",
                "clean\nsharp\na b\n1 2\nfn cut() {}\nA saw\ninner html"
            ),
        ]
    );
    let meta = &corpus.documents[0].meta;
    assert_eq!(meta["date"], ["2024-02-01"]);
    assert_eq!(meta["tag"], ["winter", "tools"]);
    assert_eq!(meta["weight"], ["3"]);
    assert_eq!(
        corpus.documents[1].sections[0].text,
        "Text.\nSubscribe to our newsletter"
    );
    assert!(warned(&corpus, "b.md").contains("draft"));
}

#[test]
fn scripts_in_a_line_of_markdown_are_no_text() {
    let corpus = corpus(&[(
        "a.md",
        "# T\n\nOne <script>evil()</script> two <STYLE>p{}</STYLE> <b>three</b>\n\nfour <script>open\n\nfive",
    )]);
    assert_eq!(
        corpus.documents[0].plain_text(),
        "T\nOne two three\nfour\nfive"
    );
}

#[test]
fn texts_in_json_may_be_numbers_and_lists_and_what_holds_none_is_told() {
    let corpus = corpus(&[
        (
            "a.json",
            r#"[{"title": "One", "text": 2.5}, null, {"title": "Two", "body": ["a", 3, "<p>b</p>"]}, {"url": "/x"}, "text"]"#,
        ),
        ("b.jsonl", "{\"text\": \"c\"}\n{\"url\": \"/y\"}\n"),
        ("c.json", r#"{"docs": [{}]}"#),
    ]);
    let texts: Vec<String> = corpus
        .documents
        .iter()
        .map(samara_engine::Document::plain_text)
        .collect();
    assert_eq!(texts, ["One\n2.5", "Two\na\n3\nb", "text", "c"]);
    assert_eq!(
        warned(&corpus, "a.json"),
        "2 entries hold neither text nor title, skipped"
    );
    assert_eq!(
        warned(&corpus, "b.jsonl"),
        "an entry holds neither text nor title, skipped"
    );
    assert_eq!(warned(&corpus, "c.json"), "holds no documents, skipped");
}

#[test]
fn files_whose_names_mean_something_in_an_address_can_be_linked_to() {
    for (name, content, url) in [
        (
            "C# notes/50%?.html",
            "<main><h1>A</h1><p>words</p></main>",
            "C%23%20notes/50%25%3F.html",
        ),
        ("a#.json", "[{\"text\": \"b\"}]", "a%23.json#1"),
        ("javascript:x.md", "# A", "javascript%3Ax.md"),
    ] {
        let document = &corpus(&[(name, content)]).documents[0];
        assert_eq!((document.url.as_str(), document.id.as_str()), (url, url));
    }
    // What one file's name stands for may be the address of another page.
    let both = corpus(&[("a b.md", "# A"), ("c.md", "---\nurl: a%20b.md\n---\n# C")]);
    let ids: Vec<&str> = both.documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["a%20b.md", "a%20b.md~2"]);
}

#[test]
fn json_passes_through_unharmed() {
    let corpus = corpus(&[
        (
            "a.json",
            r#"[{"id": 7, "url": "/x", "title": "One", "text": "Leave a comment\nMost popular", "year": 1999},
                {"title": "Two", "html": "<p>a<p>b", "tags": ["t"]}]"#,
        ),
        (
            "b.jsonl",
            "{\"path\": \"p\", \"title\": \"Three\", \"body\": \"c\"}\n\n{\"text\": \"d\"}\n",
        ),
    ]);
    let told: Vec<(&str, &str, String)> = corpus
        .documents
        .iter()
        .map(|d| (d.id.as_str(), d.url.as_str(), d.plain_text()))
        .collect();
    assert_eq!(
        told,
        [
            ("7", "/x", "One\nLeave a comment\nMost popular".to_string()),
            ("a.json#2", "a.json#2", "Two\na\nb".to_string()),
            ("p", "p", "Three\nc".to_string()),
            ("b.jsonl#3", "b.jsonl#3", "d".to_string()),
        ]
    );
    assert_eq!(corpus.documents[0].meta["year"], ["1999"]);
}

#[test]
fn other_tools_indexes_become_pages_with_sections() {
    let mdbook = r#"{"doc_urls": ["a.html#one", "a.html#two", "b.html"], "index": {"documentStore": {"docs": {
        "0": {"id": "0", "title": "One", "body": "first"}, "1": {"id": "1", "title": "Two", "body": "second"},
        "2": {"id": "2", "title": "B", "body": "third"}}}}}"#;
    let script = format!(
        "Object.assign(window.search, JSON.parse('{}'));",
        mdbook.replace('\n', " ")
    );
    for (name, content) in [("searchindex.json", mdbook), ("searchindex-1a.js", &script)] {
        let corpus = corpus(&[(name, content)]);
        assert_eq!(corpus.documents.len(), 2, "{name}");
        assert_eq!(corpus.documents[0].title, "One");
        assert_eq!(
            outline(&corpus, 0),
            [("", "", "first"), ("Two", "two", "second")]
        );
    }
    let mkdocs = r#"{"config": {}, "docs": [{"location": "a/", "title": "A", "text": "<p>x</p>"},
        {"location": "a/#s", "title": "S", "text": "y"}]}"#;
    assert_eq!(
        outline(&corpus(&[("search_index.json", mkdocs)]), 0),
        [("", "", "x"), ("S", "s", "y")]
    );
    let fuse = r#"[{"title": "Z", "body": "z", "permalink": "https://a.example/z"}]"#;
    assert_eq!(
        corpus(&[("search_index.en.json", fuse)]).documents[0].url,
        "https://a.example/z"
    );
}

#[test]
fn data_beside_pages_of_html_is_no_document() {
    let corpus = corpus(&[
        ("a.html", GUIDE),
        ("manifest.json", "{\"name\": \"Site\"}"),
        ("style.css", "a{}"),
    ]);
    assert_eq!(corpus.documents.len(), 1);
    assert!(warned(&corpus, "manifest.json").contains("name the file itself"));
}

#[test]
fn near_duplicates_are_grouped_and_none_is_lost() {
    let long = |end: &str| {
        let words: Vec<String> = (0..300).map(|n| format!("word{}", n * n % 211)).collect();
        format!("# Page\n\n{} {end}", words.join(" "))
    };
    let corpus = corpus(&[
        ("v1.md", &long("old")),
        ("v2.md", &long("new")),
        ("x.md", "# X\n\nother text"),
    ]);
    let groups: Vec<Option<u32>> = corpus.documents.iter().map(|d| d.similar).collect();
    assert_eq!(groups, [Some(0), Some(0), None]);
    assert!(
        corpus
            .report
            .to_string()
            .contains("3 documents, 1 of them near-duplicates")
    );
}

#[test]
fn versions_of_few_pages_lose_nothing_to_one_another() {
    let step = |page: usize, n: usize| {
        format!("<p>Step {n} of page {page}: turn the screw {n} times.</p>")
    };
    let pages: Vec<(String, String)> = (0..3)
        .flat_map(|page| (1..7).map(move |version| (page, version)))
        .map(|(page, version)| {
            let steps: String = (0..40).map(|n| step(page, n)).collect();
            let text = format!("<main><h1>Page {page}</h1><p>Version {version}</p>{steps}</main>");
            (format!("v{version}/{page}.html"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = pages
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let corpus = corpus(&files);
    for (document, outcome) in corpus.documents.iter().zip(&corpus.report.documents) {
        assert!(
            document.plain_text().contains("turn the screw 39 times"),
            "{}",
            document.id
        );
        assert!(
            document.similar.is_none() && outcome.dropped.is_empty(),
            "{outcome:?}"
        );
    }
}

#[test]
fn only_what_is_made_for_search_says_where_a_hit_leads() {
    let given = |title: &str| {
        let meta = "<body><span data-pagefind-meta='url:/apples/'></span>";
        GUIDE.replace("<body>", meta).replace("Grafting", title)
    };
    let urls = |files: &[(&str, &str)]| -> Vec<String> {
        let corpus = corpus(files);
        corpus.documents.iter().map(|d| d.url.clone()).collect()
    };
    assert_eq!(
        urls(&[("a.html", GUIDE), ("b.html", &given("Pruning"))]),
        ["a.html", "/apples/"]
    );
    // An address that many pages claim is nobody's.
    let files = [
        ("a.html", &*given("Grafting")),
        ("b.html", &*given("Pruning")),
    ];
    assert_eq!(urls(&files), ["a.html", "b.html"]);
    assert!(warned(&corpus(&files), "b.html").contains("other pages give too"));
}

#[test]
#[cfg(not(feature = "extract"))]
fn a_page_without_a_region_needs_the_extractors() {
    let corpus = corpus(&[
        ("a.html", GUIDE),
        (
            "b.html",
            "<title>B</title><div><p>Words that could be anything.",
        ),
    ]);
    assert_eq!(corpus.documents.len(), 1);
    assert!(warned(&corpus, "b.html").contains("data-samara-body"));
}

#[test]
#[cfg(feature = "extract")]
fn terms_and_headings_stay_with_what_they_introduce() {
    let entry = |term: &str, n: usize| {
        format!(
            "<dt>{term}</dt><dd><p>Number {n} of the options is described in this sentence, which says at some length \
             what it changes, why anybody would want to change it, and what happens if it is left out.</p></dd>"
        )
    };
    let terms = ["--email", "tags", "--stable", "%ad", "register", "-q"];
    let entries: String = terms
        .iter()
        .zip(1..)
        .map(|(term, n)| entry(term, n))
        .collect();
    let page = format!(
        "<html lang=en><title>Pruning</title><body><div class=top><a href=/>Home</a> <a href=/b>Blog</a></div>\
         <div class=text><h1>Pruning</h1><h2 id=options>OPTIONS</h2><dl>{entries}</dl></div><div class=bottom>© 2026</div>"
    );
    let text = corpus(&[("a.html", &page)]).documents[0].plain_text();
    for line in terms.iter().chain(&["OPTIONS"]) {
        assert!(
            text.lines().any(|kept| kept == *line),
            "{line} is not in {text}"
        );
    }
}

#[test]
#[cfg(feature = "extract")]
fn a_page_without_a_region_loses_what_the_site_added() {
    let prose = "The old pear tree behind the house has carried fruit for a hundred years, and nobody \
                 remembers who planted it or which sort it is. ";
    let links = "<li><a href=x>Some other page</a></li>".repeat(12);
    let html = format!(
        "<html lang=en><title>The old pear tree | Garden notes</title><body><div class=menu><ul>{links}</ul></div>\
         <div class=post><h1>The old pear tree</h1>{}</div><div class=related><h3>Related posts</h3><ul>{links}</ul></div>\
         <div>Copyright 2024 Garden notes. All rights reserved.</div></body></html>",
        format!("<p>{prose}</p>").repeat(6)
    );
    let corpus = corpus(&[("pear.html", &html)]);
    let document = &corpus.documents[0];
    assert_eq!(document.title, "The old pear tree");
    assert_eq!(document.plain_text().matches("nobody remembers").count(), 6);
    assert!(!document.plain_text().contains("Some other page"));
    assert!(!document.plain_text().contains("rights reserved"));
    let rules: Vec<Rule> = corpus.report.documents[0]
        .dropped
        .iter()
        .map(|b| b.rule)
        .collect();
    assert!(
        rules.contains(&Rule::Navigation) && rules.contains(&Rule::Legal),
        "{rules:?}"
    );
}

#[test]
fn pages_say_what_they_are_filed_under_and_what_they_show() {
    let text =
        "<p>Oil is kept in the cellar, where it stays cool until the lamp is filled again.</p>"
            .repeat(4);
    let page = |head: &str, body: &str| {
        format!("<title>Oil</title>{head}<main><h1>Oil</h1>{body}{text}</main>")
    };
    let shown = |head: &str, body: &str, field: &str| -> Vec<String> {
        let corpus = corpus(&[("lamps/oil.html", &page(head, body))]);
        corpus.documents[0]
            .meta
            .get(field)
            .cloned()
            .unwrap_or_default()
    };
    for (head, body, field, expected) in [
        (
            "<meta name=keywords content='oil, lamps'>",
            "",
            "tag",
            &["oil", "lamps"][..],
        ),
        (
            "<meta property='article:tag' content=oil>",
            "<a rel='tag' href=/t>lamps</a>",
            "tag",
            &["oil", "lamps"],
        ),
        (
            "<meta property='og:image' content='https://a.example/b.png'>",
            "<img src=a.png>",
            "image",
            &["https://a.example/b.png"],
        ),
        (
            "",
            "<img src=icon.png width=16><img src=../a.png>",
            "image",
            &["a.png"],
        ),
        (
            "",
            "<p><time datetime=2025-01-14>14 January 2025</time></p>",
            "date",
            &["2025-01-14"],
        ),
        // The day of an event is not the page's, and of two days none is.
        (
            "",
            "<p>We meet on <time datetime=2025-01-14>14 January</time> at the pier.</p>",
            "date",
            &[],
        ),
        (
            "",
            "<p><time datetime=2025-01-14>14 January 2025</time></p><p><time datetime=2025-01-15>15 January 2025</time></p>",
            "date",
            &[],
        ),
    ] {
        assert_eq!(shown(head, body, field), expected, "{head}{body}");
    }
}
