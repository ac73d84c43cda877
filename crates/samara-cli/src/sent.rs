//! What a visitor downloads where a host compresses while it serves: quick to tell.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// One thing as it is and as hosts send it that compress while they serve, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// As it is.
    pub raw: usize,
    /// By gzip.
    pub gzip: usize,
}

impl Sent {
    /// Compresses and counts, at tens of megabytes a second.
    pub fn of(bytes: &[u8]) -> Self {
        let mut gzip = GzEncoder::new(Counted(0), Compression::default());
        let written = gzip.write_all(bytes).and_then(|()| gzip.finish());
        Self {
            raw: bytes.len(),
            gzip: written.map_or(0, |Counted(count)| count),
        }
    }
}

/// Counts what is written, and keeps none of it.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
