//! The default corpus of this repository, and five scraped pages where `SAMARA_RAW_PAGES` names
//! them.

use std::path::{Path, PathBuf};

use samara_corpus::{Corpus, Options, Rule, read};

/// What a page is expected to become. Fragments, since the pages are their publishers' own.
struct Expected {
    file: &'static str,
    title: &'static str,
    source: Option<&'static str>,
    date: Option<&'static str>,
    /// Blocks kept, the title left out.
    blocks: usize,
    headings: &'static [&'static str],
    /// Begins of the first and the last block.
    ends: [&'static str; 2],
    /// The caption, which stands once.
    caption: Option<&'static str>,
}

/// Chrome of the kinds that these pages wear; none of it may be found anywhere.
const CHROME: [&str; 30] = [
    "back to top",
    "scroll to top",
    "most popular",
    "latest news",
    "taboola",
    "comments are closed",
    "leave a comment",
    "email address will not",
    "required fields",
    "copyright",
    "rights reserved",
    "more from",
    "min read",
    "related books",
    "related stories",
    "already a member",
    "already a reader",
    "download the app",
    "one app",
    "start reading",
    "our picks",
    "days free",
    "top stories",
    "trusted",
    "follow us",
    "curated",
    "brought to you",
    "shaban",
    "originally appeared",
    "sign up",
];

fn corpus(folder: &Path) -> Corpus {
    read(&[PathBuf::from(folder)], &Options::default()).expect("the corpus is read")
}

fn check(corpus: &Corpus, expected: &[Expected]) {
    assert_eq!(corpus.documents.len(), expected.len());
    for (document, expected) in corpus.documents.iter().zip(expected) {
        let file = expected.file;
        assert!(
            document.id.starts_with(file),
            "{} is not {file}",
            document.id
        );
        assert!(
            document.title.starts_with(expected.title),
            "{file}: {}",
            document.title
        );
        let meta = |key| document.meta.get(key).map(|values| values[0].as_str());
        assert_eq!(meta("source"), expected.source, "{file}");
        assert_eq!(meta("date"), expected.date, "{file}");
        let headings: Vec<&str> = document.sections[1..].iter().map(|s| &*s.heading).collect();
        assert_eq!(headings, expected.headings, "{file}");
        let text = document.plain_text();
        let blocks: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(blocks.len(), expected.blocks, "{file}");
        assert!(
            blocks[0].starts_with(expected.ends[0]),
            "{file}: {}",
            blocks[0]
        );
        let last = blocks[blocks.len() - 1];
        assert!(last.starts_with(expected.ends[1]), "{file}: {last}");
        if let Some(caption) = expected.caption {
            assert_eq!(text.matches(caption).count(), 1, "{file}: {caption}");
        }
        let lower = text.to_lowercase();
        for chrome in CHROME {
            assert!(!lower.contains(chrome), "{file}: {chrome}");
        }
    }
}

#[test]
fn the_default_corpus_is_cleaned_to_its_briefs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    check(
        &corpus(&folder),
        &[
            Expected {
                file: "ambassador-xie",
                title: "Ambassador Xie speaks of a 'shared wish'",
                source: Some("Weekend Courier"),
                date: None,
                blocks: 11,
                headings: &["Gaza in the background", "Distrust in Congress"],
                ends: ["Wang Yi arrived", "Wang, who held the ministry"],
                caption: None,
            },
            Expected {
                file: "blinken-and-wang",
                title: "Blinken and Wang open two days of talks",
                source: Some("Courier"),
                date: None,
                blocks: 9,
                headings: &["Xi set the tone"],
                ends: ["Wang Yi, left", "The White House says"],
                caption: Some("on their way to the microphones"),
            },
            Expected {
                file: "blinken-meets-xi",
                title: "Xi receives Blinken in Beijing",
                source: Some("Riverside Post"),
                date: None,
                blocks: 11,
                headings: &["Three hours with Wang Yi", "A low point, says Qin"],
                ends: ["Antony Blinken and Xi Jinping", "Biden said on Saturday"],
                caption: Some("in the Great Hall of the People"),
            },
            Expected {
                file: "jakarta-meeting",
                title: "Candid hour and a half in Jakarta",
                source: None,
                date: Some("2023-07-14"),
                blocks: 10,
                headings: &["What was on the table", "Beijing's reading"],
                ends: ["Antony Blinken and Wang Yi during", "Days before, Treasury"],
                caption: Some("CourierWorld"),
            },
            Expected {
                file: "nine-hours",
                title: "Nine hours of talks bring Washington and Beijing",
                source: Some("Harbour Evening TV"),
                date: Some("2023-10-28"),
                blocks: 11,
                headings: &["Where things moved", "Worry about a wider war"],
                ends: ["Middle East dispute aired", "Blinken also raised two"],
                caption: Some("is welcomed by Antony Blinken"),
            },
        ],
    );
}

#[test]
fn scraped_pages_lose_their_chrome_and_nothing_else() {
    let Some(folder) = std::env::var_os("SAMARA_RAW_PAGES") else {
        println!("skipped: SAMARA_RAW_PAGES names no folder");
        return;
    };
    let corpus = corpus(Path::new(&folder));
    check(
        &corpus,
        &[
            Expected {
                file: "000",
                title: "Top US, Chinese diplomats hold talks",
                source: Some("Yonhap"),
                date: None,
                blocks: 14,
                headings: &[],
                ends: [
                    "Secretary of State Antony Blinken (right)",
                    "The US outreach to China",
                ],
                caption: Some("walk to meet the media"),
            },
            Expected {
                file: "001",
                title: "US, China agree to work toward",
                source: Some("Aaj English TV"),
                date: None,
                blocks: 25,
                headings: &["Concern over Middle East"],
                ends: ["There were also", "The second official said"],
                caption: Some("at the State Department in Washington, US"),
            },
            Expected {
                file: "002",
                title: "Chinese foreign minister Wang Yi urges",
                source: Some("South China Morning Post"),
                date: None,
                blocks: 25,
                headings: &[],
                ends: [
                    "Chinese Foreign Minister Wang Yi called",
                    "Additional reporting by",
                ],
                caption: None,
            },
            Expected {
                file: "003",
                title: "Blinken meets with Xi",
                source: Some("Bangkok Post"),
                date: None,
                blocks: 15,
                headings: &[],
                ends: [
                    "US Secretary of State Antony Blinken (left)",
                    "Beijing has increased pressure",
                ],
                caption: Some("shakes hands with"),
            },
            Expected {
                file: "004",
                title: "Blinken Wang holds hours of",
                source: None,
                date: None,
                blocks: 20,
                headings: &[],
                ends: [
                    "Chinese Premier Wang Yi (L)",
                    "Addressing a news conference",
                ],
                caption: Some("July 13, 2023"),
            },
        ],
    );
    // The house advertisement between two paragraphs and the wish to be followed read like prose.
    let promoted: Vec<&str> = corpus
        .report
        .documents
        .iter()
        .filter(|outcome| {
            outcome
                .dropped
                .iter()
                .any(|block| block.rule == Rule::Promotion)
        })
        .map(|outcome| &outcome.id[..3])
        .collect();
    assert_eq!(promoted, ["001", "002"]);
}
