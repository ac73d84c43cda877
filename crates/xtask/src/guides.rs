//! `cargo xtask test --guides`: every guide of docs/guides as its reader would follow it, with the real generator.
//!
//! A guide is its own test: code blocks with a `title` are files, blocks of `sh` are run. The sites that come
//! out, and The Rust Book, are served by four static servers and searched in a browser.

use crate::samara::Profile;
use crate::{apt, book, browser, folder, integrations, mdbook, npm, process, samara, workspace};
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the sites lie beneath the servers' root: nobody's search may need to lie at the root.
const SUB_PATH: &str = "handbook";

/// A guide and what comes out of it.
struct Guide {
    name: &'static str,
    /// Where the generator looks for pages.
    pages: &'static str,
    /// Where it writes the site.
    site: &'static str,
}

const GUIDES: [Guide; 6] = [
    Guide {
        name: "mdbook",
        pages: "src",
        site: "book/html",
    },
    Guide {
        name: "mkdocs",
        pages: "docs",
        site: "site",
    },
    Guide {
        name: "sphinx",
        pages: ".",
        site: "_build",
    },
    Guide {
        name: "eleventy",
        pages: ".",
        site: "_site",
    },
    Guide {
        name: "hugo",
        pages: "content",
        site: "public",
    },
    Guide {
        name: "starlight",
        pages: "src/content/docs",
        site: "dist",
    },
];

/// Sites that are searched by Pagefind's interfaces, in which layout, and from where the command is called: with their packages
/// installed above, and without.
const SWITCHED: [(&str, &str, &str); 3] = [
    ("installed", "embedded", "crates/xtask/guides"),
    ("blocks", "split", "crates/xtask/guides"),
    ("counterparts", "embedded", "target/guides"),
];

/// Follows every guide, serves what comes out, and searches it.
pub fn test() -> Result<()> {
    let browser = browser::find_or_install()?;
    let samara = samara::build(Profile::Release)?;
    let path = install()?;
    let served = folder::emptied(&folder().join("served"))?;
    let alone = folder::emptied(&folder().join("alone"))?;
    for guide in &GUIDES {
        eprintln!("Following docs/guides/{}.md", guide.name);
        let site = guide.follow(&path)?;
        folder::copy(&site, &served.join(SUB_PATH).join(guide.name))?;
        single(&samara, &site, &alone.join(guide.name))?;
    }
    match book::pages()? {
        Some(pages) => {
            let site = served.join(SUB_PATH).join("book");
            folder::copy(&pages, &site)?;
            process::run(
                Command::new(&samara)
                    .args(["build", "--quiet"])
                    .arg(&site)
                    .arg("--output")
                    .arg(site.join("samara")),
                samara::REMEDY,
            )?;
            single(&samara, &site, &alone.join("book"))?;
        }
        None => bail!("no Rust Book to serve: {}", book::REMEDY),
    }
    for (name, layout, called_from) in SWITCHED {
        let site = served.join(SUB_PATH).join(name);
        folder::copy(&folder().join("sites/eleventy/_site"), &site)?;
        fs::remove_dir_all(site.join("samara"))
            .with_context(|| format!("cannot clear {}", site.display()))?;
        process::run(
            Command::new(&samara)
                .args(["build", "--pagefind", "--quiet", "--layout", layout])
                .arg(&site)
                .current_dir(workspace::path(called_from)),
            samara::REMEDY,
        )?;
    }
    let mut node = npm::node();
    node.arg("--test")
        .arg(workspace::path("crates/xtask/guides/served.test.mjs"))
        .arg(workspace::path("crates/xtask/guides/pagefind.test.mjs"))
        .env("CHROME", browser.chromium)
        .env("SAMARA_SERVED", &served)
        .env("SAMARA_SUB_PATH", SUB_PATH)
        .env("SAMARA_ALONE", &alone);
    if env::var_os("SAMARA_FIREFOX").is_none()
        && let Some(firefox) = process::find(&["firefox-esr"])
    {
        node.env("SAMARA_FIREFOX", firefox);
    }
    npm::run(&mut node)?;
    apps(&samara, &browser::find_or_install()?.chromium)?;
    integrations::test(&samara, &[])
}

/// Builds small apps with the npm package, in the frameworks that people use it in, and searches them.
fn apps(samara: &Path, chromium: &Path) -> Result<()> {
    const APPS: &str = "crates/xtask/guides/apps";
    npm::install_in(APPS)?;
    npm::run(
        npm::node()
            .arg("--test")
            .arg(workspace::path(APPS).join("apps.test.mjs"))
            .env("CHROME", chromium)
            .env("SAMARA_COMMAND", samara),
    )
}

/// Where all of it happens.
fn folder() -> PathBuf {
    workspace::target().join("guides")
}

impl Guide {
    /// Writes the files of the guide beside the pages, runs its commands, and returns the site.
    fn follow(&self, path: &OsString) -> Result<PathBuf> {
        let root = folder::emptied(&folder().join("sites").join(self.name))?;
        folder::copy(
            &workspace::path("docs/guides/pages"),
            &root.join(self.pages),
        )?;
        let guide = workspace::path("docs/guides").join(format!("{}.md", self.name));
        let text = fs::read_to_string(&guide)
            .with_context(|| format!("cannot read {}", guide.display()))?;
        let mut commands = 0;
        for block in blocks(&text) {
            match block {
                Block::File { name, text } => {
                    let path = root.join(name);
                    let folder = path.parent().unwrap_or(&root);
                    fs::create_dir_all(folder)
                        .and_then(|()| fs::write(&path, text))
                        .with_context(|| format!("cannot write {}", path.display()))?;
                }
                Block::Commands(script) => {
                    commands += 1;
                    process::run(
                        Command::new("sh")
                            .args(["-ec", script])
                            .current_dir(&root)
                            .env("PATH", path),
                        "install a shell",
                    )?;
                }
            }
        }
        if commands == 0 {
            bail!("{} holds no block of sh to run", guide.display());
        }
        Ok(root.join(self.site))
    }
}

/// Something of a guide that a reader does.
#[derive(Debug, PartialEq)]
enum Block<'a> {
    /// Writes a file.
    File { name: &'a str, text: &'a str },
    /// Types commands.
    Commands(&'a str),
}

/// The code blocks of a guide, in order; those that are neither files nor commands are for reading alone.
fn blocks(guide: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut rest = guide;
    while let Some((_, block)) = rest.split_once("\n```") {
        let Some((info, block)) = block.split_once('\n') else {
            break;
        };
        let Some((text, after)) = block.split_once("\n```") else {
            break;
        };
        let name = info.split_once("title=\"");
        let name = name.and_then(|(_, name)| name.split('"').next());
        match name {
            Some(name) => blocks.push(Block::File { name, text }),
            None if info == "sh" => blocks.push(Block::Commands(text)),
            None => {}
        }
        rest = after;
    }
    blocks
}

/// Installs generators and servers, at the versions that the guides were tried with, and returns the search path
/// on which all of them and the command stand.
fn install() -> Result<OsString> {
    let folder = folder();
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    apt::install_missing(&[
        ("hugo", "hugo"),
        ("nginx", "nginx-light"),
        ("lighttpd", "lighttpd"),
        ("busybox", "busybox"),
        ("firefox-esr", "firefox-esr"),
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("Xvfb", "xvfb"),
    ])?;

    let mdbook = mdbook::install()?;
    let python = folder.join("python");
    let remedy = "install Python 3 with venv (Debian, Ubuntu: `apt-get install python3-venv`)";
    if !python.join("bin/pip").is_file() {
        process::run(
            Command::new("python3").args(["-m", "venv"]).arg(&python),
            remedy,
        )?;
    }
    process::run(
        Command::new(python.join("bin/pip"))
            .args([
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
            ])
            .arg(workspace::path("crates/xtask/guides/requirements.txt")),
        remedy,
    )?;
    let node = npm::install_guides()?;

    let command = workspace::target().join("release");
    mdbook::with(&[command, mdbook, python.join("bin"), node])
}

/// Builds the page that holds everything.
fn single(samara: &Path, site: &Path, page: &Path) -> Result<()> {
    process::run(
        Command::new(samara)
            .args(["build", "--quiet", "--layout", "single"])
            .arg(site)
            .arg("--output")
            .arg(page.with_extension("html")),
        samara::REMEDY,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_a_guide_are_files_and_commands() {
        let guide = "# Guide\n\n```toml title=\"a/b.toml\"\nkey = 1\n\nother = 2\n```\n\n```html\nfor reading\n```\n\n```sh\nrun this\n```\n";
        assert_eq!(
            blocks(guide),
            [
                Block::File {
                    name: "a/b.toml",
                    text: "key = 1\n\nother = 2"
                },
                Block::Commands("run this"),
            ]
        );
    }
}
