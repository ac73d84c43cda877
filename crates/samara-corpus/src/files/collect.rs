//! From paths to the files of a corpus.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::format::Format;
use super::real::real_path;
use super::walk::walk;
use crate::error::Error;
use crate::generators::{FOR_PROGRAMS, is_assets, is_copied_source};
use crate::options::Options;
use crate::report::{Choice, Note, PassedOver, Skip, Warning};

/// Folders in which sites keep scripts, styles and fonts of others, with their licences.
const CODE: [&str; 9] = [
    "scripts",
    "javascripts",
    "js",
    "css",
    "styles",
    "stylesheets",
    "fonts",
    "vendor",
    "lib",
];

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
    /// What nobody wrote for readers.
    pub passed_over: PassedOver,
    /// The owner's patterns that match nothing.
    pub(super) unmatched: Vec<Unmatched>,
}

/// A pattern of the owner that matches nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unmatched {
    choice: Choice,
    pattern: String,
}

impl Unmatched {
    pub fn new(choice: Choice, pattern: &str) -> Self {
        Self {
            choice,
            pattern: pattern.to_string(),
        }
    }
}

/// Every file beneath the paths, sorted by name, so that two builds agree. What [`walk`] passes over is counted, and data
/// beside pages of HTML is the site's, not a document. A file that is named is read.
///
/// # Errors
/// A path that is missing, a folder that cannot be listed, a pattern that is none.
pub(crate) fn collect(paths: &[PathBuf], options: &Options) -> Result<Collected, Error> {
    let mut collected = Collected::default();
    let mut unmatched: Option<Vec<Unmatched>> = None;
    for path in paths {
        if path.is_dir() {
            let mut found = Collected::default();
            walk(path, options, &mut found)?;
            if found.files.iter().any(|file| file.format == Format::Html) {
                leave_out_data(&mut found);
            }
            keep_apart(path, &collected.files, &mut found);
            collected.files.append(&mut found.files);
            collected.warnings.append(&mut found.warnings);
            collected.passed_over.add(&found.passed_over);
            match &mut unmatched {
                Some(all) => all.retain(|one| found.unmatched.contains(one)),
                None => unmatched = Some(found.unmatched),
            }
        } else if path.exists() {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            match Format::of_file(&name, path) {
                Some(format) => {
                    let mut found = Collected {
                        files: vec![File {
                            name,
                            path: path.clone(),
                            format,
                        }],
                        ..Collected::default()
                    };
                    let folder = path.parent().unwrap_or(path);
                    keep_apart(folder, &collected.files, &mut found);
                    collected.files.append(&mut found.files);
                    collected.warnings.append(&mut found.warnings);
                }
                None => collected
                    .warnings
                    .push(Warning::new(&*name, Skip::unread(&name))),
            }
        } else {
            return Err(Error::Missing { path: path.clone() });
        }
    }
    for Unmatched { choice, pattern } in unmatched.into_iter().flatten() {
        let note = Note::Unmatched(choice);
        collected.warnings.push(Warning::new(pattern, note));
    }
    collected.files.sort();
    collected.files.dedup();
    collected.warnings.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(collected)
}

/// Files whose names a folder named before has, too, get this folder's name before their own.
fn keep_apart(folder: &Path, before: &[File], found: &mut Collected) {
    let taken: HashMap<&str, &Path> = before
        .iter()
        .map(|file| (&*file.name, &*file.path))
        .collect();
    let own = real_path(folder).unwrap_or_else(|_| folder.to_path_buf());
    let own = own
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for file in &mut found.files {
        let other = taken.get(&*file.name);
        if own.is_empty() || other.is_none_or(|other| is_same(other, &file.path)) {
            continue;
        }
        let (mut folder, mut times) = (own.clone(), 1);
        while taken.contains_key(&*format!("{folder}/{}", file.name)) {
            times += 1;
            folder = format!("{own}-{times}");
        }
        file.name = format!("{folder}/{}", file.name);
        let note = Note::TakenPath { folder };
        found.warnings.push(Warning::new(&file.name, note));
    }
}

/// Whether two paths lead to one file, as where a folder is named twice.
fn is_same(one: &Path, other: &Path) -> bool {
    match (real_path(one), real_path(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
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
    let of_programs = file.starts_with("__next.") || folders.split('/').any(is_assets);
    if of_programs {
        return Some(Skip::SiteData);
    }
    if is_licence(file) && folders.split('/').any(|folder| CODE.contains(&folder)) {
        return Some(Skip::SiteData);
    }
    FOR_PROGRAMS.contains(&file).then_some(Skip::ForPrograms)
}

/// Whether a file holds a licence, by its name.
fn is_licence(file: &str) -> bool {
    let file = file.to_ascii_lowercase();
    let names = ["license", "licence", "copying", "ofl."];
    names.iter().any(|name| file.contains(name))
}
