//! The engine against brute force: on random corpora, every kind of query finds exactly the documents that
//! reading all of them finds.

use std::collections::BTreeSet;

use proptest::prelude::*;
use samara_engine::{Answer, Document, Index, IndexWriter, Options, Section, Unicode};

/// A corpus of documents of words from a small vocabulary, so that they meet.
fn corpora() -> impl Strategy<Value = Vec<Vec<String>>> {
    let word = prop_oneof![3 => "[abc]{1,3}", 2 => "[abcd]{4,7}", 1 => "[ab]{8,9}"];
    prop::collection::vec(prop::collection::vec(word, 1..12), 1..8)
}

/// Documents without language: no stems and no stop words, so that what is typed is what is looked for.
fn index_of(corpus: &[Vec<String>]) -> Vec<u8> {
    let mut writer = IndexWriter::new();
    for (number, words) in corpus.iter().enumerate() {
        writer.add(Document {
            id: number.to_string(),
            url: number.to_string(),
            sections: vec![Section {
                text: words.join(" "),
                ..Section::default()
            }],
            ..Document::default()
        });
    }
    writer.finish().unwrap()
}

fn search(index: &Index, query: &str, correct: bool) -> Answer {
    let options = Options {
        limit: 1000,
        correct,
        ..Options::default()
    };
    let answer = index.search(query, &options, &Unicode);
    assert_eq!(answer.total as usize, answer.hits.len());
    answer
}

fn found(answer: &Answer) -> BTreeSet<usize> {
    answer
        .hits
        .iter()
        .map(|hit| hit.id.parse().unwrap())
        .collect()
}

fn reading(corpus: &[Vec<String>], holds: impl Fn(&[String]) -> bool) -> BTreeSet<usize> {
    (0..corpus.len())
        .filter(|&number| holds(&corpus[number]))
        .collect()
}

fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

/// Optimal string alignment distance of at most 1.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    match (one, other) {
        ([], []) => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([_, a @ ..], b) | (b, [_, a @ ..]) if a == b => true,
        ([a, b, rest @ ..], [c, d, others @ ..]) if a == d && b == c && rest == others => true,
        _ => match (one.split_first(), other.split_first()) {
            (Some((_, a)), _) if a == other => true,
            (_, Some((_, b))) if b == one => true,
            _ => false,
        },
    }
}

proptest! {
    #[test]
    fn a_word_finds_the_documents_that_hold_it(corpus in corpora(), word in "[abc]{1,4}") {
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{word} "), false);
        prop_assert_eq!(found(&answer), reading(&corpus, |words| has(words, &word)));
    }

    #[test]
    fn words_are_alternatives(corpus in corpora(), one in "[abc]{1,4}", other in "[abc]{1,4}") {
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{one} {other} "), false);
        let joined = format!("{one}{other}");
        let expected = reading(&corpus, |words| {
            has(words, &one) || has(words, &other) || has(words, &joined)
        });
        prop_assert_eq!(found(&answer), expected);
    }

    #[test]
    fn a_beginning_finds_the_documents_with_words_that_begin_so(corpus in corpora(), word in "[abc]{1,4}") {
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &word, false);
        let expected = reading(&corpus, |words| words.iter().any(|known| known.starts_with(&word)));
        prop_assert_eq!(found(&answer), expected);
    }

    #[test]
    fn a_phrase_finds_the_documents_that_hold_it_in_a_row(
        corpus in corpora(),
        phrase in prop::collection::vec("[abc]{1,2}", 1..4),
    ) {
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("\"{}\"", phrase.join(" ")), false);
        let expected = reading(&corpus, |words| words.windows(phrase.len()).any(|row| row == phrase));
        prop_assert_eq!(found(&answer), expected);
    }

    #[test]
    fn signs_require_and_exclude(corpus in corpora(), one in "[abc]{1,2}", other in "[abc]{1,2}", third in "[abc]{1,2}") {
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        let without = search(&index, &format!("{one} -{other} "), false);
        let expected = reading(&corpus, |words| has(words, &one) && !has(words, &other));
        prop_assert_eq!(found(&without), expected);
        let only_without = search(&index, &format!("-{other} "), false);
        prop_assert_eq!(found(&only_without), reading(&corpus, |words| !has(words, &other)));
        let with = search(&index, &format!("+{one} {other} -\"{third} {one}\" "), false);
        let expected = reading(&corpus, |words| {
            let phrase = [third.clone(), one.clone()];
            has(words, &one) && !words.windows(2).any(|row| row == phrase)
        });
        prop_assert_eq!(found(&with), expected);
    }

    #[test]
    fn one_edit_finds_what_may_have_been_meant(corpus in corpora(), word in "[abcd]{4,7}") {
        let all: BTreeSet<&String> = corpus.iter().flatten().collect();
        let splits = (2..word.len() - 1).any(|at| {
            corpus.iter().any(|words| words.windows(2).any(|row| row[0] == word[..at] && row[1] == word[at..]))
        });
        prop_assume!(!all.contains(&word) && !splits);
        let near: Vec<&&String> = all.iter().filter(|known| is_near(&word, known)).collect();
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{word} "), true);
        let may_be = reading(&corpus, |words| words.iter().any(|known| is_near(&word, known)));
        prop_assert!(found(&answer).is_subset(&may_be));
        prop_assert_eq!(answer.corrected.is_some(), !near.is_empty());
        if near.len() <= 3 {
            prop_assert_eq!(found(&answer), may_be);
        }
        prop_assert_eq!(search(&index, &format!("{word} "), false).total, 0);
    }

    #[test]
    fn each_letter_of_a_known_word_keeps_the_list_filled(corpus in corpora()) {
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        for word in corpus.iter().flatten() {
            for end in 1..=word.len() {
                prop_assert!(search(&index, &word[..end], true).total > 0, "{}", &word[..end]);
            }
        }
    }

    #[test]
    fn any_query_has_an_answer(corpus in corpora(), query in any::<String>(), typed in "[\"+\\-ORab c:.title]{0,40}") {
        let bytes = index_of(&corpus);
        let index = Index::open(&bytes).unwrap();
        for query in [query, typed] {
            let answer = search(&index, &query, true);
            prop_assert_eq!(&answer, &search(&index, &query, true), "an answer depends on the query before");
            for hit in &answer.hits {
                let units = hit.snippet.text.encode_utf16().count() as u32;
                let mut last = 0;
                for &(start, end) in &hit.snippet.marks {
                    prop_assert!(last <= start && start < end && end <= units);
                    last = end;
                }
            }
        }
    }
}
