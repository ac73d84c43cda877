//! mdBook, for the guide about it and for the documentation.

use crate::{process, workspace};
use anyhow::{Context, Result};
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// The version that the guide was tried with.
const VERSION: &str = "0.5.4";
/// What a person can do where it fails.
pub const REMEDY: &str = "install Rust from rustup.rs";

/// Installs mdBook beneath `target`, and returns the folder of its program.
pub fn install() -> Result<PathBuf> {
    let folder = workspace::target().join("guides");
    let mdbook = folder.join("mdbook");
    if !mdbook.join("bin/mdbook").is_file() {
        process::run(
            Command::new(workspace::cargo())
                .args(["install", "mdbook", "--locked", "--version", VERSION])
                .arg("--no-default-features")
                .arg("--root")
                .arg(&mdbook)
                .arg("--target-dir")
                .arg(folder.join("mdbook-target")),
            REMEDY,
        )?;
    }
    Ok(mdbook.join("bin"))
}

/// The search path with these folders before all others.
pub fn with(folders: &[PathBuf]) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&path)))
        .context("the search path cannot be written")
}
