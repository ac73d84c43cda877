//! Why a hit stands where it does, and what is like it.

use samara_engine::{Document, Options, Searcher, Unicode};

use crate::corpus::{Corpus, document, seeds};

/// A hit with its reasons: what was asked, what that added.
struct Explained {
    id: String,
    score: u32,
    reasons: Vec<(String, u32)>,
}

fn explained(corpus: &Corpus, query: &str) -> Vec<Explained> {
    let options = Options {
        explain: true,
        ..Options::default()
    };
    let answer = corpus.search_with(query, &options);
    let hits = answer.hits.into_iter().map(|hit| {
        let reasons = hit.explanation.unwrap().into_iter();
        Explained {
            id: hit.id,
            score: hit.score,
            reasons: reasons.map(|reason| (reason.text, reason.score)).collect(),
        }
    });
    hits.collect()
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let corpus = Corpus::new(seeds());
    for query in [
        "wang blinken summit ",
        "\"state department\" talks",
        "+xi biden OR blinken -jakarta ",
        "washingtn visit ",
        "title:xi state ",
        "south-china node.js ",
        "data base ",
    ] {
        let hits = explained(&corpus, query);
        for hit in &hits {
            let sum: u32 = hit.reasons.iter().map(|(_, score)| score).sum();
            let rounding = hit.reasons.len() as u32;
            assert!(
                sum.abs_diff(hit.score) <= rounding,
                "{query}, {}: {} {:?}",
                hit.id,
                hit.score,
                hit.reasons
            );
        }
        assert!(
            hits.is_sorted_by(|one, other| one.score >= other.score),
            "{query}"
        );
    }
}

#[test]
fn each_reason_names_its_words() {
    let corpus = Corpus::of(
        "en",
        &[
            ("both", "Ministers talked for hours about frank exchanges."),
            ("one", "Hours passed."),
        ],
    );
    let names = |query: &str, place: usize| -> Vec<String> {
        let hit = explained(&corpus, query).remove(place);
        let reasons = hit.reasons.into_iter().map(|(text, _)| text);
        reasons
            .filter(|text| text != "title and neighbours")
            .collect()
    };
    assert_eq!(names("ministers hours ", 0), ["ministers", "hours"]);
    assert_eq!(names("ministers hours ", 1), ["hours"]);
    assert_eq!(
        names("\"frank exchanges\" hours ", 0),
        ["frank exchanges", "hours"]
    );
    // As it was typed, whatever it was read as.
    assert_eq!(
        names("minsiters OR Frank node.js-hours ", 0),
        ["minsiters OR Frank", "node.js-hours"]
    );
    assert_eq!(names("mini sters ", 0), ["mini sters"]);
    // A rarer word adds more, other things being equal.
    let hit = explained(&corpus, "ministers hours ").remove(0);
    assert!(hit.reasons[0].1 > hit.reasons[1].1, "{:?}", hit.reasons);
}

#[test]
fn nothing_is_explained_unasked() {
    let corpus = Corpus::of("en", &[("it", "Ministers talked.")]);
    assert_eq!(corpus.search("ministers ").hits[0].explanation, None);
}

#[test]
fn titles_and_rarity_decide_and_length_is_allowed_for() {
    let filler = "and then they went on with other things for a while ".repeat(4);
    let corpus = Corpus::new([
        document("body", "en", "Something else", "A harvest was brought in."),
        document("title", "en", "The harvest", "It was brought in that year."),
        document(
            "long",
            "en",
            "Something else",
            &format!("A harvest was brought in. {filler}"),
        ),
        document("often", "en", "Something else", "A harvest upon a harvest."),
    ]);
    corpus.check(&[("harvest ", "title often body long")]);
}

#[test]
fn more_like_this_finds_what_shares_telling_words() {
    let twin = |id: &str, text: &str| Document {
        similar: Some(1),
        ..document(id, "en", "", text)
    };
    let corpus = Corpus::new([
        document(
            "bread",
            "en",
            "Sourdough bread",
            "Flour, water and a sourdough starter; bake the loaf.",
        ),
        document(
            "loaf",
            "en",
            "A loaf",
            "The baker bakes bread from flour and a starter.",
        ),
        document(
            "tea",
            "en",
            "Tea",
            "Boil water and pour it over the leaves.",
        ),
        document(
            "stars",
            "en",
            "Stars",
            "A telescope shows the moons of Jupiter.",
        ),
        twin(
            "wire",
            "Jupiter has many moons, said an observer with a telescope.",
        ),
        twin(
            "copy",
            "Jupiter has many moons, said an observer with a telescope.",
        ),
    ]);
    let index = corpus.index();
    let ids = |id: &str, limit: usize| -> Vec<String> {
        let hits = Searcher::new(&index, &Unicode).similar(id, limit);
        hits.into_iter().map(|hit| hit.id).collect()
    };
    // Forms of a word count as the word.
    assert_eq!(ids("bread", 5).first().map(String::as_str), Some("loaf"));
    assert_eq!(ids("bread", 1).len(), 1);
    assert!(ids("bread", 0).is_empty());
    assert!(
        !ids("bread", 5).contains(&"bread".into()),
        "not like itself"
    );
    assert!(
        !ids("bread", 5).contains(&"stars".into()),
        "nothing in common"
    );
    // A near-duplicate is the same, not like it.
    assert_eq!(ids("wire", 5), ["stars"]);
    assert!(ids("nowhere", 5).is_empty());
    let hit = &Searcher::new(&index, &Unicode).similar("bread", 5)[0];
    assert_eq!((hit.url.as_str(), hit.title.as_str()), ("/loaf", "A loaf"));
    assert!(hit.score > 0 && !hit.snippet.text.is_empty());
}

#[test]
fn more_like_this_shows_near_duplicates_once() {
    let twin = |id: &str| Document {
        similar: Some(1),
        ..document(
            id,
            "en",
            "",
            "Jupiter has many moons, said an observer with a telescope.",
        )
    };
    let corpus = Corpus::new([
        document(
            "stars",
            "en",
            "Stars",
            "A telescope shows the moons of Jupiter.",
        ),
        twin("wire"),
        twin("copy"),
    ]);
    let hits = Searcher::new(&corpus.index(), &Unicode).similar("stars", 5);
    let ids: Vec<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["wire"]);
}
