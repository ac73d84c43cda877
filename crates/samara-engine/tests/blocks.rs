//! An index in blocks gives the answers of one in one piece, hit for hit and score for score, and names what it lacks.

#[path = "blocks/suggesting.rs"]
mod suggesting;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use samara_engine::{
    Answer, BlockKind, Blocks, Condition, Content, CutBlock, Document, Error, FieldWeights, Index,
    IndexWriter, Options, Ranking, Searcher, Section, Sizes, Sort, Texts, Uncut, Unicode,
    split_into, split_to,
};

/// Small enough that few documents make many blocks.
const SMALL: Sizes = Sizes {
    terms: 300,
    cards: 2,
    texts: 60,
    ids: 3,
    most_texts: 1000,
    few: usize::MAX,
};

/// Asks until nothing is missing; the answer and how many rounds it took.
fn ask<T>(blocks: &Blocks, question: impl Fn(&Searcher) -> T) -> (T, usize) {
    let files: BTreeMap<&str, &[u8]> = files(blocks);
    let mut there: Vec<(&str, &[u8])> = Vec::new();
    for round in 1.. {
        let index = Index::of_blocks(&blocks.root, &there).unwrap();
        let answer = question(&Searcher::new(&index, &Unicode));
        let missing = index.missing();
        if missing.is_empty() {
            return (answer, round);
        }
        assert!(round < 12, "asks for ever: {missing:?}");
        for name in missing {
            let (name, bytes) = files.get_key_value(name.as_str()).expect("a known name");
            assert!(there.iter().all(|(other, _)| other != name), "{name} twice");
            there.push((name, bytes));
        }
    }
    unreachable!()
}

/// The blocks of an index with the second half of an engine among them.
fn in_halves(bytes: &[u8], sizes: Sizes) -> Blocks {
    let mut files = Vec::new();
    let take = &mut |block: CutBlock| match block.content {
        Content::Bytes(bytes) | Content::Packed(bytes) => files.push((block.name, bytes)),
    };
    let uncut = Uncut::of(bytes, Index::open(bytes).unwrap()).unwrap();
    let second = Some(&b"the second half"[..]);
    let root = split_to(uncut, sizes, None, second, &mut |_| None, take).unwrap();
    Blocks { root, files }
}

fn files(blocks: &Blocks) -> BTreeMap<&str, &[u8]> {
    let files = blocks.files.iter();
    files
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect()
}

fn index_of(documents: &[Document]) -> Vec<u8> {
    let mut writer = IndexWriter::new();
    documents
        .iter()
        .for_each(|document| writer.add(document.clone()));
    writer.finish().unwrap()
}

/// Words of which some are common, some rare, some relatives of others, some in other scripts.
const WORDS: [&str; 40] = [
    "the",
    "of",
    "walk",
    "walking",
    "walked",
    "café",
    "cafe",
    "email",
    "mail",
    "e-mail",
    "get_user_name",
    "getUserName",
    "node.js",
    "C++",
    "don't",
    "lifetime",
    "lifetimes",
    "borrow",
    "borrower",
    "iterator",
    "iterate",
    "summit",
    "Wang",
    "Yi",
    "vitamin",
    "a",
    "10",
    "kg",
    "10kg",
    "3.11",
    "->",
    "::",
    "北京",
    "京都",
    "ubiquitous",
    "statement",
    "statements",
    "plan",
    "planner",
    "mice",
];

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), count).prop_map(|words| words.join(" "))
}

fn document() -> impl Strategy<Value = Document> {
    let section = (words(0..3), words(0..14), prop::bool::ANY);
    (
        words(0..4),
        prop::collection::vec(section, 1..4),
        prop::option::of(prop::sample::select(&["x", "y", "z"][..])),
        prop::option::of(prop::sample::select(
            &["2021-03-01", "2022-01-09", "2022-11-30"][..],
        )),
        prop::option::weighted(0.3, 0..3u32),
        prop::option::of(prop::sample::select(&["en", "de"][..])),
    )
        .prop_map(|(title, sections, tag, date, similar, language)| Document {
            title,
            sections: sections
                .into_iter()
                .zip(0..)
                .map(|((heading, text, is_anchored), number)| Section {
                    anchor: if is_anchored {
                        format!("s{number}")
                    } else {
                        String::new()
                    },
                    heading,
                    text,
                    ..Section::default()
                })
                .collect(),
            meta: [("tag", tag), ("date", date)]
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), vec![value?.to_owned()])))
                .collect(),
            similar,
            language: language.map(str::to_owned),
            ..Document::default()
        })
}

fn corpus() -> impl Strategy<Value = Vec<Document>> {
    prop::collection::vec(document(), 1..14).prop_map(|mut documents| {
        for (number, document) in documents.iter_mut().enumerate() {
            document.url = format!("pages/{number}/");
            document.id = if number % 3 == 0 {
                format!("id-{number}")
            } else {
                document.url.clone()
            };
        }
        documents
    })
}

/// A piece of a query: a word as it is, cut, misspelt, quoted, excluded, in a field.
fn piece() -> impl Strategy<Value = String> {
    let word = prop::sample::select(&WORDS[..]);
    prop_oneof![
        6 => word.clone().prop_map(str::to_owned),
        2 => word.clone().prop_map(|word| word.chars().take(3).collect()),
        1 => word.clone().prop_map(|word| word.chars().take(1).collect()),
        2 => word.clone().prop_map(|word| {
            let mut letters: Vec<char> = word.chars().collect();
            if letters.len() > 4 {
                letters.swap(1, 2);
            }
            letters.into_iter().collect()
        }),
        1 => (word.clone(), word.clone()).prop_map(|(one, other)| format!("\"{one} {other}\"")),
        1 => (word.clone(), word.clone()).prop_map(|(one, other)| format!("{one}{other}")),
        1 => word.clone().prop_map(|word| format!("-{word}")),
        1 => word.clone().prop_map(|word| format!("+{word}")),
        1 => word.clone().prop_map(|word| format!("title:{word}")),
        1 => (word.clone(), word).prop_map(|(one, other)| format!("{one} OR {other}")),
        1 => Just("tag:x".to_owned()),
        1 => Just("date:2022".to_owned()),
    ]
}

fn options() -> impl Strategy<Value = Options> {
    (
        prop::sample::select(&[1usize, 3, 10][..]),
        0..3usize,
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.1),
        prop::option::weighted(
            0.2,
            prop::sample::select(&["date:desc", "tag", "title:asc"][..]),
        ),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
        (
            other_ranking(),
            prop::bool::ANY,
            prop::bool::ANY,
            prop::bool::ANY,
        ),
    )
        .prop_map(
            |(limit, offset, correct, prefix, exact, sort, is_filtered, explain, other)| Options {
                limit,
                offset,
                correct,
                prefix,
                exact,
                sort: sort.and_then(Sort::parse),
                filters: if is_filtered {
                    Condition::Is {
                        field: "tag".into(),
                        value: "y".into(),
                    }
                } else {
                    Options::default().filters
                },
                explain,
                ranking: other.0.0,
                fields: other.0.1,
                texts: if other.1 {
                    Texts::Whole
                } else {
                    Texts::Passages
                },
                apart: other.2,
                listing: other.2,
                all: other.3,
                zeros: other.3,
                ..Options::default()
            },
        )
}

/// Mostly the defaults: what a site sets beside them moves every score.
fn other_ranking() -> impl Strategy<Value = (Ranking, FieldWeights)> {
    let other = (0..4u8, 0..3u8, 0..3u8, 0..3u8, 0..3u8, 0..4u8);
    prop::option::weighted(0.4, other).prop_map(|other| {
        let Some((saturation, length, counts, accents, beginnings, title)) = other else {
            return (Ranking::default(), FieldWeights::default());
        };
        let half = |number: u8| f32::from(number) / 2.0;
        let ranking = Ranking {
            saturation: half(saturation),
            length: half(length),
            counts: half(counts),
            accents: half(accents),
            beginnings: half(beginnings),
        };
        let fields = FieldWeights {
            title: half(title),
            ..FieldWeights::default()
        };
        (ranking, fields)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn blocks_answer_like_one_piece(
        documents in corpus(),
        pieces in prop::collection::vec(piece(), 1..5),
        options in options(),
        is_large in prop::bool::ANY,
        is_whole in prop::bool::ANY,
    ) {
        let bytes = index_of(&documents);
        let query = pieces.join(" ");
        let expected = Searcher::new(&Index::open(&bytes).unwrap(), &Unicode).search(&query, &options);
        // In a large index lengths and titles stand beside the postings.
        let few = if is_large { 0 } else { usize::MAX };
        let sizes = Sizes { few, ..SMALL };
        let blocks = if is_whole { split_into(&bytes, sizes).unwrap() } else { in_halves(&bytes, sizes) };
        let (found, _) = ask(&blocks, |searcher| searcher.search(&query, &options));
        prop_assert_eq!(found, expected, "{}", query);
    }

    #[test]
    fn what_is_like_a_document_is_the_same(documents in corpus(), number in 0..14usize) {
        let bytes = index_of(&documents);
        let Some(document) = documents.get(number) else { return Ok(()) };
        let expected = Searcher::new(&Index::open(&bytes).unwrap(), &Unicode).similar(&document.id, 5);
        let blocks = in_halves(&bytes, SMALL);
        let (found, _) = ask(&blocks, |searcher| searcher.similar(&document.id, 5));
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_damaged_block_is_named(documents in corpus(), place in any::<prop::sample::Index>(), bit in 0..8u32) {
        let blocks = in_halves(&index_of(&documents), SMALL);
        let (name, bytes) = place.get(&blocks.files);
        let mut damaged = bytes.clone();
        let at = place.index(damaged.len());
        damaged[at] ^= 1 << bit;
        let fault = Index::of_blocks(&blocks.root, &[(name.as_str(), &damaged)]).err();
        prop_assert_eq!(fault, Some(Error::Block { name: name.clone() }));
        let cut = &bytes[..at];
        let fault = Index::of_blocks(&blocks.root, &[(name.as_str(), cut)]).err();
        prop_assert_eq!(fault, Some(Error::Block { name: name.clone() }));
    }

    #[test]
    fn a_damaged_root_is_refused(documents in corpus(), place in any::<prop::sample::Index>(), bit in 0..8u32) {
        let mut root = split_into(&index_of(&documents), SMALL).unwrap().root;
        let at = place.index(root.len());
        root[at] ^= 1 << bit;
        prop_assert!(Index::of_blocks(&root, &[]).is_err());
    }
}

/// A corpus with so many words that beginnings of them are many.
fn many_words() -> Vec<Document> {
    let syllables = [
        "ba", "be", "bi", "bo", "bu", "ca", "ce", "ci", "co", "cu", "ká", "kó",
    ];
    let mut documents = Vec::new();
    for number in 0..60usize {
        let mut words = Vec::new();
        for place in 0..40usize {
            let code = number * 31 + place * 17 + place * place;
            let word: String = (0..4)
                .map(|digit| syllables[code / 12usize.pow(digit) * 7 % 12])
                .collect();
            words.push(word);
        }
        documents.push(Document {
            id: number.to_string(),
            url: number.to_string(),
            title: words[..2].join(" "),
            sections: vec![Section {
                text: words.join(" "),
                ..Section::default()
            }],
            ..Document::default()
        });
    }
    documents
}

#[test]
fn beginnings_of_many_words_are_one_list() {
    let bytes = index_of(&many_words());
    let index = Index::open(&bytes).unwrap();
    let blocks = split_into(&bytes, SMALL).unwrap();
    let beginnings = blocks
        .files
        .iter()
        .filter(|(name, _)| name.starts_with('b'));
    assert!(beginnings.count() > 1);
    for query in [
        "b",
        "c",
        "ba",
        "k",
        "ka",
        "kab",
        "cocu b",
        "bubabe",
        "title:b",
        "\"baba b\"",
        "-b ca",
    ] {
        let options = Options::default();
        let expected: Answer = Searcher::new(&index, &Unicode).search(query, &options);
        let (found, rounds) = ask(&blocks, |searcher| searcher.search(query, &options));
        assert_eq!(found, expected, "{query}");
        assert!(
            query.starts_with('"') || rounds <= 4,
            "{query}: {rounds} rounds"
        );
    }
}

#[test]
fn a_block_of_another_build_is_refused() {
    let documents = many_words();
    let one = split_into(&index_of(&documents), SMALL).unwrap();
    let other = split_into(&index_of(&documents[1..]), SMALL).unwrap();
    let names: BTreeSet<&String> = one.files.iter().map(|(name, _)| name).collect();
    let mut foreign = other.files.iter().filter(|(name, _)| !names.contains(name));
    let (name, bytes) = foreign.next().expect("the builds differ");
    let fault = Index::of_blocks(&one.root, &[(name.as_str(), bytes)]).err();
    assert_eq!(fault, Some(Error::Block { name: name.clone() }));
    // Under a name of this build, too.
    let (own, _) = &one.files[0];
    let fault = Index::of_blocks(&one.root, &[(own.as_str(), bytes)]).err();
    assert_eq!(fault, Some(Error::Block { name: own.clone() }));
    assert!(Index::of_blocks(&one.root, &[("t0", b"")]).is_err());
    assert!(Index::of_blocks(&one.root, &[("", b"")]).is_err());
}

#[test]
fn a_list_needs_no_second_half_and_passages_ask_for_it_with_their_texts() {
    let blocks = in_halves(&index_of(&many_words()), SMALL);
    let files = files(&blocks);
    let mut there: Vec<(&str, &[u8])> = Vec::new();
    loop {
        let index = Index::of_blocks(&blocks.root, &there).unwrap();
        let answer = Searcher::new(&index, &Unicode).search("babe", &Options::default());
        let missing = index.missing();
        let place = |kind: char| missing.iter().position(|name| name.starts_with(kind));
        assert_eq!(place('e').is_some(), place('d').is_some(), "{missing:?}");
        if place('e').is_some() {
            // A host that unpacks texts knows by then with what.
            assert!(place('x') < place('d'));
        } else if missing.is_empty() {
            assert!(!answer.hits[0].snippet.text.is_empty());
            break;
        }
        if place('c').is_none() && place('d').is_some() {
            assert!(!answer.hits[0].title.is_empty() && answer.hits[0].snippet.text.is_empty());
        }
        // Cards first, as they arrive first.
        let has_cards = place('c').is_some();
        for name in &missing {
            let is_late = ['d', 'e', 'x'].iter().any(|&kind| name.starts_with(kind));
            if !(has_cards && is_late) {
                let (name, bytes) = files.get_key_value(name.as_str()).unwrap();
                there.push((name, bytes));
            }
        }
    }
    assert_eq!(names(&blocks, BlockKind::Engine).len(), 1);
}

#[test]
fn the_root_names_every_block() {
    let blocks = in_halves(&index_of(&many_words()), SMALL);
    let index = Index::of_blocks(&blocks.root, &[]).unwrap();
    let named: BTreeSet<String> = BlockKind::ALL
        .iter()
        .flat_map(|&kind| index.blocks(kind))
        .collect();
    let written: BTreeSet<String> = blocks.files.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(named, written);
    assert_eq!(index.len(), 60);
}

/// Pages that say something of their own, and end as all do.
fn with_an_end(end: &str) -> Blocks {
    let document = |number: u32| Document {
        id: format!("{number}"),
        sections: vec![Section {
            text: format!("Page {number} tells of {}. {end}", number * number),
            ..Section::default()
        }],
        ..Document::default()
    };
    let documents: Vec<Document> = (0..80).map(document).collect();
    split_into(&index_of(&documents), SMALL).unwrap()
}

fn names(blocks: &Blocks, kind: BlockKind) -> BTreeSet<&str> {
    let names = blocks.files.iter().map(|(name, _)| name.as_str());
    names
        .filter(|name| BlockKind::of_file(name) == Some(kind))
        .collect()
}

#[test]
fn what_texts_have_in_common_is_asked_for_before_them() {
    let end = "Written by the gardeners of the old town, who meet on Thursdays.";
    let blocks = with_an_end(end);
    let (name, bytes) = &blocks
        .files
        .iter()
        .find(|file| file.0.starts_with('x'))
        .unwrap();
    let shared = &end.as_bytes()[..40];
    assert!(bytes.windows(shared.len()).any(|part| part == shared));
    let index = Index::of_blocks(&blocks.root, &[]).unwrap();
    let _ = Searcher::new(&index, &Unicode).search("\"tells of 49\"", &Options::default());
    let files = files(&blocks);
    let there: Vec<(&str, &[u8])> = index
        .missing()
        .iter()
        .map(|name| {
            files
                .get_key_value(name.as_str())
                .map(|(&name, &bytes)| (name, bytes))
        })
        .collect::<Option<_>>()
        .unwrap();
    let index = Index::of_blocks(&blocks.root, &there).unwrap();
    let _ = Searcher::new(&index, &Unicode).search("\"tells of 49\"", &Options::default());
    let missing = index.missing();
    let place = |kind: char| missing.iter().position(|name| name.starts_with(kind));
    assert!(
        place('x') < place('d') && missing[place('x').unwrap()] == *name,
        "{missing:?}"
    );
}

#[test]
fn a_text_that_is_packed_with_another_dictionary_has_another_name() {
    let one = with_an_end("Written by the gardeners of the old town, who meet on Thursdays.");
    let other = with_an_end("Written by the gardeners of the old town, who meet on Wednesdays.");
    for kind in [BlockKind::Dictionary, BlockKind::Texts] {
        assert!(!names(&one, kind).is_empty());
        assert!(names(&one, kind).is_disjoint(&names(&other, kind)));
    }
    let again = with_an_end("Written by the gardeners of the old town, who meet on Thursdays.");
    assert_eq!(
        names(&one, BlockKind::Texts),
        names(&again, BlockKind::Texts)
    );
}
