//! The Rust Book, and the books beside it, as the toolchain's documentation installs them: real sites of more than a
//! megabyte of text that nearly every machine with Rust holds.

use crate::{folder, process, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What to do where the books are missing.
pub const REMEDY: &str = "this toolchain has no documentation (`rustup component add rust-docs`)";

/// Pages of a book made by mdBook that hold no chapter of their own.
const NO_CHAPTERS: [&str; 3] = ["print.html", "404.html", "toc.html"];

/// Folders of translations. Others of two letters are chapters, such as `fn`.
const TRANSLATIONS: [&str; 4] = ["es", "ja", "ko", "zh"];

/// All books of the toolchain's documentation, without translations and old editions: some six megabytes of text.
const LIBRARY: [&str; 13] = [
    "book",
    "cargo",
    "clippy",
    "edition-guide",
    "embedded-book",
    "error_codes",
    "nomicon",
    "reference",
    "rust-by-example",
    "rustc",
    "rustdoc",
    "style-guide",
    "unstable-book",
];

/// The Rust Book in the toolchain's documentation, as it is served; nothing where there is none.
pub fn pages() -> Result<Option<PathBuf>> {
    let pages = documentation()?.map(|folder| folder.join("book"));
    Ok(pages.filter(|folder| folder.is_dir()))
}

/// Its chapters in a folder of their own; nothing where there is none.
pub fn chapters() -> Result<Option<PathBuf>> {
    let Some(source) = pages()? else {
        return Ok(None);
    };
    let chapters = workspace::target().join("size/chapters");
    copy_chapters(&source, &chapters, Depth::This)?;
    Ok(Some(chapters))
}

/// The chapters of all books in the toolchain's documentation, in a folder of their own; nothing where there are none.
pub fn library() -> Result<Option<PathBuf>> {
    let Some(source) = documentation()? else {
        return Ok(None);
    };
    let library = folder::emptied(&workspace::target().join("books"))?;
    for book in LIBRARY.map(|name| (source.join(name), library.join(name))) {
        if !book.0.is_dir() {
            return Ok(None);
        }
        copy_chapters(&book.0, &book.1, Depth::Below)?;
    }
    Ok(Some(library))
}

/// The toolchain's documentation, where it is installed.
fn documentation() -> Result<Option<PathBuf>> {
    let sysroot = process::output(
        Command::new("rustc").args(["--print", "sysroot"]),
        "install Rust from rustup.rs",
    )?;
    let folder = Path::new(sysroot.trim()).join("share/doc/rust/html");
    Ok(folder.is_dir().then_some(folder))
}

/// Whether the folders of a folder are copied with it.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    This,
    Below,
}

fn copy_chapters(source: &Path, target: &Path, depth: Depth) -> Result<()> {
    fs::create_dir_all(target).with_context(|| format!("cannot create {}", target.display()))?;
    for entry in
        fs::read_dir(source).with_context(|| format!("cannot list {}", source.display()))?
    {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if depth == Depth::Below && !is_edition(&name) {
                copy_chapters(&path, &target.join(&name), depth)?;
            }
        } else if name.ends_with(".html") && !NO_CHAPTERS.contains(&name.as_str()) {
            let page =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            if !leads_elsewhere(&page) {
                let copy = target.join(&name);
                fs::write(&copy, page)
                    .with_context(|| format!("cannot write {}", copy.display()))?;
            }
        }
    }
    Ok(())
}

/// Whether a folder holds the book of its parent once more: in another language, or as it was.
fn is_edition(folder: &str) -> bool {
    TRANSLATIONS.contains(&folder) || folder.ends_with("-edition")
}

/// Whether a page is there for the sake of old links.
fn leads_elsewhere(page: &[u8]) -> bool {
    const SIGN: &[u8] = b"http-equiv=\"refresh\"";
    page.windows(SIGN.len())
        .take(4096)
        .any(|window| window.eq_ignore_ascii_case(SIGN))
}
