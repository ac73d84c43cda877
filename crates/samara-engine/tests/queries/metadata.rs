//! Facets, filters, order, near-duplicates, paging.

use samara_engine::{Answer, Condition, Document, Options, Sort, Values};

use crate::corpus::{Corpus, document, shown, with_meta};

fn corpus() -> Corpus {
    let item = |id: &str, title: &str, text: &str, meta: &[(&str, &str)]| {
        with_meta(document(id, "en", title, text), meta)
    };
    let wire = |id: &str, meta: &[(&str, &str)]| Document {
        similar: Some(7),
        ..item(id, "Wire report", "A storm of words, said the wire.", meta)
    };
    Corpus::new([
        item(
            "a",
            "Éclair",
            "A storm over the bay",
            &[
                ("source", "Post"),
                ("date", "2023-07-13"),
                ("rank", "9"),
                ("tag", "sea"),
                ("tag", "sky"),
            ],
        ),
        item(
            "b",
            "apple",
            "Storm and storm and rain",
            &[
                ("source", "Post"),
                ("date", "2022-01-02"),
                ("rank", "10"),
                ("tag", "sky"),
            ],
        ),
        item(
            "c",
            "Banana",
            "After the storm",
            &[("source", "Wire"), ("date", "2023-10"), ("rank", "-2.5")],
        ),
        item(
            "d",
            "Zebra",
            "No weather at all",
            &[("source", "Wire"), ("rank", "100")],
        ),
        wire("w1", &[("source", "Wire"), ("date", "2024-01-01")]),
        wire("w2", &[("source", "Copy"), ("date", "2024-01-02")]),
        wire("w3", &[("source", "Copy"), ("date", "2024-01-03")]),
    ])
}

fn filtered(field: &str, values: &[&str]) -> Options {
    Options {
        filters: Condition::of_fields(&[(
            field.into(),
            values.iter().map(|&value| value.into()).collect(),
        )]),
        ..Options::default()
    }
}

/// `field: value count/total …` of one field.
fn facet(answer: &Answer, field: &str) -> String {
    let values = answer
        .facets
        .get(field)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let shown = values
        .iter()
        .map(|value| format!("{} {}/{}", value.value, value.count, value.total));
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn facets_count_before_and_after_filtering() {
    let corpus = corpus();
    let all = corpus.search("storm ");
    assert_eq!(facet(&all, "source"), "Post 2/2, Wire 2/2, Copy 1/1");
    assert_eq!(facet(&all, "tag"), "sky 2/2, sea 1/1");
    let post = corpus.search_with("storm ", &filtered("source", &["Post"]));
    assert_eq!(facet(&post, "source"), "Post 2/2, Wire 0/2, Copy 0/1");
    assert_eq!(facet(&post, "tag"), "sky 2/2, sea 1/1");
    assert_eq!(post.total, 2);
    let nothing = corpus.search_with("storm ", &filtered("source", &["Nobody"]));
    assert_eq!(
        (nothing.total, facet(&nothing, "tag").as_str()),
        (0, "sky 0/2, sea 0/1")
    );
}

#[test]
fn values_of_a_field_are_alternatives_and_fields_add_up() {
    let corpus = corpus();
    let ids = |options: &Options| shown(&corpus.search_with("storm OR weather ", options));
    assert_eq!(ids(&filtered("source", &["Post"])), "b a");
    assert_eq!(
        corpus
            .search_with("storm ", &filtered("source", &["Post", "Wire"]))
            .total,
        4
    );
    let mut both = filtered("source", &["Post", "Wire"]);
    both.filters = Condition::All(vec![
        both.filters,
        Condition::of_fields(&[("tag".into(), vec!["sea".into()])]),
    ]);
    assert_eq!(ids(&both), "a");
    assert_eq!(ids(&filtered("source", &[])), ids(&Options::default()));
    assert_eq!(ids(&filtered("nosuchfield", &["x"])), "");
    // Filters alone list what they leave.
    assert_eq!(
        shown(&corpus.search_with("", &filtered("tag", &["sky"]))),
        "a b"
    );
    // A whole value, letter by letter: no part of one.
    assert_eq!(ids(&filtered("source", &["Pos"])), "");
}

#[test]
fn named_facets_are_counted_whatever_they_hold() {
    let options = Options {
        facets: vec!["rank".into(), "lang".into()],
        ..Options::default()
    };
    let answer = corpus().search_with("storm ", &options);
    assert_eq!(facet(&answer, "rank"), "-2.5 1/1, 9 1/1, 10 1/1");
    assert_eq!(facet(&answer, "lang"), "en 4/4");
    assert_eq!(facet(&answer, "source"), "");
}

#[test]
fn dates_titles_and_numbers_give_an_order() {
    let corpus = corpus();
    let by = |order: &str| {
        let options = Options {
            sort: Sort::parse(order),
            ..Options::default()
        };
        shown(&corpus.search_with("storm OR weather ", &options))
    };
    // Near-duplicates are one hit, here the first of them in this order.
    assert_eq!(by("date"), "b a c w1 d");
    assert_eq!(by("date:asc"), "b a c w1 d");
    assert_eq!(by("date:desc"), "w3 c a b d");
    assert_eq!(by("rank"), "c a b d w1");
    assert_eq!(by("rank:desc"), "d b a c w1");
    assert_eq!(by("nosuchfield"), by("relevance"));
    assert_eq!(by(""), by("relevance"));
}

#[test]
fn titles_are_ordered_as_they_are_compared() {
    let by = |order: &str| {
        let options = Options {
            sort: Sort::parse(order),
            ..Options::default()
        };
        shown(&corpus().search_with("storm OR weather ", &options))
    };
    assert_eq!(by("title"), "b c a w1 d");
    assert_eq!(by("title:desc"), "d w1 a c b");
}

#[test]
fn near_duplicates_are_one_hit_that_names_the_others() {
    let corpus = corpus();
    let answer = corpus.search("said ");
    assert_eq!((answer.total, answer.hits.len()), (1, 1));
    let hit = &answer.hits[0];
    let others: Vec<&str> = hit
        .duplicates
        .iter()
        .map(|other| other.id.as_str())
        .collect();
    assert_eq!((hit.id.as_str(), others), ("w1", vec!["w2", "w3"]));
    assert_eq!(hit.duplicates[0].url, "/w2");
    assert_eq!(hit.duplicates[0].title, "Wire report");
    // Only those that match: a filter may leave one of them.
    let answer = corpus.search_with("said ", &filtered("source", &["Copy"]));
    assert_eq!(answer.hits[0].id, "w2");
    assert_eq!(answer.hits[0].duplicates.len(), 1);
}

#[test]
fn offset_and_limit_cut_one_list() {
    let corpus = corpus();
    let whole: Vec<String> = corpus
        .search("storm ")
        .hits
        .into_iter()
        .map(|hit| hit.id)
        .collect();
    assert_eq!(whole.len(), 4);
    for offset in 0..6 {
        for limit in 0..6 {
            let options = Options {
                offset,
                limit,
                ..Options::default()
            };
            let answer = corpus.search_with("storm ", &options);
            let ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
            let expected: Vec<String> = whole.iter().skip(offset).take(limit).cloned().collect();
            assert_eq!(ids, expected, "offset {offset}, limit {limit}");
            assert_eq!(answer.total, 4);
        }
    }
}

#[test]
fn hits_carry_their_metadata() {
    let corpus = corpus();
    let answer = corpus.search("bay ");
    let meta = &answer.hits[0].meta;
    assert_eq!(meta.get("source"), Some(&Values::One("Post".into())));
    assert_eq!(
        meta.get("tag"),
        Some(&Values::Several(vec!["sea".into(), "sky".into()]))
    );
    assert_eq!(meta.get("lang"), Some(&Values::One("en".into())));
    assert_eq!(meta.get("nothing"), None);
}
