//! What was read before: a file comes to the same as long as its bytes, its name and the options are the same.
//!
//! A folder holds a file of records for each list of paths that was built with it, as long as what was read last. What is
//! not asked for any longer is not written again, and what is damaged is read anew.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::order::Order;
use super::record::{FileHead, Told};
use super::store::{Place, Store};
use super::whole;
use crate::files;
use crate::flow::Read;
use crate::options::{Digested, Options};
use crate::report::{Note, Reason, Skip};

const MAGIC: &[u8; 12] = b"SAMARACACHE1";
/// What names of its files begin and end with.
const BEGIN: &str = "samara-";
const END: &str = ".pages";
/// What the name of the order of the documents ends with, which lies beside.
const ORDER: &str = "order";
/// What the name of that ends with which whoever builds may keep of the same corpus.
const BESIDE: &str = "beside";
/// Most files of a folder; the oldest go.
const MOST_FILES: usize = 8;
/// After this time, nobody writes a file that is unfinished any longer.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);
/// The largest record that is believed to be one.
const LARGEST: u32 = 1 << 31;

/// The number of what a file's reading depends on.
pub(crate) type Key = [u8; 16];

/// Where the reading of a file lies, and what tells that it is whole.
struct Known {
    start: u64,
    length: u32,
    sum: Key,
}

/// What was read before.
pub(crate) struct Cache {
    folder: PathBuf,
    path: PathBuf,
    options: Digested,
    before: Option<(Mutex<File>, HashMap<Key, Known>)>,
}

impl Cache {
    /// The cache in a folder for these paths, empty where there is none.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: &Path, paths: &[PathBuf], options: &Options) -> io::Result<Self> {
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
        let path = folder.join(format!("{BEGIN}{name}{END}"));
        Ok(Self {
            before: known(&path).map(|(file, known)| (Mutex::new(file), known)),
            folder: folder.to_owned(),
            path,
            options: options.digest_for_a_file(),
        })
    }

    /// The key of a file with these bytes.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn key(&self, file: &files::File) -> io::Result<Key> {
        let mut digest = Sha256::new();
        digest.update(self.options);
        digest.update((file.name.len() as u64).to_le_bytes());
        digest.update(&file.name);
        digest.update(format!("{:?}", file.format));
        let mut bytes = vec![0; 1 << 16];
        let mut open = File::open(&file.path)?;
        loop {
            match open.read(&mut bytes)? {
                0 => break,
                read => digest.update(&bytes[..read]),
            }
        }
        Ok(shortened(digest))
    }

    /// What the file of this key came to, if it was read before.
    pub fn get(&self, key: &Key) -> Option<Read> {
        let (file, known) = self.before.as_ref()?;
        let known = known.get(key)?;
        let mut bytes = vec![0; known.length as usize];
        {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(known.start)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        if shortened(Sha256::new_with_prefix(&bytes)) != known.sum {
            return None;
        }
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

    /// Writes what these files came to, for the next time.
    ///
    /// # Errors
    /// It cannot be written. What was there before is still there.
    pub fn write<'r>(
        self,
        read: impl Iterator<Item = (Key, &'r [Reason], &'r [Place])>,
        store: &Store,
    ) -> io::Result<()> {
        whole::exchange(&self.path, |out| write(out, read, store))?;
        prune(&self.folder, &self.path);
        Ok(())
    }

    /// The file that holds it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which numbers the documents had before.
    pub fn order(&self) -> Order {
        Order::open(self.path.with_extension(ORDER))
    }

    /// Where whoever builds may keep something of the same corpus.
    pub fn beside(&self) -> PathBuf {
        self.path.with_extension(BESIDE)
    }

    /// Whether it holds these keys and no others.
    pub fn holds(&self, keys: impl ExactSizeIterator<Item = Key>) -> bool {
        let Some((_, known)) = &self.before else {
            return false;
        };
        known.len() == keys.len() && { keys }.all(|key| known.contains_key(&key))
    }
}

/// Writes what files came to.
fn write<'r>(
    out: &mut impl io::Write,
    read: impl Iterator<Item = (Key, &'r [Reason], &'r [Place])>,
    store: &Store,
) -> io::Result<()> {
    out.write_all(MAGIC)?;
    for (key, reasons, pages) in read {
        if !reasons.iter().all(is_lasting) {
            continue;
        }
        let head = FileHead {
            reasons: reasons.iter().map(Told::from).collect(),
            lengths: pages.iter().map(|page| page.length()).collect(),
        };
        let mut record = postcard::to_stdvec(&head).map_err(io::Error::other)?;
        for &page in pages {
            record.extend(store.bytes(page)?);
        }
        let length = u32::try_from(record.len()).unwrap_or(u32::MAX);
        if length >= LARGEST {
            continue;
        }
        out.write_all(&key)?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&shortened(Sha256::new_with_prefix(&record)))?;
        out.write_all(&record)?;
    }
    Ok(())
}

/// Whether a file of the same bytes comes to the same again: what took too long may not the next time.
fn is_lasting(reason: &Reason) -> bool {
    !matches!(
        reason,
        Reason::Noted(Note::ExtractorsTookTooLong) | Reason::Skipped(Skip::ReaderFailed)
    )
}

pub(super) fn shortened(digest: Sha256) -> Key {
    let digest: Digested = digest.finalize().into();
    let mut key = Key::default();
    key.copy_from_slice(&digest[..16]);
    key
}

/// What a file of the cache holds, as far as it is whole.
fn known(path: &Path) -> Option<(File, HashMap<Key, Known>)> {
    let file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    let mut reader = BufReader::new(file);
    let mut magic = [0; MAGIC.len()];
    reader.read_exact(&mut magic).ok()?;
    if magic != *MAGIC {
        return None;
    }
    let mut at = magic.len() as u64;
    let mut known = HashMap::new();
    let mut head = [0; 36];
    while reader.read_exact(&mut head).is_ok() {
        let (mut key, mut sum) = (Key::default(), Key::default());
        key.copy_from_slice(&head[..16]);
        sum.copy_from_slice(&head[20..]);
        let length = u32::from_le_bytes([head[16], head[17], head[18], head[19]]);
        let start = at + head.len() as u64;
        at = start + u64::from(length);
        if length >= LARGEST || at > size || reader.seek_relative(i64::from(length)).is_err() {
            break;
        }
        known.insert(key, Known { start, length, sum });
    }
    Some((reader.into_inner(), known))
}

/// Deletes the oldest files of a folder where they are too many, and what builds left that were killed. What has another name is
/// none of ours.
fn prune(folder: &Path, own: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut others: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        let Ok(modified) = entry.metadata().and_then(|of| of.modified()) else {
            continue;
        };
        if name.starts_with(BEGIN) && name.ends_with(END) && path != own {
            others.push((modified, path));
        } else if whole::finished(&name).is_some_and(|name| name.starts_with(BEGIN))
            && modified.elapsed().is_ok_and(|age| age > ABANDONED)
        {
            let _ = fs::remove_file(path);
        }
    }
    others.sort();
    let gone = (others.len() + 1).saturating_sub(MOST_FILES);
    for (_, path) in others.into_iter().take(gone) {
        // Another build may have deleted it.
        for beside in [ORDER, BESIDE] {
            let _ = fs::remove_file(path.with_extension(beside));
        }
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_killed_builds_left_goes_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let old = SystemTime::now() - 2 * ABANDONED;
        let names = [
            ".samara-0123.pages.7",
            ".samara-0123.pages.old",
            ".other.7",
            "samara-0123.pages",
        ];
        for name in names {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(old).unwrap();
        }
        File::create(folder.path().join(".samara-0123.pages.8")).unwrap();
        prune(folder.path(), &folder.path().join("samara-own.pages"));
        let there = |name: &str| folder.path().join(name).exists();
        assert!(!there(names[0]) && names[1..].iter().all(|name| there(name)));
        assert!(there(".samara-0123.pages.8"), "it may still be written");
    }
}
