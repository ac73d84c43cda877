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
            weighted("light", "a pear and *an apple* lie there", Weight::HALF),
            weighted("strong", "a pear and *an apple* lie there", Weight::TRIPLE),
        ]
    };
    let corpus = Corpus::new(documents());
    corpus.check(&[
        ("apple ", "strong plain light"),
        ("apples ", "strong plain light"),
        ("appl", "strong plain light"),
        ("appel ", "strong plain light → apple "),
        ("\"an apple\"", "strong plain light"),
    ]);
}

#[test]
fn any_weight_from_0_to_10_has_its_place() {
    let of = |factor: f32| {
        weighted(
            &factor.to_string(),
            "about *an apple*",
            Weight::of(factor).unwrap(),
        )
    };
    let corpus = Corpus::new([
        of(0.0),
        of(2.0),
        of(0.5),
        of(10.0),
        of(4.5),
        document("none", "en", "", "about plums"),
    ]);
    corpus.check(&[
        ("apple ", "10 4.5 2 0.5 0"),
        ("\"an apple\"", "10 4.5 2 0.5"),
    ]);
}

#[test]
fn two_light_words_count_as_one() {
    let told = scores(
        vec![
            document("once", "en", "note", "apple pear"),
            Document {
                title: "note".into(),
                ..weighted("twice", "*apple apple* pear", Weight::HALF)
            },
            document("none", "en", "note", "plums"),
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
        Weight::TRIPLE,
    );
    page.sections.push(Section {
        heading: "Some Words".into(),
        heading_weight: Some(Weight::HALF),
        text: "the Words".into(),
        weights: vec![(4..900, Weight::HALF), (1000..2000, Weight::TRIPLE)],
        ..Section::default()
    });
    let corpus = Corpus::new([page.clone()]);
    let index = corpus.index();
    let read = index.documents().next().expect("the document");
    assert_eq!(read.plain_text(), page.plain_text());
    corpus.check(&[("\"some words\"", "page"), ("\"the words are\"", "page")]);
}
