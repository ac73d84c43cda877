//! The memory of a build, and where it lays what does not fit.

use crate::config::{Config, Size};
use samara_corpus::Spill;
use samara_engine::{Room, Scratch};
use std::io;

/// The memory of a build where nothing is said.
const MEMORY: usize = 1_000_000_000;
/// The part of it that pages may take.
const SHARE_OF_PAGES: usize = 8;
/// The part of it that each thing takes that is laid aside: streams of documents, posting lists, blocks.
const SHARE: usize = 16;

fn memory(config: &Config) -> usize {
    config.memory.map_or(MEMORY, |Size(bytes)| bytes)
}

/// Bytes that pages may take.
pub fn of_pages(config: &Config) -> usize {
    memory(config) / SHARE_OF_PAGES
}

/// Bytes that blocks may take until they are written.
pub fn of_blocks(config: &Config) -> usize {
    memory(config) / SHARE
}

/// The room that an index is built in.
pub fn of_index(config: &Config) -> Room {
    let memory = memory(config);
    Room::new(memory, move || {
        Ok(Box::new(Aside(Spill::new(memory / SHARE))))
    })
}

/// Bytes of an index that are laid aside.
struct Aside(Spill);

impl Scratch for Aside {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.append(bytes).map(|_| ())
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.0.read(at, bytes)
    }
}
