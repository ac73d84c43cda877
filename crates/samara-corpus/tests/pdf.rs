//! PDF: what stands on pages is found with the page, and a file that was made to do harm is named.
#![cfg(feature = "pdf")]

use std::fs;
use std::io::Write;

use samara_corpus::{Corpus, Options, read};

/// A file of these objects, numbered from 1; the first is its root, the last may say what it is.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let count = places.len();
    file.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R /Info {count} 0 R >>\nstartxref\n{table}\n%%EOF\n",
            count + 1
        )
        .bytes(),
    );
    file
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {dictionary} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// Lines of text, each below the one before; an empty one is a gap.
fn lines(lines: &[&str]) -> Vec<u8> {
    let mut content = String::from("BT /F1 12 Tf 72 720 Td\n");
    for line in lines {
        content.push_str(&format!("({line}) Tj 0 -14 Td\n"));
    }
    content.push_str("ET");
    stream("", content.as_bytes())
}

const FONT: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
const PAGE: &str =
    "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>";

/// A file with one page, and what else it holds.
fn with_page(page: &str, pages: &str, content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object(&format!(
            "<< /Type /Pages /Kids [3 0 R] /Count 1 {pages} >>"
        )),
        object(page),
        content,
        object(FONT),
    ];
    objects.extend(more.iter().cloned());
    objects.push(object("<< /Title (untitled) >>"));
    pdf(&objects)
}

const BOX: &str = "/MediaBox [0 0 612 792]";

fn corpus(content: &[u8]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("lamps.pdf"), content).expect("the file is written");
    fs::write(folder.path().join("zz.md"), "# Other\n\nother words").expect("the file is written");
    let mut corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    corpus.documents.pop();
    corpus
}

#[test]
fn pages_are_sections_that_viewers_open_at() {
    let file = pdf(&[
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object(&format!(
            "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 {BOX} >>"
        )),
        object(PAGE),
        lines(&[
            "The lamps are lit",
            "when the sun is down.",
            "",
            "They are told apart.",
        ]),
        object(FONT),
        object(
            "<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        ),
        lines(&["Wicks are well-", "trimmed in March."]),
        object("<< /Title (On Lamps) /Author (Ada Wick) /CreationDate (D:20240201093000Z) >>"),
    ]);
    let corpus = corpus(&file);
    let [document] = &corpus.documents[..] else {
        panic!("{:?}", corpus.report.warnings);
    };
    assert_eq!(
        (&*document.title, &*document.url),
        ("On Lamps", "lamps.pdf")
    );
    assert_eq!(document.meta["author"], ["Ada Wick"]);
    assert_eq!(document.meta["date"], ["2024-02-01"]);
    let sections = document.sections.iter();
    let sections: Vec<(&str, &str)> = sections.map(|s| (&*s.anchor, &*s.text)).collect();
    assert_eq!(
        sections,
        [
            (
                "page=1",
                "The lamps are lit when the sun is down.\nThey are told apart."
            ),
            ("page=2", "Wicks are well-trimmed in March."),
        ]
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed
        .write_all(&vec![b' '; 40 << 20])
        .expect("a vector takes all");
    let packed = packed.finish().expect("a vector takes all");
    let text = || lines(&["Some words."]);
    let form =
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /A 6 0 R >> >> >>";
    let drawn = |kind: &str| {
        stream(
            &format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {kind}"),
            b"/A Do /A Do",
        )
    };
    for (name, file, said) in [
        ("no PDF", b"%PDF-1.4 and nothing else".to_vec(), "damaged"),
        ("nothing", b" ".to_vec(), "empty"),
        (
            "no text",
            with_page(PAGE, BOX, lines(&[]), &[]),
            "holds no text",
        ),
        (
            "a page without size",
            with_page(PAGE, "", text(), &[]),
            "cannot be read",
        ),
        (
            "a bomb",
            with_page(PAGE, BOX, stream("/Filter /FlateDecode", &packed), &[]),
            "unpacks to more",
        ),
        (
            "packed twice",
            with_page(
                PAGE,
                BOX,
                stream("/Filter [/FlateDecode /FlateDecode]", &packed),
                &[],
            ),
            "unpacks to more",
        ),
        (
            "a form that draws itself",
            with_page(
                form,
                BOX,
                stream("", b"/A Do"),
                &[drawn("/Resources << /XObject << /A 6 0 R >> >>")],
            ),
            "draw without end",
        ),
        (
            "groups in each other",
            with_page(PAGE, "/Parent 2 0 R", text(), &[]),
            "draw without end",
        ),
    ] {
        let corpus = corpus(&file);
        let warnings = &corpus.report.warnings;
        assert!(corpus.documents.is_empty(), "{name}");
        assert!(
            warnings
                .iter()
                .any(|warning| warning.reason.to_string().contains(said)),
            "{name}: {warnings:?}"
        );
    }
}

#[test]
fn a_page_that_fails_costs_itself_alone() {
    let file = pdf(&[
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>"),
        object(PAGE),
        lines(&["Nobody knows how large this is."]),
        object(FONT),
        object(&format!(
            "<< /Type /Page /Parent 2 0 R {BOX} /Contents 7 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
        )),
        lines(&["The second page."]),
        object("<< >>"),
    ]);
    let corpus = corpus(&file);
    assert_eq!(corpus.documents[0].title, "lamps");
    assert_eq!(corpus.documents[0].plain_text(), "lamps\nThe second page.");
    let warning = corpus.report.warnings[0].reason.to_string();
    assert_eq!(warning, "one of its pages could not be read");
}
