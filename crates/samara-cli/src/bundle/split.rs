//! The split layout: a root whose name stays, and a folder of blocks that are named by their content.
//!
//! The root is looked up anew by every page; it alone names the blocks, so that those of two builds never mix. Root and
//! blocks are compressed by the build, as `DecompressionStream('deflate-raw')` reads them: a host that compresses
//! nothing costs nothing.
//!
//! Blocks of texts are compressed with a dictionary, a block of its own, as if that stood before them in one stream
//! (RFC 1951, 2). A browser puts it before them as what deflate calls a stored block, and takes it away again.

use super::{assets, folder};
use crate::failure::Misuse;
use anyhow::{Context, Result, bail};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use samara_engine::{BlockKind, Index, Sizes, split_to};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;
use std::thread;

/// Name of the root.
pub const ROOT: &str = assets::ROOT_NAME;
/// The folder of the blocks.
pub const FOLDER: &str = "blocks";
/// Most files of a bundle unless told otherwise. Some hosts take 20,000 of a site, pages included.
pub const MOST_FILES: usize = 15_000;
/// Files of a bundle that are no blocks: five scripts, module, languages, root, manifest, and eight where a site was made for
/// Pagefind.
const OTHER_FILES: usize = 17;
/// The largest block that is unpacked, in bytes.
const LARGEST: usize = 1 << 28;
/// Bytes of blocks that are compressed together.
const WAITING: usize = 4 << 20;
/// How many times as large blocks become at the most, where they are too many.
const LARGEST_FACTOR: u32 = 64;

/// Root and blocks, compressed.
pub struct Packed {
    /// What [`ROOT`] holds.
    pub root: Vec<u8>,
    /// The blocks by their names.
    pub blocks: Vec<(String, Vec<u8>)>,
    /// The block that texts are compressed with, as it was before it was compressed itself.
    pub dictionary: Vec<u8>,
}

impl Packed {
    /// Names of the blocks.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().map(|(name, _)| name.as_str())
    }

    /// Bytes of root and blocks.
    pub fn stored(&self) -> usize {
        let blocks = self.blocks.iter().map(|(_, bytes)| bytes.len());
        self.root.len() + blocks.sum::<usize>()
    }
}

/// Cuts an index into at most so many files and compresses them, texts with a dictionary where one is known. Linear in the index; of what is not compressed, a few blocks
/// are there at once.
///
/// # Errors
/// Blocks of any size are more than `most` files.
pub fn pack(index: &[u8], most: usize, dictionary: Option<&[u8]>) -> Result<Packed> {
    let (mut larger, mut count) = (larger_sizes(), 0);
    let mut resize = |blocks| {
        count = blocks + OTHER_FILES;
        larger.next().filter(|_| count > most)
    };
    let mut blocks = Deflated::new(most.saturating_sub(OTHER_FILES));
    let take = &mut |name, block| blocks.add(name, block);
    let root = split_to(index, Sizes::default(), dictionary, &mut resize, take)?;
    if count <= most {
        let dictionary = blocks.dictionary.clone();
        return Ok(Packed {
            root: deflate(&root)?,
            blocks: blocks.finish()?,
            dictionary,
        });
    }
    Err(Misuse(format!(
        "the index comes to {count} files, more than the {most} of --max-files, and larger blocks do not help: \
         allow more files, or index less"
    ))
    .into())
}

/// Sizes to be tried one after the other, where blocks are too many. Cards first, of which many are small: of 100,000 generated
/// pages, ten passages cost 212 kB where only cards are larger, and 555 kB where texts are three times as large as well.
fn larger_sizes() -> impl Iterator<Item = Sizes> {
    let default = Sizes::default();
    let cards = (2..=4).map(move |factor| Sizes {
        cards: default.cards * factor,
        ..default
    });
    let all = (2..=LARGEST_FACTOR).map(move |factor| Sizes {
        cards: default.cards * factor.max(4),
        ..default.times(factor)
    });
    cards.chain(all)
}

/// Blocks on their way, some at a time, so that all cores compress.
struct Deflated {
    count: usize,
    most: usize,
    waiting: Vec<(String, Vec<u8>)>,
    /// Bytes of those that wait.
    bytes: usize,
    /// What texts are compressed with.
    dictionary: Vec<u8>,
    done: Result<Vec<(String, Vec<u8>)>>,
}

impl Deflated {
    /// Of more than so many, the rest is only counted.
    fn new(most: usize) -> Self {
        Self {
            count: 0,
            most,
            waiting: Vec::new(),
            bytes: 0,
            dictionary: Vec::new(),
            done: Ok(Vec::new()),
        }
    }

    fn add(&mut self, name: String, block: Vec<u8>) {
        self.count += 1;
        if self.count > self.most {
            self.done = Ok(Vec::new());
            return;
        }
        if BlockKind::of_file(&name) == Some(BlockKind::Dictionary) {
            self.dictionary.clone_from(&block);
        }
        self.bytes += block.len();
        self.waiting.push((name, block));
        if self.bytes > WAITING {
            self.compress();
        }
    }

    fn compress(&mut self) {
        self.bytes = 0;
        let packed = deflate_all(&std::mem::take(&mut self.waiting), &self.dictionary);
        if let Ok(done) = &mut self.done {
            match packed {
                Ok(packed) => done.extend(packed),
                Err(error) => self.done = Err(error),
            }
        }
    }

    fn finish(mut self) -> Result<Vec<(String, Vec<u8>)>> {
        self.compress();
        self.done
    }
}

fn deflate_all(files: &[(String, Vec<u8>)], dictionary: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    let some = |files: &[(String, Vec<u8>)]| -> Result<Vec<_>> {
        let mut compress = Compress::new(Compression::best(), false);
        let packed = files.iter().map(|(name, bytes)| {
            let with = if is_text(name) { dictionary } else { &[] };
            Ok((name.clone(), deflate_with(&mut compress, with, bytes)?))
        });
        packed.collect()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 || files.len() < 2 {
        return some(files);
    }
    let share = files.len().div_ceil(threads).max(1);
    let packed: Vec<Result<Vec<_>>> = thread::scope(|scope| {
        let shares: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || some(files)))
            .collect();
        let shares = shares.into_iter();
        shares
            .map(|thread| thread.join().expect("compressing does not panic"))
            .collect()
    });
    let packed: Result<Vec<Vec<_>>> = packed.into_iter().collect();
    Ok(packed?.into_iter().flatten().collect())
}

/// Whether the block of this name is compressed with the dictionary.
pub fn is_text(name: &str) -> bool {
    BlockKind::of_file(name) == Some(BlockKind::Texts)
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    deflate_with(&mut Compress::new(Compression::best(), false), &[], bytes)
}

/// By a compressor that is used again: each takes a third of a megabyte, and asking for that a thousand times is slow beside
/// a large index.
fn deflate_with(compress: &mut Compress, dictionary: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
    compress.reset();
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
        match status.with_context(|| format!("damaged; {REMEDY}"))? {
            Status::StreamEnd if inflate.total_in() == bytes.len() as u64 => return Ok(out),
            Status::StreamEnd => bail!("more than was built; {REMEDY}"),
            _ if out.len() < out.capacity() => bail!("cut short; {REMEDY}"),
            _ if out.len() >= LARGEST => bail!("larger than any block is; {REMEDY}"),
            _ => out.reserve(out.len()),
        }
    }
}

/// Names of all blocks that a root names.
pub fn named_by(root: &[u8]) -> Result<BTreeSet<String>> {
    let index = Index::of_blocks(root, &[])?;
    let kinds = BlockKind::ALL.into_iter();
    Ok(kinds.flat_map(|kind| index.blocks(kind)).collect())
}

/// Names of all blocks that the root in a folder names; none where there is no root that can be read.
pub fn live(folder: &Path) -> Option<BTreeSet<String>> {
    let root = fs::read(folder.join(ROOT)).ok()?;
    named_by(&inflate(&root, &[]).ok()?).ok()
}

/// Writes the blocks of which a folder has none already. When this is done, they are on the disk.
pub fn write(folder: &Path, packed: &Packed) -> Result<()> {
    let blocks = folder.join(FOLDER);
    fs::create_dir_all(&blocks).with_context(|| format!("cannot create {}", blocks.display()))?;
    let mut written = Vec::new();
    for (name, bytes) in &packed.blocks {
        if folder::put(folder, &format!("{FOLDER}/{name}"), bytes)? {
            written.push(name);
        }
    }
    // Together, since the disk takes a hundred times as long for each by itself. No root names them yet.
    for name in written {
        let path = blocks.join(name);
        let file = File::options().write(true).open(&path);
        file.and_then(|file| file.sync_all())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Deletes blocks of earlier builds. What has no name of a block is none of ours.
pub fn remove<'n>(folder: &Path, names: impl IntoIterator<Item = &'n String>) -> Result<()> {
    let blocks = folder.join(FOLDER);
    for name in names {
        if BlockKind::of_file(name).is_none() {
            continue;
        }
        match fs::remove_file(blocks.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error)
                    .with_context(|| format!("cannot delete {}", blocks.join(name).display()));
            }
            _ => {}
        }
    }
    // Succeeds where nothing is left.
    let _ = fs::remove_dir(&blocks);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use samara_engine::{Document, IndexWriter, Section};

    fn index(documents: usize) -> Vec<u8> {
        let mut writer = IndexWriter::new();
        for number in 0..documents {
            writer.add(Document {
                id: format!("{number}"),
                url: format!("{number}.html"),
                sections: vec![Section {
                    text: format!("word{number} common thing{}", number % 7),
                    ..Section::default()
                }],
                ..Document::default()
            });
        }
        writer.finish().unwrap()
    }

    #[test]
    fn what_is_deflated_comes_back_and_nothing_else_does() {
        let bytes = b"a block of bytes, a block of bytes".repeat(40);
        let other: Vec<u8> = (0..16_384_u32)
            .map(|of| (of.wrapping_mul(of) >> 5) as u8)
            .collect();
        let dictionaries = [&b""[..], b"another block of bytes", &other];
        let mut compress = Compress::new(Compression::best(), false);
        for dictionary in dictionaries {
            let deflated = deflate_with(&mut compress, dictionary, &bytes).unwrap();
            assert!(deflated.len() < bytes.len() / 4);
            assert_eq!(inflate(&deflated, dictionary).unwrap(), bytes);
            for length in 0..deflated.len() {
                let cut = inflate(&deflated[..length], dictionary);
                assert!(cut.is_err(), "cut at {length}");
            }
            assert!(inflate(&[&deflated[..], b"more"].concat(), dictionary).is_err());
        }
        // What stands in the dictionary costs nearly nothing.
        let known = deflate_with(&mut compress, &other, &other[9_000..9_200]).unwrap();
        assert!(known.len() < 20, "{}", known.len());
    }

    #[test]
    fn every_text_is_compressed_with_the_dictionary() {
        let packed = pack(&index(2_000), MOST_FILES, None).unwrap();
        let texts = packed.blocks.iter().filter(|(name, _)| is_text(name));
        let mut count = 0;
        for (name, block) in texts {
            assert!(inflate(block, &packed.dictionary).is_ok(), "{name}");
            assert!(
                inflate(block, &[]).is_err(),
                "{name} points at nothing of it"
            );
            count += 1;
        }
        assert!(count > 10, "{count}");
        // What was kept of the build before is used again.
        let again = pack(&index(1_900), MOST_FILES, Some(&packed.dictionary)).unwrap();
        assert_eq!(again.dictionary, packed.dictionary);
        let damaged = pack(&index(2_000), MOST_FILES, Some(b"damaged")).unwrap();
        assert_eq!(damaged.dictionary, packed.dictionary);
    }

    #[test]
    fn fewer_files_are_larger_blocks() {
        let index = index(2_000);
        let default = pack(&index, MOST_FILES, None).unwrap();
        let few = pack(&index, 60, None).unwrap();
        assert!(default.blocks.len() + OTHER_FILES > 60);
        assert!(few.blocks.len() + OTHER_FILES <= 60);
        for packed in [default, few] {
            let named = named_by(&inflate(&packed.root, &[]).unwrap()).unwrap();
            assert!(
                packed
                    .names()
                    .eq(packed.names().filter(|name| named.contains(*name)))
            );
            assert_eq!(named.len(), packed.blocks.len());
        }
        let error = pack(&index, 8, None).err().unwrap().to_string();
        assert!(error.contains("--max-files"), "{error}");
    }
}
