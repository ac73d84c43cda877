//! Sorting what is many.

use std::cmp::Ordering;

use super::cores::{cores, each_on_a_core};

/// Fewer items are sorted by one core.
const FEW: usize = if cfg!(test) { 4 } else { 1 << 14 };

/// The items in order, sorted on all cores. Equal ones keep their order.
pub(super) fn sorted<T: Send>(
    mut items: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering + Sync,
) -> Vec<T> {
    let cores = cores();
    if cores > 1 && items.len() > FEW {
        let share = items.len().div_ceil(cores);
        let shares = items.chunks_mut(share).collect();
        each_on_a_core(shares, |share: &mut [T]| share.sort_by(&compare));
    }
    // What is sorted already is only merged.
    items.sort_by(&compare);
    items
}

/// The first eight bytes of a text as a number, by which most texts are told apart without looking at them. Of two texts, the one of
/// the smaller number is the smaller one.
pub(super) fn prefix(text: &str) -> u64 {
    let mut letters = [0; 8];
    let length = text.len().min(letters.len());
    letters[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_are_sorted_and_equal_ones_stay(items in prop::collection::vec(0u8..20, 0..200)) {
            let items: Vec<(u8, usize)> = items.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted(items, |one, other| one.0.cmp(&other.0)), expected);
        }

        #[test]
        fn prefixes_are_in_the_order_of_their_texts(one in "[a\u{0}\u{fc}]{0,12}", other in "[a\u{0}\u{fc}]{0,12}") {
            if one <= other {
                prop_assert!(prefix(&one) <= prefix(&other));
            }
        }
    }
}
