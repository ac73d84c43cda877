//! Alternatives are compared as wholes, and OR keeps its meaning beside everything else or is reported.

use crate::corpus::{Corpus, document, ignored, with_meta};

fn corpus() -> Corpus {
    let page =
        |id: &str, text: &str, tag: &str| with_meta(document(id, "", "", text), &[("tag", tag)]);
    Corpus::new([
        page("fox", "fox hunts at night", "wild"),
        page("owl", "owl hunts at night", "wild"),
        page("cat", "cat hunts at home", "tame"),
        page("both", "fox and owl asleep", "tame"),
        page("night", "night night night", "wild"),
    ])
}

#[test]
fn or_beside_filters_and_exclusions_keeps_its_meaning() {
    corpus().check_found(&[
        ("fox OR owl ", "fox owl both"),
        ("fox OR owl tag:wild ", "fox owl"),
        ("tag:wild fox OR owl ", "fox owl"),
        ("+fox OR owl tag:tame ", "both"),
        ("fox OR owl -asleep ", "fox owl"),
        ("-asleep fox OR owl ", "fox owl"),
        ("fox OR owl -tag:wild ", "both"),
        ("+fox OR owl +night ", "fox owl"),
        ("+hunts +fox OR cat ", "fox cat"),
        ("fox OR owl OR cat tag:tame ", "both cat"),
        ("\"fox hunts\" OR \"owl and\" ", "fox"),
        ("+\"fox hunts\" OR asleep ", "fox both"),
        ("date:2020..2021 OR fox ", ""),
    ]);
}

#[test]
fn or_that_joins_nothing_is_reported_and_leaves_the_rest() {
    let corpus = corpus();
    for (query, expected) in [
        ("+fox OR tag:wild night ", "fox"),
        ("fox OR -owl ", "fox"),
        ("tag:tame OR fox ", "both"),
        ("OR fox ", "both fox"),
        ("fox OR ", "both fox"),
        ("fox OR OR owl ", "both fox owl"),
    ] {
        let answer = corpus.search(query);
        let mut ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids.join(" "), expected, "{query}");
        assert_eq!(ignored(&answer), "OR: operator", "{query}");
    }
    assert_eq!(ignored(&corpus.search("fox OR owl tag:wild ")), "");
}

fn platforms() -> Corpus {
    Corpus::titled(
        "en",
        &[
            ("fish", "A net is a net for fish, and a net for crabs."),
            ("dotnet", "The .NET runtime is a platform."),
            ("income", "The net income of the firm, net of taxes."),
            ("node", "A server in node.js answers."),
            ("deno", "A server in deno answers."),
            (
                "parts",
                "A node of a tree; a node of a list; a js file, js again.",
            ),
        ],
    )
}

#[test]
fn a_word_with_signs_is_one_alternative() {
    platforms().check_first(&[(".NET ", "dotnet"), (".net ", "dotnet"), (".Net", "dotnet")]);
    platforms().check_found(&[
        ("node.js OR deno ", "node deno"),
        ("+node.js OR deno ", "node deno"),
        ("+\"node.js\" ", "node"),
    ]);
}

#[test]
fn alternatives_do_not_add_up() {
    let corpus = Corpus::of(
        "",
        &[
            ("two", "fox owl tree tree"),
            ("one", "fox fox tree tree"),
            ("none", "tree bush lake hill"),
        ],
    );
    let answer = corpus.search("fox OR owl ");
    let score = |id: &str| answer.hits.iter().find(|hit| hit.id == id).unwrap().score;
    assert!(score("two") < 2 * score("one"));
    assert_eq!(corpus.marks("fox OR owl ", "two"), "fox|owl");
}
