//! Files through their readers, on several threads, and their pages into the store.

use std::fs;
use std::io::Read as _;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::cores::{SMALL, threads};
use crate::error::Error;
use crate::faults::contained;
use crate::files::{File, Format};
use crate::flow::{self, Read};
use crate::kept::cache::{Cache, Keys};
use crate::kept::stat::Stat;
use crate::kept::store::{Place, Store};
use crate::options::Options;
use crate::report::{Reason, Skip};

/// Files that were read and whose pages are not put away yet, for each thread; of known ones, some that are handed over together.
const WAITING: usize = 4;
/// Bytes of pages that are handed over together, where they are known.
const TOGETHER: usize = 1 << 20;

/// What a file came to, and where its pages are.
pub(crate) struct Put {
    pub reasons: Vec<Reason>,
    /// Among all pages.
    pub pages: Range<usize>,
    pub keys: Option<Keys>,
    /// Whether it came from the cache.
    pub is_known: bool,
}

/// Reads files on several threads; results come in the files' order, and where all pages lie.
pub(crate) fn read_files(
    files: &[File],
    options: &Options,
    cache: Option<&Cache>,
    store: &mut Store,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(Vec<Put>, Vec<Place>), Error> {
    let threads = threads(options, files.len());
    let mut outcomes: Vec<_> = files.iter().map(|_| None).collect();
    let (mut done, mut all_pages) = (0, Vec::new());
    let mut put = |place: usize, outcome: Result<(Read, Option<Keys>, bool), Error>| {
        let outcome = outcome.and_then(|(read, keys, is_known)| {
            let start = all_pages.len();
            for page in read.pages {
                all_pages.push(store.put(page).map_err(|reason| Error::Kept { reason })?);
            }
            Ok(Put {
                reasons: read.reasons,
                pages: start..all_pages.len(),
                keys,
                is_known,
            })
        });
        outcomes[place] = Some(outcome);
        done += 1;
        progress(done, files.len());
    };
    if threads == 1 || cfg!(target_family = "wasm") {
        for (place, file) in files.iter().enumerate() {
            put(place, read_file(file, options, cache));
        }
    } else {
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::sync_channel(threads * WAITING);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    let (mut read, mut size) = (Vec::new(), 0);
                    loop {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        let Some(file) = files.get(place) else { break };
                        let outcome = read_file(file, options, cache);
                        // What is known is there at once: to hand over each by itself takes longer.
                        let is_known = matches!(outcome, Ok((_, _, true)));
                        let pages = outcome.iter().flat_map(|(read, ..)| &read.pages);
                        size += pages.map(Vec::len).sum::<usize>();
                        read.push((place, outcome));
                        if !is_known || read.len() == SMALL || size > TOGETHER {
                            if sender.send(std::mem::take(&mut read)).is_err() {
                                return;
                            }
                            size = 0;
                        }
                    }
                    // Nobody takes it where a thread has panicked.
                    let _ = sender.send(read);
                });
            }
            drop(sender);
            for (place, outcome) in receiver.into_iter().flatten() {
                put(place, outcome);
            }
        });
    }
    // The first fault in the files' order is the one that is told.
    let read = outcomes.into_iter().flatten().collect::<Result<_, _>>()?;
    Ok((read, all_pages))
}

/// Reads a file, or takes what it came to before, and says with its keys whether it did. A fault in a reader costs that file, with a
/// warning, and nothing else.
fn read_file(
    file: &File,
    options: &Options,
    cache: Option<&Cache>,
) -> Result<(Read, Option<Keys>, bool), Error> {
    let unreadable = |reason| Error::Unreadable {
        path: file.path.clone(),
        reason,
    };
    // Its lines are read one by one, since it may be larger than memory.
    let is_streamed = file.format == Format::JsonLines;
    let (mut bytes, mut keys, mut stat) = (None, None, None);
    if let Some(cache) = cache.filter(|_| cfg!(feature = "cache")) {
        let open = fs::File::open(&file.path).map_err(unreadable)?;
        stat = is_streamed.then(|| Stat::of(&open));
        let key = || {
            if is_streamed {
                return cache.key(file, &open);
            }
            // What is read is what the key tells.
            let content = bytes.insert(Vec::new());
            (&open).read_to_end(content)?;
            cache.key(file, &**content)
        };
        let (found, read) = cache.find(file, &open, key).map_err(unreadable)?;
        if let Some(read) = read {
            return Ok((read, Some(found), true));
        }
        keys = Some(found);
    }
    let read = || {
        if is_streamed && let Some(read) = flow::read_lines(file, options)? {
            return Ok(read);
        }
        let bytes = match bytes {
            Some(bytes) => bytes,
            None => fs::read(&file.path).map_err(unreadable)?,
        };
        flow::read(file, bytes, options)
    };
    let read = contained(&file.name, read);
    let read = read.unwrap_or_else(|| Ok(Read::skipped(Skip::ReaderFailed)))?;
    // Lines are read by the path, where something else may lie by now than what the key tells.
    let is_other = |before| fs::File::open(&file.path).map(|now| Stat::of(&now) != before);
    if stat.is_some_and(|stat| is_other(stat).unwrap_or(true)) {
        keys = None;
    }
    Ok((read, keys, false))
}
