//! What all pages together tell of one, which its head is enough for.

use std::io;

use sha2::{Digest as _, Sha256};

use super::descriptions::{self, Descriptions, describe};
use super::pages::Pages;
use super::repeated::{self, Repeated, Repeating, Share, drop_repeated};
use super::tally::{Numbering, Owner, by_owner};
use super::titles::{self, Called, CommonTitles};
use crate::options::Options;
use crate::page::Page;

/// What all pages tell.
pub(super) struct Decisions {
    pub(super) repeated: Repeated,
    pub(super) titles: CommonTitles,
    descriptions: Descriptions,
}

/// What they tell of one page.
pub(super) struct Decided {
    shares: Vec<Share>,
    called: Called,
    has_own_description: bool,
}

impl Decisions {
    /// Asks all pages. `versions` has the group of equal pages that each is in; `links` takes the links of each page on the way.
    /// Linear in the heads of the pages.
    ///
    /// # Errors
    /// Pages cannot be read.
    pub fn of(
        pages: &Pages,
        versions: &[Option<u32>],
        mut links: impl FnMut(usize, &[String]),
    ) -> io::Result<Self> {
        let numbering = Numbering::default();
        let mut repeating = Repeating::new(pages.len());
        let mut titles = CommonTitles::new(&numbering);
        let mut descriptions = Descriptions::new(&numbering);
        let order = by_owner(versions);
        let ask = |head: Page| {
            let blocks = repeated::numbers(&head, &numbering);
            let called = titles::numbers(&head, &numbering);
            let description = descriptions::number(&head, &numbering);
            (blocks, called, description, head.links)
        };
        pages.ask(&order, ask, |at, (blocks, called, description, of_page)| {
            let owner = Owner::of(at, versions);
            repeating.add(owner, blocks.as_deref());
            titles.add(owner, called);
            descriptions.add(owner, description);
            links(at, &of_page);
        })?;
        titles.close();
        descriptions.close();
        Ok(Self {
            repeated: repeating.finish(pages, &order, versions, &numbering)?,
            titles,
            descriptions,
        })
    }

    /// What they tell of a page. Linear in its head.
    pub fn on(&self, head: &Page) -> Decided {
        Decided {
            shares: self.repeated.shares(head),
            called: self.titles.called(head),
            has_own_description: self.descriptions.is_own(head),
        }
    }
}

impl Decided {
    /// Takes out of the page what it shares with others, and calls it by its own name. Linear in it.
    pub fn settle(self, page: &mut Page, options: &Options) {
        drop_repeated(page, &self.shares, |line| options.keeps(line));
        self.called.settle(page);
        describe(page, self.has_own_description);
    }

    /// Adds to a digest what makes a difference to what is searched of the page.
    pub fn digest(&self, digest: &mut Sha256) {
        let shares = self.shares.iter();
        let shares: Vec<u8> = shares.map(|&share| share as u8).collect();
        let Called {
            title,
            is_own,
            is_common,
        } = &self.called;
        digest.update([
            u8::from(*is_own),
            u8::from(*is_common),
            u8::from(self.has_own_description),
        ]);
        digest.update((title.len() as u64).to_le_bytes());
        digest.update(title);
        digest.update(shares);
    }
}
