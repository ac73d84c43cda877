//! What a build keeps in the cache for the next one: what its texts have in common, and its blocks, compressed.
//!
//! Texts that are compressed with the same dictionary again have the same names as long as they are the same. Blocks that are
//! the same need not be compressed again, which takes a quarter of a build.

use super::folder;
use super::split::Packed;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Of so many times as many documents, or as few, another dictionary may serve much better.
const OTHER: usize = 2;
/// More bytes are no dictionary.
const LARGEST_DICTIONARY: u32 = 1 << 15;
/// More bytes are no compressed block.
const LARGEST_BLOCK: u32 = 1 << 28;
/// What a file begins with: another version may compress otherwise.
const MAGIC: &str = concat!("samara blocks ", env!("CARGO_PKG_VERSION"), "\n");

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
        let mut magic = [0; MAGIC.len()];
        file.read_exact(&mut magic)?;
        if magic != *MAGIC.as_bytes() {
            return Ok(());
        }
        let documents = number(file)?;
        let length = number(file)?.min(LARGEST_DICTIONARY);
        let mut dictionary = vec![0; length as usize];
        file.read_exact(&mut dictionary)?;
        let mut sum = Digest::default();
        file.read_exact(&mut sum)?;
        if sum != digest(&[], &dictionary) {
            return Ok(());
        }
        (self.documents, self.dictionary) = (documents, dictionary);
        let mut start = file.stream_position()?;
        loop {
            let (mut key, mut sum) = (Digest::default(), Digest::default());
            file.read_exact(&mut key)?;
            file.read_exact(&mut sum)?;
            let length = number(file)?;
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
        {
            let file = self.blocks.as_ref()?;
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(place.start)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        (digest(&[], &bytes) == place.sum).then_some(bytes)
    }

    /// Keeps the blocks of this build of so many documents for the next one. Where they cannot be kept, that makes them anew.
    pub fn keep(self, packed: &Packed, documents: usize) {
        let is_same = self.dictionary(documents) == Some(&packed.dictionary);
        let all_known = || packed.digests.iter().all(|of| self.places.contains_key(of));
        if is_same && self.places.len() == packed.digests.len() && all_known() {
            return;
        }
        let documents = if is_same {
            self.documents
        } else {
            u32::try_from(documents).unwrap_or(u32::MAX)
        };
        let parent = self.path.parent().unwrap_or(Path::new("."));
        let _ = folder::exchange(parent, &self.path, |file| {
            let mut out = BufWriter::new(file);
            out.write_all(MAGIC.as_bytes())?;
            out.write_all(&documents.to_le_bytes())?;
            out.write_all(&(packed.dictionary.len() as u32).to_le_bytes())?;
            out.write_all(&packed.dictionary)?;
            out.write_all(&digest(&[], &packed.dictionary))?;
            for (key, (_, block)) in packed.digests.iter().zip(&packed.blocks) {
                out.write_all(key)?;
                out.write_all(&digest(&[], block))?;
                out.write_all(&(block.len() as u32).to_le_bytes())?;
                out.write_all(block)?;
            }
            out.flush()
        });
    }
}

fn number(file: &mut BufReader<File>) -> io::Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

/// The digest of a block that is compressed with a dictionary, or with none. Linear.
pub fn digest(dictionary: &[u8], block: &[u8]) -> Digest {
    let mut sum = Sha256::new();
    sum.update((dictionary.len() as u64).to_le_bytes());
    sum.update(dictionary);
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
        let packed = packed(&[]);
        Kept::open(&path).keep(&packed, 100);
        // A build of some more documents leaves it as old as it is.
        Kept::open(&path).keep(&packed, 150);
        let kept = Kept::open(&path);
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
        Kept::open(&path).keep(&packed, 100);
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
            assert!(found(&kept).contains(&false) || at < MAGIC.len() + 4);
            let dictionary = kept.dictionary(100);
            assert!(dictionary.is_none() || dictionary == Some(&packed.dictionary));
        }
        // What is not asked for any longer is not kept.
        let fewer = Packed {
            blocks: packed.blocks[1..].to_vec(),
            digests: packed.digests[1..].to_vec(),
            dictionary: packed.dictionary.clone(),
            root: Vec::new(),
        };
        fs::write(&path, &whole).unwrap();
        Kept::open(&path).keep(&fewer, 100);
        assert_eq!(found(&Kept::open(&path)), [false, true, true]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
