//! What an index in blocks suggests, and that it fetches no texts for it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use samara_engine::{
    BlockKind, Blocks, Document, Index, Options, Searcher, Section, Suggestion, Unicode, split_into,
};

use super::{
    SMALL, WORDS, ask, corpus, files, in_halves, index_of, many_words, names, with_an_end,
};

#[test]
fn suggestions_read_no_texts() {
    let blocks = in_halves(&index_of(&many_words()), SMALL);
    for (text, begins) in [
        ("baba", "baba"),
        ("b", "b"),
        ("cocu ba", "cocu ba"),
        ("ka", "k"),
    ] {
        let files = files(&blocks);
        let mut there: Vec<(&str, &[u8])> = Vec::new();
        loop {
            let index = Index::of_blocks(&blocks.root, &there).unwrap();
            let found = Searcher::new(&index, &Unicode).suggest(text, 6);
            let missing = index.missing();
            if missing.is_empty() {
                assert!(!found.is_empty(), "{text}");
                assert!(
                    found.iter().any(|of| of.text.starts_with(begins)),
                    "{text}: {found:?}"
                );
                break;
            }
            assert!(
                missing.iter().all(|name| !name.starts_with('d')),
                "{text}: {missing:?}"
            );
            for name in missing {
                let (name, bytes) = files.get_key_value(name.as_str()).unwrap();
                there.push((name, bytes));
            }
        }
    }
}

/// Suggestions, where the blocks that a query for `query` has fetched are kept. Nothing else is given that is not asked for.
fn suggest_after(blocks: &Blocks, query: &str, text: &str, limit: usize) -> Vec<Suggestion> {
    let files = files(blocks);
    let mut kept: BTreeSet<String> = BTreeSet::new();
    let mut answer = |question: &dyn Fn(&Searcher) -> Vec<Suggestion>, takes_welcome: bool| {
        let mut there: Vec<(&str, &[u8])> = Vec::new();
        for _ in 0..24 {
            let index = Index::of_blocks(&blocks.root, &there).unwrap();
            let found = question(&Searcher::new(&index, &Unicode));
            let mut wanted = index.missing();
            if wanted.is_empty() && takes_welcome {
                wanted = index.welcome();
                wanted.retain(|name| kept.contains(name));
            }
            if wanted.is_empty() {
                return found;
            }
            for name in wanted {
                let (key, bytes) = files.get_key_value(name.as_str()).expect("a known name");
                assert!(there.iter().all(|(other, _)| other != key), "{key} twice");
                there.push((key, bytes));
                kept.insert(name);
            }
        }
        panic!("asks for ever");
    };
    answer(
        &|searcher| {
            let _ = searcher.search(query, &Options::default());
            Vec::new()
        },
        false,
    );
    answer(&|searcher| searcher.suggest(text, limit), true)
}

#[test]
fn words_that_follow_are_suggested_from_texts_that_are_there() {
    let page = |number: usize, text: &str| Document {
        id: format!("{number}"),
        url: format!("/{number}"),
        title: format!("Page {number}"),
        language: Some("en".into()),
        sections: vec![Section {
            text: text.into(),
            ..Section::default()
        }],
        ..Document::default()
    };
    let mut documents = vec![
        page(
            0,
            "An error handler. The error of the error handling, of course.",
        ),
        page(1, "Error handling. An error: handling hats."),
        page(
            2,
            "Where error handling and error recovery meet the error, hats.",
        ),
        page(3, "An error recovery. An error hatch."),
        page(
            4,
            "Hats, hatches, hands. An error hat. The error of Error of. No error: recovery.",
        ),
    ];
    documents.extend((5..20).map(|number| page(number, "Handles, hats, and a recovery of hands.")));
    let blocks = split_into(&index_of(&documents), SMALL).unwrap();
    let told = |query: &str, text: &str| -> Vec<(String, u32)> {
        let found = suggest_after(&blocks, query, text, 9).into_iter();
        found.map(|of| (of.text, of.documents)).collect()
    };
    let own = |all: &[(&str, u32)]| -> Vec<(String, u32)> {
        let all = all.iter();
        all.map(|&(text, documents)| (text.to_owned(), documents))
            .collect()
    };
    // Not what follows once, what says nothing, or what a sign parts.
    assert_eq!(
        told("error ", "error "),
        own(&[("error handling", 3), ("error recovery", 2)])
    );
    assert_eq!(told("hands", "error "), []);
    // What follows comes before what more pages have.
    let found = told("error ha", "error ha");
    assert_eq!(found[0], ("error handling".to_owned(), 3));
    assert!(
        found.iter().all(|(text, _)| text.starts_with("error ha")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|(text, _)| text == "error hats"),
        "{found:?}"
    );
    assert_eq!(
        found
            .iter()
            .filter(|(text, _)| text == "error handling")
            .count(),
        1
    );
    // The best completions go on.
    let found = told("err", "err");
    assert_eq!(found[0].0, "error");
    assert!(
        found.contains(&("error handling".to_owned(), 3)),
        "{found:?}"
    );
    let found = told("hands", "err");
    assert!(found.iter().all(|(text, _)| text != "error handling"));
}

#[test]
fn suggestions_follow_the_same_rules() {
    let page = |id: &str, text: &str| Document {
        id: id.into(),
        url: format!("/{id}"),
        title: "Nine hours of talks".into(),
        language: Some("en".into()),
        sections: vec![Section {
            text: text.into(),
            ..Section::default()
        }],
        ..Document::default()
    };
    let mut documents = [
        page(
            "nine-hours-of-talks",
            "A house, houses and an hour of talks.",
        ),
        page("more-hours-of-talks", "The houses of the hourly talks."),
    ];
    documents[1].title = "Nine Hours of Talks".into();
    let blocks = split_into(&index_of(&documents), SMALL).unwrap();
    let texts = |typed: &str| -> Vec<String> {
        let (found, _) = ask(&blocks, |searcher| searcher.suggest(typed, 9));
        found.into_iter().map(|of| of.text).collect()
    };
    // Nothing that nobody wrote, nothing twice in other forms or letters, and not what was typed.
    assert_eq!(texts("h"), ["Nine hours of talks", "hours", "houses"]);
    assert_eq!(texts("hourso"), [""; 0]);
    assert_eq!(texts("house"), [""; 0]);
}

#[test]
fn suggestions_ask_for_nothing_twice_whichever_texts_are_there() {
    let blocks = with_an_end("Written by the gardeners of the old town, who meet on Thursdays.");
    assert_eq!(names(&blocks, BlockKind::Dictionary).len(), 1);
    for kept in ["6241", "36", "tells", "gardeners"] {
        for typed in ["gardeners ", "6241 ", "old t", "page 3"] {
            suggest_after(&blocks, kept, typed, 5);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_follows_does_so_in_as_many_documents(documents in corpus(), word in prop::sample::select(&WORDS[..])) {
        // Scripts without spaces are written on without one.
        prop_assume!(word.is_ascii());
        let blocks = in_halves(&index_of(&documents), SMALL);
        let typed = format!("{word} ");
        let folded = |text: &str| text.to_lowercase().replace('é', "e");
        let written = documents.iter().map(|document| {
            let sections = document.sections.iter();
            let sections = sections.flat_map(|section| [&*section.heading, &*section.text]);
            let parts: Vec<&str> = std::iter::once(&*document.title).chain(sections).collect();
            folded(&parts.join("\n"))
        });
        let written: Vec<String> = written.collect();
        for found in suggest_after(&blocks, &typed, &typed, 20) {
            if documents.iter().any(|document| document.title == found.text) {
                continue;
            }
            // Of a word with signs in it, the last part is what others follow.
            let row = folded(&found.text);
            let row = row.rsplit_once(['-', '.', '_', '\'']).map_or(&*row, |(_, last)| last);
            let holding = written.iter().filter(|text| text.contains(row)).count();
            prop_assert!(found.documents > 1, "{:?}", found);
            prop_assert!(found.documents as usize <= holding, "{:?} in {}", found, holding);
        }
    }
}
