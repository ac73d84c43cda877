//! As somebody types a word that the corpus has, there is never nothing.

use proptest::prelude::*;
use samara_engine::{Document, Index, Options, Searcher, Unicode};

use crate::corpus::{Corpus, document, seeds};

/// The words of documents, as anybody would tell them apart.
fn vocabulary(documents: &[Document]) -> Vec<String> {
    let mut words: Vec<String> = documents
        .iter()
        .flat_map(|document| {
            let text = document.plain_text();
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '\u{301}');
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Types a word letter by letter behind `before`; the list must not be empty at any letter.
#[track_caller]
fn type_it(index: &Index, before: &str, word: &str) {
    for (end, letter) in word.char_indices() {
        let typed = format!("{before}{}", &word[..end + letter.len_utf8()]);
        let answer = Searcher::new(index, &Unicode).search(&typed, &Options::default());
        assert!(
            answer.total > 0,
            "nothing is shown at {typed:?} on the way to {word:?}"
        );
        assert!(
            answer.corrected.is_none() || !before.trim().is_empty(),
            "{typed:?} on the way to {word:?} was corrected to {:?}",
            answer.corrected
        );
    }
}

#[test]
fn every_word_of_the_seeds_can_be_typed() {
    let documents = seeds();
    let words = vocabulary(&documents);
    let corpus = Corpus::new(documents);
    let index = corpus.index();
    assert!(words.len() > 400, "{}", words.len());
    for word in &words {
        type_it(&index, "", word);
        type_it(&index, "", &word.to_lowercase());
    }
    for word in words.iter().step_by(7) {
        type_it(&index, "wang ", word);
        type_it(&index, "\"", word);
        type_it(&index, "+", word);
    }
}

#[test]
fn common_words_on_the_way_to_others_empty_no_list() {
    let corpus = Corpus::of("en", &[("it", "The theory of therapy: then there.")]);
    let index = corpus.index();
    for before in ["", "xqz ", "+theory "] {
        type_it(&index, before, "therapy");
    }
}

#[test]
fn every_line_of_the_seeds_can_be_typed_as_a_phrase() {
    let documents = seeds();
    let corpus = Corpus::new(documents.clone());
    let index = corpus.index();
    for document in &documents {
        let text = document.plain_text();
        let line: String = text
            .split_whitespace()
            .take(6)
            .collect::<Vec<_>>()
            .join(" ");
        if line.contains(['"', '“', '”', '«', '»', '„']) {
            continue;
        }
        let mut typed = String::from("\"");
        for letter in line.chars() {
            typed.push(letter);
            if !typed.chars().any(char::is_alphanumeric) {
                continue;
            }
            let answer = Searcher::new(&index, &Unicode).search(&typed, &Options::default());
            assert!(answer.total > 0, "{typed}");
        }
    }
}

#[test]
fn words_of_every_kind_can_be_typed() {
    let words = "getElementById HTMLElement snake_case node.js C++ C# .NET --flag don't l’État \
        Zürich Straße İstanbul Łódź Đặng ﬁnal Ὀδυσσεύς ёлка كِتَابٌ हिन्दी 한국어 O'Brien 10,000 2023-07-14 \
        v1.2.3 e-mail AT&T 50% jean-luc Ünïcödé ǅungla ŉ";
    let corpus = Corpus::new([document("all", "en", "", words)]);
    let index = corpus.index();
    for word in words.split_whitespace() {
        let mut typed = String::new();
        for letter in word.chars() {
            typed.push(letter);
            if typed.chars().any(char::is_alphanumeric) {
                let answer = Searcher::new(&index, &Unicode).search(&typed, &Options::default());
                assert!(
                    answer.total > 0,
                    "nothing is shown at {typed:?} on the way to {word:?}"
                );
            }
        }
    }
}

/// Words as several writings spell them.
fn any_word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-e]{1,9}",
        2 => "[A-Ca-c]{1,7}",
        1 => "[a-céüßøİıŁœﬁ]{1,6}",
        1 => "[αβγδΣσςάέ]{1,6}",
        1 => "[абвгёй]{1,6}",
        1 => "[ابتكىي][ابتكىيًَ]{0,5}",
        1 => "[กขคเแ][กขคเแาิ่]{0,4}",
        1 => "[日本語中文]{1,4}",
        1 => "[가나다라마]{1,4}",
        1 => "[0-9]{1,5}",
        1 => "[a-c]{1,3}\u{301}[a-c]{0,3}",
    ]
}

proptest! {
    /// Over whole vocabularies of random words, in a language or in none.
    #[test]
    fn adding_a_letter_of_an_indexed_word_never_empties_the_list(
        words in prop::collection::vec(any_word(), 1..24),
        language in prop_oneof![Just(""), Just("en"), Just("de"), Just("tr"), Just("ar")],
    ) {
        let corpus = Corpus::new(
            words.chunks(4).enumerate().map(|(id, words)| {
                document(&id.to_string(), language, "", &words.join(" "))
            }),
        );
        let index = corpus.index();
        for word in &words {
            let mut typed = String::new();
            for letter in word.chars() {
                typed.push(letter);
                // A mark alone is no letter.
                if typed.chars().any(char::is_alphanumeric) {
                    let answer = Searcher::new(&index, &Unicode).search(&typed, &Options::default());
                    prop_assert!(answer.total > 0, "{:?} of {:?}", typed, word);
                }
            }
        }
    }
}
