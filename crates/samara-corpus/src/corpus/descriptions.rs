//! What pages say of themselves in their heads: a field of the page, where it is of this page alone.
//!
//! Somebody wrote it for those who look for the page, so its words are looked for, too. It is no text of the page, and stands
//! in none. Generators repeat the page's own words or the site's description there, which adds nothing.

use super::tally::{Numbering, Owner, Tally};
use crate::page::Page;
use crate::words::fold;

/// The field that holds it.
const FIELD: &str = "description";

/// Descriptions that several pages have, versions of one page counted once.
pub(super) struct Descriptions {
    numbering: Numbering,
    shared: Tally,
}

impl Descriptions {
    /// Of no pages.
    pub fn new(numbering: &Numbering) -> Self {
        Self {
            numbering: numbering.clone(),
            shared: Tally::default(),
        }
    }

    /// Counts the description of a page, if it has one.
    pub fn add(&mut self, owner: Owner, description: Option<u64>) {
        self.shared.add(owner, description);
    }

    /// All pages were counted.
    pub fn close(&mut self) {
        self.shared.forget_below(2);
    }

    /// Whether the description of a page, of which the head is enough, is of this page alone.
    pub fn is_own(&self, head: &Page) -> bool {
        number(head, &self.numbering).is_some_and(|number| self.shared.of(number) == 0)
    }
}

/// What the description of a page is counted by, if it has one. Linear in it.
pub(super) fn number(head: &Page, numbering: &Numbering) -> Option<u64> {
    let description = head.description.as_deref();
    description.map(|text| numbering.of(fold(text)))
}

/// Makes a field of the description of a page, if it is its own and the page has no such field.
pub(super) fn describe(page: &mut Page, is_own: bool) {
    let description = page.description.take().filter(|_| is_own);
    if let Some(text) = description.filter(|_| !page.meta.contains_key(FIELD)) {
        page.put(FIELD, &text);
    }
}
