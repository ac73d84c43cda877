//! The `samara` command: any folder to a deployable search, without compiling anything.
//!
//! One file per subcommand in [`command`], arguments and execution together, joined in [`arguments`]. [`compile`] makes of
//! documents what is deployed, [`target`] puts it where it goes, and [`bundle`] writes and reads it. [`output`],
//! [`progress`] and [`failure`] are how results, the state of work and faults reach a person or a program. Only this file
//! ends the process.

#![cfg_attr(
    any(target_family = "wasm", not(feature = "shell")),
    expect(dead_code, reason = "what commands alone use that are not there")
)]

mod arguments;
mod bundle;
mod choosing;
mod command;
mod compile;
#[cfg(feature = "brotli")]
mod compressed;
mod config;
mod corpus;
mod cost;
mod expect;
mod failure;
mod finished;
mod numbers;
mod output;
mod pagefind;
#[cfg_attr(target_family = "wasm", path = "no_progress.rs")]
mod progress;
mod room;
#[cfg(not(target_family = "wasm"))]
mod serve;
mod settings;
mod target;
mod texts;
#[cfg(target_family = "wasm")]
mod wasi;

use failure::Outcome;
use std::process::ExitCode;

fn main() -> ExitCode {
    room::share_memory();
    #[cfg(target_family = "wasm")]
    let begun = wasi::begin();
    #[cfg(not(target_family = "wasm"))]
    let begun = Ok(());
    match begun.and_then(|()| arguments::of_this_call().run()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::FAILURE,
        // Whoever read the results has read enough.
        Err(error) if failure::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say!("error: {error:#}");
            ExitCode::from(failure::code(&error))
        }
    }
}
