//! What a visitor downloads where a host compresses ahead of time: as it is, gzipped, or as brotli.

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::io::Write;
use std::thread;

/// How hard brotli tries: what hosts do that compress ahead of time.
pub const BEST: i32 = 11;

/// One thing in three sizes, in bytes.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Sizes {
    /// As it is.
    pub raw: usize,
    /// By gzip -9.
    pub gzip: usize,
    /// By brotli of some quality and window 24.
    pub brotli: usize,
}

impl Sizes {
    /// Compresses and counts. With [`BEST`] it takes about a second a megabyte, nearly all of it for brotli.
    pub fn of(bytes: &[u8], quality: i32) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let parameters = brotli::enc::BrotliEncoderParams {
            quality,
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

    /// The sizes of what is compressed already.
    pub fn as_they_are(bytes: usize) -> Self {
        Self {
            raw: bytes,
            gzip: bytes,
            brotli: bytes,
        }
    }

    /// The sizes of several things, each on a thread of its own, in their order.
    pub fn of_all(things: &[&[u8]], quality: i32) -> Result<Vec<Self>> {
        if cfg!(target_family = "wasm") {
            return things
                .iter()
                .map(|bytes| Self::of(bytes, quality))
                .collect();
        }
        thread::scope(|scope| {
            let threads: Vec<_> = things
                .iter()
                .map(|bytes| scope.spawn(move || Self::of(bytes, quality)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("compressing does not panic"))
                .collect()
        })
    }
}
