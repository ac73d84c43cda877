//! Input made to break the readers of formats: nothing panics, hangs or vanishes without a line in the report.

use std::fs;
use std::time::{Duration, Instant};

use samara_corpus::{Options, read};

/// Far more than any of these takes, even on a busy machine; far less than quadratic work would.
const PATIENCE: Duration = Duration::from_secs(60);

fn check(name: &str, content: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), content).expect("the file is written");
    fs::write(folder.path().join("zz.md"), "# Companion").expect("the file is written");
    let start = Instant::now();
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert!(
        start.elapsed() < PATIENCE,
        "{name} took {:?}",
        start.elapsed()
    );
    let warnings = &corpus.report.warnings;
    assert!(
        corpus.documents.len() > 1 || warnings.iter().any(|w| w.path == name),
        "{name} vanished: {}",
        String::from_utf8_lossy(&content[..content.len().min(200)])
    );
    let failed = warnings
        .iter()
        .any(|w| w.reason.to_string().contains("reader failed"));
    assert!(!failed, "{name}: {}", String::from_utf8_lossy(content));
}

#[test]
fn what_repeats_without_end_takes_no_longer_than_it_is() {
    for (name, piece) in [
        ("a.md", "{{< "),
        ("a.md", "{{< \n"),
        ("a.md", "{% x"),
        ("a.md", "%% "),
        ("a.md", "`` ` "),
        ("a.md", "[["),
        ("a.md", "[[a|b]] "),
        ("a.md", "!!! a\n    "),
        ("a.md", ":::a\n"),
        ("a.md", "<Aa>\n "),
        ("a.md", "```{note}\n"),
        ("a.md", "> [!a] b\n> "),
        ("a.md", "{.a "),
        ("a.mdx", "export const a = {\n\n"),
        ("a.adoc", "<<"),
        ("a.adoc", "a:[ "),
        ("a.adoc", "====\n"),
        ("a.adoc", "[[a\n"),
        ("a.rst", "`"),
        ("a.rst", ":a:`b "),
        ("a.rst", ".. a::\n  "),
        ("a.rst", "===\n"),
        ("a.org", "[["),
        ("a.org", "* a\n"),
        ("a.org", "|"),
        ("a.csv", "\""),
        ("a.csv", "title,"),
        ("a.csv", "title,b\n\""),
        ("a.xml", "<rss>"),
        ("a.xml", "<rss><item><a>"),
        ("a.xml", "<rss><item>&amp;"),
        ("a.json", "[{\"a\":"),
    ] {
        let json = name == "a.json";
        let content = piece.repeat(if json { 20 } else { 100_000 });
        let content = if json {
            format!("{content}1{}", "}]".repeat(20))
        } else {
            content
        };
        check(name, content.as_bytes());
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

const SEEDS: &[(&str, &str)] = &[
    (
        "a.md",
        "---\ntitle: A: b\naliases: [c]\n---\n!!! note \"é\"\n    a\n\n:::tip[T]\nb `{% c %}` [[d|e]] %%f%%\n:::\n\n> [!x]- T\n> g\n\n{{< h\n title=\"i\" >}}\n\n<Tab label=\"j\">\n  k\n</Tab>\n",
    ),
    (
        "a.adoc",
        "= T\nA <b@c>\n:d: e\n\n[#f]\n== G\n.H\n* i xref:j[k] <<l,m>>\n----\nn\n----\n|===\n|o é\n|===\n",
    ),
    (
        "a.rst",
        "===\nTé\n===\n\na :b:`c <d>` ``e``\n\n.. note:: f\n   :g: h\n\n   i::\n\n     j\n\nK\n-\n",
    ),
    (
        "a.org",
        "#+TITLE: é\n* A :b:\n:PROPERTIES:\n:CUSTOM_ID: c\n:END:\n[[d][e]]\n#+begin_src\nf\n#+end_src\n",
    ),
    ("a.csv", "title,b\n\"c\nd\",é\ne\n"),
    (
        "a.xml",
        "<?xml version='1.0'?><rss><channel><title>A</title><item><title>b &amp; c</title><link rel='x' href='y'/><content:encoded><![CDATA[<p>dé]]></content:encoded></item></channel></rss>",
    ),
    (
        "a.json",
        "{\"title\":\"A\",\"items\":[{\"name\":\"é\",\"n\":1,\"deep\":{\"text\":\"b\"}}],\"html\":\"<p>c\",\"dropped\":[]}",
    ),
    #[cfg(feature = "documents")]
    (
        "a.eml",
        "Subject: =?utf-8?q?=C3?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-16\n\n<p>é\n--x--\n",
    ),
];

const PIECES: [&str; 16] = [
    "\0",
    "\u{feff}",
    "é",
    "\r",
    "`",
    "{{<",
    ">}}",
    "[[",
    "]]",
    "\n\n",
    "    ",
    "<",
    "&#x110000;",
    "\"",
    "::",
    "%%",
];

#[test]
fn mutated_formats_are_read_without_a_panic() {
    let seconds = std::env::var("SAMARA_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|s| s.parse().ok()).unwrap_or(2);
    let end = Instant::now() + Duration::from_secs(seconds);
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut random = Random(0x5a3a_7a11);
    while Instant::now() < end {
        for (name, seed) in SEEDS {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..=random.below(8) {
                let at = random.below(bytes.len() + 1);
                match random.below(3) {
                    0 => bytes
                        .splice(at..at, PIECES[random.below(PIECES.len())].bytes())
                        .for_each(drop),
                    1 => bytes.truncate(at.max(1)),
                    _ => {
                        let from = random.below(bytes.len());
                        let copy = bytes[from..(from + random.below(40)).min(bytes.len())].to_vec();
                        bytes.splice(at..at, copy).for_each(drop);
                    }
                }
            }
            let path = folder.path().join(name);
            fs::write(&path, &bytes).expect("the file is written");
            if let Ok(corpus) = read(std::slice::from_ref(&path), &Options::default()) {
                let warnings = corpus.report.warnings.iter();
                let failed = warnings
                    .map(|w| w.reason.to_string())
                    .any(|w| w.contains("reader failed"));
                assert!(!failed, "{name}: {:?}", String::from_utf8_lossy(&bytes));
            }
        }
    }
}
