//! Debian packages that some tests need and nothing else does.

use crate::process;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// Installs those packages whose program is missing.
///
/// # Errors
/// There is a program missing, and this user cannot install packages.
pub fn install(programs: &[(&str, &str)]) -> Result<()> {
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

/// Servers stand where only the administrator's search path leads.
fn is_here(program: &str) -> bool {
    process::find(&[program]).is_some() || Path::new("/usr/sbin").join(program).exists()
}
