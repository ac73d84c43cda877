//! Common words, single letters and capitals: what they say beside others.

use crate::corpus::{Corpus, document, ignored};

fn corpus() -> Corpus {
    Corpus::new([
        document(
            "b",
            "en",
            "Vitamin B",
            "Vitamin B is in meat, and vitamin B is in eggs; a vitamin is a help.",
        ),
        document(
            "a",
            "en",
            "Vitamin A",
            "Vitamin A is in carrots, and a carrot is orange.",
        ),
        document(
            "it",
            "en",
            "Offices",
            "The IT department of the firm: it repairs machines.",
        ),
        document(
            "health",
            "en",
            "Health",
            "The department of health is a department, and it is large.",
        ),
        document("who", "en", "Bodies", "The WHO is a body of many states."),
        document(
            "people",
            "en",
            "People",
            "Those who ask are people who wonder, and who knows who they are.",
        ),
        document(
            "c",
            "en",
            "Languages",
            "The language C is old. A compiler for C is small.",
        ),
        document(
            "lang",
            "en",
            "Speech",
            "A language is a language, and language is spoken.",
        ),
    ])
}

#[test]
fn letters_and_capitals_beside_others_count() {
    corpus().check_first(&[
        ("vitamin a ", "a"),
        ("vitamin A ", "a"),
        ("vitamin a", "a"),
        ("vitamin b ", "b"),
        ("IT department ", "it"),
        ("department IT ", "it"),
        ("language c ", "c"),
        ("c language ", "c"),
        ("WHO states ", "who"),
    ]);
}

#[test]
fn what_stands_beside_the_word_counts_more_than_how_often() {
    let corpus = Corpus::titled(
        "en",
        &[
            (
                "b",
                "Vitamin B is in meat, and vitamin B is in eggs; a vitamin is a help.",
            ),
            ("a", "Vitamin A is in carrots, and a carrot is orange."),
        ],
    );
    corpus.check_first(&[("vitamin a ", "a"), ("vitamin A ", "a")]);
}

#[test]
fn common_words_are_left_out_where_others_carry_the_query() {
    let corpus = corpus();
    for (query, expected, out) in [
        ("the department ", "it health", "the: common"),
        ("it department ", "health it", "it: common"),
        ("a carrot ", "a", "a: common"),
        ("THE DEPARTMENT ", "it health", "THE: common"),
    ] {
        let answer = corpus.search(query);
        let mut ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        let mut expected: Vec<&str> = expected.split(' ').collect();
        ids.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{query}");
        assert_eq!(ignored(&answer), out, "{query}");
    }
    // Alone, they are all there is.
    for query in ["it is ", "who ", "the ", "in ", "the xqzv "] {
        assert!(corpus.search(query).total > 0, "{query}");
    }
}

#[test]
fn a_star_is_a_beginning() {
    let corpus = Corpus::of(
        "en",
        &[
            ("install", "How to install the program."),
            ("installation", "An installation guide."),
            ("instant", "An instant later."),
            ("other", "Nothing of it."),
        ],
    );
    corpus.check_found(&[
        ("inst*", "install installation instant"),
        ("inst* ", "install installation instant"),
        ("install* ", "install installation"),
        ("+inst* guide ", "installation install instant"),
        ("insta* program ", "install installation instant"),
        ("xq* ", ""),
    ]);
    assert_eq!(ignored(&corpus.search("inst* guide ")), "");
    // Where nothing can be made of it, it is listed.
    assert_eq!(
        ignored(&corpus.search("install * ")).split(':').next(),
        Some("*")
    );
}

#[test]
fn capitals_beside_small_letters_mean_the_word_in_a_row() {
    Corpus::titled(
        "en",
        &[
            ("firm", "The IT department of the firm repairs machines."),
            (
                "health",
                "The department of health is a department, and it is large; it is in town.",
            ),
            ("other", "Nothing of note."),
            ("more", "Nothing else."),
        ],
    )
    .check_first(&[("IT department ", "firm")]);
}
