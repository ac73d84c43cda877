//! `cargo xtask test`: every test of the repository, each runner closing with its own summary.

use crate::browser::{self, Browsers, Engine};
use crate::build::Build;
use crate::{generators, guides, integrations, npm, packages, process, samara, wasi, workspace};
use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

const RUST: &str = "install Rust from rustup.rs";

/// Runs every test: Rust, wasm, and the page in a real browser.
#[derive(Args)]
pub struct Test {
    /// Run only these parts.
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Follow the guides of docs/guides instead, with the real generators, four servers and three browsers, and build small
    /// sites with other generators and with the packages for generators. With names of these, their sites alone.
    #[arg(long, value_name = "GENERATOR", num_args = 0.., value_parser = PossibleValuesParser::new(generator_names()), conflicts_with = "parts")]
    guides: Option<Vec<String>>,
    /// Test the packages of packages/ instead: the command by WASI beside the native one, wheels, and the page that builds.
    #[arg(long, conflicts_with_all = ["parts", "guides"])]
    packages: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Unit, property and documentation tests of the workspace.
    Rust,
    /// Tests of the module's boundary, in a browser.
    Wasm,
    /// Types, style and format of the page's sources.
    Types,
    /// The page and the bundles of the `samara` command, driven in browsers.
    Page,
}

impl Test {
    /// Builds everything, then runs every part, also after one failed.
    pub fn run(self) -> Result<()> {
        if let Some(names) = &self.guides {
            Build { corpus: None }.run()?;
            if names.is_empty() {
                generators::test(names)?;
                return guides::test();
            }
            let named = |name: &str| names.iter().any(|one| one == name);
            if generators::names().any(named) {
                generators::test(names)?;
            }
            if integrations::names().any(named) {
                integrations::test(&samara::build(samara::Profile::Release)?, names)?;
            }
            return Ok(());
        }
        if self.packages {
            return packages_tests();
        }
        let browsers = browser::find_or_install()?;
        Build { corpus: None }.run()?;
        let mut failed = Vec::new();
        for part in Part::value_variants() {
            if !self.parts.is_empty() && !self.parts.contains(part) {
                continue;
            }
            eprintln!("\n== {part:?} tests");
            if let Err(error) = part.run(&browsers) {
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

/// Generators whose sites can be built alone, each once.
fn generator_names() -> BTreeSet<&'static str> {
    generators::names().chain(integrations::names()).collect()
}

impl Part {
    fn run(self, browsers: &Browsers) -> Result<()> {
        match self {
            Part::Rust => process::run(cargo_test().args(workspace::EVERYTHING), RUST),
            Part::Wasm => {
                let mut command = cargo_test();
                // In the module's own profile: what is tested is what visitors run, and its build script is compiled.
                command.args(["--package", "samara", "--target", workspace::WASM_TARGET]);
                command.args(["--profile", "wasm"]);
                command.env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                    // The program that cargo hands each wasm module of tests to.
                    samara::build_for_tests("wasm-test-runner")?,
                );
                // The runner gives up on a browser after 20 seconds and the driver on a page after 30, both of
                // which a busy machine may need.
                command.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env(
                    "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                    workspace::path("crates/xtask/webdriver.json"),
                );
                process::run(command.env("CHROMEDRIVER", &browsers.driver), RUST)
            }
            Part::Types => {
                npm::run(
                    npm::node()
                        .arg(npm::tool("@biomejs/biome/bin/biome"))
                        .args(["check", "--error-on-warnings", "."]),
                )?;
                npm::run(npm::node().args(["tools/manifest.mjs", "--check"]))?;
                npm::run(
                    npm::node()
                        .arg(npm::tool("typescript/bin/tsc"))
                        .args(["--project", "."]),
                )
            }
            Part::Page => page_tests(browsers),
        }
    }
}

/// Runs the tests of the packages, each as its users have it.
fn packages_tests() -> Result<()> {
    let browsers = browser::find_or_install()?;
    Build { corpus: None }.run()?;
    let command = samara::build(samara::Profile::Release)?;
    fs::copy(
        wasi::build(wasi::Variant::Whole)?,
        workspace::path("packages/npm/samara.wasm"),
    )?;
    let page = packages::page()?;
    npm::install_in("packages/npm")?;
    for folder in ["packages/npm", "packages/page"] {
        npm::run(
            npm::node()
                .current_dir(workspace::path(folder))
                .arg(npm::tool("typescript/bin/tsc"))
                .args(["--project", "."]),
        )?;
    }
    let mut node = npm::node();
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(test_files("packages/npm/tests")?)
        .args(test_files("packages/page/tests")?)
        .env("SAMARA_COMMAND", &command)
        .env("SAMARA_PAGE_FOLDER", &page)
        .env("CHROME", &browsers.chromium)
        .env(
            "SAMARA_SCREENSHOTS",
            workspace::target().join("screenshots"),
        );
    if std::env::var_os("SAMARA_BROWSERS").is_none() {
        let names: Vec<&str> = browsers
            .engines
            .iter()
            .map(|engine| engine.name())
            .collect();
        node.env("SAMARA_BROWSERS", names.join(","));
    }
    npm::run(&mut node)
}

fn cargo_test() -> Command {
    let mut command = Command::new(workspace::cargo());
    command.current_dir(workspace::root()).arg("test");
    command
}

/// Runs the tests of the page in every engine, side by side. Those of the bundles that the `samara` command writes, and
/// those of the module that need no browser, run beside Chromium's alone. Screenshots of what they saw go into
/// target/screenshots.
fn page_tests(browsers: &Browsers) -> Result<()> {
    let command = samara::build(samara::Profile::Dev)?;
    let page = test_files("www/tests")?;
    let once = [
        test_files("crates/samara-cli/tests")?,
        test_files("www/tests/module")?,
    ]
    .concat();
    let run = &|engine: Engine| {
        let mut node = npm::node();
        node.args([
            "--test",
            "--test-reporter=spec",
            // The engines share the machine already.
            "--test-concurrency=1",
        ]);
        node.args(&page);
        if engine == Engine::Chromium {
            node.args(&once);
        }
        node.env("SAMARA_BROWSERS", engine.name())
            .env("CHROME", &browsers.chromium)
            .env("SAMARA_SITE", workspace::site())
            .env(
                "SAMARA_SCREENSHOTS",
                workspace::target().join("screenshots"),
            )
            .env("SAMARA_COMMAND", &command);
        npm::output(&mut node)
    };
    let failed: Vec<&str> = thread::scope(|scope| {
        let running: Vec<_> = browsers
            .engines
            .iter()
            .map(|&engine| (engine, scope.spawn(move || run(engine))))
            .collect();
        running
            .into_iter()
            .filter_map(|(engine, thread)| {
                let (passed, told) = match thread.join().expect("running a program does not panic")
                {
                    Ok((passed, told)) => (passed, told),
                    Err(error) => (false, format!("{error:#}\n")),
                };
                eprint!("\n-- in {}\n{told}", engine.name());
                (!passed).then_some(engine.name())
            })
            .collect()
    });
    if !failed.is_empty() {
        bail!(
            "the page's tests failed in {}; run them in one engine with SAMARA_BROWSERS=NAME",
            failed.join(", ")
        );
    }
    Ok(())
}

/// The tests in a folder. Each file is named, because Node's versions disagree on what a folder means.
fn test_files(folder: &str) -> Result<Vec<PathBuf>> {
    let folder = workspace::path(folder);
    let is_test = |path: &Path| path.to_string_lossy().ends_with(".test.mjs");
    let mut files = Vec::new();
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let path = entry?.path();
        if is_test(&path) {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("{} holds no *.test.mjs", folder.display());
    }
    files.sort();
    Ok(files)
}
