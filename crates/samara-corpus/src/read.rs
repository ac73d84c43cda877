//! From paths to a corpus: every file through its reader, in one fixed order.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::corpus::{Corpus, assemble};
use crate::error::Error;
use crate::faults::contained;
use crate::files::{File, Format, collect};
use crate::flow::{self, Read};
use crate::formats::html::Selectors;
use crate::options::Options;
use crate::report::{Report, Skip, Warning};

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
    Selectors::parse(options)?;
    let collected = collect(paths, options)?;
    let mut warnings = collected.warnings;
    let mut pages = Vec::new();
    for (file, outcome) in
        collected
            .files
            .iter()
            .zip(read_files(&collected.files, options, progress))
    {
        let Read {
            pages: read,
            reasons,
        } = outcome?;
        let reasons = reasons.into_iter();
        warnings.extend(reasons.map(|reason| Warning::new(&file.name, reason)));
        // A large file may hold all pages; they are not copied.
        if pages.is_empty() {
            pages = read;
        } else {
            pages.extend(read);
        }
    }
    let files = collected.files.len();
    let corpus = assemble(
        pages,
        Report {
            files,
            warnings,
            passed_over: collected.passed_over,
            ..Report::default()
        },
        options,
    );
    if corpus.documents.is_empty() {
        return Err(Error::Empty {
            paths: paths.to_vec(),
            skipped: corpus.report.warnings,
        });
    }
    Ok(corpus)
}

/// Reads files on several threads; results come in the files' order.
fn read_files(
    files: &[File],
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Result<Read, Error>> {
    let available = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = options
        .threads
        .map_or(available, usize::from)
        .min(files.len());
    // Threads beside this one: WebAssembly has none.
    if threads <= 1 || cfg!(target_family = "wasm") {
        let read = |(number, file)| {
            let outcome = read_file(file, options);
            progress(number + 1, files.len());
            outcome
        };
        return files.iter().enumerate().map(read).collect();
    }
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

/// Reads a file. A fault in a reader costs that file, with a warning, and nothing else.
fn read_file(file: &File, options: &Options) -> Result<Read, Error> {
    let read = || {
        if file.format == Format::JsonLines
            && let Some(read) = flow::read_lines(file, options)?
        {
            return Ok(read);
        }
        let bytes = fs::read(&file.path).map_err(|reason| Error::Unreadable {
            path: file.path.clone(),
            reason,
        })?;
        flow::read(file, bytes, options)
    };
    contained(&file.name, read).unwrap_or_else(|| Ok(Read::skipped(Skip::ReaderFailed)))
}
