//! `cargo xtask bench`: first open and query times, on this machine and in a real browser.

use crate::build::Build;
use crate::{browser, npm};
use anyhow::Result;
use clap::Args;

/// Times the first open in a fresh worker and queries, in a real browser.
#[derive(Args)]
pub struct Bench {}

impl Bench {
    /// Builds and runs the bench page.
    pub fn run(self) -> Result<()> {
        let browser = browser::find_or_install()?;
        let site = Build { corpus: None }.run()?;
        npm::run(
            npm::node()
                .arg("bench/run.mjs")
                .arg("--site")
                .arg(site)
                .env("CHROME", browser.chromium),
        )
    }
}
