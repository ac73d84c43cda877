//! What a visitor downloads: hosts send files as they are, gzipped, or as brotli.

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::io::Write;
use std::thread;

/// One thing in three sizes, in bytes.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Sizes {
    /// As it is.
    pub raw: usize,
    /// By gzip -9.
    pub gzip: usize,
    /// By brotli of quality 11 and window 24, as hosts do that compress ahead of time.
    pub brotli: usize,
}

impl Sizes {
    /// Compresses and counts. Takes about a second a megabyte, nearly all of it for brotli.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            lgwin: 24,
            size_hint: bytes.len(),
            ..Default::default()
        };
        let mut brotli = Vec::new();
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
        Ok(Self {
            raw: bytes.len(),
            gzip: gzip.finish()?.len(),
            brotli: brotli.len(),
        })
    }

    /// The sizes of several things, each on a thread of its own, in their order.
    pub fn of_all(things: &[&[u8]]) -> Result<Vec<Self>> {
        thread::scope(|scope| {
            let threads: Vec<_> = things
                .iter()
                .map(|bytes| scope.spawn(|| Self::of(bytes)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("compressing does not panic"))
                .collect()
        })
    }
}
