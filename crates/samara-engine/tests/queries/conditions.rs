//! Conditions on metadata that a program sets: trees of them, ranges, and counts of values.

use samara_engine::{Answer, Condition, Document, FieldWeights, Options, Sort};

use crate::corpus::{Corpus, document, shown, with_meta};

fn shop() -> Corpus {
    let item = |id: &str, price: &str, colours: &[&str], size: &str| {
        let mut page = with_meta(
            document(id, "en", "", "A shirt of linen."),
            &[("price", price), ("size", size), ("date", "2024-03-01")],
        );
        let values = colours.iter().map(|&colour| colour.to_owned());
        page.meta.insert("colour".into(), values.collect());
        page
    };
    Corpus::new([
        item("a", "9", &["red"], "S"),
        item("b", "10", &["red", "blue"], "M"),
        item("c", "19.5", &["blue"], "S"),
        item("d", "100", &["green"], "L"),
        item("e", "n/a", &[], "M"),
        document("f", "en", "", "A shirt of nothing."),
    ])
}

fn is(field: &str, value: &str) -> Condition {
    Condition::Is {
        field: field.into(),
        value: value.into(),
    }
}

fn between(field: &str, from: &str, to: &str) -> Condition {
    Condition::Between {
        field: field.into(),
        from: from.into(),
        to: to.into(),
    }
}

fn found(query: &str, filters: Condition) -> String {
    let options = Options {
        filters,
        ..Options::default()
    };
    let answer = shop().search_with(query, &options);
    let mut ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(answer.total as usize, ids.len());
    ids.join(" ")
}

#[test]
fn conditions_are_joined_by_all_any_and_none() {
    use Condition::{All, Any, None};
    for (condition, expected) in [
        (is("colour", "red"), "a b"),
        (is("colour", "re"), ""),
        (is("colour", "Red"), ""),
        (is("weight", "1"), ""),
        (All(vec![is("colour", "red"), is("colour", "blue")]), "b"),
        (
            Any(vec![is("colour", "red"), is("colour", "blue")]),
            "a b c",
        ),
        (
            None(vec![is("colour", "red"), is("colour", "blue")]),
            "d e f",
        ),
        (All(vec![is("colour", "red"), is("size", "S")]), "a"),
        (Any(vec![is("colour", "green"), is("size", "S")]), "a c d"),
        (
            All(vec![
                Any(vec![is("size", "S"), is("size", "M")]),
                None(vec![is("colour", "red")]),
            ]),
            "c e",
        ),
        (
            None(vec![All(vec![is("colour", "red"), is("size", "S")])]),
            "b c d e f",
        ),
        (None(vec![None(vec![is("size", "L")])]), "d"),
        (All(vec![]), "a b c d e f"),
        (None(vec![]), "a b c d e f"),
        (Any(vec![]), ""),
    ] {
        let shown = format!("{condition:?}");
        assert_eq!(found("shirt ", condition), expected, "{shown}");
    }
}

#[test]
fn ranges_compare_numbers_by_size_and_texts_as_texts() {
    for (condition, expected) in [
        (between("price", "9", "10"), "a b"),
        (between("price", "10", "100"), "b c d"),
        (between("price", "9.5", ""), "b c d e"),
        (between("price", "", "19.5"), "a b c"),
        (between("price", "20", "30"), ""),
        (between("price", "-5", "9"), "a"),
        (between("date", "2024", "2024"), "a b c d e"),
        (between("date", "2024-01", "2024-02"), ""),
        (between("date", "", "2024-03"), "a b c d e"),
        (between("size", "L", "M"), "b d e"),
        (Condition::None(vec![between("price", "0", "50")]), "d e f"),
    ] {
        let shown = format!("{condition:?}");
        assert_eq!(found("shirt ", condition), expected, "{shown}");
    }
}

#[test]
fn conditions_stand_beside_what_was_typed() {
    assert_eq!(found("shirt colour:red ", is("size", "S")), "a");
    assert_eq!(found("shirt -colour:red ", is("size", "S")), "c");
    assert_eq!(found("nothing ", is("size", "S")), "");
    // Without words, a condition lists what meets it.
    assert_eq!(found("", is("size", "M")), "b e");
}

#[test]
fn all_documents_are_listed_where_that_is_asked() {
    let corpus = shop();
    let all = Options {
        all: true,
        ..Options::default()
    };
    assert_eq!(shown(&corpus.search_with("", &all)), "a b c d e f");
    assert_eq!(shown(&corpus.search_with("  ", &all)), "a b c d e f");
    assert_eq!(shown(&corpus.search_with("xqzv ", &all)), "");
    assert_eq!(corpus.search("").total, 0);
    let sorted = Options {
        sort: Some(Sort {
            field: "price".into(),
            descending: true,
        }),
        limit: 3,
        offset: 1,
        ..all
    };
    let answer = corpus.search_with("", &sorted);
    assert_eq!(answer.total, 6);
    assert_eq!(shown(&answer), "d c b");
}

fn facet(answer: &Answer, field: &str) -> String {
    let values = answer
        .facets
        .get(field)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let shown: Vec<String> = values
        .iter()
        .map(|value| format!("{} {}/{}", value.value, value.count, value.total))
        .collect();
    shown.join(", ")
}

#[test]
fn facets_need_no_query_and_may_count_to_zero() {
    let corpus = shop();
    let mut options = Options {
        facets: vec!["colour".into()],
        ..Options::default()
    };
    let answer = corpus.search_with("", &options);
    assert_eq!(facet(&answer, "colour"), "blue 2/2, red 2/2, green 1/1");
    assert!(answer.hits.is_empty());
    options.filters = is("size", "S");
    assert_eq!(
        facet(&corpus.search_with("shirt ", &options), "colour"),
        "blue 1/2, red 1/2, green 0/1"
    );
    options.filters = Condition::default();
    assert_eq!(
        facet(&corpus.search_with("shirt size:L ", &options), "colour"),
        "green 1/1"
    );
    options.zeros = true;
    assert_eq!(
        facet(&corpus.search_with("shirt size:L ", &options), "colour"),
        "green 1/1, blue 0/0, red 0/0"
    );
    assert_eq!(
        facet(&corpus.search_with("xqzv ", &options), "colour"),
        "blue 0/0, green 0/0, red 0/0"
    );
}

#[test]
fn values_are_sorted_in_the_order_of_a_person() {
    let pages: Vec<Document> = ["10", "n/a", "1.10.0", "2", "$5", "1.2.0", "9"]
        .iter()
        .map(|&value| with_meta(document(value, "en", "", "A thing."), &[("rank", value)]))
        .chain([document("none", "en", "", "A thing.")])
        .collect();
    let sorted = |descending: bool, reverse: bool| {
        let mut pages = pages.clone();
        if reverse {
            pages.reverse();
        }
        let options = Options {
            sort: Some(Sort {
                field: "rank".into(),
                descending,
            }),
            ..Options::default()
        };
        shown(&Corpus::new(pages).search_with("thing ", &options))
    };
    for reverse in [false, true] {
        assert_eq!(sorted(false, reverse), "2 $5 9 10 1.2.0 1.10.0 n/a none");
        assert_eq!(sorted(true, reverse), "n/a 1.10.0 1.2.0 10 9 $5 2 none");
    }
}

fn words() -> Corpus {
    let mut page = document("meta", "en", "Trees", "A tall plant.");
    page = with_meta(page, &[("tag", "maple")]);
    let mut headed = document("heading", "en", "Woods", "Where they grow.");
    headed.sections[0].heading = "Maple".into();
    Corpus::new([
        document("title", "en", "Maple", "A tree."),
        headed,
        document("body", "en", "Syrup", "It is made of maple."),
        page,
        document("form", "en", "Leaves", "The maples are red."),
        document("longer", "en", "Roads", "Mapleton is a town."),
    ])
}

#[test]
fn without_prefix_no_word_is_a_beginning() {
    let corpus = words();
    let options = Options {
        prefix: false,
        ..Options::default()
    };
    let ids = |query: &str| shown(&corpus.search_with(query, &options));
    assert!(!ids("maple").contains("longer"));
    assert!(ids("maple").contains("form"));
    // What is unfinished is a slip then.
    assert_eq!(ids("mapl").split(" → ").nth(1), Some("maple"));
    assert!(!ids("\"maple").contains("form"));
    assert!(corpus.found("maple").contains("longer"));
}

#[test]
fn exact_words_have_no_other_forms() {
    let corpus = words();
    let options = Options {
        exact: true,
        ..Options::default()
    };
    let mut ids: Vec<String> = corpus
        .search_with("maple", &options)
        .hits
        .into_iter()
        .map(|hit| hit.id)
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["body", "heading", "meta", "title"]);
    for (query, expected) in [
        ("maples ", "form"),
        ("mapel ", ""),
        ("map", ""),
        ("MAPLES ", "form"),
        ("trees", "meta"),
    ] {
        let answer = corpus.search_with(query, &options);
        assert_eq!(shown(&answer), expected, "{query}");
    }
}

#[test]
fn fields_are_weighed_and_with_0_not_looked_at() {
    let corpus = words();
    let ids = |title: f32, heading: f32, body: f32, meta: f32| {
        let options = Options {
            fields: FieldWeights {
                title,
                heading,
                body,
                meta,
            },
            exact: true,
            ..Options::default()
        };
        shown(&corpus.search_with("maple ", &options))
    };
    assert_eq!(ids(1.0, 0.0, 0.0, 0.0), "title");
    assert_eq!(ids(0.0, 1.0, 0.0, 0.0), "heading");
    assert_eq!(ids(0.0, 0.0, 1.0, 0.0), "body");
    assert_eq!(ids(0.0, 0.0, 0.0, 1.0), "meta");
    assert_eq!(ids(0.0, 0.0, 0.0, 0.0), "");
    let first = |title, heading, body, meta| {
        let ids = ids(title, heading, body, meta);
        ids.split(' ').next().unwrap().to_owned()
    };
    assert_eq!(first(0.0, 9.0, 1.0, 1.0), "heading");
    assert_eq!(first(0.0, 1.0, 9.0, 1.0), "body");
    assert_eq!(first(0.0, 1.0, 1.0, 9.0), "meta");
    assert_eq!(first(9.0, 1.0, 1.0, 1.0), "title");
}

#[test]
fn phrases_heed_the_weights_of_fields() {
    let corpus = Corpus::new([
        document("title", "en", "Red maple", "A tree."),
        document("body", "en", "Trees", "Here is a red maple."),
    ]);
    let ids = |title: f32, body: f32| {
        let options = Options {
            fields: FieldWeights {
                title,
                body,
                ..FieldWeights::default()
            },
            ..Options::default()
        };
        shown(&corpus.search_with("\"red maple\"", &options))
    };
    assert_eq!(ids(1.0, 0.0), "title");
    assert_eq!(ids(0.0, 1.0), "body");
}
