//! From paths to a corpus: every file through its reader, then the whole.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use samara_engine::Document;
use sha2::{Digest, Sha256};

use crate::cores::threads;
use crate::corpus::{Assembled, Before, Corpus, KnownText, Made, Pages, assemble};
use crate::error::Error;
use crate::facts::language;
use crate::files::{Collected, File, collect};
use crate::formats::html::Selectors;
use crate::kept::cache::{Cache, KeptFile, Keys, is_lasting};
use crate::kept::order::Order;
use crate::kept::pairs::{NewPairs, Pairs};
use crate::kept::part::{self, Entry, Fault, Head, Share, Stop};
use crate::kept::record::Told;
use crate::kept::records::{Key, Lock, Records, shortened};
use crate::kept::store::{Place, Store};
use crate::options::{Digested, Options};
use crate::page::MarkedFields;
use crate::reader::read_files;
use crate::report::{Note, Outcome, PassedOver, Reason, Report, Skip, Warning};

/// What the name of the file ends with in which the cache keeps what documents came to, and how that is written.
const DOCUMENTS: &str = "documents";
const STAMP: Key = *b"documents heads1";
/// The key of the record that says which pages are alike. No document has it.
const PAIRS: Key = [0; 16];
/// Reads and cleans every document beneath the paths (files or folders), on all cores. The same
/// files give the same corpus, in the same order. Linear in the size of the files; what is held in
/// memory is the text kept, and one file's source a core.
///
/// # Errors
/// See [`Error`]: a path that does not exist, a file that cannot be read, JSON that is none, and a
/// corpus without any document. Files that hold nothing to index (empty ones, binary ones, pages
/// that ask not to be indexed) are skipped with a warning.
pub fn read(paths: &[PathBuf], options: &Options) -> Result<Corpus, Error> {
    read_watched(paths, options, &|_, _| {})
}

/// The same, and calls `progress` after every file with the number of files read so far and of all.
///
/// # Errors
/// As for [`read`].
pub fn read_watched(
    paths: &[PathBuf],
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Corpus, Error> {
    let reading = Reading::of(paths, options, None, progress)?;
    let (mut documents, mut outcomes) = (Vec::new(), Vec::new());
    let (mut report, marked) = reading.documents(options, &mut |document, outcome| {
        documents.push(document);
        outcomes.push(outcome);
    })?;
    report.documents = outcomes;
    Ok(Corpus {
        documents,
        report,
        marked,
    })
}

/// What was read of the files of a corpus, before anybody looked at the whole.
pub struct Reading {
    paths: Vec<PathBuf>,
    /// In the order of their names.
    files: Vec<FileRead>,
    /// Where the pages of all files lie: those of a file side by side.
    pages: Vec<Place>,
    store: Store,
    /// What was said of files that are not read.
    warnings: Vec<Warning>,
    passed_over: PassedOver,
    /// Of the list of all files.
    list: Digested,
    /// How many files there are in all, where some of them alone were read.
    all: usize,
    share: Share,
    options: Digested,
    /// How many files came from the cache.
    known: usize,
    /// Which numbers the cache says that documents had before.
    order: Option<Order>,
    /// Where the cache keeps what was read, and what allows to keep something there.
    kept: Option<(PathBuf, Arc<Lock>)>,
}

/// What a file came to.
struct FileRead {
    /// Its place in the list of all files.
    place: usize,
    name: String,
    reasons: Vec<Reason>,
    /// Which of all pages are its own. A list of them for each file would take more memory than they do, and keep the memory apart
    /// that reading has used.
    pages: Range<usize>,
    /// What tells what it comes to, where that is the same every time and there is a cache.
    keys: Option<Keys>,
    /// Whether it came from the cache.
    is_known: bool,
}

impl Reading {
    /// Reads and cleans the files beneath the paths, all of them or a share, on all cores.
    ///
    /// # Errors
    /// Those of [`read`], but for a corpus without documents.
    pub fn of(
        paths: &[PathBuf],
        options: &Options,
        share: Option<Share>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Self, Error> {
        Selectors::parse(options)?;
        if let Some(language) = &options.force_language
            && language::given(language).is_none()
        {
            return Err(Error::Language {
                language: language.clone(),
            });
        }
        let Collected {
            mut files,
            mut warnings,
            passed_over,
            ..
        } = collect(paths, options)?;
        let list = digest(&files, &warnings);
        let (all, share) = (files.len(), share.unwrap_or(Share { part: 1, of: 1 }));
        let mut places: Vec<usize> = (0..all).collect();
        if share.of > 1 {
            places.retain(|&place| share.holds(place));
            files = places.iter().map(|&place| files[place].clone()).collect();
        }
        let cache = match &options.cache {
            // Then none of its code is needed.
            Some(_) if !cfg!(feature = "cache") => {
                return Err(Error::NoCache);
            }
            Some(folder) => {
                let open = Cache::open(folder, paths, options);
                Some(open.map_err(|reason| cache_fault(folder, reason))?)
            }
            None => None,
        };
        warnings.extend(cache.as_ref().and_then(|cache| cache.lock().warning()));
        let mut store = Store::new(options.memory);
        let (read, pages) = read_files(&files, options, cache.as_ref(), &mut store, progress)?;
        let order = cache.as_ref().map(Cache::order);
        let kept = cache
            .as_ref()
            .map(|cache| (cache.path().to_owned(), Arc::clone(cache.lock())));
        let known = read.iter().filter(|read| read.is_known).count();
        let files = places.into_iter().zip(files).zip(read);
        let files: Vec<FileRead> = files
            .map(|((place, file), read)| FileRead {
                place,
                name: file.name,
                keys: read.keys.filter(|_| read.reasons.iter().all(is_lasting)),
                is_known: read.is_known,
                reasons: read.reasons,
                pages: read.pages,
            })
            .collect();
        if let Some(cache) = cache {
            let read = files.iter().filter_map(|file| {
                Some(KeptFile {
                    keys: file.keys?,
                    reasons: &file.reasons,
                    pages: &pages[file.pages.clone()],
                    is_known: file.is_known,
                })
            });
            let path = cache.path().to_owned();
            let kept = cache.keep(&read.collect::<Vec<_>>(), &store);
            warnings.extend(kept.err().map(|reason| not_kept(&path, &reason)));
        }
        Ok(Self {
            paths: paths.to_vec(),
            files,
            pages,
            store,
            warnings,
            passed_over,
            list,
            all,
            share,
            options: options.digest(),
            known,
            order,
            kept,
        })
    }

    /// Joins parts, which have to be all parts of one corpus, whatever their order. Linear in their size.
    ///
    /// # Errors
    /// [`Error::Part`] names the one at fault.
    pub fn of_parts(parts: &[PathBuf], options: &Options) -> Result<Self, Error> {
        let mut store = Store::new(options.memory);
        let mut heads: Vec<(PathBuf, Head)> = Vec::with_capacity(parts.len());
        let mut entries: Vec<Entry> = Vec::new();
        for path in parts {
            let (head, read) = part::read(path, &mut store).map_err(|stop| match stop {
                Stop::Fault(fault) => Error::Part {
                    path: path.clone(),
                    fault,
                },
                Stop::Unreadable(reason) if reason.kind() == io::ErrorKind::NotFound => {
                    Error::Missing { path: path.clone() }
                }
                Stop::Unreadable(reason) => Error::Unreadable {
                    path: path.clone(),
                    reason,
                },
            })?;
            heads.push((path.clone(), head));
            entries.extend(read);
        }
        let options = options.digest();
        part::check(&heads, options).map_err(|(path, fault)| Error::Part { path, fault })?;
        heads.sort_by_key(|(_, head)| head.share.part);
        let Some((path, head)) = heads.into_iter().next() else {
            return Err(Error::Empty {
                paths: parts.to_vec(),
                skipped: Vec::new(),
            });
        };
        entries.sort_by_key(|entry| entry.place);
        if entries.len() as u64 != head.files {
            let fault = Fault::Damaged;
            return Err(Error::Part { path, fault });
        }
        let mut pages = Vec::new();
        let files = entries.into_iter().map(|entry| FileRead {
            place: entry.place as usize,
            name: entry.name,
            reasons: entry.reasons.into_iter().map(Reason::from).collect(),
            pages: put_behind(&mut pages, entry.pages),
            keys: None,
            is_known: false,
        });
        Ok(Self {
            files: files.collect(),
            pages,
            paths: head.paths.iter().map(PathBuf::from).collect(),
            store,
            warnings: head
                .warnings
                .into_iter()
                .map(|(path, told)| Warning::new(path, Reason::from(told)))
                .collect(),
            passed_over: head.passed_over,
            list: head.list,
            all: head.files as usize,
            share: Share { part: 1, of: 1 },
            options,
            known: 0,
            // Whoever joins parts makes what one build makes that knows of none before.
            order: None,
            kept: None,
        })
    }

    /// The paths that were given to whoever read.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// How many files were read, and how many there are in all.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.files.len(), self.all)
    }

    /// How many of the files came from the cache.
    #[must_use]
    pub fn known(&self) -> usize {
        self.known
    }

    /// Writes what was read as a part, for [`Self::of_parts`]. The same files and options give the same bytes. Linear in
    /// them.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write_part(&self, path: &Path) -> io::Result<()> {
        let told = |warning: &Warning| (warning.path.clone(), Told::from(&warning.reason));
        let head = Head {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            share: self.share,
            options: self.options,
            list: self.list,
            paths: self
                .paths
                .iter()
                .map(|path| path.to_string_lossy().into_owned())
                .collect(),
            files: self.all as u64,
            passed_over: self.passed_over,
            warnings: self.warnings.iter().map(told).collect(),
        };
        let entries = self.files.iter().map(|file| Entry {
            place: file.place as u64,
            name: file.name.clone(),
            reasons: file.reasons.iter().map(Told::from).collect(),
            pages: self.pages[file.pages.clone()].to_vec(),
        });
        let entries: Vec<Entry> = entries.collect();
        part::write(path, &head, &entries, &self.store)
    }

    /// What the cache, if there is one, has in a file in which a later step of the build keeps something of the same corpus. `what`
    /// is `texts` or `blocks`, and `stamp` tells how it is written. It goes with what is kept of that corpus.
    #[must_use]
    pub fn beside(&self, what: &str, stamp: Key) -> Option<Records> {
        let (path, lock) = self.kept.as_ref().filter(|_| cfg!(feature = "cache"))?;
        let path = path.with_extension(what);
        Some(Records::under(&path, stamp, Arc::clone(lock)))
    }

    /// Gives out the documents one by one, each with what became of it, and returns the account of all: in the order of their
    /// files' names, or with the numbers that the cache says they had before, new ones behind. Linear in the text.
    ///
    /// # Errors
    /// A corpus without any document, or pages that were kept cannot be read again.
    pub fn documents(
        self,
        options: &Options,
        each: &mut dyn FnMut(Document, Outcome),
    ) -> Result<(Report, MarkedFields), Error> {
        let each = &mut |made: Made| each(made.document, made.outcome);
        self.documents_but(options, None, each)
    }

    /// The same, but for texts of documents that whoever asks has from a build before, which `text` gives by the documents'
    /// keys: those are not made again. Without a cache there are no keys.
    ///
    /// # Errors
    /// As for [`Self::documents`].
    pub fn documents_but(
        self,
        options: &Options,
        text: Option<&KnownText>,
        each: &mut dyn FnMut(Made),
    ) -> Result<(Report, MarkedFields), Error> {
        let documents = text.and_then(|_| self.beside(DOCUMENTS, STAMP));
        let mut warnings = self.warnings;
        // Of those that are not read at all each has a warning, too. A folder is no file.
        let unread = warnings.iter().map(|warning| &warning.reason);
        let unread =
            unread.filter(|reason| reason.is_skip() && **reason != Skip::LinkedTwice.into());
        let all = self.files.len() + unread.count();
        let mut places = Vec::new();
        for file in self.files {
            let reasons = file.reasons.into_iter();
            warnings.extend(reasons.map(|reason| Warning::new(&file.name, reason)));
            let pages = self.pages[file.pages].iter().copied().zip(0_u32..);
            let key = |number| Some(key_of_page(&file.keys?.content, number));
            places.extend(pages.map(|(page, number)| (page, key(number))));
        }
        drop(self.pages);
        let report = Report {
            files: all,
            warnings,
            passed_over: self.passed_over,
            ..Report::default()
        };
        let threads = threads(options, places.len());
        let pages = Pages::of(places, &self.store, threads).map_err(kept)?;
        let order = self.order.as_ref();
        let mut appended = documents.as_ref().map(Records::append);
        let known = documents.as_ref().and_then(|of| of.get(&PAIRS));
        let known = known.unwrap_or_default();
        let (pairs, mut new_pairs) = (Pairs::decode(&known), NewPairs::default());
        let (mut keys, mut ids) = (vec![PAIRS], Vec::new());
        let lock = self.kept.as_ref().map(|(_, lock)| lock);
        let keeps_order = order.is_some() && lock.is_some_and(|lock| lock.is_own());
        let before = documents.as_ref().zip(appended.as_mut()).zip(text);
        let before = before.map(|((documents, appended), text)| Before {
            documents,
            appended,
            pairs: &pairs,
            new_pairs: &mut new_pairs,
            text,
        });
        let Assembled { mut report, marked } =
            assemble(pages, report, options, order, before, &mut |made| {
                keys.extend(made.key);
                if keeps_order {
                    ids.push(made.document.id.clone());
                }
                each(made);
            })
            .map_err(kept)?;
        if let (Some(mut appended), Some(documents)) = (appended, documents) {
            let pairs = new_pairs.finish().encode();
            if pairs != known {
                appended.put(PAIRS, &[&pairs]);
            }
            let path = documents.path().to_owned();
            let fault = appended.close(documents, keys.iter()).err();
            let fault = fault.map(|reason| not_kept(&path, &reason));
            report.warnings.extend(fault);
        }
        if report.count() == 0 {
            return Err(Error::Empty {
                paths: self.paths,
                skipped: report.warnings,
            });
        }
        if let Some(order) = order.filter(|_| keeps_order) {
            let written = order.write(ids.iter().map(String::as_str));
            let fault = written.err();
            report
                .warnings
                .extend(fault.map(|reason| not_kept(order.path(), &reason)));
        }
        Ok((report, marked))
    }
}

/// What tells a page from others, of which its file has several.
fn key_of_page(file: &Key, number: u32) -> Key {
    let mut digest = Sha256::new_with_prefix(file);
    digest.update(number.to_le_bytes());
    shortened(digest)
}

fn kept(reason: io::Error) -> Error {
    Error::Kept { reason }
}

fn cache_fault(folder: &Path, reason: io::Error) -> Error {
    Error::Cache {
        path: folder.to_owned(),
        reason,
    }
}

/// Warns of what the next build will not know.
fn not_kept(path: &Path, reason: &io::Error) -> Warning {
    let fault = reason.to_string();
    Warning::new(path.to_string_lossy(), Note::NotKept { fault })
}

/// What tells one list of files from another.
fn digest(files: &[File], warnings: &[Warning]) -> Digested {
    let mut digest = Sha256::new();
    let names = files.iter().map(|file| &file.name);
    for name in names.chain(warnings.iter().map(|warning| &warning.path)) {
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(name);
    }
    digest.finalize().into()
}

/// Puts the pages of a file behind those of others; which they are.
fn put_behind(pages: &mut Vec<Place>, of: impl IntoIterator<Item = Place>) -> Range<usize> {
    let start = pages.len();
    pages.extend(of);
    start..pages.len()
}
