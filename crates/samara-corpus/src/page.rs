//! A page on its way through the rooms: blocks in reading order, and what is known of it.
//!
//! A format gives it its blocks, the facts their fields, cleaning takes blocks out, and the corpus
//! makes a document of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use samara_engine::Weight;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::report::{Dropped, Note};
use crate::words::{Signature, count_words, fold, word_hash};

/// Longer blocks are an author's even when repeated.
const LONGEST: usize = 25;

/// What a block of text is to its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// A heading; opens a section.
    Heading,
    /// Running text, a list's item, a table's row, a caption.
    Text,
    /// Lines of program text or verse: never judged, never compared.
    Code,
}

/// A block of text that is shown by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Block {
    pub kind: Kind,
    pub text: String,
    /// Fragment identifier of a heading; empty where it has none.
    pub anchor: String,
    /// Anchor of the section that it goes on with, where it does not belong to the last heading before it.
    pub goes_on: Option<String>,
    /// Pieces whose author has decided how much they count.
    #[serde(with = "weights")]
    pub weights: Vec<(Range<usize>, Weight)>,
}

/// Pieces and their weights, in the steps that are stored.
mod weights {
    use super::{Range, Weight};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(
        weights: &[(Range<usize>, Weight)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let steps = weights.iter();
        let steps = steps.map(|(piece, weight)| (piece.start, piece.end, weight.steps()));
        steps.collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(Range<usize>, Weight)>, D::Error> {
        let steps = Vec::<(usize, usize, u8)>::deserialize(deserializer)?.into_iter();
        Ok(steps
            .map(|(start, end, steps)| (start..end, Weight::of_steps(steps)))
            .collect())
    }
}

impl Block {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            kind: Kind::Text,
            text: text.into(),
            anchor: String::new(),
            goes_on: None,
            weights: Vec::new(),
        }
    }

    pub fn code(text: impl Into<String>) -> Self {
        Self {
            kind: Kind::Code,
            text: text.into(),
            anchor: String::new(),
            goes_on: None,
            weights: Vec::new(),
        }
    }

    pub fn heading(text: impl Into<String>, anchor: impl Into<String>) -> Self {
        Self {
            kind: Kind::Heading,
            text: text.into(),
            anchor: anchor.into(),
            goes_on: None,
            weights: Vec::new(),
        }
    }
}

/// How a page says which part of it is its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// Names that a page gives itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Titles {
    /// The title is a heading of the content, or what the page says for search.
    pub is_own: bool,
    /// Titles from the page's head as they stand there, with the name of the site.
    pub told: Vec<String>,
    /// Headings of the first level, those of the content first.
    pub headings: Vec<String>,
    /// What else it may be called where it names no content: by its head if the title is its heading, or the reverse.
    pub other: Option<String>,
}

/// Names of fields that attributes made for search give to pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedFields {
    /// What pages can be filtered by.
    pub filters: BTreeSet<String>,
    /// What is shown with a page.
    pub meta: BTreeSet<String>,
}

/// A page. Serialised, it is its head: what is known of it beside its blocks, which lie behind the head where it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Page {
    /// File it was read from, relative to the corpus.
    pub path: String,
    /// The input's own identifier, if it has one.
    pub id: Option<String>,
    /// Address on the site, if the page knows it.
    pub url: Option<String>,
    /// Links to other pages of its site, as written: they tell how the site writes addresses.
    pub links: Vec<String>,
    /// The first picture, as its address is written.
    pub picture: Option<String>,
    /// What the page says of itself in its head, where its text does not say as much.
    pub description: Option<String>,
    pub title: String,
    /// What else may be the title, where other pages show that this is the site's name.
    pub titles: Titles,
    pub language: Option<String>,
    pub region: Region,
    /// Its blocks are all that the region holds that it names itself: none of them was judged.
    pub complete: bool,
    /// Which of the owner's selectors of what is left out match something in it.
    pub excluding: Vec<usize>,
    #[serde(skip)]
    pub blocks: Vec<Block>,
    /// Where the title can be linked to, of a page whose title is a heading of its content.
    pub title_anchor: Option<String>,
    /// The first block is a heading of the first level, which may be the title.
    pub opens_with_title: bool,
    /// Fields with names, as they stand in the file, until it is understood what they mean.
    #[serde(skip)]
    pub fields: Map<String, Value>,
    /// Which of the fields attributes made for search call filters, and which metadata.
    pub marked: Option<Box<MarkedFields>>,
    /// Fields of the document.
    pub meta: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    pub dropped: Vec<Dropped>,
    #[serde(skip)]
    pub notes: Vec<Note>,
    /// For finding its likes; made where pages are read, on all cores, as what follows is.
    pub signature: Option<Signature>,
    /// How many blocks there are.
    pub length: usize,
    /// The places of short blocks of text and the numbers of what they say, for finding those that repeat.
    pub short: Vec<(usize, u64)>,
}

impl Page {
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.blocks.is_empty()
    }

    /// The texts of its blocks.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().map(|block| block.text.as_str())
    }

    /// Words of the title and of every block.
    pub fn words(&self) -> usize {
        let blocks = self.texts().map(count_words);
        count_words(&self.title) + blocks.sum::<usize>()
    }

    /// Notes which of its blocks are short, and what these say.
    pub fn number_short_blocks(&mut self) {
        self.length = self.blocks.len();
        let blocks = self.blocks.iter().enumerate();
        let short = blocks.filter_map(|(place, block)| Some((place, number_of_short(block)?)));
        self.short = short.collect();
    }

    /// Gives back the memory that its parts were grown into.
    pub fn shrink(&mut self) {
        for block in &mut self.blocks {
            block.text.shrink_to_fit();
        }
        self.blocks.shrink_to_fit();
        self.dropped.shrink_to_fit();
        self.links.shrink_to_fit();
    }

    /// Adds a value to a field.
    pub fn put(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            let values = self.meta.entry(key.to_string()).or_default();
            values.push(value.to_string());
        }
    }
}

/// The number of what a short block of text says.
fn number_of_short(block: &Block) -> Option<u64> {
    let short = block.text.len() < LONGEST * 20 && count_words(&block.text) <= LONGEST;
    (block.kind == Kind::Text && short)
        .then(|| fold(&block.text))
        .filter(|folded| !folded.is_empty())
        .map(|folded| word_hash(&folded))
}
