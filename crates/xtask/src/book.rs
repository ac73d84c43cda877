//! The Rust Book as the toolchain's documentation installs it: a real site of more than a megabyte
//! of text that nearly every machine with Rust holds.

use crate::{process, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What to do where the book is missing.
pub const REMEDY: &str = "this toolchain has no documentation (`rustup component add rust-docs`)";

/// Pages of a book made by mdBook that hold no chapter of their own.
const NO_CHAPTERS: [&str; 3] = ["print.html", "404.html", "toc.html"];

/// The Rust Book in the toolchain's documentation, as it is served; nothing where there is none.
pub fn pages() -> Result<Option<PathBuf>> {
    let sysroot = process::output(
        Command::new("rustc").args(["--print", "sysroot"]),
        "install Rust from rustup.rs",
    )?;
    let pages = Path::new(sysroot.trim()).join("share/doc/rust/html/book");
    Ok(pages.is_dir().then_some(pages))
}

/// Its chapters in a folder of their own; nothing where there is none.
pub fn chapters() -> Result<Option<PathBuf>> {
    let Some(source) = pages()? else {
        return Ok(None);
    };
    let chapters = workspace::target().join("size/chapters");
    fs::create_dir_all(&chapters)
        .with_context(|| format!("cannot create {}", chapters.display()))?;
    for entry in
        fs::read_dir(&source).with_context(|| format!("cannot list {}", source.display()))?
    {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".html") && !NO_CHAPTERS.contains(&name.as_str()) {
            fs::copy(&path, chapters.join(&name))
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(Some(chapters))
}
