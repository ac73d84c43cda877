//! What a page fetches for an answer of an index in blocks.

use crate::failure::Misuse;
use crate::output;
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// Files and bytes as they are sent, by the kind of block. Within a round all are asked for at once; the first holds the
/// root, which a page asks for beside the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cost(Vec<BTreeMap<&'static str, Fetched>>);

/// Files of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fetched {
    files: usize,
    bytes: usize,
}

/// The cost, where it is wanted.
///
/// # Errors
/// It is wanted of an index in one piece.
pub fn wanted(is_wanted: bool, cost: Option<Cost>) -> Result<Option<Cost>> {
    if is_wanted && cost.is_none() {
        return Err(Misuse(
            "--cost: this bundle holds its index in one file; build it with --layout split".into(),
        )
        .into());
    }
    Ok(cost.filter(|_| is_wanted))
}

impl Cost {
    /// Begins a round.
    pub fn next_round(&mut self) {
        self.0.push(BTreeMap::new());
    }

    /// Forgets rounds in which nothing was fetched.
    pub fn end(&mut self) {
        self.0.retain(|kinds| !kinds.is_empty());
    }

    /// Adds a file to the round.
    pub fn add(&mut self, kind: &'static str, bytes: usize) {
        if let Some(round) = self.0.last_mut() {
            let fetched = round.entry(kind).or_default();
            fetched.files += 1;
            fetched.bytes += bytes;
        }
    }

    /// A line for each kind in each round, and one for all.
    pub fn show(&self, out: &mut impl Write) -> Result<()> {
        writeln!(
            out,
            "{:<5} {:<10} {:>6} {:>10}",
            "round", "fetched", "files", "bytes"
        )?;
        let mut all = Fetched::default();
        for (round, kinds) in self.0.iter().enumerate() {
            for (kind, &Fetched { files, bytes }) in kinds {
                let size = output::bytes(bytes);
                writeln!(out, "{round:<5} {kind:<10} {files:>6} {size:>10}")?;
                all.files += files;
                all.bytes += bytes;
            }
        }
        let size = output::bytes(all.bytes);
        writeln!(out, "{:<16} {:>6} {size:>10}", "all", all.files)?;
        Ok(())
    }
}
