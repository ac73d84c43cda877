//! Pages of HTML that name their content, and what is known of them.

use samara_corpus::{Options, read};

use crate::case::{GUIDE, corpus, folder, outline};

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
