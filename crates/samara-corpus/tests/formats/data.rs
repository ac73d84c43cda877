//! JSON: entries, and the indexes of other tools.

use crate::case::{GUIDE, corpus, outline, warned};

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
    assert_eq!(texts, ["One\n2.5", "Two\na\n3\nb", "text\ntext", "c\nc"]);
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
            ("b.jsonl#3", "b.jsonl#3", "d\nd".to_string()),
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
