//! Trying inputs, for a fixed number or for a time, and saying which one failed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::mutate::Random;

/// The slowest that an input may be, with room for machines a hundred times slower than ours: what shows is a
/// hang, and work without bounds.
const SLOWEST: Duration = Duration::from_secs(20);

/// Calls `attempt` with a generator of its own for every input.
///
/// `inputs`: how many to try unless `SAMARA_FUZZ_SECONDS` or `SAMARA_FUZZ_SEED` say otherwise.
pub fn run(inputs: u64, attempt: impl Fn(&mut Random)) {
    let number = |name: &str| -> Option<u64> {
        let text = std::env::var(name).ok()?;
        Some(
            text.parse()
                .unwrap_or_else(|_| panic!("{name}={text} is no number")),
        )
    };
    let seconds = number("SAMARA_FUZZ_SECONDS");
    let one = number("SAMARA_FUZZ_SEED");
    let begin = Instant::now();
    let first = match (one, seconds) {
        (Some(seed), _) => seed,
        (None, None) => 0,
        (None, Some(_)) => {
            let since = std::time::SystemTime::UNIX_EPOCH.elapsed();
            since.unwrap().as_secs() << 24
        }
    };
    let mut tried = 0;
    loop {
        let over = match (one, seconds) {
            (Some(_), _) => tried == 1,
            (None, Some(seconds)) => begin.elapsed().as_secs() >= seconds,
            (None, None) => tried == inputs,
        };
        if over {
            break;
        }
        let seed = first + tried;
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| attempt(&mut Random::new(seed))));
        assert!(
            outcome.is_ok() && start.elapsed() < SLOWEST,
            "this input fails or takes too long: repeat it with SAMARA_FUZZ_SEED={seed}"
        );
        tried += 1;
    }
    println!("{tried} inputs in {:.1} s", begin.elapsed().as_secs_f32());
}
