//! Blocks that are taken from the build before are those that would be made.

use std::cell::Cell;
use std::collections::HashMap;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use samara_engine::{
    Content, CutBlock, Document, Index, IndexWriter, KnownBlocks, Section, Sizes, TextKey, Uncut,
    Weight, split_to,
};

/// Small blocks, of so many bytes of texts each. What is known of more documents than a few stands beside their postings.
fn sizes(texts: u32, few: usize) -> Sizes {
    Sizes {
        terms: 60,
        cards: 2,
        texts,
        ids: 3,
        most_texts: 1000,
        few,
    }
}

/// There are never so many documents.
const ALL: usize = usize::MAX;

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

/// A build.
struct Built {
    files: Files,
    /// Of its own blocks, those that say what they are made of.
    made: Made,
    /// The names of the blocks that it took from the build before.
    taken: Vec<String>,
}

impl Built {
    /// How many blocks of a kind were taken: of texts `d`, of terms `t`, of beginnings `b`.
    fn taken(&self, kind: char) -> usize {
        let of_kind = self.taken.iter().filter(|name| name.starts_with(kind));
        of_kind.count()
    }

    /// How many there are of a kind.
    fn count(&self, kind: char) -> usize {
        let of_kind = self.files.iter().filter(|(name, _)| name.starts_with(kind));
        of_kind.count()
    }
}

/// A build of documents, which takes the blocks that are known. Each document is a block of texts.
fn build(documents: &[(u8, Document)], known: &Made) -> Built {
    build_with(documents, known, sizes(1, ALL), None)
}

/// The same with blocks of these sizes, and what texts are compressed with.
fn build_with(
    documents: &[(u8, Document)],
    known: &Made,
    sizes: Sizes,
    dictionary: Option<&[u8]>,
) -> Built {
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
    let block = |made_of: &[u8]| known.get(made_of).cloned();
    let known = KnownBlocks {
        dictionary,
        keys: &keys,
        block: &block,
    };
    let (mut files, mut made, mut taken) = (Vec::new(), Made::new(), Vec::new());
    let mut take = |block: CutBlock| {
        let bytes = match block.content {
            Content::Bytes(bytes) => bytes,
            Content::Packed(bytes) => {
                taken.push(block.name.clone());
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
    let root = split_to(uncut, sizes, Some(&known), None, resize, &mut take).unwrap();
    files.push(("root".to_owned(), root));
    Built { files, made, taken }
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
    let texts = prop::sample::select(&[1, 60, 200][..]);
    let few = prop::sample::select(&[0, ALL][..]);
    let sizes = (texts, few).prop_map(|(texts, few)| sizes(texts, few));
    let (texts, terms) = (Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::default();
    let build_twice =
        |(documents, before, added, gone, sizes): (Vec<Document>, Vec<_>, Vec<_>, _, Sizes)| {
            let after: Vec<_> = before.iter().skip(gone).chain(&added).copied().collect();
            let (before, after) = (keyed(&documents, &before), keyed(&documents, &after));
            let first = build_with(&before, &Made::new(), sizes, None);
            prop_assert!(first.taken.is_empty());
            let expected = build_with(&after, &Made::new(), sizes, None);
            let again = build_with(&after, &first.made, sizes, None);
            prop_assert!(again.files == expected.files);
            texts.set(texts.get() + again.taken('d'));
            terms.set(terms.get() + again.taken('t'));
            Ok(())
        };
    let strategy = (documents, places(10), places(4), 0_usize..3, sizes);
    runner.run(&strategy, build_twice).unwrap();
    let known = (texts.get(), terms.get());
    assert!(
        known.0 > 20 && known.1 > 20,
        "hardly anything was known: {known:?}"
    );
}

/// A text of these words.
fn text(words: &str) -> Document {
    Document {
        sections: vec![Section {
            text: words.to_owned(),
            ..Section::default()
        }],
        ..Document::default()
    }
}

#[test]
fn a_block_of_terms_is_made_again_where_anything_changes_that_it_says() {
    let documents: Vec<(u8, Document)> = (1..MOST)
        .map(|key| {
            let own = [
                "amber",
                "zinc żal",
                "candle",
                "dynamo",
                "ember",
                "flame",
                "glow",
            ];
            let own = own[usize::from(key) - 1];
            // Long enough that a word more is no other length.
            let rest = "hay ".repeat(99);
            let words = format!("lamp {own} lantern wick {rest}");
            let title = format!("Light {key}");
            (
                key,
                Document {
                    title,
                    language: Some(if key < 3 { "en" } else { "de" }.into()),
                    ..text(&words)
                },
            )
        })
        .collect();
    let sizes = Sizes {
        terms: 40,
        ..sizes(1, 0)
    };
    let before = build_with(&documents, &Made::new(), sizes, None);
    let all = before.count('t');
    assert!(all > 4);
    assert_eq!(
        build_with(&documents, &before.made, sizes, None).taken('t'),
        all
    );
    let of_first = |change: &dyn Fn(&mut Document)| {
        let mut documents = documents.clone();
        change(&mut documents[0].1);
        documents[0].0 += MOST;
        documents
    };
    let words = |document: &mut Document, words: &str| {
        document.sections[0].text.push_str(words);
    };
    for (what, after) in [
        (
            "a word occurs more often",
            of_first(&|of| words(of, " wick wick")),
        ),
        ("a word is new", of_first(&|of| words(of, " violet"))),
        (
            "a word of another block has a number between its own",
            of_first(&|of| words(of, " éclair")),
        ),
        ("a document is longer, which stands beside its postings", {
            of_first(&|of| words(of, &" oats".repeat(200)))
        }),
        (
            "a title says more",
            of_first(&|of| of.title = "Light 1 of a dim house of glass".to_owned()),
        ),
        ("words stand side by side in a heading", {
            of_first(&|of| of.sections[0].heading = "lamp wick".to_owned())
        }),
        ("they do so the other way round", {
            of_first(&|of| of.sections[0].heading = "wick lamp".to_owned())
        }),
        (
            "others stand in front of all",
            of_first(&|of| words(of, " aaa aab")),
        ),
        (
            "a word is of another language",
            of_first(&|of| of.language = Some("de".into())),
        ),
        ("a document is gone", documents[1..].to_vec()),
    ] {
        let again = build_with(&after, &before.made, sizes, None);
        let expected = build_with(&after, &Made::new(), sizes, None);
        assert!(again.files == expected.files, "{what}");
        let made = again.count('t') - again.taken('t');
        assert!(made > 0, "{what}: nothing was made");
    }
    // One of these words is a neighbour of the same kind as the one whose place it takes.
    let others = [
        "umber", "timber", "limber", "member", "number", "sombre", "tinder", "cinder",
    ];
    for other in others
        .into_iter()
        .flat_map(|word| [word.to_owned(), format!("a{word}")])
    {
        let after = of_first(&|of| {
            let text = &mut of.sections[0].text;
            *text = text.replace("amber", &other);
        });
        let again = build_with(&after, &before.made, sizes, None);
        let expected = build_with(&after, &Made::new(), sizes, None);
        assert!(again.files == expected.files, "{other}");
    }
    // Numbers of terms are no part of their block.
    let after = of_first(&|of| words(of, " aaa"));
    let again = build_with(&after, &before.made, sizes, None);
    assert!(again.taken('t') > 0);
}

/// Of a word it is said which others belong to it, whoever writes these.
#[test]
fn a_block_of_terms_is_made_again_where_relatives_appear_in_others() {
    let sizes = Sizes {
        terms: 8,
        ..sizes(1, ALL)
    };
    for (language, word, relative) in [("en", "lamp", "lamps"), ("de", "licht", "laternenlicht")] {
        let documents = |key: u8, other: &str| {
            [(1, word), (key, other)].map(|(key, word)| {
                let document = Document {
                    language: Some(language.into()),
                    ..text(&format!("laternen oats {}{word}", "hay ".repeat(99)))
                };
                (key, document)
            })
        };
        let before = build_with(&documents(2, "wheat"), &Made::new(), sizes, None);
        let after = documents(2 + MOST, relative);
        let again = build_with(&after, &before.made, sizes, None);
        let expected = build_with(&after, &Made::new(), sizes, None);
        assert!(again.files == expected.files, "{relative}");
    }
}

/// What a rare word was probably meant to be is said of it, whoever writes that.
#[test]
fn a_block_of_terms_is_made_again_where_a_likelier_word_appears_in_others() {
    let documents = |of_lifetime: usize| {
        let mut documents = vec![(1, text("lifitime"))];
        let words = ["oats", "a lifetime of oats"].map(text);
        let others = (0..40).map(|number| words[usize::from(number < of_lifetime)].clone());
        documents.extend((2..).zip(others));
        documents
    };
    let sizes = Sizes {
        terms: 8,
        ..sizes(1, ALL)
    };
    let build = |documents: &[(u8, Document)], known: &Made| {
        let mut writer = IndexWriter::new();
        for (key, document) in documents {
            let id = key.to_string();
            writer.add(Document {
                url: id.clone(),
                id,
                ..document.clone()
            });
        }
        let bytes = writer.finish().unwrap();
        let block = |made_of: &[u8]| known.get(made_of).cloned();
        let known = KnownBlocks {
            dictionary: None,
            keys: &[],
            block: &block,
        };
        let (mut made, mut files) = (Made::new(), Vec::new());
        let mut take = |block: CutBlock| {
            let (Content::Bytes(bytes) | Content::Packed(bytes)) = block.content;
            if let Some(made_of) = block.made_of {
                made.insert(made_of, (block.hash, bytes.clone()));
            }
            files.push((block.name, bytes));
        };
        let uncut = Uncut::of(&bytes, Index::open(&bytes).unwrap()).unwrap();
        split_to(uncut, sizes, Some(&known), None, &mut |_| None, &mut take).unwrap();
        (files, made)
    };
    let (_, made) = build(&documents(0), &Made::new());
    for of_lifetime in [1, 25, 40] {
        let after = documents(of_lifetime);
        let (expected, _) = build(&after, &Made::new());
        assert!(build(&after, &made).0 == expected, "{of_lifetime}");
    }
}

#[test]
fn a_block_of_a_beginning_is_made_again_where_one_of_its_lists_changes() {
    // More than 400 terms begin so.
    let words: Vec<String> = (0..450).map(|number| format!("wick{number}")).collect();
    let (some, others) = words.split_at(200);
    let documents = |more: &str| {
        let texts = [
            some.join(" "),
            others.join(" "),
            // Of what a text begins with, neighbours are told.
            format!("wick7 wick300 {}{more}", "hay ".repeat(99)),
        ];
        // The last one is another text.
        let keys = [1, 2, 3 + MOST * u8::from(!more.is_empty())];
        keys.into_iter()
            .zip(texts.map(|of| text(&of)))
            .collect::<Vec<_>>()
    };
    for few in [0, ALL] {
        let sizes = sizes(1, few);
        let before = build_with(&documents(""), &Made::new(), sizes, None);
        let all = before.count('b');
        assert!(all > 1);
        let again = build_with(&documents(""), &before.made, sizes, None);
        assert_eq!(again.taken('b'), all);
        for (more, is_other) in [
            (" oats", false),
            // The document is longer, which stands beside its postings.
            (&" oats".repeat(300), few == 0),
            (" wick8", true),
            (" wick7", true),
            (" wickabc", true),
        ] {
            let again = build_with(&documents(more), &before.made, sizes, None);
            let expected = build_with(&documents(more), &Made::new(), sizes, None);
            assert!(again.files == expected.files, "{more}");
            assert_eq!(again.taken('b') < all, is_other, "{more}");
        }
    }
}

/// A word has taken the place of another one, in all that is said of it.
#[test]
fn a_block_of_a_beginning_is_made_again_where_a_word_goes_on_otherwise() {
    let documents = |first: &str, key: u8| {
        let words: Vec<String> = (1..450).map(|number| format!("wick{number}")).collect();
        vec![(key, text(&format!("{first} {}", words.join(" "))))]
    };
    let before = build(&documents("wick0", 1), &Made::new());
    let after = documents("wick00", 1 + MOST);
    let again = build(&after, &before.made);
    assert!(again.files == build(&after, &Made::new()).files);
}

/// Two words have changed places, of which one is no completion: the other goes on to fewer pages, and all lists are the same.
#[test]
fn a_block_of_a_beginning_is_made_again_where_a_word_is_in_fewer_documents() {
    let words: Vec<String> = (0..450).map(|number| format!("w{number:03}x")).collect();
    // Behind the first words, of which neighbours are told.
    let lead = "hay ".repeat(60);
    let documents = |fourth: &str, key: u8| {
        let texts = [
            (1, "walk walks wheat"),
            (2, "walk walks wheat"),
            (3, "walk walks wheat"),
            (key, fourth),
            (5, "walk"),
        ];
        let mut documents: Vec<_> = texts
            .into_iter()
            .map(|(key, of)| (key, text(&format!("{lead} {of}"))))
            .map(|(key, of)| {
                (
                    key,
                    Document {
                        language: Some("en".into()),
                        ..of
                    },
                )
            })
            .collect();
        documents.push((6, text(&format!("{lead} {}", words.join(" ")))));
        documents
    };
    let before = build(&documents("walk wheat", 4), &Made::new());
    let after = documents("walk walks", 4 + MOST);
    let again = build(&after, &before.made);
    let expected = build(&after, &Made::new());
    assert!(again.files == expected.files);
}

#[test]
fn blocks_are_made_again_where_facts_stand_beside_postings_or_no_longer() {
    let documents = [(1, text("wick"))];
    for [few, other] in [[0, ALL], [ALL, 0]] {
        let before = build_with(&documents, &Made::new(), sizes(1, few), None);
        let again = build_with(&documents, &before.made, sizes(1, other), None);
        let expected = build_with(&documents, &Made::new(), sizes(1, other), None);
        assert!(again.files == expected.files);
    }
}

#[test]
fn a_block_is_made_again_where_its_dictionary_is_another_one() {
    let document = |words: &str| text(&words.repeat(200));
    let dictionary = |words: &str| {
        let documents: Vec<_> = (0..MOST).map(|key| (key, document(words))).collect();
        let files = build(&documents, &Made::new()).files;
        let found = files.into_iter().find(|(name, _)| name.starts_with('x'));
        found.expect("texts have something in common").1
    };
    let (one, other) = (dictionary("wheat and rye "), dictionary("oats and mills "));
    let documents: Vec<_> = (1..4).map(|key| (key, document("rye and oats "))).collect();
    let build =
        |known: &Made, with: &[u8]| build_with(&documents, known, sizes(1, ALL), Some(with));
    let before = build(&Made::new(), &one);
    assert_eq!(build(&before.made, &one).taken('d'), 3);
    let again = build(&before.made, &other);
    assert_eq!(again.taken('d'), 0);
    assert!(again.files == build(&Made::new(), &other).files);
}

/// Blocks of several documents are told by all of them, in their order.
#[test]
fn a_block_of_several_documents_is_taken_where_all_are_the_same() {
    let texts = ["wheat", "rye", "oats"].iter().zip(1..);
    let documents: Vec<_> = texts.map(|(of, key)| (key, text(of))).collect();
    let build = |documents: &[(u8, Document)], known: &Made| {
        build_with(documents, known, sizes(10_000, ALL), None)
    };
    let before = build(&documents, &Made::new());
    assert_eq!(before.count('d'), 1);
    assert_eq!(build(&documents, &before.made).taken('d'), 1);
    let turned: Vec<_> = documents.iter().rev().cloned().collect();
    let again = build(&turned, &before.made);
    assert_eq!(again.taken('d'), 0);
    assert!(again.files == build(&turned, &Made::new()).files);
}

#[test]
fn a_block_is_made_again_where_others_change_what_its_words_tell() {
    let padding = "some words that fill a block of texts so that each document has one by itself";
    let texts = |last: &str| {
        let texts = ["a data base of wheat", "rye", "rye and oats", last];
        let texts = texts.iter().zip(1..);
        texts
            .map(|(of, key)| (key, text(&format!("{of} {padding}"))))
            .collect::<Vec<_>>()
    };
    let before = build(&texts("mill"), &Made::new());
    assert_eq!(
        build(&texts("mill"), &before.made).taken('d'),
        4,
        "all are known"
    );
    let changed = |last: &str, expected: usize| {
        let mut after = texts(last);
        after[3].0 += MOST;
        let again = build(&after, &before.made);
        assert!(again.files == build(&after, &Made::new()).files, "{last}");
        assert_eq!(again.taken('d'), expected, "{last}");
    };
    changed("mill mill", 3);
    // Less rare than it was, it may tell less about the others that have it.
    changed("rye", 1);
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
    let document = |words: &str, language: &str| Document {
        language: Some(language.into()),
        ..text(words)
    };
    // Common words of what most of the corpus is in make no pairs: `over` in English.
    let corpus = |language: &str, key: u8| {
        let over = "an over load is an overload";
        vec![
            (1, document(over, "en")),
            (key, document(&"mill ".repeat(40), language)),
        ]
    };
    let before = build(&corpus("en", 2), &Made::new());
    assert_eq!(build(&corpus("en", 2), &before.made).taken('d'), 2);
    let after = corpus("de", 2 + MOST);
    let again = build(&after, &before.made);
    assert_eq!(again.taken('d'), 0);
    assert!(again.files == build(&after, &Made::new()).files);
}
