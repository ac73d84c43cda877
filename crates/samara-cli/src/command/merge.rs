//! `samara merge`: parts that several machines read to the bundle that one build would have written.

use super::build::Options;
use crate::compile::{compile_source, reading};
use crate::corpus::Source;
use crate::failure::Outcome;
use crate::say;
use crate::target::Target;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::time::Instant;

/// Makes the bundle of parts that samara build --part wrote, the same that one build would have written.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara build public/ --part 1/2 -o 1.part\n  \
    samara build public/ --part 2/2 -o 2.part\n  samara merge 1.part 2.part -o public/samara\n\n\
    Give the merge the options that the parts were read with, or have them in samara.toml."
)]
pub struct Merge {
    /// All parts, in any order.
    #[arg(value_name = "PART", required = true)]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

impl Merge {
    /// Joins, indexes and writes.
    pub fn run(self) -> Result<Outcome> {
        let start = Instant::now();
        let talk = self.options.talk();
        let (mut config, lines) = self.options.settled(Vec::new())?;
        if !talk.quiet {
            lines.iter().for_each(|line| say!("note: {line}"));
        }
        let source = Source::of_parts(&self.parts, &reading(&config))?;
        // Where the site lies, its bundle tells pages how they reach it.
        config.paths = source.reading().paths().to_vec();
        config.put_beneath_site();
        let target = Target::claim(&config)?;
        let built = compile_source(&config, source, talk)?;
        target.write(&config, &built, start, talk)?;
        Ok(Outcome::Done)
    }
}
