//! Completions of what is being typed.

use samara_engine::{Index, Searcher, Unicode};

use crate::corpus::{Corpus, document, seeds};

fn texts(index: &Index, typed: &str) -> Vec<String> {
    let suggestions = Searcher::new(index, &Unicode).suggest(typed, 5);
    suggestions
        .into_iter()
        .map(|suggestion| suggestion.text)
        .collect()
}

fn corpus() -> Corpus {
    Corpus::of(
        "en",
        &[
            (
                "1",
                "Foreign minister of the state. The state department agreed.",
            ),
            (
                "2",
                "The foreign minister spoke; a state visit, the State Department said.",
            ),
            (
                "3",
                "A foreign policy statement; the state department declined.",
            ),
            ("4", "Stately café: foreign guests."),
            ("5", "München, münchner Kindl."),
        ],
    )
}

#[test]
fn completions_are_words_of_the_corpus_by_documents() {
    let corpus = corpus();
    let index = corpus.index();
    let suggestions = Searcher::new(&index, &Unicode).suggest("stat", 10);
    let words: Vec<(&str, u32)> = suggestions
        .iter()
        .filter(|suggestion| !suggestion.text.contains(' '))
        .map(|suggestion| (suggestion.text.as_str(), suggestion.documents))
        .collect();
    // What differs by an ending alone, as `stately` does, is no other thing.
    assert_eq!(words, [("state", 3), ("statement", 1)]);
    assert!(suggestions.is_sorted_by(|one, other| one.documents >= other.documents));
    assert_eq!(texts(&index, "zzz"), [""; 0]);
    assert_eq!(texts(&index, ""), [""; 0]);
    assert_eq!(Searcher::new(&index, &Unicode).suggest("s", 2).len(), 2);
    assert!(Searcher::new(&index, &Unicode).suggest("s", 0).is_empty());
}

#[test]
fn completions_fold_accents_and_keep_what_was_typed_before() {
    let corpus = corpus();
    let index = corpus.index();
    assert_eq!(texts(&index, "caf"), ["café"]);
    assert_eq!(texts(&index, "CAFE"), ["café"]);
    assert_eq!(texts(&index, "MUN"), ["münchen", "münchner"]);
    let behind = texts(&index, "Declined by fore");
    assert_eq!(
        behind.first().map(String::as_str),
        Some("Declined by foreign")
    );
}

#[test]
fn phrases_of_two_words_are_among_them() {
    let corpus = corpus();
    let index = corpus.index();
    assert_eq!(
        texts(&index, "foreign ").first().map(String::as_str),
        Some("foreign minister")
    );
    assert_eq!(
        texts(&index, "state ").first().map(String::as_str),
        Some("state department")
    );
    // A word after the last one, begun.
    assert_eq!(
        texts(&index, "foreign min").first().map(String::as_str),
        Some("foreign minister")
    );
    // Words divided by punctuation are no phrase.
    assert!(!texts(&index, "visit ").contains(&"visit the".to_owned()));
}

#[test]
fn what_follows_the_word_before_goes_before_what_is_more_frequent() {
    let corpus = Corpus::of(
        "en",
        &[
            ("1", "The envoy met Wang Yi. Without water, without work."),
            ("2", "Again the minister met Wang Yi."),
            ("3", "Nobody went without warning."),
            ("4", "Water is without a taste."),
        ],
    );
    let index = corpus.index();
    assert_eq!(texts(&index, "w")[0], "without");
    assert_eq!(texts(&index, "Met W"), ["Met wang", "Met wang yi"]);
    // Nothing that begins so follows, or it stands in another sentence.
    assert_eq!(texts(&index, "minister w")[0], "minister without");
    assert_eq!(texts(&index, "met, w")[0], "met, without");
}

#[test]
fn a_begun_word_is_completed_to_phrases_too() {
    let corpus = corpus();
    let index = corpus.index();
    assert!(texts(&index, "forei").contains(&"foreign minister".to_owned()));
    assert!(texts(&index, "stat").contains(&"state department".to_owned()));
}

#[test]
fn every_completion_finds_something() {
    let corpus = Corpus::new(seeds());
    let index = corpus.index();
    for typed in [
        "b",
        "wa",
        "sta",
        "in",
        "the s",
        "xi ",
        "wang ",
        "secretary of s",
        "mee",
    ] {
        let suggestions = Searcher::new(&index, &Unicode).suggest(typed, 10);
        assert!(!suggestions.is_empty(), "{typed}");
        for suggestion in suggestions {
            let answer = corpus.search(&suggestion.text);
            assert!(answer.total > 0, "{typed}: {}", suggestion.text);
            assert_eq!(answer.corrected, None, "{typed}: {}", suggestion.text);
            let folded = suggestion.text.to_lowercase();
            assert!(folded.starts_with(typed.trim_end()), "{typed}: {folded}");
            assert!(suggestion.documents > 0);
        }
    }
}

#[test]
fn unspaced_scripts_complete_to_what_they_are() {
    let corpus = Corpus::new([document("zh", "zh", "", "外交部长王毅。外交政策。")]);
    let index = corpus.index();
    for suggestion in Searcher::new(&index, &Unicode).suggest("外", 5) {
        assert!(
            corpus.search(&suggestion.text).total > 0,
            "{}",
            suggestion.text
        );
    }
}
