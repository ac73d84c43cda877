//! Blocks of texts that are taken from the build before are those that would be made.

use std::cell::Cell;
use std::collections::HashMap;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use samara_engine::{
    Content, CutBlock, Document, Index, IndexWriter, KnownTexts, Section, Sizes, TextKey, Uncut,
    Weight, split_to,
};

/// Blocks of so many bytes of texts.
fn sizes(texts: u32) -> Sizes {
    Sizes {
        terms: 300,
        cards: 2,
        texts,
        ids: 3,
        most_texts: 1000,
        few: usize::MAX,
    }
}

/// Words of which some make one, some are rare, and some have letters that are written in several ways.
const WORDS: [&str; 24] = [
    "e", "mail", "email", "E-Mail", "data", "base", "database", "Σ", "µ", "μ", "the", "of",
    "wheat", "Rye", "getName", "name", "Q&A", "qa", "don't", "dont", "ΜΑΣ", "oats", "mill", "1.2",
];

fn document() -> impl Strategy<Value = Document> {
    let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 0..14);
    let language = prop::sample::select(&[None, Some("en"), Some("de")][..]);
    let title = prop::sample::select(&WORDS[..]);
    let weight = prop::option::of(0_u8..=240);
    (words, language, "[a-b]{0,1}", title, weight).prop_map(
        |(words, language, anchor, title, weight)| {
            let text = words.join(" ");
            Document {
                title: title.to_owned(),
                language: language.map(Into::into),
                sections: vec![Section {
                    anchor,
                    weights: weight
                        .map(|steps| (0..text.len() / 2, Weight::of_steps(steps)))
                        .into_iter()
                        .collect(),
                    text,
                    ..Section::default()
                }],
                ..Document::default()
            }
        },
    )
}

/// Most documents. What a key is more stands for another text at the same place.
const MOST: u8 = 8;

/// Blocks by what they are made of: the hash and the bytes.
type Made = HashMap<Vec<u8>, (u32, Vec<u8>)>;

type Files = Vec<(String, Vec<u8>)>;

/// The files of a build of documents, which takes the blocks that are known, with what its own blocks of texts are made of, and
/// how many it took. Each document is a block.
fn build(documents: &[(u8, Document)], known: &Made) -> (Files, Made, usize) {
    build_with(documents, known, 1, None)
}

/// The same with blocks of so many bytes of texts, and what they are compressed with.
fn build_with(
    documents: &[(u8, Document)],
    known: &Made,
    size: u32,
    dictionary: Option<&[u8]>,
) -> (Files, Made, usize) {
    let mut writer = IndexWriter::new();
    let mut keys: Vec<Option<TextKey>> = Vec::new();
    for (key, document) in documents {
        writer.add(Document {
            id: (key % MOST).to_string(),
            url: (key % MOST).to_string(),
            ..document.clone()
        });
        // One is not known.
        keys.push((*key != 0).then_some([*key; 16]));
    }
    let bytes = writer.finish().unwrap();
    let taken = Cell::new(0);
    let block = |made_of: &[u8]| known.get(made_of).cloned();
    let texts = KnownTexts {
        dictionary,
        keys: &keys,
        block: &block,
    };
    let (mut files, mut made) = (Vec::new(), Made::new());
    let mut take = |block: CutBlock| {
        let bytes = match block.content {
            Content::Bytes(bytes) => bytes,
            Content::Packed(bytes) => {
                taken.set(taken.get() + 1);
                bytes
            }
        };
        if let Some(made_of) = block.made_of {
            made.insert(made_of, (block.hash, bytes.clone()));
        }
        files.push((block.name, bytes));
    };
    let uncut = Uncut::of(&bytes, Index::open(&bytes).unwrap()).unwrap();
    let resize = &mut |_| None;
    let sizes = sizes(size);
    let root = split_to(uncut, sizes, Some(&texts), None, resize, &mut take).unwrap();
    files.push(("root".to_owned(), root));
    (files, made, taken.get())
}

/// The documents at these places, each once, with keys that tell the places.
fn keyed(documents: &[Document], of: &[prop::sample::Index]) -> Vec<(u8, Document)> {
    let mut keyed: Vec<(u8, Document)> = Vec::new();
    for place in of.iter().map(|of| of.index(documents.len())) {
        if keyed.iter().all(|(key, _)| usize::from(*key) != place) {
            keyed.push((place as u8, documents[place].clone()));
        }
    }
    keyed
}

#[test]
fn a_known_block_is_the_one_that_would_be_made() {
    let documents = prop::collection::vec(document(), 4..usize::from(MOST));
    let places = |most| prop::collection::vec(any::<prop::sample::Index>(), 1..most);
    let sizes = prop::sample::select(&[1, 60, 200][..]);
    let known = Cell::new(0);
    let mut runner = TestRunner::default();
    let build_twice =
        |(documents, before, added, gone, size): (Vec<Document>, Vec<_>, Vec<_>, _, _)| {
            let after: Vec<_> = before.iter().skip(gone).chain(&added).copied().collect();
            let (before, after) = (keyed(&documents, &before), keyed(&documents, &after));
            let (_, made, taken) = build_with(&before, &Made::new(), size, None);
            prop_assert_eq!(taken, 0);
            let (expected, ..) = build_with(&after, &Made::new(), size, None);
            let (files, _, taken) = build_with(&after, &made, size, None);
            prop_assert!(files == expected);
            known.set(known.get() + taken);
            Ok(())
        };
    let strategy = (documents, places(10), places(4), 0_usize..3, sizes);
    runner.run(&strategy, build_twice).unwrap();
    assert!(
        known.get() > 50,
        "hardly anything was known: {}",
        known.get()
    );
}

#[test]
fn a_block_is_made_again_where_its_dictionary_is_another_one() {
    let document = |words: &str| Document {
        sections: vec![Section {
            text: words.repeat(200),
            ..Section::default()
        }],
        ..Document::default()
    };
    let dictionary = |words: &str| {
        let documents: Vec<_> = (0..MOST).map(|key| (key, document(words))).collect();
        let (files, ..) = build(&documents, &Made::new());
        let found = files.into_iter().find(|(name, _)| name.starts_with('x'));
        found.expect("texts have something in common").1
    };
    let (one, other) = (dictionary("wheat and rye "), dictionary("oats and mills "));
    let documents: Vec<_> = (1..4).map(|key| (key, document("rye and oats "))).collect();
    let (_, made, _) = build_with(&documents, &Made::new(), 1, Some(&one));
    assert_eq!(build_with(&documents, &made, 1, Some(&one)).2, 3);
    let (files, _, taken) = build_with(&documents, &made, 1, Some(&other));
    assert_eq!(taken, 0);
    assert!(files == build_with(&documents, &Made::new(), 1, Some(&other)).0);
}

/// Blocks of several documents are told by all of them, in their order.
#[test]
fn a_block_of_several_documents_is_taken_where_all_are_the_same() {
    let document = |text: &str| Document {
        sections: vec![Section {
            text: text.to_owned(),
            ..Section::default()
        }],
        ..Document::default()
    };
    let texts = ["wheat", "rye", "oats"].iter().zip(1..);
    let documents: Vec<_> = texts.map(|(text, key)| (key, document(text))).collect();
    let all = 10_000;
    let (_, made, _) = build_with(&documents, &Made::new(), all, None);
    assert_eq!(made.len(), 1);
    assert_eq!(build_with(&documents, &made, all, None).2, 1);
    let turned: Vec<_> = documents.iter().rev().cloned().collect();
    let (files, _, taken) = build_with(&turned, &made, all, None);
    assert_eq!(taken, 0);
    assert!(files == build_with(&turned, &Made::new(), all, None).0);
}

#[test]
fn a_block_is_made_again_where_others_change_what_its_words_tell() {
    let document = |text: &str| Document {
        sections: vec![Section {
            text: text.to_owned(),
            ..Section::default()
        }],
        ..Document::default()
    };
    let padding = "some words that fill a block of texts so that each document has one by itself";
    let texts = |last: &str| {
        let texts = ["a data base of wheat", "rye", "rye and oats", last];
        let texts = texts.iter().zip(1..);
        texts
            .map(|(text, key)| (key, document(&format!("{text} {padding}"))))
            .collect::<Vec<_>>()
    };
    let before = texts("mill");
    let (_, made, _) = build(&before, &Made::new());
    assert_eq!(build(&before, &made).2, 4, "all are known");
    let changed = |last: &str, expected: usize| {
        let mut after = texts(last);
        after[3].0 += MOST;
        let (files, _, taken) = build(&after, &made);
        assert!(files == build(&after, &Made::new()).0, "{last}");
        assert_eq!(taken, expected, "{last}");
    };
    changed("mill mill", 3);
    // Less rare than it was, it tells as much about the others that have it.
    changed("rye", 3);
    // What one document has tells nothing about it, until another one has it.
    changed("wheat", 2);
    // Two words of the first make one now.
    changed("database", 2);
    // Letters are written otherwise.
    changed("größe", 0);
}

/// A document whose words all stand in it already, so that none is new to it where two of them make one.
#[test]
fn a_block_is_made_again_where_its_own_words_become_a_pair() {
    let document = |text: String, language: &str| Document {
        language: Some(language.into()),
        sections: vec![Section {
            text,
            ..Section::default()
        }],
        ..Document::default()
    };
    // Common words of what most of the corpus is in make no pairs: `over` in English.
    let corpus = |language: &str, key: u8| {
        let over = "an over load is an overload".to_owned();
        vec![
            (1, document(over, "en")),
            (key, document("mill ".repeat(40), language)),
        ]
    };
    let (_, made, _) = build(&corpus("en", 2), &Made::new());
    assert_eq!(build(&corpus("en", 2), &made).2, 2);
    let after = corpus("de", 2 + MOST);
    let (files, _, taken) = build(&after, &made);
    assert_eq!(taken, 0);
    assert!(files == build(&after, &Made::new()).0);
}
