//! The packages for generators, each built into a real site by the real generator: part of `cargo xtask test --guides`.
//!
//! The folder `example` of a package is such a site; the pages of the guides are put beside its own.

use crate::packages::{self, VERSION};
use crate::{apt, browser, folder, npm, process, samara, workspace};
use anyhow::{Context, Result, ensure};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PYTHON: &str =
    "install Python 3.9 or later with venv (Debian, Ubuntu: `apt-get install python3-venv`)";

const JEKYLL_REMEDY: &str =
    "install Ruby and Jekyll (Debian, Ubuntu: `apt-get install jekyll jekyll-theme-minima`)";

/// Where sites lie beneath a server's root: their searches are opened as visitors do, below a sub-path.
const SUB_PATH: &str = "handbook";

/// A package and what comes out of it.
struct Generator {
    /// Its folder in `packages/`.
    name: &'static str,
    /// Where the example has its pages; nowhere, where they are of another kind.
    pages: Option<&'static str>,
    /// Where the site goes.
    site: &'static str,
    /// Folders beneath the site that hold a search; of most there is one, for the whole.
    searched: &'static [&'static str],
    /// A page that carries the search, in each of them.
    page: &'static str,
}

const WHOLE: &[&str] = &[""];

/// Those that npm installs.
const NODE: [Generator; 6] = [
    Generator {
        name: "eleventy",
        pages: Some("."),
        site: "_site",
        searched: WHOLE,
        page: "tea/index.html",
    },
    Generator {
        name: "vite",
        pages: None,
        site: "dist",
        searched: WHOLE,
        page: "index.html",
    },
    Generator {
        name: "vitepress",
        pages: Some("docs"),
        site: "docs/.vitepress/dist",
        searched: WHOLE,
        page: "tea.html",
    },
    Generator {
        name: "astro",
        pages: None,
        site: "dist",
        searched: WHOLE,
        page: "bread/index.html",
    },
    Generator {
        name: "docusaurus",
        pages: Some("docs"),
        site: "build",
        // A search for each language.
        searched: &["", "de"],
        page: "docs/tea/index.html",
    },
    Generator {
        name: "hexo",
        pages: Some("source/_posts"),
        site: "public",
        searched: WHOLE,
        page: "tea/index.html",
    },
];

const HUGO: Generator = Generator {
    name: "hugo",
    pages: Some("content"),
    site: "public",
    searched: WHOLE,
    page: "tea/index.html",
};

const JEKYLL: Generator = Generator {
    name: "jekyll",
    pages: None,
    site: "_site",
    searched: WHOLE,
    page: "index.html",
};

/// The names of the packages.
pub fn names() -> impl Iterator<Item = &'static str> {
    let node = NODE.iter().map(|generator| generator.name);
    node.chain(["mkdocs", "sphinx", HUGO.name, JEKYLL.name])
}

/// What all of them need.
struct Bench<'a> {
    samara: &'a Path,
    chromium: PathBuf,
}

/// Builds the examples of these names, all of them where there is none, and searches what comes out.
pub fn test(samara: &Path, names: &[String]) -> Result<()> {
    let wanted = |name: &str| names.is_empty() || names.iter().any(|one| one == name);
    let bench = Bench {
        samara,
        chromium: browser::find_or_install()?.chromium,
    };
    let node: Vec<&Generator> = NODE.iter().filter(|one| wanted(one.name)).collect();
    if !node.is_empty() {
        let package = packages::npm_package(&[])?;
        for generator in node {
            bench.node(generator, &package)?;
        }
    }
    if wanted("mkdocs") || wanted("sphinx") {
        let programs = pythons()?;
        if wanted("mkdocs") {
            bench.mkdocs(&programs)?;
        }
        if wanted("sphinx") {
            bench.sphinx(&programs)?;
        }
    }
    if wanted(HUGO.name) {
        bench.hugo()?;
    }
    if wanted(JEKYLL.name) {
        bench.jekyll()?;
    }
    let built: Vec<&str> = self::names().filter(|name| wanted(name)).collect();
    println!(
        "Packages of version {VERSION} were built into sites of {}",
        built.join(", ")
    );
    Ok(())
}

/// Packs all of them as their registries take them; Hugo's is taken from the repository itself.
pub fn packed() -> Result<Vec<PathBuf>> {
    let out = packages::emptied("generators/packed")?;
    let mut files = Vec::new();
    for generator in &NODE {
        let own = workspace::path("packages").join(generator.name);
        files.push(packages::packed(&own, &out)?);
    }
    for name in ["mkdocs", "sphinx"] {
        files.push(packages::pure_wheel(name, &out)?);
    }
    apt::install_missing(&[("gem", "ruby")])?;
    files.push(gem(&out)?);
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        ensure!(
            name.contains(VERSION),
            "{name} is not of version {VERSION}; raise it beside the others"
        );
    }
    Ok(files)
}

/// Packs Jekyll's into a folder.
fn gem(out: &Path) -> Result<PathBuf> {
    let gem = out.join(format!("jekyll-samara-{VERSION}.gem"));
    let mut pack = Command::new("gem");
    pack.current_dir(workspace::path("packages/jekyll"))
        .args(["build", "--quiet", "jekyll-samara.gemspec", "--output"])
        .env("SOURCE_DATE_EPOCH", "315532800");
    process::run(pack.arg(&gem), JEKYLL_REMEDY)?;
    Ok(gem)
}

/// Installs the generators that are written in Python and their packages, and returns the folder of their programs.
fn pythons() -> Result<PathBuf> {
    let venv = packages::folder().join("generators/python");
    if !venv.join("bin/pip").is_file() {
        process::run(
            Command::new("python3").args(["-m", "venv"]).arg(&venv),
            PYTHON,
        )?;
    }
    let pip = |options: &[&str]| {
        let mut pip = Command::new(venv.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check"]);
        pip.args(options);
        pip
    };
    let mut others = pip(&["--requirement"]);
    others
        .arg(workspace::path("packages/generators.txt"))
        .arg(packages::wheel(None)?);
    process::run(&mut others, PYTHON)?;
    let mut own = pip(&["--no-deps", "--no-build-isolation", "--force-reinstall"]);
    own.args(["mkdocs", "sphinx"].map(|name| workspace::path("packages").join(name)));
    process::run(&mut own, PYTHON)?;
    Ok(venv.join("bin"))
}

impl Bench<'_> {
    fn node(&self, generator: &Generator, package: &Path) -> Result<()> {
        let root = generator.prepare()?;
        let own = packages::packed(&workspace::path("packages").join(generator.name), &root)?;
        let mut install = Command::new("npm");
        install
            .current_dir(&root)
            .args(["install", "--no-audit", "--no-fund"])
            .arg(own)
            .arg(package);
        process::run(&mut install, npm::REMEDY)?;
        let mut build = Command::new("npm");
        build.current_dir(&root).args(["run", "build"]);
        process::run(build.env("ASTRO_TELEMETRY_DISABLED", "1"), npm::REMEDY)?;
        self.check(generator, &root)
    }

    /// Hugo knows no end of a build, so that there are two commands.
    fn hugo(&self) -> Result<()> {
        apt::install_missing(&[("hugo", "hugo")])?;
        let root = HUGO.prepare()?;
        folder::copy(
            &workspace::path("packages/hugo"),
            &root.join("themes/samara"),
        )?;
        let mut hugo = Command::new("hugo");
        process::run(hugo.current_dir(&root).arg("--quiet"), "install Hugo")?;
        let mut build = Command::new(self.samara);
        build.args(["build", HUGO.site, "--quiet", "--output"]);
        process::run(
            build
                .arg(format!("{}/samara", HUGO.site))
                .current_dir(&root),
            samara::REMEDY,
        )?;
        self.check(&HUGO, &root)
    }

    fn jekyll(&self) -> Result<()> {
        apt::install_missing(&[("jekyll", "jekyll")])?;
        // The theme is a package that the other one only recommends.
        let mut theme = Command::new("gem");
        theme.args(["list", "--installed", "^minima$"]);
        if process::output(&mut theme, JEKYLL_REMEDY).is_err() {
            apt::install(&["jekyll-theme-minima"], JEKYLL_REMEDY)?;
        }
        let root = JEKYLL.prepare()?;
        let gems = packages::emptied("generators/gems")?;
        let gem = gem(&gems)?;
        let mut install = Command::new("gem");
        install
            .args([
                "install",
                "--quiet",
                "--local",
                "--ignore-dependencies",
                "--no-document",
            ])
            .arg("--install-dir")
            .arg(&gems);
        process::run(install.arg(&gem), JEKYLL_REMEDY)?;
        let others = process::output(Command::new("gem").args(["env", "gempath"]), JEKYLL_REMEDY)?;
        let here = [gems, PathBuf::from(others.trim())];
        let here: Vec<String> = here.iter().map(|path| path.display().to_string()).collect();
        let own = env::var_os("PATH").unwrap_or_default();
        let command = self.samara.parent().map(Path::to_path_buf);
        let mut build = Command::new("jekyll");
        build
            .args(["build", "--quiet"])
            .current_dir(&root)
            .env("GEM_PATH", here.join(":"))
            .env(
                "PATH",
                env::join_paths(command.into_iter().chain(env::split_paths(&own)))?,
            );
        // Once more: the search of the first build is none of the pages.
        process::run(&mut build, JEKYLL_REMEDY)?;
        process::run(&mut build, JEKYLL_REMEDY)?;
        self.check(&JEKYLL, &root)
    }

    /// In each theme that has a place for it.
    fn mkdocs(&self, programs: &Path) -> Result<()> {
        for theme in ["material", "mkdocs", "readthedocs"] {
            let generator = Generator {
                name: "mkdocs",
                pages: Some("docs"),
                site: "site",
                searched: WHOLE,
                page: "tea/index.html",
            };
            let root = generator.prepare()?;
            replace(&root.join("mkdocs.yml"), "material", theme)?;
            let mut build = Command::new(programs.join("mkdocs"));
            process::run(build.current_dir(&root).args(["build", "--quiet"]), PYTHON)?;
            self.check(&generator, &root)?;
            let mut hidden = Command::new(self.samara);
            hidden
                .args(["search", "site/samara", "zanzibar"])
                .current_dir(&root);
            ensure!(
                hidden.output()?.stdout.is_empty(),
                "{theme}: an excluded page is found"
            );
        }
        Ok(())
    }

    /// In each theme that has a place for it, by either builder of pages.
    fn sphinx(&self, programs: &Path) -> Result<()> {
        for theme in [
            "furo",
            "alabaster",
            "pydata_sphinx_theme",
            "sphinx_book_theme",
            "sphinx_rtd_theme",
        ] {
            for (builder, page) in [("html", "tea.html"), ("dirhtml", "tea/index.html")] {
                let generator = Generator {
                    name: "sphinx",
                    pages: Some("."),
                    site: "_build",
                    searched: WHOLE,
                    page,
                };
                let root = generator.prepare()?;
                replace(&root.join("conf.py"), "furo", theme)?;
                let mut build = Command::new(programs.join("sphinx-build"));
                build
                    .current_dir(&root)
                    .args(["--quiet", "--builder", builder, ".", "_build"]);
                process::run(&mut build, PYTHON)?;
                self.check(&generator, &root)?;
            }
        }
        Ok(())
    }

    /// Each page carries the search, its bundle finds what the site holds, and so does a visitor in a browser.
    fn check(&self, generator: &Generator, root: &Path) -> Result<()> {
        let site = root.join(generator.site);
        for part in generator.searched {
            let page = site.join(part).join(generator.page);
            let text = fs::read_to_string(&page)
                .with_context(|| format!("cannot read {}", page.display()))?;
            ensure!(
                text.contains("<samara-search"),
                "{} carries no search",
                page.display()
            );
            let bundle = site.join(part).join("samara");
            process::run(
                Command::new(self.samara).arg("check").arg(&bundle),
                "it was built just now",
            )?;
            let mut search = Command::new(self.samara);
            search.arg("search").arg(&bundle).arg("sourdough");
            process::run(&mut search, "it was built just now")?;
            let path = Path::new(part).join(generator.page);
            let mut node = npm::node();
            node.arg("--test")
                .arg(workspace::path("crates/xtask/guides/integrated.test.mjs"))
                .env("CHROME", &self.chromium)
                .env("SAMARA_INTEGRATED", &site)
                .env("SAMARA_SUB_PATH", format!("{SUB_PATH}/{}", generator.name))
                .env("SAMARA_PAGE", path);
            npm::run(&mut node)?;
        }
        Ok(())
    }
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
}

fn replace(file: &Path, from: &str, to: &str) -> Result<()> {
    let text = fs::read_to_string(file)?;
    fs::write(file, text.replace(from, to))
        .with_context(|| format!("cannot write {}", file.display()))
}
