//! Bytes that a build lays aside: in memory up to a bound, the rest in a file without a name.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
#[cfg(not(unix))]
use std::{
    io::Read as _,
    sync::{Mutex, PoisonError},
};

/// Bytes that are laid aside. What is written stays where it is, and several threads may read it.
pub struct Spill {
    held: Vec<u8>,
    /// Bytes that memory may hold.
    most: usize,
    file: Option<Shared>,
    /// Bytes in the file.
    end: u64,
}

impl Spill {
    /// Without bytes, of which so many are held in memory.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            held: Vec::new(),
            // WebAssembly has no file without a name.
            most: if cfg!(target_family = "wasm") {
                usize::MAX
            } else {
                most
            },
            file: None,
            end: 0,
        }
    }

    /// Appends bytes; where they begin. Linear in them.
    ///
    /// # Errors
    /// There is no temporary file, or it cannot be written.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let at = self.held.len() as u64 + self.end;
        if self.file.is_none() && self.held.len() + bytes.len() <= self.most {
            self.held.extend_from_slice(bytes);
            return Ok(at);
        }
        let mut file = match self.file.take() {
            Some(file) => file,
            None => Shared::of(tempfile::tempfile()?),
        };
        let written = file.write_at(self.end, bytes);
        self.file = Some(file);
        written?;
        self.end += bytes.len() as u64;
        Ok(at)
    }

    /// Fills `bytes` with what lies from a place on. Linear in them.
    ///
    /// # Errors
    /// The file cannot be read, or there are fewer.
    pub fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let held = self.held.get(start..).unwrap_or_default();
        let (here, there) = bytes.split_at_mut(bytes.len().min(held.len()));
        here.copy_from_slice(&held[..here.len()]);
        match &self.file {
            _ if there.is_empty() => Ok(()),
            Some(file) => file.read(at.saturating_sub(self.held.len() as u64), there),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// A file that several threads read at once, each from where it likes.
#[cfg(unix)]
pub(super) struct Shared(File);

#[cfg(unix)]
impl Shared {
    pub fn of(file: File) -> Self {
        Self(file)
    }

    /// Fills `bytes` with what lies from a place on.
    pub fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        use std::os::unix::fs::FileExt as _;

        self.0.read_exact_at(bytes, at)
    }

    /// Writes bytes to a place.
    pub fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(at))?;
        self.0.write_all(bytes)
    }
}

/// A file that one thread reads after the other: it has one place from which it is read.
#[cfg(not(unix))]
pub(super) struct Shared(Mutex<File>);

#[cfg(not(unix))]
impl Shared {
    pub fn of(file: File) -> Self {
        Self(Mutex::new(file))
    }

    /// Fills `bytes` with what lies from a place on.
    pub fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }

    /// Writes bytes to a place.
    pub fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let file = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_laid_aside_is_read_from_anywhere() {
        let all: Vec<u8> = (0..=255).collect();
        for most in [0, 1, 40, 255, 1000] {
            let mut spill = Spill::new(most);
            for piece in all.chunks(17) {
                assert_eq!(spill.append(piece).unwrap(), u64::from(piece[0]));
                // In between, others read it from elsewhere.
                spill.read(0, &mut [0; 3]).unwrap();
            }
            assert_eq!(spill.file.is_some(), most < all.len(), "{most}");
            for start in 0..all.len() {
                for end in start..=all.len() {
                    let mut bytes = vec![0; end - start];
                    spill.read(start as u64, &mut bytes).unwrap();
                    assert_eq!(bytes, all[start..end], "{most} {start} {end}");
                }
            }
            assert!(spill.read(250, &mut [0; 7]).is_err());
            assert!(spill.read(u64::MAX, &mut [0; 1]).is_err());
        }
    }
}
