//! Entries of a file of JSON, once their fields are understood.

use std::collections::BTreeMap;

use super::fields;
use crate::formats::json::{Entries, Entry};
use crate::page::{Block, Page};

/// Documents of a file.
#[derive(Debug)]
pub(crate) struct Documents {
    pub pages: Vec<Page>,
    /// Entries with neither text nor title.
    pub skipped: usize,
}

/// Understands the fields of every entry. Linear.
pub(crate) fn settle(entries: Entries) -> Documents {
    let (entries, may_be_parts) = match entries {
        Entries::Whole(pages) => return Documents { pages, skipped: 0 },
        Entries::Objects {
            entries,
            may_be_parts,
        } => (entries, may_be_parts),
    };
    let mut documents = Documents {
        pages: Vec::with_capacity(entries.len()),
        skipped: 0,
    };
    for entry in entries {
        match described(entry) {
            Some(page) => documents.pages.push(page),
            None => documents.skipped += 1,
        }
    }
    if may_be_parts {
        documents.pages = joined(documents.pages);
    }
    documents
}

/// A page that has a text or a title; its number in the file tells it apart from others without an
/// address.
pub(crate) fn described(entry: Entry) -> Option<Page> {
    let Entry { page, number } = entry;
    let mut page = page?;
    fields::settle_entry(&mut page);
    if page.is_empty() {
        return None;
    }
    if page.url.is_none() && page.id.is_none() {
        page.id = number.map(|number| format!("#{number}"));
    }
    Some(page)
}

/// Addresses with a fragment are sections of the page without it.
fn joined(pages: Vec<Page>) -> Vec<Page> {
    let mut joined: Vec<Page> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for mut page in pages {
        let address = page.url.clone().unwrap_or_default();
        let (base, anchor) = address.split_once('#').unwrap_or((&address, ""));
        let Some(&place) = places
            .get(base)
            .filter(|_| !anchor.is_empty() && page.id.is_none())
        else {
            if !base.is_empty() && anchor.is_empty() {
                places.insert(base.to_string(), joined.len());
            }
            joined.push(page);
            continue;
        };
        let whole = &mut joined[place];
        whole
            .blocks
            .push(Block::heading(std::mem::take(&mut page.title), anchor));
        whole.blocks.append(&mut page.blocks);
    }
    joined
}
