//! `samara build`: a corpus to a bundle.

use crate::bundle::contents::{Contents, ENTRY};
use crate::bundle::folder::{self, Alone};
use crate::bundle::layout::Layout;
use crate::bundle::manifest::{LeftOut, Manifest};
use crate::bundle::offline::Offline;
use crate::bundle::pagefind::{self, Pagefind};
use crate::bundle::payload::Payload;
use crate::bundle::site::Site;
use crate::bundle::{assets, files, module, offline, page, site, split};
use crate::config::{Config, Size};
use crate::failure::{Misuse, Outcome};
use crate::output::{self, Talk};
use crate::progress::Progress;
use crate::{corpus, expect, numbers, say, settings};
use anyhow::{Context, Result, bail};
use clap::Args;
use samara_corpus::{MarkedFields, Share};
use samara_engine::{Document, Index, IndexWriter};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many of the largest documents are named where a module is too large.
const LARGEST: usize = 5;

/// The part of the memory of a build that pages may take. Codes, dictionaries and lists take the rest.
const SHARE_OF_PAGES: usize = 4;
/// The memory of a build where nothing is said.
const MEMORY: usize = 1_000_000_000;

/// Builds a deployable search from a folder of documents.
#[derive(Args)]
#[command(after_help = "Examples:\n  samara build public/ -o public/samara\n  \
    samara build public/ -o public/samara --base-url https://example.org/docs/ --max-size 2MB\n  \
    samara build letters/ -o letters.html --layout single --title Letters\n\n\
    Every option can stand in samara.toml, too; flags go first, then SAMARA_… variables, then the file.")]
pub struct Build {
    /// Folders or files of documents (.html .htm .md .txt .json .jsonl .csv .xml .adoc .rst .org .eml .mbox .epub .pdf and their like, also gzipped); - is standard input.
    #[arg(value_name = "PATH", env = "SAMARA_PATHS")]
    paths: Vec<PathBuf>,
    /// Only read a share of the files, such as 3/16, and write it into the file that --output names, for samara merge.
    #[arg(long, value_name = "N/OF", env = "SAMARA_PART", value_parser = share)]
    part: Option<Share>,
    #[command(flatten)]
    options: Options,
}

/// What a build and a merge of parts have in common.
#[derive(Args)]
pub struct Options {
    /// Write what sites load that were made for Pagefind, into PATH/pagefind unless --output says where.
    #[arg(long, env = "SAMARA_PAGEFIND", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pagefind: Option<bool>,
    /// Where the bundle goes: a folder of its own, or a file named .html for the single layout.
    #[arg(short, long, value_name = "DIR", env = "SAMARA_OUTPUT")]
    output: Option<PathBuf>,
    /// Whether a page loads the index in one file, has it inside of itself, or fetches the blocks of it that a query needs
    /// [default: embedded or split, as the size of the index says].
    #[arg(long, value_enum, env = "SAMARA_LAYOUT")]
    layout: Option<Layout>,
    /// Most files of a bundle of the split layout [default: 15000].
    #[arg(long, value_name = "N", env = "SAMARA_MAX_FILES", value_parser = numbers::from_one)]
    max_files: Option<NonZeroUsize>,
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
    /// Read only files whose path matches, such as **/*.{html,htm}.
    #[arg(long, value_name = "GLOB", env = "SAMARA_GLOB")]
    glob: Option<String>,
    /// CSS selector of what holds the content of pages; pages without it are left out.
    #[arg(long, value_name = "SELECTOR", env = "SAMARA_ROOT_SELECTOR")]
    root_selector: Option<String>,
    /// CSS selector of what is left out of pages; may be said several times.
    #[arg(long, value_name = "SELECTOR", env = "SAMARA_EXCLUDE_SELECTORS")]
    exclude_selectors: Vec<String>,
    /// Take all pages for pages in this language, such as en.
    #[arg(long, value_name = "LANG", env = "SAMARA_FORCE_LANGUAGE")]
    force_language: Option<String>,
    /// Whether addresses of folders end with index.html [default: as the site's links do; false with --pagefind].
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true",
        env = "SAMARA_KEEP_INDEX_URL")]
    keep_index_url: Option<bool>,
    /// Write the worker that keeps the search when the network is gone, where it covers the site.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true",
        env = "SAMARA_SERVICE_WORKER")]
    service_worker: Option<bool>,
    /// Memory that a build may take, such as 500 MB: pages that do not fit lie in a temporary file [default: 1 GB].
    #[arg(long, value_name = "SIZE", env = "SAMARA_MEMORY")]
    memory: Option<Size>,
    /// Folder that keeps what was read of each file, so that the next build reads only what has changed.
    #[arg(long, value_name = "DIR", env = "SAMARA_CACHE")]
    cache: Option<PathBuf>,
    #[command(flatten)]
    reading: corpus::Threads,
    /// Options in a file [default: samara.toml, if there is one].
    #[arg(long, value_name = "FILE", env = "SAMARA_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    talk: Talk,
}

impl Build {
    /// Reads, cleans, indexes and writes; or only reads a part.
    pub fn run(self) -> Result<Outcome> {
        let start = Instant::now();
        let talk = self.options.talk;
        let (output, part) = (self.options.output.clone(), self.part);
        let (mut config, lines) = self.options.settled(self.paths)?;
        config.put_beneath_site();
        if !talk.quiet {
            lines.iter().for_each(|line| say!("note: {line}"));
        }
        if let Some(share) = part {
            return write_part(&config, share, output.as_deref(), talk);
        }
        let target = Target::claim(&config)?;
        let built = compile(&config, talk)?;
        target.write(&config, &built, start, talk)?;
        Ok(Outcome::Done)
    }
}

impl Options {
    /// The options of the file, with those of the call over them.
    pub fn settled(self, paths: Vec<PathBuf>) -> Result<(Config, Vec<String>)> {
        let (mut file, mut lines) = Config::find(self.config.as_deref())?;
        if self.pagefind.or(file.pagefind) == Some(true) {
            let (both, more) = crate::pagefind::with_variables(file)?;
            file = both;
            lines.extend(more);
        }
        let config = Config {
            paths: if paths.is_empty() { file.paths } else { paths },
            output: self.output.or(file.output),
            layout: self.layout.or(file.layout),
            max_files: self.max_files.or(file.max_files),
            title: self.title.or(file.title),
            page: self.page.or(file.page),
            account: self.account.or(file.account),
            base_url: self.base_url.or(file.base_url),
            max_size: self.max_size.or(file.max_size),
            service_worker: self.service_worker.or(file.service_worker),
            threads: self.reading.threads.or(file.threads),
            pagefind: self.pagefind.or(file.pagefind),
            glob: self.glob.or(file.glob),
            root_selector: self.root_selector.or(file.root_selector),
            exclude_selectors: if self.exclude_selectors.is_empty() {
                file.exclude_selectors
            } else {
                self.exclude_selectors
            },
            force_language: self.force_language.or(file.force_language),
            keep_index_url: self.keep_index_url.or(file.keep_index_url),
            memory: self.memory.or(file.memory),
            cache: self.cache.or(file.cache),
            ..file
        };
        Ok((config, lines))
    }

    /// How much is said.
    pub fn talk(&self) -> Talk {
        self.talk
    }
}

/// Which part of how many, as in `3/16`.
fn share(text: &str) -> Result<Share, String> {
    let numbers = text.split_once('/').and_then(|(part, of)| {
        let part = part.trim().parse::<u32>().ok()?;
        Some((part, of.trim().parse::<u32>().ok()?))
    });
    match numbers {
        Some((part, of)) if (1..=of).contains(&part) => Ok(Share { part, of }),
        _ => Err("write which part of how many, from 1, such as 3/16".to_owned()),
    }
}

/// Reads a share of the files into a file.
fn write_part(config: &Config, share: Share, output: Option<&Path>, talk: Talk) -> Result<Outcome> {
    let output = output.context(Misuse(
        "say which file the part goes into: samara build PATH --part 1/4 -o 1.part".into(),
    ))?;
    if output.exists() && !samara_corpus::is_part(output) {
        return Err(Misuse(format!(
            "-o {}: Samara did not write this; name another file for the part, or delete it",
            output.display()
        ))
        .into());
    }
    named_paths(config)?;
    let source = corpus::Source::of(&config.paths, &reading(config), Some(share), talk)?;
    let written = source.reading().write_part(output);
    written.with_context(|| format!("cannot write {}", output.display()))?;
    if !talk.quiet {
        let (read, all) = source.reading().counts();
        say!(
            "part {} of {}: {} of {all} read into {}",
            share.part,
            share.of,
            output::counted(read, "file"),
            output.display()
        );
        say_known((read, source.reading().known()));
    }
    Ok(Outcome::Done)
}

/// Where a bundle goes, which may go there.
pub struct Target {
    output: PathBuf,
    /// The page, if the layout is one.
    page: Option<PathBuf>,
}

impl Target {
    /// Makes sure that nothing is there that belongs to somebody else.
    pub fn claim(config: &Config) -> Result<Self> {
        let output = config
            .output
            .as_deref()
            .context(Misuse("say where the bundle goes with --output DIR".into()))?;
        let page = page_path(config.layout, output)?;
        match &page {
            Some(path) => claim_page(path)?,
            None if config.pagefind == Some(true) && pagefind::wrote(output) => {}
            None => files::claim(output)?,
        }
        if let Some(path) = &config.page {
            claim_page(path)?;
        }
        Ok(Self {
            output: output.to_owned(),
            page,
        })
    }

    /// Writes what was built since `start`, and says so.
    pub fn write(self, config: &Config, built: &Built, start: Instant, talk: Talk) -> Result<()> {
        let Self { output, page } = self;
        for path in page.iter().chain(&config.page) {
            write_page(path, config, built.with_index(), talk)?;
        }
        let written = match &page {
            Some(_) => None,
            None => Some(write_folder(config, &output, built)?),
        };
        if talk.quiet {
            return Ok(());
        }
        say!(
            "{} into {} in {:.1} s",
            output::counted(built.documents, "document"),
            page.as_deref().unwrap_or(&output).display(),
            start.elapsed().as_secs_f32()
        );
        say!("{}", built.report.trim_end());
        say_known(built.files);
        if config.layout.is_none() {
            say!("{}", Layout::reason(built.index));
        }
        if let Some(written) = written {
            written.say_what_follows(config, &output, &built.payload);
        }
        Ok(())
    }
}

/// What a corpus came to.
pub struct Built {
    /// What a page loads of it.
    pub payload: Payload,
    /// A module that holds the index, for a page of its own beside an index in blocks.
    whole: Option<Vec<u8>>,
    /// Bytes of its index.
    pub index: usize,
    /// Number of documents.
    pub documents: usize,
    /// What became of the documents as a whole, for people.
    pub report: String,
    /// How many files there are, and how many of them the cache had.
    files: (usize, usize),
    /// What is not in it.
    pub left_out: LeftOut,
    /// Fields that pages mark for search.
    pub marked: MarkedFields,
    /// How many documents there are in each language.
    pub languages: BTreeMap<String, usize>,
}

impl Built {
    /// The module for a page of its own.
    fn with_index(&self) -> &[u8] {
        self.whole.as_deref().unwrap_or(&self.payload.module)
    }
}

/// How the documents of a build are read.
pub fn reading(config: &Config) -> samara_corpus::Options {
    let memory = config.memory.map_or(MEMORY, |Size(bytes)| bytes);
    samara_corpus::Options {
        outside: config.account.is_some(),
        memory: Some(memory / SHARE_OF_PAGES),
        ..config.reading()
    }
}

fn named_paths(config: &Config) -> Result<()> {
    if config.paths.is_empty() {
        return Err(Misuse("name the folder of documents: samara build PATH -o DIR".into()).into());
    }
    Ok(())
}

/// From paths to what a page loads of them, which keeps what the owner expects of it.
pub fn compile(config: &Config, talk: Talk) -> Result<Built> {
    named_paths(config)?;
    let source = corpus::Source::of(&config.paths, &reading(config), None, talk)?;
    compile_source(config, source, talk)
}

/// How many files had not to be read again.
fn say_known((files, known): (usize, usize)) {
    if known > 0 {
        say!(
            "{known} of {} had been read before",
            output::counted(files, "file")
        );
    }
}

/// The same of what was read before.
pub fn compile_source(config: &Config, source: corpus::Source, talk: Talk) -> Result<Built> {
    let files = (source.reading().counts().0, source.reading().known());
    let progress = Progress::endless(talk, "Indexing");
    let mut writer = IndexWriter::new();
    let mut languages = BTreeMap::new();
    let mut largest = Largest::default();
    let mut account = config.account.as_deref().map(corpus::Account::new);
    let documents = source.documents(&reading(config), &mut |mut document, outcome| {
        if let Some(account) = &mut account {
            account.add(&document, outcome);
        }
        // It is counted, and nobody asks for it any longer.
        outcome.dropped = Vec::new();
        if let Some(base) = &config.base_url {
            document.url = beneath(base, &document.url);
        }
        if let Some(language) = &document.language {
            *languages.entry(language.clone()).or_default() += 1;
        }
        largest.add(&document);
        writer.add(document);
    });
    drop(progress);
    let (mut report, marked) = documents?;
    corpus::warn(&report, talk);
    if let Some(account) = account {
        account.finish(&report)?;
    }
    let left_out = LeftOut::of(&report);
    let report = corpus::summary(&mut report);
    let progress = Progress::endless(talk, "Indexing");
    let count = writer.documents().len();
    writer.set(settings::of(config, writer.documents())?);
    let index = writer.finish()?;
    expect::check(&Index::open(&index)?, &config.expect)?;
    let layout = match config.layout {
        Some(Layout::Split) if config.pagefind == Some(true) => {
            return Err(Misuse(
                "--pagefind and --layout split do not go together yet: pagefind.js reads an index in one module".into(),
            )
            .into());
        }
        None if config.pagefind == Some(true) => Layout::Embedded,
        Some(layout) => layout,
        None => Layout::for_index(index.len()),
    };
    let most = config
        .max_files
        .map_or(split::MOST_FILES, NonZeroUsize::get);
    let payload = Payload::new(layout, &index, most)?;
    drop(progress);
    let whole = match layout {
        Layout::Split if config.page.is_some() => {
            Some(module::put_index(assets::WHOLE.module, &index)?)
        }
        _ => None,
    };
    let module = payload.module.len();
    if let Some(Size(limit)) = config.max_size
        && module > limit
    {
        let (size, limit) = (output::bytes(module), output::bytes(limit));
        bail!(
            "the module has {size}, more than the {limit} of --max-size; the largest documents:\n  {}",
            largest.named().join("\n  ")
        );
    }
    Ok(Built {
        payload,
        whole,
        index: index.len(),
        documents: count,
        report,
        files,
        left_out,
        marked,
        languages,
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
        url.trim_start_matches("./").trim_start_matches('/')
    )
}

/// The largest documents so far, and their bytes.
#[derive(Default)]
struct Largest {
    sizes: Vec<(usize, String)>,
}

impl Largest {
    fn add(&mut self, document: &Document) {
        self.sizes
            .push((document.plain_text().len(), document.id.clone()));
        self.sizes
            .sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
        self.sizes.truncate(LARGEST);
    }

    fn named(&self) -> Vec<String> {
        let named = self.sizes.iter();
        named
            .map(|(size, id)| format!("{:>9} {}", output::bytes(*size), output::printable(id)))
            .collect()
    }
}

/// Where the page goes, if the layout is a page.
///
/// # Errors
/// The name is that of a page where a folder is wanted, or the other way round.
fn page_path(layout: Option<Layout>, output: &Path) -> Result<Option<PathBuf>> {
    let named = output.extension() == Some(OsStr::new("html"));
    let path = output.display();
    let is_page = layout == Some(Layout::Single);
    match is_page {
        false if named && !output.is_dir() => Err(Misuse(format!(
            "-o {path}: this is the name of a page; say --layout single for one page, or name a folder"
        ))
        .into()),
        false => Ok(None),
        true if named && output.is_dir() => Err(Misuse(format!(
            "-o {path}: this is a folder; name a page that is not there yet, or delete the folder"
        ))
        .into()),
        true if named => Ok(Some(output.to_owned())),
        true => Ok(Some(output.join(files::PAGE))),
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

fn write_page(path: &Path, config: &Config, module: &[u8], talk: Talk) -> Result<()> {
    let folder = path
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let title = config.title.as_deref().unwrap_or("Search");
    let base = match config.base_url {
        // The addresses are whole.
        Some(_) => Some(String::new()),
        None => site::way_to(&config.paths, path),
    };
    if base.is_none() && !talk.quiet {
        say!(
            "note: the documents lie in several folders, and hits lead from each as if the page lay there; say with \
             --base-url where they are"
        );
    }
    let base = base.unwrap_or_default();
    let page = page::write(title, &base, assets::SINGLE, assets::LANGUAGES, module)?;
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
    let payload = &built.payload;
    let way_up = site.as_ref().map(Site::way_up);
    let pagefind = match (config.pagefind, &config.paths[..]) {
        (Some(true), [folder, ..]) => {
            let (marked, languages) = (&built.marked, built.languages.clone());
            Some(Pagefind::new(folder, way_up.clone(), marked, languages)?)
        }
        _ => None,
    };
    let contents = Contents::new(payload, way_up.as_deref(), pagefind.as_ref());
    if pagefind.is_some() && pagefind::wrote(output) {
        pagefind::take_away(output)?;
    }
    let blocks = payload.blocks.as_ref();
    let kept: Vec<String> = match blocks {
        Some(packed) if config.offline_blocks == Some(true) => {
            packed.names().map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    let offline = match config.service_worker {
        Some(true) => Some(Offline::new(
            output,
            site.as_ref(),
            &contents,
            &config.offline,
            &kept,
        )?),
        _ => None,
    };
    let manifest = files::write(
        output,
        &contents,
        blocks,
        offline.as_ref(),
        built.left_out.clone(),
    )?;
    Ok(Written { manifest, site })
}

impl Written {
    /// What visitors download, and the lines that bring the search into a page.
    fn say_what_follows(&self, config: &Config, output: &Path, payload: &Payload) {
        say_sizes(payload);
        if config.pagefind == Some(true) {
            say!("Pages that were made for Pagefind load the same files, and stay as they are.");
            return;
        }
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

/// What visitors download, as it is: compressing a large module takes longer than building it.
fn say_sizes(payload: &Payload) {
    say!(
        "{:<22} {:>10}   (compressed: samara inspect --compressed)",
        "a visitor downloads",
        "raw"
    );
    let engine = match payload.blocks {
        Some(_) => "engine",
        None => "engine and index",
    };
    for (name, length) in [
        ("with every page", payload.engine.script.len()),
        ("to search: script", payload.engine.search.len()),
        (engine, payload.module.len()),
    ] {
        say!("{name:<22} {:>10}", output::bytes(length));
    }
    if let Some(packed) = &payload.blocks {
        let root = output::bytes(packed.root.len());
        say!("{:<22} {root:>10}  as it is stored", "root");
        let blocks = output::counted(packed.blocks.len(), "block");
        let all = output::bytes(packed.stored());
        say!(
            "{:<22} {all:>10}  root included; a query fetches a few of them (samara search --cost)",
            format!("of {blocks}")
        );
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
            ("/docs/", "./", "/docs/"),
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
