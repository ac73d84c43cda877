//! What was read before: a file comes to the same as long as its bytes, its name and the options are the same.
//!
//! A folder holds some files for each list of paths that was built with it: [`records`](super::records) of what files came to, and
//! what later steps of a build keep beside them. What is damaged is read anew. A file of which the system tells the same as before
//! is not even read ([`stat`](super::stat)).

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::order::Order;
use super::record::{FileHead, Told};
use super::records::{Appended, Key, Lock, Records, shortened};
use super::stat::{Stat, Stats};
use super::store::{Place, Store};
use super::whole;
use crate::files;
use crate::flow::Read;
use crate::options::{Digested, Options};
use crate::report::{Note, Reason, Skip};

/// What names of its files begin with.
const BEGIN: &str = "samara-";
/// What the names end with of what was read, and of the order of the documents.
const PAGES: &str = "pages";
const ORDER: &str = "order";
const LOCK: &str = "lock";
/// What the names of all files end with.
const ENDINGS: [&str; 6] = [PAGES, ORDER, LOCK, "documents", "texts", "blocks"];
/// What is kept depends on nothing that its keys do not tell, but for how it is written.
const STAMP: Key = *b"pages of files 3";
/// The key of the record that says what the system told of files. No file has it.
const STATS: Key = [0; 16];
/// Most lists of paths of a folder; the oldest go.
const MOST_LISTS: usize = 8;
/// After this time, nobody writes a file that is unfinished any longer.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// What was read before.
pub(crate) struct Cache {
    folder: PathBuf,
    path: PathBuf,
    options: Digested,
    lock: Arc<Lock>,
    before: Records,
    /// Keys of files by what the system told of them.
    stats: Stats,
    /// When this build began, before it asked for any file.
    pub(super) began: SystemTime,
}

/// What tells a file from others, and from what it was before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Keys {
    /// By its content.
    pub content: Key,
    /// By what the system tells of it, where that is enough.
    pub stat: Option<Key>,
}

impl Cache {
    /// The cache in a folder for these paths, empty where there is none.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: &Path, paths: &[PathBuf], options: &Options) -> io::Result<Self> {
        let began = SystemTime::now();
        fs::create_dir_all(folder)?;
        let mut digest = Sha256::new();
        for path in paths {
            let whole = files::real_path(path).unwrap_or_else(|_| path.clone());
            digest.update(whole.to_string_lossy().as_bytes());
            digest.update([0]);
        }
        let digest = digest.finalize();
        let name: String = digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let path = folder.join(format!("{BEGIN}{name}.{PAGES}"));
        let lock = Lock::of(&path.with_extension(LOCK));
        let before = Records::under(&path, STAMP, Arc::clone(&lock));
        let stats = before.get(&STATS).map(|bytes| Stats::decode(&bytes));
        Ok(Self {
            before,
            stats: stats.unwrap_or_default(),
            began,
            lock,
            folder: folder.to_owned(),
            path,
            options: options.digest_for_a_file(),
        })
    }

    /// What tells an open file, and what it came to, if it was read before. `key` gives its key by its content, and is asked where
    /// what the system tells of the file does not say it, or nothing is kept of it any longer.
    ///
    /// # Errors
    /// Those of `key`.
    pub fn find(
        &self,
        file: &files::File,
        open: &fs::File,
        key: impl FnOnce() -> io::Result<Key>,
    ) -> io::Result<(Keys, Option<Read>)> {
        // What is written from here on will tell something else.
        let stat = self.stat(file, &Stat::of(open));
        let known = stat.and_then(|stat| self.stats.get(&stat));
        if let Some(&content) = known
            && let Some(read) = self.get(&content)
        {
            return Ok((Keys { content, stat }, Some(read)));
        }
        let content = key()?;
        Ok((Keys { content, stat }, self.get(&content)))
    }

    /// What tells a file without its content, where the system tells enough.
    fn stat(&self, file: &files::File, stat: &Stat) -> Option<Key> {
        if !stat.is_settled(self.began) {
            return None;
        }
        let mut digest = self.digest(file);
        let path = file.path.as_os_str().as_encoded_bytes();
        digest.update((path.len() as u64).to_le_bytes());
        digest.update(path);
        stat.add_to(&mut digest);
        Some(shortened(digest))
    }

    /// Of what decides beside its content what a file comes to.
    fn digest(&self, file: &files::File) -> Sha256 {
        let mut digest = Sha256::new();
        digest.update(self.options);
        digest.update((file.name.len() as u64).to_le_bytes());
        digest.update(&file.name);
        digest.update(format!("{:?}", file.format));
        digest
    }

    /// The key of a file with this content. Linear in it.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn key(&self, file: &files::File, mut content: impl io::Read) -> io::Result<Key> {
        let mut digest = self.digest(file);
        let mut bytes = vec![0; 1 << 16];
        loop {
            match content.read(&mut bytes)? {
                0 => break,
                read => digest.update(&bytes[..read]),
            }
        }
        Ok(shortened(digest))
    }

    /// What the file of this key came to, if it was read before.
    pub fn get(&self, key: &Key) -> Option<Read> {
        let bytes = self.before.get(key)?;
        let (head, mut rest): (FileHead, &[u8]) = postcard::take_from_bytes(&bytes).ok()?;
        let mut pages = Vec::with_capacity(head.lengths.len());
        for length in head.lengths {
            let (page, behind) = rest.split_at_checked(length as usize)?;
            pages.push(page.to_vec());
            rest = behind;
        }
        let reasons = head.reasons.into_iter().map(Reason::from).collect();
        Some(Read { pages, reasons })
    }

    /// Keeps what these files came to, for the next time. Linear in what was not kept before.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(self, read: &[KeptFile], store: &Store) -> io::Result<()> {
        if !self.lock.is_own() {
            return Ok(());
        }
        let mut appended = self.before.append();
        for file in read.iter().filter(|file| !file.is_known) {
            put(&mut appended, file, store)?;
        }
        let stats = read.iter().map(|file| file.keys);
        let stats = Stats::of(stats.filter_map(|keys| Some([keys.stat?, keys.content])));
        if stats != self.stats {
            appended.put(STATS, &[stats.encode()]);
        }
        let live = read.iter().map(|file| &file.keys.content);
        appended.close(self.before, live.chain([&STATS]))?;
        prune(&self.folder, &self.path);
        Ok(())
    }

    /// The file that holds it. What later steps of a build keep lies beside, with other extensions.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What allows to keep something.
    pub fn lock(&self) -> &Arc<Lock> {
        &self.lock
    }

    /// Which numbers the documents had before.
    pub fn order(&self) -> Order {
        Order::open(self.path.with_extension(ORDER))
    }
}

/// A file as it is kept.
pub(crate) struct KeptFile<'r> {
    pub keys: Keys,
    pub reasons: &'r [Reason],
    pub pages: &'r [Place],
    /// Whether it came from here.
    pub is_known: bool,
}

fn put(appended: &mut Appended, file: &KeptFile, store: &Store) -> io::Result<()> {
    let head = FileHead {
        reasons: file.reasons.iter().map(Told::from).collect(),
        lengths: file.pages.iter().map(|page| page.length()).collect(),
    };
    let head = postcard::to_stdvec(&head).map_err(io::Error::other)?;
    let pages = file.pages.iter().map(|&page| store.bytes(page));
    let pages = pages.collect::<io::Result<Vec<_>>>()?;
    let pieces = [&head].into_iter().chain(&pages);
    let pieces: Vec<&[u8]> = pieces.map(|piece| &**piece).collect();
    appended.put(file.keys.content, &pieces);
    Ok(())
}

/// Whether a file of the same bytes comes to the same again: what took too long may not the next time.
pub(crate) fn is_lasting(reason: &Reason) -> bool {
    !matches!(
        reason,
        Reason::Noted(Note::ExtractorsTookTooLong) | Reason::Skipped(Skip::ReaderFailed)
    )
}

/// Whether this is the name of a file of a cache: `samara-0123456789abcdef.pages`.
fn is_own(name: &str) -> bool {
    let name = name.strip_prefix(BEGIN);
    let name = name.and_then(|name| name.split_once('.'));
    name.is_some_and(|(number, ending)| {
        let is_digit = |byte: u8| byte.is_ascii_hexdigit();
        number.len() == 16 && number.bytes().all(is_digit) && ENDINGS.contains(&ending)
    })
}

/// Whether a cache writes files of this name: to whoever watches its folder they are no news.
#[must_use]
pub fn is_cache_file(name: &str) -> bool {
    is_own(name) || whole::finished(name).is_some_and(is_own)
}

/// Deletes what is kept of the lists of paths that were written the longest time ago, where they are too many, and what builds left
/// that were killed. What has another name is none of ours.
fn prune(folder: &Path, own: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut others: BTreeMap<PathBuf, (SystemTime, Vec<PathBuf>)> = BTreeMap::new();
    for entry in entries.filter_map(Result::ok) {
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        let Ok(modified) = entry.metadata().and_then(|of| of.modified()) else {
            continue;
        };
        let list = path.with_extension("");
        if list == own.with_extension("") {
            continue;
        }
        if is_own(&name) {
            let (last, paths) = others.entry(list).or_insert((modified, Vec::new()));
            *last = modified.max(*last);
            paths.push(path);
        } else if whole::finished(&name).is_some_and(is_own)
            && modified.elapsed().is_ok_and(|age| age > ABANDONED)
        {
            let _ = fs::remove_file(path);
        }
    }
    let mut others: Vec<(SystemTime, Vec<PathBuf>)> = others.into_values().collect();
    others.sort();
    let gone = (others.len() + 1).saturating_sub(MOST_LISTS);
    for path in others.into_iter().take(gone).flat_map(|(_, paths)| paths) {
        // Another build may have deleted it.
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn what_killed_builds_left_goes_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let old = SystemTime::now() - 2 * ABANDONED;
        let names = [
            ".samara-0123456789abcdef.pages.7",
            ".samara-0123456789abcdef.pages.old",
            ".other.7",
            "samara-0123456789abcdef.pages",
        ];
        for name in names {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(old).unwrap();
        }
        File::create(folder.path().join(".samara-0123456789abcdef.pages.8")).unwrap();
        prune(
            folder.path(),
            &folder.path().join("samara-00000000000000aa.pages"),
        );
        let there = |name: &str| folder.path().join(name).exists();
        assert!(!there(names[0]) && names[1..].iter().all(|name| there(name)));
        assert!(
            there(".samara-0123456789abcdef.pages.8"),
            "it may still be written"
        );
    }

    #[test]
    fn what_is_kept_of_the_oldest_lists_goes_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = |list: u64, what: &str| folder.path().join(format!("samara-{list:016x}.{what}"));
        let now = SystemTime::now();
        for list in 0..10 {
            for what in [PAGES, ORDER] {
                let file = File::create(path(list, what)).unwrap();
                // What of the first list was written last is young.
                let age = if list == 0 && what == ORDER {
                    0
                } else {
                    100 - list
                };
                file.set_modified(now - Duration::from_secs(age)).unwrap();
            }
        }
        let others = [
            "other-1.pages",
            "samara-notes.md",
            "samara-0000000000000001.md",
        ];
        for other in others {
            let file = File::create(folder.path().join(other)).unwrap();
            file.set_modified(now - 2 * ABANDONED).unwrap();
        }
        prune(folder.path(), &path(1, PAGES));
        let there = (0..10).filter(|&list| path(list, PAGES).exists());
        assert_eq!(there.collect::<Vec<_>>(), [0, 1, 4, 5, 6, 7, 8, 9]);
        let there = (0..10).filter(|&list| path(list, ORDER).exists());
        assert_eq!(there.count(), MOST_LISTS);
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
    }
}
