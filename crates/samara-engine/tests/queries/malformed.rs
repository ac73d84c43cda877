//! Whatever is typed, pasted or generated is a query, and answered in bounded time.

use std::time::{Duration, Instant};

use samara_engine::{Options, Searcher, Unicode};

use crate::corpus::{Corpus, seeds};

/// A query and the reasons for which parts of it were not used.
#[test]
fn what_cannot_be_used_is_listed_with_the_reason() {
    let corpus = Corpus::new(seeds());
    for (query, expected) in [
        ("", ""),
        (" \t\n", ""),
        ("\"", "quote"),
        ("\"\"", "symbols"),
        ("wang \"\"", "symbols"),
        ("\"wang", "quote"),
        ("wang\"", "quote"),
        ("\"\"\"", "symbols quote"),
        ("-", "operator"),
        ("+ - +", "operator operator"),
        ("wang - yi", "operator"),
        ("OR", "operator"),
        ("OR OR OR", "operator"),
        ("wang OR", "operator"),
        ("-wang OR yi", "operator exclusion"),
        ("!!! ???", "symbols symbols"),
        ("((wang))", ""),
        ("date:tomorrow wang", "date"),
        ("date:2023-13-45 wang", ""),
        ("date:.. wang", "date"),
        ("title: wang", ""),
        ("wang\0yi", ""),
        ("__proto__", ""),
        ("constructor:wang", "unknown"),
        ("\u{fffd}", "symbols"),
        ("\u{202e}wang\u{202c}", ""),
    ] {
        let answer = corpus.search(query);
        let reasons: Vec<&str> = answer
            .ignored
            .iter()
            .map(|ignored| ignored.reason)
            .collect();
        assert_eq!(reasons.join(" "), expected, "{query:?}");
    }
}

#[test]
fn an_open_quotation_of_a_value_is_listed() {
    let corpus = Corpus::new(seeds());
    let answer = corpus.search("wang source:\"south");
    let reasons: Vec<&str> = answer
        .ignored
        .iter()
        .map(|ignored| ignored.reason)
        .collect();
    assert_eq!(reasons, ["quote"]);
}

#[test]
fn a_sensible_query_is_made_of_what_remains() {
    let corpus = Corpus::of(
        "en",
        &[("wang", "Wang Yi spoke."), ("xie", "Xie Feng spoke.")],
    );
    corpus.check(&[
        ("- wang ", "wang"),
        ("\"wang yi", "wang"),
        ("wang\" ", "wang"),
        ("OR wang ", "wang"),
        ("wang OR ", "wang"),
        ("wang OR OR xie ", "wang xie"),
        ("((wang)) ", "wang"),
        ("wang\0yi ", "wang"),
        ("wang,,,yi!!! ", "wang"),
        ("unknown:wang ", "wang"),
        ("date:tomorrow wang ", "wang"),
        ("++wang --xie ", "wang xie"),
        ("\u{202e}wang\u{202c} ", "wang"),
        ("__proto__ ", ""),
        ("wang OR -xie ", "wang"),
        ("title: wang ", "wang"),
    ]);
}

/// Pasted books, repeated operators and generated nonsense: each is answered at once.
#[test]
fn long_queries_take_bounded_time() {
    let corpus = Corpus::new(seeds());
    let index = corpus.index();
    let megabyte = 1 << 20;
    let words: String = (0..10_000).map(|word| format!("word{word} ")).collect();
    for query in [
        "x".repeat(megabyte),
        "é".repeat(megabyte),
        "\u{301}".repeat(megabyte),
        "the ".repeat(megabyte / 4),
        "\"".repeat(megabyte),
        "-".repeat(megabyte),
        "- ".repeat(megabyte / 2),
        "OR ".repeat(megabyte / 3),
        "wang OR ".repeat(megabyte / 8),
        "\"wang yi\" ".repeat(megabyte / 10),
        "\"a b c d\" ".repeat(10_000),
        "date:2023..2024 ".repeat(10_000),
        "source:".repeat(10_000),
        "source:x ".repeat(10_000),
        "王".repeat(megabyte / 3),
        "\0".repeat(megabyte),
        "washingtno ".repeat(10_000),
        "\u{1d54f}\u{20e3}".repeat(50_000),
        "ﷺ".repeat(100_000),
        words,
    ] {
        let start = Instant::now();
        let answer = Searcher::new(&index, &Unicode).search(&query, &Options::default());
        // Two hundred times what it takes; it is a hang that has to show.
        assert!(start.elapsed() < Duration::from_secs(10), "{:.20}", query);
        assert!(answer.ignored.len() <= 64, "{:.20}", query);
        let reported: usize = answer
            .ignored
            .iter()
            .map(|ignored| ignored.text.len())
            .sum();
        assert!(reported < 4096, "{:.20}", query);
        assert!(
            answer
                .ignored
                .iter()
                .any(|ignored| ["length", "words"].contains(&ignored.reason)),
            "{:.20} is not reported as too long",
            query
        );
    }
}

#[test]
fn long_prefixes_and_identifiers_do_no_harm_elsewhere() {
    let corpus = Corpus::new(seeds());
    let index = corpus.index();
    let long = "summit".repeat(200_000);
    assert!(Searcher::new(&index, &Unicode).suggest(&long, 5).is_empty());
    assert!(Searcher::new(&index, &Unicode).similar(&long, 5).is_empty());
    assert!(
        Searcher::new(&index, &Unicode)
            .corrections(&long[..600], 5)
            .is_empty()
    );
    for odd in ["", " ", "\0", "\"", "-", "__proto__", "\u{fffd}", "👩‍💻"] {
        let _ = Searcher::new(&index, &Unicode).suggest(odd, 5);
        let _ = Searcher::new(&index, &Unicode).corrections(odd, 5);
    }
    let everything = Options {
        limit: usize::MAX,
        offset: usize::MAX,
        ..Options::default()
    };
    assert!(
        Searcher::new(&index, &Unicode)
            .search("wang", &everything)
            .hits
            .is_empty()
    );
}

#[test]
fn corrections_of_a_long_word_take_bounded_time() {
    let corpus = Corpus::new(seeds());
    let start = Instant::now();
    let long = "summit".repeat(200_000);
    assert!(
        Searcher::new(&corpus.index(), &Unicode)
            .corrections(&long, 5)
            .is_empty()
    );
    assert!(start.elapsed() < Duration::from_secs(2));
}
