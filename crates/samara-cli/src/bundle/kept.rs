//! What a build keeps in the cache for the next one: what its texts have in common, and its blocks, compressed.
//!
//! Texts that are compressed with the same dictionary again have the same names as long as they are the same. Blocks that are
//! the same are taken as they are: compressing takes a quarter of a build.

use super::deflate::LEVEL;
use super::split::Packed;
use samara_corpus::exchange;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Of so many times as many documents, or as few, another dictionary may serve much better.
const OTHER: usize = 2;
/// More bytes are no dictionary.
const LARGEST_DICTIONARY: u32 = 1 << 15;
/// More bytes are no compressed block.
const LARGEST_BLOCK: u32 = 1 << 28;
/// What a file begins with.
const MAGIC: &[u8; 16] = b"SAMARAKEPT000001";

/// What the blocks of a file begin with: another version or another level may compress otherwise.
fn compressor() -> Digest {
    digest(&[LEVEL as u8], env!("CARGO_PKG_VERSION").as_bytes())
}

/// What tells one block from another, and with what it is compressed.
pub type Digest = [u8; 16];

/// What was kept of the build before, in a file.
pub struct Kept {
    path: PathBuf,
    /// How many documents there were when the dictionary was made.
    documents: u32,
    dictionary: Vec<u8>,
    blocks: Option<Mutex<BufReader<File>>>,
    places: HashMap<Digest, Place>,
    /// Whether a block was not as it was kept.
    is_damaged: AtomicBool,
}

/// Where a compressed block lies, and what tells that it is whole.
struct Place {
    start: u64,
    length: u32,
    sum: Digest,
}

impl Kept {
    /// What was kept in a file, as far as it is whole; nothing where there is none. Linear in the number of blocks.
    pub fn open(path: &Path) -> Self {
        let mut kept = Self {
            path: path.to_owned(),
            documents: 0,
            dictionary: Vec::new(),
            blocks: None,
            places: HashMap::new(),
            is_damaged: AtomicBool::new(false),
        };
        if let Ok(file) = File::open(path) {
            let mut file = BufReader::new(file);
            // What was read until then is whole.
            let _ = kept.read(&mut file);
            kept.blocks = Some(Mutex::new(file));
        }
        kept
    }

    fn read(&mut self, file: &mut BufReader<File>) -> io::Result<()> {
        let size = file.get_ref().metadata()?.len();
        if bytes(file)? != *MAGIC {
            return Ok(());
        }
        let documents: [u8; 4] = bytes(file)?;
        let length = u32::from_le_bytes(bytes(file)?).min(LARGEST_DICTIONARY);
        let mut dictionary = vec![0; length as usize];
        file.read_exact(&mut dictionary)?;
        if digest(&documents, &dictionary) != bytes(file)? {
            return Ok(());
        }
        (self.documents, self.dictionary) = (u32::from_le_bytes(documents), dictionary);
        if compressor() != bytes(file)? {
            return Ok(());
        }
        let mut start = file.stream_position()?;
        loop {
            let (key, sum): (Digest, Digest) = (bytes(file)?, bytes(file)?);
            let length = u32::from_le_bytes(bytes(file)?);
            start += 36;
            if length > LARGEST_BLOCK || start + u64::from(length) > size {
                return Ok(());
            }
            file.seek_relative(i64::from(length))?;
            self.places.insert(key, Place { start, length, sum });
            start += u64::from(length);
        }
    }

    /// What texts were compressed with, if it serves so many documents.
    pub fn dictionary(&self, documents: usize) -> Option<&[u8]> {
        let before = self.documents as usize;
        let serves = documents < OTHER * before && before < OTHER * documents;
        (serves && !self.dictionary.is_empty()).then_some(&self.dictionary)
    }

    /// The compressed block of this digest.
    pub fn block(&self, of: &Digest) -> Option<Vec<u8>> {
        let place = self.places.get(of)?;
        let mut bytes = vec![0; place.length as usize];
        let read = self.blocks.as_ref().map(|file| {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(place.start))?;
            file.read_exact(&mut bytes)
        });
        let is_whole = matches!(read, Some(Ok(()))) && digest(of, &bytes) == place.sum;
        if !is_whole {
            self.is_damaged.store(true, Ordering::Relaxed);
        }
        is_whole.then_some(bytes)
    }

    /// Whether it holds these blocks and no others.
    fn holds(&self, digests: &[Digest]) -> bool {
        let digests: HashSet<&Digest> = digests.iter().collect();
        let known = || digests.iter().all(|of| self.places.contains_key(*of));
        !self.is_damaged.load(Ordering::Relaxed) && digests.len() == self.places.len() && known()
    }

    /// Keeps the blocks of this build of so many documents for the next one.
    ///
    /// # Errors
    /// They cannot be kept: the next build makes them anew.
    pub fn keep(self, packed: &Packed, documents: usize) -> io::Result<()> {
        let without = self.dictionary.is_empty() && packed.dictionary.is_empty();
        let serves = without || self.dictionary(documents) == Some(&packed.dictionary);
        if serves && self.holds(&packed.digests) {
            return Ok(());
        }
        // It is as old as it is.
        let documents = if serves {
            self.documents
        } else {
            u32::try_from(documents).unwrap_or(u32::MAX)
        };
        let Self { path, blocks, .. } = self;
        // Some systems exchange no file that is open.
        drop(blocks);
        exchange(&path, |out| {
            let documents = documents.to_le_bytes();
            out.write_all(MAGIC)?;
            out.write_all(&documents)?;
            out.write_all(&(packed.dictionary.len() as u32).to_le_bytes())?;
            out.write_all(&packed.dictionary)?;
            out.write_all(&digest(&documents, &packed.dictionary))?;
            out.write_all(&compressor())?;
            for (key, (_, block)) in packed.digests.iter().zip(&packed.blocks) {
                out.write_all(key)?;
                out.write_all(&digest(key, block))?;
                out.write_all(&(block.len() as u32).to_le_bytes())?;
                out.write_all(block)?;
            }
            Ok(())
        })
    }
}

fn bytes<const N: usize>(file: &mut BufReader<File>) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The digest of a block that is compressed with this, or with nothing; in general, of two things in a row. Linear.
pub fn digest(with: &[u8], block: &[u8]) -> Digest {
    let mut sum = Sha256::new();
    sum.update((with.len() as u64).to_le_bytes());
    sum.update(with);
    sum.update(block);
    let mut digest = Digest::default();
    digest.copy_from_slice(&sum.finalize()[..16]);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn packed(blocks: &[&[u8]]) -> Packed {
        let blocks = blocks.iter().zip(0..);
        let blocks = blocks.map(|(block, number)| (format!("{number}"), block.to_vec()));
        let blocks: Vec<_> = blocks.collect();
        Packed {
            root: Vec::new(),
            digests: blocks.iter().map(|(_, of)| digest(b"with", of)).collect(),
            blocks,
            dictionary: b"what they share".to_vec(),
        }
    }

    #[test]
    fn a_dictionary_serves_about_as_many_documents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        assert_eq!(Kept::open(&path).dictionary(100), None);
        Kept::open(&path).keep(&packed(&[b"one"]), 100).unwrap();
        // A build of some more documents leaves it as old as it is.
        let packed = packed(&[b"one", b"two"]);
        Kept::open(&path).keep(&packed, 150).unwrap();
        let kept = Kept::open(&path);
        assert!(kept.block(&packed.digests[1]).is_some());
        for documents in [51, 100, 199] {
            assert_eq!(kept.dictionary(documents), Some(&*packed.dictionary));
        }
        for documents in [0, 1, 50, 200, 10_000] {
            assert_eq!(kept.dictionary(documents), None);
        }
    }

    #[test]
    fn blocks_come_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        let blocks: [&[u8]; 3] = [b"one", b"", b"and another"];
        let packed = packed(&blocks);
        Kept::open(&path).keep(&packed, 100).unwrap();
        let found = |kept: &Kept| -> Vec<bool> {
            let found = blocks.iter().zip(&packed.digests);
            found
                .map(|(block, of)| match kept.block(of) {
                    Some(found) => {
                        assert_eq!(found, *block);
                        true
                    }
                    None => false,
                })
                .collect()
        };
        assert_eq!(found(&Kept::open(&path)), [true; 3]);
        assert_eq!(Kept::open(&path).block(&digest(b"", b"one")), None);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            fs::write(&path, &whole[..at]).unwrap();
            assert!(!found(&Kept::open(&path))[2], "cut at {at}");
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&path, damaged).unwrap();
            let kept = Kept::open(&path);
            assert!(found(&kept).contains(&false), "damaged at {at}");
            let dictionary = kept.dictionary(100);
            assert!(dictionary.is_none() || dictionary == Some(&packed.dictionary));
            // The next build mends it.
            kept.keep(&packed, 100).unwrap();
            assert_eq!(found(&Kept::open(&path)), [true; 3], "mended at {at}");
        }
        // What is not asked for any longer is not kept.
        let fewer = Packed {
            blocks: packed.blocks[1..].to_vec(),
            digests: packed.digests[1..].to_vec(),
            dictionary: packed.dictionary.clone(),
            root: Vec::new(),
        };
        fs::write(&path, &whole).unwrap();
        Kept::open(&path).keep(&fewer, 100).unwrap();
        assert_eq!(found(&Kept::open(&path)), [false, true, true]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
