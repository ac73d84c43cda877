//! Snippets: which passage is shown, how it begins and ends, what is marked; sections beneath a hit.

use proptest::prelude::*;
use samara_engine::{Document, Section};

use crate::corpus::{Corpus, document, marked, marked_snippet, seeds};

#[track_caller]
fn check(text: &str, cases: &[(&str, &str)]) {
    let corpus = Corpus::of("en", &[("it", text)]);
    for (query, expected) in cases {
        let answer = corpus.search(query);
        let hit = answer
            .hits
            .first()
            .unwrap_or_else(|| panic!("{query} finds nothing"));
        assert_eq!(&marked_snippet(&hit.snippet), expected, "{query}");
    }
}

#[test]
fn marks_stand_on_whole_words_as_a_person_sees_them() {
    check(
        "Two ministers were meeting in a small café; the minister's notes (getElementById) cost €10,000.",
        &[
            (
                "minister ",
                "Two [ministers] were meeting in a small café; the [minister]'s notes (getElementById) cost €10,000.",
            ),
            (
                "meet",
                "Two ministers were [meeting] in a small café; the minister's notes (getElementById) cost €10,000.",
            ),
            (
                "cafe ",
                "Two ministers were meeting in a small [café]; the minister's notes (getElementById) cost €10,000.",
            ),
            (
                "element ",
                "Two ministers were meeting in a small café; the minister's notes ([getElementById]) cost €10,000.",
            ),
            (
                "ministres ",
                "Two [ministers] were meeting in a small café; the [minister]'s notes (getElementById) cost €10,000.",
            ),
            (
                "10,000 ",
                "Two ministers were meeting in a small café; the minister's notes (getElementById) cost €[10,000].",
            ),
        ],
    );
}

#[test]
fn a_phrase_is_marked_where_it_stands_and_nowhere_else() {
    check(
        "Frank spoke first. The exchanges were frank. He praised frank exchanges after that.",
        &[(
            "\"frank exchanges\"",
            "Frank spoke first. The exchanges were frank. He praised [frank exchanges] after that.",
        )],
    );
}

#[test]
fn marks_count_utf_16_and_never_cut_a_character() {
    check(
        "Grüße 👩‍💻👩‍💻 cafe\u{301} 𝒳𝒴 ❤\u{fe0f} naïve हिन्दी 王毅同布林肯 ende.",
        &[
            (
                "cafe ",
                "Grüße 👩‍💻👩‍💻 [cafe\u{301}] 𝒳𝒴 ❤\u{fe0f} naïve हिन्दी 王毅同布林肯 ende.",
            ),
            (
                "ende ",
                "Grüße 👩‍💻👩‍💻 cafe\u{301} 𝒳𝒴 ❤\u{fe0f} naïve हिन्दी 王毅同布林肯 [ende].",
            ),
            (
                "❤",
                "Grüße 👩‍💻👩‍💻 cafe\u{301} 𝒳𝒴 [❤\u{fe0f}] naïve हिन्दी 王毅同布林肯 ende.",
            ),
            (
                "布林肯",
                "Grüße 👩‍💻👩‍💻 cafe\u{301} 𝒳𝒴 ❤\u{fe0f} naïve हिन्दी 王毅同[布林肯] ende.",
            ),
            (
                "हिन्दी ",
                "Grüße 👩‍💻👩‍💻 cafe\u{301} 𝒳𝒴 ❤\u{fe0f} naïve [हिन्दी] 王毅同布林肯 ende.",
            ),
            (
                "xy ",
                "Grüße 👩‍💻👩‍💻 cafe\u{301} [𝒳𝒴] ❤\u{fe0f} naïve हिन्दी 王毅同布林肯 ende.",
            ),
        ],
    );
}

#[test]
fn what_signs_hold_together_is_marked_as_one() {
    check(
        "Run node.js, snake_case and state-of-the-art; L’État, the U.S. north/south: C, C++.",
        &[
            (
                "node.js ",
                "Run [node.js], snake_case and state-of-the-art; L’État, the U.S. north/south: C, C++.",
            ),
            (
                "\"snake case\"",
                "Run node.js, [snake_case] and state-of-the-art; L’État, the U.S. north/south: C, C++.",
            ),
            (
                "state art ",
                "Run node.js, snake_case and [state]-of-the-[art]; L’État, the U.S. north/south: C, C++.",
            ),
            (
                "l'état ",
                "Run node.js, snake_case and state-of-the-art; [L’État], the U.S. north/south: C, C++.",
            ),
            (
                "U.S. north ",
                "Run node.js, snake_case and state-of-the-art; L’État, the [U.S]. [north]/south: C, C++.",
            ),
        ],
    );
}

#[test]
fn a_mark_covers_what_a_person_sees_as_one_character() {
    check(
        "She 👩‍💻 codes. กรุงเทพ ที่นี่ ក្រុង",
        &[
            ("👩", "She [👩‍💻] codes. กรุงเทพ ที่นี่ ក្រុង"),
            ("💻", "She [👩‍💻] codes. กรุงเทพ ที่นี่ ក្រុង"),
            ("กร", "She 👩‍💻 codes. [กรุ]งเทพ ที่นี่ ក្រុង"),
            ("นี", "She 👩‍💻 codes. กรุงเทพ ที่[นี่] ក្រុង"),
        ],
    );
}

#[test]
fn short_parts_of_a_word_are_marked_where_they_stand_together() {
    check(
        "In 1 of 3 tests R and D failed with 1.2.3, said R&D.",
        &[
            (
                "1.2.3 ",
                "In 1 of 3 tests R and D failed with [1.2.3], said R&D.",
            ),
            (
                "R&D ",
                "In 1 of 3 tests R and D failed with 1.2.3, said [R&D].",
            ),
        ],
    );
}

#[test]
fn a_passage_keeps_the_signs_of_its_first_and_last_words() {
    let pad = FILLER.repeat(10);
    for (text, expected) in [
        ("$100 went to the harvest.", "$100 went to the [harvest]."),
        (
            "“Why now?” asked the harvest.",
            "“Why now?” asked the [harvest].",
        ),
        ("(See the harvest.)", "(See the [harvest].)"),
    ] {
        let corpus = Corpus::of("en", &[("it", &format!("{pad}{text} {pad}"))]);
        let shown = marked_snippet(&corpus.search("harvest ").hits[0].snippet);
        assert!(shown.starts_with(expected), "{shown}");
    }
    // The last of 32 words, and what is cut off behind it.
    let words = "so ".repeat(30);
    for (last, expected) in [
        ("C++ (or", "C++ …"),
        ("100% “or", "100% …"),
        ("(pears) or", "(pears) …"),
        ("pears, or", "pears …"),
        ("pears. “Or", "pears."),
    ] {
        let text = format!("{pad}Harvest {words}{last} {words}{words}");
        let corpus = Corpus::of("en", &[("it", &text)]);
        let shown = marked_snippet(&corpus.search("harvest ").hits[0].snippet);
        assert_eq!(shown, format!("[Harvest] {words}{expected}"));
    }
}

#[test]
fn signs_in_a_long_row_stay_together() {
    let pad = FILLER.repeat(10);
    let row = "=".repeat(100);
    let words = "so ".repeat(30);
    let text = format!("{pad}or so {row}. Harvest {words}pears{row} or {words}{pad}");
    let corpus = Corpus::of("en", &[("it", &text)]);
    let shown = marked_snippet(&corpus.search("harvest ").hits[0].snippet);
    assert_eq!(shown, format!("[Harvest] {words}pears{row} …"));
}

#[test]
fn signs_without_end_are_cut() {
    let row = "= ".repeat(100_000);
    let text = format!("Here {row} is the {row} harvest {row}. And so it goes {row} on.");
    let corpus = Corpus::of("en", &[("it", &text)]);
    let snippet = &corpus.search("harvest ").hits[0].snippet;
    assert!(snippet.text.len() < 2000, "{}", snippet.text.len());
    assert_eq!(snippet.marks.len(), 1);
    assert!(snippet.text.ends_with("on."));
}

#[test]
fn a_passage_begins_and_ends_between_words() {
    let words = "and so on and on without any stop ".repeat(12);
    for version in ["1.2.3.4", "a/b/c/d", "state-of-the-art"] {
        let text = format!("It {words} {version} the harvest {words}");
        let corpus = Corpus::of("en", &[("it", &text)]);
        let shown = marked_snippet(&corpus.search("harvest ").hits[0].snippet);
        assert!(
            shown.starts_with(&format!("… {version} the [harvest]")),
            "{shown}"
        );
    }
}

const FILLER: &str = "Nothing of note was said about it on that day. ";

#[test]
fn the_densest_passage_is_shown_from_the_start_of_its_sentence() {
    let before = FILLER.repeat(30);
    let text = format!(
        "A frank word. {before}Late in the evening the envoy praised the frank exchanges. {before}"
    );
    let corpus = Corpus::of("en", &[("it", &text)]);
    for query in [
        "frank exchanges ",
        "exchanges frank ",
        "\"frank exchanges\"",
    ] {
        let hit = &corpus.search(query).hits[0];
        // Quoted, both words are one mark.
        let shown = marked_snippet(&hit.snippet).replace("] [", " ");
        assert!(
            shown.starts_with("Late in the evening the envoy praised the [frank exchanges]."),
            "{query}: {shown}"
        );
        let words = hit.snippet.text.split_whitespace().count();
        assert!((12..=40).contains(&words), "{query}: {words} words");
    }
}

#[test]
fn a_long_sentence_is_entered_near_the_words_with_dots() {
    let tail = "and so on and on without any stop ".repeat(12);
    let text = format!("It began {tail}until the harvest came {tail}to an end.");
    let corpus = Corpus::of("en", &[("it", &text)]);
    let shown = marked_snippet(&corpus.search("harvest ").hits[0].snippet);
    assert!(shown.starts_with("… ") && shown.ends_with('…'), "{shown}");
    let before = shown.split("[harvest]").next().unwrap();
    assert!(before.split_whitespace().count() <= 16, "{shown}");
}

#[test]
fn words_far_apart_are_shown_in_fragments() {
    let gap = FILLER.repeat(20);
    let text = format!("The harvest was good. {gap}The telescope was bought. {gap}");
    let corpus = Corpus::of("en", &[("it", &text)]);
    let shown = marked_snippet(&corpus.search("telescope harvest ").hits[0].snippet);
    assert!(shown.starts_with("The [harvest] was good."), "{shown}");
    assert!(
        shown.contains("… The [telescope] was bought.") || shown.contains("…The [telescope]"),
        "{shown}"
    );
    assert!(shown.split_whitespace().count() <= 44, "{shown}");
}

#[test]
fn a_full_stop_inside_a_number_ends_no_sentence() {
    let pad = FILLER.repeat(10);
    let text = format!("{pad}They paid 3.50 at 10.15 for the telescope. {pad}");
    let corpus = Corpus::of("en", &[("it", &text)]);
    let shown = marked_snippet(&corpus.search("telescope ").hits[0].snippet);
    assert!(
        shown.starts_with("They paid 3.50 at 10.15 for the [telescope]."),
        "{shown}"
    );
}

#[test]
fn abbreviations_and_quoted_questions_end_no_sentence() {
    let pad = FILLER.repeat(10);
    for sentence in [
        "Dr. Smith of St. Mary paid for the telescope.",
        "The U.S. envoy saw the telescope.",
        "“Why now?” asked the envoy of the telescope.",
        "J. R. R. Jones of No. 7 bought a telescope.",
    ] {
        let corpus = Corpus::of("en", &[("it", &format!("{pad}{sentence} {pad}"))]);
        let shown = marked_snippet(&corpus.search("telescope ").hits[0].snippet);
        // A quotation mark before the first word belongs to what separates it from the sentence before.
        let expected = sentence.replace("telescope", "[telescope]");
        assert!(shown.contains(expected.trim_start_matches('“')), "{shown}");
    }
}

#[test]
fn unspaced_sentences_begin_behind_their_full_stop() {
    let pad = "今天没有什么特别的事情发生。".repeat(12);
    let text = format!("{pad}王毅同布林肯举行会谈。{pad}");
    let corpus = Corpus::of("zh", &[("it", &text)]);
    let shown = marked_snippet(&corpus.search("布林肯").hits[0].snippet);
    assert!(shown.starts_with("王毅同[布林肯]举行会谈。"), "{shown}");
}

#[test]
fn titles_are_marked_and_a_document_without_text_has_an_empty_passage() {
    let corpus = Corpus::new([
        document("zurich", "en", "A café in Zürich", "Nothing."),
        document("empty", "en", "Only a title about harvests", ""),
    ]);
    let hit = &corpus.search("zurich cafe ").hits[0];
    assert_eq!(marked(&hit.title, &hit.title_marks), "A [café] in [Zürich]");
    assert_eq!(hit.snippet.text, "Nothing.");
    let hit = &corpus.search("harvest ").hits[0];
    assert_eq!(
        marked(&hit.title, &hit.title_marks),
        "Only a title about [harvests]"
    );
    assert_eq!(hit.snippet.text, "");
}

#[test]
fn blocks_and_odd_spaces_are_shown_as_one_line() {
    check(
        "One\n\nline   with\tspaces\u{a0}and\u{2028}breaks \u{7}end.",
        &[("spaces ", "One line with [spaces] and breaks end.")],
    );
}

fn guide() -> Corpus {
    let section = |heading: &str, anchor: &str, text: &str| Section {
        heading: heading.into(),
        anchor: anchor.into(),
        text: text.into(),
        ..Section::default()
    };
    Corpus::new([Document {
        id: "guide".into(),
        url: "/guide.html".into(),
        title: "Guide".into(),
        language: Some("en".into()),
        sections: vec![
            section("", "", "An introduction to installing and configuring."),
            section(
                "Installing",
                "install",
                "Download the archive and unpack it.",
            ),
            section(
                "Configuring",
                "config",
                "Edit the file; installing again is not needed.",
            ),
            section("Running", "run", "Start the server and open the page."),
            section("No anchor", "", "Installing without an anchor."),
        ],
        ..Document::default()
    }])
}

#[test]
fn sections_are_results_of_their_own_with_their_anchors() {
    let corpus = guide();
    let sections = |query: &str| -> Vec<(String, String, String)> {
        let hit = corpus.search(query).hits.remove(0);
        let sections = hit.sections.into_iter();
        sections
            .map(|section| {
                (
                    section.title.clone(),
                    section.url.clone(),
                    marked_snippet(&section.snippet),
                )
            })
            .collect()
    };
    let found = sections("installing ");
    assert_eq!(
        found[0],
        (
            "Installing".into(),
            "/guide.html#install".into(),
            "Download the archive and unpack it.".into()
        )
    );
    assert_eq!(found[1].1, "/guide.html#config");
    assert_eq!(
        found[1].2,
        "Edit the file; [installing] again is not needed."
    );
    assert!(
        found.iter().all(|section| section.1.contains('#')),
        "{found:?}"
    );
    assert_eq!(sections("server ")[0].1, "/guide.html#run");
    assert_eq!(sections("server ").len(), 1);
    assert!(sections("introduction ").is_empty());
}

#[test]
fn of_a_long_page_the_best_six_sections_are_listed() {
    let section = |number: usize| Section {
        heading: format!("Step {number}"),
        anchor: format!("step-{number}"),
        text: format!(
            "A telescope {}. {FILLER}",
            if number > 6 { "mirror" } else { "" }
        ),
        ..Section::default()
    };
    let page = Document {
        sections: (1..=9).map(section).collect(),
        ..document("guide", "en", "Building one", "")
    };
    let corpus = Corpus::new([page]);
    let found = corpus.search("telescope mirror ").hits.remove(0);
    let titles: Vec<&str> = found
        .sections
        .iter()
        .map(|section| &*section.title)
        .collect();
    assert_eq!(
        titles,
        ["Step 7", "Step 8", "Step 9", "Step 1", "Step 2", "Step 3"]
    );
}

#[test]
fn no_word_of_a_phrase_crosses_a_heading() {
    let corpus = guide();
    for query in [
        "\"configuring installing\"",
        "\"installing download\"",
        "\"it configuring\"",
        "\"guide an\"",
    ] {
        assert_eq!(corpus.search(query).total, 0, "{query}");
    }
    assert_eq!(corpus.search("\"unpack it\"").total, 1);
}

proptest! {
    /// Whatever the text and the query, marks lie within the passage, ascend, and cut no character in two.
    #[test]
    fn marks_are_always_in_order_and_between_characters(
        text in "([a-c]{1,3}|é|e\u{301}|👍🏽|𝒳|王|ก| |\\. |\n){0,120}",
        query in "([a-c]{1,3}|é|e\u{301}|👍|𝒳|王|ก| |\"){1,12}",
    ) {
        let corpus = Corpus::new([document("it", "en", &text, &text)]);
        for hit in corpus.search(&query).hits {
            for (text, marks) in [(&hit.title, &hit.title_marks), (&hit.snippet.text, &hit.snippet.marks)] {
                let units: Vec<u16> = text.encode_utf16().collect();
                let mut last = 0;
                for &(start, end) in marks {
                    prop_assert!(last <= start && start < end && end as usize <= units.len());
                    for edge in [start, end] {
                        let inside = units.get(edge as usize).is_some_and(|unit| (0xdc00..0xe000).contains(unit));
                        prop_assert!(!inside, "{} in {}", edge, text);
                        let next = units.get(edge as usize);
                        prop_assert!(next != Some(&0x301), "a mark is cut off at {} in {}", edge, text);
                    }
                    last = end;
                }
            }
        }
    }
}

#[test]
fn every_word_of_a_passage_is_a_word_of_its_document() {
    let corpus = Corpus::new(seeds());
    for query in [
        "wang",
        "summit talks",
        "\"state department\"",
        "blinkn",
        "xi",
    ] {
        for hit in corpus.search(query).hits {
            let document = corpus
                .index()
                .documents()
                .find(|document| document.id == hit.id)
                .unwrap();
            let text = document.plain_text();
            let words = hit.snippet.text.split_whitespace();
            for word in words.map(|word| word.trim_matches('…')) {
                assert!(text.contains(word), "{query}: {word}");
            }
            assert!(
                !hit.snippet.marks.is_empty(),
                "{query}: {}",
                hit.snippet.text
            );
        }
    }
}
