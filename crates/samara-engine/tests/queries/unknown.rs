//! What no document has is listed: nothing that was typed is dropped in silence.

use samara_engine::Options;

use crate::corpus::{Corpus, document, ignored};

fn corpus() -> Corpus {
    Corpus::new([
        document("talks", "en", "Summit", "The envoys met for frank talks."),
        document(
            "data",
            "en",
            "Database",
            "A database of e-mail, 10 kg of get_user_name in node.js. Fast-growing.",
        ),
        document("zh", "zh", "图书馆", "图书馆在河边。"),
    ])
}

#[test]
fn words_that_no_document_has_are_listed() {
    let corpus = corpus();
    for (query, expected) in [
        ("summit talks ", ""),
        ("summit xyzzy ", "xyzzy: unknown"),
        ("xyzzy ", "xyzzy: unknown"),
        (
            "xyzzy summit quuxly xyzzy ",
            "xyzzy: unknown, quuxly: unknown",
        ),
        ("the summit xyzzy ", "the: common, xyzzy: unknown"),
        // The other alternative is found.
        ("summit OR xyzzy ", "xyzzy: unknown"),
        ("node.xyzzy ", "xyzzy: unknown"),
        ("图书馆 囍 ", "囍: unknown"),
        // No field, so a word.
        ("titel:summit ", "titel: unknown"),
        ("summit autor:\"frank talks\" ", "autor: unknown"),
        ("http://database ", "http: unknown"),
        // Found as something else: corrected, by its beginning or its ending, in one, apart.
        ("sumit ", ""),
        ("summ", ""),
        ("summits ", ""),
        ("data base ", ""),
        ("email ", ""),
        ("10kg ", ""),
        ("getUserName ", ""),
        ("fastgrowing ", ""),
        // What is required or excluded counts, whether it is there or not.
        ("summit +xyzzy ", ""),
        ("summit -xyzzy ", ""),
        ("summit title:xyzzy ", ""),
    ] {
        assert_eq!(ignored(&corpus.search(query)), expected, "{query}");
    }
    let uncorrected = Options {
        correct: false,
        ..Options::default()
    };
    let answer = corpus.search_with("summit tlaks ", &uncorrected);
    assert_eq!(ignored(&answer), "tlaks: unknown");
}

#[test]
fn rows_of_words_that_are_written_nowhere_are_listed_as_a_whole() {
    let corpus = corpus();
    for (query, expected) in [
        ("summit \"frank talks\" ", ""),
        ("summit \"talks frank\" ", "talks frank: unknown"),
        ("summit \"frank xyzzy\" ", "xyzzy: unknown"),
    ] {
        assert_eq!(ignored(&corpus.search(query)), expected, "{query}");
    }
}

#[test]
fn of_many_a_bounded_number_is_listed_and_long_ones_are_cut() {
    let corpus = corpus();
    let words: Vec<String> = (0..200).map(|number| format!("xq{number}zy")).collect();
    let answer = corpus.search(&format!("summit {} ", words.join(" ")));
    assert_eq!(answer.ignored.len(), 32);
    let answer = corpus.search(&format!("summit {} ", "xqzy".repeat(12)));
    assert_eq!(answer.ignored.len(), 1);
    assert!(
        answer.ignored[0].text.ends_with("xqzy…"),
        "{:?}",
        answer.ignored
    );
}
