//! The `samara` command, built from this repository.

use crate::{process, workspace};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What to do where the command cannot be started.
pub const REMEDY: &str = "build it with `cargo build --package samara-cli`";

/// How it is compiled.
#[derive(Clone, Copy)]
pub enum Profile {
    /// As the tests are: nothing is compiled twice.
    Dev,
    /// As it is released, to be timed.
    Release,
}

/// Builds the command, whose prebuilt engine must have been built, and returns its path.
pub fn build(profile: Profile) -> Result<PathBuf> {
    match profile {
        Profile::Dev => build_for_tests("samara"),
        Profile::Release => {
            cargo_build(&["--package", "samara-cli", "--release"])?;
            Ok(workspace::target().join("release/samara"))
        }
    }
}

/// Builds everything that tests need, and returns the path of one of its programs.
pub fn build_for_tests(program: &str) -> Result<PathBuf> {
    cargo_build(&[&["--bins", "--tests"], &workspace::EVERYTHING[..]].concat())?;
    Ok(workspace::target().join("debug").join(program))
}

fn cargo_build(arguments: &[&str]) -> Result<()> {
    let mut cargo = Command::new(workspace::cargo());
    cargo.current_dir(workspace::root()).arg("build");
    process::run(cargo.args(arguments), "install Rust from rustup.rs")
}

/// What `samara inspect` says of a bundle, sizes as sent included.
pub fn inspect(samara: &Path, bundle: &Path) -> Result<Value> {
    let mut command = Command::new(samara);
    command
        .args(["inspect", "--json", "--compressed"])
        .arg(bundle);
    let summary = process::output(&mut command, REMEDY)?;
    serde_json::from_str(&summary)
        .context("`samara inspect --json` printed something that is not JSON")
}
