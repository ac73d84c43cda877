//! Suggestions are things: titles and headings, then phrases; none twice in other forms.

use samara_engine::{Document, Searcher, Section, Unicode};

use crate::corpus::{Corpus, document};

fn texts(corpus: &Corpus, typed: &str) -> Vec<String> {
    let index = corpus.index();
    let suggestions = Searcher::new(&index, &Unicode).suggest(typed, 8);
    suggestions
        .into_iter()
        .map(|suggestion| suggestion.text)
        .collect()
}

fn manual() -> Corpus {
    let section = |heading: &str, text: &str| Section {
        heading: heading.into(),
        anchor: heading.to_lowercase().replace(' ', "-"),
        text: text.into(),
        ..Section::default()
    };
    let page = |id: &str, title: &str, sections: Vec<Section>| Document {
        id: id.into(),
        url: format!("/{id}"),
        title: title.into(),
        language: Some("en".into()),
        sections,
        ..Document::default()
    };
    Corpus::new([
        page(
            "window",
            "Window functions",
            vec![
                section(
                    "Ranking rows",
                    "A window function ranks rows of a window. Windows are frames.",
                ),
                section("Frame clauses", "The frame of a window; windowed rows."),
            ],
        ),
        page(
            "print",
            "Printing",
            vec![section(
                "Page sizes",
                "Paper and a window of a printer. Windows open.",
            )],
        ),
        page(
            "glass",
            "Glass",
            vec![section(
                "Panes",
                "A window has panes. The windows of a house.",
            )],
        ),
    ])
}

#[test]
fn titles_and_headings_come_first() {
    let corpus = manual();
    for (typed, expected) in [
        ("win", "Window functions"),
        ("window f", "Window functions"),
        ("fra", "Frame clauses"),
        ("rank", "Ranking rows"),
        ("page s", "Page sizes"),
    ] {
        let found = texts(&corpus, typed);
        let first = found.first().map(|text| text.to_lowercase());
        assert_eq!(first, Some(expected.to_lowercase()), "{typed}: {found:?}");
    }
}

#[test]
fn none_differs_from_another_or_from_what_is_typed_by_an_ending() {
    let corpus = manual();
    for typed in ["win", "window", "windo", "print", "printing"] {
        let found = texts(&corpus, typed);
        let bare = |text: &str| {
            text.to_lowercase()
                .trim_end_matches("ed")
                .trim_end_matches('s')
                .to_owned()
        };
        let mut seen: Vec<String> = found.iter().map(|text| bare(text)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), found.len(), "{typed}: {found:?}");
        let is_ending = |text: &String| bare(text) == bare(typed) && text != typed;
        assert!(
            typed.len() < 6 || !found.iter().any(is_ending),
            "{typed}: {found:?}"
        );
    }
}

#[test]
fn titles_and_phrases_are_no_two_things_by_an_ending() {
    let corpus = Corpus::new([
        document("one", "en", "Inner joins", "An inner join of tables."),
        document(
            "two",
            "en",
            "Inner join",
            "The inner join, and inner joins.",
        ),
        document("signs", "en", "C++ joins", "C++ joins and C joins."),
        document("bare", "en", "C joins", "C joins and C++ joins."),
    ]);
    for (typed, expected) in [
        ("inner", 1),
        ("inner ", 1),
        ("inner j", 1),
        ("inn", 2),
        // Signs make another thing.
        ("c", 2),
        ("c j", 2),
    ] {
        let found = texts(&corpus, typed);
        assert_eq!(found.len(), expected, "{typed}: {found:?}");
    }
}

#[test]
fn unspaced_scripts_are_completed_without_spaces() {
    let corpus = Corpus::new([
        document(
            "one",
            "zh",
            "图书馆员",
            "图书馆员在图书馆工作。图书馆开门。",
        ),
        document("two", "zh", "图书馆", "图书馆在河边。"),
    ]);
    for typed in ["图", "图书"] {
        let found = texts(&corpus, typed);
        assert!(!found.is_empty(), "{typed}");
        assert!(
            found.iter().all(|text| !text.contains(' ')),
            "{typed}: {found:?}"
        );
        assert!(
            found.iter().all(|text| text.starts_with(typed)),
            "{typed}: {found:?}"
        );
    }
}

#[test]
fn signs_are_kept() {
    let corpus = Corpus::new([
        document(
            "node",
            "en",
            "Servers in node.js",
            "A server in node.js. With node.js it runs.",
        ),
        document(
            "cpp",
            "en",
            "Templates in C++",
            "Templates of C++ are long; node.js has none.",
        ),
    ]);
    let found = texts(&corpus, "serv");
    assert!(
        found
            .iter()
            .any(|text| text.to_lowercase() == "servers in node.js"),
        "{found:?}"
    );
    let found = texts(&corpus, "temp");
    assert!(
        found
            .iter()
            .any(|text| text.to_lowercase() == "templates in c++"),
        "{found:?}"
    );
}

#[test]
fn what_nobody_wrote_is_no_suggestion() {
    // The address has `hours-of`, and whoever types that in one finds it; but nobody writes so.
    let page = |id: &str, text: &str| document(id, "en", "Nine hours of talks", text);
    let corpus = Corpus::new([
        page(
            "hours-of",
            "Nine hours of talks, and hours of waiting. An e-mail said so.",
        ),
        page("more/hours-of", "Hours of talks, by e-mail."),
    ]);
    assert_eq!(corpus.found("hoursof ").split(' ').count(), 2);
    for typed in ["h", "hou", "nine h", "nine hours", "hourso", "em", "ema"] {
        let found = texts(&corpus, typed);
        let is_written = |text: &String| !text.contains("hoursof") && !text.contains("email");
        assert!(found.iter().all(is_written), "{typed}: {found:?}");
    }
}
