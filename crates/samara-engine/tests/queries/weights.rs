//! Words whose author has decided how much they count.

use samara_engine::{Document, Section, Weight};

use crate::corpus::{Corpus, document};

/// A document whose text has pieces of this weight: those between asterisks.
fn weighted(id: &str, text: &str, weight: Weight) -> Document {
    let mut document = document(id, "en", "", "");
    let section = &mut document.sections[0];
    for (number, piece) in text.split('*').enumerate() {
        let start = section.text.len();
        section.text += piece;
        if number % 2 == 1 {
            section.weights.push((start..section.text.len(), weight));
        }
    }
    document
}

fn scores(documents: Vec<Document>, query: &str) -> Vec<(String, u32)> {
    let answer = Corpus::new(documents).search(query);
    let scores = answer.hits.into_iter().map(|hit| (hit.id, hit.score));
    scores.collect()
}

#[test]
fn they_rank_by_it_and_are_found_whatever_it_is() {
    let documents = || {
        vec![
            document("plain", "en", "", "a pear and an apple lie there"),
            weighted("light", "a pear and *an apple* lie there", Weight::Light),
            weighted("strong", "a pear and *an apple* lie there", Weight::Strong),
        ]
    };
    let corpus = Corpus::new(documents());
    corpus.check(&[
        ("apple ", "strong plain light"),
        ("apples ", "strong plain light → apple "),
        ("appl", "strong plain light"),
        ("appel ", "strong plain light → apple "),
        ("\"an apple\"", "strong plain light"),
        // Its last word says what a phrase counts, and light words make a document shorter.
        ("\"apple lie\"", "light plain strong"),
        ("pear -apple", ""),
    ]);
}

#[test]
fn strong_words_count_as_those_of_a_title_and_two_light_ones_as_one() {
    for query in ["apple ", "\"red apple\""] {
        let told = scores(
            vec![
                document("title", "en", "red apple", "pear"),
                weighted("strong", "*red apple* pear", Weight::Strong),
                document("none", "en", "", "plums"),
            ],
            query,
        );
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].1, told[1].1, "{query}: {told:?}");
    }
    let told = scores(
        vec![
            document("once", "en", "", "apple pear"),
            weighted("twice", "*apple apple* pear", Weight::Light),
            document("none", "en", "", "plums"),
        ],
        "apple ",
    );
    assert_eq!(told[0].1, told[1].1, "{told:?}");
}

#[test]
fn they_are_shown_as_they_are_written() {
    let mut page = weighted(
        "page",
        "Here *some* of *THE words* are, and someWords",
        Weight::Strong,
    );
    page.sections.push(Section {
        heading: "Some Words".into(),
        heading_weight: Some(Weight::Light),
        text: "the Words".into(),
        weights: vec![(4..900, Weight::Light), (1000..2000, Weight::Strong)],
        ..Section::default()
    });
    let corpus = Corpus::new([page.clone()]);
    let index = corpus.index();
    let read = index.documents().next().expect("the document");
    assert_eq!(read.plain_text(), page.plain_text());
    corpus.check(&[("\"some words\"", "page"), ("\"the words are\"", "page")]);
}
