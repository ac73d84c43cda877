//! Work of which the parts ask nothing of one another.

use std::panic::resume_unwind;
use std::thread;

/// What `work` makes of each item, in the order of the items, by all cores.
pub(super) fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = cores();
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let share = items.len().div_ceil(threads).max(1);
    let work = &work;
    thread::scope(|scope| {
        let shares: Vec<_> = items
            .chunks(share)
            .map(|items| scope.spawn(move || items.iter().map(work).collect::<Vec<R>>()))
            .collect();
        // Put together in one piece, in the place of growing by what comes.
        let mut all = Vec::with_capacity(items.len());
        for share in shares {
            all.append(&mut share.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

/// What `work` makes of each item, in the order of the items, each on a core of its own.
pub(super) fn each_on_a_core<T: Send, R: Send>(
    mut items: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    if cores() == 1 {
        return items.into_iter().map(work).collect();
    }
    let Some(last) = items.pop() else {
        return Vec::new();
    };
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = items
            .into_iter()
            .map(|item| scope.spawn(move || work(item)))
            .collect();
        // This one would wait for the others.
        let last = work(last);
        let others = others.into_iter();
        let others = others.map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        others.chain([last]).collect()
    })
}

/// What both make, at the same time where there are cores for it.
pub(super) fn both<A: Send, B>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if cores() == 1 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join().unwrap_or_else(|panic| resume_unwind(panic));
        (one, other)
    })
}

/// Number of cores; one where there are no threads.
pub(super) fn cores() -> usize {
    // So that a compiler knows it.
    if cfg!(target_family = "wasm") {
        return 1;
    }
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_is_worked_on_once_and_in_its_place() {
        for count in [0, 1, 2, 9] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = each_on_a_core(items, |item| 2 * item);
            assert!(doubled.into_iter().eq((0..count).map(|item| 2 * item)));
        }
    }

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 2, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = on_all_cores(&items, |item| 2 * item);
            assert!(doubled.into_iter().eq((0..count).map(|item| 2 * item)));
        }
    }
}
