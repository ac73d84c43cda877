//! Pages that do not name their content: what their sites added is left out, and what introduces content stays.

#[cfg(feature = "extract")]
use samara_corpus::Rule;

use crate::case::corpus;
#[cfg(not(feature = "extract"))]
use crate::case::{GUIDE, warned};

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
#[cfg(feature = "extract")]
fn a_page_is_called_by_its_heading_unless_that_is_the_sites() {
    let titles = |pages: &[(&str, &str)]| -> Vec<String> {
        let page = |(title, body): &(&str, &str)| {
            let about = body.replace(['<', '>'], " ");
            let text =
                format!("<p>What there is to know about {about}, told by one who knows.</p>");
            format!("<html lang=en><title>{title}</title><body>{body}{text}")
        };
        let pages: Vec<(String, String)> = pages
            .iter()
            .enumerate()
            .map(|(n, it)| (format!("{n}.html"), page(it)))
            .collect();
        let pages: Vec<(&str, &str)> = pages.iter().map(|(n, page)| (&**n, &**page)).collect();
        let documents = corpus(&pages).documents.into_iter();
        documents.map(|document| document.title).collect()
    };
    // One title for all of them.
    assert_eq!(
        titles(&[
            ("Company handbook", "<h1>Expenses</h1>"),
            ("Company handbook", "<h1>Holidays</h1>"),
            ("Company handbook", "<h1>Travel</h1>"),
        ]),
        ["Expenses", "Holidays", "Travel"]
    );
    assert_eq!(
        titles(&[("Garden tips | Club", "<h1>Pruning roses</h1>")]),
        ["Pruning roses"]
    );
    // The site's name stands above each of them.
    assert_eq!(
        titles(&[
            ("Expenses", "<h1>Acme</h1><h2>Expenses</h2>"),
            ("Holidays | Acme", "<h1>Acme</h1><h2>Holidays</h2>"),
        ]),
        ["Expenses", "Holidays"]
    );
    // Without a heading the head is all there is.
    assert_eq!(
        titles(&[("Garden tips | Club", "<h2>Roses</h2>")]),
        ["Garden tips"]
    );
}
