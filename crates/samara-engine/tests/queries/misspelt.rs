//! Slips of the keyboard beside words that exist: what is corrected, what is offered, and what is left alone.

use crate::corpus::{Corpus, document, shown};

#[test]
fn a_correction_by_one_edit_goes_before_an_ending() {
    let corpus = Corpus::titled(
        "en",
        &[
            ("planner", "The planner chooses an index."),
            ("planned", "The planner is planned."),
            ("plan", "A plan of the house."),
            ("statement", "Each statement ends with a semicolon."),
            ("statements", "The statement, and more statements."),
            ("stat", "A stat of the season."),
            ("words", "Stated, stating; planning and tested."),
        ],
    );
    for (query, to, first, behind) in [
        ("planer ", "planner ", ["planner", "planned"], "plan"),
        (
            "statment ",
            "statement ",
            ["statement", "statements"],
            "stat",
        ),
    ] {
        let answer = corpus.search(query);
        let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        let mut front = ids[..2].to_vec();
        front.sort_unstable();
        let mut first = first.to_vec();
        first.sort_unstable();
        assert_eq!(front, first, "{query}: {ids:?}, {behind} stands behind");
        assert_eq!(answer.corrected.unwrap().to, to);
    }
    // Known words are themselves.
    corpus.check_first(&[("plan ", "plan"), ("stat ", "stat")]);
}

#[test]
fn endings_still_find_their_words() {
    let corpus = Corpus::of(
        "en",
        &[
            ("test", "A test of the engine."),
            ("walk", "They walk home."),
            ("other", "Nothing of the kind."),
        ],
    );
    corpus.check(&[
        ("tested ", "test"),
        ("testing ", "test"),
        ("walked ", "walk"),
        ("walks ", "walk"),
    ]);
}

/// Letters of which 40 are spelt well and one is not.
fn letters() -> Corpus {
    let mut pages = vec![
        document("slip", "en", "", "The parcel was recieved on Monday."),
        document("stationary", "en", "", "The train was stationary at noon."),
    ];
    for number in 0..40 {
        let text = format!("Parcel {number} was received, with stationery for the office.");
        pages.push(document(&format!("ok{number}"), "en", "", &text));
    }
    Corpus::new(pages)
}

#[test]
fn a_word_that_is_hardly_there_is_offered_as_what_it_may_be() {
    let corpus = letters();
    let answer = corpus.search("recieved ");
    assert_eq!(answer.hits[0].id, "slip", "what was typed comes first");
    assert_eq!(answer.total, 41, "both are found");
    assert_eq!(answer.corrected, None, "it is known");
    assert_eq!(answer.offered.unwrap().to, "received ");
    // The frequent one is not offered as the rare one.
    let answer = corpus.search("received ");
    assert_eq!(
        (answer.total, answer.offered, answer.corrected),
        (40, None, None)
    );
}

#[test]
fn nothing_is_offered_unasked() {
    let corpus = letters();
    for query in ["\"recieved\" ", "parcel ", "monday ", "-recieved parcel "] {
        assert_eq!(corpus.search(query).offered, None, "{query}");
    }
    let options = samara_engine::Options {
        correct: false,
        ..Default::default()
    };
    let answer = corpus.search_with("recieved ", &options);
    assert_eq!((shown(&answer).as_str(), answer.offered), ("slip", None));
}

#[test]
fn a_transposition_counts_from_three_letters_on() {
    let corpus = Corpus::of(
        "en",
        &[
            ("git", "Show history with git log."),
            ("get", "To get a thing, ask."),
            ("ls", "List files with ls."),
        ],
    );
    corpus.check(&[
        ("gti log ", "git → git log "),
        ("igt ", "git → git "),
        // Two letters, and other mistakes in three, are left alone.
        ("sl ", ""),
        ("gxt ", ""),
        ("gitt ", "git → git "),
    ]);
}

#[test]
fn an_unfinished_word_with_completions_is_not_corrected() {
    let corpus = Corpus::of(
        "en",
        &[
            ("container", "A container holds a program."),
            ("contain", "They contain much."),
            ("constraint", "A constraint binds."),
            ("received", "It was received."),
        ],
    );
    for query in ["cont", "conta", "contai", "const", "rec", "recei"] {
        let answer = corpus.search(query);
        assert_eq!((answer.corrected, answer.offered), (None, None), "{query}");
        assert!(answer.total > 0, "{query}");
    }
}

fn two_languages() -> Corpus {
    Corpus::new([
        document(
            "en",
            "en",
            "Tables",
            "The table is made of wood, and tables are long. The hand is free.",
        ),
        document(
            "en2",
            "en",
            "Chairs",
            "The chair is made of wood; the letter is on the table.",
        ),
        document(
            "de",
            "de",
            "Tafeln",
            "Die Tafel ist aus Holz. Der Hund und die Hunde sind hier. Die Leiter steht.",
        ),
        document(
            "de2",
            "de",
            "Leitern",
            "Die Leiter ist lang, und der Hund ist klein.",
        ),
    ])
}

#[test]
fn corrections_stay_in_the_language_of_the_query() {
    let corpus = two_languages();
    for (query, never) in [("wood tafle ", "tafel"), ("holz tabel ", "table")] {
        let answer = corpus.search(query);
        let to = answer
            .corrected
            .map(|corrected| corrected.to)
            .unwrap_or_default();
        assert!(!to.contains(never), "{query}: {to}");
    }
    let answer = corpus.search("holz leitre ");
    assert_eq!(answer.corrected.unwrap().to, "holz leiter ");
    let answer = corpus.search("wood lettre ");
    assert_eq!(answer.corrected.unwrap().to, "wood letter ");
}

#[test]
fn a_known_word_is_kept() {
    let corpus = two_languages();
    for query in ["hand ", "hund ", "table ", "tafel ", "letter ", "leiter "] {
        let answer = corpus.search(query);
        assert_eq!((answer.corrected, answer.offered), (None, None), "{query}");
    }
}
