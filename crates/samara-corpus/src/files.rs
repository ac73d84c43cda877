//! From paths to the files of a corpus.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File {
    /// Path relative to the corpus, with `/` on every system: the document's address where it has
    /// no other.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// Every file beneath the paths, sorted by name, so that two builds agree. Hidden files and folders
/// are passed over; a link to a folder that contains it ends there.
///
/// # Errors
/// A path that is missing, a folder that cannot be listed.
pub(crate) fn collect(paths: &[PathBuf]) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, "", &mut HashSet::new(), &mut files)?;
        } else if path.exists() {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            files.push(File {
                name,
                path: path.clone(),
            });
        } else {
            return Err(Error::Missing { path: path.clone() });
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// `above` holds the real paths of the folders on the way down: meeting one again is a loop.
fn walk(
    folder: &Path,
    prefix: &str,
    above: &mut HashSet<PathBuf>,
    files: &mut Vec<File>,
) -> Result<(), Error> {
    let unreadable = |reason| Error::Unreadable {
        path: folder.to_path_buf(),
        reason,
    };
    let real = fs::canonicalize(folder).map_err(unreadable)?;
    if !above.insert(real.clone()) {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), above, files)?;
        } else if path.is_file() {
            files.push(File {
                name: format!("{prefix}{name}"),
                path,
            });
        }
    }
    above.remove(&real);
    Ok(())
}
