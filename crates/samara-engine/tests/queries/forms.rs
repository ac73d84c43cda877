//! Forms of a word that a small corpus does not teach: endings, compounds, particles, irregular forms.

use crate::corpus::{Corpus, document};

/// Every query finds the text; and none of the others do.
#[track_caller]
fn check(language: &str, text: &str, finding: &[&str], missing: &[&str]) {
    let other = match language {
        "de" => "Ein Haus steht hier.",
        "nl" => "Een huis staat hier.",
        "ko" => "고양이가 잔다.",
        "he" => "חתול ישן.",
        _ => "A cat sleeps here.",
    };
    let corpus = Corpus::of(language, &[("it", text), ("other", other)]);
    let options = samara_engine::Options {
        correct: false,
        ..Default::default()
    };
    let finds = |query: &&&str| {
        let answer = corpus.search_with(query, &options);
        answer.hits.iter().any(|hit| hit.id == "it")
    };
    let lost: Vec<&&str> = finding.iter().filter(|query| !finds(query)).collect();
    assert!(lost.is_empty(), "{text:?} is not found by {lost:?}");
    let wrong: Vec<&&str> = missing.iter().filter(finds).collect();
    assert!(wrong.is_empty(), "{text:?} is found by {wrong:?}");
}

#[test]
fn endings_of_english_meet_in_a_corpus_of_two_pages() {
    check(
        "en",
        "Read the documentation.",
        &["documenting ", "document ", "documents ", "documented "],
        &["doctor "],
    );
    check(
        "en",
        "She runs, and was running.",
        &["run ", "runs ", "running "],
        &["rune "],
    );
    check("en", "They run.", &["runs ", "running "], &[]);
    check(
        "en",
        "A configured server.",
        &[
            "configure ",
            "configures ",
            "configuration ",
            "configuring ",
        ],
        &[],
    );
    check("en", "Several libraries.", &["library "], &["liberty "]);
    check(
        "en",
        "An installer.",
        &["install ", "installation ", "installing "],
        &["instance "],
    );
    check("en", "He stopped.", &["stop ", "stopping "], &["stoop "]);
}

#[test]
fn irregular_forms_and_spellings_of_english_meet() {
    check("en", "Three mice.", &["mouse "], &["moss "]);
    check("en", "A mouse.", &["mice "], &[]);
    check("en", "She bought knives.", &["buy ", "knife "], &[]);
    check(
        "en",
        "The children wrote.",
        &["child ", "write ", "writing "],
        &[],
    );
    check("en", "Two indices.", &["index ", "indexes "], &[]);
    check(
        "en",
        "The colour of it.",
        &["color ", "colors ", "colours "],
        &["collar "],
    );
    check("en", "The color of it.", &["colour ", "colours "], &[]);
    check(
        "en",
        "We organise and optimize.",
        &["organize ", "optimise ", "optimising "],
        &[],
    );
    check("en", "The centre.", &["center "], &["sent "]);
    check("en", "A licence.", &["license "], &[]);
    // Words that look alike are others.
    check("en", "To promise.", &["promises "], &["premise "]);
    check("en", "A hour and four.", &["hour "], &["hor ", "for "]);
}

#[test]
fn the_form_as_typed_comes_first() {
    Corpus::of(
        "en",
        &[
            ("mice", "Three mice in the barn."),
            ("mouse", "One mouse in the barn."),
            ("color", "The color in the barn."),
            ("colour", "The colour in the barn."),
        ],
    )
    .check(&[
        ("mouse ", "mouse mice"),
        ("mice ", "mice mouse"),
        ("color ", "color colour"),
        ("colour ", "colour color"),
    ]);
}

#[test]
fn compounds_of_german_and_dutch_are_found_by_their_parts() {
    let corpus = Corpus::of(
        "de",
        &[
            ("compound", "Die Bundestagswahl war knapp."),
            ("part", "Die Wahl war knapp."),
            ("first", "Der Bundestag tagt."),
            ("house", "Ein Krankenhaus und ein Haus."),
            ("rose", "Rosen und eine Rose; ein Erz."),
        ],
    );
    corpus.check_found(&[
        ("wahl ", "part compound"),
        ("bundestag ", "first compound"),
        ("bundestagswahl ", "compound"),
        ("haus ", "house"),
        // Exclusion is exact.
        ("knapp -wahl ", "compound"),
    ]);
    corpus.check_first(&[("wahl ", "part"), ("bundestag ", "first")]);
    let corpus = Corpus::of(
        "nl",
        &[
            ("compound", "De ziekenhuisdirecteur spreekt."),
            ("part", "Het ziekenhuis is groot."),
            ("other", "De directeur spreekt."),
        ],
    );
    corpus.check_found(&[
        ("ziekenhuis ", "part compound"),
        ("directeur ", "other compound"),
    ]);
}

#[test]
fn parts_of_compounds_are_found_where_they_stand_in_compounds_alone() {
    // The part is a word of the language, not of this corpus.
    let corpus = Corpus::of(
        "en",
        &[("one", "A bookshop and a workshop."), ("two", "Shop here.")],
    );
    // English writes them apart: no compound is divided.
    corpus.check(&[("shop ", "two")]);
}

#[test]
fn particles_of_korean_and_prefixes_of_hebrew_are_no_words() {
    check("ko", "학교에서 공부한다.", &["학교 "], &["학생 "]);
    check("ko", "도서관이 크다.", &["도서관 "], &[]);
    check(
        "ko",
        "책을 읽고 집에서 잔다.",
        &["책 ", "집 "],
        &["차 ", "지 "],
    );
    check("ko", "가을이 온다.", &["가을 "], &["가 "]);
    check("he", "אני גר בבית הגדול.", &["בית ", "גדול "], &["בת "]);
    check("he", "והילד שבעיר.", &["ילד ", "הילד ", "עיר "], &["יער "]);
}

#[test]
fn other_languages_keep_their_words() {
    let corpus = Corpus::new([
        document(
            "de",
            "de",
            "",
            "Die Mice sind eine Gruppe; der Color heißt so.",
        ),
        document("de2", "de", "", "Ein Mouse-Pad und die Kolonie."),
        document(
            "de3",
            "de",
            "",
            "Ein Satz mit vielen anderen Wörtern über Berge und Täler.",
        ),
    ]);
    corpus.check(&[("mouse ", "de2"), ("mice ", "de")]);
}

#[test]
fn korean_nouns_are_found_whatever_particle_was_typed() {
    Corpus::of(
        "ko",
        &[("school", "학교에서 공부한다."), ("house", "집에서 잔다.")],
    )
    .check_found(&[
        ("학교는 ", "school"),
        ("학교 ", "school"),
        ("학교에 ", "school"),
    ]);
}
