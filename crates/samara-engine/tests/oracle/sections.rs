//! Headings, unspaced scripts and marks: what stands in a row, and what is marked of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use samara_engine::{Document, Index, IndexWriter, Section};

use crate::corpus::{found, search};

/// Words of each part of a page: its title, then headings and texts by turns.
type Parts = Vec<Vec<String>>;

fn parts() -> impl Strategy<Value = Parts> {
    prop::collection::vec(prop::collection::vec("[abc]{1,2}", 1..5), 3..8)
}

/// The bytes of an index of pages of sections, without language.
fn index_of(pages: &[Parts]) -> Vec<u8> {
    let mut writer = IndexWriter::new();
    for (number, parts) in pages.iter().enumerate() {
        let sections = parts[1..].chunks(2).map(|section| Section {
            heading: section[0].join(" "),
            text: section
                .get(1)
                .map(|words| words.join(" "))
                .unwrap_or_default(),
            ..Section::default()
        });
        writer.add(Document {
            id: number.to_string(),
            url: number.to_string(),
            title: parts[0].join(" "),
            sections: sections.collect(),
            ..Document::default()
        });
    }
    writer.finish().unwrap()
}

fn holding(pages: &[Parts], holds: impl Fn(&Parts) -> bool) -> BTreeSet<usize> {
    (0..pages.len())
        .filter(|&number| holds(&pages[number]))
        .collect()
}

fn in_row(words: &[String], row: &[String]) -> bool {
    words.windows(row.len()).any(|words| words == row)
}

/// The marked pieces of a text, all of ASCII.
fn marked<'t>(text: &'t str, marks: &[(u32, u32)]) -> Vec<&'t str> {
    let piece = |&(start, end): &(u32, u32)| &text[start as usize..end as usize];
    marks.iter().map(piece).collect()
}

proptest! {
    #[test]
    fn a_phrase_stands_in_one_part(
        pages in prop::collection::vec(parts(), 1..6),
        row in prop::collection::vec("[abc]{1,2}", 1..4),
    ) {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let expected = holding(&pages, |parts| parts.iter().any(|words| in_row(words, &row)));
        let phrase = row.join(" ");
        prop_assert_eq!(&found(&search(&index, &format!("\"{phrase}\""), false)), &expected);
        let others = holding(&pages, |_| true).difference(&expected).copied().collect::<BTreeSet<_>>();
        prop_assert_eq!(found(&search(&index, &format!("-\"{phrase}\""), false)), others);
        // Of the title alone.
        let titled = holding(&pages, |parts| in_row(&parts[0], &row));
        prop_assert_eq!(found(&search(&index, &format!("title:\"{phrase}\""), false)), titled);
    }

    #[test]
    fn a_phrase_is_marked_where_it_stands_in_a_row_alone(
        pages in prop::collection::vec(parts(), 1..6),
        one in "[abc]{1,2}",
        other in "[abc]{1,2}",
    ) {
        prop_assume!(one != other);
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let row = [one.clone(), other.clone()];
        for hit in search(&index, &format!("\"{one} {other}\""), false).hits {
            let parts = &pages[hit.id.parse::<usize>().unwrap()];
            let mut shown = marked(&hit.title, &hit.title_marks);
            let in_title = parts[0].windows(2).filter(|words| *words == row).count();
            prop_assert_eq!(shown.join(" ").split_whitespace().count(), 2 * in_title);
            shown.extend(marked(&hit.snippet.text, &hit.snippet.marks));
            for section in &hit.sections {
                shown.extend(marked(&section.snippet.text, &section.snippet.marks));
            }
            let words: Vec<&str> = shown.iter().flat_map(|mark| mark.split(' ')).collect();
            prop_assert!(words.chunks(2).all(|words| words == row), "{:?}", shown);
        }
    }

    #[test]
    fn what_is_excluded_is_not_marked(
        pages in prop::collection::vec(parts(), 1..6),
        one in "[abc]{1,2}",
        row in prop::collection::vec("[abc]{1,2}", 2..3),
    ) {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &format!("{one} -\"{}\" -title:{} ", row.join(" "), row[0]), false);
        for hit in &answer.hits {
            let mut shown = marked(&hit.title, &hit.title_marks);
            shown.extend(marked(&hit.snippet.text, &hit.snippet.marks));
            prop_assert!(shown.iter().all(|mark| *mark == one), "{:?}", shown);
        }
    }

    #[test]
    fn a_sentence_of_an_unspaced_script_is_found_where_it_stands(
        texts in prop::collection::vec("[山川水火]{1,80}", 1..6),
        from in 0..80usize,
        length in 1..60usize,
        typed in "[山川水火]{2,6}",
    ) {
        let pages: Vec<Parts> = texts.iter().map(|text| vec![vec![], vec![], vec![text.clone()]]).collect();
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let piece: String = texts[0].chars().skip(from).take(length).collect();
        for query in [piece, typed].iter().filter(|query| !query.is_empty()) {
            let expected = holding(&pages, |parts| parts[2][0].contains(query.as_str()));
            prop_assert_eq!(&found(&search(&index, &format!("\"{query}\""), false)), &expected, "{}", query);
            prop_assert_eq!(&found(&search(&index, &format!("+{query} "), false)), &expected, "+{}", query);
            // Typed as it is, it finds at least these.
            let answer = search(&index, &format!("{query} "), false);
            prop_assert!(found(&answer).is_superset(&expected), "{}", query);
        }
    }
}
