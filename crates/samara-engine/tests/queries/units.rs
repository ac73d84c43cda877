//! Versions and quantities: what is written so goes before other numbers, and units meet both ways.

use crate::corpus::{Corpus, document};

fn versions() -> Corpus {
    Corpus::of(
        "en",
        &[
            ("311", "Room 311 is taken; 311 again, 311."),
            ("311dot", "Changes in release 3.11 of the program."),
            ("195", "Of 195 countries, 195 answered; 195!"),
            ("195dot", "Rust 1.95 came in spring."),
            ("35", "A bus of line 35, and another 35, to number 35."),
            ("35dot", "A plug of 3.5 mm."),
            ("apart", "Between 3 and 11 of 1 and 95, or 3 of 5."),
            ("310dot", "Changes in release 3.10 of the program."),
        ],
    )
}

#[test]
fn versions_prefer_what_is_written_so() {
    versions().check_first(&[
        ("3.11 ", "311dot"),
        ("3.11", "311dot"),
        ("1.95 ", "195dot"),
        ("1.95", "195dot"),
        ("3.5 ", "35dot"),
        ("3.5", "35dot"),
        ("rust 1.95", "195dot"),
        ("release 3.11 ", "311dot"),
        ("release 3.10 ", "310dot"),
        ("\"3.11\" ", "311dot"),
        // A number without a dot is itself.
        ("311 ", "311"),
        ("195 ", "195"),
        ("35 ", "35"),
    ]);
}

#[test]
fn titles_with_versions_are_told_apart() {
    let corpus = Corpus::new([
        document(
            "39",
            "en",
            "What is new in 3.9",
            "Release notes of 3.9, after 3.1 and 1.",
        ),
        document(
            "311",
            "en",
            "What is new in 3.11",
            "Release notes of 3.11, after 3.9.",
        ),
        document("31", "en", "What is new in 3.1", "Release notes of 3.1."),
    ]);
    corpus.check_first(&[
        ("new in 3.11 ", "311"),
        ("new in 3.9 ", "39"),
        ("new in 3.1 ", "31"),
        ("3.11 release notes ", "311"),
    ]);
}

fn quantities() -> Corpus {
    Corpus::of(
        "en",
        &[
            ("kg", "A bag of 10kg of rice."),
            ("kg-apart", "A bag of 10 kg of beans."),
            ("tb", "A disk of 1TB."),
            ("tb-apart", "A disk of 1 TB, too."),
            ("other", "A bag of 12 pounds; a disk of 2 GB; 10 things."),
        ],
    )
}

#[test]
fn numbers_and_units_meet_both_ways() {
    let corpus = quantities();
    for (query, first, then) in [
        ("10kg ", "kg", "kg-apart"),
        ("10 kg ", "kg-apart", "kg"),
        ("10KG ", "kg", "kg-apart"),
        ("1tb ", "tb", "tb-apart"),
        ("1TB ", "tb", "tb-apart"),
        ("1 TB ", "tb-apart", "tb"),
        ("1 tb ", "tb-apart", "tb"),
    ] {
        let found = corpus.found(query);
        let ids: Vec<&str> = found.split(' ').take(2).collect();
        assert_eq!(ids, [first, then], "{query}");
    }
    // Another number of the unit is another thing.
    for query in ["12kg ", "2tb "] {
        let found = corpus.search(query);
        assert!(
            found
                .hits
                .iter()
                .all(|hit| hit.id != "tb" && hit.id != "kg"),
            "{query}"
        );
    }
}
