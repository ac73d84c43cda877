//! What pages say of themselves in their heads: a field of the page, where it is of this page alone.
//!
//! Somebody wrote it for those who look for the page, so its words are looked for, too. It is no text of the page, and stands
//! in none. Generators repeat the page's own words or the site's description there, which adds nothing.

use std::collections::HashMap;
use std::io;

use super::pages::Pages;
use super::repeated::{count, owners};
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
        let shared = count(pages, &owners(versions, has_one), |head| {
            let description = head.description.as_deref();
            description.map(number).into_iter().collect()
        })?;
        Ok(Self { shared })
    }

    /// Whether the description of a page, of which the head is enough, is of this page alone.
    pub fn is_own(&self, head: &Page) -> bool {
        let description = head.description.as_deref();
        description.is_some_and(|text| !self.shared.contains_key(&number(text)))
    }
}

/// Makes a field of the description of a page, if it is its own and the page has no such field.
pub(super) fn describe(page: &mut Page, is_own: bool) {
    let description = page.description.take().filter(|_| is_own);
    if let Some(text) = description.filter(|_| !page.meta.contains_key(FIELD)) {
        page.put(FIELD, &text);
    }
}

fn number(description: &str) -> u64 {
    word_hash(&fold(description))
}
