//! From the path of a bundle to the index inside it.

use super::blocks::BlockIndex;
use super::contents::{self, ENTRY};
use super::manifest::MANIFEST;
use super::{assets, files, module, page};
use crate::cost::Cost;
use crate::failure::Misuse;
use anyhow::{Context, Result, anyhow};
use samara_engine::{Index, Searcher, Unicode};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The module and the index of a bundle.
pub struct Bundle {
    /// File that holds the module: itself, or the page around it.
    pub path: PathBuf,
    /// The wasm module.
    pub module: Vec<u8>,
    /// The index.
    pub index: Held,
}

/// How a bundle holds its index.
pub enum Held {
    /// Inside of the module.
    Whole(Vec<u8>),
    /// In blocks beside it.
    Blocks(BlockIndex<'static>),
}

/// An index that answers.
pub enum Source<'b> {
    /// In one piece.
    Whole(Box<Index<'b>>),
    /// In blocks.
    Blocks(&'b BlockIndex<'b>),
}

impl Source<'_> {
    /// Asks the index. Also says what a page fetches for the answer, where it is in blocks.
    ///
    /// # Errors
    /// Those of [`BlockIndex::ask`].
    pub fn ask<T>(&self, ask: impl Fn(&Searcher) -> T) -> Result<(T, Option<Cost>)> {
        match self {
            Source::Whole(index) => Ok((ask(&Searcher::new(index, &Unicode)), None)),
            Source::Blocks(blocks) => {
                let (answer, cost) = blocks.ask(ask)?;
                Ok((answer, Some(cost)))
            }
        }
    }
}

impl Bundle {
    /// Reads a bundle: a folder, a `.wasm`, or a single-file `.html`. Linear in its size.
    ///
    /// # Errors
    /// There is nothing at this path, it is no bundle, or it is damaged.
    pub fn read(path: &Path) -> Result<Self> {
        let file = if path.is_dir() {
            module_in(path)?
        } else {
            path.to_owned()
        };
        let bytes = fs::read(&file).map_err(|error| match error.kind() {
            ErrorKind::NotFound if path.is_dir() => anyhow!(
                "{}, which {ENTRY} calls, is missing; deploy the whole folder, or build it again",
                file.display()
            ),
            ErrorKind::NotFound => {
                Misuse(format!("{}: no such file or folder", file.display())).into()
            }
            _ => anyhow!("{}: {error}", file.display()),
        })?;
        let folder = path.is_dir().then_some(path);
        Self::unpack(&file, bytes, folder)
    }

    /// Opens the index. Linear in it, or in its root.
    ///
    /// # Errors
    /// It is damaged.
    pub fn source(&self) -> Result<Source<'_>> {
        Ok(match &self.index {
            Held::Whole(bytes) => {
                let index = Index::open(bytes).with_context(|| self.path.display().to_string())?;
                Source::Whole(Box::new(index))
            }
            Held::Blocks(blocks) => Source::Blocks(blocks),
        })
    }

    fn unpack(path: &Path, bytes: Vec<u8>, folder: Option<&Path>) -> Result<Self> {
        const NO_INDEX: &str = "this engine carries no index; name what `samara build` wrote";
        let named = || path.display().to_string();
        let module = Self::module(bytes).with_context(named)?;
        let index = match folder {
            Some(folder) if !module::has_place(&module).with_context(named)? => {
                Held::Blocks(BlockIndex::open(folder)?)
            }
            _ => Held::Whole(
                module::index_of(&module)
                    .and_then(|index| index.context(NO_INDEX))
                    .with_context(named)?,
            ),
        };
        Ok(Self {
            path: path.to_owned(),
            module,
            index,
        })
    }

    fn module(bytes: Vec<u8>) -> Result<Vec<u8>> {
        if bytes.starts_with(b"\0asm") {
            return Ok(bytes);
        }
        let text = String::from_utf8(bytes).ok();
        page::module_of(
            &text.context(
                "this is neither a wasm module nor a page; name what `samara build` wrote",
            )?,
        )
    }
}

/// The module of a folder: the one that its entry script calls, or a lone `samara.wasm` or page.
fn module_in(folder: &Path) -> Result<PathBuf> {
    let entry = folder.join(ENTRY);
    if folder.join(MANIFEST).is_file() {
        let script = fs::read_to_string(&entry).map_err(|error| match error.kind() {
            ErrorKind::NotFound => anyhow!(
                "{} is missing: the first build of this bundle was not finished, or somebody has deleted it; build again",
                entry.display()
            ),
            _ => anyhow!("{}: {error}", entry.display()),
        })?;
        let name = contents::name_in(&script, assets::ENGINE_NAME);
        let name = name.with_context(|| {
            format!(
                "{} names no module; build the bundle again",
                entry.display()
            )
        })?;
        return Ok(folder.join(name));
    }
    let candidates = [assets::ENGINE_NAME, files::PAGE].map(|name| folder.join(name));
    candidates
        .into_iter()
        .find(|candidate| candidate.is_file())
        .ok_or_else(|| {
            Misuse(format!(
                "{}: this folder holds no bundle; name what `samara build` wrote",
                folder.display()
            ))
            .into()
        })
}
