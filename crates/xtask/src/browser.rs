//! The browsers that tests drive: Chromium with its WebDriver always, Firefox and WebKit where they are
//! installed or asked for.

use crate::{apt, process};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::path::PathBuf;

/// Names the engines that the page's tests must run in, separated by commas. Unless set, they run in
/// those that are installed, of which Chromium must be one.
const WANTED: &str = "SAMARA_BROWSERS";

/// An engine that the page's tests run in; its name is what they call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

/// What the tests run in.
pub struct Browsers {
    /// Chromium itself.
    pub chromium: PathBuf,
    /// Its WebDriver, for the module's tests.
    pub driver: PathBuf,
    /// Engines for the page's tests.
    pub engines: Vec<Engine>,
}

impl Engine {
    /// As the page's tests call it.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::Webkit => "webkit",
        }
    }

    /// Programs all of which it needs, each with the names that it goes by and the variable that names it.
    fn programs(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Engine::Chromium => &[
                (
                    "CHROME",
                    &[
                        "chromium",
                        "chromium-browser",
                        "google-chrome",
                        "google-chrome-stable",
                    ],
                ),
                ("CHROMEDRIVER", &["chromedriver"]),
            ],
            Engine::Firefox => &[("SAMARA_FIREFOX", &["firefox-esr", "firefox"])],
            Engine::Webkit => &[("", &["WebKitWebDriver"]), ("", &["Xvfb"])],
        }
    }

    /// Debian's packages of them.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Engine::Chromium => &["chromium", "chromium-driver"],
            Engine::Firefox => &["firefox-esr"],
            Engine::Webkit => &["webkit2gtk-driver", "xvfb"],
        }
    }

    /// Where its programs lie, if all of them are there.
    pub fn find(self) -> Option<Vec<PathBuf>> {
        let find = |&(variable, names): &(&str, &[&str])| {
            std::env::var_os(variable)
                .map(PathBuf::from)
                .or_else(|| process::find(names))
        };
        self.programs().iter().map(find).collect()
    }
}

/// Finds the browsers, or installs what is missing where this user may install Debian packages.
///
/// # Errors
/// Chromium, or an engine that `SAMARA_BROWSERS` names, is missing and cannot be installed. The tests
/// of the page are never skipped.
pub fn find_or_install() -> Result<Browsers> {
    let wanted = wanted()?;
    let mut needed = wanted.clone().unwrap_or_default();
    if !needed.contains(&Engine::Chromium) {
        // The module's tests run in it, whatever the page's tests run in.
        needed.insert(0, Engine::Chromium);
    }
    let missing: Vec<Engine> = needed
        .into_iter()
        .filter(|engine| engine.find().is_none())
        .collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    let engines = wanted.unwrap_or_else(|| {
        let (installed, others): (Vec<_>, Vec<_>) = Engine::value_variants()
            .iter()
            .copied()
            .partition(|engine| engine.find().is_some());
        for engine in others {
            eprintln!(
                "The page is not tested in {}: {}",
                engine.name(),
                remedy(&[engine])
            );
        }
        installed
    });
    match Engine::Chromium.find().as_deref() {
        Some([chromium, driver]) => Ok(Browsers {
            chromium: chromium.clone(),
            driver: driver.clone(),
            engines,
        }),
        _ => bail!("there is no Chromium; {}", remedy(&[Engine::Chromium])),
    }
}

fn wanted() -> Result<Option<Vec<Engine>>> {
    let Ok(names) = std::env::var(WANTED) else {
        return Ok(None);
    };
    let parse = |name: &str| {
        Engine::from_str(name.trim(), true).map_err(|_| {
            anyhow::anyhow!(
                "{WANTED}: there is no {name:?}; name some of chromium, firefox and webkit, separated by commas"
            )
        })
    };
    names.split(',').map(parse).collect::<Result<_>>().map(Some)
}

fn install(engines: &[Engine]) -> Result<()> {
    let remedy = remedy(engines);
    let packages = packages(engines);
    apt::install(&packages, &remedy).context("a browser to test the page in is missing")?;
    if engines.iter().any(|engine| engine.find().is_none()) {
        bail!(
            "the packages {} hold no browser on this system; {remedy}",
            packages.join(", ")
        );
    }
    Ok(())
}

fn packages(engines: &[Engine]) -> Vec<&'static str> {
    let packages = engines.iter().flat_map(|engine| engine.packages());
    packages.copied().collect()
}

fn remedy(engines: &[Engine]) -> String {
    let named = if engines.contains(&Engine::Chromium) {
        ", or name Chromium and its driver by the environment variables CHROME and CHROMEDRIVER"
    } else {
        ""
    };
    format!(
        "install it (Debian, Ubuntu: `apt-get install {}`){named}",
        packages(engines).join(" ")
    )
}
