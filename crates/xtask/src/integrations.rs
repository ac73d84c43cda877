//! The packages for generators, each built into a real site by the real generator: part of `cargo xtask test --guides`.
//!
//! The folder `example` of a package is such a site; the pages of the guides are put beside its own.

use crate::packages::{self, VERSION};
use crate::{folder, npm, process, workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PYTHON: &str =
    "install Python 3.9 or later with venv (Debian, Ubuntu: `apt-get install python3-venv`)";

/// A package and what comes out of it.
struct Generator {
    /// Its folder in `packages/`.
    name: &'static str,
    /// Where the example has its pages; nowhere, where they are of another kind.
    pages: Option<&'static str>,
    /// Where the site goes.
    site: &'static str,
    /// A page that carries the search.
    page: &'static str,
}

/// Those that npm installs.
const NODE: [Generator; 4] = [
    Generator {
        name: "eleventy",
        pages: Some("."),
        site: "_site",
        page: "tea/index.html",
    },
    Generator {
        name: "vite",
        pages: None,
        site: "dist",
        page: "index.html",
    },
    Generator {
        name: "vitepress",
        pages: Some("docs"),
        site: "docs/.vitepress/dist",
        page: "tea.html",
    },
    Generator {
        name: "astro",
        pages: None,
        site: "dist",
        page: "bread/index.html",
    },
];

/// Builds every example, and searches what comes out.
pub fn test(samara: &Path) -> Result<()> {
    let package = packages::npm_package(&[])?;
    for generator in &NODE {
        let root = generator.prepare()?;
        let own = packages::packed(&workspace::path("packages").join(generator.name), &root)?;
        let mut install = Command::new("npm");
        install
            .current_dir(&root)
            .args(["install", "--no-audit", "--no-fund"])
            .args([&own, &package]);
        process::run(&mut install, npm::REMEDY)?;
        let mut build = Command::new("npm");
        build.current_dir(&root).args(["run", "build"]);
        process::run(build.env("ASTRO_TELEMETRY_DISABLED", "1"), npm::REMEDY)?;
        generator.check(samara, &root)?;
    }
    python(samara)
}

/// The same for the generators that are written in Python, in several themes.
fn python(samara: &Path) -> Result<()> {
    let venv = packages::folder().join("generators/python");
    if !venv.join("bin/pip").is_file() {
        process::run(
            Command::new("python3").args(["-m", "venv"]).arg(&venv),
            PYTHON,
        )?;
    }
    let mut pip = Command::new(venv.join("bin/pip"));
    pip.args([
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ])
    .arg(workspace::path("packages/generators.txt"))
    .arg(packages::wheel(None)?);
    process::run(&mut pip, PYTHON)?;
    let mut pip = Command::new(venv.join("bin/pip"));
    pip.args([
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--force-reinstall",
    ])
    .args(["mkdocs", "sphinx"].map(|name| workspace::path("packages").join(name)));
    process::run(&mut pip, PYTHON)?;
    for theme in ["material", "mkdocs", "readthedocs"] {
        let generator = Generator {
            name: "mkdocs",
            pages: Some("docs"),
            site: "site",
            page: "tea/index.html",
        };
        let root = generator.prepare()?;
        replace(&root.join("mkdocs.yml"), "material", theme)?;
        let mut build = Command::new(venv.join("bin/mkdocs"));
        process::run(build.current_dir(&root).args(["build", "--quiet"]), PYTHON)?;
        generator.check(samara, &root)?;
        let mut hidden = Command::new(samara);
        hidden
            .args(["search", "site/samara", "zanzibar"])
            .current_dir(&root);
        ensure!(
            hidden.output()?.stdout.is_empty(),
            "{theme}: an excluded page is found"
        );
    }
    for theme in [
        "furo",
        "alabaster",
        "pydata_sphinx_theme",
        "sphinx_book_theme",
        "sphinx_rtd_theme",
    ] {
        for builder in ["html", "dirhtml"] {
            let generator = Generator {
                name: "sphinx",
                pages: Some("."),
                site: "_build",
                page: if builder == "html" {
                    "tea.html"
                } else {
                    "tea/index.html"
                },
            };
            let root = generator.prepare()?;
            replace(&root.join("conf.py"), "furo", theme)?;
            let mut build = Command::new(venv.join("bin/sphinx-build"));
            build
                .current_dir(&root)
                .args(["--quiet", "--builder", builder, ".", "_build"]);
            process::run(&mut build, PYTHON)?;
            generator.check(samara, &root)?;
        }
    }
    println!(
        "Packages of version {VERSION} were built into the sites of {} generators",
        NODE.len() + 2
    );
    Ok(())
}

impl Generator {
    /// The example in a folder of its own, with the pages of the guides.
    fn prepare(&self) -> Result<PathBuf> {
        let root = packages::emptied(&format!("generators/{}", self.name))?;
        folder::copy(
            &workspace::path("packages").join(self.name).join("example"),
            &root,
        )?;
        if let Some(pages) = self.pages {
            folder::copy(&workspace::path("docs/guides/pages"), &root.join(pages))?;
        }
        Ok(root)
    }

    /// The page carries the search, its script is there, and the bundle finds what the site holds.
    fn check(&self, samara: &Path, root: &Path) -> Result<()> {
        let site = root.join(self.site);
        let page = site.join(self.page);
        let text =
            fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
        ensure!(
            text.contains("<samara-search"),
            "{} carries no search",
            page.display()
        );
        let bundle = site.join("samara");
        process::run(
            Command::new(samara).arg("check").arg(&bundle),
            "it was built just now",
        )?;
        let mut search = Command::new(samara);
        search.arg("search").arg(&bundle).arg("sourdough");
        process::run(&mut search, "it was built just now")
    }
}

fn replace(file: &Path, from: &str, to: &str) -> Result<()> {
    let text = fs::read_to_string(file)?;
    fs::write(file, text.replace(from, to))
        .with_context(|| format!("cannot write {}", file.display()))
}
