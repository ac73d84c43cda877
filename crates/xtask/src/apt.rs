//! Debian's packages of the programs that tests need.

use crate::process;
use anyhow::{Result, bail};
use std::path::Path;
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
