//! Markdown as generators and vaults write it: their syntax is no text, what it tells is.

use std::fs;

use samara_corpus::{Corpus, Options, read};

fn corpus(name: &str, content: &str) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    // A document beside it: a draft alone is no corpus.
    fs::write(folder.path().join("zz.md"), "# Other\n\nother words\n")
        .expect("the file is written");
    read(&[folder.path().to_path_buf()], &Options::default()).expect("the corpus is read")
}

fn text(name: &str, content: &str) -> String {
    let corpus = corpus(name, content);
    let text = corpus.documents[0].plain_text();
    // Where nothing else is the title, the file's name is.
    let stem = name.split('.').next().unwrap_or_default();
    text.strip_prefix(&format!("{stem}\n"))
        .unwrap_or(&text)
        .to_string()
}

#[test]
fn syntax_of_generators_is_no_text_and_what_it_tells_is() {
    for (source, expected) in [
        // Admonitions and tabs, nested, with code.
        (
            "!!! note \"Mind the gap\"\n    It is **wide**.\n\n    ??? tip\n        Jump.\n\n    ```py\n    if x:\n        y\n    ```\n\nAfter.",
            "Mind the gap\nIt is wide.\nJump.\nif x:\n    y\nAfter.",
        ),
        (
            "=== \"Linux\"\n\n    Use apt.\n\n=== \"Windows\"\n\n    Use winget.",
            "Linux\nUse apt.\nWindows\nUse winget.",
        ),
        (
            "- one\n\n    !!! warning\n        Hot.\n\n- two",
            "one\nHot.\ntwo",
        ),
        // Containers.
        (
            ":::tip My tip\nBe *kind*.\n:::\nMore.",
            "My tip\nBe kind.\nMore.",
        ),
        (":::note[In short]\na\n:::", "In short\na"),
        ("::: {.callout title=\"Look here\"}\na\n:::", "Look here\na"),
        (
            "```{warning} Careful\n:class: big\nHot *stove*.\n```\nb",
            "Careful\nHot stove.\nb",
        ),
        // Shortcodes, Liquid, includes.
        (
            "{{< figure src=\"a.png\" caption=\"A red barn\" >}}\n\n{{% tip %}}Eat{{% /tip %}}",
            "A red barn\nEat",
        ),
        (
            "{{< tabs\n  title=\"Both ways\"\n>}}\ntext",
            "Both ways\ntext",
        ),
        ("{% include a.html %}\n{% raw %}kept{% endraw %}", "kept"),
        (
            "{{#include ../a.rs}}\n\n```rust\n{{#include ../a.rs:2}}\nfn a() {}\n```",
            "fn a() {}",
        ),
        ("[TOC]\n\n--8<-- \"a.md\"\n\ntext", "text"),
        // Attributes.
        ("A [link](b){target=\"_blank\"} here{.big}", "A link here"),
        ("Words\n{: .lead}", "Words"),
        // Components.
        (
            "import Tabs from '@theme/Tabs';\n\n<Tabs>\n  <TabItem value=\"a\" label=\"On a Mac\">\n\n    Use **brew**.\n\n  </TabItem>\n</Tabs>\n\nEnd",
            "On a Mac\nUse brew.\nEnd",
        ),
        (
            "See <Icon name=\"x\" title=\"a bell\" /> there",
            "See a bell there",
        ),
        ("One <img src=\"a.png\" alt=\"a saw\"> two", "One a saw two"),
        // Vaults.
        (
            "see [[Plain note|the alias]] and [[folder/Other]] and [[Note#^a1]]",
            "see the alias and folder/Other and Note",
        ),
        (
            "![[photo.png|300]] ![[photo.jpg]] ![[Whole note]]",
            "Whole note",
        ),
        (
            "> [!tip]- Fold me\n> Inside.\n\n> [!note]\n> Bare.",
            "Fold me\nInside.\nBare.",
        ),
        ("a %%secret%% b\n\n%%\nlong secret\n%%\n\nc", "a b\nc"),
        ("<!-- secret -->\n\nshown", "shown"),
    ] {
        assert_eq!(text("a.md", source), expected, "{source}");
    }
}

#[test]
fn what_only_looks_like_syntax_is_kept() {
    for (source, expected) in [
        (
            "Wow!!! really\n\n??? who knows",
            "Wow!!! really\n??? who knows",
        ),
        ("Title\n===\n\ntext", "Title\ntext"),
        ("`{% if %}` and `{{< x >}}`", "{% if %} and {{< x >}}"),
        (
            "```liquid\n{% if x %}\n!!! note\n:::tip\n[[a]]\n```",
            "{% if x %}\n!!! note\n:::tip\n[[a]]",
        ),
        ("use std::io and a :: b", "use std::io and a :: b"),
        ("100%% of 5%% is {{ x }} {y}", "100%% of 5%% is {{ x }} {y}"),
        (
            "import duties are high.\n\nexport const is a phrase",
            "import duties are high.\nexport const is a phrase",
        ),
        ("[[1]](#a) says so", "[1] says so"),
        ("<DIV>\n<P>in capitals</P>\n</DIV>", "in capitals"),
        ("{{< never closed\n\ntext", "{{< never closed\ntext"),
        ("%%\nnever closed\n\ntext", "%% never closed\ntext"),
    ] {
        assert_eq!(text("a.md", source), expected, "{source}");
    }
}

#[test]
fn statements_of_mdx_are_no_text() {
    let source =
        "import A from './a'\nexport const b = {\n  c: 1\n}\n\n# Title\n\n{/* secret */}\n\ntext";
    assert_eq!(text("a.mdx", source), "Title\ntext");
}

#[test]
fn what_is_hidden_is_reported() {
    let corpus = corpus("a.md", "# A\n\none %%two%% three");
    let dropped = &corpus.report.documents[0].dropped;
    assert_eq!(
        (dropped[0].text.as_str(), dropped[0].rule.name()),
        ("two", "hidden")
    );
}

#[test]
fn front_matter_tells_what_the_text_does_not() {
    for (source, expected) in [
        (
            "---\naliases: [Quokka, Setonix]\n---\n# Small one\n\ntext",
            "Small one\nQuokka\nSetonix\ntext",
        ),
        (
            "---\naliases: [/old/path/, a/b]\ndescription: Of boats\n---\ntext",
            "Of boats\ntext",
        ),
        (
            "---\ndescription: the text\n---\nThis is the text.",
            "This is the text.",
        ),
        // Rules between paragraphs are no fences.
        (
            "---\n\nNote: read this.\n\n---\n\nMore.",
            "Note: read this.\nMore.",
        ),
        (
            "---\nJust a sentence\n---\n\nMore.",
            "Just a sentence\nMore.",
        ),
    ] {
        let text = text("a.md", source);
        let text = text.strip_prefix("a\n").unwrap_or(&text);
        assert_eq!(text, expected, "{source}");
    }
}

#[test]
fn slips_in_front_matter_cost_no_other_field() {
    let corpus = corpus(
        "a.md",
        "---\ntitle: Rust: the book\ntags: [a, b]\nlang: en\n---\ntext",
    );
    let document = &corpus.documents[0];
    assert_eq!(document.title, "Rust: the book");
    assert_eq!(document.meta["tag"], ["a", "b"]);
}

#[test]
fn dates_of_toml_are_dates() {
    for date in ["2024-02-01", "2024-02-01T10:00:00Z"] {
        let corpus = corpus(
            "a.md",
            &format!("+++\ntitle = \"A\"\ndate = {date}\n[extra]\nx = 1\n+++\ntext"),
        );
        assert_eq!(corpus.documents[0].meta["date"], ["2024-02-01"]);
    }
}

#[test]
fn drafts_are_left_out_however_they_are_marked() {
    for (front, is_draft) in [
        ("draft: true", true),
        ("draft: 'true'", true),
        ("published: false", true),
        ("draft: false", false),
        ("published: 2024-01-02", false),
        ("published: true", false),
    ] {
        let corpus = corpus("a.md", &format!("---\n{front}\n---\n# A\n\ntext"));
        assert_eq!(corpus.documents[0].title == "Other", is_draft, "{front}");
    }
}

#[test]
fn equal_headings_have_anchors_of_their_own() {
    let corpus = corpus(
        "a.md",
        "# A\n\n## Use\n\na\n\n## Use\n\nb\n\n## Use {#own}\n\nc",
    );
    let anchors: Vec<&str> = corpus.documents[0]
        .sections
        .iter()
        .map(|s| s.anchor.as_str())
        .collect();
    assert_eq!(
        anchors.iter().filter(|a| !a.is_empty()).collect::<Vec<_>>(),
        [&"use", &"use-1", &"own"]
    );
}

#[test]
fn notes_are_called_by_their_heading_and_else_by_their_file() {
    for (source, expected) in [
        ("# Lamps\n\nText.", "Lamps"),
        (
            "[![Build](b.svg)](b) [![Docs](d.svg)](d)\n\n# Lamps\n\nText.",
            "Lamps",
        ),
        (
            "A few words about what this is, and then some more of them, as many do it before the title.\n\n# Lamps",
            "Lamps",
        ),
        (
            "<h1 align=center>\n  <img src=logo.png> Lamps\n</h1>\n\nText.",
            "Lamps",
        ),
        ("![Build](b.svg)\n\n## Lamps\n\nText.\n\n## Oil", "Lamps"),
        ("---\ntitle: Oil\n---\n# Lamps", "Oil"),
        ("---\ntitle: Oil\n---\n## Lamps", "Oil"),
        // A heading in the middle is no title.
        (
            "Whoever keeps a lamp needs oil, and wicks, and somebody who wakes at night when it goes out again.\n\n## Oil",
            "Keeping lamps",
        ),
        ("Just text.", "Keeping lamps"),
    ] {
        let corpus = corpus("Keeping lamps.md", source);
        assert_eq!(corpus.documents[0].title, expected, "{source}");
    }
}

#[test]
fn marks_of_footnotes_are_told_and_the_first_picture_is_the_pages() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let notes = folder.path().join("notes");
    fs::create_dir(&notes).expect("a folder for notes");
    let source = "# Lamps\n\n[![CI](https://ci.example/badge.svg)](https://ci.example)\n\nThey burn[^oil] all night.\n\n\
                  ![A lamp](pictures/lamp.jpg) ![Another](b.jpg)\n\n[^oil]: Of colza.\n";
    fs::write(notes.join("lamps.md"), source).expect("the note is written");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    let document = &corpus.documents[0];
    assert_eq!(document.meta["image"], ["notes/pictures/lamp.jpg"]);
    let text = document.plain_text();
    assert!(text.contains("They burn all night.") && text.contains("Of colza."));
    let dropped: Vec<_> = corpus.report.documents[0].dropped.iter().collect();
    assert_eq!(
        (&*dropped[0].text, dropped[0].rule.name()),
        ("oil", "footnote-mark")
    );
}
