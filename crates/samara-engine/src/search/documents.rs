//! Sets of documents, a bit for each.

use crate::segment::DocId;

/// A set of documents.
#[derive(Clone)]
pub(crate) struct DocSet {
    words: Vec<u64>,
}

impl DocSet {
    /// None of so many documents.
    pub(crate) fn none(documents: usize) -> Self {
        DocSet {
            words: vec![0; documents.div_ceil(64)],
        }
    }

    /// All of so many documents.
    pub(crate) fn all(documents: usize) -> Self {
        let mut set = DocSet {
            words: vec![u64::MAX; documents.div_ceil(64)],
        };
        if let (Some(last), 1..) = (set.words.last_mut(), documents % 64) {
            *last = (1 << (documents % 64)) - 1;
        }
        set
    }

    /// Adds a document; whether it was not there.
    #[inline]
    pub(crate) fn insert(&mut self, document: DocId) -> bool {
        let word = &mut self.words[document.0 as usize / 64];
        let bit = 1 << (document.0 % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    #[inline]
    pub(crate) fn contains(&self, document: DocId) -> bool {
        self.words[document.0 as usize / 64] >> (document.0 % 64) & 1 == 1
    }

    /// Keeps what both hold.
    pub(crate) fn intersect(&mut self, other: &DocSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds what the other holds.
    pub(crate) fn unite(&mut self, other: &DocSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out what the other holds.
    pub(crate) fn subtract(&mut self, other: &DocSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// The documents in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        let mut place = 0;
        let mut word = self.words.first().copied().unwrap_or(0);
        core::iter::from_fn(move || {
            while word == 0 {
                place += 1;
                word = *self.words.get(place)?;
            }
            let bit = word.trailing_zeros();
            word &= word - 1;
            Some(DocId(place as u32 * 64 + bit))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set(numbers: &BTreeSet<u32>, documents: usize) -> DocSet {
        let mut set = DocSet::none(documents);
        for &number in numbers {
            assert!(set.insert(DocId(number)));
            assert!(!set.insert(DocId(number)));
        }
        set
    }

    fn numbers(set: &DocSet) -> BTreeSet<u32> {
        set.iter().map(|document| document.0).collect()
    }

    proptest! {
        #[test]
        fn sets_do_what_sets_do(one in prop::collection::btree_set(0u32..200, 0..50), other in prop::collection::btree_set(0u32..200, 0..50)) {
            let (first, second) = (set(&one, 200), set(&other, 200));
            prop_assert_eq!(&numbers(&first), &one);
            prop_assert_eq!(first.len(), one.len());
            let mut both = first.clone();
            both.intersect(&second);
            prop_assert_eq!(numbers(&both), one.intersection(&other).copied().collect());
            let mut either = first.clone();
            either.unite(&second);
            prop_assert_eq!(numbers(&either), one.union(&other).copied().collect());
            let mut rest = first.clone();
            rest.subtract(&second);
            prop_assert_eq!(numbers(&rest), one.difference(&other).copied().collect());
            for documents in [0usize, 1, 63, 64, 65, 200] {
                prop_assert_eq!(DocSet::all(documents).len(), documents);
                prop_assert_eq!(DocSet::all(documents).iter().count(), documents);
            }
        }
    }
}
