//! The pages of a corpus: a little of each is known at once, the rest lies in the store.

use std::io;

use compact_str::CompactString;

use crate::cores::{SMALL, in_order, numbered};
use crate::kept::records::Key;
use crate::kept::store::{Place, Store};
use crate::page::{Page, Region};
use crate::words::Signature;

/// What is known of a page while all are asked what only all of them can tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub path: CompactString,
    pub id: Option<CompactString>,
    pub url: Option<CompactString>,
    pub region: Region,
    pub language: Option<CompactString>,
    /// Fields of the document that its group of near-duplicates depends on.
    pub version: Option<Box<[String]>>,
    pub lang: Option<Box<[String]>>,
    pub signature: Option<Signature>,
    /// What tells the page from others, as it was read.
    pub key: Option<Key>,
}

impl Known {
    pub fn of(head: Page) -> Self {
        Self {
            version: head.meta.get("version").map(|of| of.clone().into()),
            lang: head.meta.get("lang").map(|of| of.clone().into()),
            path: head.path.into(),
            id: head.id.map(CompactString::from),
            url: head.url.map(CompactString::from),
            region: head.region,
            language: head.language.map(CompactString::from),
            signature: head.signature,
            key: None,
        }
    }
}

/// Pages that can be read one by one.
pub(crate) struct Pages<'s> {
    pub known: Vec<Known>,
    places: Vec<Place>,
    store: &'s Store,
    /// How many threads read them.
    threads: usize,
}

impl<'s> Pages<'s> {
    /// The pages at these places, with their keys, which so many threads read. Linear in their heads.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(
        places: Vec<(Place, Option<Key>)>,
        store: &'s Store,
        threads: usize,
    ) -> io::Result<Self> {
        let known = numbered(threads, places.len(), |at| {
            let (place, key) = places[at];
            io::Result::Ok(Known {
                key,
                ..Known::of(store.head(place)?)
            })
        });
        Ok(Self {
            known: known?,
            places: places.into_iter().map(|(place, _)| place).collect(),
            store,
            threads,
        })
    }

    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// What is known of a page beside its blocks.
    pub fn head(&self, at: usize) -> io::Result<Page> {
        self.store.head(self.places[at])
    }

    /// Hands over what `ask` makes of the heads of these pages, in their order. All threads read them a little ahead. Linear in the
    /// heads.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn ask<R: Send>(
        &self,
        of: &[usize],
        ask: impl Fn(Page) -> R + Sync,
        mut take: impl FnMut(usize, R),
    ) -> io::Result<()> {
        let answer = |&at: &usize| io::Result::Ok(ask(self.head(at)?));
        in_order(self.threads, SMALL, of, answer, |&at, answer| {
            take(at, answer?);
            Ok(())
        })
    }

    /// A page as it was read.
    pub fn page(&self, at: usize) -> io::Result<Page> {
        self.store.page(self.places[at])
    }

    /// A page as it was read, which is not asked for again.
    pub fn take(&self, at: usize) -> io::Result<Page> {
        self.store.take(self.places[at])
    }

    /// Gives back the memory of a page that is not asked for again.
    pub fn forget(&self, at: usize) {
        self.store.forget(self.places[at]);
    }

    /// Leaves out pages.
    pub fn retain(&mut self, mut keep: impl FnMut(&Known) -> bool) {
        let kept: Vec<bool> = self.known.iter().map(&mut keep).collect();
        let mut of_known = kept.iter();
        self.known.retain(|_| of_known.next().is_some_and(|&is| is));
        let mut of_places = kept.iter();
        self.places
            .retain(|_| of_places.next().is_some_and(|&is| is));
    }
}

/// Pages for tests, which are made where they are asked for.
#[cfg(test)]
pub(super) mod testing {
    use super::*;
    use crate::kept::record;

    /// A store of these pages and their places.
    pub fn stored(pages: &[Page]) -> (Store, Vec<(Place, Option<Key>)>) {
        let mut store = Store::new(None);
        let places = pages.iter().map(|page| {
            let mut page = page.clone();
            page.number_short_blocks();
            page.signature = crate::words::signature(page.texts());
            (store.put(record::encode(&page)).unwrap(), None)
        });
        let places = places.collect();
        (store, places)
    }
}
