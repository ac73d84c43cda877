//! On how many pages something stands, versions of one page counted once: what they have in common is its text.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, RandomState};

use crate::words::AsItIs;

/// Gives numbers to what is counted. They are others in every process, so that nobody can write two things of one number.
#[derive(Clone, Default)]
pub(super) struct Numbering(RandomState);

impl Numbering {
    pub fn of(&self, key: impl Hash) -> u64 {
        self.0.hash_one(key)
    }
}

/// Whose a page is: its own, or that of the page of which it is a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Page(usize),
    Versions(u32),
}

impl Owner {
    /// `versions` has the group of equal pages that each is in.
    pub fn of(at: usize, versions: &[Option<u32>]) -> Self {
        versions[at].map_or(Owner::Page(at), Owner::Versions)
    }
}

/// The pages in the order of their owners, as they are counted.
pub(super) fn by_owner(versions: &[Option<u32>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by_key(|&at| versions[at]);
    order
}

/// How many owners have what has a number.
#[derive(Default)]
pub(super) struct Tally {
    /// Of each number the last owner, counted from 1, and how many it has.
    seen: HashMap<u64, (u32, u32), BuildHasherDefault<AsItIs>>,
    last: Option<Owner>,
    owners: u32,
}

impl Tally {
    /// Counts what is on a page. Pages of one owner follow one another.
    pub fn add(&mut self, owner: Owner, numbers: impl IntoIterator<Item = u64>) {
        self.owners += u32::from(self.last.replace(owner) != Some(owner));
        for number in numbers {
            let (last, times) = self.seen.entry(number).or_default();
            *times += u32::from(*last != self.owners);
            *last = self.owners;
        }
    }

    /// How many owners were counted.
    pub fn owners(&self) -> usize {
        self.owners as usize
    }

    /// How many owners have this.
    pub fn of(&self, number: u64) -> usize {
        self.seen
            .get(&number)
            .map_or(0, |&(_, times)| times as usize)
    }

    /// Forgets what fewer owners have than so many. What one has is most of what there is.
    pub fn forget_below(&mut self, least: usize) {
        self.seen.retain(|_, (_, times)| *times as usize >= least);
        self.seen.shrink_to_fit();
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_a_page_count_once() {
        let versions = [Some(1), None, Some(0), Some(1), None, Some(0)];
        let words = ["a b b", "a", "c", "b", "b", "d c"];
        let order = by_owner(&versions);
        let (numbering, mut tally) = (Numbering::default(), Tally::default());
        for at in order {
            let numbers = words[at].split(' ').map(|word| numbering.of(word));
            tally.add(Owner::of(at, &versions), numbers);
        }
        let times = |tally: &Tally| ["a", "b", "c", "d", "e"].map(|of| tally.of(numbering.of(of)));
        assert_eq!((tally.owners(), times(&tally)), (4, [2, 2, 1, 1, 0]));
        tally.forget_below(2);
        assert_eq!(times(&tally), [2, 2, 0, 0, 0]);
        assert!(!tally.is_empty());
    }
}
