//! From paths to a corpus: every file through its reader, in one fixed order.

use std::fs;
use std::path::PathBuf;

use samara_engine::Document;

use crate::error::Error;
use crate::files::{self, File};
use crate::fold::words;
use crate::options::Options;
use crate::report::{Outcome, Report, Warning};
use crate::text;

/// A cleaned corpus.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Documents in the order of their files' names.
    pub documents: Vec<Document>,
    /// What was kept, dropped and skipped.
    pub report: Report,
}

/// Reads and cleans every document beneath the paths (files or folders). The same files give the
/// same corpus, in the same order. Linear in the size of the files.
///
/// # Errors
/// See [`Error`]: a path that does not exist, a file that cannot be read or is no text, and a corpus
/// without any document. An empty file is skipped with a warning.
pub fn read(paths: &[PathBuf], options: &Options) -> Result<Corpus, Error> {
    let mut corpus = Corpus::default();
    for file in files::collect(paths)? {
        if !file.name.ends_with(".txt") {
            continue;
        }
        let content = load(&file)?;
        let cleaned = text::clean(&content, options);
        if cleaned.title.is_empty() && cleaned.sections.is_empty() {
            let reason = if content.trim().is_empty() {
                "empty, skipped"
            } else {
                "nothing but page chrome, skipped"
            };
            corpus.report.warnings.push(Warning {
                path: file.name,
                reason: reason.into(),
            });
            continue;
        }
        let document = Document {
            id: file.name.clone(),
            url: file.name.clone(),
            title: cleaned.title,
            sections: cleaned.sections,
            meta: cleaned.meta,
            ..Document::default()
        };
        corpus.report.documents.push(Outcome {
            id: file.name.clone(),
            path: file.name,
            words_kept: words(&document.plain_text()).count(),
            words_dropped: cleaned
                .dropped
                .iter()
                .map(|block| words(&block.text).count())
                .sum(),
            dropped: cleaned.dropped,
        });
        corpus.documents.push(document);
    }
    if corpus.documents.is_empty() {
        return Err(Error::Empty {
            paths: paths.to_vec(),
        });
    }
    Ok(corpus)
}

fn load(file: &File) -> Result<String, Error> {
    let bytes = fs::read(&file.path).map_err(|reason| Error::Unreadable {
        path: file.path.clone(),
        reason,
    })?;
    String::from_utf8(bytes).map_err(|error| Error::NotText {
        path: file.path.clone(),
        offset: error.utf8_error().valid_up_to(),
    })
}
