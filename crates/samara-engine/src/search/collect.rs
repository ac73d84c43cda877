//! Collecting: the best documents of all that match.

use super::scoring::Scored;
use crate::index::Index;
use crate::list::ToList;
use crate::order::{descending, second};
use crate::segment::DocId;

/// The best documents, near-duplicates behind the first of them.
pub(crate) struct TopDocs {
    /// How many documents match, a group of near-duplicates counted once.
    pub total: u32,
    /// The first of each group, in order.
    pub firsts: Vec<DocId>,
}

/// A key that sorts documents by score, the best first, and by number.
pub(crate) fn by_score(scored: &Scored) -> u64 {
    descending(thousandths(scored.score), scored.document.0)
}

/// Scores cross to other hosts as whole numbers.
pub(crate) fn thousandths(score: f32) -> u32 {
    (score * 1000.0 + 0.5) as u32
}

impl TopDocs {
    /// The first `wanted` in the order of `key`, whose second number is the document; near-duplicates by themselves where they
    /// are to be `apart`. Linear in the matches, and for each
    /// that is better than those before it in `wanted`.
    pub(crate) fn of(
        index: &Index,
        matches: &[Scored],
        key: &dyn Fn(&Scored) -> u64,
        wanted: usize,
        apart: bool,
    ) -> Self {
        let mut total = 0;
        let mut best: Vec<u64> = Vec::new();
        let mut groups = vec![u64::MAX; index.groups()];
        for scored in matches {
            let key = key(scored);
            match index.group(scored.document).filter(|_| !apart) {
                Some(group) => {
                    let first = &mut groups[group as usize];
                    *first = key.min(*first);
                }
                None => {
                    total += 1;
                    keep(&mut best, key, wanted);
                }
            }
        }
        for key in groups {
            if key != u64::MAX {
                total += 1;
                keep(&mut best, key, wanted);
            }
        }
        TopDocs {
            total,
            firsts: best.into_iter().map(|key| DocId(second(key))).list(),
        }
    }
}

/// Keeps a key where it is one of the least so many, which are in order.
pub(crate) fn keep(best: &mut Vec<u64>, key: u64, wanted: usize) {
    let place = best.partition_point(|&other| other < key);
    if place < wanted {
        best.truncate(wanted - 1);
        best.insert(place, key);
    }
}

/// Pinned documents before all others, in their order.
pub(crate) fn pinned_key(pins: &[u32], document: DocId) -> Option<u64> {
    let place = pins.iter().position(|&pinned| pinned == document.0)?;
    Some((place as u64) << 32 | u64::from(document.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_least_keys_are_kept_in_order(keys in prop::collection::btree_set(0u64..1000, 0..60), wanted in 0usize..12) {
            let mut best = Vec::new();
            for key in keys.iter().rev().chain([]) {
                keep(&mut best, *key, wanted);
            }
            let expected: Vec<u64> = keys.into_iter().take(wanted).collect();
            prop_assert_eq!(best, expected);
        }
    }
}
