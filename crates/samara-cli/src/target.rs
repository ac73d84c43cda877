//! Where a bundle goes, and what is said when it is there.

use crate::bundle::contents::{Contents, ENTRY};
use crate::bundle::folder::{self, Alone};
use crate::bundle::layout::Layout;
use crate::bundle::manifest::{MANIFEST, Manifest};
use crate::bundle::offline::Offline;
use crate::bundle::pagefind::{self, Pagefind};
use crate::bundle::payload::Payload;
use crate::bundle::site::Site;
use crate::bundle::split::Packed;
use crate::bundle::{assets, files, offline, page, site};
use crate::compile::{Built, beneath};
use crate::config::Config;
use crate::failure::Misuse;
use crate::output::{self, Talk};
use crate::say;
use anyhow::{Context, Result};
use samara_engine::BlockKind;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

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
        if let Some(cache) = config.cache.as_deref().filter(|_| page.is_none())
            && lies_in(cache, output)
        {
            return Err(Misuse(format!(
                "--cache {}: this lies in the folder of the bundle, which is deployed; name a folder outside of it",
                cache.display()
            ))
            .into());
        }
        if page.is_some() && config.pagefind == Some(true) {
            return Err(Misuse(
                "--pagefind writes files that pages load, and --layout single is one page: leave one of the two out"
                    .into(),
            )
            .into());
        }
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
        if page.is_some() && output.join(MANIFEST).is_file() {
            say!(
                "warning: {}: a bundle of another layout lies here beside the page, and answers as it did; build into another \
                 folder, or delete it",
                output.display()
            );
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

/// Whether a path is a folder or lies beneath it, whether they are there or not.
fn lies_in(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| {
        let whole = std::path::absolute(path).ok()?;
        whole.ancestors().find_map(|there| {
            let real = samara_corpus::real_path(there).ok()?;
            Some(real.join(whole.strip_prefix(there).ok()?))
        })
    };
    let folder = real(folder);
    folder.is_some_and(|folder| real(path).is_some_and(|path| path.starts_with(folder)))
}

/// How many files had not to be read again.
pub fn say_known((files, known): (usize, usize)) {
    if known > 0 {
        say!(
            "{known} of {} had been read before",
            output::counted(files, "file")
        );
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
    if config.service_worker == Some(true) && !talk.quiet {
        say!(
            "warning: service-worker: a page of the layout single loads nothing from the network, so no worker is written"
        );
    }
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
    /// How many blocks of the build before had to go.
    gone: usize,
    site: Option<Site>,
}

fn write_folder(config: &Config, output: &Path, built: &Built) -> Result<Written> {
    let site = Site::around(&config.paths, output);
    let payload = &built.payload;
    let way_up = site.as_ref().map(Site::way_up);
    let pagefind = match (config.pagefind, &config.paths[..]) {
        (Some(true), [folder, ..]) => {
            let (marked, languages) = (&built.marked, built.languages.clone());
            // Addresses with a base of their own are whole, wherever the bundle lies.
            let root = way_up.clone().filter(|_| config.base_url.is_none());
            Some(Pagefind::new(folder, root, marked, languages)?)
        }
        _ => None,
    };
    let contents = Contents::new(payload, way_up.as_deref(), pagefind.as_ref());
    if pagefind.is_some() && pagefind::wrote(output) {
        pagefind::take_away(output)?;
    }
    let blocks = payload.blocks.as_ref();
    let names = blocks.into_iter().flat_map(Packed::names);
    // The engine is kept as a whole.
    let kept = names.filter(|name| {
        config.offline_blocks == Some(true) || BlockKind::of_file(name) == Some(BlockKind::Engine)
    });
    let kept: Vec<String> = kept.map(str::to_owned).collect();
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
    let (manifest, gone) = files::write(
        output,
        &contents,
        blocks,
        offline.as_ref(),
        built.left_out.clone(),
        config.max_files(),
    )?;
    Ok(Written {
        manifest,
        gone,
        site,
    })
}

impl Written {
    /// What visitors download, and the lines that bring the search into a page.
    fn say_what_follows(&self, config: &Config, output: &Path, payload: &Payload) {
        say_sizes(payload);
        if self.gone > 0 {
            say!(
                "note: {} of the build before had to go, since a bundle may have {} files (--max-files); pages that are open \
                 and ask for one of them look the index up anew",
                output::counted(self.gone, "block"),
                config.max_files()
            );
        }
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
        let when = match payload.blocks {
            Some(_) => "the version of Samara, and with where it lies",
            None => "every build",
        };
        say!("Integrity of {ENTRY}, which changes with {when}:");
        say!("  {}", self.manifest.integrity);
        if let Some(worker) = &self.manifest.worker {
            say!("Offline worker: {}", joined(output, worker).display());
        }
    }
}

/// A path beside or above a folder, without the steps that lead back out of it.
fn joined(folder: &Path, relative: &str) -> PathBuf {
    let mut path = folder.to_owned();
    for part in relative.split('/') {
        match part {
            ".." if path.file_name().is_some() => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
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
    if let Some(second) = payload.engine.second {
        let second = output::bytes(second.len());
        say!(
            "{:<22} {second:>10}  for passages and suggestions",
            "its second half"
        );
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
