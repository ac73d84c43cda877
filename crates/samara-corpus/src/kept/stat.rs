//! What the system tells of files, so that those that have not changed need not be read.
//!
//! A digest of a file's content takes reading all of it. As Git's index does, a cache remembers what the system told of the file
//! before it was read: where it lies, its length, and when it was modified and changed. Programs can set the time of
//! modification as they like, but not the time of change. Where all of it is the same the next time, so is the content, but for a
//! second write through a memory map before the first one is on the disk, and for file systems that make the time of change up.
//!
//! A file that is written twice within a moment, as its file system counts them, tells nothing of the second time. So what is
//! too young is read again ([`Stat::is_settled`]).

use std::fs::File;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

use super::records::Key;

/// How long a file has to be as it is. FAT counts two seconds as one moment, the longest of all file systems.
const SETTLED: Duration = Duration::from_secs(2);
/// In nanoseconds, as times of files are.
const MILLISECOND: i128 = 1_000_000;

/// What the system tells of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stat {
    device: u64,
    inode: u64,
    length: u64,
    /// In nanoseconds since 1970, as is the other.
    modified: i128,
    changed: i128,
}

impl Stat {
    /// What the system tells of an open file, which is the one that is read, whatever lies at its path by then. It tells nothing
    /// where it cannot be asked, and nothing of a pipe or a device, which give something else each time.
    #[cfg(all(unix, not(target_family = "wasm")))]
    pub fn of(file: &File) -> Self {
        use std::os::unix::fs::MetadataExt;

        let time = |seconds, rest| i128::from(seconds) * 1000 * MILLISECOND + i128::from(rest);
        let told = file.metadata().ok().filter(std::fs::Metadata::is_file);
        told.map_or_else(Self::default, |told| Self {
            device: told.dev(),
            inode: told.ino(),
            length: told.len(),
            modified: time(told.mtime(), told.mtime_nsec()),
            changed: time(told.ctime(), told.ctime_nsec()),
        })
    }

    /// Other systems tell no time that programs cannot set.
    #[cfg(not(all(unix, not(target_family = "wasm"))))]
    pub fn of(_: &File) -> Self {
        Self::default()
    }

    /// Whether a file that is written later than `now` tells something else than this. `now` is no later than the moment at which
    /// the system was asked.
    ///
    /// A time of change in whole milliseconds is none that a system's clock has told, or of a file system that counts coarsely:
    /// many of these (FAT, file systems over SSH, images that are made the same each time) have one time for both, which can be
    /// set. Some make up the contents of files whose length they call 0.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let Ok(now) = now.duration_since(UNIX_EPOCH) else {
            return false;
        };
        let latest = now.as_nanos() as i128 - SETTLED.as_nanos() as i128;
        let is_told = self.inode != 0 && self.length != 0 && self.changed % MILLISECOND != 0;
        is_told && self.modified.max(self.changed) <= latest
    }

    /// Adds it to what a digest tells.
    pub fn add_to(&self, digest: &mut Sha256) {
        for number in [self.device, self.inode, self.length] {
            digest.update(number.to_le_bytes());
        }
        for time in [self.modified, self.changed] {
            digest.update(time.to_le_bytes());
        }
    }
}

/// Keys of files by what was told of them: digests of both, which ascend.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Stats {
    entries: Vec<[Key; 2]>,
}

impl Stats {
    /// A table of these entries, each a digest of what was told of a file, and the file's key. Linear, but for sorting them.
    pub fn of(entries: impl Iterator<Item = [Key; 2]>) -> Self {
        let mut entries: Vec<[Key; 2]> = entries.collect();
        entries.sort_unstable();
        entries.dedup_by_key(|[told, _]| *told);
        Self { entries }
    }

    /// What these bytes say; nothing where they are damaged. Linear in them.
    pub fn decode(bytes: &[u8]) -> Self {
        let (keys, behind) = bytes.as_chunks();
        let (entries, odd) = keys.as_chunks();
        let ascend = entries.is_sorted_by(|[one, _], [other, _]| one < other);
        if ascend && odd.is_empty() && behind.is_empty() {
            let entries = entries.to_vec();
            Self { entries }
        } else {
            Self::default()
        }
    }

    /// Linear in the entries.
    pub fn encode(&self) -> &[u8] {
        self.entries.as_flattened().as_flattened()
    }

    /// The key of the file of which this was told. Logarithmic.
    pub fn get(&self, told: &Key) -> Option<&Key> {
        let place = self.entries.binary_search_by_key(told, |[told, _]| *told);
        Some(&self.entries[place.ok()?][1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Duration = Duration::new(1_700_000_000, 123_456_789);

    /// What is told of a file that was changed at this time.
    fn changed(time: Duration) -> Stat {
        let time = time.as_nanos() as i128;
        Stat {
            device: 1,
            inode: 2,
            length: 3,
            modified: time,
            changed: time,
        }
    }

    #[test]
    fn what_is_young_or_tells_too_little_is_not_settled() {
        let stat = changed(MOMENT);
        let now = UNIX_EPOCH + MOMENT + SETTLED;
        let check = |stat: Stat, now: SystemTime, expected: bool| {
            assert_eq!(stat.is_settled(now), expected, "{stat:?} at {now:?}");
        };
        check(stat, now, true);
        check(stat, now + Duration::from_hours(100_000), true);
        check(stat, now - Duration::from_nanos(1), false);
        check(stat, UNIX_EPOCH + MOMENT, false);
        check(stat, now - Duration::from_hours(1), false);
        check(stat, UNIX_EPOCH, false);
        check(stat, UNIX_EPOCH - Duration::from_secs(1), false);
        let later = stat.changed + 1;
        for (modified, changed, expected) in [
            (0, stat.changed, true),
            (-1, stat.changed, true),
            (later, stat.changed, false),
            (stat.changed, later, false),
            (0, 0, false),
            (stat.modified, 0, false),
            (
                stat.modified,
                stat.changed / MILLISECOND * MILLISECOND,
                false,
            ),
        ] {
            let stat = Stat {
                modified,
                changed,
                ..stat
            };
            check(stat, now, expected);
        }
        check(Stat { inode: 0, ..stat }, now, false);
        check(Stat { length: 0, ..stat }, now, false);
        check(Stat { device: 0, ..stat }, now, true);
        check(Stat::default(), now, false);
    }

    #[test]
    fn all_that_is_told_tells_files_apart() {
        let stat = changed(MOMENT);
        let digest = |stat: Stat| {
            let mut digest = Sha256::new();
            stat.add_to(&mut digest);
            digest.finalize()
        };
        for other in [
            Stat { device: 9, ..stat },
            Stat { inode: 9, ..stat },
            Stat { length: 9, ..stat },
            Stat {
                modified: stat.modified + 1,
                ..stat
            },
            Stat {
                changed: stat.changed + 1,
                ..stat
            },
        ] {
            assert_ne!(digest(other), digest(stat), "{other:?}");
        }
    }

    #[test]
    fn keys_come_back_by_what_was_told() {
        let key = |number: u8| [number.wrapping_mul(37); 16];
        let stats = Stats::of((0..20).map(|number| [key(number), key(number + 100)]));
        let bytes = stats.encode();
        assert_eq!(bytes.len(), 20 * 32);
        let known = Stats::decode(bytes);
        for number in 0..25 {
            let expected = (number < 20).then(|| key(number + 100));
            assert_eq!(known.get(&key(number)), expected.as_ref());
        }
        for length in 0..bytes.len() {
            let cut = Stats::decode(&bytes[..length]);
            assert_eq!(
                cut.entries.len() * 32,
                length * usize::from(length % 32 == 0)
            );
        }
        let turned = [&bytes[32..], &bytes[..32]].concat();
        assert!(Stats::decode(&turned) == Stats::default());
        let twice = [&bytes[..32], bytes].concat();
        assert!(Stats::decode(&twice) == Stats::default());
    }
}

#[cfg(all(test, unix))]
mod tests_with_files {
    use std::fs;
    use std::io::{self, Read as _};
    use std::path::Path;

    use super::*;
    use crate::files;
    use crate::kept::cache::{Cache, KeptFile, Keys};
    use crate::kept::store::{Place, Store};
    use crate::options::Options;

    #[test]
    fn of_pipes_and_devices_nothing_is_told() {
        let device = File::open("/dev/null").unwrap();
        assert_eq!(Stat::of(&device), Stat::default());
        let (pipe, _writer) = io::pipe().unwrap();
        let pipe = File::from(std::os::fd::OwnedFd::from(pipe));
        assert_eq!(Stat::of(&pipe), Stat::default());
        assert_ne!(Stat::of(&tempfile::tempfile().unwrap()).inode, 0);
    }

    /// A build that knows files by what the system tells of them, as if all were old by then.
    struct Build {
        cache: Cache,
        store: Store,
        found: Vec<(Keys, Option<Place>)>,
        /// How many files were read.
        read: usize,
    }

    impl Build {
        fn begin(folder: &Path, options: &Options) -> Self {
            let mut cache = Cache::open(&folder.join("cache"), &[], options).unwrap();
            cache.began += Duration::from_secs(60);
            Self {
                cache,
                store: Store::new(None),
                found: Vec::new(),
                read: 0,
            }
        }

        /// What a file comes to here: a page of the same bytes.
        fn page(&mut self, file: &files::File) -> Vec<u8> {
            let mut open = File::open(&file.path).unwrap();
            let mut content = Vec::new();
            let (keys, known) = self
                .cache
                .find(file, &open.try_clone().unwrap(), || {
                    self.read += 1;
                    open.read_to_end(&mut content)?;
                    self.cache.key(file, &*content)
                })
                .unwrap();
            let Some(mut known) = known else {
                let place = self.store.put(content.clone()).unwrap();
                self.found.push((keys, Some(place)));
                return content;
            };
            self.found.push((keys, None));
            known.pages.swap_remove(0)
        }

        /// Ends it, and says how many files were read.
        fn end(self) -> usize {
            let kept = self.found.iter().map(|(keys, place)| KeptFile {
                keys: *keys,
                reasons: &[],
                pages: place.as_slice(),
                is_known: place.is_none(),
            });
            let kept: Vec<KeptFile> = kept.collect();
            self.cache.keep(&kept, &self.store).unwrap();
            self.read
        }
    }

    /// Clocks of systems go on by some milliseconds at a time.
    fn wait() {
        std::thread::sleep(Duration::from_millis(30));
    }

    fn file(folder: &Path, name: &str, content: &str) -> files::File {
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        files::File {
            name: name.to_owned(),
            path,
            format: files::Format::Text,
        }
    }

    #[test]
    fn files_are_read_again_where_anything_tells_of_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let lamp = file(folder, "lamp", "a lamp");
        let wick = file(folder, "wick", "a wick");
        let options = Options::default();
        let pages = |options: &Options| {
            let mut build = Build::begin(folder, options);
            let pages = [&lamp, &wick].map(|file| String::from_utf8(build.page(file)).unwrap());
            (pages.join(", "), build.end())
        };
        let check = |pages: (String, usize), expected: &str, read: usize| {
            assert_eq!(pages, (expected.to_owned(), read));
        };
        check(pages(&options), "a lamp, a wick", 2);
        check(pages(&options), "a lamp, a wick", 0);
        check(pages(&options), "a lamp, a wick", 0);

        let modified = fs::metadata(&lamp.path).unwrap().modified().unwrap();
        let set_modified = |path: &Path| {
            let file = File::options().write(true).open(path).unwrap();
            file.set_modified(modified).unwrap();
        };
        wait();
        fs::write(&lamp.path, "a lump").unwrap();
        set_modified(&lamp.path);
        check(pages(&options), "a lump, a wick", 1);
        check(pages(&options), "a lump, a wick", 0);

        wait();
        let other = file(folder, "other", "a limp");
        set_modified(&other.path);
        fs::rename(&other.path, &lamp.path).unwrap();
        check(pages(&options), "a limp, a wick", 1);
        check(pages(&options), "a limp, a wick", 0);

        // A link that leads to another file, which has been old for as long.
        let other = file(folder, "other", "a lump");
        set_modified(&other.path);
        fs::remove_file(&lamp.path).unwrap();
        std::os::unix::fs::symlink("other", &lamp.path).unwrap();
        check(pages(&options), "a lump, a wick", 1);
        check(pages(&options), "a lump, a wick", 0);

        let others = Options {
            drop: vec!["a lamp".to_owned()],
            ..Options::default()
        };
        check(pages(&others), "a lump, a wick", 2);
        check(pages(&others), "a lump, a wick", 0);
    }

    #[test]
    fn a_file_of_another_name_place_or_format_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let lamp = file(folder.path(), "lamp", "a lamp");
        let link = folder.path().join("link");
        fs::hard_link(&lamp.path, &link).unwrap();
        let read = |file: &files::File| {
            let mut build = Build::begin(folder.path(), &Options::default());
            build.page(file);
            build.read
        };
        let mut build = Build::begin(folder.path(), &Options::default());
        build.page(&lamp);
        build.end();
        assert_eq!(read(&lamp), 0);
        let (name, format) = ("other".to_owned(), files::Format::Markdown);
        for other in [
            files::File {
                name,
                ..lamp.clone()
            },
            files::File {
                path: link,
                ..lamp.clone()
            },
            files::File {
                format,
                ..lamp.clone()
            },
        ] {
            assert_eq!(read(&other), 1, "{other:?}");
        }
    }

    #[test]
    fn a_file_that_is_written_while_it_is_read_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let lamp = file(folder.path(), "lamp", "a lamp");
        let mut build = Build::begin(folder.path(), &Options::default());
        let open = File::open(&lamp.path).unwrap();
        let found = build.cache.find(&lamp, &open, || {
            wait();
            file(folder.path(), "lamp", "a lump");
            build.cache.key(&lamp, &b"a lamp"[..])
        });
        let place = build.store.put(b"a lamp".to_vec()).unwrap();
        build.found.push((found.unwrap().0, Some(place)));
        build.end();
        let mut build = Build::begin(folder.path(), &Options::default());
        assert_eq!(build.page(&lamp), b"a lump");
    }

    #[test]
    fn what_is_told_stays_where_a_cache_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let lamp = file(folder.path(), "lamp", "a lamp");
        let wick = file(folder.path(), "wick", &"a wick".repeat(1000));
        let read = |files: &[&files::File]| {
            let mut build = Build::begin(folder.path(), &Options::default());
            for file in files {
                build.page(file);
            }
            let path = build.cache.path().to_owned();
            (build.end(), fs::metadata(path).unwrap().len())
        };
        assert_eq!(read(&[&lamp, &wick]).0, 2);
        let (unread, length) = read(&[&lamp]);
        assert!(unread == 0 && length < 1000, "of {length} bytes");
        assert_eq!(read(&[&lamp]), (0, length));
    }

    #[test]
    fn a_file_that_was_just_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let lamp = file(folder.path(), "lamp", "a lamp");
        for _ in 0..3 {
            let mut build = Build::begin(folder.path(), &Options::default());
            build.cache.began = SystemTime::now();
            build.page(&lamp);
            assert_eq!(build.found[0].0.stat, None);
            assert_eq!(build.end(), 1);
        }
    }

    #[test]
    fn wherever_a_cache_is_damaged_files_come_to_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let files = [("lamp", "a lamp"), ("wick", "a wick")];
        let files = files.map(|(name, content)| file(folder.path(), name, content));
        let build = || {
            let mut build = Build::begin(folder.path(), &Options::default());
            let pages = files.each_ref().map(|file| build.page(file));
            assert_eq!(pages, [b"a lamp", b"a wick"]);
            let path = build.cache.path().to_owned();
            (build.end(), path)
        };
        let (read, path) = build();
        assert_eq!(read, 2);
        let whole = fs::read(&path).unwrap();
        assert_eq!(build().0, 0);
        assert_eq!(fs::read(&path).unwrap(), whole, "nothing was new");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            for bytes in [&whole[..at], &damaged] {
                fs::write(&path, bytes).unwrap();
                assert!((1..=2).contains(&build().0), "damaged at {at}");
                assert_eq!(build().0, 0, "damaged at {at}");
            }
        }
    }
}
