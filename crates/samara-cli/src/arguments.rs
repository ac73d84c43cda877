//! The command line as a whole: help, manual pages and completions are all made of it.

use crate::command;
use crate::failure::Outcome;
use anyhow::Result;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};
use std::env;

/// Full-text search that travels with the page.
#[derive(Parser)]
#[command(
    name = "samara",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  samara build public/ -o public/samara     any generator's pages to a folder to deploy\n  \
        samara build letters/ -o letters.html --layout single     one page that searches without a network\n  \
        samara serve public/                      build, serve, build again on change\n  \
        samara search public/samara \"first steps\"\n\n\
        Ends with 0 when done, 1 where something is at fault or nothing was found, 2 where used wrongly."
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(command::build::Build),
    #[cfg(feature = "shell")]
    Merge(command::merge::Merge),
    #[cfg(not(target_family = "wasm"))]
    Serve(command::serve::Serve),
    #[cfg(feature = "shell")]
    Search(command::search::Search),
    #[cfg(feature = "shell")]
    Suggest(command::suggest::Suggest),
    #[cfg(feature = "shell")]
    Clean(command::clean::Clean),
    #[cfg(feature = "shell")]
    Inspect(command::inspect::Inspect),
    #[cfg(feature = "shell")]
    Check(command::check::Check),
    #[cfg(feature = "shell")]
    Completions(command::completions::Completions),
    #[cfg(feature = "shell")]
    Man(command::man::Man),
}

/// The arguments that this process was called with. A call for help and a wrong call end it.
pub fn of_this_call() -> Arguments {
    Arguments::try_parse().unwrap_or_else(|error| in_quotes(naming_its_variable(error)).exit())
}

/// A word too much is mostly one of a query.
fn in_quotes(mut error: clap::Error) -> clap::Error {
    let is_word = matches!(
        error.get(ContextKind::InvalidArg),
        Some(ContextValue::String(argument)) if !argument.starts_with('-')
    );
    let asks = env::args().nth(1);
    let asks = matches!(asks.as_deref(), Some("search" | "suggest"));
    if is_word && asks && error.kind() == ErrorKind::UnknownArgument {
        let tip = StyledStr::from("put the query in quotation marks");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    error
}

/// An error about a flag that nobody typed names the variable that stands for it.
fn naming_its_variable(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    let flag = argument.split([' ', '[', '=']).next().unwrap_or_default();
    let typed = env::args().any(|word| word.split('=').next() == Some(flag));
    let command = Arguments::command();
    let variable = command
        .get_subcommands()
        .flat_map(clap::Command::get_arguments)
        .find(|known| known.get_long().is_some() && known.get_long() == flag.strip_prefix("--"))
        .and_then(clap::Arg::get_env);
    if let Some(variable) = variable
        && let Some(value) = env::var_os(variable)
        && !typed
    {
        let tip = format!(
            "the environment variable {} is set to '{}'",
            variable.display(),
            value.display()
        );
        error.insert(
            ContextKind::Suggested,
            ContextValue::StyledStrs(vec![StyledStr::from(tip)]),
        );
    }
    error
}

impl Arguments {
    /// Runs the subcommand that they name.
    pub fn run(self) -> Result<Outcome> {
        match self.command {
            Command::Build(build) => build.run(),
            #[cfg(feature = "shell")]
            Command::Merge(merge) => merge.run(),
            #[cfg(not(target_family = "wasm"))]
            Command::Serve(serve) => serve.run(),
            #[cfg(feature = "shell")]
            Command::Search(search) => search.run(),
            #[cfg(feature = "shell")]
            Command::Suggest(suggest) => suggest.run(),
            #[cfg(feature = "shell")]
            Command::Clean(clean) => clean.run(),
            #[cfg(feature = "shell")]
            Command::Inspect(inspect) => inspect.run(),
            #[cfg(feature = "shell")]
            Command::Check(check) => check.run(),
            #[cfg(feature = "shell")]
            Command::Completions(completions) => completions.run(Self::command()),
            #[cfg(feature = "shell")]
            Command::Man(man) => man.run(Self::command()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_agree_with_themselves() {
        Arguments::command().debug_assert();
    }
}
