//! Compressing blocks, and reading them again.
//!
//! Blocks of texts are compressed with a dictionary, a block of its own, as if that stood before them in one stream
//! (RFC 1951, 2). A browser puts it before them as what deflate calls a stored block, and takes it away again.

use super::kept::{Kept, Keys, key, key_of_made};
use super::stored::Stored;
use crate::room::with_remedy;
use anyhow::{Result, anyhow, bail};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use samara_corpus::Spill;
use samara_engine::{BlockKind, Content, CutBlock};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

/// How hard blocks are compressed. Of the Rust books and of generated pages, 8 and 9 take up to a third more time. They make blocks
/// at most a thousandth smaller, and up to a hundredth larger.
pub const LEVEL: u32 = 7;
/// Blocks that wait for being compressed.
const WAITING: usize = 64;
/// The largest block that is unpacked, in bytes.
const LARGEST: usize = 1 << 28;

/// Blocks, compressed.
pub struct Deflated {
    /// The blocks, in the order in which they came.
    pub blocks: Stored,
    /// What tells each of them from others, where that is known.
    pub keys: Vec<Option<Keys>>,
    /// The one that texts are compressed with, as it was before it was compressed itself.
    pub dictionary: Vec<u8>,
}

/// Has `split` hand out blocks, and compresses the first `most` of them on all cores while it goes on, but for those that were
/// kept of the build before; with what it returns. About `memory` bytes of them are held, and the rest laid aside.
/// Linear in the blocks, of which few are there before they are compressed.
///
/// # Errors
/// Those of the compressor, or blocks cannot be laid aside.
pub fn deflated<R>(
    most: usize,
    memory: usize,
    kept: Option<&Kept>,
    split: impl FnOnce(&mut dyn FnMut(CutBlock)) -> R,
) -> Result<(R, Deflated)> {
    let mut dictionary = Arc::default();
    let mut count = 0;
    let mut job = |block: CutBlock| {
        if let (Some(BlockKind::Dictionary), Content::Bytes(bytes)) =
            (BlockKind::of_file(&block.name), &block.content)
        {
            dictionary = Arc::new(bytes.clone());
        }
        let with = is_text(&block.name).then(|| Arc::clone(&dictionary));
        count += 1;
        (count <= most).then_some(Job {
            number: count,
            block,
            with,
        })
    };
    let spill = Mutex::new(Spill::new(memory));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (returned, done) = if threads == 1 || cfg!(target_family = "wasm") {
        let mut done = Vec::new();
        let returned = split(&mut |block| {
            done.extend(job(block).map(|job| job.done(kept, &spill)));
        });
        (returned, done)
    } else {
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads)
                .map(|_| Arc::clone(&receiver))
                .map(|receiver| scope.spawn(|| all_done(receiver, kept, &spill)))
                .collect();
            // Without workers nobody takes a block, and sending one fails instead of waiting.
            drop(receiver);
            let returned = split(&mut |block| {
                if let Some(job) = job(block) {
                    // Why there are none, joining them tells.
                    let _ = sender.send(job);
                }
            });
            drop(sender);
            let workers = workers.into_iter();
            let done =
                workers.flat_map(|worker| worker.join().expect("compressing does not panic"));
            (returned, done.collect())
        })
    };
    let mut done: Vec<_> = done.into_iter().collect::<Result<_>>()?;
    done.sort_unstable_by_key(|done| done.number);
    let keys = done.iter_mut().map(|done| done.keys.take()).collect();
    let spill = spill.into_inner().unwrap_or_else(PoisonError::into_inner);
    let blocks = done.into_iter().map(|done| done.block).collect();
    let deflated = Deflated {
        blocks: Stored::of(spill, blocks),
        keys,
        dictionary: Arc::unwrap_or_clone(dictionary),
    };
    Ok((returned, deflated))
}

/// A block on its way.
struct Job {
    number: usize,
    block: CutBlock,
    /// What it is compressed with.
    with: Option<Arc<Vec<u8>>>,
}

/// A compressed block, which was laid aside.
struct Done {
    number: usize,
    /// Its name, its place and its bytes.
    block: (String, u64, usize),
    keys: Option<Keys>,
}

impl Job {
    fn done(self, kept: Option<&Kept>, spill: &Mutex<Spill>) -> Result<Done> {
        let CutBlock {
            name,
            hash,
            content,
            made_of,
        } = self.block;
        let with = self.with.as_deref().map_or(&[][..], Vec::as_slice);
        let made = made_of.map(|made_of| key_of_made(&made_of));
        let (bytes, content) = match content {
            Content::Packed(bytes) => {
                // Its content is told where it was found by what it is made of.
                let before = kept.zip(made.as_ref());
                let before = before.and_then(|(kept, made)| kept.made(made));
                (bytes, before.map(|before| before.content))
            }
            Content::Bytes(bytes) => {
                let content = kept.map(|_| key(with, &bytes));
                let known = kept.zip(content);
                match known.and_then(|(kept, content)| kept.block(&content)) {
                    Some(bytes) => (bytes, content),
                    None => (deflate_with(with, &bytes)?, content),
                }
            }
        };
        let made = made.map(|made| (made, hash));
        let keys = content.map(|content| Keys { content, made });
        let mut spill = spill.lock().unwrap_or_else(PoisonError::into_inner);
        let at = spill.append(&bytes).map_err(with_remedy)?;
        Ok(Done {
            number: self.number,
            block: (name, at, bytes.len()),
            keys,
        })
    }
}

/// Compresses what comes until nothing comes any more.
fn all_done(
    receiver: Arc<Mutex<mpsc::Receiver<Job>>>,
    kept: Option<&Kept>,
    spill: &Mutex<Spill>,
) -> Vec<Result<Done>> {
    let next = || receiver.lock().ok()?.recv().ok();
    std::iter::from_fn(next)
        .map(|job| job.done(kept, spill))
        .collect()
}

/// Whether the block of this name is compressed with the dictionary.
pub fn is_text(name: &str) -> bool {
    BlockKind::of_file(name) == Some(BlockKind::Texts)
}

/// Bytes, compressed.
///
/// # Errors
/// Those of the compressor.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    deflate_with(&[], bytes)
}

/// By a compressor of its own: of one that is used again, the bytes depend on what it compressed before (zlib-rs 0.6.8).
fn deflate_with(dictionary: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compress = Compress::new(Compression::new(LEVEL), false);
    if !dictionary.is_empty() {
        compress.set_dictionary(dictionary)?;
    }
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    loop {
        let rest = &bytes[compress.total_in() as usize..];
        match compress.compress_vec(rest, &mut out, FlushCompress::Finish)? {
            Status::StreamEnd => break,
            _ => out.reserve(out.len() + 64),
        }
    }
    out.shrink_to_fit();
    Ok(out)
}

/// The bytes of a root or a block as the engine reads them; `dictionary` is what it was compressed with, as the engine reads
/// that, or nothing.
///
/// # Errors
/// They are no deflated bytes, end in the middle, or go on behind the end.
pub fn inflate(bytes: &[u8], dictionary: &[u8]) -> Result<Vec<u8>> {
    const REMEDY: &str = "deploy it again, and check that nothing converts it";
    let mut inflate = Decompress::new(false);
    if !dictionary.is_empty() {
        inflate.set_dictionary(dictionary)?;
    }
    let mut out = Vec::with_capacity(4 * bytes.len().max(1024));
    loop {
        let rest = &bytes[inflate.total_in() as usize..];
        let status = inflate.decompress_vec(rest, &mut out, FlushDecompress::Finish);
        match status.map_err(|error| anyhow!("damaged ({error}); {REMEDY}"))? {
            Status::StreamEnd if inflate.total_in() == bytes.len() as u64 => return Ok(out),
            Status::StreamEnd => bail!("more than was built; {REMEDY}"),
            _ if out.len() < out.capacity() => bail!("cut short; {REMEDY}"),
            _ if out.len() >= LARGEST => bail!("larger than any block is; {REMEDY}"),
            _ => out.reserve(out.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_deflated_comes_back_and_nothing_else_does() {
        let bytes = b"a block of bytes, a block of bytes".repeat(40);
        let other: Vec<u8> = (0..16_384_u32)
            .map(|of| (of.wrapping_mul(of) >> 5) as u8)
            .collect();
        let dictionaries = [&b""[..], b"another block of bytes", &other];
        for dictionary in dictionaries {
            let deflated = deflate_with(dictionary, &bytes).unwrap();
            assert!(deflated.len() < bytes.len() / 4);
            assert_eq!(inflate(&deflated, dictionary).unwrap(), bytes);
            for length in 0..deflated.len() {
                let cut = inflate(&deflated[..length], dictionary);
                assert!(cut.is_err(), "cut at {length}");
            }
            assert!(inflate(&[&deflated[..], b"more"].concat(), dictionary).is_err());
        }
        // What is no such stream is told with what to do last.
        let error = inflate(b"\xff\xff\xff", &[]).unwrap_err();
        assert!(format!("{error:#}").ends_with("nothing converts it"));
        // What stands in the dictionary costs nearly nothing.
        let known = deflate_with(&other, &other[9_000..9_200]).unwrap();
        assert!(known.len() < 20, "{}", known.len());
    }

    /// Words of a small vocabulary, as texts are made of them.
    fn text(seed: u32, words: usize) -> Vec<u8> {
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        let mut text = Vec::new();
        for _ in 0..words {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let word = (state >> 16) % 300 * ((state >> 25) % 4 + 1);
            text.extend(format!("{word:x} ").into_bytes());
        }
        text
    }

    #[test]
    fn what_was_compressed_before_changes_nothing() {
        let dictionary = text(7, 2000);
        let blocks = (0..200).map(|seed| text(seed, 300 + 37 * (seed as usize % 90)));
        let blocks: Vec<Vec<u8>> = blocks.collect();
        let deflated = |order: &mut dyn Iterator<Item = usize>| {
            let (_, deflated) = deflated(usize::MAX, 5_000, None, |take| {
                let block = |name: String, bytes: &[u8]| CutBlock {
                    name,
                    hash: 0,
                    content: Content::Bytes(bytes.to_vec()),
                    made_of: None,
                };
                take(block("x0-00000000".to_owned(), &dictionary));
                order.for_each(|at| take(block(format!("d{at}-00000000"), &blocks[at])));
            })
            .unwrap();
            BTreeMap::from_iter(deflated.blocks.all())
        };
        let forth = deflated(&mut (0..blocks.len()));
        assert!(is_text("d0-00000000") && forth.len() > blocks.len());
        assert!(forth == deflated(&mut (0..blocks.len()).rev()));
    }
}
