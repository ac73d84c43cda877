//! `samara build`: a corpus to a bundle.

use crate::bundle::contents::{Contents, ENTRY};
use crate::bundle::folder::{self, Alone};
use crate::bundle::layout::Layout;
use crate::bundle::manifest::{LeftOut, Manifest};
use crate::bundle::offline::Offline;
use crate::bundle::site::Site;
use crate::bundle::{assets, files, module, offline, page};
use crate::config::{Config, Size};
use crate::failure::{Misuse, Outcome};
use crate::output::{self, Talk};
use crate::progress::Progress;
use crate::say;
use crate::sent::Sent;
use crate::{corpus, expect, settings};
use anyhow::{Context, Result, bail};
use clap::Args;
use samara_engine::{Document, Index, IndexWriter};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many of the largest documents are named where a module is too large.
const LARGEST: usize = 5;

/// Builds a deployable search from a folder of documents.
#[derive(Args)]
#[command(after_help = "Examples:\n  samara build public/ -o public/samara\n  \
    samara build public/ -o public/samara --base-url https://example.org/docs/ --max-size 2MB\n  \
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
    /// Also write the page of the single layout, into this file.
    #[arg(long, value_name = "FILE", env = "SAMARA_PAGE")]
    page: Option<PathBuf>,
    /// Also write what each document became, a JSON object a line as `samara clean --json` prints it.
    #[arg(long, value_name = "FILE", env = "SAMARA_ACCOUNT")]
    account: Option<PathBuf>,
    /// What the addresses of documents begin with, where they are relative.
    #[arg(long, value_name = "URL", env = "SAMARA_BASE_URL")]
    base_url: Option<String>,
    /// Fail above this size of the module, such as 500 kB or 2 MB.
    #[arg(long, value_name = "SIZE", env = "SAMARA_MAX_SIZE")]
    max_size: Option<Size>,
    /// Write the worker that keeps the search when the network is gone, where it covers the site.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true",
        env = "SAMARA_SERVICE_WORKER")]
    service_worker: Option<bool>,
    #[command(flatten)]
    reading: corpus::Threads,
    /// Options in a file [default: samara.toml, if there is one].
    #[arg(long, value_name = "FILE", env = "SAMARA_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    talk: Talk,
}

impl Build {
    /// Reads, cleans, indexes and writes.
    pub fn run(self) -> Result<Outcome> {
        let start = Instant::now();
        let talk = self.talk;
        let config = self.settled()?;
        let output = config
            .output
            .as_deref()
            .context(Misuse("say where the bundle goes with --output DIR".into()))?;
        let page = page_path(config.layout.unwrap_or_default(), output)?;
        match &page {
            Some(path) => claim_page(path)?,
            None => files::claim(output)?,
        }
        if let Some(path) = &config.page {
            claim_page(path)?;
        }
        let built = compile(&config, talk)?;
        let title = config.title.as_deref().unwrap_or("Search");
        for path in page.iter().chain(&config.page) {
            write_page(path, title, &built.module)?;
        }
        let written = match &page {
            Some(_) => None,
            None => Some(write_folder(&config, output, &built)?),
        };
        let sizes = (!talk.quiet && written.is_some()).then(|| {
            let progress = Progress::endless(talk, "Compressing, to tell what visitors download");
            let sizes = [assets::SCRIPT.as_bytes(), &built.module].map(Sent::of);
            drop(progress);
            sizes
        });
        if !talk.quiet {
            say!(
                "{} into {} in {:.1} s",
                output::counted(built.documents, "document"),
                page.as_deref().unwrap_or(output).display(),
                start.elapsed().as_secs_f32()
            );
            say!("{}", built.report.trim_end());
            if let (Some(written), Some(sizes)) = (written, sizes) {
                say_sizes(&sizes);
                written.say_what_follows(&config, output);
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
            page: self.page.or(file.page),
            account: self.account.or(file.account),
            base_url: self.base_url.or(file.base_url),
            max_size: self.max_size.or(file.max_size),
            service_worker: self.service_worker.or(file.service_worker),
            threads: self.reading.threads.or(file.threads),
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
    /// What became of the documents as a whole, for people.
    pub report: String,
    /// What is not in it.
    pub left_out: LeftOut,
}

/// From paths to a module that holds their index and keeps what the owner expects of it.
pub fn compile(config: &Config, talk: Talk) -> Result<Built> {
    if config.paths.is_empty() {
        return Err(Misuse("name the folder of documents: samara build PATH -o DIR".into()).into());
    }
    let options = samara_corpus::Options {
        outside: config.account.is_some(),
        ..config.reading()
    };
    let corpus = corpus::read(&config.paths, &options, talk)?;
    corpus::warn(&corpus.report, talk);
    if let Some(path) = &config.account {
        fs::write(path, corpus::account(&corpus))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let report = corpus::summary(&corpus.report);
    let left_out = LeftOut::of(&corpus.report);
    let mut documents = corpus.documents;
    if let Some(base) = &config.base_url {
        documents
            .iter_mut()
            .for_each(|document| document.url = beneath(base, &document.url));
    }
    let largest = largest(&documents);
    let count = documents.len();
    let progress = Progress::endless(talk, "Indexing");
    let mut writer = IndexWriter::new();
    writer.set(settings::of(config, &documents)?);
    documents
        .into_iter()
        .for_each(|document| writer.add(document));
    let index = writer.finish()?;
    expect::check(&Index::open(&index)?, &config.expect)?;
    let module = module::put_index(assets::ENGINE, &index)?;
    drop(progress);
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
        report,
        left_out,
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
///
/// # Errors
/// The name is that of a page where a folder is wanted, or the other way round.
fn page_path(layout: Layout, output: &Path) -> Result<Option<PathBuf>> {
    let named = output.extension() == Some(OsStr::new("html"));
    let path = output.display();
    match layout {
        Layout::Embedded if named && !output.is_dir() => Err(Misuse(format!(
            "-o {path}: this is the name of a page; say --layout single for one page, or name a folder"
        ))
        .into()),
        Layout::Embedded => Ok(None),
        Layout::Single if named && output.is_dir() => Err(Misuse(format!(
            "-o {path}: this is a folder; name a page that is not there yet, or delete the folder"
        ))
        .into()),
        Layout::Single if named => Ok(Some(output.to_owned())),
        Layout::Single => Ok(Some(output.join(files::PAGE))),
    }
}

/// Makes sure that a page may be written: in place of none, or of one that a build wrote.
fn claim_page(path: &Path) -> Result<()> {
    match fs::read(path) {
        Ok(found) if !page::is_ours(&found) => Err(Misuse(format!(
            "{}: Samara did not write this page; name another one with --output, or delete it",
            path.display()
        ))
        .into()),
        // Where it cannot be read, writing says why.
        _ => Ok(()),
    }
}

fn write_page(path: &Path, title: &str, module: &[u8]) -> Result<()> {
    let folder = path
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let page = page::write(title, assets::SCRIPT, assets::LANGUAGES, module)?;
    let _alone = Alone::in_folder(folder)?;
    folder::replace(folder, &name, page.as_bytes())
}

/// A folder that has been written.
struct Written {
    manifest: Manifest,
    site: Option<Site>,
}

fn write_folder(config: &Config, output: &Path, built: &Built) -> Result<Written> {
    let site = Site::around(&config.paths, output);
    let contents = Contents::new(&built.module, site.as_ref().map(Site::way_up).as_deref());
    let offline = match config.service_worker {
        Some(true) => Some(Offline::new(
            output,
            site.as_ref(),
            &contents,
            &config.offline,
        )?),
        _ => None,
    };
    let manifest = files::write(output, &contents, offline.as_ref(), built.left_out.clone())?;
    Ok(Written { manifest, site })
}

impl Written {
    /// The lines that bring the search into a page.
    fn say_what_follows(&self, config: &Config, output: &Path) {
        // Where the bundle lies inside of the site, its address is known.
        let script = match (&self.site, &config.base_url) {
            (Some(site), base) => beneath(
                base.as_deref().unwrap_or("/"),
                &format!("{}{ENTRY}", site.bundle),
            ),
            (None, _) => format!("PATH/{ENTRY}"),
        };
        let mut attributes = String::new();
        if self.site.is_none() && config.base_url.is_none() {
            attributes.push_str(" base=\"/\"");
        }
        if let Some(worker) = &self.manifest.worker {
            let folder = worker.strip_suffix(offline::NAME).unwrap_or_default();
            attributes.push_str(&format!(" offline=\"{folder}\""));
        }
        let below = match (&self.site, &config.base_url) {
            (Some(_), None) => " (of a site below a path, such as /docs/, with --base-url /docs/)",
            _ => "",
        };
        say!("Put these lines into your pages{below}:");
        say!("  <script src=\"{script}\" defer></script>");
        say!("  <samara-search{attributes}></samara-search>");
        say!("Integrity of {ENTRY}, which changes with every build:");
        say!("  {}", self.manifest.integrity);
        if let Some(worker) = &self.manifest.worker {
            say!("Offline worker: {}", output.join(worker).display());
        }
    }
}

/// What visitors download of script and module.
fn say_sizes(sizes: &[Sent; 2]) {
    say!("{:<22} {:>10} {:>10}", "a visitor downloads", "raw", "gzip");
    for (name, sizes) in ["script", "engine and index"].iter().zip(sizes) {
        let [raw, gzip] = [sizes.raw, sizes.gzip].map(output::bytes);
        say!("{name:<22} {raw:>10} {gzip:>10}");
    }
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
