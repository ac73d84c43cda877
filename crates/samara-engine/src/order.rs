//! Sorting, small. The standard library's sorts are compiled anew for every type and comparison: fifteen of them
//! made up a third of the wasm module. Here everything becomes a key of 64 bits.

/// Sorts keys in ascending order, in place. Where indexes are written, time counts for more than the size of a module.
pub(crate) fn sort(keys: &mut [u64]) {
    if cfg!(feature = "write") {
        keys.sort_unstable();
    } else {
        heapsort(keys);
    }
}

/// The same (Williams, 1964).
fn heapsort(keys: &mut [u64]) {
    let mut unsorted = keys.len();
    let mut heaped = unsorted / 2;
    while unsorted > 1 {
        // First every node sinks to where it belongs, the last one first; then the greatest goes behind the heap.
        if heaped > 0 {
            heaped -= 1;
        } else {
            unsorted -= 1;
            keys.swap(0, unsorted);
        }
        let mut node = heaped;
        loop {
            let mut child = 2 * node + 1;
            if child + 1 < unsorted && keys[child] < keys[child + 1] {
                child += 1;
            }
            if child >= unsorted || keys[node] >= keys[child] {
                break;
            }
            keys.swap(node, child);
            node = child;
        }
    }
}

/// A key that sorts descending by the first number and ascending by the second.
pub(crate) fn descending(first: u32, second: u32) -> u64 {
    u64::from(u32::MAX - first) << 32 | u64::from(second)
}

/// The second number of a key.
pub(crate) fn second(key: u64) -> u32 {
    key as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(keys: Vec<u64>, small in prop::collection::vec(0u64..5, 0..50)) {
            for mut keys in [keys, small] {
                let mut expected = keys.clone();
                expected.sort();
                heapsort(&mut keys);
                prop_assert_eq!(keys, expected);
            }
        }
    }

    #[test]
    fn keys_hold_two_numbers() {
        assert!(descending(2, 9) < descending(1, 0));
        assert!(descending(2, 0) < descending(2, 9));
        assert_eq!(second(descending(2, 9)), 9);
    }
}
