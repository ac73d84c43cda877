//! The browser that tests drive: Chromium and its WebDriver.

use crate::process;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const REMEDY: &str = "install Chromium and its driver (Debian, Ubuntu: `apt-get install chromium chromium-driver`), \
    or name them by the environment variables CHROME and CHROMEDRIVER";

/// A browser and the driver of the same version.
pub struct Browser {
    /// The browser itself, for the page's tests.
    pub chromium: PathBuf,
    /// Its WebDriver, for the module's tests.
    pub driver: PathBuf,
}

/// Finds Chromium and its driver, or installs them where this user may install Debian packages.
///
/// # Errors
/// There is none and it cannot be installed. The tests of the page are never skipped.
pub fn find_or_install() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if !may_install() {
        bail!("no browser to test the page in; {REMEDY}");
    }
    eprintln!("Installing Chromium and its driver");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::run(apt().args(["update", "--quiet"]), REMEDY)?;
    let packages = [
        "install",
        "--quiet",
        "--yes",
        "--no-install-recommends",
        "chromium",
        "chromium-driver",
    ];
    process::run(apt().args(packages), REMEDY)?;
    match find() {
        Some(browser) => Ok(browser),
        None => bail!(
            "the packages chromium and chromium-driver hold no browser on this system; {REMEDY}"
        ),
    }
}

fn find() -> Option<Browser> {
    let named = |variable, names: &[&str]| {
        std::env::var_os(variable)
            .map(PathBuf::from)
            .or_else(|| process::find(names))
    };
    Some(Browser {
        chromium: named("CHROME", &CHROMIUM)?,
        driver: named("CHROMEDRIVER", &["chromedriver"])?,
    })
}

/// Whether this is the administrator of a system with Debian's package tool.
fn may_install() -> bool {
    let administrator = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    administrator && Path::new("/usr/bin/apt-get").exists()
}
