//! Small files that unfold to large ones: they are read within bounds, or a line of the report says why not.

use std::fs;
use std::io::Write;

use samara_corpus::{Corpus, Options, read};

fn corpus(name: &str, content: &[u8]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    fs::write(folder.path().join("zz.md"), "# Companion\n\nstays").expect("the file is written");
    read(&[folder.path().to_path_buf()], &Options::default()).expect("the corpus is read")
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content).expect("a vector takes all");
    packer.finish().expect("a vector takes all")
}

#[test]
fn what_would_fill_memory_is_told_instead() {
    let line = b"{\"text\":\"a\"}\n";
    let lists = format!("[{}{{}}]", "[],".repeat(5_000_000));
    for (name, content, said) in [
        (
            "a.txt.gz",
            packed(&b"a\n".repeat(20_000_000)),
            "unpacks to more than",
        ),
        (
            "a.jsonl.gz",
            packed(&line.repeat(300_000)),
            "too many entries",
        ),
        ("a.json.gz", packed(lists.as_bytes()), "too many entries"),
    ] {
        let corpus = corpus(name, &content);
        let said = corpus
            .report
            .warnings
            .iter()
            .any(|warning| warning.path == name && warning.reason.to_string().contains(said));
        assert!(said, "{name}: {:?}", corpus.report.warnings);
    }
}

#[test]
fn what_is_long_is_read_whole() {
    let lines: String = (0..50_000)
        .map(|n| format!("Share {n}\n\nMenu\n"))
        .collect();
    let text = corpus("a.txt.gz", &packed(lines.as_bytes())).documents[0].plain_text();
    assert_eq!(text.matches("Menu").count(), 50_000);
    assert!(text.contains("\nShare 49999\nMenu"));
    let entries: String = (0..20_000)
        .map(|n| format!("{{\"text\":\"word {n}\"}}\n"))
        .collect();
    assert_eq!(
        corpus("a.jsonl.gz", &packed(entries.as_bytes()))
            .documents
            .len(),
        20_001
    );
}
