//! `samara man`: the manual, a page for the command and one for each subcommand.

use crate::failure::{Misuse, Outcome};
use crate::output;
use anyhow::{Context, Result};
use clap::Args;
use clap_mangen::Man as Page;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// Prints a page of the manual, or writes all of them.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara man | man -l -\n  samara man build | man -l -\n  samara man --output ~/.local/share/man/man1"
)]
pub struct Man {
    /// The subcommand that the page is about; without it, the whole command.
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    subcommand: Option<String>,
    /// Write all pages into this folder instead.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Man {
    /// Prints or writes pages of the whole command.
    pub fn run(self, command: clap::Command) -> Result<Outcome> {
        if let Some(folder) = self.output {
            fs::create_dir_all(&folder)
                .and_then(|()| clap_mangen::generate_to(command, &folder))
                .with_context(|| format!("cannot write the manual into {}", folder.display()))?;
            return Ok(Outcome::Done);
        }
        let page = match &self.subcommand {
            None => Page::new(command),
            Some(name) => Page::new(subcommand(command, name)?),
        };
        let mut text = Vec::new();
        page.render(&mut text)?;
        let mut out = output::results();
        out.write_all(&text)?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// A subcommand that calls itself by its whole name.
fn subcommand(mut command: clap::Command, name: &str) -> Result<clap::Command> {
    command.build();
    let found = command.find_subcommand(name).cloned();
    let found = found.context(Misuse(format!(
        "there is no subcommand `{}`; see `samara --help`",
        output::printable(name)
    )))?;
    Ok(found.display_name(format!("samara-{name}")))
}
