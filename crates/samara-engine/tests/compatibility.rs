//! Indexes that were written once are opened for as long as their format is read, and refused by name after that.
//!
//! `tests/frozen/format-N.samara` is an index of format N, made of the briefs in `seeds/`. A new format gets a
//! file of its own, and the older ones stay:
//! `SAMARA_FREEZE=1 cargo test --package samara-engine --test compatibility`.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use samara_engine::{
    Document, Error, FORMAT, Index, IndexWriter, Options, Searcher, Section, Unicode,
};

fn frozen(format: u32) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/frozen");
    PathBuf::from(folder).join(format!("format-{format}.samara"))
}

/// A document for each brief: its first line the title, every further one a section with an anchor.
fn briefs() -> Vec<Document> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let documents = paths.iter().zip(0..).map(|(path, number)| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap();
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let title = lines.next().unwrap_or_default().to_owned();
        let sections = lines.zip(1..).map(|(line, part)| Section {
            heading: format!("Part {part}"),
            anchor: format!("part-{part}"),
            text: line.to_owned(),
            ..Section::default()
        });
        Document {
            id: name.clone(),
            url: format!("/{name}"),
            title,
            language: Some("en".into()),
            sections: sections.collect(),
            meta: [
                ("source".to_owned(), vec![format!("Wire {}", number % 2)]),
                ("date".to_owned(), vec![format!("2023-0{}-01", number + 1)]),
            ]
            .into(),
            similar: (number > 2).then_some(number / 2),
        }
    });
    documents.collect()
}

/// The index of this format, written anew where that is asked for.
fn bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let path = frozen(FORMAT);
        if std::env::var_os("SAMARA_FREEZE").is_some() {
            let mut writer = IndexWriter::new();
            briefs()
                .into_iter()
                .for_each(|document| writer.add(document));
            fs::write(&path, writer.finish().unwrap()).unwrap();
        }
        fs::read(&path).unwrap_or_else(|error| {
            let path = path.display();
            panic!("{path}: {error}; the head of this test says how to write it")
        })
    })
}

#[test]
fn the_frozen_index_of_this_format_is_opened_and_answers() {
    let index = Index::open(bytes()).unwrap();
    assert_eq!(index.len(), 5);
    let statistics = index.statistics();
    assert!(
        statistics.terms > 700 && statistics.words > 2000,
        "{statistics:?}"
    );
    for (query, first) in [
        ("asean ", "jakarta-meeting-at-asean"),
        (
            "\"nine hours\" date:2023-05",
            "nine-hours-of-talks-pave-way-to-san-francisco",
        ),
        ("title:jakarta -xie", "jakarta-meeting-at-asean"),
        (
            "source:\"wire 0\" ambasador ",
            "ambassador-xie-calls-for-a-shared-agenda",
        ),
        ("premium title app", "blinken-meets-xi-in-beijing"),
    ] {
        let answer = Searcher::new(&index, &Unicode).search(query, &Options::default());
        let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(ids.first(), Some(&first), "{query}: {ids:?}");
    }
    let answer = Searcher::new(&index, &Unicode).search("asean ", &Options::default());
    assert!(
        answer.hits[0].sections[0].url.contains("#part-"),
        "{:?}",
        answer.hits[0].sections
    );
    assert_eq!(
        Searcher::new(&index, &Unicode).suggest("jakar", 5)[0].text,
        "Candid hour and a half in Jakarta: Blinken and Wang meet at ASEAN"
    );
    assert!(
        !Searcher::new(&index, &Unicode)
            .similar("jakarta-meeting-at-asean", 3)
            .is_empty()
    );
}

#[test]
fn every_document_can_be_read_back_from_the_frozen_index() {
    let index = Index::open(bytes()).unwrap();
    let mut writer = IndexWriter::new();
    index.documents().for_each(|document| writer.add(document));
    let again = writer.finish().unwrap();
    let rebuilt: Vec<Document> = Index::open(&again).unwrap().documents().collect();
    assert_eq!(rebuilt, index.documents().collect::<Vec<_>>());
    assert!(
        rebuilt
            .iter()
            .all(|document| document.plain_text().len() > 500)
    );
}

#[test]
fn another_format_is_refused_by_its_number() {
    let bytes = bytes();
    for format in (0..FORMAT).chain([FORMAT + 1, u32::MAX]) {
        // An index that was frozen then, or else this one with that number: its checksums do not matter, since
        // they may be others in another format.
        let other = fs::read(frozen(format)).unwrap_or_else(|_| {
            let mut changed = bytes.to_vec();
            changed[8..12].copy_from_slice(&format.to_le_bytes());
            changed
        });
        let error = Index::open(&other).err();
        let expected = Error::Version {
            expected: FORMAT,
            got: format,
        };
        assert_eq!(error, Some(expected.clone()));
        assert_eq!(expected.code(), "index-version");
        let message = expected.message();
        assert!(message.contains(&format!("format {format},")), "{message}");
        assert!(message.contains("build the index again"), "{message}");
    }
}

#[test]
fn every_frozen_index_has_the_format_of_its_name() {
    let folder = frozen(0);
    let mut formats = Vec::new();
    for entry in fs::read_dir(folder.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let format: u32 = name.strip_prefix("format-").unwrap().parse().unwrap();
        let bytes = fs::read(&path).unwrap();
        assert_eq!(bytes[8..12], format.to_le_bytes(), "{}", path.display());
        formats.push(format);
    }
    assert!(
        formats.iter().all(|&format| format <= FORMAT),
        "{formats:?}"
    );
}
