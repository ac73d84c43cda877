//! What a build keeps in the cache for the next one: what its texts have in common, and its blocks, compressed.
//!
//! Texts that are compressed with the same dictionary again have the same names as long as they are the same. Blocks that are
//! the same are taken as they are: compressing takes a quarter of a build. Blocks of terms, of beginnings, and of texts that are
//! known by keys are also told by what they are made of, before they are made. What is made of something else may still be the
//! same.

use super::deflate::LEVEL;
use super::split::Packed;
use samara_corpus::{Key, Records, key_of};
use std::io;

/// Of so many times as many documents, or as few, another dictionary may serve much better.
const OTHER: usize = 2;
/// More bytes are no dictionary.
const LARGEST_DICTIONARY: usize = 1 << 15;
/// Number of the way in which documents become blocks. What writes blocks of the same ones otherwise counts it up, or the cache has
/// blocks as they were written before.
const CUTTING: u32 = 2;
/// How it is written.
pub const STAMP: Key = *b"blocks of text 4";
/// The key of the dictionary. No block has it.
const DICTIONARY: Key = [0; 16];

/// What tells a block from others.
#[derive(Debug, PartialEq, Eq)]
pub struct Keys {
    /// By its content.
    pub content: Key,
    /// Where that was asked: by what it is made of, with the hash in its name.
    pub made: Option<(Key, u32)>,
}

impl Keys {
    fn all(&self) -> impl Iterator<Item = &Key> {
        let made = self.made.iter().map(|(made_of, _)| made_of);
        made.chain([&self.content])
    }
}

/// What was made before of something.
pub struct MadeBefore {
    /// The hash in its name.
    pub hash: u32,
    /// What tells its content from others.
    pub content: Key,
}

/// What was kept of the build before.
pub struct Kept {
    records: Records,
    /// How many documents there were when the dictionary was made.
    documents: u32,
    dictionary: Vec<u8>,
    /// What tells the text of each document from others.
    texts: Vec<Option<Key>>,
}

impl Kept {
    /// What was kept in these records, for a build of documents with texts that these keys tell. Of those that are not there, every
    /// block is made.
    pub fn of(records: Records, texts: Vec<Option<Key>>) -> Self {
        let dictionary = records.get(&DICTIONARY);
        let dictionary = dictionary.filter(|of| of.len() <= 4 + LARGEST_DICTIONARY);
        let dictionary = dictionary.as_deref().and_then(<[u8]>::split_first_chunk);
        let (documents, dictionary) = dictionary.unwrap_or((&[0; 4], &[]));
        Self {
            documents: u32::from_le_bytes(*documents),
            dictionary: dictionary.to_vec(),
            texts,
            records,
        }
    }

    /// What texts were compressed with, if it serves so many documents.
    pub fn dictionary(&self, documents: usize) -> Option<&[u8]> {
        let before = self.documents as usize;
        let serves = documents < OTHER * before && before < OTHER * documents;
        (serves && !self.dictionary.is_empty()).then_some(&self.dictionary)
    }

    /// What tells the text of each document from others.
    pub fn texts(&self) -> &[Option<Key>] {
        &self.texts
    }

    /// The block of this content, compressed.
    pub fn block(&self, content: &Key) -> Option<Vec<u8>> {
        self.records.get(content)
    }

    /// What tells the block that was made of this from others.
    pub fn made(&self, made_of: &Key) -> Option<MadeBefore> {
        let told = self.records.get(made_of)?;
        let (hash, content) = told.split_first_chunk()?;
        Some(MadeBefore {
            hash: u32::from_le_bytes(*hash),
            content: content.try_into().ok()?,
        })
    }

    /// Keeps the blocks of this build of so many documents for the next one. Linear in those that are new.
    ///
    /// # Errors
    /// They cannot be kept: the next build makes them anew.
    pub fn keep(self, packed: &Packed, documents: usize) -> io::Result<()> {
        let mut appended = self.records.append();
        // It is as old as it is.
        if self.dictionary(documents).unwrap_or_default() != packed.dictionary {
            let documents = u32::try_from(documents).unwrap_or(u32::MAX);
            let pieces = [&documents.to_le_bytes()[..], &packed.dictionary];
            appended.put(DICTIONARY, &pieces);
        }
        for (keys, place) in packed.keys.iter().zip(0..) {
            let Some(keys) = keys else { continue };
            if !self.records.has(&keys.content) {
                appended.put(keys.content, &[&packed.blocks.at(place)?]);
            }
            if let Some((made_of, hash)) = &keys.made
                && !self.records.has(made_of)
            {
                appended.put(*made_of, &[&hash.to_le_bytes(), &keys.content]);
            }
        }
        let live = packed.keys.iter().flatten().flat_map(Keys::all);
        appended.close(self.records, live.chain([&DICTIONARY]))
    }
}

/// What tells a block that was made of this ([`CutBlock::made_of`](samara_engine::CutBlock::made_of)) from others. Linear.
pub fn key_of_made(made_of: &[u8]) -> Key {
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    key_of(&[version, &[LEVEL as u8], &CUTTING.to_le_bytes(), made_of])
}

/// What tells a block that is compressed with this, or with nothing, from others. Another version or another level may compress
/// otherwise. Linear.
pub fn key(with: &[u8], block: &[u8]) -> Key {
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    key_of(&[version, &[LEVEL as u8], with, block])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::stored::Stored;
    use std::fs;
    use std::path::Path;

    fn open(path: &Path) -> Kept {
        Kept::of(Records::open(path, STAMP), Vec::new())
    }

    fn keys(block: &[u8]) -> Keys {
        Keys {
            content: key(b"with", block),
            made: Some((key_of_made(block), 7)),
        }
    }

    fn packed(blocks: &[&[u8]]) -> Packed {
        let blocks = blocks.iter().zip(0..);
        let blocks = blocks.map(|(block, number)| (format!("{number}"), block.to_vec()));
        let blocks: Vec<_> = blocks.collect();
        Packed {
            root: Vec::new(),
            keys: blocks.iter().map(|(_, of)| Some(keys(of))).collect(),
            blocks: Stored::with(blocks),
            dictionary: b"what they share".to_vec(),
        }
    }

    #[test]
    fn a_dictionary_serves_about_as_many_documents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        assert_eq!(open(&path).dictionary(100), None);
        open(&path).keep(&packed(&[b"one"]), 100).unwrap();
        // A build of some more documents leaves it as old as it is.
        let packed = packed(&[b"one", b"two"]);
        open(&path).keep(&packed, 150).unwrap();
        let kept = open(&path);
        assert!(kept.block(&key(b"with", b"two")).is_some());
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
        open(&path).keep(&packed, 100).unwrap();
        let is_whole = |kept: &Kept| {
            let found = blocks.iter().filter(|block| {
                let made = kept.made(&key_of_made(block));
                let content = made.map(|MadeBefore { hash, content }| {
                    assert_eq!((hash, content), (7, key(b"with", block)));
                    content
                });
                let found = kept.block(&key(b"with", block));
                assert!(found.as_ref().is_none_or(|found| found == *block));
                content.is_some() && found.is_some()
            });
            let dictionary = kept.dictionary(100);
            assert!(dictionary.is_none() || dictionary == Some(&packed.dictionary));
            found.count() == blocks.len() && dictionary.is_some()
        };
        assert!(is_whole(&open(&path)));
        assert_eq!(open(&path).block(&key(b"", b"one")), None);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&path, damaged).unwrap();
            let kept = open(&path);
            assert!(!is_whole(&kept), "damaged at {at}");
            // The next build mends it.
            kept.keep(&packed, 100).unwrap();
            assert!(is_whole(&open(&path)), "mended at {at}");
        }
    }
}
