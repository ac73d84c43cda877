//! The split layout: a root whose name stays, and a folder of blocks that are named by their content.
//!
//! The root is looked up anew by every page; it alone names the blocks, so that those of two builds never mix. Root and
//! blocks are compressed by the build, as `DecompressionStream('deflate-raw')` reads them: a host that compresses
//! nothing costs nothing.

use super::deflate::{Deflated, deflate, deflated, inflate};
use super::kept::{Kept, Keys, key_of_made};
use super::stored::Stored;
use super::{assets, folder};
use anyhow::{Context, Result, bail};
use samara_engine::{BlockKind, Index, KnownBlocks, Sizes, Uncut, split_to};
use std::collections::{BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Name of the root.
pub const ROOT: &str = assets::ROOT_NAME;
/// The folder of the blocks.
pub const FOLDER: &str = "blocks";
/// How many times as large cards alone become.
const LARGER_CARDS: [u32; 9] = [2, 3, 4, 6, 8, 12, 16, 24, 32];
/// How many times as large blocks become at the most, where they are too many.
const LARGEST_FACTOR: u32 = 64;

/// Root and blocks, compressed.
pub struct Packed {
    /// What [`ROOT`] holds.
    pub root: Vec<u8>,
    /// The blocks.
    pub blocks: Stored,
    /// What tells each of them from others, where that is known.
    pub keys: Vec<Option<Keys>>,
    /// The block that texts are compressed with, as it was before it was compressed itself.
    pub dictionary: Vec<u8>,
}

impl Packed {
    /// Names of the blocks.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.blocks.names()
    }

    /// Bytes of root and blocks.
    pub fn stored(&self) -> usize {
        self.root.len() + self.blocks.bytes()
    }
}

/// How many blocks there may be, and how many bytes of them are held.
#[derive(Clone, Copy)]
pub struct Bounds {
    /// Files of a bundle at the most.
    pub files: usize,
    /// How many of these are no blocks.
    pub others: usize,
    /// Bytes of blocks that are held until they are written.
    pub memory: usize,
}

/// Cuts an index, which was opened, into files and compresses them, but for what was kept of the build before.
/// Linear in the index; of what is not compressed, a few blocks are there at once.
///
/// # Errors
/// Blocks of any size are more files than there may be, or what was laid aside cannot be read.
pub fn pack(uncut: Uncut<'_>, bounds: Bounds, kept: Option<&Kept>) -> Result<Packed> {
    let most = bounds.files;
    let (mut larger, mut count) = (larger_sizes(), 0);
    let mut resize = |blocks| {
        count = blocks + bounds.others;
        larger.next().filter(|_| count > most)
    };
    let places = most.saturating_sub(bounds.others);
    let known = kept.map(|kept| {
        let dictionary = kept.dictionary(uncut.len());
        (kept, dictionary, |made_of: &[u8]| {
            let made = kept.made(&key_of_made(made_of))?;
            Some((made.hash, kept.block(&made.content)?))
        })
    });
    let known = known.as_ref().map(|(kept, dictionary, block)| KnownBlocks {
        dictionary: *dictionary,
        keys: kept.texts(),
        block,
    });
    let (root, deflated) = deflated(places, bounds.memory, kept, |take| {
        split_to(
            uncut,
            Sizes::default(),
            known.as_ref(),
            assets::SPLIT.second,
            &mut resize,
            take,
        )
    })?;
    let root = deflate(&root?)?;
    if count <= most {
        let Deflated {
            blocks,
            keys,
            dictionary,
        } = deflated;
        return Ok(Packed {
            root,
            blocks,
            keys,
            dictionary,
        });
    }
    bail!(
        "the bundle comes to {count} files, more than the {most} of --max-files, and larger blocks do not help: \
         allow more files, or index less"
    )
}

/// Sizes to be tried one after the other, where blocks are too many. Cards first, of which many are small: of 100,000 generated
/// pages, ten passages cost 212 kB where only cards are larger, and 555 kB where texts are three times as large as well.
fn larger_sizes() -> impl Iterator<Item = Sizes> {
    let default = Sizes::default();
    let cards = LARGER_CARDS.map(|factor| Sizes {
        cards: default.cards * factor,
        ..default
    });
    let all = (2..=LARGEST_FACTOR).map(move |factor| Sizes {
        cards: default.cards * factor.max(LARGER_CARDS[LARGER_CARDS.len() - 1]),
        ..default.times(factor)
    });
    cards.into_iter().chain(all)
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
    let unchanged = unchanged(&blocks, packed)?;
    let mut written = Vec::new();
    for (number, name) in packed.names().enumerate() {
        if !unchanged.contains(&number) && folder::put(&blocks, name, &packed.blocks.at(number)?)? {
            written.push(blocks.join(name));
        }
    }
    folder::sync(&blocks, &written)
}

/// The numbers of the blocks that a folder has as they are. Several threads may read what one alone may write.
fn unchanged(folder: &Path, packed: &Packed) -> Result<HashSet<usize>> {
    let there =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let there: HashSet<OsString> = there
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .collect();
    let named = packed.names().enumerate();
    let named = named.filter(|(_, name)| there.contains(OsStr::new(name)));
    let named: Vec<(usize, &str)> = named.collect();
    let unchanged = folder::in_shares(&named, |share| {
        let mut same = Vec::new();
        for &(number, name) in share {
            if folder::says(&folder.join(name), &packed.blocks.at(number)?) {
                same.push(number);
            }
        }
        Ok(same)
    })?;
    Ok(unchanged.into_iter().flatten().collect())
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
    use crate::bundle::deflate::is_text;
    use crate::bundle::kept::STAMP;
    use samara_corpus::Records;
    use samara_engine::{Document, IndexWriter, Section};

    const MOST_FILES: usize = 15_000;

    fn pack_of(bytes: &[u8], most: usize, kept: Option<&Kept>) -> Result<Packed> {
        let uncut = Uncut::of(bytes, Index::open(bytes).unwrap()).unwrap();
        let bounds = Bounds {
            files: most,
            others: 9,
            memory: 10_000,
        };
        pack(uncut, bounds, kept)
    }

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
    fn every_text_is_compressed_with_the_dictionary() {
        let packed = pack_of(&index(2_000), MOST_FILES, None).unwrap();
        let blocks = packed.blocks.all();
        let texts = blocks.iter().filter(|(name, _)| is_text(name));
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
    }

    #[test]
    fn what_was_kept_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        let kept = || Kept::of(Records::open(&path, STAMP), Vec::new());
        let keyed_from = |first: u128| {
            let keys = (first..first + 2_000).map(|number| Some(number.to_le_bytes()));
            Kept::of(
                Records::open(&folder.path().join("keyed"), STAMP),
                keys.collect(),
            )
        };
        let keyed = || keyed_from(0);
        let fresh = pack_of(&index(2_000), MOST_FILES, None).unwrap();
        let packed = pack_of(&index(2_000), MOST_FILES, Some(&kept())).unwrap();
        kept().keep(&packed, 2_000).unwrap();
        let same = pack_of(&index(2_000), MOST_FILES, Some(&kept())).unwrap();
        for packed in [&packed, &same] {
            assert!(packed.blocks.all() == fresh.blocks.all() && packed.root == fresh.root);
        }
        // Of documents that are known by keys, texts are not even made.
        let first = pack_of(&index(2_000), MOST_FILES, Some(&keyed())).unwrap();
        keyed().keep(&first, 2_000).unwrap();
        let taken = pack_of(&index(2_000), MOST_FILES, Some(&keyed())).unwrap();
        assert!(
            first.blocks.all() == fresh.blocks.all() && taken.blocks.all() == fresh.blocks.all()
        );
        assert!(first.root == fresh.root && taken.root == fresh.root && taken.keys == first.keys);
        let mut other = first;
        let longer = other.blocks.all().into_iter();
        other.blocks =
            Stored::with(longer.map(|(name, block)| (name, [&block[..], &[0]].concat())));
        fs::remove_file(folder.path().join("keyed")).unwrap();
        keyed().keep(&other, 2_000).unwrap();
        let taken = pack_of(&index(2_000), MOST_FILES, Some(&keyed())).unwrap();
        assert!(taken.blocks.all() == other.blocks.all());
        // Texts that are told otherwise are made, and are the same all the same.
        let taken = pack_of(&index(2_000), MOST_FILES, Some(&keyed_from(7))).unwrap();
        assert!(taken.blocks.all() == other.blocks.all());
        let changed = pack_of(&index(1_900), MOST_FILES, Some(&kept())).unwrap();
        assert_eq!(changed.dictionary, packed.dictionary);
        for (name, block) in changed
            .blocks
            .all()
            .iter()
            .filter(|(name, _)| is_text(name))
        {
            assert!(inflate(block, &packed.dictionary).is_ok(), "{name}");
        }
        // Blocks are taken as they were kept.
        let mut other = packed;
        let longer = other.blocks.all().into_iter();
        other.blocks =
            Stored::with(longer.map(|(name, block)| (name, [&block[..], &[0]].concat())));
        fs::remove_file(&path).unwrap();
        kept().keep(&other, 2_000).unwrap();
        let taken = pack_of(&index(2_000), MOST_FILES, Some(&kept())).unwrap();
        assert!(taken.blocks.all() == other.blocks.all());
        fs::write(&path, "damaged").unwrap();
        let damaged = pack_of(&index(2_000), MOST_FILES, Some(&kept())).unwrap();
        assert!(damaged.blocks.all() == fresh.blocks.all());
    }

    #[test]
    fn fewer_files_are_larger_blocks() {
        let index = index(2_000);
        let default = pack_of(&index, MOST_FILES, None).unwrap();
        let few = pack_of(&index, 60, None).unwrap();
        assert!(default.blocks.len() + 9 > 60);
        assert!(few.blocks.len() + 9 <= 60);
        for packed in [default, few] {
            let named = named_by(&inflate(&packed.root, &[]).unwrap()).unwrap();
            assert!(
                packed
                    .names()
                    .eq(packed.names().filter(|name| named.contains(*name)))
            );
            assert_eq!(named.len(), packed.blocks.len());
        }
        let error = pack_of(&index, 8, None).err().unwrap().to_string();
        assert!(error.contains("--max-files"), "{error}");
    }
}
