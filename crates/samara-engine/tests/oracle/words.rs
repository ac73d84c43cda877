//! One kind of query at a time.

use std::collections::BTreeSet;

use proptest::prelude::*;
use samara_engine::Index;

use crate::corpus::{found, index_of, pages, plain_pages, reading, search};
use crate::distance::distance;

proptest! {
    #[test]
    fn a_word_finds_the_documents_that_hold_it(pages in pages(), word in "[abc]{1,4}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{word} "), false);
        prop_assert_eq!(found(&answer), reading(&pages, |page| page.has(&word)));
    }

    #[test]
    fn words_are_alternatives(pages in pages(), one in "[abc]{1,4}", other in "[abc]{1,4}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{one} {other} "), false);
        // Words of one letter or two are joined with nothing.
        let joined = one.len() > 2 && other.len() > 2;
        let joined = joined.then(|| format!("{one}{other}"));
        let expected = reading(&pages, |page| {
            [Some(&one), Some(&other), joined.as_ref()].iter().flatten().any(|word| page.has(word))
        });
        prop_assert_eq!(found(&answer), expected);
    }

    #[test]
    fn a_beginning_finds_the_documents_with_words_that_begin_so(pages in pages(), word in "[abc]{1,4}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &word, false);
        let expected = reading(&pages, |page| page.all().any(|known| known.starts_with(&word)));
        prop_assert_eq!(found(&answer), expected);
    }

    #[test]
    fn a_phrase_finds_the_documents_that_hold_it_in_a_row(
        pages in pages(),
        phrase in prop::collection::vec("[abc]{1,2}", 1..4),
    ) {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("\"{}\"", phrase.join(" ")), false);
        let holds = |words: &[String]| words.windows(phrase.len()).any(|row| row == phrase);
        let expected = reading(&pages, |page| holds(&page.title) || holds(&page.words));
        prop_assert_eq!(found(&answer), expected);
    }

    #[test]
    fn words_typed_in_one_are_found_together_in_one_or_by_part(pages in pages(), one in "[abc]{1,2}", other in "[abc]{1,2}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let joined = format!("{one}{other}");
        let answer = search(&index, &format!("{one}-{other} "), false);
        let expected = reading(&pages, |page| {
            [&one, &other, &joined].iter().any(|word| page.has(word))
        });
        prop_assert_eq!(found(&answer), expected);
        // Required, they have to be together.
        let answer = search(&index, &format!("+{one}-{other} "), false);
        let row = [one, other];
        let expected = reading(&pages, |page| {
            let holds = |words: &[String]| words.windows(2).any(|words| words == row);
            page.has(&joined) || holds(&page.title) || holds(&page.words)
        });
        prop_assert_eq!(found(&answer), expected);
    }

    #[test]
    fn edits_find_what_may_have_been_meant(pages in plain_pages(), word in "[abcd]{3,9}") {
        let all: BTreeSet<&String> = pages.iter().flat_map(|page| &page.words).collect();
        let most = match word.len() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        let splits = (2..word.len() - 1).any(|at| {
            let halves = word.split_at(at);
            pages.iter().any(|page| page.words.windows(2).any(|row| (row[0].as_str(), row[1].as_str()) == halves))
        });
        prop_assume!(!all.contains(&word) && !splits);
        // Of three letters, two may have been swapped.
        let swapped = |known: &String| {
            let sorted = |word: &str| {
                let mut letters: Vec<char> = word.chars().collect();
                letters.sort_unstable();
                letters
            };
            word.len() == 3 && distance(&word, known) == 1 && sorted(&word) == sorted(known)
        };
        let is_near = |known: &String| distance(&word, known) <= most || swapped(known);
        let near: Vec<&&String> = all.iter().filter(|known| is_near(known)).collect();
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{word} "), true);
        let may_be = reading(&pages, |page| near.iter().any(|word| page.says(word)));
        prop_assert!(found(&answer).is_subset(&may_be));
        prop_assert_eq!(answer.corrected.is_some(), !near.is_empty());
        prop_assert_eq!(answer.total > 0, !near.is_empty());
        if near.len() <= 3 {
            prop_assert_eq!(found(&answer), may_be);
        }
        prop_assert_eq!(search(&index, &format!("{word} "), false).total, 0);
    }

    #[test]
    fn a_word_that_stands_apart_is_found_written_in_one(pages in plain_pages(), one in "[abc]{2,3}", other in "[abc]{2,3}") {
        let joined = format!("{one}{other}");
        prop_assume!(!pages.iter().any(|page| page.has(&joined)));
        let rows = |page: &crate::corpus::Page, at: usize| {
            let (one, other) = joined.split_at(at);
            page.words.windows(2).filter(|row| row[0] == one && row[1] == other).count()
        };
        // The place of the split that most rows have, the first of equals.
        let best = (2..joined.len() - 1)
            .map(|at| (pages.iter().map(|page| rows(page, at)).sum::<usize>(), at))
            .filter(|(count, _)| *count > 0)
            .max_by_key(|&(count, at)| (count, usize::MAX - at));
        let Some((_, at)) = best else { return Ok(()) };
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{joined} "), true);
        let (one, other) = joined.split_at(at);
        prop_assert_eq!(answer.corrected.as_ref().unwrap().to.as_str(), format!("{one} {other} "));
        // At least where both stand in a row, at most where one of them stands.
        let at_least = reading(&pages, |page| rows(page, at) > 0);
        let at_most = reading(&pages, |page| page.has(one) || page.has(other));
        prop_assert!(found(&answer).is_superset(&at_least) && found(&answer).is_subset(&at_most));
    }

    #[test]
    fn each_letter_of_a_known_word_keeps_the_list_filled(pages in pages()) {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        for word in pages.iter().flat_map(|page| page.all()) {
            for end in 1..=word.len() {
                prop_assert!(search(&index, &word[..end], true).total > 0, "{}", &word[..end]);
            }
        }
    }

    #[test]
    fn marks_stand_on_the_words_that_were_asked_for(pages in pages(), one in "[abc]{1,3}", other in "[abc]{1,3}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let joined = format!("{one}{other}");
        let is_joined = one.len() > 2 && other.len() > 2;
        let asked = |word: &str| word == one || word == other || is_joined && word == joined;
        for hit in search(&index, &format!("{one} {other} "), false).hits {
            let page = &pages[hit.id.parse::<usize>().unwrap()];
            for (text, marks, words) in [
                (&hit.title, &hit.title_marks, &page.title),
                (&hit.snippet.text, &hit.snippet.marks, &page.words),
            ] {
                prop_assert_eq!(text, &words.join(" "));
                let marked: Vec<&str> = marks
                    .iter()
                    .map(|&(start, end)| &text[start as usize..end as usize])
                    .collect();
                let expected: Vec<&str> = words.iter().map(String::as_str).filter(|word| asked(word)).collect();
                prop_assert_eq!(marked, expected);
            }
        }
    }

    #[test]
    fn any_query_has_an_answer(pages in pages(), query in any::<String>(), typed in "[\"+\\-ORab c:.title]{0,40}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        for query in [query, typed] {
            let answer = search(&index, &query, true);
            prop_assert_eq!(&answer, &search(&index, &query, true), "an answer depends on the query before");
        }
    }
}
