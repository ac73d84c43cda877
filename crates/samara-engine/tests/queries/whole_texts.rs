//! Hits with all of their texts, lists of all that is found, and near-duplicates as hits of their own.

use samara_engine::{Document, Options, Section, Sort, Texts};

use crate::corpus::{Corpus, document};

fn page(id: &str, text: &str) -> samara_engine::Document {
    document(id, "en", "", text)
}

fn section(heading: &str, anchor: &str, text: &str) -> Section {
    Section {
        heading: heading.into(),
        anchor: anchor.into(),
        text: text.into(),
        ..Section::default()
    }
}

fn tea() -> Document {
    Document {
        sections: vec![
            section("", "", "Lead of\ntea."),
            section("How to dry tea", "dry", "Tea in the shade.\nNo sun."),
            section("Empty", "", ""),
            section("Last", "last", "Nothing here."),
        ],
        ..page("tea", "")
    }
}

fn with(texts: Texts) -> Options {
    Options {
        texts,
        ..Options::default()
    }
}

#[test]
fn a_whole_text_has_all_sections_in_order_with_their_lines_and_marks() {
    let answer = Corpus::new([tea()]).search_with("tea", &with(Texts::Whole));
    let hit = &answer.hits[0];
    assert_eq!(hit.snippet.text, "Lead of\ntea.");
    assert_eq!(hit.snippet.marks, [(8, 11)]);
    let sections: Vec<_> = hit
        .sections
        .iter()
        .map(|section| (&*section.title, &*section.url, &*section.snippet.text))
        .collect();
    assert_eq!(
        sections,
        [
            (
                "How to dry tea",
                "/tea#dry",
                "How to dry tea\nTea in the shade.\nNo sun."
            ),
            ("Empty", "/tea", "Empty"),
            ("Last", "/tea#last", "Last\nNothing here."),
        ]
    );
    assert_eq!(hit.sections[0].snippet.marks, [(11, 14), (15, 18)]);
}

#[test]
fn a_lead_that_can_be_linked_to_is_a_section_without_a_heading() {
    let mut document = tea();
    document.sections[0].anchor = "top".into();
    let answer = Corpus::new([document]).search_with("shade", &with(Texts::Whole));
    let hit = &answer.hits[0];
    assert_eq!(hit.snippet.text, "");
    assert_eq!(hit.sections[0].url, "/tea#top");
    assert_eq!(hit.sections[0].snippet.text, "Lead of\ntea.");
}

#[test]
fn a_listing_has_all_that_is_found_in_the_order_of_hits() {
    let ranked = |id: &str, text: &str, rank: &str| Document {
        meta: [("rank".to_owned(), vec![rank.to_owned()])].into(),
        ..page(id, text)
    };
    let corpus = Corpus::new([
        tea(),
        ranked("much", "tea and more tea", "10"),
        ranked("none", "coffee", "1"),
        ranked("some", "tea beside coffee", "2"),
    ]);
    let ids = ["tea", "much", "none", "some"];
    for sort in [
        None,
        Sort::parse("rank"),
        Sort::parse("rank:desc"),
        Sort::parse("title"),
    ] {
        let of = |limit, listing| Options {
            limit,
            listing,
            sort: sort.clone(),
            ..Options::default()
        };
        let usual = corpus.search_with("tea", &of(10, false));
        assert!(usual.listing.is_empty());
        let answer = corpus.search_with("tea", &of(1, true));
        let listed = answer.listing.iter();
        let listed: Vec<_> = listed
            .map(|&(number, score)| (ids[number as usize], score))
            .collect();
        let hits = usual.hits.iter().map(|hit| (&*hit.id, hit.score));
        assert_eq!(listed, hits.collect::<Vec<_>>(), "{sort:?}");
        let values = match sort.as_ref().map(|sort| (&*sort.field, sort.descending)) {
            Some(("rank", false)) => &["2", "10", ""][..],
            Some(("rank", true)) => &["10", "2", ""],
            _ => &[],
        };
        assert_eq!(answer.sorted_by, values, "{sort:?}");
    }
}

#[test]
fn near_duplicates_are_hits_of_their_own_where_they_are_to_be_apart() {
    let twin = |id: &str| Document {
        similar: Some(1),
        ..page(id, "the same oak")
    };
    let corpus = Corpus::new([twin("one"), twin("two"), page("three", "another oak")]);
    let apart = Options {
        apart: true,
        ..Options::default()
    };
    assert_eq!(corpus.search_with("oak", &Options::default()).total, 2);
    let answer = corpus.search_with("oak", &apart);
    assert_eq!((answer.total, answer.hits.len()), (3, 3));
    assert!(answer.hits.iter().all(|hit| hit.duplicates.is_empty()));
}
