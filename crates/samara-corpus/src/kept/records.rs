//! Records by their keys, in a file that the next build reads.
//!
//! New records are appended, so that a build of which little has changed writes little. What nobody asks for any longer stays
//! until it is more than what is asked for; then the file is written anew. A record tells by its own sum whether it is
//! whole: what was cut, damaged or left by a build that was killed is not there, and is made again. One build at a time keeps
//! something in a folder ([`Lock`]).

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, BufWriter, Read as _, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::spill::Shared;
use super::whole;
use crate::report::{Note, Warning};

/// What a file begins with, before its stamp.
const MAGIC: &[u8; 16] = b"SAMARARECORDS001";
/// Bytes before a record: its key, its sum and its length.
const HEAD: usize = 36;
/// The largest record that is believed to be one.
const LARGEST: u32 = 1 << 31;

/// What tells one record from others: a digest of all that it depends on.
pub type Key = [u8; 16];

/// Where a record lies, and what tells that it is whole.
#[derive(Clone, Copy)]
struct Known {
    start: u64,
    length: u32,
    sum: Key,
}

impl Known {
    /// The record, as it lies in a file.
    fn read(&self, file: &Shared) -> io::Result<Vec<u8>> {
        let mut record = vec![0; self.length as usize];
        file.read(self.start, &mut record)?;
        Ok(record)
    }
}

/// What says that a build keeps something of these paths. The system lets go of it with the process.
pub(crate) struct Lock {
    path: PathBuf,
    /// None where another build has it.
    file: io::Result<Option<File>>,
}

impl Lock {
    /// Asks for it, by a file that lies there for that.
    pub fn of(path: &Path) -> Arc<Self> {
        let locked = || {
            refuse_others(path)?;
            let mut options = OpenOptions::new();
            let file = options
                .create(true)
                .write(true)
                .truncate(false)
                .open(path)?;
            // Where nothing can be locked, two builds may spoil one another's records, which their sums tell.
            let is_locked = !matches!(file.try_lock(), Err(TryLockError::WouldBlock));
            Ok(Some(file).filter(|_| is_locked))
        };
        Arc::new(Self {
            path: path.to_owned(),
            file: locked(),
        })
    }

    /// Whether this build has it.
    pub fn is_own(&self) -> bool {
        matches!(self.file, Ok(Some(_)))
    }

    /// Why nothing is kept, where this build does not have it.
    pub fn warning(&self) -> Option<Warning> {
        let note = match &self.file {
            Ok(Some(_)) => return None,
            Ok(None) => Note::CacheInUse,
            Err(fault) => Note::NotKept {
                fault: fault.to_string(),
            },
        };
        Some(Warning::new(self.path.to_string_lossy(), note))
    }
}

/// What is no file is none of ours: a pipe would be waited for, and behind a link lies something of others.
pub(super) fn refuse_others(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|of| !of.is_file()) {
        return Err(io::Error::other("this is no file"));
    }
    Ok(())
}

/// The records of a file.
pub struct Records {
    path: PathBuf,
    stamp: Key,
    lock: Arc<Lock>,
    file: Option<Shared>,
    known: HashMap<Key, Known>,
    /// Records that were asked for and were not whole.
    damaged: Mutex<HashSet<Key>>,
    /// Where the last whole record ends; 0 where there is no file of this stamp.
    end: u64,
    /// Bytes of the file.
    length: u64,
}

impl Records {
    /// The records of a file by itself, beside which a lock lies; none where there is no such file or one of another stamp.
    #[must_use]
    pub fn open(path: &Path, stamp: Key) -> Self {
        Self::under(path, stamp, Lock::of(&path.with_extension("lock")))
    }

    /// The records of a file, none where there is no such file or one of another stamp, which says what all of them depend on.
    /// Linear in their number.
    #[must_use]
    pub(crate) fn under(path: &Path, stamp: Key, lock: Arc<Lock>) -> Self {
        let mut records = Self {
            path: path.to_owned(),
            stamp,
            lock,
            file: None,
            known: HashMap::new(),
            damaged: Mutex::default(),
            end: 0,
            length: 0,
        };
        // What was read until then is there.
        let _ = records.read();
        records
    }

    fn read(&mut self) -> io::Result<()> {
        refuse_others(&self.path)?;
        self.length = fs::metadata(&self.path)?.len();
        let mut file = BufReader::new(File::open(&self.path)?);
        let mut begin = [0; MAGIC.len() + size_of::<Key>()];
        file.read_exact(&mut begin)?;
        if begin != *self.begin() {
            return Ok(());
        }
        let scanned = self.scan(&mut file);
        self.file = Some(Shared::of(file.into_inner()));
        scanned
    }

    /// Reads the heads of the records.
    fn scan(&mut self, file: &mut BufReader<File>) -> io::Result<()> {
        self.end = self.begin().len() as u64;
        let mut head = [0; HEAD];
        loop {
            file.read_exact(&mut head)?;
            let (mut key, mut sum) = (Key::default(), Key::default());
            key.copy_from_slice(&head[..16]);
            sum.copy_from_slice(&head[16..32]);
            let length = u32::from_le_bytes([head[32], head[33], head[34], head[35]]);
            let start = self.end + HEAD as u64;
            // Where a file was made longer, there are zeros, and no sum is.
            if sum == Key::default() || length >= LARGEST || start + u64::from(length) > self.length
            {
                return Ok(());
            }
            file.seek_relative(i64::from(length))?;
            self.known.insert(key, Known { start, length, sum });
            self.end = start + u64::from(length);
        }
    }

    fn begin(&self) -> Vec<u8> {
        [&MAGIC[..], &self.stamp].concat()
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many records there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known.len()
    }

    /// Whether there is a record of this key. Whether it is whole is known of those that were asked for.
    #[must_use]
    pub fn has(&self, key: &Key) -> bool {
        let damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        self.known.contains_key(key) && !damaged.contains(key)
    }

    /// The record of this key, if it is whole. Linear in it.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let known = self.known.get(key)?;
        let read = self.file.as_ref();
        let read = read.and_then(|file| known.read(file).ok());
        let record = read.filter(|record| sum(key, &[record]) == known.sum);
        if record.is_none() {
            self.refuse(key);
        }
        record
    }

    /// Does without a record that makes no sense to whoever asked for it.
    pub fn refuse(&self, key: &Key) {
        let mut damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        damaged.insert(*key);
    }

    /// Takes new records. Each is written as soon as it is put, unless another build is at work.
    #[must_use]
    pub fn append(&self) -> Appended {
        Appended {
            path: self.path.clone(),
            begin: self.begin(),
            end: self.end,
            length: self.length,
            new: HashMap::new(),
            out: None,
            fault: None,
            is_allowed: self.lock.is_own(),
        }
    }
}

/// Records that are added to a file.
pub struct Appended {
    path: PathBuf,
    begin: Vec<u8>,
    /// Where the next record begins.
    end: u64,
    /// Bytes of the file before.
    length: u64,
    new: HashMap<Key, Known>,
    out: Option<BufWriter<File>>,
    /// What is not written costs time the next time, and nothing now.
    fault: Option<io::Error>,
    is_allowed: bool,
}

impl Appended {
    /// Whether this build may write them.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.is_allowed
    }

    /// Appends a record, which these pieces make. Linear in it.
    pub fn put(&mut self, key: Key, pieces: &[&[u8]]) {
        if self.is_allowed && self.fault.is_none() {
            self.fault = self.write(key, pieces).err();
        }
    }

    fn write(&mut self, key: Key, pieces: &[&[u8]]) -> io::Result<()> {
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        let Some(length) = u32::try_from(length)
            .ok()
            .filter(|&length| length < LARGEST)
        else {
            return Ok(());
        };
        let sum = sum(&key, pieces);
        let out = match &mut self.out {
            Some(out) => out,
            None => {
                let file = self.open()?;
                self.out.insert(BufWriter::new(file))
            }
        };
        out.write_all(&key)?;
        out.write_all(&sum)?;
        out.write_all(&length.to_le_bytes())?;
        for piece in pieces {
            out.write_all(piece)?;
        }
        let start = self.end + HEAD as u64;
        self.new.insert(key, Known { start, length, sum });
        self.end = start + u64::from(length);
        Ok(())
    }

    /// The file, to whose end records are appended.
    fn open(&mut self) -> io::Result<File> {
        refuse_others(&self.path)?;
        let mut options = OpenOptions::new();
        let options = options.create(true).write(true).truncate(false);
        let mut file = options.open(&self.path)?;
        if file.metadata()?.len() != self.length {
            return Err(io::Error::other("something else has changed it"));
        }
        // What is behind is no whole record.
        file.set_len(self.end)?;
        file.seek(SeekFrom::Start(self.end))?;
        if self.end == 0 {
            file.write_all(&self.begin)?;
            self.end = self.begin.len() as u64;
        }
        Ok(file)
    }

    /// Writes what was not written yet. Where less than half of the file is `live`, that alone is kept of it. `before` are the
    /// records that these are added to. Linear in the number of records, and then in the file.
    ///
    /// # Errors
    /// Something could not be written. What is there is whole.
    pub fn close<'k>(
        mut self,
        before: Records,
        live: impl Iterator<Item = &'k Key>,
    ) -> io::Result<()> {
        if !self.is_allowed {
            return Ok(());
        }
        // Some systems exchange no file that is open. Nobody else keeps anything until the lock is gone.
        let Records {
            known: mut all,
            lock: _lock,
            ..
        } = before;
        all.extend(self.new);
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if let Some(out) = &mut self.out {
            out.flush()?;
        }
        let live: HashSet<&Key> = live.collect();
        let live = live
            .into_iter()
            .filter_map(|key| Some((key, *all.get(key)?)));
        let mut live: Vec<(&Key, Known)> = live.collect();
        let used = live
            .iter()
            .map(|(_, known)| HEAD as u64 + u64::from(known.length));
        let used = self.begin.len() as u64 + used.sum::<u64>();
        if used >= self.end / 2 {
            return Ok(());
        }
        live.sort_by_key(|(_, known)| known.start);
        let file = Shared::of(File::open(&self.path)?);
        drop(self.out);
        let begin = self.begin;
        whole::exchange(&self.path, move |out| {
            out.write_all(&begin)?;
            for (key, known) in live {
                let record = known.read(&file)?;
                out.write_all(key)?;
                out.write_all(&known.sum)?;
                out.write_all(&known.length.to_le_bytes())?;
                out.write_all(&record)?;
            }
            Ok(())
        })
    }
}

/// The sum of a record, which is bound to its key.
fn sum(key: &Key, pieces: &[&[u8]]) -> Key {
    let mut sum = Sha256::new_with_prefix(key);
    pieces.iter().for_each(|piece| sum.update(piece));
    shortened(sum)
}

/// The key of what these pieces tell. Linear in them.
#[must_use]
pub fn key_of(pieces: &[&[u8]]) -> Key {
    let mut digest = Sha256::new();
    for piece in pieces {
        digest.update((piece.len() as u64).to_le_bytes());
        digest.update(piece);
    }
    shortened(digest)
}

/// The first half of a digest.
pub(crate) fn shortened(digest: Sha256) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&digest.finalize()[..16]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Key = [7; 16];

    fn open(path: &Path) -> Records {
        Records::open(path, STAMP)
    }

    fn key(number: u8) -> Key {
        [number; 16]
    }

    fn record(number: u8, round: u8) -> Vec<u8> {
        vec![round; usize::from(number % 5)]
    }

    /// Puts records of these numbers, of which these are live then.
    fn put(path: &Path, numbers: impl Iterator<Item = u8>, round: u8, live: &[u8]) {
        let before = open(path);
        let mut appended = before.append();
        for number in numbers {
            let record = record(number, round);
            let (one, other) = record.split_at(record.len() / 2);
            appended.put(key(number), &[one, other]);
        }
        let live: Vec<Key> = live.iter().map(|&number| key(number)).collect();
        appended.close(before, live.iter()).unwrap();
    }

    #[test]
    fn records_come_back_as_they_were_put_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records");
        let mut expected: HashMap<u8, Vec<u8>> = HashMap::new();
        for round in 1..60 {
            let numbers = || (0..round % 7).map(move |number: u8| number.wrapping_mul(round) % 40);
            let live: Vec<u8> = (0..40)
                .filter(|number| number % (1 + round % 3) == 0)
                .collect();
            put(&path, numbers(), round, &live);
            expected.extend(numbers().map(|number| (number, record(number, round))));
            let records = open(&path);
            for number in 0..40 {
                let found = records.get(&key(number));
                let is_live = live.contains(&number);
                // What is not live may be gone.
                let expected = expected.get(&number);
                assert!(found.as_ref() == expected || !is_live && found.is_none());
                assert_eq!(records.has(&key(number)), found.is_some());
            }
            expected.retain(|number, _| records.has(&key(*number)));
        }
        assert!(
            Records::open(&path, [8; 16]).known.is_empty(),
            "another stamp"
        );
    }

    #[test]
    fn what_nobody_asks_for_takes_no_more_than_half() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records");
        let size = || fs::metadata(&path).unwrap().len();
        put(&path, 0..100, 1, &(0..100).collect::<Vec<_>>());
        let whole = size();
        put(&path, 0..0, 2, &(0..60).collect::<Vec<_>>());
        assert_eq!(size(), whole);
        put(&path, 0..1, 2, &(0..30).collect::<Vec<_>>());
        assert!(size() < whole / 2);
        let records = open(&path);
        let is_there = |number: u8| records.get(&key(number)).is_some();
        assert!((0..30).all(is_there) && !(30..100).any(is_there));
        assert_eq!(records.get(&key(1)), Some(record(1, 1)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_damaged_is_not_there_and_can_be_put_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records");
        let all: Vec<u8> = (0..4).collect();
        put(&path, 0..4, 1, &all);
        let whole = fs::read(&path).unwrap();
        let found = || {
            let records = open(&path);
            let found = all.iter().map(|&number| match records.get(&key(number)) {
                Some(found) => {
                    assert_eq!(found, record(number, 1));
                    records.has(&key(number))
                }
                None => records.has(&key(number)),
            });
            found.collect::<Vec<_>>()
        };
        assert_eq!(found(), [true; 4]);
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            for (damage, bytes) in [("cut", &whole[..at]), ("changed", &damaged)] {
                fs::write(&path, bytes).unwrap();
                let there = found();
                assert!(there.contains(&false), "{damage} at {at}");
                let missing = all.iter().zip(there).filter(|(_, is)| !is);
                put(&path, missing.map(|(number, _)| *number), 1, &all);
                assert_eq!(found(), [true; 4], "{damage} at {at}");
            }
        }
    }

    #[test]
    fn of_two_builds_at_once_the_first_one_keeps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records");
        put(&path, 0..9, 1, &(0..9).collect::<Vec<_>>());
        let (first, second) = (open(&path), open(&path));
        let live = [key(1), key(20)];
        for (records, number) in [(second, 30), (first, 20)] {
            assert_eq!(records.get(&key(1)), Some(record(1, 1)), "both read");
            let mut appended = records.append();
            appended.put(key(number), &[b"new"]);
            appended.close(records, live.iter()).unwrap();
        }
        let records = open(&path);
        assert_eq!(records.get(&key(20)).as_deref(), Some(&b"new"[..]));
        assert!(!records.has(&key(30)) && !records.has(&key(2)));
        // Something else writes it, which asks for no lock.
        let mut appended = records.append();
        fs::write(&path, "other").unwrap();
        appended.put(key(1), &[b"one"]);
        assert!(appended.close(records, live.iter()).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"other");
    }

    #[test]
    fn what_was_made_longer_is_cut_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records");
        put(&path, 0..4, 1, &[0, 1, 2, 3]);
        let whole = fs::metadata(&path).unwrap().len();
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(1 << 34)
            .unwrap();
        assert_eq!(open(&path).count(), 4);
        put(&path, 4..5, 1, &[0, 1, 2, 3, 4]);
        assert!(fs::metadata(&path).unwrap().len() < whole + 100);
        assert_eq!(open(&path).get(&key(4)), Some(record(4, 1)));
    }
}
