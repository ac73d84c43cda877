//! What went into an index comes out of it, letter for letter.

use proptest::prelude::*;
use samara_engine::{Document, Error, Index, IndexWriter, Section, Weight};

fn index_of(documents: &[Document]) -> Vec<u8> {
    let mut writer = IndexWriter::new();
    documents
        .iter()
        .for_each(|document| writer.add(document.clone()));
    writer.finish().unwrap()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z ,.]{0,60}",
        2 => "\\PC{0,30}",
        1 => any::<String>(),
        1 => "[a-z]{90,120}",
        1 => "(camelCase|HTMLElement|snake_case|İstanbul|ΟΔΟΣ|Straße|ﬁn|王毅|ไทย|👩‍💻| |\n){0,12}",
    ]
}

fn any_section() -> impl Strategy<Value = Section> {
    let weight = prop_oneof![Just(Weight::HALF), Just(Weight::TRIPLE)];
    let weights = prop::collection::vec((0..9usize, 0..30usize, weight.clone()), 0..4);
    let texts = (any_text(), "[a-z-]{0,8}", any_text());
    (texts, prop::option::of(weight), weights).prop_map(
        |((heading, anchor, text), heading_weight, weights)| {
            let mut end = 0;
            let weights = weights.into_iter().map(|(gap, length, weight)| {
                let start = end + gap;
                end = start + length;
                (start..end, weight)
            });
            Section {
                heading,
                anchor,
                text,
                heading_weight,
                weights: weights.collect(),
            }
        },
    )
}

fn any_document() -> impl Strategy<Value = Document> {
    let meta =
        prop::collection::btree_map("[a-z]{1,6}", prop::collection::vec(any_text(), 1..3), 0..3);
    (
        any_text(),
        prop::collection::vec(any_section(), 0..4),
        meta,
        prop::option::of("[a-z]{2}"),
    )
        .prop_map(|(title, sections, mut meta, language)| {
            meta.remove("lang");
            Document {
                title,
                sections,
                meta,
                language,
                ..Document::default()
            }
        })
}

proptest! {
    #[test]
    fn documents_come_back(mut documents in prop::collection::vec(any_document(), 0..5)) {
        for (number, document) in documents.iter_mut().enumerate() {
            document.id = format!("id{number}");
            document.url = format!("/page{number}");
        }
        let bytes = index_of(&documents);
        prop_assert_eq!(&bytes, &index_of(&documents), "two builds differ");
        let index = Index::open(&bytes).unwrap();
        let found: Vec<Document> = index.documents().collect();
        for section in documents.iter_mut().flat_map(|document| &mut document.sections) {
            (section.heading_weight, section.weights) = (None, Vec::new());
        }
        prop_assert_eq!(found, documents);
    }
}

#[test]
fn two_documents_of_one_id_are_refused_by_name() {
    let mut writer = IndexWriter::new();
    for _ in 0..2 {
        writer.add(Document {
            id: "twice".into(),
            ..Document::default()
        });
    }
    assert_eq!(
        writer.finish(),
        Err(Error::DuplicateId { id: "twice".into() })
    );
}

#[test]
fn an_empty_corpus_is_an_index() {
    let bytes = index_of(&[]);
    let index = Index::open(&bytes).unwrap();
    assert!(index.is_empty());
    assert_eq!(
        samara_engine::Searcher::new(&index, &samara_engine::Unicode)
            .search("anything", &Default::default())
            .total,
        0
    );
}
