//! What a site's owner decides: synonyms, boosts, recency, pinned pages.

use samara_engine::{
    Boost, Chosen, Condition, Document, Options, Pin, Recency, Settings, Sort, Synonym,
};

use crate::corpus::{Corpus, document, shown, with_meta};

fn synonym(from: &str, to: &str) -> Synonym {
    Synonym {
        from: from.into(),
        to: to.into(),
    }
}

fn with_synonyms(synonyms: &[(&str, &str)]) -> Corpus {
    let synonyms = synonyms.iter().map(|(from, to)| synonym(from, to));
    let settings = Settings {
        synonyms: synonyms.collect(),
        ..Settings::default()
    };
    let pages = [
        document("p1", "en", "Sheet", "A car stands in the yard."),
        document("p2", "en", "Sheet", "An automobile stands in the yard."),
        document("p3", "en", "Sheet", "The k8s cluster grows."),
        document("p4", "en", "Sheet", "A kubernetes cluster grows."),
        document("p5", "en", "Sheet", "Set an environment variable first."),
        document("p6", "en", "Sheet", "Set the envvar first."),
        document("p7", "en", "Sheet", "A variable of the environment."),
        document("p8", "en", "Sheet", "Nothing of that."),
    ];
    Corpus::with_settings(pages, settings)
}

#[test]
fn a_synonym_holds_one_way() {
    let corpus = with_synonyms(&[("car", "automobile")]);
    corpus.check(&[
        ("car ", "p1 p2"),
        ("Car ", "p1 p2"),
        ("automobile ", "p2"),
        ("car", "p1 p2"),
    ]);
}

#[test]
fn two_entries_hold_both_ways() {
    let corpus = with_synonyms(&[("car", "automobile"), ("automobile", "car")]);
    corpus.check(&[("car ", "p1 p2"), ("automobile ", "p2 p1")]);
}

#[test]
fn a_word_that_the_corpus_lacks_is_read_by_its_synonym() {
    let corpus = with_synonyms(&[("vehicle", "car"), ("lorry", "xqzv")]);
    corpus.check(&[("vehicle ", "p1"), ("lorry ", "")]);
}

#[test]
fn phrases_stand_on_either_side() {
    let corpus = with_synonyms(&[
        ("environment variable", "envvar"),
        ("envvar", "environment variable"),
    ]);
    let found = corpus.found("environment variable ");
    assert!(found.contains("p6"), "{found}");
    assert_eq!(found.split(' ').next(), Some("p5"), "{found}");
    // The phrase is found in a row alone.
    corpus.check(&[("envvar ", "p6 p5")]);
    // Half of the phrase is nothing of it.
    let found = corpus.found("variable ");
    assert!(!found.contains("p6"), "{found}");
    let found = corpus.found("variable environment ");
    assert!(!found.contains("p6"), "{found}");
}

#[test]
fn synonyms_keep_out_of_what_is_exact() {
    let corpus = with_synonyms(&[("car", "automobile"), ("k8s", "kubernetes")]);
    corpus.check(&[
        ("\"car\" ", "p1"),
        ("yard -car ", "p2"),
        ("k8s cluster ", "p3 p4"),
    ]);
    let exact = Options {
        exact: true,
        ..Options::default()
    };
    assert_eq!(shown(&corpus.search_with("car ", &exact)), "p1");
}

#[test]
fn synonyms_are_marked() {
    let corpus = with_synonyms(&[("car", "automobile"), ("envvar", "environment variable")]);
    corpus.check_marks(&[
        ("car ", "p2", "automobile"),
        ("envvar ", "p5", "environment variable"),
    ]);
}

#[test]
fn a_typed_word_goes_before_its_synonym() {
    let pages = [
        document("synonym", "en", "", "Automobile, automobile here."),
        document("typed", "en", "", "A car stands right here."),
    ];
    let settings = Settings {
        synonyms: vec![synonym("car", "automobile")],
        ..Settings::default()
    };
    Corpus::with_settings(pages, settings).check(&[("car ", "typed synonym")]);
}

fn guides(settings: Settings) -> Corpus {
    let page = |id: &str, url: &str, date: &str, kind: &str| {
        let mut page = document(id, "en", "", "The guide to the harbour.");
        page.url = url.into();
        let mut page = with_meta(page, &[("kind", kind)]);
        if !date.is_empty() {
            page = with_meta(page, &[("date", date)]);
        }
        page
    };
    Corpus::with_settings(
        [
            page("old", "/docs/v1/a.html", "2014-01-31", "manual"),
            page("mid", "/docs/v2/a.html", "2023-12-31", "manual"),
            page("new", "/blog/v3/a.html", "2024-01-30", "news"),
            page("undated", "/site/about/b/", "", "page"),
        ],
        settings,
    )
}

fn boost(of: Chosen, factor: f32) -> Settings {
    Settings {
        boosts: vec![Boost { of, factor }],
        ..Settings::default()
    }
}

fn field(name: &str, value: &str) -> Chosen {
    Chosen::Field {
        name: name.into(),
        value: value.into(),
    }
}

#[test]
fn boosts_go_by_field_and_by_address() {
    for (settings, expected) in [
        (Settings::default(), "old mid new undated"),
        (boost(field("kind", "news"), 2.0), "new old mid undated"),
        (boost(field("kind", "manual"), 0.5), "new undated old mid"),
        (boost(field("kind", "none"), 4.0), "old mid new undated"),
        (boost(field("lang", "en"), 4.0), "old mid new undated"),
        (
            boost(Chosen::Url("/docs/v2/*".into()), 2.0),
            "mid old new undated",
        ),
        (
            boost(Chosen::Url("*/v1/*".into()), 0.2),
            "mid new undated old",
        ),
        (
            boost(Chosen::Url("/site/about/b/".into()), 1.5),
            "undated old mid new",
        ),
        (
            boost(Chosen::Url("/docs/".into()), 4.0),
            "old mid new undated",
        ),
    ] {
        let shown = format!("{settings:?}");
        assert_eq!(guides(settings).found("harbour "), expected, "{shown}");
    }
}

#[test]
fn boosts_multiply_and_lose_no_document() {
    let settings = Settings {
        boosts: vec![
            Boost {
                of: field("kind", "manual"),
                factor: 2.0,
            },
            Boost {
                of: Chosen::Url("*/v1/*".into()),
                factor: 0.0,
            },
        ],
        ..Settings::default()
    };
    assert_eq!(guides(settings).found("harbour "), "mid new undated old");
}

#[test]
fn newer_documents_count_for_more() {
    let recency = Settings {
        recency: Some(Recency {
            half_life: 30.0,
            factor: 2.0,
        }),
        ..Settings::default()
    };
    let corpus = guides(recency);
    assert_eq!(corpus.found("harbour "), "new mid old undated");
    let answer = corpus.search("harbour ");
    let score = |id: &str| answer.hits.iter().find(|hit| hit.id == id).unwrap().score as f32;
    let near = |one: f32, other: f32| (one / other - 1.0).abs() < 0.05;
    // Twice at the newest, half of the advantage after the half-life, none after ten years or without a date.
    assert!(near(score("new"), 2.0 * score("undated")));
    assert!(near(score("mid"), 1.5 * score("undated")));
    assert!(near(score("old"), score("undated")));
}

fn pinned(pins: &[(&str, &[&str])]) -> Corpus {
    let pins = pins.iter().map(|(query, urls)| Pin {
        query: (*query).into(),
        urls: urls.iter().map(|&url| url.into()).collect(),
    });
    guides(Settings {
        pins: pins.collect(),
        ..Settings::default()
    })
}

#[test]
fn pinned_pages_come_first() {
    let corpus = pinned(&[
        ("harbour", &["/site/about/b", "new"]),
        ("How do I Start", &["/docs/v2/a.html"]),
    ]);
    corpus.check(&[
        ("harbour", "undated new old mid"),
        ("Harbour ", "undated new old mid"),
        // A page that does not say the words comes, too.
        ("how do i start?", "mid"),
        // Other queries are others.
        ("harbour guide ", "old mid new undated"),
        ("the harbour ", "old mid new undated"),
    ]);
    assert_eq!(
        corpus.search("harbour").total,
        4,
        "no page is counted twice"
    );
}

#[test]
fn pins_keep_to_conditions_pages_and_orders() {
    let corpus = pinned(&[("harbour", &["/site/about/b/"])]);
    let search = |options: Options| shown(&corpus.search_with("harbour ", &options));
    let kind = |value: &str| Condition::Is {
        field: "kind".into(),
        value: value.into(),
    };
    let filtered = Options {
        filters: kind("manual"),
        ..Options::default()
    };
    assert_eq!(search(filtered), "old mid");
    let second = Options {
        offset: 1,
        limit: 2,
        ..Options::default()
    };
    assert_eq!(search(second), "old mid");
    let sorted = Options {
        sort: Some(Sort {
            field: "date".into(),
            descending: true,
        }),
        ..Options::default()
    };
    assert_eq!(search(sorted), "new mid old undated");
}

#[test]
fn pins_of_no_page_are_none() {
    pinned(&[("harbour", &["/nowhere"])]).check(&[("harbour ", "old mid new undated")]);
}

#[test]
fn decisions_that_change_nothing_change_no_answer() {
    let page = |id: &str| -> Document { document(id, "en", "", "A harbour.") };
    let plain = Corpus::new([page("a"), page("b")]);
    let set = Corpus::with_settings(
        [page("a"), page("b")],
        Settings {
            synonyms: vec![
                synonym("", "x"),
                synonym("x", ""),
                synonym("harbour", "harbour"),
            ],
            pins: vec![Pin {
                query: String::new(),
                urls: vec!["a".into()],
            }],
            ..Settings::default()
        },
    );
    for query in ["harbour ", "harb", "x ", "a harbour "] {
        assert_eq!(plain.found(query), set.found(query), "{query}");
    }
}
