//! Threads for work that cannot be ended from outside, and that somebody may wish to take without end.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

/// Bytes of stack for a thread: readers and extractors recurse into elements.
const STACK: usize = 32 << 20;

/// A thread for each piece of work, and a count of those that were given up.
pub(crate) struct Workers {
    /// Those that nobody waits for any more and that still run.
    abandoned: AtomicUsize,
    most: usize,
}

impl Workers {
    /// Workers of which so many may be abandoned.
    pub const fn new(most: usize) -> Self {
        Self {
            abandoned: AtomicUsize::new(0),
            most,
        }
    }

    /// How many nobody waits for any more.
    pub fn abandoned(&self) -> usize {
        self.abandoned.load(Ordering::SeqCst)
    }

    /// What the work comes to, unless it takes longer, or too many still run that did.
    pub fn run<T: Send + 'static>(
        &'static self,
        patience: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        if self.abandoned() >= self.most {
            return None;
        }
        if cfg!(target_family = "wasm") {
            // There are no threads; whoever runs the instance ends it where it takes too long.
            return Some(work());
        }
        let (sender, receiver) = mpsc::channel();
        // Who sets it second knows that the other one is through.
        let through = Arc::new(AtomicBool::new(false));
        let of_worker = Arc::clone(&through);
        let worker = move || {
            // Where nobody waits, nobody receives.
            let _ = sender.send(work());
            if of_worker.swap(true, Ordering::SeqCst) {
                self.abandoned.fetch_sub(1, Ordering::SeqCst);
            }
        };
        let builder = thread::Builder::new().stack_size(STACK);
        builder.spawn(worker).ok()?;
        receiver.recv_timeout(patience).ok().or_else(|| {
            self.abandoned.fetch_add(1, Ordering::SeqCst);
            if !through.swap(true, Ordering::SeqCst) {
                return None;
            }
            // It came to an end in this very moment.
            self.abandoned.fetch_sub(1, Ordering::SeqCst);
            receiver.try_recv().ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn what_takes_too_long_is_left_alone_and_too_many_of_it_are_not_begun() {
        static WORKERS: Workers = Workers::new(2);
        // Who holds it keeps the work from ending.
        static GATE: Mutex<()> = Mutex::new(());
        let (soon, late) = (Duration::from_millis(1), Duration::from_secs(60));
        let closed = GATE.lock().unwrap();
        for _ in 0..2 {
            assert_eq!(WORKERS.run(soon, || drop(GATE.lock())), None);
        }
        assert_eq!(WORKERS.run(late, || 1), None, "one more was begun");
        drop(closed);
        while WORKERS.abandoned() > 0 {
            thread::yield_now();
        }
        assert_eq!(WORKERS.run(late, || 1), Some(1));
    }
}
