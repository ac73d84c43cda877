//! Work that may fail on hostile input, and must cost that input alone.
//!
//! Where a panic unwinds it is caught. In WebAssembly it ends the whole instance: there a *journal* is kept, a file with
//! a line for each piece of work that has begun and not ended. Whoever runs the instance begins anew with the same
//! journal, and what stands in it is not tried again: the outcome is the one that catching would have had.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The journal of this process, where one is kept.
static JOURNAL: Mutex<Option<Journal>> = Mutex::new(None);

struct Journal {
    path: PathBuf,
    /// What ended earlier instances.
    failed: Vec<String>,
    /// What has begun, the outermost first.
    begun: Vec<String>,
}

/// Keeps a journal in a file from now on, for instances that a panic ends.
///
/// # Errors
/// The file is there and cannot be read.
pub fn keep_journal(path: &Path) -> std::io::Result<()> {
    let failed = match fs::read_to_string(path) {
        Ok(text) => text.lines().map(str::to_owned).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    *lock() = Some(Journal {
        path: path.to_owned(),
        failed,
        begun: Vec::new(),
    });
    Ok(())
}

/// Does the work, or nothing where it fails. `name` tells it from other work inside of the same.
pub(crate) fn contained<T>(name: &str, work: impl FnOnce() -> T) -> Option<T> {
    let begun = match lock().as_mut() {
        Some(journal) => journal.begin(name)?,
        None => false,
    };
    let outcome = catch_unwind(AssertUnwindSafe(work)).ok();
    if begun && let Some(journal) = lock().as_mut() {
        journal.end();
    }
    outcome
}

fn lock() -> std::sync::MutexGuard<'static, Option<Journal>> {
    JOURNAL
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Journal {
    /// Notes a piece of work; nothing where it ended an earlier instance.
    fn begin(&mut self, name: &str) -> Option<bool> {
        // A line of the file must not be two.
        let name = name.replace(['\n', '\r', '\t'], " ");
        let whole = match self.begun.last() {
            Some(outer) => format!("{outer}\t{name}"),
            None => name,
        };
        if self.failed.contains(&whole) {
            return None;
        }
        self.begun.push(whole);
        self.write();
        Some(true)
    }

    fn end(&mut self) {
        self.begun.pop();
        self.write();
    }

    /// Only the innermost work is to blame. Where it cannot be written, nothing is learnt from a failure.
    fn write(&self) {
        let lines: String = self
            .failed
            .iter()
            .chain(self.begun.last())
            .map(|line| format!("{line}\n"))
            .collect();
        let _ = fs::write(&self.path, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ended_an_instance_is_not_tried_again_and_the_rest_of_its_file_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal {
            path: folder.path().join("journal"),
            failed: Vec::new(),
            begun: Vec::new(),
        };
        journal.begin("a\nb.html");
        journal.end();
        journal.begin("c.html");
        journal.begin("extractor");
        // The instance ends here.
        let left = fs::read_to_string(&journal.path).unwrap();
        assert_eq!(left, "c.html\textractor\n");
        let mut next = Journal {
            failed: left.lines().map(str::to_owned).collect(),
            begun: Vec::new(),
            ..journal
        };
        assert!(next.begin("c.html").is_some());
        assert!(next.begin("extractor").is_none());
        assert!(next.begin("other").is_some());
        let left = fs::read_to_string(&next.path).unwrap();
        assert_eq!(left, "c.html\textractor\nc.html\tother\n");
    }
}
