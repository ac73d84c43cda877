//! Cleaning what was cleaned changes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use std::io::Read as _;

use flate2::read::GzDecoder;
use samara_corpus::{Options, read};
use serde_json::Value;

fn clean_again(folder: &Path) -> (usize, Vec<String>) {
    let first = read(&[PathBuf::from(folder)], &Options::default()).expect("it is read");
    let again = tempfile::tempdir().expect("a folder for the test");
    for document in &first.documents {
        let name = document.id.replace('/', "_");
        let text = document.plain_text();
        // A file's name, which is the title where a text has none, is no part of the text.
        let named = name.strip_suffix(".txt") == Some(&document.title);
        let text = text
            .strip_prefix(&document.title)
            .filter(|_| named)
            .unwrap_or(&text);
        fs::write(again.path().join(name), text).expect("the file is written");
    }
    let second = read(&[again.path().to_path_buf()], &Options::default()).expect("it is read");
    let changed = first
        .documents
        .iter()
        .zip(&second.documents)
        .filter(|(a, b)| a.plain_text() != b.plain_text())
        .map(|(a, _)| a.id.clone())
        .collect();
    (first.documents.len(), changed)
}

#[test]
fn the_default_corpus_is_clean_after_one_cleaning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    assert_eq!(clean_again(&folder), (5, Vec::new()));
}

#[test]
fn scraped_pages_are_clean_after_one_cleaning() {
    let Some(folder) = std::env::var_os("SAMARA_RAW_PAGES") else {
        println!("skipped: SAMARA_RAW_PAGES names no folder");
        return;
    };
    assert_eq!(clean_again(Path::new(&folder)), (5, Vec::new()));
}

#[test]
fn pages_of_many_sites_are_clean_after_one_cleaning() {
    let Some(data) = std::env::var_os("SAMARA_EVAL") else {
        println!("skipped: SAMARA_EVAL names no folder");
        return;
    };
    for set in ["lite", "full", "snip"] {
        let packed = Path::new(&data).join(format!("cleaning/lines/{set}.jsonl.gz"));
        let mut rows = String::new();
        let file = fs::File::open(packed).expect("the set is there");
        GzDecoder::new(file)
            .read_to_string(&mut rows)
            .expect("the set is text");
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mut pages = 0;
        for row in rows.split('\n').filter(|row| !row.is_empty()) {
            let row: Value = serde_json::from_str(row).expect("a row is JSON");
            let lines: Vec<&str> = row["lines"]
                .as_array()
                .expect("a row has lines")
                .iter()
                .filter_map(|line| line[1].as_str())
                .collect();
            let name = format!("{}.txt", row["id"].as_str().expect("a row has an id"));
            fs::write(folder.path().join(name), lines.join("\n")).expect("the file is written");
            pages += 1;
        }
        let (read, changed) = clean_again(folder.path());
        assert_eq!((read, changed), (pages, Vec::new()), "{set}");
    }
}
