//! The index of a bundle in blocks, read as a page reads it: what a search lacks is fetched, and the search asked again.

use super::deflate::{inflate, is_text};
use super::split::{self, FOLDER, Packed, ROOT};
use crate::cost::Cost;
use anyhow::{Context, Result, anyhow, bail};
use samara_engine::{BlockKind, Index, Searcher, Unicode};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A root, and the blocks that were read so far.
pub struct BlockIndex<'p> {
    /// The folder of the bundle, which may not be written yet.
    folder: PathBuf,
    /// Blocks that are not written yet.
    packed: Option<&'p Packed>,
    root: Piece,
    /// Name of the block that texts are unpacked with, if there is one.
    dictionary: Option<String>,
    /// Whether something was asked before.
    is_known: Cell<bool>,
    /// Kept, so that many queries read each block once.
    read: RefCell<HashMap<String, Rc<Piece>>>,
}

/// A root or a block.
struct Piece {
    bytes: Vec<u8>,
    /// Bytes of its file.
    stored: usize,
}

/// Files of one kind.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Sum {
    /// How many.
    pub files: usize,
    /// Bytes as the engine reads them.
    pub raw: usize,
    /// Bytes as they are stored and sent.
    pub stored: usize,
}

/// All blocks of an index.
pub struct All<'b> {
    root: &'b Piece,
    blocks: Vec<(String, Rc<Piece>)>,
}

impl<'p> BlockIndex<'p> {
    /// The index of a bundle that is going to be written.
    ///
    /// # Errors
    /// None, unless its root is damaged.
    pub fn of(packed: &'p Packed) -> Result<Self> {
        let root = Piece {
            bytes: inflate(&packed.root, &[])?,
            stored: packed.root.len(),
        };
        Self::with(PathBuf::new(), root, Some(packed))
    }

    /// Reads the root of a bundle's folder.
    ///
    /// # Errors
    /// It is missing, cut or damaged.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(ROOT);
        let root = read(&path, "which names the blocks of the index", &[])?;
        Self::with(folder.to_owned(), root, None).with_context(|| path.display().to_string())
    }

    fn with(folder: PathBuf, root: Piece, packed: Option<&'p Packed>) -> Result<Self> {
        let index = Index::of_blocks(&root.bytes, &[])?;
        let dictionary = index.blocks(BlockKind::Dictionary).pop();
        Ok(Self {
            folder,
            packed,
            root,
            dictionary,
            is_known: Cell::new(false),
            read: RefCell::default(),
        })
    }

    /// Asks as a page does: with the blocks that are there, until nothing is missing. Also says what was fetched for it, and not
    /// for an earlier question.
    ///
    /// # Errors
    /// A block is missing, cut, damaged, or another one than its name says.
    pub fn ask<T>(&self, ask: impl Fn(&Searcher) -> T) -> Result<(T, Cost)> {
        let mut blocks: Vec<(String, Rc<Piece>)> = Vec::new();
        let mut cost = Cost::default();
        if !self.is_known.replace(true) {
            cost.next_round();
            cost.add("root", self.root.stored);
        }
        loop {
            let there: Vec<(&str, &[u8])> = pairs(&blocks).collect();
            let index = Index::of_blocks(&self.root.bytes, &there)
                .with_context(|| self.folder.join(FOLDER).display().to_string())?;
            let answer = ask(&Searcher::new(&index, &Unicode));
            let missing = index.missing();
            if missing.is_empty() {
                let welcome = index.welcome();
                if welcome.is_empty() {
                    cost.end();
                    return Ok((answer, cost));
                }
                // A page has them from the query before, or does without.
                for name in welcome {
                    let piece = self.block(&name)?;
                    blocks.push((name, piece));
                }
                continue;
            }
            if missing
                .iter()
                .any(|name| blocks.iter().any(|(of, _)| of == name))
            {
                bail!(
                    "{}: a search asks twice for {}; this is a fault of samara itself",
                    self.folder.display(),
                    missing.join(", ")
                );
            }
            cost.next_round();
            for name in missing {
                let is_new = !self.read.borrow().contains_key(&*name);
                let piece = self.block(&name)?;
                if let Some(kind) = BlockKind::of_file(&name)
                    && is_new
                {
                    cost.add(kind.name(), piece.stored);
                }
                blocks.push((name, piece));
            }
        }
    }

    /// Reads all blocks.
    ///
    /// # Errors
    /// As for [`Self::ask`]; whether they are what their names say shows when they are opened.
    pub fn all(&self) -> Result<All<'_>> {
        let blocks = split::named_by(&self.root.bytes)?.into_iter();
        let blocks: Result<_> = blocks
            .map(|name| {
                let piece = self.block(&name)?;
                Ok((name, piece))
            })
            .collect();
        Ok(All {
            root: &self.root,
            blocks: blocks?,
        })
    }

    /// Where the blocks lie.
    pub fn folder(&self) -> PathBuf {
        self.folder.join(FOLDER)
    }

    /// The block that texts are unpacked with. What is wrong with it would seem to be wrong with each of them.
    fn dictionary(&self, name: &str) -> Result<Rc<Piece>> {
        let is_read = self.read.borrow().contains_key(name);
        let piece = self.block(name)?;
        if !is_read {
            let whole = Index::of_blocks(&self.root.bytes, &[(name, &piece.bytes)]);
            whole.with_context(|| self.folder.join(FOLDER).display().to_string())?;
        }
        Ok(piece)
    }

    fn block(&self, name: &str) -> Result<Rc<Piece>> {
        if let Some(piece) = self.read.borrow().get(name) {
            return Ok(Rc::clone(piece));
        }
        let path = self.folder.join(FOLDER).join(name);
        let dictionary = match &self.dictionary {
            Some(dictionary) if is_text(name) => Some(self.dictionary(dictionary)?),
            _ => None,
        };
        let dictionary = dictionary.as_ref().map_or(&[][..], |piece| &piece.bytes);
        let piece = match self.packed {
            Some(packed) => {
                let stored = packed.blocks.get(name)?;
                let stored = stored.with_context(|| format!("there is no block {name}"))?;
                Piece {
                    bytes: inflate(&stored, dictionary)?,
                    stored: stored.len(),
                }
            }
            None => read(&path, &format!("which {ROOT} names"), dictionary)?,
        };
        let piece = Rc::new(piece);
        let mut read = self.read.borrow_mut();
        read.insert(name.to_owned(), Rc::clone(&piece));
        Ok(piece)
    }
}

impl All<'_> {
    /// The whole index. Linear in the blocks.
    ///
    /// # Errors
    /// A block is damaged, or another one than its name says.
    pub fn index(&self) -> Result<Index<'_>, samara_engine::Error> {
        let blocks: Vec<_> = pairs(&self.blocks).collect();
        Index::of_blocks(&self.root.bytes, &blocks)
    }

    /// Whether there is a block of this name.
    pub fn has(&self, name: &str) -> bool {
        self.blocks.iter().any(|(of, _)| of == name)
    }

    /// Files and bytes by their kinds.
    pub fn sums(&self) -> BTreeMap<&'static str, Sum> {
        let mut sums: BTreeMap<&'static str, Sum> = BTreeMap::new();
        let blocks = self.blocks.iter().filter_map(|(name, piece)| {
            let kind = BlockKind::of_file(name)?;
            Some((kind.name(), &**piece))
        });
        for (kind, piece) in blocks.chain([("root", self.root)]) {
            let sum = sums.entry(kind).or_default();
            sum.files += 1;
            sum.raw += piece.bytes.len();
            sum.stored += piece.stored;
        }
        sums
    }
}

fn pairs(blocks: &[(String, Rc<Piece>)]) -> impl Iterator<Item = (&str, &[u8])> {
    let blocks = blocks.iter();
    blocks.map(|(name, piece)| (name.as_str(), piece.bytes.as_slice()))
}

/// A file of the bundle; `role` is what it is there for, and `dictionary` what it was compressed with.
fn read(path: &Path, role: &str, dictionary: &[u8]) -> Result<Piece> {
    let stored = fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow!(
            "{}, {role}, is missing; deploy the whole folder, or build it again",
            path.display()
        ),
        _ => anyhow!("{}: {error}", path.display()),
    })?;
    Ok(Piece {
        bytes: inflate(&stored, dictionary).with_context(|| path.display().to_string())?,
        stored: stored.len(),
    })
}
