//! What is excluded or left out: exactly that, and it is neither marked nor scored.

use crate::corpus::{Corpus, document, ignored};

fn corpus() -> Corpus {
    Corpus::of(
        "en",
        &[
            ("plan", "A garden and a plan of the beds."),
            ("planner", "A garden with a planner who planned it."),
            ("plane", "A garden below a plane, with good paths."),
            ("go", "A garden where you go by foot."),
            ("mail", "A garden that sends e-mail."),
            ("bare", "A garden."),
        ],
    )
}

#[test]
fn exclusion_is_exact() {
    corpus().check_found(&[
        // No other forms, no beginnings, no corrections.
        ("garden -plan ", "planner plane go mail bare"),
        ("garden -plan", "planner plane go mail bare"),
        ("garden -planing ", "plan planner plane go mail bare"),
        ("garden -go", "plan planner plane mail bare"),
        ("garden -goo", "plan planner plane go mail bare"),
        ("garden -plannr ", "plan planner plane go mail bare"),
        ("garden -\"good path\"", "plan planner plane go mail bare"),
        ("garden -\"good paths\"", "plan planner go mail bare"),
        ("garden -e-mail ", "plan planner plane go bare"),
        ("garden -plan -go ", "planner plane mail bare"),
        // Every garden has been excluded, so none is.
        ("-garden plan ", "plan planner"),
    ]);
}

#[test]
fn where_nothing_is_left_nothing_is_excluded_and_that_is_said() {
    let corpus = corpus();
    for query in ["garden -garden ", "plan -garden ", "+garden -garden "] {
        let answer = corpus.search(query);
        assert!(answer.total > 0, "{query}");
        assert_eq!(ignored(&answer), "garden: exclusion", "{query}");
    }
    // As it was typed.
    for (query, excluded) in [
        ("good -\"good paths\" ", "good paths"),
        ("mail -e-mail ", "e-mail"),
    ] {
        let answer = corpus.search(query);
        assert!(answer.total > 0, "{query}");
        assert_eq!(ignored(&answer), format!("{excluded}: exclusion"));
    }
    // What was excluded is left out of an answer that has others.
    assert_eq!(ignored(&corpus.search("garden -plan ")), "");
    // An exclusion alone lists what remains.
    corpus.check_found(&[("-garden ", ""), ("-plan ", "planner plane go mail bare")]);
}

fn commands() -> Corpus {
    Corpus::of(
        "en",
        &[
            ("add", "Choose parts with git add -p or git add --patch."),
            ("venv", "Call python -m venv to make a place for packages."),
            ("fetch", "To copy a page, call curl -o file address."),
            ("sort", "Use find -name with a pattern, or -maxdepth 2."),
            ("minus", "It ended with error code -1 at last."),
            ("one", "Chapter 1: no error and no code."),
            ("ssh", "The name of the venv and the patch of a page."),
        ],
    )
}

#[test]
fn options_of_commands_are_words() {
    commands().check_first(&[
        ("git add -p ", "add"),
        ("git add -p", "add"),
        ("-p ", "add"),
        ("python -m venv ", "venv"),
        ("python -m venv", "venv"),
        ("curl -o file ", "fetch"),
        ("error code -1 ", "minus"),
        ("error code -1", "minus"),
        ("-1", "minus"),
        ("git add --patch ", "add"),
        ("--patch", "add"),
        ("find -name ", "sort"),
        ("find -name pattern ", "sort"),
        ("-maxdepth 2 ", "sort"),
    ]);
}

#[test]
fn other_words_behind_a_minus_are_excluded() {
    commands().check_found(&[
        ("page -curl ", "ssh"),
        ("venv -python ", "ssh"),
        // A name has one capital.
        ("venv -Python ", "ssh"),
        ("error -chapter ", "minus"),
        ("patch -\"git\" ", "ssh"),
    ]);
}

fn signs() -> Corpus {
    Corpus::new([
        document(
            "cpp",
            "en",
            "C++ in practice",
            "In practice, C++ in a program is in use. C in practice is another language in use.",
        ),
        document(
            "node",
            "en",
            "Servers",
            "In the evening a server in node.js is in use; a node in a net in js.",
        ),
        document(
            "cars",
            "en",
            "Cars",
            "A road for cars and a road for bikes.",
        ),
        document("road", "en", "Roads", "A road without cars."),
    ])
}

#[test]
fn what_is_left_out_is_not_marked() {
    signs().check_marks(&[
        (
            "C++ in practice ",
            "cpp",
            "C|practice|practice|C|C|practice",
        ),
        ("server in node.js ", "node", "Servers|server|node.js|node"),
        ("in node.js ", "node", "node.js|node"),
        ("road -title:cars ", "road", "Roads|road"),
        ("road -bikes ", "road", "Roads|road"),
        ("cars -\"for bikes\" ", "road", "cars"),
    ]);
}

#[test]
fn what_is_left_out_is_not_scored() {
    let corpus = signs();
    let score = |query: &str| corpus.search(query).hits[0].score;
    assert_eq!(score("node.js in "), score("node.js "));
    assert_eq!(score("road -bikes "), score("road "));
    let answer = corpus.search("C++ in practice ");
    assert_eq!(ignored(&answer), "in: common");
}

#[test]
fn excluding_from_titles_is_about_titles() {
    signs().check(&[
        ("road -title:cars ", "road"),
        ("+title:cars -title:roads ", "cars"),
    ]);
}
