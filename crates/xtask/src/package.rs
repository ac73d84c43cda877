//! `cargo xtask package`: the `samara` command as it is released, and the proof that it installs without the
//! compiler's wasm target.

use crate::build::Build;
use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUST: &str = "install Rust from rustup.rs";
/// The command and the crates that are released with it, in the order in which they build on each other.
const CRATES: [&str; 3] = ["samara-engine", "samara-corpus", "samara-cli"];

/// Packages the samara command with its prebuilt engine, and installs it from the packages alone.
#[derive(Args)]
pub struct Package {}

impl Package {
    /// Packages, unpacks, installs and calls what was installed.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let packages = workspace::target().join("package");
        for name in CRATES {
            let unpacked = packages.join(versioned(name));
            if unpacked.exists() {
                fs::remove_dir_all(&unpacked)
                    .with_context(|| format!("cannot clear {}", unpacked.display()))?;
            }
        }
        let mut cargo = Command::new(workspace::cargo());
        cargo
            .current_dir(workspace::root())
            .args(["package", "--allow-dirty", "--no-verify"]);
        cargo.args(CRATES.iter().flat_map(|name| ["--package", name]));
        process::run(&mut cargo, RUST)?;
        for name in CRATES {
            process::run(
                Command::new("tar")
                    .current_dir(&packages)
                    .args(["-xzf", &format!("{}.crate", versioned(name))]),
                "install tar",
            )?;
        }
        let installed = install(&packages)?;
        let seeds = workspace::path("seeds");
        let bundle = packages.join("bundle");
        if bundle.exists() {
            fs::remove_dir_all(&bundle)?;
        }
        let call = |words: &[&str], path: &Path| {
            process::run(Command::new(&installed).args(words).arg(path), RUST)
        };
        process::run(
            Command::new(&installed)
                .args(["build", "--quiet"])
                .arg(seeds)
                .arg("--output")
                .arg(&bundle),
            RUST,
        )?;
        call(&["check"], &bundle)?;
        println!("Packages are in {}", packages.display());
        Ok(())
    }
}

/// Installs the unpacked command into a folder of its own, by a compiler that refuses the wasm target, and returns
/// its path.
fn install(packages: &Path) -> Result<PathBuf> {
    let root = packages.join("installed");
    if root.exists() {
        fs::remove_dir_all(&root).with_context(|| format!("cannot clear {}", root.display()))?;
    }
    let wrapper = packages.join("rustc-without-wasm");
    fs::write(
        &wrapper,
        "#!/bin/sh\ncase \"$*\" in *wasm32*) echo 'the wasm target is not installed' >&2; exit 1;; esac\nexec \"$@\"\n",
    )?;
    process::run(
        Command::new("chmod").arg("+x").arg(&wrapper),
        "install chmod",
    )?;
    let mut cargo = Command::new(workspace::cargo());
    // Outside of the repository, whose configuration and whose members must not be what makes it work.
    cargo.current_dir(packages.parent().unwrap_or(packages));
    cargo
        .args(["install", "--locked", "--path"])
        .arg(packages.join(versioned("samara-cli")))
        .arg("--root")
        .arg(&root)
        .arg("--target-dir")
        .arg(packages.join("target"))
        .env("RUSTC_WRAPPER", &wrapper);
    // The crates that it is released with are not in a registry before they are released.
    for name in &CRATES[..2] {
        let path = packages.join(versioned(name));
        cargo.arg("--config").arg(format!(
            "patch.crates-io.{name}.path={:?}",
            path.display().to_string()
        ));
    }
    process::run(&mut cargo, RUST)?;
    let installed = root.join("bin/samara");
    if !installed.is_file() {
        bail!("the package installs no `samara`");
    }
    Ok(installed)
}

fn versioned(name: &str) -> String {
    format!("{name}-{}", env!("CARGO_PKG_VERSION"))
}
