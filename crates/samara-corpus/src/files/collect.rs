//! From paths to the files of a corpus.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use super::format::{Format, is_other_document};
use crate::error::Error;
use crate::generators::{FOR_PROGRAMS, is_copied_source};
use crate::report::{Note, Skip, Warning};

/// What marks a folder as a bundle that `samara build` wrote, often inside of the site it was built of.
const BUNDLE: &str = "samara.manifest";

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File {
    /// Path relative to the corpus, with `/` on every system: where the document has no address of its own, it comes
    /// from this.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    pub format: Format,
}

/// What lies beneath the paths of a corpus.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// Files that are read, sorted by name.
    pub files: Vec<File>,
    /// Files that are not, and why.
    pub warnings: Vec<Warning>,
}

/// Every file beneath the paths, sorted by name, so that two builds agree. Hidden files and folders
/// are passed over, and so are bundles; links to folders are followed once, and data beside pages of HTML is
/// the site's, not a document.
///
/// # Errors
/// A path that is missing, a folder that cannot be listed.
pub(crate) fn collect(paths: &[PathBuf]) -> Result<Collected, Error> {
    let mut collected = Collected::default();
    for path in paths {
        if path.is_dir() {
            let mut found = Collected::default();
            walk(path, &mut found)?;
            if found.files.iter().any(|file| file.format == Format::Html) {
                leave_out_data(&mut found);
            }
            collected.files.append(&mut found.files);
            collected.warnings.append(&mut found.warnings);
        } else if path.exists() {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            match Format::of(&name) {
                Some(format) => collected.files.push(File {
                    name,
                    path: path.clone(),
                    format,
                }),
                None => collected
                    .warnings
                    .push(Warning::new(name, Note::UnknownKind)),
            }
        } else {
            return Err(Error::Missing { path: path.clone() });
        }
    }
    collected.files.sort();
    collected.files.dedup();
    collected.warnings.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(collected)
}

/// A built site carries JSON for its own programs, often its pages once more, and texts for those of others.
fn leave_out_data(found: &mut Collected) {
    let html = found
        .files
        .iter()
        .filter(|file| file.format == Format::Html);
    let pages: HashSet<String> = html.map(|file| stem(&file.name).to_string()).collect();
    for file in std::mem::take(&mut found.files) {
        let reason = match file.format {
            Format::Html => None,
            format if format.may_be_data() => Some(Skip::SiteData),
            _ => no_page_of_a_site(&file.name, &pages),
        };
        match reason {
            Some(reason) => found.warnings.push(Warning::new(file.name, reason)),
            None => found.files.push(file),
        }
    }
}

/// A name without its extension, packed or not.
fn stem(name: &str) -> &str {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => stem,
        _ => name,
    }
}

/// Why a text that lies in a built site is none of its pages, if it is none.
fn no_page_of_a_site(name: &str, pages: &HashSet<String>) -> Option<Skip> {
    // As `page.md` or `page.html.md` beside `page.html`.
    let page = stem(name);
    if pages.contains(page.strip_suffix(".html").unwrap_or(page)) {
        return Some(Skip::SourceOfPage);
    }
    let (folders, file) = name.rsplit_once('/').unwrap_or(("", name));
    if folders.split('/').any(is_copied_source) {
        return Some(Skip::CopiedSource);
    }
    FOR_PROGRAMS.contains(&file).then_some(Skip::ForPrograms)
}

/// Every file beneath a folder. Links to folders are followed when all real folders have been read,
/// so that files keep the address at which they lie; what has been read is not read again, so that
/// links in a circle end.
fn walk(folder: &Path, found: &mut Collected) -> Result<(), Error> {
    let mut read = HashSet::new();
    let mut links = VecDeque::from([(folder.to_path_buf(), String::new())]);
    while let Some((link, prefix)) = links.pop_front() {
        let mut folders = vec![(link, prefix)];
        while let Some((folder, prefix)) = folders.pop() {
            let unreadable = |reason| Error::Unreadable {
                path: folder.clone(),
                reason,
            };
            if !read.insert(fs::canonicalize(&folder).map_err(unreadable)?) {
                found.warnings.push(Warning::new(prefix, Skip::LinkedTwice));
                continue;
            }
            let mut entries = fs::read_dir(&folder)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(unreadable)?;
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') {
                    continue;
                }
                let path = entry.path();
                let name = format!("{prefix}{name}");
                if path.join(BUNDLE).is_file() {
                    continue;
                }
                if path.is_dir() && path.is_symlink() {
                    links.push_back((path, format!("{name}/")));
                } else if path.is_dir() {
                    folders.push((path, format!("{name}/")));
                } else if !path.exists() {
                    found.warnings.push(Warning::new(name, Skip::DeadLink));
                } else if let Some(format) = Format::of(&name) {
                    // A pipe would be waited for, and a device read without end.
                    if !path.is_file() {
                        found.warnings.push(Warning::new(name, Skip::NoFile));
                        continue;
                    }
                    if entry.file_name().to_str().is_none() {
                        found
                            .warnings
                            .push(Warning::new(name.clone(), Note::NameNotUtf8));
                    }
                    found.files.push(File { name, path, format });
                } else if is_other_document(&name) {
                    found.warnings.push(Warning::new(name, Skip::UnreadKind));
                }
            }
        }
    }
    Ok(())
}
