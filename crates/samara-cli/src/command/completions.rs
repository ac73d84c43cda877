//! `samara completions`: what a shell needs to complete this command.

use crate::failure::Outcome;
use crate::output;
use anyhow::Result;
use clap::Args;
use clap_complete::Shell;
use std::io::Write;

/// Prints the completions of a shell.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara completions bash > ~/.local/share/bash-completion/completions/samara\n  \
    samara completions zsh > ~/.zfunc/_samara\n  samara completions fish > ~/.config/fish/completions/samara.fish"
)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints them for the whole command.
    pub fn run(self, mut command: clap::Command) -> Result<Outcome> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "samara", &mut script);
        let mut out = output::results();
        out.write_all(&script)?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}
