//! Random corpora of words from a small vocabulary, so that they meet.

use std::collections::BTreeSet;

use proptest::prelude::*;
use samara_engine::{Answer, Document, Index, IndexWriter, Options, Searcher, Section, Unicode};

/// A document as a person would hold it in mind: words of its title, words of its text, metadata.
#[derive(Clone, Debug)]
pub struct Page {
    pub title: Vec<String>,
    pub words: Vec<String>,
    pub date: Option<String>,
    pub tags: Vec<String>,
    pub rank: Option<i32>,
    pub similar: Option<u32>,
}

impl Page {
    /// Documents without language: no stems and no stop words, so that what is typed is what is looked for.
    pub fn document(&self, number: usize) -> Document {
        let meta = [
            ("date", self.date.clone().into_iter().collect::<Vec<_>>()),
            ("tag", self.tags.clone()),
            ("rank", self.rank.iter().map(ToString::to_string).collect()),
        ];
        Document {
            id: number.to_string(),
            url: number.to_string(),
            title: self.title.join(" "),
            language: None,
            sections: vec![Section {
                text: self.words.join(" "),
                ..Section::default()
            }],
            meta: meta
                .into_iter()
                .filter(|(_, values)| !values.is_empty())
                .map(|(name, values)| (name.to_owned(), values))
                .collect(),
            similar: self.similar,
        }
    }

    /// Words of title and text.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.title.iter().chain(&self.words)
    }

    pub fn has(&self, word: &str) -> bool {
        self.all().any(|known| known == word)
    }

    /// Whether the page has a word that the corpus has, in one or as two words in a row of three letters and more.
    pub fn says(&self, word: &str) -> bool {
        let in_row = |words: &[String]| {
            words.windows(2).any(|row| {
                let shortest = row[0].len().min(row[1].len());
                shortest > 2 && word.strip_prefix(row[0].as_str()) == Some(row[1].as_str())
            })
        };
        self.has(word) || in_row(&self.title) || in_row(&self.words)
    }
}

/// A word of a corpus.
pub fn word() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[abc]{1,3}", 2 => "[abcd]{4,7}", 1 => "[ab]{8,9}"]
}

/// Pages with all that a page can have.
pub fn pages() -> impl Strategy<Value = Vec<Page>> {
    let page = (
        prop::collection::vec(word(), 0..3),
        prop::collection::vec(word(), 1..12),
        prop::option::of("202[12]-0[1-3]-[01][1-9]"),
        prop::collection::btree_set("[xyz]", 0..3),
        prop::option::of(-20..20i32),
        prop::option::weighted(0.3, 0..2u32),
    );
    let page = page.prop_map(|(title, words, date, tags, rank, similar)| Page {
        title,
        words,
        date,
        tags: tags.into_iter().collect(),
        rank,
        similar,
    });
    prop::collection::vec(page, 1..9)
}

/// Pages of nothing but text.
pub fn plain_pages() -> impl Strategy<Value = Vec<Page>> {
    pages().prop_map(|mut pages| {
        for page in &mut pages {
            *page = Page {
                title: Vec::new(),
                words: std::mem::take(&mut page.words),
                date: None,
                tags: Vec::new(),
                rank: None,
                similar: None,
            };
        }
        pages
    })
}

/// The bytes of an index of these pages.
pub fn index_of(pages: &[Page]) -> Vec<u8> {
    let mut writer = IndexWriter::new();
    for (number, page) in pages.iter().enumerate() {
        writer.add(page.document(number));
    }
    writer.finish().unwrap()
}

/// Answers with all hits.
pub fn search(index: &Index, query: &str, correct: bool) -> Answer {
    let options = Options {
        limit: 1000,
        correct,
        ..Options::default()
    };
    let answer = Searcher::new(index, &Unicode).search(query, &options);
    assert_eq!(answer.total as usize, answer.hits.len());
    answer
}

/// Numbers of the pages that an answer holds, those folded into others included.
pub fn found(answer: &Answer) -> BTreeSet<usize> {
    let ids = answer.hits.iter().flat_map(|hit| {
        let others = hit.duplicates.iter().map(|other| &other.id);
        std::iter::once(&hit.id).chain(others)
    });
    ids.map(|id| id.parse().unwrap()).collect()
}

/// Numbers of the pages that reading each of them finds.
pub fn reading(pages: &[Page], holds: impl Fn(&Page) -> bool) -> BTreeSet<usize> {
    (0..pages.len())
        .filter(|&number| holds(&pages[number]))
        .collect()
}
