//! Fuzzing what reads bytes and what reads a person's text, on stable Rust: mutations of real inputs, the same
//! in every run, so that a failure can be repeated.
//!
//! `cargo test` tries a fixed number of inputs. A deeper run takes as long as it is told and other inputs each
//! time: `SAMARA_FUZZ_SECONDS=600 cargo test --release --package samara-engine --test fuzz`. An input that fails
//! is printed with the number that it comes from, and `SAMARA_FUZZ_SEED` repeats it.

mod mutate;
mod run;
mod sealed;

mod opening;
mod querying;
