//! Work and answers that stay bounded whatever is typed. They are counted, not timed.

use samara_engine::{Options, Searcher, Unicode};

use crate::corpus::{Corpus, document, seeds};

#[test]
fn suggestions_of_a_megabyte_are_few_and_short() {
    let corpus = Corpus::new(seeds());
    let index = corpus.index();
    let searcher = Searcher::new(&index, &Unicode);
    for typed in [
        "wang ".repeat(1 << 18),
        "wang ".repeat(1 << 18) + "talk",
        "x".repeat(1 << 20),
        "王".repeat(1 << 18),
        "é ".repeat(1 << 18),
        "\"".repeat(1 << 20) + "wang",
        " ".repeat(1 << 20) + "wang",
        "\0".repeat(1 << 20),
    ] {
        let suggestions = searcher.suggest(&typed, 10);
        assert!(suggestions.len() <= 10);
        let bytes: usize = suggestions
            .iter()
            .map(|suggestion| suggestion.text.len())
            .sum();
        assert!(bytes < 100_000, "{bytes} bytes for {:.20}", typed);
    }
}

/// Pages of words that a query can name in hundreds.
fn pages(count: usize) -> Corpus {
    let pages = (0..count).map(|page| {
        let words: Vec<String> = (0..60)
            .map(|word| format!("w{}q", (page * 7 + word * 11) % 400))
            .collect();
        document(&page.to_string(), "", "", &words.join(" "))
    });
    Corpus::new(pages)
}

#[test]
fn hundreds_of_words_are_explained_one_by_one() {
    let corpus = pages(120);
    let words: Vec<String> = (0..200).map(|word| format!("w{word}q")).collect();
    let query = words.join(" ") + " ";
    let explained = Options {
        explain: true,
        limit: 1000,
        ..Options::default()
    };
    let answer = corpus.search_with(&query, &explained);
    assert!(answer.ignored.is_empty(), "{:?}", answer.ignored);
    assert_eq!(answer.hits.len() as u32, answer.total);
    let plain = corpus.search_with(
        &query,
        &Options {
            limit: 1000,
            ..Options::default()
        },
    );
    for (hit, plain) in answer.hits.iter().zip(&plain.hits) {
        assert_eq!((&hit.id, hit.score), (&plain.id, plain.score));
        let reasons = hit.explanation.as_ref().unwrap();
        // One for each word that the page has, and one for what they are together.
        assert!(reasons.len() <= 61, "{}", reasons.len());
        let sum: u32 = reasons.iter().map(|reason| reason.score).sum();
        assert!(
            sum.abs_diff(hit.score) <= reasons.len() as u32,
            "{sum} {}",
            hit.score
        );
    }
}

#[test]
fn an_answer_holds_no_more_than_was_asked_for() {
    let corpus = pages(60);
    for (limit, offset, expected) in [
        (0, 0, 0),
        (1, 0, 1),
        (usize::MAX, 0, 60),
        (10, usize::MAX, 0),
        (usize::MAX, usize::MAX, 0),
        (10, 55, 5),
    ] {
        let options = Options {
            limit,
            offset,
            all: true,
            ..Options::default()
        };
        let answer = corpus.search_with("", &options);
        assert_eq!(
            (answer.hits.len(), answer.total),
            (expected, 60),
            "{limit} {offset}"
        );
        assert_eq!(
            Searcher::new(&corpus.index(), &Unicode)
                .similar("0", limit)
                .len(),
            limit.min(
                Searcher::new(&corpus.index(), &Unicode)
                    .similar("0", 1000)
                    .len()
            )
        );
    }
}

#[test]
fn marks_of_a_page_that_is_all_marks_are_those_of_its_passage() {
    let text = "harbour ".repeat(20_000);
    let corpus = Corpus::of("en", &[("long", &text), ("short", "A harbour.")]);
    let answer = corpus.search("harbour ");
    for hit in &answer.hits {
        assert!(hit.snippet.text.len() < 1_000);
        assert!(hit.snippet.marks.len() < 100);
        assert!(hit.sections.len() <= 6);
    }
}
