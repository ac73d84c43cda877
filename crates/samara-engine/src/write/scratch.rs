//! Bytes that a build lays aside and reads again, so that it need not hold all of them.

use std::fmt;
use std::io;
use std::sync::Arc;

use crate::Error;

/// Bytes that are laid aside, in a temporary file for example. The engine does no I/O of its own.
pub trait Scratch: Send + Sync {
    /// Appends bytes.
    ///
    /// # Errors
    /// They cannot be kept.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Fills `bytes` with what lies from a place on. Several threads may read at once.
    ///
    /// # Errors
    /// It cannot be read, or ends before.
    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()>;
}

/// Memory that a build takes for what grows with the documents, and where it lays the rest.
#[derive(Clone)]
pub struct Room {
    memory: usize,
    open: Arc<Open>,
}

type Open = dyn Fn() -> io::Result<Box<dyn Scratch>> + Send + Sync;

impl Room {
    /// About so many bytes of memory. `open` makes room for more, each time anew.
    pub fn new(
        memory: usize,
        open: impl Fn() -> io::Result<Box<dyn Scratch>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            memory,
            open: Arc::new(open),
        }
    }

    /// About so many bytes.
    pub(super) fn memory(&self) -> usize {
        self.memory
    }

    /// Room without bytes.
    pub(super) fn open(&self) -> Result<Laid, Error> {
        Ok(Laid {
            scratch: (self.open)()?,
            end: 0,
        })
    }
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.memory)
    }
}

/// Bytes that were laid aside.
pub(super) struct Laid {
    scratch: Box<dyn Scratch>,
    end: u64,
}

impl Laid {
    /// Lays bytes aside; where they begin.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u64, Error> {
        let at = self.end;
        self.scratch.append(bytes)?;
        self.end += bytes.len() as u64;
        Ok(at)
    }

    /// So many bytes from a place on.
    pub fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; length];
        self.scratch.read(at, &mut bytes)?;
        Ok(bytes)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Scratch {
            why: error.to_string(),
        }
    }
}
