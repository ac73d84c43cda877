//! In a region that is marked for search every visible text is kept, or reported with a rule.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;

use samara_corpus::{Options, read};

/// Elements of which a page is made up here. What nobody sees (scripts, templates) and readings beside ruby, which end
/// each other, are not among them.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "button",
    "caption",
    "code",
    "dd",
    "del",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h6",
    "header",
    "i",
    "kbd",
    "label",
    "legend",
    "li",
    "main",
    "math",
    "mi",
    "mark",
    "nav",
    "noscript",
    "ol",
    "option",
    "output",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "textarea",
    "th",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "x-card",
    "mjx-container",
    "relative-time",
    "unknown",
];
const ATTRIBUTES: &[&str] = &[
    "",
    "",
    "",
    " hidden",
    " hidden=until-found",
    " aria-hidden=true",
    " style='display:none'",
    " role=tabpanel",
    " role=navigation",
    " role=button",
    " class=sidebar",
    " class='nav share cookies'",
    " class=sr-only",
    " class=lineno",
    " id=comments",
    " id=footer",
    " href=#a",
    " open",
    " aria-expanded=false",
    " class=highlight",
];

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}

/// Writes a tree with a word of its own in each text, and collects the words.
fn grow(dice: &mut Dice, depth: usize, html: &mut String, words: &mut Vec<String>) {
    for _ in 0..=dice.roll(4) {
        if depth == 0 || dice.roll(3) == 0 {
            let word = format!("word{}x{}", words.len(), dice.roll(1000));
            let filling = ["", " ", " and ", ", "][dice.roll(4)];
            // Of a drawing only its letters are seen.
            let (begin, end) = [
                ("", ""),
                ("", ""),
                ("", ""),
                ("<svg><text>", "</text></svg>"),
            ][dice.roll(4)];
            let _ = write!(html, "{filling}{begin}{word}{end} ");
            words.push(word);
        } else {
            let tag = TAGS[dice.roll(TAGS.len())];
            let attribute = ATTRIBUTES[dice.roll(ATTRIBUTES.len())];
            let _ = write!(html, "<{tag}{attribute}>");
            grow(dice, depth - 1, html, words);
            // Authors forget end tags.
            if dice.roll(12) > 0 {
                let _ = write!(html, "</{tag}>");
            }
        }
    }
}

#[test]
fn every_visible_text_of_a_marked_region_is_kept_or_reported() {
    for mark in ["data-samara-body", "data-pagefind-body"] {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mut pages = Vec::new();
        for seed in 0..400 {
            let (mut html, mut words) = (String::new(), Vec::new());
            grow(&mut Dice(seed), 6, &mut html, &mut words);
            let name = format!("{seed:03}.html");
            let page = format!("<title>T</title><body><div {mark}><p>A page.</p>{html}</div>");
            fs::write(folder.path().join(&name), &page).expect("the page is written");
            pages.push((name, page, words));
        }
        let corpus =
            read(&[folder.path().to_path_buf()], &Options::default()).expect("they are read");
        for (name, page, words) in pages {
            let at = corpus
                .report
                .documents
                .iter()
                .position(|outcome| outcome.path == name);
            let at = at.unwrap_or_else(|| panic!("{name} is no document: {page}"));
            let mut all = corpus.documents[at].plain_text();
            for dropped in &corpus.report.documents[at].dropped {
                all.push(' ');
                all.push_str(&dropped.text);
            }
            let found: HashSet<&str> = all.split(|c: char| !c.is_ascii_alphanumeric()).collect();
            let lost: Vec<&String> = words
                .iter()
                .filter(|word| !found.contains(word.as_str()))
                .collect();
            assert!(lost.is_empty(), "{name} lost {lost:?} of {page}\n{all}");
        }
    }
}

#[test]
fn readings_and_marks_of_footnotes_part_no_word_and_are_told() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let page = "<main data-samara-body><p>\u{706f}<ruby>\u{53f0}<rp>(</rp><rt>dai</rt><rp>)</rp></ruby>\u{306e}lamp\
                <sup><a href=#f1>[1]</a></sup> burns.</p><p id=f1>All night.</p></main>";
    fs::write(folder.path().join("lamp.html"), page).expect("the page is written");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    let text = corpus.documents[0].plain_text();
    assert!(
        text.contains("\u{706f}\u{53f0}\u{306e}lamp burns.\nAll night."),
        "{text}"
    );
    let dropped = corpus.report.documents[0].dropped.iter();
    let dropped: Vec<(&str, &str)> = dropped.map(|d| (d.rule.name(), &*d.text)).collect();
    assert_eq!(dropped, [("reading", "dai"), ("footnote-mark", "[1]")]);
}
