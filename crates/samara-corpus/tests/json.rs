//! Every text of an entry of JSON is kept, wherever it stands in it.

use std::fs;

use samara_corpus::{Corpus, Options, read};

fn corpus(name: &str, content: &str) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    read(&[folder.path().to_path_buf()], &Options::default()).expect("the corpus is read")
}

/// Texts of the documents, title first.
fn texts(name: &str, content: &str) -> Vec<String> {
    let corpus = corpus(name, content);
    let documents = corpus.documents.iter();
    documents.map(samara_engine::Document::plain_text).collect()
}

#[test]
fn every_text_of_an_entry_is_kept() {
    for (entry, expected) in [
        // Several texts, and empty ones beside them.
        (
            r#"{"title":"T","description":"About badgers","body":"All of it"}"#,
            "T\nAll of it\nAbout badgers",
        ),
        (r#"{"title":"T","html":"","text":"words"}"#, "T\nwords"),
        (
            r#"{"title":"T","html":"<p></p>","body":"words"}"#,
            "T\nwords",
        ),
        (r#"{"title":"T","text":"","content":"words"}"#, "T\nwords"),
        (r#"{"title":"T","text":null,"summary":"words"}"#, "T\nwords"),
        // Names are written in any case.
        (
            r#"{"Title":"T","BODY":"one","Description":"two"}"#,
            "T\none\ntwo",
        ),
        // What is told already is not told again, in whatever form.
        (
            r#"{"title":"T","text":"One two three.","excerpt":"One two […]"}"#,
            "T\nOne two three.",
        ),
        (
            r#"{"title":"T","content_html":"<h2>A</h2><p>b c</p>","content_text":"A b c"}"#,
            "T\nA\nb c",
        ),
        // Lists and objects within.
        (
            r#"{"title":"T","text":"start","sections":[{"name":"x"},{"heading":"H","text":"t"}]}"#,
            "T\nstart\nx\nH\nt",
        ),
        (
            r#"{"title":"Soup","ingredients":["3 cups of leeks","salt"],"steps":[{"text":"Cut."},{"text":"Boil."}]}"#,
            "Soup\n3 cups of leeks\nsalt\nCut.\nBoil.",
        ),
        (
            r#"{"title":"FAQ","items":[{"question":"Why?","answer":"Because it is so."}]}"#,
            "FAQ\nWhy?\nBecause it is so.",
        ),
        (
            r#"{"title":"T","parts":[{"name":"flour","amount":500,"unit":"g"}]}"#,
            "T\nflour 500 g",
        ),
        (
            r#"{"title":"T","transcript":"It was a dark night.\nIt rained."}"#,
            "T\nIt was a dark night.\nIt rained.",
        ),
        (
            r#"{"title":"T","body":[{"type":"paragraph","children":[{"text":"deep words"}]}]}"#,
            "T\ndeep words",
        ),
        // A title may be long.
        (
            r#"{"title":"A title of more words than a field has","text":"a"}"#,
            "A title of more words than a field has\na",
        ),
        // Addresses and identifiers are no text.
        (
            r#"{"title":"T","text":"a","_links":{"self":[{"href":"https://a.example"}]},"image":{"url":"/a.png"}}"#,
            "T\na",
        ),
    ] {
        let text = texts("a.jsonl", entry);
        assert_eq!(text, [expected], "{entry}");
        assert_eq!(texts("a.json", entry), [expected], "{entry}");
    }
}

#[test]
fn documents_are_found_wherever_they_are_listed() {
    for (content, expected) in [
        (
            r#"{"posts":[{"title":"A","text":"a"}],"pages":[{"title":"B","text":"b"}]}"#,
            &["B\nb", "A\na"][..],
        ),
        (
            r#"{"recipes":[{"title":"A","text":"a"},{"title":"B","text":"b"}]}"#,
            &["A\na", "B\nb"],
        ),
        (
            r#"{"data":{"posts":[{"title":"A","text":"a"}]}}"#,
            &["A\na"],
        ),
        (
            r#"{"docs":[{"title":"A","text":"a"}],"description":"Five words about all documents"}"#,
            &[
                "A\na",
                "Five words about all documents\nFive words about all documents",
            ],
        ),
        (
            r#"["one line", "another line"]"#,
            &["one line\none line\nanother line"],
        ),
        (r#"[["a b", "c"], ["d", 2]]"#, &["a b\na b\nc\nd\n2"]),
    ] {
        assert_eq!(texts("a.json", content), expected, "{content}");
    }
}

#[test]
fn what_wordpress_and_feeds_hand_over_is_understood() {
    let wordpress = r#"[{"id":5,"link":"https://a.example/hello/","type":"post","status":"publish",
        "title":{"rendered":"It&#8217;s <em>spring</em>"},"content":{"rendered":"Plain &amp; simple","protected":false},
        "excerpt":{"rendered":"<p>Plain [&hellip;]</p>"},"guid":{"rendered":"https://a.example/?p=5"},
        "date":"2024-01-02T10:00:00","_links":{"self":[{"href":"https://a.example/api"}]}}]"#;
    let corpus = corpus("posts.json", wordpress);
    let post = &corpus.documents[0];
    assert_eq!(post.plain_text(), "It’s spring\nPlain & simple");
    assert_eq!(post.url, "https://a.example/hello/");
    let fields: Vec<&str> = post.meta.keys().map(String::as_str).collect();
    assert_eq!(fields, ["date"]);

    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Notes from the shed","items":[
        {"id":"1","url":"https://a.example/1","title":"One","content_html":"<p>marked up</p>",
         "summary":"in short","date_published":"2024-02-01T00:00:00Z"},
        {"id":"2","url":"https://a.example/2","content_text":"only text"}]}"#;
    let corpus = self::corpus("feed.json", feed);
    assert_eq!(corpus.documents[0].plain_text(), "One\nmarked up\nin short");
    assert_eq!(corpus.documents[0].meta["date"], ["2024-02-01"]);
    assert!(corpus.documents[1].plain_text().ends_with("only text"));
}

#[test]
fn what_samara_clean_writes_is_read_as_it_was() {
    let line = r#"{"path":"a.html","id":"a.html","url":"a.html","title":"T","text":"start\nH\nbelow",
        "sections":[{"heading":"","anchor":"","text":"start"},{"heading":"H","anchor":"h","text":"below"}],
        "dropped":[{"text":"Menu","rule":"navigation"}]}"#
        .replace('\n', "");
    let corpus = corpus("a.jsonl", &line);
    let sections: Vec<(&str, &str, &str)> = corpus.documents[0]
        .sections
        .iter()
        .map(|s| (s.heading.as_str(), s.anchor.as_str(), s.text.as_str()))
        .collect();
    assert_eq!(sections, [("", "", "start"), ("H", "h", "below")]);
    // A field of that name which holds something else is the author's.
    let own = texts(
        "b.json",
        r#"{"title":"T","dropped":["the first bass", "the last beat"]}"#,
    );
    assert_eq!(own, ["T\nthe first bass\nthe last beat"]);
}
