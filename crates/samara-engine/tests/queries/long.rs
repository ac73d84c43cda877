//! Long queries: nothing of them is dropped in silence.

use samara_engine::Ignored;

use crate::corpus::{Corpus, ignored};

/// More words than the corpora have.
fn preface() -> String {
    let words: Vec<String> = (0..40).map(|number| format!("zq{number:02}vx")).collect();
    words.join(" ")
}

fn corpus() -> Corpus {
    Corpus::of(
        "",
        &[
            ("ferry", "The ferry leaves the green harbour at dawn."),
            ("green", "A harbour green with weed; the ferry is late."),
            ("cpp", "The ferry timetable is printed by C++ code."),
            ("c", "The ferry timetable is printed by C code."),
        ],
    )
}

#[test]
fn clauses_behind_the_32nd_word_count() {
    let corpus = corpus();
    for (clauses, expected) in [
        ("ferry -\"green harbour\" ", "c cpp green"),
        ("ferry -timetable ", "ferry green"),
        ("ferry +timetable ", "c cpp"),
        ("+ferry -timetable +late ", "green"),
        ("ferry +\"green harbour\" ", "ferry"),
        ("ferry +C++ ", "cpp"),
        ("ferry -C++ ", "c ferry green"),
        ("dawn OR late ", "ferry green"),
        ("title:ferry ", ""),
        ("timeta", "c cpp"),
    ] {
        let query = format!("{} {clauses}", preface());
        let answer = corpus.search(&query);
        let mut ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids.join(" "), expected, "{clauses}");
        // The words before them are in no document, and nothing else is left out.
        let mut ignored = answer.ignored.iter();
        let is_preface = |one: &Ignored| one.reason == "unknown" && preface().contains(&one.text);
        assert!(ignored.all(is_preface), "{clauses}: {:?}", answer.ignored);
    }
}

#[test]
fn words_behind_the_32nd_are_marked_and_ranked() {
    let corpus = corpus();
    let query = format!("{} weed dawn ", preface());
    assert_eq!(corpus.marks(&query, "green"), "weed");
    assert_eq!(corpus.marks(&query, "ferry"), "dawn");
    let query = format!("{} ferry \"green harbour\" ", preface());
    assert_eq!(corpus.found(&query).split(' ').next(), Some("ferry"));
    assert_eq!(corpus.marks(&query, "ferry"), "ferry|green harbour");
    assert_eq!(corpus.marks(&query, "green"), "ferry");
}

#[test]
fn what_is_too_long_is_listed() {
    let corpus = corpus();
    let words = "zqvx ".repeat(300) + "-\"green harbour\" ferry ";
    let answer = corpus.search(&words);
    assert!(ignored(&answer).contains("words"), "{:?}", answer.ignored);
    let bytes = "zqvx".repeat(3_000) + " ferry ";
    let answer = corpus.search(&bytes);
    assert!(ignored(&answer).contains("length"), "{:?}", answer.ignored);
}

/// A sentence of 49 characters.
const SENTENCE: &str = "今年春天图书馆在河边新建了三座阅览室并且每天早上八点开门欢迎附近居民带着孩子前来免费借阅各种图画书籍";

fn chinese() -> Corpus {
    let whole = format!("{SENTENCE}。馆长说人数很多。");
    Corpus::of(
        "zh",
        &[
            ("whole", &whole),
            ("library", "图书馆在城中心，晚上九点关门。"),
            ("other", "火车站明天停电，请改乘汽车。"),
        ],
    )
}

#[test]
fn a_sentence_of_an_unspaced_script_finds_where_it_stands() {
    let corpus = chinese();
    for length in [2, 31, 32, 33, 34, 49] {
        let query: String = SENTENCE.chars().take(length).collect();
        for query in [query.clone(), format!("\"{query}\""), format!("+{query}")] {
            let answer = corpus.search(&query);
            assert_eq!(
                answer.hits.first().map(|hit| hit.id.as_str()),
                Some("whole"),
                "{query}"
            );
            assert_eq!(ignored(&answer), "", "{query}");
        }
    }
    // Behind the 32nd character, too, each pair counts.
    let turned: String = SENTENCE
        .chars()
        .skip(34)
        .chain(SENTENCE.chars().take(34))
        .collect();
    assert_eq!(corpus.found(&turned).split(' ').next(), Some("whole"));
    assert_eq!(corpus.found(&format!("\"{SENTENCE}火车\"")), "");
}

#[test]
fn a_clause_behind_a_long_sentence_counts() {
    let corpus = chinese();
    for (clause, expected) in [("-\"馆长说\"", "library"), ("+关门", "library")] {
        assert_eq!(
            corpus.found(&format!("{SENTENCE} {clause}")),
            expected,
            "{clause}"
        );
    }
    let found = corpus.found(&format!("{SENTENCE} 停电"));
    assert!(
        found.starts_with("whole") && found.contains("other"),
        "{found}"
    );
}
