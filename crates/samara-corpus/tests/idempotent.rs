//! Cleaning what was cleaned changes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use samara_corpus::{Options, read};

fn clean_again(folder: &Path) -> (usize, Vec<String>) {
    let first = read(&[PathBuf::from(folder)], &Options::default()).expect("it is read");
    let again = tempfile::tempdir().expect("a folder for the test");
    for document in &first.documents {
        let name = document.id.replace('/', "_");
        fs::write(again.path().join(name), document.plain_text()).expect("the file is written");
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
