//! A page that became a document, with what is told of it.

use std::collections::BTreeMap;

use samara_engine::Document;
use serde::{Deserialize, Serialize};

use super::document::document;
use crate::kept::records::Key;
use crate::page::{MarkedFields, Page};
use crate::report::{Dropped, Losses, Outcome, Rule};
use crate::words::count_words;

/// A page that loses more than this share of its words is reported.
const LOST: f32 = 0.6;

/// A document with what became of it.
pub(super) struct Settled {
    pub document: Document,
    pub outcome: Outcome,
    pub told: Told,
    /// What tells the document from others, where that is asked.
    pub key: Option<Key>,
    /// The document's text, if whoever asks for the document has it.
    pub text: Option<Vec<u8>>,
}

/// What is told of a page to its owner.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Told {
    pub losses: Losses,
    /// How many words were lost of how many, where these are most of them.
    pub lost: Option<(usize, usize)>,
    pub marked: Option<Box<MarkedFields>>,
    /// Which of the owner's selectors of what is left out match something in it.
    pub excluding: Vec<usize>,
}

/// What a cache keeps: all but the text and what was dropped.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: String,
    url: String,
    title: String,
    language: Option<String>,
    meta: BTreeMap<String, Vec<String>>,
    path: String,
    words: usize,
    told: Told,
}

impl Settled {
    /// Makes the document of a page. Linear in it.
    pub fn of(mut page: Page, similar: Option<u32>) -> Self {
        let dropped = std::mem::take(&mut page.dropped);
        let words_kept = page.words();
        let path = page.path.clone();
        let told = Told {
            losses: Losses::of(&dropped),
            lost: lost(words_kept, &dropped),
            marked: page.marked.take(),
            excluding: std::mem::take(&mut page.excluding),
        };
        let document = Document {
            similar,
            ..document(page)
        };
        let outcome = Outcome {
            id: document.id.clone(),
            path,
            language: document.language.clone(),
            words_kept,
            words_dropped: told.losses.words(),
            similar,
            dropped,
        };
        Self {
            document,
            outcome,
            told,
            key: None,
            text: None,
        }
    }

    /// What a cache keeps, as bytes. Linear in them.
    pub fn kept(&self) -> Vec<u8> {
        let Document {
            id,
            url,
            title,
            language,
            meta,
            ..
        } = self.document.clone();
        let kept = Kept {
            id,
            url,
            title,
            language,
            meta,
            path: self.outcome.path.clone(),
            words: self.outcome.words_kept,
            told: self.told.clone(),
        };
        postcard::to_stdvec(&kept).expect("lists and texts are always written")
    }

    /// The same of what was kept, with the document's text; none where the bytes are damaged. Linear in them.
    pub fn known(kept: &[u8], similar: Option<u32>, key: Key, text: Vec<u8>) -> Option<Self> {
        let kept: Kept = postcard::from_bytes(kept).ok()?;
        let outcome = Outcome {
            id: kept.id.clone(),
            path: kept.path,
            language: kept.language.clone(),
            words_kept: kept.words,
            words_dropped: kept.told.losses.words(),
            similar,
            dropped: Vec::new(),
        };
        let document = Document {
            id: kept.id,
            url: kept.url,
            title: kept.title,
            language: kept.language,
            sections: Vec::new(),
            meta: kept.meta,
            similar,
        };
        Some(Self {
            document,
            outcome,
            told: kept.told,
            key: Some(key),
            text: Some(text),
        })
    }
}

/// How many words a page lost of how many, if these are most of them. What its own structure leaves out is left aside.
fn lost(kept: usize, dropped: &[Dropped]) -> Option<(usize, usize)> {
    let judged = |rule| {
        !matches!(
            rule,
            Rule::Navigation
                | Rule::Footer
                | Rule::Hidden
                | Rule::Ignored
                | Rule::Outside
                | Rule::Reading
                | Rule::Control
                | Rule::FootnoteMark
                | Rule::Blob
        )
    };
    let lost: usize = dropped
        .iter()
        .filter(|block| judged(block.rule))
        .map(|block| count_words(&block.text))
        .sum();
    let of = lost + kept;
    (lost as f32 > of as f32 * LOST).then_some((lost, of))
}
