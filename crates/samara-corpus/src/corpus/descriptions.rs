//! What pages say of themselves in their heads: a field of the page, where it is of this page alone.
//!
//! Somebody wrote it for those who look for the page, so its words are looked for, too. It is no text of the page, and stands
//! in none. Generators repeat the page's own words or the site's description there, which adds nothing.

use std::collections::HashMap;
use std::io;

use super::pages::Pages;
use super::repeated::count;
use crate::page::Page;
use crate::words::{fold, word_hash};

/// The field that holds it.
const FIELD: &str = "description";

/// Descriptions that several pages have, versions of one page counted once.
pub(super) struct Descriptions {
    shared: HashMap<u64, usize>,
}

impl Descriptions {
    /// Counts descriptions. Linear in the heads of the pages.
    ///
    /// # Errors
    /// Pages cannot be read.
    pub fn of(pages: &Pages, versions: &[Option<u32>]) -> io::Result<Self> {
        let has_one = |at: usize| pages.known[at].has_description;
        let mut shared = count(versions, has_one, |at| {
            let head = pages.head(at)?;
            Ok(head
                .description
                .as_deref()
                .map(number)
                .into_iter()
                .collect())
        })?;
        shared.retain(|_, pages| *pages > 1);
        Ok(Self { shared })
    }

    /// Makes a field of the description of a page, unless others have the same one or the page has such a field.
    pub fn settle(&self, page: &mut Page) {
        let description = page.description.take();
        let own = description.filter(|text| !self.shared.contains_key(&number(text)));
        if let Some(text) = own.filter(|_| !page.meta.contains_key(FIELD)) {
            page.put(FIELD, &text);
        }
    }
}

fn number(description: &str) -> u64 {
    word_hash(&fold(description))
}
