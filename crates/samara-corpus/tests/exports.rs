//! Tables, feeds and exports: what programs hand over of what people wrote.

use std::fs;

use samara_corpus::{Corpus, Options, read};

fn corpus(name: &str, content: &str) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    fs::write(folder.path().join("zz.md"), "# Other\n\nother words").expect("the file is written");
    let mut corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    corpus.documents.pop();
    corpus
}

fn texts(corpus: &Corpus) -> Vec<String> {
    let documents = corpus.documents.iter();
    documents.map(samara_engine::Document::plain_text).collect()
}

#[test]
fn rows_with_a_title_or_a_text_are_documents() {
    for (name, table) in [
        (
            "a.csv",
            "Title,City,Notes\nBoats,Kiel,\"Old, and\nwooden\"\nCarts,,x\n",
        ),
        (
            "a.csv",
            "Title;City;Notes\r\nBoats;Kiel;\"Old, and\nwooden\"\r\nCarts;;x\r\n",
        ),
        (
            "a.tsv",
            "Title\tCity\tNotes\nBoats\tKiel\t\"Old, and\nwooden\"\nCarts\t\tx\n",
        ),
    ] {
        let corpus = corpus(name, table);
        assert_eq!(
            texts(&corpus),
            ["Boats\nOld, and\nwooden\nCity: Kiel", "Carts\nNotes: x"],
            "{table}"
        );
        assert_eq!(corpus.documents[0].id, format!("{name}#1"));
        assert_eq!(corpus.documents[0].meta["City"], ["Kiel"]);
    }
}

#[test]
fn other_tables_are_kept_as_they_are() {
    for table in [
        "year,rain\n1950,12\n1951,Menu",
        "a b\nShare\nc",
        "1,2\n3,4",
        "\"open,x\ny",
    ] {
        let text = texts(&corpus("a.csv", table));
        assert!(text[0].ends_with(table), "{text:?}");
    }
}

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="x" xmlns:wp="y"><channel><title>The shed</title>
<link>https://a.example</link><description>About the shed</description>
<item><title>Fish &amp;amp; chips</title><link>https://a.example/fish</link><pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate>
<dc:creator><![CDATA[Ann]]></dc:creator><category>food</category><category>sea</category><guid>https://a.example/?p=1</guid>
<description>In short &lt;b&gt;words&lt;/b&gt;</description><content:encoded><![CDATA[First words.

Second <em>words</em>.]]></content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Secret</title><content:encoded>x</content:encoded><wp:status>draft</wp:status></item>
<item><title>Menu</title><wp:post_type>nav_menu_item</wp:post_type></item>
<item><description>No title, all the same a text</description></item></channel></rss>"#;

#[test]
fn feeds_become_documents_and_drafts_are_told() {
    let corpus = corpus("a.xml", RSS);
    let all = texts(&corpus);
    assert_eq!(
        all[0],
        "Fish & chips\nFirst words.\nSecond words.\nIn short words"
    );
    assert!(
        all[1].ends_with("No title, all the same a text") && all.len() == 2,
        "{all:?}"
    );
    let fish = &corpus.documents[0];
    assert_eq!(fish.url, "https://a.example/fish");
    assert_eq!(fish.meta["tag"], ["food", "sea"]);
    assert_eq!(
        (&*fish.meta["author"][0], &*fish.meta["date"][0]),
        ("Ann", "2024-01-02")
    );
    assert_eq!(fish.meta["source"], ["The shed"]);
    let told = corpus
        .report
        .warnings
        .iter()
        .map(|warning| warning.reason.to_string());
    assert_eq!(told.collect::<Vec<_>>(), ["a draft, skipped"]);
}

#[test]
fn what_is_read_of_damaged_xml_is_kept_and_the_fault_is_named() {
    let first =
        "<rss><channel>\n<item><title>One</title><description>text one</description></item>\n";
    for (rest, second, fault) in [
        (
            "<item><title>Two</title><description>text of two is long",
            "Two\ntext of two is long",
            "line 3: <description> is not closed",
        ),
        ("<item><title>Two", "Two", "line 3: <title> is not closed"),
        (
            "<item><title>Two</title><description><![CDATA[text <b>of</b> two",
            "Two\ntext of two",
            "line 3: <description> is not closed",
        ),
        (
            "<item><title>Two</title><description>text of two</descr",
            "Two\ntext of two",
            "line 3: <description> is not closed",
        ),
        // Markup of HTML that nobody escaped.
        (
            "<item><title>Two</title><description>text<br>of <p>two</description></item></channel></rss>",
            "Two\ntext\nof\ntwo",
            "line 3: <p> is not closed",
        ),
        (
            "<item><title>Two</title></description><description>text of two</description></item>",
            "Two\ntext of two",
            "line 3: <channel> is not closed",
        ),
    ] {
        let corpus = corpus("a.xml", &format!("{first}{rest}"));
        assert_eq!(texts(&corpus), ["One\ntext one", second], "{rest}");
        let told: Vec<String> = corpus
            .report
            .warnings
            .iter()
            .map(|warning| warning.reason.to_string())
            .collect();
        assert_eq!(
            told,
            [format!(
                "not valid XML ({fault}); what can be read of it is kept"
            )],
            "{rest}"
        );
    }
    // Nothing is said of what is well-formed.
    let corpus = corpus(
        "a.xml",
        &format!("{first}<item><title>A<br/>b</title></item></channel></rss>"),
    );
    assert!(corpus.report.warnings.is_empty());
}

#[test]
fn atom_is_read_and_other_xml_is_told() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title type="html">A &lt;i&gt;b&lt;/i&gt;</title>
        <link rel="self" href="https://a.example/self"/><link href="https://a.example/b"/><updated>2024-05-06T00:00:00Z</updated>
        <author><name>Bo</name></author><category term="t"/>
        <content type="xhtml"><div><p>One &lt; two</p><p>three</p></div></content></entry></feed>"#;
    let corpus = corpus("a.atom", atom);
    assert_eq!(texts(&corpus), ["A b\nOne < two\nthree"]);
    let entry = &corpus.documents[0];
    assert_eq!(entry.url, "https://a.example/b");
    assert_eq!(
        (&*entry.meta["author"][0], &*entry.meta["date"][0]),
        ("Bo", "2024-05-06")
    );
    let other = self::corpus(
        "a.xml",
        "<urlset><url><loc>https://a.example</loc></url></urlset>",
    );
    assert!(other.documents.is_empty());
    assert!(
        other.report.warnings[0]
            .reason
            .to_string()
            .contains("files that end in .xml")
    );
}
