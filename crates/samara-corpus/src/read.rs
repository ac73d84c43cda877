//! From paths to a corpus: every file through its reader, in one fixed order.

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use samara_engine::Document;

use crate::corpus;
use crate::decode::{Decoded, decode};
use crate::error::Error;
use crate::files::{self, File};
use crate::fold::{drop_invisible, tidy};
use crate::format::Format;
use crate::html::{self, Reading};
use crate::options::Options;
use crate::page::Page;
use crate::report::{Report, Warning};
use crate::rule::Rule;
use crate::workers::Workers;
use crate::{blob, json, language, markdown, similar, text, url};

/// Files of fewer bytes cannot keep a reader busy for long.
const LARGE: usize = 1 << 18;
/// A large file takes a second or two, and its extractors a minute at most.
const PATIENCE: Duration = Duration::from_secs(150);
/// Readers that were given up and still run: with so many, further files are waited for, since little else is done.
const MOST_ABANDONED: usize = 8;
static READERS: Workers = Workers::new(usize::MAX);

/// A cleaned corpus.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Documents in the order of their files' names.
    pub documents: Vec<Document>,
    /// What was kept, dropped and skipped.
    pub report: Report,
}

/// Reads and cleans every document beneath the paths (files or folders), on all cores. The same
/// files give the same corpus, in the same order. Linear in the size of the files; what is held in
/// memory is the text kept, and one file's source a core.
///
/// # Errors
/// See [`Error`]: a path that does not exist, a file that cannot be read, JSON that is none, and a
/// corpus without any document. Files that hold nothing to index (empty ones, binary ones, pages
/// that ask not to be indexed) are skipped with a warning.
pub fn read(paths: &[PathBuf], options: &Options) -> Result<Corpus, Error> {
    read_watched(paths, options, &|_, _| {})
}

/// The same, and calls `progress` after every file, on the thread that read it, with the number of files
/// read so far and of all.
///
/// # Errors
/// As for [`read`].
pub fn read_watched(
    paths: &[PathBuf],
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Corpus, Error> {
    let collected = files::collect(paths)?;
    let mut warnings = collected.warnings;
    let mut pages = Vec::new();
    for (file, outcome) in
        collected
            .files
            .iter()
            .zip(read_files(&collected.files, options, progress))
    {
        let outcome = outcome?;
        for reason in outcome.notes {
            warnings.push(Warning {
                path: file.name.clone(),
                reason,
            });
        }
        pages.extend(outcome.pages);
    }
    let files = collected.files.len();
    let corpus = corpus::assemble(
        pages,
        Report {
            files,
            warnings,
            ..Report::default()
        },
    );
    if corpus.documents.is_empty() {
        return Err(Error::Empty {
            paths: paths.to_vec(),
            skipped: corpus.report.warnings,
        });
    }
    Ok(corpus)
}

/// What a file came to.
#[derive(Default)]
struct Outcome {
    pages: Vec<Page>,
    notes: Vec<String>,
}

impl Outcome {
    fn skipped(reason: &str) -> Self {
        Self {
            pages: Vec::new(),
            notes: vec![reason.into()],
        }
    }
}

/// Reads files on several threads; results come in the files' order.
fn read_files(
    files: &[File],
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Result<Outcome, Error>> {
    let available = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = options
        .threads
        .map_or(available, usize::from)
        .min(files.len());
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(files.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = read_file(file, options);
                    let read = {
                        let mut done = done.lock().unwrap_or_else(|poison| poison.into_inner());
                        done.push((file, outcome));
                        done.len()
                    };
                    progress(read, files.len());
                }
            });
        }
    });
    let mut done = done
        .into_inner()
        .unwrap_or_else(|poison| poison.into_inner());
    done.sort_by(|a, b| a.0.cmp(b.0));
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Reads a file. A fault in a reader costs that file, with a warning, and nothing else; so does a large file that keeps
/// its reader busy without end.
fn read_file(file: &File, options: &Options) -> Result<Outcome, Error> {
    let bytes = fs::read(&file.path).map_err(|reason| Error::Unreadable {
        path: file.path.clone(),
        reason,
    })?;
    let caught = |file: &File, bytes, options: &Options| {
        catch_unwind(AssertUnwindSafe(|| understand(file, bytes, options))).unwrap_or_else(|_| {
            Ok(Outcome::skipped(
                "its reader failed, skipped; please report this file",
            ))
        })
    };
    if bytes.len() < LARGE || READERS.abandoned() >= MOST_ABANDONED {
        return caught(file, bytes, options);
    }
    let (own, wanted) = (file.clone(), options.clone());
    let outcome = READERS.run(PATIENCE, move || caught(&own, bytes, &wanted));
    outcome.unwrap_or_else(|| {
        let reason = format!("took longer than {} s to read, skipped", PATIENCE.as_secs());
        Ok(Outcome::skipped(&reason))
    })
}

fn understand(file: &File, bytes: Vec<u8>, options: &Options) -> Result<Outcome, Error> {
    let mut outcome = Outcome::default();
    let content = match decode(bytes, file.format) {
        Decoded::Text(content, note) => {
            outcome.notes.extend(note);
            content
        }
        Decoded::Skipped(reason) => {
            outcome.notes.push(reason);
            return Ok(outcome);
        }
    };
    if content.trim().is_empty() {
        outcome.notes.push("empty, skipped".into());
        return Ok(outcome);
    }
    outcome.pages = match file.format {
        Format::Text => vec![text::clean(&content, options)],
        Format::Html => match html::read(&content, &file.name, options) {
            Reading::Page(page) => vec![*page],
            Reading::Skipped(reason) => {
                outcome.notes.push(reason.into());
                return Ok(outcome);
            }
        },
        Format::Markdown => match markdown::read(&content) {
            Some(page) => vec![page],
            None => {
                outcome.notes.push("a draft, skipped".into());
                return Ok(outcome);
            }
        },
        Format::Json | Format::JsonLines | Format::JsonScript => {
            let documents =
                json::read(&content, file.format).map_err(|reason| Error::Malformed {
                    path: file.path.clone(),
                    reason,
                })?;
            if documents.skipped > 0 && !documents.pages.is_empty() {
                outcome.notes.push(match documents.skipped {
                    1 => "an entry holds neither text nor title, skipped".into(),
                    n => format!("{n} entries hold neither text nor title, skipped"),
                });
            }
            documents.pages
        }
    };
    if outcome.pages.is_empty() {
        outcome.notes.push("holds no documents, skipped".into());
    }
    for page in &mut outcome.pages {
        finish(page, file);
        outcome.notes.append(&mut page.warnings);
    }
    for page in outcome.pages.iter().filter(|page| page.is_empty()) {
        let blobs = !page.dropped.is_empty() && page.dropped.iter().all(|d| d.rule == Rule::Blob);
        outcome.notes.push(
            if blobs {
                "nothing but data that is no text, skipped"
            } else {
                "nothing but page chrome, skipped"
            }
            .into(),
        );
    }
    outcome.pages.retain(|page| !page.is_empty());
    Ok(outcome)
}

/// What every page needs, whatever it was read from.
fn finish(page: &mut Page, file: &File) {
    page.path.clone_from(&file.name);
    if let Some(number) = page.id.as_deref().and_then(|id| id.strip_prefix('#')) {
        let id = format!("{}#{number}", url::of_path(&file.name));
        page.url.get_or_insert_with(|| id.clone());
        page.id = Some(id);
    }
    for values in page.meta.values_mut() {
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
    }
    page.title = tidy(&page.title);
    for block in &mut page.blocks {
        drop_invisible(&mut block.text);
    }
    page.blocks.retain(|block| !block.text.trim().is_empty());
    blob::drop_blobs(page);
    page.signature = similar::signature(page);
    if page.language.is_none() {
        let texts: Vec<&str> = page
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .take(60)
            .collect();
        page.language = language::guess(&texts.join("\n"));
    }
}
