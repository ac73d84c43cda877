//! The `samara` command: any folder to a deployable search, without compiling anything.
//!
//! One file per subcommand in [`command`], arguments and execution together, joined in [`arguments`];
//! [`bundle`] is what is deployed, written and read; [`output`], [`progress`] and [`failure`] are how results,
//! the state of work and faults reach a person or a program. Only this file ends the process.

mod arguments;
mod bundle;
mod command;
mod compressed;
mod config;
mod corpus;
mod cost;
mod expect;
mod failure;
mod numbers;
mod output;
mod progress;
mod settings;

use failure::Outcome;
use std::process::ExitCode;

fn main() -> ExitCode {
    match arguments::of_this_call().run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::FAILURE,
        // Whoever read the results has read enough.
        Err(error) if failure::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(failure::code(&error))
        }
    }
}
