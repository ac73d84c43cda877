//! Input made to break readers: nothing panics, hangs or vanishes without a line in the report.

use std::fs;
use std::time::{Duration, Instant};

use samara_corpus::{Corpus, Options, read};

/// Far more than any of these takes, even on a busy machine; far less than quadratic work would.
const PATIENCE: Duration = Duration::from_secs(240);

fn read_bytes(name: &str, content: &[u8]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    // A companion, so that a corpus remains whatever becomes of the file.
    fs::write(folder.path().join("zz.md"), "# Companion\n\nstays").expect("the file is written");
    let start = Instant::now();
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert!(
        start.elapsed() < PATIENCE,
        "{name} took {:?}",
        start.elapsed()
    );
    let told = corpus.documents.len() > 1 || corpus.report.warnings.iter().any(|w| w.path == name);
    assert!(told, "{name} vanished");
    assert!(
        corpus
            .report
            .warnings
            .iter()
            .all(|w| !w.reason.to_string().contains("reader failed")),
        "{name}"
    );
    corpus
}

#[test]
fn deep_nesting_is_flattened() {
    for tag in ["div", "b", "table><tr><td", "ul><li"] {
        let depth = 100_000;
        let html = format!(
            "<title>deep</title>{}hidden words{}",
            format!("<{tag}>").repeat(depth),
            "</div>".repeat(depth)
        );
        let corpus = read_bytes("deep.html", html.as_bytes());
        assert!(corpus.report.files == 2, "{tag}");
    }
}

#[test]
fn long_lines_and_many_lines_take_no_longer_than_they_are() {
    let line = "words and more words without any end to them ".repeat(120_000);
    read_bytes("line.txt", line.as_bytes());
    read_bytes("line.html", format!("<main>{line}</main>").as_bytes());
    read_bytes("line.md", line.as_bytes());
    read_bytes("lines.txt", "short line\n".repeat(100_000).as_bytes());
    read_bytes("token.txt", "x".repeat(5_000_000).as_bytes());
    read_bytes(
        "attributes.html",
        format!("<p class='{}'>x</p>", "a ".repeat(500_000)).as_bytes(),
    );
    read_bytes(
        "blocks.html",
        "<p class='post share'>text of a paragraph"
            .repeat(50_000)
            .as_bytes(),
    );
    read_bytes("quotes.md", format!("{} x", ">".repeat(20_000)).as_bytes());
    read_bytes("stars.md", "*_".repeat(100_000).as_bytes());
    read_bytes("brackets.md", "[".repeat(100_000).as_bytes());
    read_bytes(
        "yaml.md",
        format!("---\na: {}\n---\nx", "[".repeat(20_000)).as_bytes(),
    );
    read_bytes(
        "list.md",
        format!("---\na:\n{}y\n---\nx", "- ".repeat(50_000)).as_bytes(),
    );
    let nested: String = (0..3_000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    read_bytes("map.md", format!("---\n{nested}---\nx").as_bytes());
    let tags: Vec<String> = (0..200_000).map(|n| format!("\"t{n}\"")).collect();
    read_bytes(
        "tags.json",
        format!("[{{\"text\": \"x\", \"tags\": [{}]}}]", tags.join(",")).as_bytes(),
    );
}

#[test]
fn titles_without_end_are_not_compared_without_end() {
    let many = |tag: &str| tag.repeat(50_000);
    for page in [
        format!(
            "<title>{}</title><main><h1>x</h1><p>words</main>",
            many("a - ")
        ),
        format!(
            "{}<main><h1>x</h1><p>words</main>",
            many("<meta property=og:title content='a b c'>")
        ),
        format!(
            "<title>y</title><main>{}<p>words</main>",
            many("<h1>some words here</h1>")
        ),
        format!(
            "<main>{}<p>words</main>",
            many("<p itemprop=headline>some words here</p>")
        ),
    ] {
        read_bytes("titles.html", page.as_bytes());
    }
}

#[test]
fn front_matter_that_stands_for_more_than_a_machine_holds_is_ignored() {
    let lists: String = (1..12)
        .map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9)))
        .collect();
    let corpus = read_bytes(
        "laughs.md",
        format!("---\na0: &a0 ha\n{lists}---\n\n# Title\n\ntext").as_bytes(),
    );
    assert_eq!(corpus.documents[0].plain_text(), "Title\ntext");
    assert!(
        corpus
            .report
            .warnings
            .iter()
            .any(|w| w.reason.to_string().contains("aliases"))
    );
}

#[test]
fn scripts_never_become_text_or_titles() {
    let html = "<title>Safe <script>alert(1)</script></title><main><h1>Safe</h1>\
                <script>evil()</script><style>p{}</style><p onclick=evil()>words <!-- evil() --> here</p>\
                <a href='javascript:evil()'>link text</a></main>";
    let corpus = read_bytes("a.html", html.as_bytes());
    assert!(!corpus.documents[0].plain_text().contains("evil"));
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    for (name, content) in [
        ("a.txt", &b"\xff\xfe\xfa\x00\x01\x02"[..]),
        ("b.html", &b"caf\xe9 \xff\xfe bad \xc3\x28 words"[..]),
        ("c.txt", &b"\0\0\0\0"[..]),
        ("d.html", &b""[..]),
        ("e.txt.gz", &b"\x1f\x8b\x08\0broken"[..]),
        ("f.html", &b"<"[..]),
        ("g.html", &b"<!DOCTYPE"[..]),
        ("h.html", &b"&#x110000;&#xd800;&unknown;"[..]),
    ] {
        read_bytes(name, content);
    }
}

/// What every reader is given, whatever its format.
#[test]
fn every_reader_survives_what_every_reader_is_given() {
    let long = "x ".repeat(500_000);
    let deep = "[".repeat(50_000);
    let inputs: [(&str, Vec<u8>); 8] = [
        ("empty", Vec::new()),
        ("spaces", b" \n\t ".to_vec()),
        (
            "invalid",
            b"\xff\xfe\xc3(\xe2\x28\xa1 words \xf0\x9f".to_vec(),
        ),
        ("zeros", vec![0; 1000]),
        ("long", long.into_bytes()),
        ("deep", deep.into_bytes()),
        (
            "script",
            b"<title>a<script>evil()</script></title><a href='javascript:evil()'>b</a>".to_vec(),
        ),
        ("tables", "<table><tr><td>cell ".repeat(2_000).into_bytes()),
    ];
    for (what, content) in inputs {
        for name in [
            "a.txt",
            "a.html",
            "a.md",
            "a.json",
            "a.jsonl",
            "searchindex.json",
            "search_index.json",
            "a.html.gz",
        ] {
            let folder = tempfile::tempdir().expect("a folder for the test");
            fs::write(folder.path().join(name), &content).expect("the file is written");
            fs::write(folder.path().join("zz.md"), "# Companion").expect("the file is written");
            match read(&[folder.path().to_path_buf()], &Options::default()) {
                Ok(corpus) => {
                    let told = corpus.report.warnings.iter().find(|w| w.path == name);
                    assert!(
                        corpus.documents.len() > 1 || told.is_some(),
                        "{name} vanished: {what}"
                    );
                    assert!(
                        told.is_none_or(|w| !w.reason.to_string().contains("reader failed")),
                        "{name}: {what}"
                    );
                }
                Err(fault) => assert!(fault.to_string().contains(name), "{what}: {fault}"),
            }
        }
    }
}

#[test]
fn addresses_that_run_scripts_are_never_a_documents() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let page = "<title>A</title><link rel=canonical href='javascript:evil()'><main><p>Words</main>";
    fs::write(folder.path().join("a.html"), page).expect("the file is written");
    let lines = "{\"url\":\"javascript:evil()\",\"title\":\"B\",\"text\":\"b\"}\n\
                 {\"url\":\"data:text/html,evil\",\"title\":\"C\",\"text\":\"c\"}";
    let data = folder.path().join("b.jsonl");
    fs::write(&data, lines).expect("the file is written");
    let paths = [folder.path().join("a.html"), data];
    let corpus = read(&paths, &Options::default()).expect("it is read");
    assert_eq!(corpus.documents.len(), 3);
    for document in &corpus.documents {
        assert!(!document.url.contains("evil"), "{}", document.url);
    }
}

/// A small generator with a fixed seed, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound.max(1)
    }
}

const SEEDS: [(&str, &str); 5] = [
    (
        "html",
        "<!DOCTYPE html><html lang=en><head><title>A &amp; B | Site</title><meta property='og:title' content='A'>\
         <script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[{\"name\":\"N\"}]}</script></head>\
         <body><nav><a href=/>Home</a></nav><article><h1 id=a>A</h1><p>Some words, and more of them here.<br>x</p>\
         <table><tr><td>1<table><td>2</table></table><ul><li>i<li>j</ul><pre>a\n b</pre><sup><a>1</a></sup>\
         <svg><title>t</title></svg><template><p>t</p></template><noscript>n</noscript></article></body></html>",
    ),
    (
        "txt",
        "Back to top\n\nThe title of the page\n\nBy Somebody\nPublished: 3 March 2025\n\nA caption, told twice here. (Agency)\n\
         A caption, told twice here. (Agency)\n\nA paragraph of many words that says something about the title of the page.\n\n\
         Follow us on Twitter!\n\nLeave a comment\nMost popular\n\u{b0a0}\u{ac1c}\n",
    ),
    (
        "md",
        "---\ntitle: A\ntags: [b, c]\n---\n# A\n\ntext *of* `code` [link](x) ![alt](y)\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n\
         ```\ncode\n```\n\n> quote\n\n1. one\n   - two\n\n<div>html</div>\n",
    ),
    (
        "json",
        "{\"config\":{\"lang\":[\"en\"]},\"docs\":[{\"location\":\"a/\",\"title\":\"A\",\"text\":\"<p>One &amp; two</p>\"},\
         {\"location\":\"a/#b\",\"title\":\"B\",\"text\":\"three \\u00e9 \\ud83d\\ude00\"}]}",
    ),
    (
        "jsonl",
        "{\"url\":\"a\",\"title\":\"A\",\"text\":\"one two\",\"tags\":[\"x\"],\"date\":\"2024-05-06\"}\n\
         {\"id\":\"b\",\"sections\":[{\"heading\":\"H\",\"anchor\":\"h\",\"text\":\"three\"}],\"lang\":\"de\"}\n",
    ),
];

/// Pieces at which readers have stumbled before.
const PIECES: [&str; 28] = [
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\r\n",
    "<table>",
    "</p>",
    "<svg>",
    "<template>",
    "<select>",
    "<plaintext>",
    "<title>",
    "---\n",
    "+++\n",
    "```",
    "|",
    "(",
    "\u{1f600}",
    "{",
    "[[[[[[[[",
    "\\ud800",
    "1e999",
];

/// The stable toolchain's stand-in for a fuzzer: valid inputs, mutated at random places for a bounded
/// time (`SAMARA_FUZZ_SECONDS`, two by default), with a fixed seed.
#[test]
fn mutated_input_is_read_without_a_panic() {
    let seconds = std::env::var("SAMARA_FUZZ_SECONDS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(2);
    let end = Instant::now() + Duration::from_secs(seconds);
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut random = Random(0x5a3a_7a11);
    let mut rounds = 0;
    while Instant::now() < end {
        for (extension, seed) in SEEDS {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..=random.below(12) {
                let at = random.below(bytes.len() + 1);
                match random.below(4) {
                    0 => bytes
                        .splice(at..at, PIECES[random.below(PIECES.len())].bytes())
                        .for_each(drop),
                    1 => bytes.truncate(at.max(1)),
                    2 if at < bytes.len() => {
                        bytes[at] = u8::try_from(random.below(256)).expect("a byte")
                    }
                    _ => {
                        let from = random.below(bytes.len());
                        let copy = bytes[from..(from + random.below(60)).min(bytes.len())].to_vec();
                        bytes.splice(at..at, copy);
                    }
                }
            }
            let path = folder.path().join(format!("page.{extension}"));
            fs::write(&path, &bytes).expect("the file is written");
            if let Ok(corpus) = read(std::slice::from_ref(&path), &Options::default()) {
                let failed = corpus
                    .report
                    .warnings
                    .iter()
                    .any(|w| w.reason.to_string().contains("reader failed"));
                assert!(
                    !failed,
                    "{extension}: {:?}",
                    String::from_utf8_lossy(&bytes)
                );
                for document in &corpus.documents {
                    check(&document.plain_text(), &bytes);
                }
            }
            rounds += 1;
        }
    }
    println!("{rounds} mutated inputs");
    assert!(rounds > 10);
}

/// What every text kept has to satisfy.
fn check(text: &str, bytes: &[u8]) {
    let source = || String::from_utf8_lossy(bytes).into_owned();
    assert!(!text.contains(['\0', '\u{feff}']), "{}", source());
    assert!(
        text.split_whitespace().all(|token| token.len() < 4000),
        "{}",
        source()
    );
}
