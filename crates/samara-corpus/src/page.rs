//! A page between its reader and the corpus: blocks in reading order, and what is known of it.

use std::collections::BTreeMap;
use std::ops::Range;

use samara_engine::{Document, Section, Weight};

use crate::fold::count_words;
use crate::report::Dropped;
use crate::similar::Signature;
use crate::url;

/// What a block of text is to its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A heading; opens a section.
    Heading,
    /// Running text, a list's item, a table's row, a caption.
    Text,
    /// Lines of program text or verse: never judged, never compared.
    Code,
}

/// A block of text that is shown by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub kind: Kind,
    pub text: String,
    /// Fragment identifier of a heading; empty where it has none.
    pub anchor: String,
    /// Pieces whose author has decided how much they count.
    pub weights: Vec<(Range<usize>, Weight)>,
}

impl Block {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            kind: Kind::Text,
            text: text.into(),
            anchor: String::new(),
            weights: Vec::new(),
        }
    }

    pub fn code(text: impl Into<String>) -> Self {
        Self {
            kind: Kind::Code,
            text: text.into(),
            anchor: String::new(),
            weights: Vec::new(),
        }
    }

    pub fn heading(text: impl Into<String>, anchor: impl Into<String>) -> Self {
        Self {
            kind: Kind::Heading,
            text: text.into(),
            anchor: anchor.into(),
            weights: Vec::new(),
        }
    }
}

/// How a page says which part of it is its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Region {
    /// It does not.
    #[default]
    Guessed,
    /// By its structure: `<main>`, `<article>`, the container of a known generator.
    Named,
    /// By an attribute made for search: `data-pagefind-body`, `data-samara-body`.
    Marked,
    /// The whole input is content: Markdown, JSON.
    Whole,
}

/// A page as its reader leaves it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// File it was read from, relative to the corpus.
    pub path: String,
    /// The input's own identifier, if it has one.
    pub id: Option<String>,
    /// Address on the site, if the page knows it.
    pub url: Option<String>,
    pub title: String,
    pub language: Option<String>,
    pub region: Region,
    /// The region is known to hold nothing but content: it is marked for search, or a generator's container.
    pub complete: bool,
    pub blocks: Vec<Block>,
    pub meta: BTreeMap<String, Vec<String>>,
    pub dropped: Vec<Dropped>,
    pub warnings: Vec<String>,
    /// For finding its likes; made where pages are read, on all cores.
    pub signature: Option<Signature>,
}

impl Page {
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.blocks.is_empty()
    }

    /// Words of the title and of every block.
    pub fn words(&self) -> usize {
        let blocks = self.blocks.iter().map(|block| count_words(&block.text));
        count_words(&self.title) + blocks.sum::<usize>()
    }

    /// Adds a value to a field.
    pub fn put(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            let values = self.meta.entry(key.to_string()).or_default();
            values.push(value.to_string());
        }
    }

    /// The document of the page: headings open sections.
    pub fn into_document(self) -> Document {
        let url = self.url.unwrap_or_else(|| url::of_path(&self.path));
        Document {
            id: self.id.unwrap_or_else(|| url.clone()),
            url,
            title: self.title,
            language: self.language,
            sections: sections(self.blocks),
            meta: self.meta,
            similar: None,
        }
    }
}

fn sections(blocks: Vec<Block>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for block in blocks {
        if block.kind == Kind::Heading {
            sections.push(Section {
                heading: block.text,
                anchor: block.anchor,
                heading_weight: block.weights.first().map(|(_, weight)| *weight),
                ..Section::default()
            });
            continue;
        }
        if sections.is_empty() {
            sections.push(Section::default());
        }
        if let Some(section) = sections.last_mut() {
            if !section.text.is_empty() {
                section.text.push('\n');
            }
            let start = section.text.len();
            let weights = block.weights.into_iter();
            let weights =
                weights.map(|(piece, weight)| (start + piece.start..start + piece.end, weight));
            section.weights.extend(weights);
            section.text.push_str(&block.text);
        }
    }
    sections
}
