//! The memory of a build, and where it lays what does not fit.

use crate::config::{Config, Size};
use samara_corpus::Spill;
use samara_engine::{Room, Scratch};
use std::env::temp_dir;
use std::io;

/// The memory of a build where nothing is said.
const MEMORY: usize = 1_000_000_000;
/// The part of it that pages may take.
const SHARE_OF_PAGES: usize = 8;
/// The part of it that each thing takes that is laid aside: streams of documents, posting lists, blocks.
const SHARE: usize = 16;

/// Has threads share regions of memory, as many as there are cores. The C library of GNU keeps eight for each core: memory that one
/// thread has used and no longer needs serves no other then, and a build of 300,000 pages holds a third more.
pub fn share_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        // SAFETY: it sets a number, which the allocator reads when a thread begins; there is no other thread yet.
        unsafe {
            libc::mallopt(
                libc::M_ARENA_MAX,
                cores.try_into().unwrap_or(libc::c_int::MAX),
            );
        }
    }
}

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
        self.0.append(bytes).map(|_| ()).map_err(with_remedy)
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.0.read(at, bytes).map_err(with_remedy)
    }
}

/// What a temporary file needs of which this is the fault.
pub fn with_remedy(fault: io::Error) -> io::Error {
    io::Error::other(format!(
        "a temporary file in {} cannot be used ({fault}); make room there, name another folder with TMPDIR, or allow more \
         memory with --memory",
        temp_dir().display()
    ))
}
