//! `samara build`: a corpus to a bundle.

use crate::bundle::{assets, files, module, page};
use crate::compressed::Sizes;
use crate::config::{Config, Size};
use crate::failure::{Misuse, Outcome};
use crate::{corpus, expect, output};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use samara_corpus::Options;
use samara_engine::{Document, Index, IndexWriter};
use serde::Deserialize;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many of the largest documents are named where a module is too large.
const LARGEST: usize = 5;

/// Builds a deployable search from a folder of documents.
#[derive(Args)]
#[command(after_help = "Examples:\n  samara build public/ -o public/samara\n  \
    samara build letters/ -o letters.html --layout single --title Letters\n\n\
    Every option can stand in samara.toml, too; flags go first, then SAMARA_… variables, then the file.")]
pub struct Build {
    /// Folders or files of documents: .html .htm .md .markdown .txt .json .jsonl, also gzipped; - is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Where the bundle goes: a folder of its own, or a file named .html for the single layout.
    #[arg(short, long, value_name = "DIR", env = "SAMARA_OUTPUT")]
    output: Option<PathBuf>,
    /// A folder with a script and a module, or one page that opens without any server [default: embedded].
    #[arg(long, value_enum, env = "SAMARA_LAYOUT")]
    layout: Option<Layout>,
    /// Title of the page of the single layout [default: Search].
    #[arg(long, env = "SAMARA_TITLE")]
    title: Option<String>,
    /// What the addresses of documents begin with, where they are relative.
    #[arg(long, value_name = "URL", env = "SAMARA_BASE_URL")]
    base_url: Option<String>,
    /// Fail above this size of the module, such as 500 kB or 2 MB.
    #[arg(long, value_name = "SIZE", env = "SAMARA_MAX_SIZE")]
    max_size: Option<Size>,
    /// Options in a file [default: samara.toml, if there is one].
    #[arg(long, value_name = "FILE", env = "SAMARA_CONFIG")]
    config: Option<PathBuf>,
    /// Say nothing but errors.
    #[arg(short, long)]
    quiet: bool,
}

/// How a bundle is deployed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// Script and module beside one another.
    #[default]
    Embedded,
    /// One page that holds everything.
    Single,
}

impl Build {
    /// Reads, cleans, indexes and writes.
    pub fn run(self) -> Result<Outcome> {
        let start = Instant::now();
        let quiet = self.quiet;
        let config = self.settled()?;
        let output = config
            .output
            .as_deref()
            .context(Misuse("say where the bundle goes with --output DIR".into()))?;
        let page = page_path(config.layout.unwrap_or_default(), output);
        if page.is_none() {
            files::claim(output)?;
        }
        let built = compile(&config, quiet)?;
        match &page {
            Some(path) => write_page(
                path,
                config.title.as_deref().unwrap_or("Search"),
                &built.module,
            )?,
            None => drop(files::write(output, &built.module)?),
        }
        if !quiet {
            let took = start.elapsed().as_secs_f32();
            eprintln!(
                "{} documents into {} in {took:.1} s",
                built.documents,
                page.as_deref().unwrap_or(output).display()
            );
            if page.is_none() {
                say_what_follows(&config, output, &built.module)?;
            }
        }
        Ok(Outcome::Done)
    }

    /// The options of the file, with those of the call over them.
    fn settled(self) -> Result<Config> {
        let file = Config::find(self.config.as_deref())?;
        Ok(Config {
            paths: if self.paths.is_empty() {
                file.paths
            } else {
                self.paths
            },
            output: self.output.or(file.output),
            layout: self.layout.or(file.layout),
            title: self.title.or(file.title),
            base_url: self.base_url.or(file.base_url),
            max_size: self.max_size.or(file.max_size),
            ..file
        })
    }
}

/// What a corpus came to.
pub struct Built {
    /// The module that holds its index.
    pub module: Vec<u8>,
    /// Number of documents.
    pub documents: usize,
}

/// From paths to a module that holds their index and keeps what the owner expects of it.
pub fn compile(config: &Config, quiet: bool) -> Result<Built> {
    if config.paths.is_empty() {
        return Err(Misuse("name the folder of documents: samara build PATH -o DIR".into()).into());
    }
    let options = Options {
        keep: config.keep.clone(),
        drop: config.drop.clone(),
        ..Options::default()
    };
    let corpus = corpus::read(&config.paths, &options)?;
    if !quiet {
        corpus::warn(&corpus.report);
    }
    let mut documents = corpus.documents;
    if let Some(base) = &config.base_url {
        documents
            .iter_mut()
            .for_each(|document| document.url = beneath(base, &document.url));
    }
    let largest = largest(&documents);
    let count = documents.len();
    let mut writer = IndexWriter::new();
    documents
        .into_iter()
        .for_each(|document| writer.add(document));
    let index = writer.finish()?;
    expect::check(&Index::open(&index)?, &config.expect)?;
    let module = module::put_index(assets::ENGINE, &index)?;
    if let Some(Size(limit)) = config.max_size
        && module.len() > limit
    {
        let (size, limit) = (output::bytes(module.len()), output::bytes(limit));
        bail!(
            "the module has {size}, more than the {limit} of --max-size; the largest documents:\n  {}",
            largest.join("\n  ")
        );
    }
    Ok(Built {
        module,
        documents: count,
    })
}

/// An address beneath another, unless it is whole by itself.
fn beneath(base: &str, url: &str) -> String {
    let scheme = url
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .contains(':');
    if scheme || url.starts_with("//") {
        return url.to_owned();
    }
    format!(
        "{}/{}",
        base.trim_end_matches('/'),
        url.trim_start_matches('/')
    )
}

fn largest(documents: &[Document]) -> Vec<String> {
    let mut sizes: Vec<(usize, &str)> = documents
        .iter()
        .map(|document| (document.plain_text().len(), document.id.as_str()))
        .collect();
    sizes.sort_unstable_by_key(|&(size, id)| (std::cmp::Reverse(size), id));
    let named = sizes.iter().take(LARGEST);
    named
        .map(|&(size, id)| format!("{:>9} {}", output::bytes(size), output::printable(id)))
        .collect()
}

/// Where the page goes, if the layout is a page.
fn page_path(layout: Layout, output: &Path) -> Option<PathBuf> {
    let named = output.extension() == Some(OsStr::new("html"));
    match layout {
        Layout::Embedded => None,
        Layout::Single if named => Some(output.to_owned()),
        Layout::Single => Some(output.join(files::PAGE)),
    }
}

fn write_page(path: &Path, title: &str, module: &[u8]) -> Result<()> {
    let folder = path
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    files::replace(
        folder,
        &name,
        page::write(title, assets::SCRIPT, module)?.as_bytes(),
    )
}

/// What visitors download, and the lines that bring the search into a page.
fn say_what_follows(config: &Config, output: &Path, module: &[u8]) -> Result<()> {
    let sizes = Sizes::of_all(&[assets::SCRIPT.as_bytes(), module])?;
    eprintln!(
        "{:<22} {:>10} {:>10} {:>10}",
        "a visitor downloads", "raw", "gzip", "brotli"
    );
    for (name, sizes) in ["script", "engine and index"].iter().zip(&sizes) {
        let [raw, gzip, brotli] = [sizes.raw, sizes.gzip, sizes.brotli].map(output::bytes);
        eprintln!("{name:<22} {raw:>10} {gzip:>10} {brotli:>10}");
    }
    // Where the bundle lies inside of the site, its address is known.
    let inside = config
        .paths
        .iter()
        .find_map(|site| output.strip_prefix(site).ok());
    let script = inside.map_or_else(
        || format!("PATH/{}", files::ENTRY),
        |folder| format!("/{}", folder.join(files::ENTRY).display()),
    );
    eprintln!("Put these lines into your pages:");
    eprintln!("  <script src=\"{script}\" defer></script>");
    eprintln!("  <samara-search></samara-search>");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_go_beneath_the_base() {
        for (base, url, expected) in [
            ("/docs", "a/b.html", "/docs/a/b.html"),
            ("/docs/", "/a.html", "/docs/a.html"),
            (
                "https://example.org",
                "a.html#b:c",
                "https://example.org/a.html#b:c",
            ),
            (
                "/docs",
                "https://other.example/a",
                "https://other.example/a",
            ),
            ("/docs", "//other.example/a", "//other.example/a"),
        ] {
            assert_eq!(beneath(base, url), expected);
        }
    }
}
