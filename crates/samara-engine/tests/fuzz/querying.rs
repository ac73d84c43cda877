//! Queries of pieces that mean something to the parser, and of bytes that mean nothing to anybody.

use samara_engine::{
    Condition, Document, FieldWeights, Index, IndexWriter, Options, Ranking, Searcher, Section,
    Sort, Texts, Unicode,
};

use crate::mutate::{Random, mutate};
use crate::run::run;

const PIECES: [&str; 52] = [
    "\"",
    "\"",
    " ",
    " ",
    "+",
    "-",
    "OR",
    " OR ",
    "title:",
    "source:",
    "tag:",
    "date:",
    "lang:",
    "..",
    "2023",
    "2023-07",
    "-",
    ":",
    "(",
    ")",
    "*",
    "~",
    "^2",
    "'",
    "“",
    "”",
    "«",
    "„",
    "\0",
    "\n",
    "\u{a0}",
    "\u{200b}",
    "\u{301}",
    "\u{202e}",
    "\u{fe0f}",
    "\u{1f3fd}",
    "\u{10ffff}",
    "\u{fffd}",
    "王",
    "毅",
    "ไทย",
    "é",
    "ß",
    "İ",
    "ﷺ",
    "wang",
    "blinken",
    "talks",
    "tlaks",
    "the",
    "C++",
    "__proto__",
];

fn text(random: &mut Random) -> String {
    let pieces = random.below(40);
    let mut text = String::new();
    for _ in 0..pieces {
        text.push_str(random.pick(&PIECES));
    }
    match random.below(4) {
        0 => {
            let mut bytes = text.into_bytes();
            mutate(random, &mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        }
        1 => text.repeat(random.below(60)),
        _ => text,
    }
}

fn corpus() -> Vec<u8> {
    let mut writer = IndexWriter::new();
    for (number, text) in [
        "Wang Yi and Blinken held talks in the capital; the talks were frank.",
        "王毅同布林肯举行会谈 in C++ and ไทย, é ß İ 2023",
        "The title of the source is a tag, or a date: 2023-07.",
    ]
    .into_iter()
    .enumerate()
    {
        writer.add(Document {
            id: number.to_string(),
            title: format!("Talks {number}"),
            language: Some("en".into()),
            sections: vec![Section {
                text: text.into(),
                ..Section::default()
            }],
            meta: [
                ("source".to_owned(), vec!["wang".to_owned()]),
                ("date".to_owned(), vec!["2023-07-14".to_owned()]),
            ]
            .into(),
            ..Document::default()
        });
    }
    writer.finish().unwrap()
}

#[test]
fn every_text_is_answered_within_its_bounds() {
    let bytes = corpus();
    let index = Index::open(&bytes).unwrap();
    run(1_500, |random| {
        let query = text(random);
        let sort = text(random);
        let options = Options {
            limit: random.below(5),
            offset: random.below(3),
            sort: Sort::parse(&sort),
            correct: random.below(2) == 0,
            explain: random.below(2) == 0,
            filters: match random.below(4) {
                0 => Condition::of_fields(&[("source".into(), vec![text(random)])]),
                1 => Condition::of_fields(&[(text(random), vec!["wang".into()])]),
                2 => Condition::None(vec![Condition::Between {
                    field: "date".into(),
                    from: text(random),
                    to: text(random),
                }]),
                _ => Condition::default(),
            },
            facets: vec!["source".into()],
            prefix: random.below(2) == 0,
            exact: random.below(4) == 0,
            all: random.below(2) == 0,
            zeros: random.below(2) == 0,
            fields: FieldWeights {
                body: random.below(3) as f32,
                ..FieldWeights::default()
            },
            ranking: Ranking {
                saturation: random.below(3) as f32,
                length: random.below(2) as f32,
                counts: random.below(2) as f32,
                accents: random.below(2) as f32,
                beginnings: random.below(3) as f32,
            },
            texts: [Texts::Passages, Texts::Whole][random.below(2)],
            apart: random.below(2) == 0,
            listing: random.below(2) == 0,
        };
        let answer = Searcher::new(&index, &Unicode).search(&query, &options);
        assert!(answer.hits.len() <= options.limit);
        assert!(answer.total as usize <= index.len());
        assert!(answer.ignored.len() <= 64, "{query:?}");
        for ignored in &answer.ignored {
            assert!(ignored.text.len() <= 48, "{query:?}");
        }
        if let Some(corrected) = answer.corrected {
            assert!(options.correct && !options.exact);
            assert_eq!(corrected.from, query);
            assert_ne!(corrected.to, query);
        }
        for hit in &answer.hits {
            for snippet in [&hit.snippet]
                .into_iter()
                .chain(hit.sections.iter().map(|section| &section.snippet))
            {
                let units = snippet.text.encode_utf16().count() as u32;
                assert!(
                    snippet
                        .marks
                        .iter()
                        .all(|&(start, end)| start < end && end <= units),
                    "{query:?}"
                );
                assert!(
                    snippet.marks.is_sorted_by(|one, other| one.1 <= other.0),
                    "{query:?}"
                );
            }
        }
        let _ = Searcher::new(&index, &Unicode).suggest(&query, 5);
        let _ = Searcher::new(&index, &Unicode).corrections(&query, 5);
    });
}
