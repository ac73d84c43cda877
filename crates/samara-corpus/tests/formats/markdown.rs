//! Markdown and its front matter.

use crate::case::{corpus, outline, warned};

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
fn texts_that_lie_deep_in_front_matter_are_found() {
    let corpus = corpus(&[(
        "a.md",
        "---\ntitle: Home\nhero:\n  tagline: Oil for every lamp\n  actions:\n  - text: Get started\n    link: /start\nfeatures:\n\
         - title: Wicks\n  details: They are trimmed.\nhead:\n- - meta\n  - content: for programs alone\nauthor:\n  name: Ann\n\
         tags: [a, b]\n---\nThe text.\n",
    )]);
    let text = corpus.documents[0].plain_text();
    for told in [
        "Oil for every lamp",
        "Get started",
        "Wicks",
        "They are trimmed.",
    ] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    // What is a field already, an address, and what becomes part of the page's head.
    assert_eq!(corpus.documents[0].meta["author"], ["Ann"]);
    for other in ["Ann", "/start", "programs"] {
        assert!(!text.contains(other), "{other} is in {text}");
    }
    let dropped = &corpus.report.documents[0].dropped;
    assert!(dropped.iter().any(|it| it.text.contains("programs alone")));
}

#[test]
fn a_fault_in_front_matter_is_told_by_its_line_in_the_file() {
    for (front, told) in [
        ("---\ntitle: Oil\nb: \"x\" y\n---\n", "is not valid YAML ("),
        ("+++\ntitle = \"Oil\"\nb = \n+++\n", "is not valid TOML ("),
    ] {
        let corpus = corpus(&[("a.md", &format!("{front}The text."))]);
        assert_eq!(corpus.documents[0].title, "Oil");
        let warning = warned(&corpus, "a.md");
        assert!(warning.contains(told), "{warning}");
        assert!(
            warning.ends_with(", line 3); only the lines that can be read are used"),
            "{warning}"
        );
    }
}
