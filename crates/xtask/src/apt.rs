//! Debian packages that some tests need and nothing else does.

use crate::process;
use anyhow::{Result, bail};
use std::process::Command;

/// Installs packages if one of their programs is missing.
///
/// # Errors
/// There is a program missing, and this user cannot install packages.
pub fn install(packages: &[&str], programs: &[&str]) -> Result<()> {
    let missing = || -> Vec<&str> {
        let missing = programs.iter().filter(|program| {
            process::find(&[program]).is_none()
                && !std::path::Path::new("/usr/sbin").join(program).exists()
        });
        missing.copied().collect()
    };
    if missing().is_empty() {
        return Ok(());
    }
    let remedy = format!(
        "install {} (Debian, Ubuntu: `apt-get install {}`)",
        missing().join(", "),
        packages.join(" ")
    );
    eprintln!("Installing {}", packages.join(", "));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::run(apt().args(["update", "--quiet"]), &remedy)?;
    process::run(
        apt()
            .args(["install", "--quiet", "--yes", "--no-install-recommends"])
            .args(packages),
        &remedy,
    )?;
    if !missing().is_empty() {
        bail!("{remedy}");
    }
    Ok(())
}
