//! Programming words, numbers, versions and dates: whole and by part.

use crate::corpus::Corpus;

fn code() -> Corpus {
    Corpus::of(
        "en",
        &[
            ("cpp", "Written in C++ with templates."),
            ("csharp", "Written in C# with generics."),
            ("c", "Written in C with pointers."),
            ("dotnet", "The .NET framework and ASP.NET pages."),
            ("net", "A net full of fish."),
            ("node", "Install node.js first."),
            ("flag", "Pass --flag or --dry-run to it."),
            ("snake", "Set snake_case_name in config.toml."),
            (
                "camel",
                "Call getElementById and parseJSON on XMLHttpRequest.",
            ),
            ("path", "Edit /etc/fstab and std::vec::Vec in src/main.rs."),
            ("mail", "Write to jane.doe@example.org about R&D."),
        ],
    )
}

#[test]
fn signs_that_carry_meaning_are_found_first() {
    code().check_first(&[
        ("C++ ", "cpp"),
        ("c++ ", "cpp"),
        ("C++", "cpp"),
        ("\"C++\"", "cpp"),
        (".NET ", "dotnet"),
        (".net", "dotnet"),
        ("node.js ", "node"),
        ("Node.JS", "node"),
        ("--flag ", "flag"),
        ("--dry-run ", "flag"),
        ("snake_case_name ", "snake"),
        ("getElementById ", "camel"),
        ("getelementbyid", "camel"),
        ("std::vec::Vec ", "path"),
        ("/etc/fstab ", "path"),
        ("jane.doe@example.org ", "mail"),
        ("R&D ", "mail"),
        ("+C++ ", "cpp"),
        ("templates C++ ", "cpp"),
    ]);
}

#[test]
fn parts_are_found_by_themselves() {
    code().check_first(&[
        ("node ", "node"),
        ("js ", "node"),
        ("flag ", "flag"),
        ("dry ", "flag"),
        ("dry run ", "flag"),
        ("snake ", "snake"),
        ("case ", "snake"),
        ("case_name ", "snake"),
        ("snake case name ", "snake"),
        ("\"snake case\"", "snake"),
        ("element ", "camel"),
        ("json ", "camel"),
        ("http ", "camel"),
        ("request ", "camel"),
        ("get element by id ", "camel"),
        ("elem", "camel"),
        ("fstab ", "path"),
        ("vec ", "path"),
        ("main.rs ", "path"),
        ("config.toml ", "snake"),
        ("doe ", "mail"),
        ("example.org ", "mail"),
        ("asp.net ", "dotnet"),
    ]);
}

#[test]
fn excluding_a_word_with_signs_spares_the_word_without() {
    code().check(&[
        ("-node.js install written ", "cpp csharp c mail"),
        ("install -node.jar ", "node"),
    ]);
}

#[test]
fn a_word_with_signs_is_another_than_without() {
    code().check_first(&[("C# ", "csharp"), ("c#", "csharp"), ("C++ ", "cpp")]);
    code().check(&[("+templates -C# ", "cpp"), ("fish -.NET ", "net")]);
}

fn numbers() -> Corpus {
    Corpus::of(
        "en",
        &[
            ("comma", "It costs 10,000 dollars."),
            ("plain", "The factory made 25000 cars."),
            ("space", "Distance: 384 400 km."),
            ("dot", "Einwohner: 1.234.567 im Jahr."),
            ("version", "Release v1.2.3 replaced 1.2.10 today."),
            ("date", "On 2023-07-14 at 14:30 they met."),
            ("long", "On July 14, 2024 they met again."),
            ("float", "Pi is about 3.14159, e about 2.718."),
            ("year", "In 1984 there was a book."),
            ("ordinal", "The 21st century, the 1990s, B2B and 4K."),
            ("range", "Pages 120–135 of volume 7."),
        ],
    )
}

#[test]
fn numbers_versions_and_dates_are_found_as_written() {
    numbers().check_first(&[
        ("10,000 ", "comma"),
        ("25000 ", "plain"),
        ("384 400 ", "space"),
        ("1.234.567 ", "dot"),
        ("v1.2.3 ", "version"),
        ("1.2.10 ", "version"),
        ("2023-07-14 ", "date"),
        ("14:30 ", "date"),
        ("3.14159 ", "float"),
        ("3.14", "float"),
        ("1984 ", "year"),
        ("198", "year"),
        ("21st ", "ordinal"),
        ("1990s ", "ordinal"),
        ("B2B ", "ordinal"),
        ("4k ", "ordinal"),
        ("120-135 ", "range"),
        ("\"July 14, 2024\"", "long"),
        ("july 14 2024 ", "long"),
    ]);
}

#[test]
fn numbers_meet_with_and_without_marks_for_thousands() {
    for (query, id) in [
        ("10000 ", "comma"),
        ("10000", "comma"),
        ("10.000 ", "comma"),
        ("10 000 ", "comma"),
        ("384400 ", "space"),
        ("384,400 ", "space"),
    ] {
        let found = numbers().found(query);
        assert_eq!(found.split(' ').next(), Some(id), "{query}: {found}");
    }
}

#[test]
fn numbers_of_millions_meet_too() {
    for query in ["1234567 ", "1,234,567 ", "1 234 567 "] {
        assert_eq!(
            numbers().found(query).split(' ').next(),
            Some("dot"),
            "{query}"
        );
    }
}

#[test]
fn a_number_comes_before_numbers_that_share_a_part() {
    numbers().check_first(&[
        ("10,000 ", "comma"),
        ("25,000 ", "plain"),
        ("25.000 ", "plain"),
    ]);
}

#[test]
fn a_number_is_not_read_as_another() {
    // One digit more or less is another number, not a misspelling.
    numbers().check(&[
        ("1985 ", ""),
        ("25001 ", ""),
        ("20230 ", ""),
        ("31415 ", ""),
    ]);
}

#[test]
fn a_number_finds_both_ways_of_writing_it() {
    let corpus = Corpus::of(
        "en",
        &[
            ("plain", "About 1500 people and 12345678 ants."),
            ("marked", "About 1,500 people and 12,345,678 ants."),
            ("other", "About 1 of 500 people, 345 of 678 ants."),
        ],
    );
    let both = |query: &str| {
        let answer = corpus.search(query);
        let mut ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        ids.truncate(2);
        ids.sort_unstable();
        // It is the same number, and no correction of it.
        assert_eq!(answer.corrected, None, "{query}");
        assert_eq!(ids, ["marked", "plain"], "{query}");
    };
    for query in [
        "1500 ",
        "1500",
        "1,500 ",
        "1.500 ",
        "12345678 ",
        "12,345,678 ",
    ] {
        both(query);
    }
    corpus.check(&[
        ("+1500 ", "plain marked"),
        ("ants -\"1500\" ", "other"),
        ("2500 OR 1500 ", "plain marked"),
    ]);
}

#[test]
fn the_last_part_of_a_word_is_no_beginning_of_everything() {
    let corpus = Corpus::of(
        "en",
        &[
            ("apart", "They don't know the trouble."),
            ("other", "The trees and the talks, then tea."),
        ],
    );
    corpus.check(&[
        ("don't", "apart"),
        ("know-t", "apart"),
        ("know-tre", "apart other"),
    ]);
}

fn abbreviations() -> Corpus {
    Corpus::of(
        "en",
        &[
            ("dots", "The U.S. delegation arrived; U.N. envoys left."),
            ("capitals", "The US delegation arrived."),
            ("word", "They told us that the delegation arrived."),
            ("apart", "Class U, then S; a delegation arrived."),
        ],
    )
}

#[test]
fn abbreviations_meet_with_and_without_dots() {
    for (query, ids) in [
        ("US", &["dots", "capitals"][..]),
        ("US delegation", &["dots", "capitals"]),
        ("U.S. delegation", &["dots", "capitals"]),
        ("+US ", &["dots", "capitals"]),
        ("title:x OR UN", &["dots"]),
    ] {
        let found = abbreviations().found(query);
        for id in ids {
            assert!(found.split(' ').any(|one| one == *id), "{query}: {found}");
        }
    }
}

#[test]
fn only_capitals_are_read_as_an_abbreviation() {
    for query in ["us ", "Us ", "+un "] {
        let found = abbreviations().found(query);
        assert!(!found.contains("dots"), "{query}: {found}");
    }
}
