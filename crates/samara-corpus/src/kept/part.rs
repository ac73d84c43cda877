//! A part of a corpus: what one of several machines read, before anybody looked at the whole.
//!
//! | bytes | hold |
//! |---|---|
//! | 8, 4 | `SAMARAPT`, the number of the format |
//! | 4, … | length of the head, the head: which part, of what, read how |
//! | per file: 4, … | length of what is known of the file, that, the bytes of its pages |
//! | 32 | SHA-256 of all before |
//!
//! Files are dealt out in the order of their names, one to each part and so on, so that large ones that lie side by side do
//! not fall to one machine. A part tells how it was read and what list it is a part of, so that parts of two corpora, or
//! of one that was read with other options, never become one.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::record::{FileHead, Told};
use super::store::{Place, Store};
use super::whole;
use crate::options::Digested;
use crate::report::PassedOver;

const MAGIC: [u8; 8] = *b"SAMARAPT";
/// To be raised when the bytes mean something else.
const FORMAT: u32 = 1;
/// The largest head that is read: a part that claims more is damaged.
const LARGEST_HEAD: u32 = 1 << 30;
const DIGEST: usize = 32;

/// Which part, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// From 1.
    pub part: u32,
    /// How many there are.
    pub of: u32,
}

impl Share {
    /// Whether the file at this place of the sorted list belongs to it.
    pub(crate) fn holds(self, place: usize) -> bool {
        place as u64 % u64::from(self.of.max(1)) == u64::from(self.part.saturating_sub(1))
    }
}

/// What every part of a corpus says alike, and which one it is.
#[derive(Serialize, Deserialize)]
pub(crate) struct Head {
    /// Version of the program.
    pub program: String,
    pub share: Share,
    /// Of the options.
    pub options: Digested,
    /// Of the list of all files.
    pub list: Digested,
    /// Paths as they were given.
    pub paths: Vec<String>,
    /// How many files there are in all.
    pub files: u64,
    pub passed_over: PassedOver,
    /// What was said of files that are not read.
    pub warnings: Vec<(String, Told)>,
}

/// What a part holds of a file.
pub(crate) struct Entry {
    /// Its place in the list of all files.
    pub place: u64,
    pub name: String,
    pub reasons: Vec<Told>,
    pub pages: Vec<Place>,
}

/// Whether a file is a part, by its first bytes.
#[must_use]
pub fn is_part(path: &Path) -> bool {
    let mut magic = [0; MAGIC.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut magic));
    read.is_ok() && magic == MAGIC
}

/// What is wrong with a part.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It is none.
    NoPart,
    /// Another version of the program wrote it.
    Version(String),
    /// It is cut or was changed.
    Damaged,
    /// It was read with other options.
    Options,
    /// It belongs to another list of files, or to another number of parts, than this one.
    Corpus(PathBuf),
    /// This one is the same part.
    Twice(PathBuf),
    /// These parts are not there.
    Missing(Vec<u32>),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPart => f.write_str("no part of a build; name files that `samara build --part` wrote"),
            Self::Version(version) => write!(
                f,
                "written by samara {version}; read the parts with the version that merges them"
            ),
            Self::Damaged => f.write_str("damaged; copy it again, or read this part again"),
            Self::Options => f.write_str(
                "read with other options; give `samara merge` the options that the parts were read with",
            ),
            Self::Corpus(other) => write!(
                f,
                "read from other files than {}, or as one of another number of parts; read all parts of one state of the \
                 corpus",
                other.display()
            ),
            Self::Twice(other) => write!(
                f,
                "the same part as {}; name each part once",
                other.display()
            ),
            Self::Missing(parts) => {
                let named: Vec<String> = parts.iter().map(u32::to_string).collect();
                write!(f, "missing: part {}; read it, and name all parts", named.join(", "))
            }
        }
    }
}

/// What stops reading a part.
pub(crate) enum Stop {
    Fault(Fault),
    Unreadable(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Fault(Fault::Damaged),
            _ => Self::Unreadable(error),
        }
    }
}

/// Writes a part. Linear in it.
///
/// # Errors
/// It cannot be written.
pub(crate) fn write(path: &Path, head: &Head, entries: &[Entry], store: &Store) -> io::Result<()> {
    whole::exchange(path, |file| {
        let mut out = Digesting {
            out: &mut *file,
            digest: Sha256::new(),
        };
        out.write_all(&MAGIC)?;
        out.write_all(&FORMAT.to_le_bytes())?;
        out.put(head)?;
        for entry in entries {
            let lengths = entry.pages.iter().map(|page| page.length()).collect();
            let head = FileHeadRef {
                reasons: &entry.reasons,
                lengths,
            };
            out.put(&(entry.place, &entry.name, head))?;
            for &page in &entry.pages {
                out.write_all(&store.bytes(page)?)?;
            }
        }
        let digest = out.digest.finalize();
        file.write_all(&digest)?;
        file.flush()?;
        file.get_ref().sync_all()
    })
}

/// [`FileHead`] of somebody else.
#[derive(Serialize)]
struct FileHeadRef<'a> {
    reasons: &'a [Told],
    lengths: Vec<u32>,
}

/// Bytes on their way into a file or out of one.
struct Digesting<T> {
    out: T,
    digest: Sha256,
}

impl<W: Write> Digesting<W> {
    /// What serialises, behind its length.
    fn put(&mut self, value: &impl Serialize) -> io::Result<()> {
        let bytes = postcard::to_stdvec(value).map_err(io::Error::other)?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.write_all(&length.to_le_bytes())?;
        self.write_all(&bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.out.write_all(bytes)
    }
}

/// A part that is being read.
struct Reader {
    file: Digesting<BufReader<File>>,
    at: u64,
    /// Where its digest begins.
    end: u64,
}

impl Reader {
    fn bytes(&mut self, length: u64) -> Result<Vec<u8>, Stop> {
        if length > self.end.saturating_sub(self.at) {
            return Err(Stop::Fault(Fault::Damaged));
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(usize::MAX)];
        self.file.out.read_exact(&mut bytes)?;
        self.file.digest.update(&bytes);
        self.at += length;
        Ok(bytes)
    }

    fn value<T: for<'de> Deserialize<'de>>(&mut self) -> Result<T, Stop> {
        let length = self.bytes(4)?;
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]);
        if length > LARGEST_HEAD {
            return Err(Stop::Fault(Fault::Damaged));
        }
        let bytes = self.bytes(u64::from(length))?;
        postcard::from_bytes(&bytes).map_err(|_| Stop::Fault(Fault::Damaged))
    }

    /// Passes over bytes, a piece at a time.
    fn pass(&mut self, mut length: u64) -> Result<(), Stop> {
        const PIECE: u64 = 1 << 16;
        while length > 0 {
            let piece = length.min(PIECE);
            self.bytes(piece)?;
            length -= piece;
        }
        Ok(())
    }
}

/// Reads a part but for its pages, whose places in the store come with it. Linear in its size: all of it is verified.
pub(crate) fn read(path: &Path, store: &mut Store) -> Result<(Head, Vec<Entry>), Stop> {
    let file = File::open(path).map_err(Stop::Unreadable)?;
    let size = file.metadata().map_err(Stop::Unreadable)?.len();
    let source = store.add(file.try_clone().map_err(Stop::Unreadable)?);
    let mut reader = Reader {
        file: Digesting {
            out: BufReader::new(file),
            digest: Sha256::new(),
        },
        at: 0,
        end: size.saturating_sub(DIGEST as u64),
    };
    if size > 0 && !is_part(path) {
        return Err(Stop::Fault(Fault::NoPart));
    }
    reader.bytes(MAGIC.len() as u64)?;
    if reader.bytes(4)? != FORMAT.to_le_bytes() {
        return Err(Stop::Fault(Fault::Version("of another format".to_owned())));
    }
    let head: Head = reader.value()?;
    if head.program != env!("CARGO_PKG_VERSION") {
        return Err(Stop::Fault(Fault::Version(head.program)));
    }
    let mut entries = Vec::new();
    while reader.at < reader.end {
        let (place, name, file): (u64, String, FileHead) = reader.value()?;
        let mut pages = Vec::with_capacity(file.lengths.len());
        for length in file.lengths {
            pages.push(Store::place(source, reader.at, length));
            reader.pass(u64::from(length))?;
        }
        entries.push(Entry {
            place,
            name,
            reasons: file.reasons,
            pages,
        });
    }
    let mut digest = [0; DIGEST];
    reader.file.out.read_exact(&mut digest)?;
    if digest[..] != reader.file.digest.finalize()[..] {
        return Err(Stop::Fault(Fault::Damaged));
    }
    Ok((head, entries))
}

/// Makes sure that parts are all parts of one corpus, each there once, and read with these options.
///
/// # Errors
/// The path of the part at fault, and what is wrong with it.
pub(crate) fn check(parts: &[(PathBuf, Head)], options: Digested) -> Result<(), (PathBuf, Fault)> {
    let Some((first, expected)) = parts.first() else {
        return Ok(());
    };
    let mut seen: BTreeMap<u32, &PathBuf> = BTreeMap::new();
    for (path, head) in parts {
        let fault = |fault| Err((path.clone(), fault));
        if head.options != options {
            return fault(Fault::Options);
        }
        if head.list != expected.list || head.share.of != expected.share.of {
            return fault(Fault::Corpus(first.clone()));
        }
        if let Some(other) = seen.insert(head.share.part, path) {
            return fault(Fault::Twice(other.clone()));
        }
    }
    let all = 1..=expected.share.of;
    let missing: Vec<u32> = all.filter(|part| !seen.contains_key(part)).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err((first.clone(), Fault::Missing(missing)))
    }
}
