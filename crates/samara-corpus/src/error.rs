//! What stops a build.

use std::fmt;
use std::path::PathBuf;

use crate::kept::Fault;
use crate::report::Warning;

/// Where nothing was read, so many files that were passed over are named.
const SHOWN: usize = 5;

/// A fault that the owner of the corpus has to know of before anything is built from it. Faults
/// that cost no document, or only an empty one, are warnings in the [`Report`](crate::Report).
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A path given does not exist.
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// A file or folder exists and cannot be read.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A JSON file that is no JSON.
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        reason: String,
    },
    /// A pattern of files that is none.
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A selector that is none, or of a kind that is not understood.
    Selector {
        /// The selector.
        selector: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The language that all pages are to be in is none.
    Language {
        /// The language as given.
        language: String,
    },
    /// Pages that memory does not hold cannot be kept in a temporary file.
    Kept {
        /// What the system says.
        reason: std::io::Error,
    },
    /// What was read before cannot be kept in this folder.
    Cache {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// This program keeps nothing for the next build.
    NoCache,
    /// A part that is none, or does not fit to the others.
    Part {
        /// The part.
        path: PathBuf,
        /// What is wrong with it.
        fault: Fault,
    },
    /// Nothing was read at all: no file of a kind that is read, or all of them passed over.
    Empty {
        /// The paths as given.
        paths: Vec<PathBuf>,
        /// Files that were passed over, and why.
        skipped: Vec<Warning>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path } => {
                write!(
                    f,
                    "{}: no such file or folder; check the path",
                    path.display()
                )
            }
            Self::Unreadable { path, reason } => write!(
                f,
                "{}: cannot be read ({reason}); make it readable or move it out of the corpus",
                path.display()
            ),
            Self::Malformed { path, reason } => write!(
                f,
                "{}: not valid JSON ({reason}); correct it or move it out of the corpus",
                path.display()
            ),
            Self::Pattern { pattern, reason } => {
                write!(
                    f,
                    "the pattern {pattern} is none ({reason}); write it as in a .gitignore"
                )
            }
            Self::Selector { selector, reason } => write!(
                f,
                "the selector {selector} is not understood ({reason}); names, #ids, .classes, [attributes], descendants \
                 and children (>) are"
            ),
            Self::Language { language } => write!(
                f,
                "the language {language} is not understood; write it as en or pt-BR"
            ),
            Self::Kept { reason } => {
                // WebAssembly does not say where, and has no such files.
                let folder = (!cfg!(target_family = "wasm")).then(std::env::temp_dir);
                let folder = folder.unwrap_or_default();
                write!(
                    f,
                    "pages cannot be kept in a temporary file in {} ({reason}); make room there, name another folder with \
                     TMPDIR, or allow more memory with --memory",
                    folder.display()
                )
            }
            Self::Cache { path, reason } => write!(
                f,
                "--cache {}: this is no folder that can be written ({reason}); name another one",
                path.display()
            ),
            Self::NoCache => f.write_str(
                "--cache: this program was built without what keeps work for the next build; leave it out",
            ),
            Self::Part { path, fault } => write!(f, "{}: {fault}", path.display()),
            Self::Empty { paths, skipped } => {
                let paths: Vec<_> = paths
                    .iter()
                    .map(|path| path.display().to_string())
                    .collect();
                write!(
                    f,
                    "{}: no document found; pages, texts, Markdown, JSON, tables, feeds and books are read (docs/formats.md lists their kinds)",
                    paths.join(", ")
                )?;
                for Warning { path, reason } in skipped.iter().take(SHOWN) {
                    write!(f, "\n  {path}: {reason}")?;
                }
                match skipped.len().saturating_sub(SHOWN) {
                    0 => Ok(()),
                    more => write!(f, "\n  … and {more} more"),
                }
            }
        }
    }
}

// What the system says is part of the message: as a source it would be said twice.
impl std::error::Error for Error {}
