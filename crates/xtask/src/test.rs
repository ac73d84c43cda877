//! `cargo xtask test`: every test of the repository, each runner closing with its own summary.

use crate::build::Build;
use crate::{browser, npm, process, samara, workspace};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const RUST: &str = "install Rust from rustup.rs";

/// Runs every test: Rust, wasm, and the page in a real browser.
#[derive(Args)]
pub struct Test {
    /// Run only these parts.
    #[arg(value_enum)]
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Unit, property and documentation tests of the workspace.
    Rust,
    /// Tests of the module's boundary, in a browser.
    Wasm,
    /// Types of the page's scripts.
    Types,
    /// The page and the bundles of the `samara` command, driven in a browser.
    Page,
}

impl Test {
    /// Builds everything, then runs every part, also after one failed.
    pub fn run(self) -> Result<()> {
        let browser = browser::find_or_install()?;
        Build { corpus: None }.run()?;
        let mut failed = Vec::new();
        for part in Part::value_variants() {
            if !self.parts.is_empty() && !self.parts.contains(part) {
                continue;
            }
            eprintln!("\n== {part:?} tests");
            if let Err(error) = part.run(&browser) {
                eprintln!("error: {error:#}");
                failed.push(format!("{part:?}").to_lowercase());
            }
        }
        if !failed.is_empty() {
            bail!(
                "tests failed: {}; run one part alone with `cargo xtask test PART`",
                failed.join(", ")
            );
        }
        Ok(())
    }
}

impl Part {
    fn run(self, browser: &browser::Browser) -> Result<()> {
        match self {
            Part::Rust => process::run(cargo_test().arg("--workspace"), RUST),
            Part::Wasm => {
                let mut command = cargo_test();
                command.args(["--package", "samara", "--target", workspace::WASM_TARGET]);
                command.env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                    wasm_test_runner()?,
                );
                // The runner gives up on a browser after 20 seconds, which a busy machine may need.
                command.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
                process::run(command.env("CHROMEDRIVER", &browser.driver), RUST)
            }
            Part::Types => npm::run(
                npm::node()
                    .arg(npm::tool("typescript/bin/tsc"))
                    .args(["--project", "."]),
            ),
            Part::Page => npm::run(
                npm::node()
                    .arg("--test")
                    .args(page_tests()?)
                    .env("CHROME", &browser.chromium)
                    .env("SAMARA_SITE", workspace::site())
                    .env("SAMARA_COMMAND", samara::build(samara::Profile::Dev)?),
            ),
        }
    }
}

fn cargo_test() -> Command {
    let mut command = Command::new(workspace::cargo());
    command.current_dir(workspace::root()).arg("test");
    command
}

/// Builds the runner that cargo hands each wasm module of tests to, and returns its path.
fn wasm_test_runner() -> Result<PathBuf> {
    let mut command = Command::new(workspace::cargo());
    command.current_dir(workspace::root());
    command.args([
        "build",
        "--package",
        "xtask",
        "--bin",
        "wasm-test-runner",
        "--features",
        "wasm-tests",
    ]);
    process::run(&mut command, RUST)?;
    Ok(workspace::target().join("debug/wasm-test-runner"))
}

/// The tests of the page and of the bundles that the `samara` command writes. Each file is named,
/// because Node's versions disagree on what a folder means.
fn page_tests() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in ["www/tests", "crates/samara-cli/tests"].map(workspace::path) {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        let before = files.len();
        for entry in entries {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".test.mjs") {
                files.push(path);
            }
        }
        if files.len() == before {
            bail!("{} holds no *.test.mjs", folder.display());
        }
    }
    files.sort();
    Ok(files)
}
