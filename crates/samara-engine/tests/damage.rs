//! Whatever happens to an index on its way, opening it gives an error with a name, and never a panic.

use samara_engine::{Document, Error, FORMAT, Index, IndexWriter, Section, Weight};

fn bytes() -> Vec<u8> {
    let mut writer = IndexWriter::new();
    for (id, text) in [
        ("a", "Café talks in Jakarta; getElementById, 王毅."),
        ("b", "The talks went on."),
    ] {
        writer.add(Document {
            id: id.into(),
            url: format!("/{id}"),
            title: format!("Page {id}"),
            language: Some("en".into()),
            sections: vec![
                Section {
                    text: text.into(),
                    ..Section::default()
                },
                Section {
                    heading: "More".into(),
                    anchor: "more".into(),
                    text: "Words.".into(),
                    weights: vec![(0..5, Weight::TRIPLE)],
                    ..Section::default()
                },
            ],
            meta: [("source".to_owned(), vec!["Wire".to_owned()])].into(),
            similar: Some(7),
        });
    }
    writer.finish().unwrap()
}

#[test]
fn a_cut_at_any_byte_is_an_error() {
    let whole = bytes();
    assert!(Index::open(&whole).is_ok());
    for end in 0..whole.len() {
        assert!(Index::open(&whole[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_flip_of_any_bit_is_an_error() {
    let whole = bytes();
    let mut changed = whole.clone();
    for bit in 0..whole.len() * 8 {
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(
            Index::open(&changed).is_err(),
            "bit {bit} of {}",
            whole.len() * 8
        );
        changed[bit / 8] = whole[bit / 8];
    }
}

#[test]
fn other_files_and_other_versions_are_told_apart() {
    let whole = bytes();
    assert_eq!(Index::open(b"").err(), Some(Error::NotAnIndex));
    assert_eq!(
        Index::open(b"<!doctype html>").err(),
        Some(Error::NotAnIndex)
    );
    let mut newer = whole;
    newer[8] += 1;
    assert_eq!(
        Index::open(&newer).err(),
        Some(Error::Version {
            expected: FORMAT,
            got: FORMAT + 1
        })
    );
}
