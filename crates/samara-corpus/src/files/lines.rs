//! The lines of a file, one in memory at a time: a file of many entries may be larger than what is kept of them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::decode::most_unpacked;
use crate::report::Skip;

const PACKED: &[u8] = &[0x1f, 0x8b];
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Lines in UTF-8 that end as on most systems.
pub(crate) struct Lines {
    reader: Box<dyn BufRead>,
    line: Vec<u8>,
    is_first: bool,
    is_packed: bool,
    /// Bytes that may still be read.
    left: u64,
    most: u64,
}

/// Why there is no further line.
#[derive(Debug)]
pub(crate) enum Stop {
    Unreadable(io::Error),
    Skipped(Skip),
    /// Only the file as a whole tells how it is written.
    Encoded,
}

impl Lines {
    /// The lines of a file, which may be packed.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut plain = BufReader::new(file);
        let is_packed = plain.fill_buf()?.starts_with(PACKED);
        let (most, reader): (u64, Box<dyn BufRead>) = if is_packed {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            let unpacked = BufReader::new(MultiGzDecoder::new(plain));
            (most_unpacked(size), Box::new(unpacked))
        } else {
            (u64::MAX - 1, Box::new(plain))
        };
        Ok(Self {
            reader,
            line: Vec::new(),
            is_first: true,
            is_packed,
            left: most,
            most,
        })
    }

    /// The next line, without its end; `None` behind the last one.
    pub fn next_line(&mut self) -> Result<Option<&str>, Stop> {
        self.line.clear();
        let mut bounded = Read::take(&mut self.reader, self.left + 1);
        let read = match bounded.read_until(b'\n', &mut self.line) {
            Ok(read) => read as u64,
            Err(error) if self.is_packed => {
                return Err(Stop::Skipped(Skip::DamagedGzip(error.to_string())));
            }
            Err(error) => return Err(Stop::Unreadable(error)),
        };
        if read > self.left {
            return Err(Stop::Skipped(Skip::TooLarge {
                megabytes: self.most >> 20,
            }));
        }
        self.left -= read;
        if read == 0 {
            return Ok(None);
        }
        let mut line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        line = line.strip_suffix(b"\r").unwrap_or(line);
        if std::mem::take(&mut self.is_first) {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        if line.contains(&b'\r') || line.contains(&0) {
            return Err(Stop::Encoded);
        }
        std::str::from_utf8(line)
            .map(Some)
            .map_err(|_| Stop::Encoded)
    }
}
