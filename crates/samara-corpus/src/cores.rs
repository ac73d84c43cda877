//! Work on several cores at once.

use std::sync::mpsc;
use std::thread;

use crate::options::Options;

/// Results that wait to be taken, however many threads there are.
const WAITING: usize = 32;
/// As many small results are handed over together: to hand over each by itself takes longer than to make it.
pub(crate) const SMALL: usize = 64;

/// How many threads work on so many things.
pub(crate) fn threads(options: &Options, things: usize) -> usize {
    let available = thread::available_parallelism().map_or(1, usize::from);
    let wanted = options.threads.map_or(available, usize::from);
    wanted.min(things).max(1)
}

/// Hands over what `work` makes of each item, in the order of the items, of which so many are worked on together. Threads work a
/// little ahead, so few results are there at once.
///
/// # Errors
/// The first of `each`, which ends it.
pub(crate) fn in_order<T: Sync, R: Send, E>(
    threads: usize,
    together: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(&T, R) -> Result<(), E>,
) -> Result<(), E> {
    // WebAssembly has no threads.
    if threads <= 1 || cfg!(target_family = "wasm") {
        return items.iter().try_for_each(|item| each(item, work(item)));
    }
    let together = together.min(items.len() / threads).max(1);
    let shares: Vec<&[T]> = items.chunks(together).collect();
    let work = &work;
    thread::scope(|scope| {
        let results: Vec<mpsc::Receiver<Vec<R>>> = (0..threads)
            .map(|first| {
                let (sender, receiver) = mpsc::sync_channel((WAITING / threads / together).max(1));
                let own = shares.iter().skip(first).step_by(threads);
                // Nobody takes results where an error has ended it.
                let mut own = own.map(move |items| items.iter().map(work).collect());
                scope.spawn(move || own.all(|results| sender.send(results).is_ok()));
                receiver
            })
            .collect();
        for (items, results) in shares.iter().zip(results.iter().cycle()) {
            // A thread that has nothing more to hand over has panicked, which the scope hands on.
            let Ok(results) = results.recv() else { break };
            for (item, result) in items.iter().zip(results) {
                each(item, result)?;
            }
        }
        Ok(())
    })
}

/// What `work` makes of the numbers below `count`, in their order.
///
/// # Errors
/// The first of `work`.
pub(crate) fn numbered<R: Send, E: Send>(
    threads: usize,
    count: usize,
    work: impl Fn(usize) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let numbers: Vec<usize> = (0..count).collect();
    let mut results = Vec::with_capacity(count);
    in_order(
        threads,
        SMALL,
        &numbers,
        |&of| work(of),
        |_, made| {
            results.push(made?);
            Ok(())
        },
    )?;
    Ok(results)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in 0..4 {
            for (count, together) in [(0, 1), (1, 1), (2, 9), (3, 1), (200, 1), (200, 7)] {
                let items: Vec<usize> = (0..count).collect();
                let mut doubled = Vec::new();
                let done: Result<(), ()> = in_order(
                    threads,
                    together,
                    &items,
                    |item| 2 * item,
                    |item, result| {
                        doubled.push((*item, result));
                        Ok(())
                    },
                );
                assert_eq!(done, Ok(()));
                assert!(doubled.into_iter().eq(items.iter().map(|&of| (of, 2 * of))));
            }
        }
    }

    #[test]
    fn numbers_come_in_their_order() {
        for (threads, count) in [(0, 0), (1, 5), (2, 256), (3, 1000)] {
            let tripled = numbered(threads, count, |of| Ok::<_, ()>(3 * of));
            assert!(tripled.unwrap().into_iter().eq((0..count).map(|of| 3 * of)));
            let failed = numbered(threads, count, |of| if of < 3 { Ok(()) } else { Err(of) });
            assert_eq!(failed.err(), (count > 3).then_some(3));
        }
    }

    #[test]
    fn an_error_ends_it() {
        for threads in 0..4 {
            let items: Vec<usize> = (0..1000).collect();
            let mut taken = 0;
            let done = in_order(
                threads,
                1 + threads,
                &items,
                |item| *item,
                |_, item| {
                    taken += 1;
                    if item == 100 { Err(item) } else { Ok(()) }
                },
            );
            assert_eq!((done, taken), (Err(100), 101));
        }
    }

    #[test]
    #[should_panic(expected = "panicked")]
    fn a_panic_is_handed_on() {
        let work = |item: &usize| assert_ne!(*item, 7);
        let items: Vec<usize> = (0..100).collect();
        let _: Result<(), ()> = in_order(2, 3, &items, work, |_, ()| Ok(()));
    }
}
