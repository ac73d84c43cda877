//! What people type, and what they find: one small corpus, many short cases.

use samara_engine::{Document, Index, IndexWriter, Options, Section, Sort, Unicode, Values};

fn corpus() -> Vec<u8> {
    let mut writer = IndexWriter::new();
    let mut add = |id: &str, language: &str, title: &str, text: &str, meta: &[(&str, &str)]| {
        let fields = meta
            .iter()
            .map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()]));
        writer.add(Document {
            id: id.into(),
            url: format!("/{id}"),
            title: title.into(),
            language: Some(language.into()),
            sections: vec![Section {
                text: text.into(),
                ..Section::default()
            }],
            meta: fields.collect(),
            similar: id.starts_with("wire").then_some(3),
        });
    };
    add(
        "cafe",
        "en",
        "A café in Zürich",
        "Two ministers were meeting in a small café. They talked for nine hours.",
        &[
            ("source", "Morning Post"),
            ("date", "2023-07-13"),
            ("rank", "10"),
        ],
    );
    add(
        "code",
        "en",
        "Notes on programming",
        "Call getElementById before parseJSON. Written in C++, node.js and snake_case; it costs 10,000.",
        &[
            ("source", "Handbook"),
            ("date", "2022-01-02"),
            ("rank", "9"),
        ],
    );
    add(
        "base",
        "en",
        "Keeping records",
        "The data base of the sub committee is kept in a database elsewhere. Walking, walked, talking, talked; a record.",
        &[
            ("source", "Handbook"),
            ("date", "2023-10-27"),
            ("rank", "100"),
        ],
    );
    add(
        "munich",
        "de",
        "Reise nach München",
        "Die Straße war lang. Das Gespräch über die Gespräche dauerte.",
        &[("source", "Zeitung"), ("date", "2023-11-01")],
    );
    add(
        "china",
        "zh",
        "外交部长",
        "王毅同布林肯举行会谈。双方讨论了中东局势。",
        &[],
    );
    add("thai", "th", "ข่าว", "รัฐมนตรีพบกันที่จาการ์ตา", &[]);
    add(
        "emoji",
        "en",
        "Signs",
        "Coffee ☕ and a heart ❤\u{fe0f} for everybody.",
        &[],
    );
    for wire in ["wire1", "wire2"] {
        add(
            wire,
            "en",
            "Summit announced",
            "The two presidents will hold a summit in autumn.",
            &[],
        );
    }
    writer.finish().unwrap()
}

/// Ids of the hits, in order; `corrected` behind an arrow.
fn answer(query: &str, options: &Options) -> String {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    let answer = index.search(query, options, &Unicode);
    let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    let corrected = answer
        .corrected
        .map(|corrected| format!(" → {}", corrected.to));
    ids.join(" ") + &corrected.unwrap_or_default()
}

#[track_caller]
fn check(query: &str, expected: &str) {
    assert_eq!(answer(query, &Options::default()), expected, "{query}");
}

#[test]
fn letters_meet_across_accents_and_case() {
    for query in ["café ", "cafe ", "CAFÉ ", "Cafe\u{301} "] {
        check(query, "cafe");
    }
    check("zurich ", "cafe");
    check("munchen ", "munich");
    check("MÜNCHEN ", "munich");
    check("strasse ", "munich");
    check("STRAßE ", "munich");
    check("ministérs ", "cafe");
}

#[test]
fn stems_meet_in_their_language() {
    check("meetings ", "cafe");
    check("minister ", "cafe");
    check("gespräch ", "munich");
    // Only “meeting” is in the corpus; “walked, walking” teach the ending.
    check("meeted ", "cafe");
}

#[test]
fn the_last_word_is_a_beginning_while_it_is_typed() {
    check("minis", "cafe");
    check("minis ", "");
    check("zür", "cafe");
    check("progr", "code");
}

#[test]
fn phrases_hold_together() {
    check("\"nine hours\"", "cafe");
    check("\"hours nine\"", "");
    check("\"café they talked\"", "cafe");
    check("\"small caf", "cafe");
    check("\"ministers talk\"", "");
}

#[test]
fn mistakes_are_read_as_what_was_meant() {
    check("ministres ", "cafe → ministers ");
    check("prgramming ", "code → programming ");
    check("sumimt ", "wire1 → summit ");
    check("xinisters ", "cafe → ministers ");
    check("\"nnie hours\"", "cafe → \"nine hours\"");
    check("minisetrs hou", "cafe → ministers hou");
    check("zzzzzz ", "");
    let as_typed = Options {
        correct: false,
        ..Options::default()
    };
    assert_eq!(answer("ministres ", &as_typed), "");
}

#[test]
fn words_written_apart_and_together_meet() {
    check("subcommittee ", "base → sub committee ");
    check("data-base ", "base");
    check("elsewhere 10000 ", "code base → elsewhere 10 000 ");
    check("10,000 ", "code");
}

#[test]
fn parts_of_words_are_found() {
    check("getElementById ", "code");
    check("getelementbyid ", "code");
    check("element ", "code");
    check("json ", "code");
    check("snake_case ", "code");
    check("node.js ", "code");
}

#[test]
fn unspaced_scripts_are_found_by_any_two_characters() {
    for query in ["王毅", "会谈", "外交", "局势", "布林肯举行", "中东局势"] {
        check(query, "china");
    }
    check("毅王", "");
    check("จาการ์ตา", "thai");
    check("พบกัน", "thai");
    check("☕", "emoji");
    check("❤", "emoji");
}

#[test]
fn operators_combine() {
    check("café OR programming ", "cafe code");
    check("data -database ", "");
    check("ministers +programming ", "code");
    check("title:summit ", "wire1");
    check("title:presidents ", "");
    check("handbook source:handbook ", "");
    check("source:handbook ", "code base");
    check("source:post ", "cafe");
    check("-source:handbook date:2023 ", "cafe munich");
    check("date:2023-07..2023-10 ", "cafe base");
    check("date:..2022 ", "code");
    check("lang:de ", "munich");
}

#[test]
fn near_duplicates_are_one_hit() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    let answer = index.search("summit ", &Options::default(), &Unicode);
    assert_eq!((answer.total, answer.hits.len()), (1, 1));
    assert_eq!(answer.hits[0].duplicates[0].id, "wire2");
}

#[test]
fn facets_count_before_and_after_filtering() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    let filters = vec![("source".to_owned(), vec!["Handbook".to_owned()])];
    let options = Options {
        filters,
        ..Options::default()
    };
    let answer = index.search("talked OR programming ", &options, &Unicode);
    let facet = answer.facets.get("source").unwrap();
    let counts: Vec<_> = facet
        .iter()
        .map(|v| (v.value.as_str(), v.count, v.total))
        .collect();
    assert_eq!(counts, [("Handbook", 2, 2), ("Morning Post", 0, 1)]);
    assert_eq!(answer.total, 2);
}

#[test]
fn metadata_orders_and_offsets_page() {
    let by = |text: &str| Options {
        sort: Sort::parse(text),
        ..Options::default()
    };
    assert_eq!(
        answer("date:2000..2099", &by("date:desc")),
        "munich base cafe code"
    );
    assert_eq!(
        answer("date:2000..2099", &by("rank")),
        "code cafe base munich"
    );
    assert_eq!(
        answer("date:2000..2099", &by("title")),
        "cafe base code munich"
    );
    let page = Options {
        offset: 1,
        limit: 2,
        ..by("date")
    };
    assert_eq!(answer("date:2000..2099", &page), "cafe base");
}

#[test]
fn hits_explain_themselves() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    let options = Options {
        explain: true,
        ..Options::default()
    };
    let answer = index.search("ministers hours ", &options, &Unicode);
    let hit = &answer.hits[0];
    let reasons = hit.explanation.as_ref().unwrap();
    assert_eq!(
        reasons
            .iter()
            .map(|reason| reason.text.as_str())
            .collect::<Vec<_>>(),
        ["ministers", "hours"]
    );
    let sum: u32 = reasons.iter().map(|reason| reason.score).sum();
    assert!(sum.abs_diff(hit.score) <= 2, "{sum} {}", hit.score);
    assert_eq!(
        hit.meta.get("source"),
        Some(&Values::One("Morning Post".into()))
    );
}

#[test]
fn what_was_not_used_is_listed() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    let ignored = |query: &str| -> Vec<&'static str> {
        let answer = index.search(query, &Options::default(), &Unicode);
        answer
            .ignored
            .iter()
            .map(|ignored| ignored.reason)
            .collect()
    };
    assert_eq!(ignored("the ministers "), ["common"]);
    assert_eq!(ignored("the "), [""; 0]);
    assert_eq!(ignored("\"nine hours"), ["quote"]);
    assert_eq!(ignored("- ministers"), ["operator"]);
    assert_eq!(ignored("ministers !!!"), ["symbols"]);
    assert_eq!(ignored("ministers date:tomorrow"), ["date"]);
}

/// The snippet with its marks in brackets.
fn marked(text: &str, marks: &[(u32, u32)]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = String::new();
    let mut position = 0;
    for &(start, end) in marks {
        out += &String::from_utf16(&units[position..start as usize]).unwrap();
        out += &format!(
            "[{}]",
            String::from_utf16(&units[start as usize..end as usize]).unwrap()
        );
        position = end as usize;
    }
    out + &String::from_utf16(&units[position..]).unwrap()
}

#[test]
fn snippets_mark_words_as_a_person_sees_them() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    for (query, expected) in [
        (
            "hours",
            "Two ministers were meeting in a small café. They talked for nine [hours].",
        ),
        (
            "cafe minister ",
            "Two [ministers] were meeting in a small [café]. They talked for nine hours.",
        ),
        ("布林肯", "王毅同[布林肯]举行会谈。双方讨论了中东局势。"),
        ("heart", "Coffee ☕ and a [heart] ❤\u{fe0f} for everybody."),
        (
            "element ",
            "Call [getElementById] before parseJSON. Written in C++, node.js and snake_case; it costs 10,000.",
        ),
    ] {
        let answer = index.search(query, &Options::default(), &Unicode);
        let snippet = &answer.hits[0].snippet;
        assert_eq!(marked(&snippet.text, &snippet.marks), expected, "{query}");
    }
    let hit = &index.search("zurich", &Options::default(), &Unicode).hits[0];
    assert_eq!(marked(&hit.title, &hit.title_marks), "A café in [Zürich]");
}

#[test]
fn long_texts_show_the_densest_passage_from_the_start_of_its_sentence() {
    let filler = "Nothing of note was said about it on that day. ".repeat(30);
    let text =
        format!("{filler}Late in the evening the envoy praised the frank exchanges. {filler}");
    let mut writer = IndexWriter::new();
    let sections = vec![
        Section {
            text: filler.clone(),
            ..Section::default()
        },
        Section {
            heading: "Evening".into(),
            anchor: "evening".into(),
            text,
        },
    ];
    writer.add(Document {
        id: "long".into(),
        url: "/long".into(),
        sections,
        ..Document::default()
    });
    let bytes = writer.finish().unwrap();
    let index = Index::open(&bytes).unwrap();
    let answer = index.search("frank exchanges ", &Options::default(), &Unicode);
    let hit = &answer.hits[0];
    let shown = marked(&hit.snippet.text, &hit.snippet.marks);
    assert!(
        shown.starts_with("Late in the evening the envoy praised the [frank] [exchanges]."),
        "{shown}"
    );
    assert!(hit.snippet.text.split_whitespace().count() <= 40, "{shown}");
    assert_eq!(hit.sections[0].url, "/long#evening");
    assert_eq!(hit.sections[0].title, "Evening");
}

#[test]
fn suggestions_complete_and_correct() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    let texts = |text: &str| -> Vec<String> {
        index
            .suggest(text, 5, &Unicode)
            .into_iter()
            .map(|suggestion| suggestion.text)
            .collect()
    };
    assert_eq!(texts("data"), ["data", "database"]);
    assert_eq!(texts("the summ"), ["the summit"]);
    assert_eq!(texts("two "), ["two presidents"]);
    assert_eq!(index.corrections("sumit", 3, &Unicode), ["summit"]);
    assert_eq!(index.corrections("summit", 3, &Unicode), ["summit"]);
}

#[test]
fn similar_documents_share_telling_words() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    let ids: Vec<String> = index
        .similar("base", 5)
        .into_iter()
        .map(|hit| hit.id)
        .collect();
    assert_eq!(ids.first().map(String::as_str), Some("cafe"), "both talked");
    assert!(
        index
            .similar("wire1", 5)
            .iter()
            .all(|hit| hit.id != "wire2")
    );
    assert!(index.similar("nowhere", 5).is_empty());
}
