//! Completions, corrections and relatives, computed by hand.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use samara_engine::{Index, Searcher, Unicode};

use crate::corpus::{Page, index_of, pages};
use crate::distance::distance;

proptest! {
    #[test]
    fn completions_are_the_words_that_begin_so_by_documents(pages in pages(), prefix in "[abc]{1,3}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let mut documents: BTreeMap<&str, u32> = BTreeMap::new();
        let words: BTreeSet<&String> = pages.iter().flat_map(|page| page.all()).collect();
        for word in words.into_iter().filter(|word| word.starts_with(&prefix)) {
            let count = pages.iter().filter(|page| page.says(word)).count();
            documents.insert(word, count as u32);
        }
        let titles: BTreeSet<String> = pages.iter().map(|page| page.title.join(" ")).filter(|title| title.contains(' ')).collect();
        let is_title = |text: &str| titles.contains(text);
        let all = Searcher::new(&index, &Unicode).suggest(&prefix, 1000);
        // Titles of several words stand before all others.
        let first = all.iter().take_while(|suggestion| is_title(&suggestion.text)).count();
        let suggestions = &all[first..];
        prop_assert!(!suggestions.iter().any(|suggestion| is_title(&suggestion.text)));
        let begun: BTreeSet<&String> = titles
            .iter()
            .filter(|title| title.split(' ').any(|word| word.starts_with(&prefix)))
            .collect();
        let offered: BTreeSet<&String> = all[..first].iter().map(|suggestion| &suggestion.text).collect();
        prop_assert_eq!(offered, begun);
        let found: BTreeMap<&str, u32> = suggestions
            .iter()
            .filter(|suggestion| !suggestion.text.contains(' '))
            .map(|suggestion| (suggestion.text.as_str(), suggestion.documents))
            .collect();
        // What was typed is no suggestion.
        documents.remove(prefix.as_str());
        prop_assert_eq!(found, documents);
        prop_assert!(suggestions.is_sorted_by(|one, other| one.documents >= other.documents));
        // Some of few are other completions.
        let few = Searcher::new(&index, &Unicode).suggest(&prefix, 3);
        prop_assert_eq!(few.len(), all.len().min(3));
    }

    #[test]
    fn words_that_follow_are_counted_by_documents(pages in pages(), word in "[abc]{1,2}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let mut documents: BTreeMap<String, u32> = BTreeMap::new();
        for page in &pages {
            let rows = page.title.windows(2).chain(page.words.windows(2));
            let following: BTreeSet<&String> = rows.filter(|row| row[0] == word).map(|row| &row[1]).collect();
            for next in following {
                *documents.entry(format!("{word} {next}")).or_default() += 1;
            }
        }
        let mut suggestions = Searcher::new(&index, &Unicode).suggest(&format!("{word} "), 1000);
        let titles: BTreeSet<String> = pages.iter().map(|page| page.title.join(" ")).collect();
        suggestions.retain(|suggestion| documents.contains_key(&suggestion.text) || !titles.contains(&suggestion.text));
        for suggestion in suggestions.iter().filter(|suggestion| !titles.contains(&suggestion.text)) {
            prop_assert_eq!(documents.get(&suggestion.text), Some(&suggestion.documents));
        }
        // What two documents have is no accident and has to be offered.
        let often = documents.values().filter(|&&documents| documents > 1).count();
        prop_assert!(suggestions.len() >= often);
    }

    #[test]
    fn corrections_are_near_and_a_known_word_is_its_own(pages in pages(), word in "[abcd]{1,9}") {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let all: BTreeSet<&String> = pages.iter().flat_map(|page| page.all()).collect();
        let corrections = Searcher::new(&index, &Unicode).corrections(&word, 1000);
        if all.contains(&word) {
            prop_assert_eq!(corrections, [word]);
            return Ok(());
        }
        let most = match word.len() {
            0..3 => 0,
            3..6 => 1,
            _ => 2,
        };
        let found: BTreeSet<&String> = corrections.iter().collect();
        let near: BTreeSet<&String> = all.iter().copied().filter(|known| distance(&word, known) <= most).collect();
        prop_assert!(found.is_subset(&near), "{:?} {:?}", found, near);
        prop_assert_eq!(found.is_empty(), near.is_empty());
        prop_assert_eq!(found.len(), corrections.len(), "one is named twice");
    }

    #[test]
    fn relatives_share_a_word_and_are_no_copies(pages in pages()) {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        for (number, page) in pages.iter().enumerate() {
            let hits = Searcher::new(&index, &Unicode).similar(&number.to_string(), 1000);
            prop_assert!(hits.is_sorted_by(|one, other| one.score >= other.score));
            for hit in &hits {
                let other: usize = hit.id.parse().unwrap();
                prop_assert!(other != number);
                prop_assert!(page.similar.is_none() || pages[other].similar != page.similar);
                // A word that one of them has in one and the other in two is shared, too.
                let says = |one: &Page, other: &Page| one.all().any(|word| other.says(word));
                prop_assert!(says(page, &pages[other]) || says(&pages[other], page));
            }
        }
    }
}
