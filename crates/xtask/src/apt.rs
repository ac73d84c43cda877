//! Debian's packages of the programs that tests need.

use crate::process;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Installs those packages whose program is missing.
///
/// # Errors
/// There is a program missing, and this user cannot install packages.
pub fn install_missing(programs: &[(&str, &str)]) -> Result<()> {
    let missing = || -> Vec<&str> {
        let missing = programs.iter().filter(|(program, _)| !is_here(program));
        missing.map(|&(_, package)| package).collect()
    };
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    let remedy = format!(
        "some programs are missing (Debian, Ubuntu: `apt-get install {}`)",
        packages.join(" ")
    );
    install(&packages, &remedy)?;
    if !missing().is_empty() {
        bail!("{remedy}");
    }
    Ok(())
}

/// Installs packages.
///
/// # Errors
/// This system has no `apt-get`, this user may not use it, or it fails; each ends with `remedy`.
pub fn install(packages: &[&str], remedy: &str) -> Result<()> {
    if !may_install() {
        bail!("{remedy}");
    }
    eprintln!("Installing {}", packages.join(", "));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::run(apt().args(["update", "--quiet"]), remedy)?;
    process::run(
        apt()
            .args(["install", "--quiet", "--yes", "--no-install-recommends"])
            .args(packages),
        remedy,
    )
}

/// The files of a package beneath a folder, without installing it; it is downloaded once.
///
/// # Errors
/// This system has no `apt-get`, or no such package.
pub fn unpacked(package: &str, folder: &Path) -> Result<PathBuf> {
    let root = folder.join("files");
    if root.is_dir() {
        return Ok(root);
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let remedy = "install Debian's or Ubuntu's apt-get and dpkg-deb";
    let download = || {
        let mut command = Command::new("apt-get");
        command
            .args(["download", "--quiet", package])
            .current_dir(folder);
        process::run(&mut command, remedy)
    };
    // A fresh system has no list of packages yet.
    if download().is_err() {
        process::run(Command::new("apt-get").args(["update", "--quiet"]), remedy)?;
        download()?;
    }
    let found = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path());
    let file = found
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .with_context(|| format!("apt-get brought no file of {package}"))?;
    let part = folder.join("part");
    process::run(
        Command::new("dpkg-deb")
            .arg("--extract")
            .arg(file)
            .arg(&part),
        remedy,
    )?;
    fs::rename(&part, &root).with_context(|| format!("cannot name {}", root.display()))?;
    Ok(root)
}

/// Whether this is the administrator of a system with Debian's package tool.
fn may_install() -> bool {
    let administrator = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    administrator && Path::new("/usr/bin/apt-get").exists()
}

/// Servers stand where only the administrator's search path leads.
fn is_here(program: &str) -> bool {
    process::find(&[program]).is_some() || Path::new("/usr/sbin").join(program).exists()
}
