//! Every file beneath a folder, but for what nobody wrote for readers.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::collect::{Collected, File, Unmatched};
use super::format::{Format, looks_like_text};
use super::real::real_path;
use crate::error::Error;
use crate::options::Options;
use crate::report::{Choice, Note, PassedOver, Skip, Warning};

/// What marks a folder as a bundle that `samara build` wrote, often inside of the site it was built of.
const BUNDLE: &str = "samara.manifest";
/// A file of patterns, and how many bytes of it are read at most.
const IGNORED: &str = ".gitignore";
const LONGEST_IGNORED: u64 = 1 << 18;
/// Folders into which other people's packages are installed, and what marks the one of Python by any name.
const PACKAGES: [&str; 3] = ["node_modules", "bower_components", "venv"];
const PYTHON: &str = "pyvenv.cfg";

/// A folder that is still to be read.
struct Folder {
    path: PathBuf,
    /// What the names of its files begin with.
    prefix: String,
    /// Patterns of the folders above that leave files out, the outermost first, within the path that was named.
    ignored: Vec<Gitignore>,
    /// The owner's patterns take in all of it.
    is_included: bool,
}

/// Every file beneath a folder. Links to folders are followed when all real folders have been read,
/// so that files keep the address at which they lie; what has been read is not read again, so that
/// links in a circle end.
pub(super) fn walk(folder: &Path, options: &Options, found: &mut Collected) -> Result<(), Error> {
    let mut chosen = Chosen::new(folder, options)?;
    let root = real_path(folder).map_err(|reason| Error::Unreadable {
        path: folder.to_path_buf(),
        reason,
    })?;
    let mut read = HashSet::new();
    let mut links = VecDeque::from([Folder {
        path: folder.to_path_buf(),
        prefix: String::new(),
        ignored: Vec::new(),
        is_included: chosen.include.is_empty(),
    }]);
    while let Some(link) = links.pop_front() {
        let mut folders = vec![link];
        while let Some(folder) = folders.pop() {
            let unreadable = |reason| Error::Unreadable {
                path: folder.path.clone(),
                reason,
            };
            if !read.insert(real_path(&folder.path).map_err(unreadable)?) {
                found
                    .warnings
                    .push(Warning::new(folder.prefix, Skip::LinkedTwice));
                continue;
            }
            let mut entries = fs::read_dir(&folder.path)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(unreadable)?;
            entries.sort_by_key(fs::DirEntry::file_name);
            let mut ignored = folder.ignored;
            ignored.extend(patterns(&folder.path, folder.prefix.is_empty()));
            for entry in entries {
                let own = entry.file_name();
                let path = entry.path();
                let own_kind = entry.file_type().ok();
                let is_link = own_kind.is_none_or(|kind| kind.is_symlink());
                let is_told = own_kind.is_some_and(|kind| kind.is_file() || kind.is_dir());
                if is_link && !options.follow_links && leads_out(&path, &root) {
                    let name = format!("{}{}", folder.prefix, own.to_string_lossy());
                    found.warnings.push(Warning::new(name, Skip::LeadsOut));
                    continue;
                }
                // The folder's list says it of most.
                let kind = match own_kind.filter(|_| is_told) {
                    None => fs::metadata(&path).ok().map(|of| of.file_type()),
                    own => own,
                };
                let is_folder = kind.is_some_and(|kind| kind.is_dir());
                chosen.note(&path, is_folder);
                let is_included = folder.is_included || chosen.includes(&path, is_folder);
                let over = &mut found.passed_over;
                if let Some(count) = passed_over(&own.to_string_lossy(), &path, is_folder, over) {
                    *count += 1;
                    continue;
                }
                if is_ignored(&ignored, &path, is_folder) {
                    over.ignored += 1;
                    continue;
                }
                if chosen.excludes(&path, is_folder) || !is_folder && !is_included {
                    over.excluded += 1;
                    continue;
                }
                if is_folder && path.join(BUNDLE).is_file() {
                    over.bundles += 1;
                    continue;
                }
                let name = format!("{}{}", folder.prefix, own.to_string_lossy());
                if is_folder {
                    let inner = Folder {
                        prefix: format!("{name}/"),
                        ignored: ignored.clone(),
                        is_included,
                        path,
                    };
                    if is_link {
                        links.push_back(inner);
                    } else {
                        folders.push(inner);
                    }
                } else if chosen.globs(&name) {
                    file(name, path, kind, own.to_str().is_some(), found);
                } else {
                    found.passed_over.excluded += 1;
                }
            }
        }
    }
    found.unmatched = chosen.unmatched(options);
    Ok(())
}

/// Whether this is a link to something that does not lie beneath the folder: what it leads to may be nothing that its
/// owner wants to publish.
fn leads_out(path: &Path, root: &Path) -> bool {
    path.is_symlink() && real_path(path).is_ok_and(|real| !real.starts_with(root))
}

fn file(
    name: String,
    path: PathBuf,
    kind: Option<fs::FileType>,
    is_utf8: bool,
    found: &mut Collected,
) {
    let warnings = &mut found.warnings;
    let Some(kind) = kind else {
        warnings.push(Warning::new(name, Skip::DeadLink));
        return;
    };
    // A pipe would be waited for, and a device read without end.
    if !kind.is_file() {
        if Format::of(&name).is_some() {
            warnings.push(Warning::new(name, Skip::NoFile));
        } else {
            found.passed_over.others += 1;
        }
    } else if let Some(format) = Format::of_file(&name, &path) {
        if !is_utf8 {
            warnings.push(Warning::new(name.clone(), Note::NameNotUtf8));
        }
        found.files.push(File { name, path, format });
    } else if looks_like_text(&name, &path) {
        warnings.push(Warning::new(&*name, Skip::unread(&name)));
    } else {
        found.passed_over.others += 1;
    }
}

/// Where a file or folder is counted that was not written for readers.
fn passed_over<'a>(
    name: &str,
    path: &Path,
    is_folder: bool,
    over: &'a mut PassedOver,
) -> Option<&'a mut usize> {
    if name.starts_with('.') {
        Some(&mut over.hidden)
    } else if is_folder && (PACKAGES.contains(&name) || path.join(PYTHON).is_file()) {
        Some(&mut over.packages)
    } else {
        None
    }
}

/// The patterns of a folder. One that leaves out all of a folder that was named would leave nothing to read: generators
/// put it into what they write.
fn patterns(folder: &Path, is_named: bool) -> Option<Gitignore> {
    let path = folder.join(IGNORED);
    let is_short =
        fs::metadata(&path).is_ok_and(|file| file.is_file() && file.len() <= LONGEST_IGNORED);
    let text = is_short.then(|| fs::read(&path).ok()).flatten()?;
    let mut patterns = GitignoreBuilder::new(folder);
    for line in String::from_utf8_lossy(&text).lines() {
        if is_named && matches!(line.trim(), "*" | "/*" | "**" | "/**" | "./") {
            return None;
        }
        // A line that is no pattern names nothing.
        let _ = patterns.add_line(None, line);
    }
    patterns.build().ok()
}

/// The patterns nearest to a file decide.
fn is_ignored(ignored: &[Gitignore], path: &Path, is_folder: bool) -> bool {
    for patterns in ignored.iter().rev() {
        match patterns.matched(path, is_folder) {
            Match::Ignore(_) => return true,
            Match::Whitelist(_) => return false,
            Match::None => {}
        }
    }
    false
}

/// The owner's patterns: those of the kind that `.gitignore` has, and one of whole paths.
struct Chosen {
    include: Gitignore,
    exclude: Gitignore,
    glob: Option<GlobMatcher>,
    /// Each pattern by itself, while nothing was found that it matches.
    idle: Vec<(Unmatched, Gitignore)>,
    is_glob_idle: bool,
}

impl Chosen {
    fn new(folder: &Path, options: &Options) -> Result<Self, Error> {
        let patterns = |lines: &[String]| {
            let mut patterns = GitignoreBuilder::new(folder);
            for line in lines {
                patterns
                    .add_line(None, line)
                    .map_err(|error| Error::Pattern {
                        pattern: line.clone(),
                        reason: error.to_string(),
                    })?;
            }
            patterns.build().map_err(|error| Error::Pattern {
                pattern: lines.join(", "),
                reason: error.to_string(),
            })
        };
        let glob = |pattern: &String| {
            let mut builder = GlobBuilder::new(pattern.trim_start_matches("./"));
            builder
                .literal_separator(true)
                .build()
                .map(|glob| glob.compile_matcher())
                .map_err(|error| Error::Pattern {
                    pattern: pattern.clone(),
                    reason: error.kind().to_string(),
                })
        };
        let mut idle = Vec::new();
        for (choice, lines) in [
            (Choice::Include, &options.include),
            (Choice::Exclude, &options.exclude),
        ] {
            for line in lines {
                let pattern = patterns(std::slice::from_ref(line))?;
                // Comments and empty lines choose nothing.
                if !pattern.is_empty() {
                    idle.push((Unmatched::new(choice, line), pattern));
                }
            }
        }
        Ok(Self {
            idle,
            is_glob_idle: options.glob.is_some(),
            include: patterns(&options.include)?,
            exclude: patterns(&options.exclude)?,
            glob: options.glob.as_ref().map(glob).transpose()?,
        })
    }

    /// Whether the pattern of paths takes in a file.
    fn globs(&mut self, path: &str) -> bool {
        let is_in = self.glob.as_ref().is_none_or(|glob| glob.is_match(path));
        self.is_glob_idle &= !is_in;
        is_in
    }

    /// Notes which patterns match a file or folder, whatever others say of it.
    fn note(&mut self, path: &Path, is_folder: bool) {
        self.idle
            .retain(|(_, pattern)| pattern.matched(path, is_folder).is_none());
    }

    /// The patterns that nothing matched.
    fn unmatched(self, options: &Options) -> Vec<Unmatched> {
        let glob = options.glob.iter().filter(|_| self.is_glob_idle);
        let glob = glob.map(|glob| Unmatched::new(Choice::Glob, glob));
        let idle = self.idle.into_iter().map(|(unmatched, _)| unmatched);
        idle.chain(glob).collect()
    }

    /// Whether a pattern takes in a file, or all of a folder.
    fn includes(&self, path: &Path, is_folder: bool) -> bool {
        self.include.matched(path, is_folder).is_ignore()
    }

    /// Whether a pattern leaves out a file, or a folder as a whole.
    fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.exclude.matched(path, is_folder).is_ignore()
    }
}
