//! An address and an id for every page.

use std::collections::HashMap;

use crate::facts::address;
use crate::page::{Page, Region};
use crate::report::{Note, Warning};

/// Gives every page an address and an id of its own. A site whose pages all claim the same address
/// means something else by it; then the files' names tell them apart.
pub(super) fn settle_addresses(pages: &mut [Page], warnings: &mut Vec<Warning>) {
    let mut claims: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        if let Some(url) = &page.url {
            *claims.entry(url.clone()).or_default() += 1;
        }
    }
    for page in pages.iter_mut().filter(|page| page.region != Region::Whole) {
        if page.url.as_ref().is_some_and(|url| claims[url] > 1) {
            warnings.push(Warning::new(&page.path, Note::SharedAddress));
            page.url = None;
        }
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let id = page
            .id
            .clone()
            .or_else(|| page.url.clone())
            .unwrap_or_else(|| address::of_path(&page.path));
        let times = taken.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            page.id = Some(format!("{id}~{times}"));
            let times = *times;
            warnings.push(Warning::new(&page.path, Note::TakenId { id, times }));
        }
    }
}
