//! The `samara` command: any folder to a deployable search, without compiling anything.
//!
//! One file per subcommand in [`command`], arguments and execution together; [`bundle`] is what is
//! deployed, written and read; [`output`] and [`failure`] are how results and faults reach a person
//! or a program. Only this file ends the process.

mod bundle;
mod command;
mod compressed;
mod config;
mod corpus;
mod expect;
mod failure;
mod output;

use clap::{Parser, Subcommand};
use failure::Outcome;
use std::process::ExitCode;

/// Full-text search that travels with the page.
#[derive(Parser)]
#[command(
    name = "samara",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(command::build::Build),
    Serve(command::serve::Serve),
    Search(command::search::Search),
    Suggest(command::suggest::Suggest),
    Clean(command::clean::Clean),
    Inspect(command::inspect::Inspect),
    Check(command::check::Check),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Build(build) => build.run(),
        Command::Serve(serve) => serve.run(),
        Command::Search(search) => search.run(),
        Command::Suggest(suggest) => suggest.run(),
        Command::Clean(clean) => clean.run(),
        Command::Inspect(inspect) => inspect.run(),
        Command::Check(check) => check.run(),
    };
    match outcome {
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
