//! Opening an index whose checksums are right and whose contents are not.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use samara_engine::{
    Document, Error, Index, IndexWriter, Options, Searcher, Section, Unicode, Weight,
};

use crate::mutate::mutate;
use crate::run::run;
use crate::sealed::{SECTIONS, seal, take_apart};

/// Small indexes that have something in every section.
fn originals() -> Vec<Vec<u8>> {
    let texts = [
        (
            "en",
            "Café talks in Jakarta: getElementById, XMLHttpRequest. They talked; talking went on, (v1.2).",
        ),
        (
            "de",
            "Straße, Straßen und STRASSE; die Gespräche in München, das Gespräch.",
        ),
        ("zh", "王毅同布林肯举行会谈。双方讨论了中东局势。"),
        ("", "İstanbul ΟΔΟΣ οδος ﬁn 👩‍💻 ❤\u{fe0f} 한국어 ไทย"),
    ];
    let document = |number: usize, (language, text): (&str, &str)| Document {
        id: format!("id{number}"),
        url: format!("/page{number}.html"),
        title: format!("Page {number}"),
        language: (!language.is_empty()).then(|| language.into()),
        sections: vec![
            Section {
                text: text.into(),
                ..Section::default()
            },
            Section {
                heading: "More".into(),
                anchor: "more".into(),
                text: text.chars().rev().collect(),
                heading_weight: Some(Weight::TRIPLE),
                weights: vec![(0..4, Weight::HALF)],
            },
        ],
        meta: [
            ("source".to_owned(), vec![format!("Wire {}", number % 2)]),
            ("tag".to_owned(), vec!["a".into(), "b".into()]),
            ("date".to_owned(), vec![format!("2023-0{}", number + 1)]),
        ]
        .into(),
        similar: Some(number as u32 / 2),
    };
    let index_of = |documents: Vec<Document>| {
        let mut writer = IndexWriter::new();
        documents
            .into_iter()
            .for_each(|document| writer.add(document));
        writer.finish().unwrap()
    };
    let all: Vec<Document> = (0..)
        .zip(texts)
        .map(|(number, text)| document(number, text))
        .collect();
    let repeated = (0..40).map(|number| document(number, texts[number % texts.len()]));
    vec![
        index_of(Vec::new()),
        index_of(all[..1].to_vec()),
        index_of(all),
        index_of(repeated.collect()),
    ]
}

/// Everything that can be asked of an index.
fn use_it(index: &Index) {
    let options = Options {
        explain: true,
        limit: 5,
        ..Options::default()
    };
    for query in [
        "talks",
        "café -münchen +talk",
        "\"talks in\"",
        "straß",
        "会谈",
        "tlaks ",
        "title:page date:2023",
    ] {
        let _ = Searcher::new(index, &Unicode).search(query, &options);
    }
    let _ = Searcher::new(index, &Unicode).suggest("ta", 5);
    let _ = Searcher::new(index, &Unicode).suggest("die ", 5);
    let _ = Searcher::new(index, &Unicode).corrections("tlaks", 5);
    let _ = Searcher::new(index, &Unicode).similar("id0", 5);
    let _ = index.documents().take(50).count();
    let _ = index.statistics();
}

#[test]
fn an_index_sealed_again_is_the_same() {
    for original in originals() {
        assert_eq!(seal(&original, &take_apart(&original)), original);
    }
}

/// A section changed and sealed: an error with a name, or an index that answers something. The dictionary has
/// a test of its own.
#[test]
fn changed_sections_are_refused_or_harmless() {
    let originals = originals();
    run(3_000, |random| {
        let original = &originals[random.below(originals.len())];
        let mut sections = take_apart(original);
        for _ in 0..=random.below(2) {
            let changed = random.below(SECTIONS.len());
            if SECTIONS[changed] != "terms" {
                mutate(random, &mut sections[changed]);
            }
        }
        open(&seal(original, &sections));
    });
}

thread_local! {
    /// Whether this thread may panic inside of the fst library.
    static IN_FST: Cell<bool> = const { Cell::new(false) };
}

/// The fst library follows addresses without looking where they lead: behind right checksums a false one ends
/// in a panic there (of a worker, alone), but never in work without end, and never in a panic elsewhere.
#[test]
fn a_changed_dictionary_is_refused_or_stopped() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let path = panic.location().map_or("", |location| location.file());
        let expected = path.contains("fst-") && IN_FST.get();
        if !expected {
            IN_FST.set(false);
            usual(panic);
        }
    }));
    let originals = originals();
    run(3_000, |random| {
        let original = &originals[random.below(originals.len())];
        let mut sections = take_apart(original);
        let terms = SECTIONS.iter().position(|&name| name == "terms").unwrap();
        mutate(random, &mut sections[terms]);
        let bytes = seal(original, &sections);
        IN_FST.set(true);
        let outcome = catch_unwind(AssertUnwindSafe(|| open(&bytes)));
        assert!(IN_FST.replace(false) || outcome.is_ok());
    });
}

/// Sections of one index in another: each is sound, together they are not.
#[test]
fn sections_of_several_indexes_are_refused_or_harmless() {
    let originals = originals();
    run(500, |random| {
        let original = &originals[random.below(originals.len())];
        let mut sections = take_apart(original);
        let other = take_apart(&originals[random.below(originals.len())]);
        for _ in 0..=random.below(3) {
            let from = random.below(SECTIONS.len());
            sections[from].clone_from(&other[from]);
        }
        open(&seal(original, &sections));
    });
}

/// Bytes of any kind, as they come.
#[test]
fn changed_bytes_are_refused() {
    let originals = originals();
    run(4_000, |random| {
        let original = &originals[random.below(originals.len())];
        let mut bytes = original.clone();
        mutate(random, &mut bytes);
        if bytes != *original {
            assert!(Index::open(&bytes).is_err());
        }
    });
}

fn open(bytes: &[u8]) {
    match Index::open(bytes) {
        Ok(index) => use_it(&index),
        Err(Error::Damaged { section }) => {
            assert!(
                SECTIONS.contains(&section) || section == "header",
                "{section}"
            );
        }
        Err(error) => panic!("{error}"),
    }
}
