//! A document that another build has coded makes the same index as the document itself.

use proptest::prelude::*;
use samara_engine::{CodedText, Document, IndexWriter, Section, Weight};

/// Words, separators and what lies between: capitals, hyphens, letters without spaces, numbers and more than one space.
const TEXTS: [&str; 12] = [
    "wheat", "Rye", "e-mail", "email", "東京", "3.2", "…", "\n", "  ", "O'Brien", "größe", "NASA",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&TEXTS[..]), 0..12).prop_map(|of| of.join(" "))
}

fn section() -> impl Strategy<Value = Section> {
    let weights = prop::option::of(0_u8..=240);
    (text(), "[a-c]{0,2}", text(), weights.clone(), weights).prop_map(
        |(heading, anchor, text, heading_weight, weight)| Section {
            heading_weight: heading_weight.map(Weight::of_steps),
            weights: weight
                .map(|steps| (0..text.len(), Weight::of_steps(steps)))
                .into_iter()
                .collect(),
            heading,
            anchor,
            text,
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    let language = prop::sample::select(&[None, Some("en"), Some("de"), Some("ja")][..]);
    let sections = prop::collection::vec(section(), 0..4);
    (text(), language, sections, text()).prop_map(|(title, language, sections, author)| Document {
        title,
        language: language.map(Into::into),
        sections,
        meta: [("author".to_owned(), vec![author])].into(),
        ..Document::default()
    })
}

/// The index of documents, those that `known` has taken as they were coded, with what was coded of the others.
fn index(
    documents: &[Document],
    known: impl Fn(usize) -> Option<CodedText>,
) -> (Vec<u8>, Vec<Option<CodedText>>) {
    let mut writer = IndexWriter::new();
    writer.keep_coded();
    let mut coded = vec![None; documents.len()];
    for (number, document) in documents.iter().enumerate() {
        let document = Document {
            id: number.to_string(),
            url: format!("{number}.html"),
            ..document.clone()
        };
        match known(number) {
            Some(text) => {
                let sections = Vec::new();
                writer.add_coded(
                    Document {
                        sections,
                        ..document
                    },
                    text,
                );
            }
            None => writer.add(document),
        }
        for (number, text) in writer.coded(number % 3 == 0) {
            coded[number] = Some(text);
        }
    }
    for (number, text) in writer.coded(true) {
        coded[number] = Some(text);
    }
    (writer.finish().unwrap(), coded)
}

proptest! {
    #[test]
    fn what_was_coded_makes_the_same_index(
        documents in prop::collection::vec(document(), 1..8),
        known in prop::collection::vec(any::<bool>(), 8),
    ) {
        let (expected, coded) = index(&documents, |_| None);
        for (document, text) in documents.iter().zip(&coded) {
            let length = text.as_ref().map(CodedText::length);
            prop_assert_eq!(length, Some(document.length()));
        }
        let reopened = |number: usize| {
            let text = coded[number].clone().filter(|_| known[number])?;
            CodedText::is_whole(text.bytes()).then(|| CodedText::new(text.bytes().to_vec()))
        };
        let (bytes, others) = index(&documents, reopened);
        prop_assert!(bytes == expected);
        for ((text, other), known) in coded.iter().zip(others).zip(known) {
            prop_assert_eq!(other.is_none(), known, "coded where it was known");
            prop_assert!(known || *text == other);
        }
    }

    #[test]
    fn what_is_damaged_is_refused_or_read_to_the_end(
        document in document(), at in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let (_, coded) = index(std::slice::from_ref(&document), |_| None);
        let bytes = coded[0].as_ref().unwrap().bytes();
        let at = at.index(bytes.len());
        prop_assert!(!CodedText::is_whole(&bytes[..at]));
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 1 << bit;
        if CodedText::is_whole(&damaged) {
            let text = CodedText::new(damaged);
            index(std::slice::from_ref(&document), |_| Some(text.clone()));
        }
    }
}
