//! From the path of a bundle to the index inside it.

use super::contents::{self, ENTRY};
use super::manifest::MANIFEST;
use super::{assets, files, module, page};
use crate::failure::Misuse;
use anyhow::{Context, Result, anyhow};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The bytes of the module and of the index in it.
pub struct Bundle {
    /// File that holds the module: itself, or the page around it.
    pub path: PathBuf,
    /// The wasm module.
    pub module: Vec<u8>,
    /// The index inside it.
    pub index: Vec<u8>,
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
        Self::unpack(&file, bytes).with_context(|| file.display().to_string())
    }

    fn unpack(path: &Path, bytes: Vec<u8>) -> Result<Self> {
        let module = if bytes.starts_with(b"\0asm") {
            bytes
        } else {
            let text = String::from_utf8(bytes).ok();
            page::module_of(&text.context(
                "this is neither a wasm module nor a page; name what `samara build` wrote",
            )?)?
        };
        let index = module::index_of(&module)?
            .context("this engine carries no index; name what `samara build` wrote")?;
        Ok(Self {
            path: path.to_owned(),
            module,
            index,
        })
    }
}

/// The module of a folder: the one that its entry script calls, or a lone `samara.wasm` or page.
fn module_in(folder: &Path) -> Result<PathBuf> {
    let entry = folder.join(ENTRY);
    if folder.join(MANIFEST).is_file() {
        let script = fs::read_to_string(&entry).map_err(|error| match error.kind() {
            ErrorKind::NotFound => anyhow!(
                "{}: the first build of this bundle was not finished; build again",
                folder.display()
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
