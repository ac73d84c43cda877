//! `samara build`: a corpus to a bundle.

use crate::bundle::layout::Layout;
use crate::choosing::Choosing;
use crate::compile::{compile, named_paths, reading};
use crate::config::{Base, Config, Size};
use crate::failure::{Misuse, Outcome};
use crate::output::{self, Talk};
use crate::target::{Target, say_known};
use crate::{corpus, numbers, say};
use anyhow::{Context, Result};
use clap::Args;
use samara_corpus::Share;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

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
    #[arg(long, value_name = "N", env = "SAMARA_MAX_FILES", value_parser = numbers::from_one, allow_negative_numbers = true)]
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
    base_url: Option<Base>,
    /// Fail above this size of the module, such as 500 kB or 2 MB.
    #[arg(
        long,
        value_name = "SIZE",
        env = "SAMARA_MAX_SIZE",
        allow_negative_numbers = true
    )]
    max_size: Option<Size>,
    #[command(flatten)]
    choosing: Choosing,
    /// Write the worker that keeps the search when the network is gone, where it covers the site.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true",
        env = "SAMARA_SERVICE_WORKER")]
    service_worker: Option<bool>,
    /// Memory that a build may take, such as 500 MB: what does not fit lies in temporary files [default: 1 GB].
    #[arg(
        long,
        value_name = "SIZE",
        env = "SAMARA_MEMORY",
        allow_negative_numbers = true
    )]
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
            memory: self.memory.or(file.memory),
            cache: self.cache.or(file.cache),
            ..file
        };
        Ok((self.choosing.over(config), lines))
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
