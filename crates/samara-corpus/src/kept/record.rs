//! How a page is written down: its head, then its blocks. What is asked of all pages before any is read as a whole stands in
//! the head, so that asking takes no blocks apart.

use serde::{Deserialize, Serialize};

use crate::page::Page;
use crate::report::{Note, Reason, Skip};

/// The bytes of a page. Linear in them.
pub(crate) fn encode(page: &Page) -> Vec<u8> {
    let whole = (page, (&page.blocks, &page.dropped));
    let mut bytes = postcard::to_stdvec(&whole).expect("lists and texts are always written");
    bytes.shrink_to_fit();
    bytes
}

/// What is known of a page beside its blocks and what was dropped of it; none where the bytes are damaged.
pub(crate) fn head(bytes: &[u8]) -> Option<Page> {
    postcard::take_from_bytes(bytes).ok().map(|(page, _)| page)
}

/// A page; none where the bytes are damaged.
pub(crate) fn decode(bytes: &[u8]) -> Option<Page> {
    let (page, (blocks, dropped)): (Page, _) = postcard::from_bytes(bytes).ok()?;
    Some(Page {
        blocks,
        dropped,
        ..page
    })
}

/// A reason, which reports tell in words.
#[derive(Serialize, Deserialize)]
pub(crate) enum Told {
    Skipped(Skip),
    Noted(Note),
}

impl From<&Reason> for Told {
    fn from(reason: &Reason) -> Self {
        match reason {
            Reason::Skipped(skip) => Self::Skipped(skip.clone()),
            Reason::Noted(note) => Self::Noted(note.clone()),
        }
    }
}

impl From<Told> for Reason {
    fn from(told: Told) -> Self {
        match told {
            Told::Skipped(skip) => Self::Skipped(skip),
            Told::Noted(note) => Self::Noted(note),
        }
    }
}

/// What a file came to, but for the bytes of its pages, which follow.
#[derive(Serialize, Deserialize)]
pub(crate) struct FileHead {
    pub reasons: Vec<Told>,
    /// Bytes of each page.
    pub lengths: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Block, MarkedFields, Region, Titles};
    use crate::report::{Dropped, Rule};
    use crate::words::signature;
    use samara_engine::Weight;

    #[test]
    fn pages_come_back_and_heads_without_blocks() {
        let mut page = Page {
            path: "a.html".into(),
            id: Some("1".into()),
            url: Some("/a".into()),
            links: vec!["b.html".into()],
            title: "Lamps".into(),
            titles: Titles {
                is_own: true,
                told: vec!["Lamps | Light".into()],
                headings: vec!["Lamps".into()],
                other: Some("Light".into()),
            },
            language: Some("en".into()),
            region: Region::Marked,
            complete: true,
            blocks: vec![
                Block {
                    weights: vec![(0..4, Weight::HALF)],
                    goes_on: Some("x".into()),
                    ..Block::heading("Wicks", "wicks")
                },
                Block::text("Trim them."),
            ],
            title_anchor: Some("top".into()),
            opens_with_title: true,
            marked: Some(Box::new(MarkedFields::default())),
            meta: [("tag".to_owned(), vec!["a".to_owned()])].into(),
            dropped: vec![Dropped {
                text: "Menu".into(),
                rule: Rule::Navigation,
            }],
            ..Page::default()
        };
        page.number_short_blocks();
        page.signature = signature(page.texts());
        let bytes = encode(&page);
        assert_eq!(decode(&bytes).as_ref(), Some(&page));
        let bare = Page {
            blocks: Vec::new(),
            dropped: Vec::new(),
            ..page
        };
        assert_eq!(head(&bytes), Some(bare));
        for length in 0..bytes.len() {
            assert_eq!(decode(&bytes[..length]), None, "cut at {length}");
        }
    }
}
