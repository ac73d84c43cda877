//! `cargo xtask docs`: the documentation as a site, built by mdBook and searched by what it describes.
//!
//! Pages stand in `docs/`. Those of the packages are their READMEs, and the one of the command is what `--help` says.

use crate::build::Build;
use crate::samara::Profile;
use crate::{folder, mdbook, packages, process, samara, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Builds the documentation as a site, into target/docs/book/html.
#[derive(Args)]
pub struct Docs {
    /// Leave out the page that builds, which takes minutes to make.
    #[arg(long)]
    without_page: bool,
}

impl Docs {
    /// Gathers, builds, and asks the search for what every reader looks for.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let samara = samara::build(Profile::Release)?;
        let root = workspace::target().join("docs");
        let pages = gather(&root, &samara)?;
        every_page_is_listed(&pages)?;
        let mdbook = mdbook::install()?;
        process::run(
            Command::new(mdbook.join("mdbook"))
                .arg("build")
                .arg(&root)
                .env(
                    "PATH",
                    mdbook::with(&[samara.parent().unwrap_or(&root).into(), mdbook.clone()])?,
                ),
            mdbook::REMEDY,
        )?;
        let site = root.join("book/html");
        if !self.without_page {
            folder::copy(&packages::page()?, &site.join("build"))?;
        }
        links_lead_somewhere(&site, self.without_page)?;
        println!("{}", site.join("index.html").display());
        Ok(())
    }
}

/// Puts the book's sources together, and returns their folder.
fn gather(root: &Path, samara: &Path) -> Result<PathBuf> {
    folder::emptied(root)?;
    let pages = root.join("src");
    folder::copy(&workspace::path("docs"), &pages)?;
    for name in ["book.toml", "samara.toml"] {
        let moved = fs::rename(pages.join(name), root.join(name));
        moved.with_context(|| format!("docs/{name}: cannot be moved"))?;
    }
    for package in fs::read_dir(workspace::path("packages"))? {
        let package = package?;
        let readme = package.path().join("README.md");
        if readme.is_file() {
            let name = package.file_name();
            let text = fs::read_to_string(&readme)?.replace(
                "](example)",
                &format!(
                    "]({REPOSITORY}/tree/main/packages/{}/example)",
                    name.display()
                ),
            );
            let page = pages.join("packages").join(name).with_extension("md");
            fs::create_dir_all(pages.join("packages"))
                .and_then(|()| fs::write(&page, text))
                .with_context(|| format!("cannot write {}", page.display()))?;
        }
    }
    let page = pages.join("command.md");
    fs::write(&page, command(samara)?)
        .with_context(|| format!("cannot write {}", page.display()))?;
    Ok(pages)
}

/// What the command says of itself, a section for each of its own commands.
fn command(samara: &Path) -> Result<String> {
    let help = |arguments: &[&str]| -> Result<String> {
        let output = Command::new(samara).args(arguments).arg("--help").output();
        let output = output.with_context(|| format!("cannot run {}", samara.display()))?;
        Ok(String::from_utf8(output.stdout)?)
    };
    let whole = help(&[])?;
    let listed = whole
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1);
    let names = listed
        .map_while(|line| line.strip_prefix("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    let mut page = String::from("# The command\n\n");
    writeln!(page, "```text\n{}\n```", whole.trim_end())?;
    for name in names {
        let text = help(&[name])?;
        writeln!(
            page,
            "\n## samara {name}\n\n```text\n{}\n```",
            text.trim_end()
        )?;
    }
    Ok(page)
}

/// mdBook passes over pages that its summary does not list.
fn every_page_is_listed(pages: &Path) -> Result<()> {
    let summary = fs::read_to_string(pages.join("SUMMARY.md"))?;
    for path in folder::files(pages, "md")? {
        let name = path.strip_prefix(pages)?.display().to_string();
        let example = name.starts_with("guides/pages/");
        if name != "SUMMARY.md" && !example && !summary.contains(&format!("({name})")) {
            bail!("docs/SUMMARY.md does not list {name}");
        }
    }
    Ok(())
}

/// Every relative address in the pages is that of a file.
fn links_lead_somewhere(site: &Path, without_page: bool) -> Result<()> {
    let mut astray = Vec::new();
    for page in folder::files(site, "html")? {
        let text = fs::read_to_string(&page)?;
        let folder = page.parent().unwrap_or(site);
        let content = text
            .split_once("<main>")
            .and_then(|(_, rest)| rest.split_once("</main>"));
        let content = content.map_or("", |(content, _)| content);
        // What is shown of a page's source stands between tags.
        let tags = content.split('<').filter_map(|tag| tag.split('>').next());
        for tag in tags {
            for name in [" href=\"", " src=\""] {
                let Some((_, rest)) = tag.split_once(name) else {
                    continue;
                };
                let link = rest.split(['"', '#', '?']).next().unwrap_or_default();
                let own = !link.is_empty() && !link.contains(':') && !link.starts_with("//");
                let later = without_page && link.contains("build/build.html");
                if own && !later && !folder.join(link).exists() {
                    astray.push(format!("{}: {link}", page.strip_prefix(site)?.display()));
                }
            }
        }
    }
    if !astray.is_empty() {
        bail!("links that lead nowhere:\n  {}", astray.join("\n  "));
    }
    Ok(())
}
