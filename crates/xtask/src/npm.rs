//! The tools that come from npm: binaryen's `wasm-opt`, esbuild, TypeScript and the browser driver
//! of the page's tests, at the versions of `www/package-lock.json`.

use crate::{process, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What to do where Node.js is missing.
pub const REMEDY: &str = "install Node.js 20 or later with npm \
    (Debian, Ubuntu: `apt-get install nodejs npm`; elsewhere: nodejs.org)";

/// Installs the locked packages into `www/node_modules`, if the lock changed since the last time.
pub fn install() -> Result<()> {
    install_in("www")
}

/// Installs what the guides are tried with from npm, and returns the folder of its programs.
pub fn install_guides() -> Result<PathBuf> {
    const FOLDER: &str = "crates/xtask/guides";
    install_in(FOLDER)?;
    Ok(workspace::path(FOLDER).join("node_modules/.bin"))
}

/// Installs packages, named with their versions, into a folder of its own.
pub fn add(folder: &Path, packages: &[&str]) -> Result<()> {
    process::run(
        Command::new("npm")
            .args([
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--prefix",
            ])
            .arg(folder)
            .args(packages),
        REMEDY,
    )
}

/// Installs the locked packages of a folder of this repository, if the lock changed since the last time.
pub fn install_in(folder: &str) -> Result<()> {
    let path = workspace::path(folder);
    let lock = path.join("package-lock.json");
    let locked = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    // A copy of the lock file that was installed last; npm itself deletes it with node_modules.
    let installed = path.join("node_modules").join(".installed-lock.json");
    if fs::read(&installed).is_ok_and(|bytes| bytes == locked) {
        return Ok(());
    }
    eprintln!("Installing the locked npm packages into {folder}/node_modules");
    process::run(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(&path),
        REMEDY,
    )?;
    fs::write(&installed, locked).with_context(|| format!("cannot write {}", installed.display()))
}

/// A call of `node` in `www/`.
pub fn node() -> Command {
    let mut command = Command::new("node");
    command.current_dir(workspace::path("www"));
    command
}

/// Runs a call of [`node`].
pub fn run(command: &mut Command) -> Result<()> {
    process::run(command, REMEDY)
}

/// Runs a call of [`node`] and returns whether it succeeded, and everything that it printed.
///
/// # Errors
/// There is no Node.
pub fn output(command: &mut Command) -> Result<(bool, String)> {
    let output = command.output().context(REMEDY)?;
    let mut told = String::from_utf8_lossy(&output.stdout).into_owned();
    told += &String::from_utf8_lossy(&output.stderr);
    Ok((output.status.success(), told))
}

/// The script of an installed tool, to be handed to [`node`]: `tool("binaryen/bin/wasm-opt")`.
pub fn tool(path: &str) -> PathBuf {
    workspace::path("www/node_modules").join(path)
}
