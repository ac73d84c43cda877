//! Spellings in one, apart and with a hyphen meet, the one that was typed first.

use crate::corpus::{Corpus, document};

/// What each query finds at the front, in order; others may follow.
#[track_caller]
fn check_front(corpus: &Corpus, cases: &[(&str, &[&str])]) {
    let mut differing = Vec::new();
    for (query, expected) in cases {
        let found = corpus.found(query);
        let front: Vec<&str> = found.split(' ').take(expected.len()).collect();
        if front != *expected {
            differing.push(format!(
                "{query:?} finds {found:?}, not {expected:?} at the front"
            ));
        }
    }
    assert!(differing.is_empty(), "\n{}", differing.join("\n"));
}

fn both() -> Corpus {
    Corpus::titled(
        "en",
        &[
            ("hyphen", "We answer by e-mail on weekdays."),
            ("one", "We answer by email on weekdays."),
            ("apostrophe", "People don't know the way."),
            ("bare", "People dont know the way."),
            ("amp", "Our Q&A page is open."),
            ("letters", "Our QA page is open."),
            ("camel", "Call getUserName for it, please do."),
            ("snake", "Call get_user_name for it."),
            ("kebab", "Call get-user-name for it."),
            ("data-apart", "A data base of birds."),
            ("data-one", "A database of birds."),
            ("nothing", "Mail by post, a user without name."),
        ],
    )
}

#[test]
fn where_the_corpus_has_both_the_typed_one_comes_first() {
    check_front(
        &both(),
        &[
            ("email ", &["one", "hyphen"]),
            ("e-mail ", &["hyphen", "one"]),
            ("email", &["one", "hyphen"]),
            ("e-mail", &["hyphen", "one"]),
            ("E-Mail ", &["hyphen", "one"]),
            ("dont ", &["bare", "apostrophe"]),
            ("don't ", &["apostrophe", "bare"]),
            ("don’t ", &["apostrophe", "bare"]),
            ("qa ", &["letters", "amp"]),
            ("q&a ", &["amp", "letters"]),
            ("Q&A", &["amp", "letters"]),
            ("database ", &["data-one", "data-apart"]),
            ("data base ", &["data-apart", "data-one"]),
            ("data-base ", &["data-apart", "data-one"]),
            ("QA ", &["letters", "amp"]),
            ("getUserName ", &["camel"]),
            ("get_user_name ", &["snake"]),
            ("get-user-name ", &["kebab"]),
        ],
    );
    for query in ["getUserName ", "get_user_name ", "get-user-name "] {
        let found = both().found(query);
        let mut front: Vec<&str> = found.split(' ').take(3).collect();
        front.sort_unstable();
        assert_eq!(front, ["camel", "kebab", "snake"], "{query}: {found}");
    }
}

#[test]
fn names_of_many_parts_find_the_spelling_that_was_typed_first() {
    let corpus = Corpus::titled(
        "en",
        &[
            ("camel", "Call maxLineWidth here."),
            ("snake", "Call max_line_width here."),
            ("kebab", "Call max-line-width here."),
            ("parts", "A max of a line with a width."),
        ],
    );
    corpus.check_first(&[
        ("max_line_width ", "snake"),
        ("maxLineWidth ", "camel"),
        ("max-line-width ", "kebab"),
    ]);
    for query in ["max_line_width ", "maxLineWidth ", "max-line-width "] {
        let found = corpus.found(query);
        assert!(found.split(' ').count() >= 3, "{query}: {found}");
    }
}

#[test]
fn where_the_corpus_has_one_any_other_finds_it() {
    for (text, queries) in [
        (
            "Write an e-mail.",
            &["email ", "email", "e mail ", "E-MAIL "][..],
        ),
        ("Write an email.", &["e-mail ", "e-mail", "+e-mail "]),
        ("They don't go.", &["dont ", "don’t ", "DONT "]),
        ("They dont go.", &["don't ", "don’t "]),
        ("Our Q&A page.", &["qa ", "QA ", "q & a "]),
        ("Our QA page.", &["q&a "]),
        (
            "Call getUserName here.",
            &["get_user_name ", "get-user-name ", "get user name "],
        ),
        (
            "Call get_user_name here.",
            &["getUserName ", "get-user-name ", "get user name "],
        ),
        (
            "Call get-user-name here.",
            &["getUserName ", "get_user_name "],
        ),
        ("A non-zero value.", &["non zero ", "non_zero "]),
        ("A data base here.", &["database ", "data-base "]),
    ] {
        let corpus = Corpus::of("en", &[("it", text), ("other", "Nothing of the kind.")]);
        for query in queries {
            let found = corpus.found(query);
            assert_eq!(
                found.split(' ').next(),
                Some("it"),
                "{query:?} in {text:?}: {found}"
            );
        }
    }
}

#[test]
fn what_meets_is_marked() {
    both().check_marks(&[
        ("email ", "one", "email"),
        ("email ", "hyphen", "e-mail"),
        ("dont ", "apostrophe", "don't"),
        ("qa ", "amp", "Q&A"),
        ("database ", "data-apart", "data base"),
        ("e-mail ", "hyphen", "e-mail"),
        ("e-mail ", "one", "email"),
        ("getUserName ", "snake", "get_user_name"),
    ]);
}

fn joins() -> Corpus {
    Corpus::new([
        document(
            "log",
            "en",
            "Logging",
            "Logging to a file, the file of a log; log it to a file.",
        ),
        document(
            "tofile",
            "en",
            "Arrays",
            "The method tofile writes an array, tofile, tofile.",
        ),
        document("read", "en", "Reading", "How you read a book: read it."),
        document(
            "iread",
            "en",
            "Signals",
            "A flag iread and the flag iread, iread.",
        ),
        document("into", "en", "Entries", "Go into a house, into a room."),
        document(
            "white",
            "en",
            "Colours",
            "A white board and white paper, space for it.",
        ),
        document(
            "whitespace",
            "en",
            "Blanks",
            "Whitespace, whitespace and whitespace.",
        ),
    ])
}

#[test]
fn nothing_is_joined_over_stop_words_and_short_words() {
    let corpus = joins();
    for (query, never) in [
        ("logging to file ", "tofile"),
        ("to file ", "tofile"),
        ("how do i read ", "iread"),
        ("i read ", "iread"),
        ("i read", "iread"),
        ("in to ", "into"),
    ] {
        let found = corpus.found(query);
        assert!(found.split(' ').all(|id| id != never), "{query}: {found}");
    }
}

#[test]
fn a_joined_reading_never_outweighs_the_words() {
    joins().check_first(&[("white space ", "white"), ("logging to file ", "log")]);
    let corpus = joins();
    let found = corpus.found("white space ");
    assert!(found.contains("whitespace"), "{found}");
}
