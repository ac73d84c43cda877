//! AsciiDoc, reStructuredText and Org: headings, paragraphs, code; their syntax is no text.

use std::fs;

use samara_corpus::{Corpus, Options, read};

fn corpus(name: &str, content: &str) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read")
}

/// Headings with their anchors, and texts; the title first.
fn outline(corpus: &Corpus) -> Vec<String> {
    let document = &corpus.documents[0];
    let sections = document.sections.iter().map(|s| {
        let heading = format!("{}#{}", s.heading, s.anchor);
        format!("{}|{}", heading.trim_matches('#'), s.text)
    });
    std::iter::once(document.title.clone())
        .chain(sections)
        .collect()
}

#[test]
fn asciidoc_is_read() {
    let source = "= The boat book\nAnn Other <ann@a.example>\n:toc:\n:keywords: boats\n\nFirst line\nsecond line.\n\n// secret\n\
        [#own]\n== Build it\n\n.A list of parts\n* one xref:a.adoc[plank]\n. two https://a.example[nails^]\n\n[source,rust]\n----\nfn a() {}\n\
        // kept\n----\n\nNOTE: Take *care*. See <<own,above>>.\n\n====\nAn example.\n====\n\n|===\n|a |b\n|===\n\n\
        image::a.png[A red boat]\n\ninclude::b.adoc[]\n\n////\nlong secret\n////\n\n=== Oil & paint\n\nEnd of it";
    let corpus = corpus("a.adoc", source);
    assert_eq!(
        outline(&corpus),
        [
            "The boat book",
            "|Ann Other <ann@a.example>\nFirst line second line.",
            "Build it#own|A list of parts\none plank\ntwo nails\nfn a() {}\n// kept\nNOTE: Take *care*. See above.\nAn example.\na b\nA red boat",
            "Oil & paint#_oil_paint|End of it",
        ]
    );
    let dropped: Vec<&str> = corpus.report.documents[0]
        .dropped
        .iter()
        .map(|d| d.text.as_str())
        .collect();
    assert_eq!(dropped, ["secret", "long secret"]);
    assert_eq!(corpus.documents[0].meta["author"], ["Ann Other"]);
}

#[test]
fn restructured_text_is_read() {
    let source = "=============\nThe boat book\n=============\n\nFirst line\nof a text with ``code`` and :ref:`a place <x>`\nand `a link <https://a.example>`_.\n\n\
        .. secret comment\n   of two lines\n\n.. _own:\n\nBuild it\n--------\n\n.. note:: Mind this\n\n   Indented words.\n\n\
        .. code-block:: python\n   :linenos:\n\n   if a:\n       b()\n\nFor example::\n\n    x = 1\n\n- one\n- two\n\n\
        .. image:: a.png\n   :alt: A red boat\n\n.. py:function:: launch(boat)\n\n   Launches it.\n\n.. toctree::\n\n   usage\n\n\
        +---+---+\n| a | b |\n+---+---+\n\n=== ===\nc   d\n=== ===\n\nOil & paint\n~~~~~~~~~~~\n\nEnd of it";
    let corpus = corpus("a.rst", source);
    assert_eq!(
        outline(&corpus),
        [
            "The boat book",
            "|First line of a text with code and a place and a link.",
            "Build it#build-it|Mind this\nIndented words.\n   if a:\n       b()\nFor example:\n    x = 1\none\ntwo\nA red boat\nlaunch(boat)\nLaunches it.\na b\nc d",
            "Oil & paint#oil-paint|End of it",
        ]
    );
    let dropped: Vec<(&str, &str)> = corpus.report.documents[0]
        .dropped
        .iter()
        .map(|d| (d.text.as_str(), d.rule.name()))
        .collect();
    assert_eq!(
        dropped,
        [
            ("secret comment", "hidden"),
            ("of two lines", "hidden"),
            ("usage", "navigation")
        ]
    );
}

#[test]
fn org_is_read() {
    let source = "#+TITLE: The boat book\n#+FILETAGS: :boats:\n# secret\nFirst line\nsecond [[https://a.example][line]].\n\n* Build it :tag:\n\
        :PROPERTIES:\n:CUSTOM_ID: own\n:END:\n- one\n- two\n#+begin_src rust\n* fn a() {}\n#+end_src\n| a | b |\n|---+---|\n\
        #+begin_quote\nSaid so.\n#+end_quote\n** Oil & paint\nEnd of it";
    let corpus = corpus("a.org", source);
    assert_eq!(
        outline(&corpus),
        [
            "The boat book",
            "|First line second line.",
            "Build it#own|one\ntwo\n* fn a() {}\na b\nSaid so.",
            "Oil & paint#oil-paint|End of it",
        ]
    );
}

#[test]
fn what_only_looks_like_syntax_is_kept() {
    for (name, source) in [
        ("a.adoc", "A [bracket] and a < b, c > d; e::f and [[x"),
        ("a.rst", "A `tick and a * star, x <y> and 3 | 4"),
        ("a.org", "A *star*, [[x and a | b #not"),
    ] {
        let text = corpus(name, source).documents[0].plain_text();
        assert!(text.ends_with(source), "{text}");
    }
}

#[test]
fn tags_of_org_are_tags_wherever_they_stand_and_settings_are_told() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let note =
        "#+TITLE: Ode\n#+FILETAGS: :sea:\n#+OPTIONS: toc:nil\n* Stanza :lamp:oil:\nThey burn.\n";
    std::fs::write(folder.path().join("ode.org"), note).expect("the note is written");
    let corpus = samara_corpus::read(
        &[folder.path().to_path_buf()],
        &samara_corpus::Options::default(),
    )
    .expect("it is read");
    assert_eq!(corpus.documents[0].meta["tag"], ["sea", "lamp", "oil"]);
    assert_eq!(
        corpus.report.documents[0].dropped[0].text,
        "#+OPTIONS: toc:nil"
    );
}
