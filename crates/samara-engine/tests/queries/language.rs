//! The query language: alternatives, phrases, signs, fields, dates, and any mixture of them.

use crate::corpus::{Corpus, document, with_meta};

fn corpus() -> Corpus {
    Corpus::new([
        with_meta(
            document(
                "sea",
                "en",
                "Blinken on the South China Sea",
                "The secretary spoke about the South China Sea and about fishing.",
            ),
            &[
                ("source", "Yonhap News"),
                ("date", "2023-07-14"),
                ("tag", "south asia"),
                ("tag", "sea"),
            ],
        ),
        with_meta(
            document(
                "strait",
                "en",
                "Strait of Taiwan",
                "Blinken mentioned Taiwan, the strait, and the South China Sea.",
            ),
            &[
                ("source", "Courier"),
                ("date", "2023-10-27"),
                ("tag", "taiwan"),
            ],
        ),
        with_meta(
            document(
                "talks",
                "en",
                "Frank exchanges",
                "Wang Yi praised frank exchanges; the exchanges were frank and long.",
            ),
            &[("source", "Courier"), ("date", "2023-10")],
        ),
        with_meta(
            document(
                "china",
                "en",
                "Porcelain",
                "Fine china from the south; a sea of plates.",
            ),
            &[
                ("source", "Morning Post"),
                ("date", "2022-01-02"),
                ("author", "José Álvarez"),
            ],
        ),
        document(
            "undated",
            "en",
            "Summit",
            "Nobody said when the summit of presidents would be.",
        ),
    ])
}

#[test]
fn words_are_ranked_alternatives_with_all_of_them_first() {
    corpus().check(&[
        ("porcelain summit ", "undated china"),
        ("wang presidents ", "undated talks"),
        ("taiwan strait fishing ", "strait sea"),
        ("nothing summit ", "undated"),
        ("south china sea fishing ", "sea china strait"),
    ]);
}

#[test]
fn phrases_are_words_in_a_row() {
    corpus().check(&[
        ("\"south china sea\"", "sea strait"),
        ("\"china sea south\"", ""),
        ("\"frank exchanges\"", "talks"),
        ("\"exchanges were frank\"", "talks"),
        // What is quoted is no beginning and has no other forms; a slip of the finger is mended.
        ("\"wang praised\"", ""),
        ("\"exchanges was\"", ""),
        ("\"frank exchagnes\"", "talks → \"frank exchanges\""),
        ("\"taiwan\"", "strait"),
        ("“frank exchanges”", "talks"),
        ("„frank exchanges“", "talks"),
        ("«frank exchanges»", "talks"),
        // Punctuation stands between words of a phrase, a heading or a title does not.
        ("\"exchanges the exchanges\"", "talks"),
        ("\"exchanges wang\"", ""),
        ("\"the sea\"", ""),
        ("\"of the\"", ""),
    ]);
}

#[test]
fn an_open_quotation_is_a_phrase_being_typed() {
    corpus().check(&[
        ("\"frank exch", "talks"),
        ("\"south china se", "sea strait"),
        ("\"south china sea ", "sea strait"),
        ("\"china so", ""),
    ]);
}

#[test]
fn signs_require_and_exclude() {
    corpus().check(&[
        ("blinken -taiwan ", "sea"),
        ("blinken +taiwan ", "strait"),
        ("+blinken +fishing ", "sea"),
        ("+blinken summit ", "sea strait"),
        ("-\"south china sea\" south ", "china"),
        ("+\"south china sea\" plates ", "sea strait"),
        // Where nothing would be left, nothing is excluded.
        ("sea -sea ", "sea china strait"),
        ("-blinken ", "talks china undated"),
        ("-blinken -wang ", "china undated"),
        ("+nonexistentword summit ", ""),
        // A hyphen inside a word is no sign.
        ("south-china ", "sea strait china"),
    ]);
}

#[test]
fn or_joins_its_neighbours_as_one() {
    corpus().check(&[
        ("fishing OR plates ", "china sea"),
        ("+fishing OR plates ", "china sea"),
        ("+fishing OR plates blinken ", "sea china"),
        ("\"frank exchanges\" OR \"fine china\" ", "talks china"),
        ("+taiwan OR fishing -strait ", "sea"),
        ("summit OR porcelain OR wang ", "undated china talks"),
        // Lower case is a word.
        ("summit or fishing ", "undated sea"),
    ]);
}

#[test]
fn fields_and_dates_restrict() {
    corpus().check(&[
        ("title:porcelain ", "china"),
        ("title:plates ", ""),
        ("title:\"south china\" ", "sea"),
        ("title:\"china south\" ", ""),
        ("-title:blinken blinken ", "strait"),
        ("blinken source:yonhap ", "sea"),
        ("blinken source:Courier ", "strait"),
        ("source:\"morning post\" ", "china"),
        ("source:post ", "china"),
        ("source:pos ", "china"),
        ("source:ost ", ""),
        ("-source:courier date:2023 ", "sea"),
        ("tag:sea ", "sea"),
        ("tag:\"south asia\" ", "sea"),
        ("tag:asia ", "sea"),
        ("-tag:taiwan blinken ", "sea"),
        ("author:jose ", "china"),
        ("author:alvarez ", "china"),
        ("date:2023-07..2023-10 ", "sea strait talks"),
        ("date:2023-07-14..2023-10-26 ", "sea talks"),
        ("date:2023-10 ", "strait talks"),
        ("date:2023 ", "sea strait talks"),
        ("date:..2022 ", "china"),
        ("date:2023-10.. ", "strait talks"),
        ("date:2023-10..2023-07 ", ""),
        ("-date:2023 ", "china undated"),
        ("blinken date:2023-07 ", "sea"),
        ("SOURCE:courier frank ", "talks"),
        ("lang:en date:2022 ", "china"),
        ("lang:de ", ""),
    ]);
}

#[test]
fn anything_mixes_with_anything() {
    corpus().check(&[
        ("\"south china sea\" -taiwan blink", "sea"),
        ("-taiwan blink \"south china sea", "sea"),
        (
            "+\"south china sea\" source:courier date:2023-10 ",
            "strait",
        ),
        ("title:exchanges +wang OR fishing -tag:sea frank", "talks"),
        ("date:2023 source:courier -title:strait ", "talks"),
        ("\"frank exchanges\" OR fishing date:2023-07 ", "sea"),
        ("blinken -title:\"strait of taiwan\" ", "sea"),
        ("+blinkn -taiwan ", "sea → +blinken -taiwan "),
        (
            "\"frnak exchanges\" -taiwan ",
            "talks → \"frank exchanges\" -taiwan ",
        ),
        ("title:porcelian ", "china → title:porcelain "),
    ]);
}

#[test]
fn the_last_word_is_a_beginning_until_a_space_follows() {
    corpus().check(&[
        ("porc", "china"),
        ("porc ", ""),
        ("PORC", "china"),
        ("wang frank exch", "talks"),
        ("title:porc", "china"),
        ("+porc", "china"),
        // What is excluded is that word, and nothing that begins like it.
        ("blinken -tai", "sea strait"),
        ("blinken -taiwan", "sea"),
        ("fishing OR porc", "china sea"),
    ]);
}

#[test]
fn a_word_itself_comes_before_words_that_begin_with_it() {
    Corpus::of(
        "en",
        &[
            (
                "longer",
                "Seashells of the seasons were brought in by somebody who went home again.",
            ),
            (
                "word",
                "Somebody wrote about the sea and went home after that, as one does.",
            ),
        ],
    )
    .check(&[("sea", "word longer"), ("seas", "longer")]);
}

#[test]
fn what_is_nearly_typed_comes_before_what_goes_on_for_long() {
    Corpus::of(
        "en",
        &[
            (
                "long",
                "Somebody spoke of craftsmanship there and went home.",
            ),
            (
                "short",
                "Somebody spoke of crafting there and then went home.",
            ),
        ],
    )
    .check(&[
        ("crafti", "short"),
        ("craf", "short long"),
        ("crafts", "long"),
    ]);
}

#[test]
fn common_words_count_only_where_nothing_else_is_asked() {
    let corpus = corpus();
    let ignored = |query: &str| -> Vec<String> {
        let answer = corpus.search(query);
        let texts = answer.ignored.into_iter();
        texts
            .map(|ignored| format!("{} {}", ignored.text, ignored.reason))
            .collect()
    };
    assert_eq!(
        ignored("the plates of the sea "),
        ["the common", "of common"]
    );
    assert_eq!(ignored("of the "), [""; 0]);
    // Common words in a row that stand so nowhere.
    assert_eq!(ignored("\"of the\" "), ["of the unknown"]);
    assert_eq!(ignored("+the summit "), [""; 0]);
    corpus.check(&[
        ("+when +the ", "undated"),
        ("\"from the south\"", "china"),
        ("the summit", "undated"),
    ]);
    assert!(corpus.search("of the ").total >= 3);
}

#[test]
fn an_answer_does_not_depend_on_what_was_asked_before() {
    let corpus = corpus();
    let index = corpus.index();
    let options = samara_engine::Options::default();
    let queries = [
        "blinkn",
        "\"south china sea\"",
        "-taiwan",
        "date:2023",
        "wang OR",
        "the",
        "",
    ];
    let ask = |query: &str| {
        samara_engine::Searcher::new(&index, &samara_engine::Unicode).search(query, &options)
    };
    let first: Vec<_> = queries.iter().map(|query| ask(query)).collect();
    for (query, before) in queries.iter().zip(first).rev() {
        assert_eq!(ask(query), before, "{query}");
    }
}
