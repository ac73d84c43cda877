//! Options of ranking: each changes the order that it is there for, and none of them does unless told.

use samara_engine::{FieldWeights, Options, Ranking};

use crate::corpus::{Corpus, document};

fn page(id: &str, text: &str) -> samara_engine::Document {
    document(id, "en", "Page", text)
}

fn order(corpus: &Corpus, query: &str, ranking: Ranking) -> Vec<String> {
    let options = Options {
        ranking,
        correct: false,
        ..Options::default()
    };
    let answer = corpus.search_with(query, &options);
    answer.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn every_option_of_ranking_changes_an_order() {
    let filler = "one two three four five six seven eight nine ten ".repeat(6);
    let often = format!("oak oak oak {filler}{filler}{filler}");
    let oaks = Corpus::new([
        page("short", "an oak here"),
        page("long", &often),
        page("other", &filler),
    ]);
    let accents = Corpus::new([
        page("with", "our café in town"),
        page("without", "our cafe in town, the best cafe"),
    ]);
    let beginnings = Corpus::new([
        page("near", "we talk of abcdef once"),
        page(
            "far",
            "we talk of abcdefghijklmnopqrst, twice: abcdefghijklmnopqrst",
        ),
    ]);
    let default = Ranking::default();
    let long = Ranking {
        length: 1.0,
        ..default
    };
    let counts = Ranking {
        counts: 1.0,
        ..long
    };
    let saturated = Ranking {
        saturation: 0.0,
        ..default
    };
    let accented = Ranking {
        accents: 0.4,
        ..default
    };
    let begun = Ranking {
        beginnings: 0.0,
        ..default
    };
    for (corpus, query, ranking, before, after) in [
        (&oaks, "oak", long, "long", "short"),
        (&oaks, "oak", counts, "long", "long"),
        (&oaks, "oak", saturated, "long", "short"),
        (&accents, "café", accented, "without", "with"),
        (&beginnings, "abcdef", begun, "near", "far"),
    ] {
        assert_eq!(
            order(corpus, query, default)[0],
            before,
            "{query} {ranking:?}"
        );
        assert_eq!(
            order(corpus, query, ranking)[0],
            after,
            "{query} {ranking:?}"
        );
    }
}

#[test]
fn other_accents_are_other_words_where_they_count_nothing() {
    let corpus = Corpus::new([
        page("with", "a café, cafés"),
        page("without", "a cafe, cafeteria"),
    ]);
    let strict = Ranking {
        accents: 0.0,
        ..Ranking::default()
    };
    assert_eq!(order(&corpus, "café", strict), ["with"]);
    assert_eq!(order(&corpus, "cafe", strict), ["without"]);
    assert_eq!(order(&corpus, "caf", strict).len(), 2);
    assert_eq!(order(&corpus, "cafe", Ranking::default()).len(), 2);
}

#[test]
fn titles_that_count_less_lift_less() {
    let mut titled = page("titled", "words about something else, and more of them");
    titled.title = "Oak".into();
    let corpus = Corpus::new([titled, page("text", "here oak and oak and oak")]);
    let first = |title: f32| {
        let fields = FieldWeights {
            title,
            ..FieldWeights::default()
        };
        corpus
            .search_with(
                "oak",
                &Options {
                    fields,
                    ..Options::default()
                },
            )
            .hits[0]
            .id
            .clone()
    };
    assert_eq!(first(3.0), "titled");
    assert_eq!(first(0.001), "text");
}
