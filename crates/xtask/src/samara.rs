//! The `samara` command, built from this repository.

use crate::{process, workspace};
use anyhow::Result;
use std::path::PathBuf;
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
    let mut cargo = Command::new(workspace::cargo());
    cargo
        .current_dir(workspace::root())
        .args(["build", "--package", "samara-cli"]);
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    process::run(&mut cargo, "install Rust from rustup.rs")?;
    Ok(workspace::target().join(folder).join("samara"))
}
