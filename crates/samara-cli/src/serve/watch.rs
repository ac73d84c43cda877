//! When the documents have changed.

use crate::failure::Misuse;
use anyhow::{Context, Result};
use file_id::{FileId, get_file_id};
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use samara_corpus::{is_cache_file, real_path};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long what an editor or a generator does to a file is gathered into one change.
const GATHERED: Duration = Duration::from_millis(100);
/// How long the documents have to be left alone before they are read again.
const SETTLED: Duration = Duration::from_millis(250);
/// After so long they are read while writing goes on.
const LATEST: Duration = Duration::from_millis(1_200);
/// How often a folder is looked at: one that was recreated, or swapped for another, is no longer watched.
const LOOK: Duration = Duration::from_millis(400);

/// Watches documents for as long as it lives.
pub struct Watch {
    watcher: Debouncer<RecommendedWatcher, RecommendedCache>,
    changes: Receiver<()>,
    paths: Vec<Watched>,
}

struct Watched {
    path: PathBuf,
    /// What was found at the path when watching began; nothing where there was nothing.
    id: Option<FileId>,
}

impl Watch {
    /// Begins to watch. What a build keeps in the folder `cache` is no change.
    ///
    /// # Errors
    /// The system cannot watch, or not so many folders.
    pub fn new(paths: &[PathBuf], cache: Option<&Path>) -> Result<Self> {
        let (sender, changes) = channel();
        let cache = cache.map(Path::to_owned);
        let told = move |events| tell(events, cache.as_deref(), &sender);
        let watcher = new_debouncer(GATHERED, None, told).context("cannot watch for changes")?;
        let mut watch = Self {
            watcher,
            changes,
            paths: Vec::new(),
        };
        for path in paths.iter().filter(|path| path.exists()) {
            let id = get_file_id(path).ok();
            watch
                .watcher
                .watch(path, RecursiveMode::Recursive)
                .map_err(|error| {
                    Misuse(format!(
                        "cannot watch {}: {error}; on Linux, raise fs.inotify.max_user_watches, or serve a smaller folder",
                        path.display()
                    ))
                })?;
            watch.paths.push(Watched {
                path: path.clone(),
                id,
            });
        }
        Ok(watch)
    }

    /// Waits until the documents have changed and are left alone for a moment, or are written to without end.
    pub fn wait(&mut self) {
        loop {
            match self.changes.recv_timeout(LOOK) {
                Ok(()) => break,
                Err(RecvTimeoutError::Timeout) if self.renew(false) => break,
                Err(RecvTimeoutError::Timeout) => {}
                // Only where watching ended: looking goes on.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
            }
        }
        let latest = Instant::now() + LATEST;
        while Instant::now() < latest && self.changes.recv_timeout(SETTLED).is_ok() {}
        // A folder that was deleted and made again may look like the old one, and is no longer watched. What happens
        // while watching begins is read by whoever waited.
        self.renew(true);
    }

    /// Watches folders anew that are others than before, or `all` of them, and says whether there are such.
    fn renew(&mut self, all: bool) -> bool {
        let mut changed = false;
        for watched in &mut self.paths {
            let now = get_file_id(&watched.path).ok();
            let same = now == watched.id;
            if same && !all {
                continue;
            }
            // The old one may be gone, and its watch with it.
            let _ = self.watcher.unwatch(&watched.path);
            let there = self.watcher.watch(&watched.path, RecursiveMode::Recursive);
            watched.id = now.filter(|_| there.is_ok());
            // Gone for a moment is no change yet: what was built is still the latest.
            changed |= !same && watched.id.is_some();
        }
        changed
    }
}

fn tell(events: DebounceEventResult, cache: Option<&Path>, sender: &Sender<()>) {
    // It may be there by now, and be named by another way.
    let cache = cache.and_then(|cache| real_path(cache).ok());
    let is_cache = |path: &Path| cache.is_some() && real_path(path).ok() == cache;
    let is_kept = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        is_cache_file(&name) && path.parent().is_some_and(is_cache) || is_cache(path)
    };
    // Reading the documents is an event, too, and no change; and where events were lost, something may have.
    let changed = events.map_or(true, |events| {
        let mut events = events.iter().filter(|event| !event.kind.is_access());
        events.any(|event| event.paths.is_empty() || !event.paths.iter().all(is_kept))
    });
    if changed {
        let _ = sender.send(());
    }
}
