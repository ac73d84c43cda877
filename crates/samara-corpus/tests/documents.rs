//! Letters and books.
#![cfg(feature = "documents")]

use std::fs;
use std::io::{Cursor, Write};

use samara_corpus::{Corpus, Options, read};
use zip::write::SimpleFileOptions;

fn corpus(name: &str, content: &[u8]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    fs::write(folder.path().join("zz.md"), "# Other\n\nother words").expect("the file is written");
    let mut corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    corpus.documents.pop();
    corpus
}

fn texts(corpus: &Corpus) -> Vec<String> {
    let documents = corpus.documents.iter();
    documents.map(samara_engine::Document::plain_text).collect()
}

const LETTER: &str = "From: =?utf-8?q?J=C3=B6rg?= <j@a.example>\r\nTo: b@a.example\r\nSubject: Of =?utf-8?b?w6RwZmVs?=\r\n\
    Date: Tue, 2 Jan 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
    Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nSch=F6ne Gr=FC=DFe,\r\nShare this\r\n\r\nJ=F6rg\r\n--y\r\nContent-Type: text/html\r\n\r\n\
    <p>the same as HTML</p>\r\n--y--\r\n--x\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n";

#[test]
fn letters_come_out_whole() {
    let corpus = corpus("a.eml", LETTER.as_bytes());
    assert_eq!(
        texts(&corpus),
        ["Of äpfel\nSchöne Grüße,\nShare this\nJörg\nplan.pdf"]
    );
    let letter = &corpus.documents[0];
    assert_eq!(
        (&*letter.meta["author"][0], &*letter.meta["date"][0]),
        ("Jörg", "2024-01-02")
    );
    assert_eq!(
        (&*letter.meta["from"][0], &*letter.meta["to"][0]),
        ("Jörg <j@a.example>", "b@a.example")
    );
    let html = "Subject: H\r\nContent-Type: text/html\r\n\r\n<p>One</p><p>two</p>";
    assert_eq!(
        texts(&self::corpus("a.eml", html.as_bytes())),
        ["H\nOne\ntwo"]
    );
}

#[test]
fn mailboxes_hold_letters() {
    let mailbox = "From a@a Tue Jan  2 10:00:00 2024\nSubject: One\n\nfirst\n>From here on\n\n\
        From b@b Tue Jan  2 11:00:00 2024\nSubject: Two\n\nsecond\nFrom time to time\n";
    let corpus = corpus("a.mbox", mailbox.as_bytes());
    assert_eq!(
        texts(&corpus),
        ["One\nfirst\nFrom here on", "Two\nsecond\nFrom time to time"]
    );
    assert_eq!(corpus.documents[1].id, "a.mbox#2");
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a file begins");
        archive.write_all(content).expect("a vector takes all");
    }
    archive.finish().expect("a vector takes all").into_inner()
}

const CONTAINER: &[u8] =
    b"<container><rootfiles><rootfile full-path=\"OEBPS/a.opf\"/></rootfiles></container>";
const PACKAGE: &[u8] = b"<package><metadata><dc:title>The boat &amp; book</dc:title><dc:creator id=\"c\">Ann</dc:creator>\
    <dc:language>en</dc:language></metadata><manifest><item id=\"x\" href=\"text/x%20y.xhtml\"/><item href=\"z.xhtml\" id=\"z\"/>\
    <item id=\"css\" href=\"a.css\"/></manifest><spine><itemref idref=\"z\"/><itemref idref=\"x\"/><itemref idref=\"gone\"/></spine></package>";

#[test]
fn books_are_read_chapter_by_chapter() {
    let book = archive(&[
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/a.opf", PACKAGE),
        ("OEBPS/text/x y.xhtml", b"<?xml version='1.0'?><html><head><title/></head><body><h1>Oil</h1><p>Oil it.</p></body></html>"),
        ("OEBPS/z.xhtml", b"<html><head><script src='a'/></head><body><p>A word before</p><nav>1</nav></body></html>"),
    ]);
    let corpus = corpus("a.epub", &book);
    let told = texts(&corpus);
    assert!(
        told[0].starts_with("The boat & book\nA word before"),
        "{told:?}"
    );
    assert_eq!(told[1], "Oil\nOil it.");
    assert_eq!(corpus.documents[1].meta["author"], ["Ann"]);
    assert_eq!(corpus.documents[1].meta["book"], ["The boat & book"]);
}

#[test]
fn what_is_damaged_or_too_large_is_told() {
    let large = archive(&[
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/a.opf", PACKAGE),
        ("OEBPS/z.xhtml", &b"<p>a</p>".repeat(5_000_000)),
    ]);
    for (name, content, said) in [
        ("a.epub", large.as_slice(), "unpacks to more than"),
        ("a.epub", &large[..large.len() / 2], "damaged"),
        ("b.epub", b"no archive", "damaged"),
        ("c.epub", &archive(&[("x", b"y")]), "damaged"),
        ("d.eml", b"\n\n", "empty"),
        ("e.mbox", b"From x\n\n", "holds no documents"),
    ] {
        let corpus = corpus(name, content);
        let told: Vec<String> = corpus
            .report
            .warnings
            .iter()
            .map(|w| w.reason.to_string())
            .collect();
        assert!(
            told.len() == 1 && told[0].contains(said),
            "{name}: {told:?}"
        );
    }
}
