//! What all pages together tell of one, which its head is enough for.

use std::io;

use sha2::{Digest as _, Sha256};

use super::descriptions::{Descriptions, describe};
use super::pages::Pages;
use super::repeated::{Repeated, Share, drop_repeated};
use super::titles::{Called, CommonTitles};
use crate::options::Options;
use crate::page::Page;

/// What all pages tell.
pub(super) struct Decisions {
    repeated: Repeated,
    titles: CommonTitles,
    descriptions: Descriptions,
}

/// What they tell of one page.
pub(super) struct Decided {
    shares: Vec<Share>,
    called: Called,
    has_own_description: bool,
}

impl Decisions {
    /// Asks all pages. `versions` has the group of equal pages that each is in. Linear in the heads of the pages.
    ///
    /// # Errors
    /// Pages cannot be read.
    pub fn of(pages: &Pages, versions: &[Option<u32>]) -> io::Result<Self> {
        Ok(Self {
            repeated: Repeated::of(pages, versions)?,
            titles: CommonTitles::of(pages, versions)?,
            descriptions: Descriptions::of(pages, versions)?,
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
