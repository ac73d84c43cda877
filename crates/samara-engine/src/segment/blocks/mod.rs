//! An index in blocks: small files that a host fetches when a query needs them.
//!
//! | block | holds |
//! |---|---|
//! | root | counts, letters, common words, rules, where each block begins and what it is called |
//! | terms | terms that follow one another when folded, their relatives and posting lists |
//! | beginning | one posting list for all terms that begin alike, where they are many |
//! | spelling | the frequent terms, for corrections |
//! | cards | identifiers, addresses, titles and metadata of some documents |
//! | dictionary | what the texts have in common, with which their blocks are compressed |
//! | texts | some documents as they are written |
//! | column | the values of a metadata field |
//! | ids | hashes of some identifiers and their documents |
//! | engine | no part of the index: the second half of the engine's module, which a host starts |
//!
//! Terms have the same ordinals as in an index in one piece, and postings the same evidence, so both give the same answers.
//! A block is named after its content; the root alone knows the names, so blocks of two builds never mix.

mod cards;
mod ids;
mod root;
mod terms;
mod texts;

pub(crate) use cards::{Card, Cards};
pub(crate) use ids::{Ids, id_hash};
pub(crate) use root::Root;
#[cfg(feature = "write")]
pub(crate) use terms::Completion;
pub(crate) use terms::{Beginning, Relative, Spelling, TermBlock};
pub(crate) use texts::Texts;

#[cfg(feature = "write")]
pub(crate) mod encode {
    pub(crate) use super::cards::encode as cards;
    pub(crate) use super::ids::encode as ids;
    pub(crate) use super::root::{RootParts, encode as root};
    pub(crate) use super::terms::{
        TermEntry, bases, encode as terms, encode_beginning as beginning,
        encode_spelling as spelling,
    };
    pub(crate) use super::texts::TextsWriter;
}

use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::put_varint;
use super::container::{FORMAT, checksum};
use crate::Error;

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// Terms with their posting lists.
    Terms,
    /// The posting list of a beginning of many terms.
    Beginning,
    /// The frequent terms.
    Spelling,
    /// What lists of hits show.
    Cards,
    /// What blocks of documents are compressed with.
    Dictionary,
    /// Documents.
    Texts,
    /// Values of a metadata field.
    Column,
    /// Which documents have which identifiers.
    Ids,
    /// The second half of the engine's module.
    Engine,
}

impl BlockKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [BlockKind; 9] = [
        BlockKind::Terms,
        BlockKind::Beginning,
        BlockKind::Spelling,
        BlockKind::Cards,
        BlockKind::Dictionary,
        BlockKind::Texts,
        BlockKind::Column,
        BlockKind::Ids,
        BlockKind::Engine,
    ];
    const LETTERS: [u8; 9] = *b"tbscxdfie";

    /// The kind of the block in a file of this name; none where it is no name of a block.
    #[must_use]
    pub fn of_file(name: &str) -> Option<BlockKind> {
        let (key, hash) = name.get(1..)?.split_once('-')?;
        let is_hash = |byte: u8| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase();
        let is_name = key.parse::<u32>().is_ok() && hash.len() == 8 && hash.bytes().all(is_hash);
        kind_of(name).filter(|_| is_name)
    }

    /// The kind in words, for errors.
    #[must_use]
    pub fn name(self) -> &'static str {
        [
            "terms",
            "beginning",
            "spelling",
            "cards",
            "dictionary",
            "texts",
            "column",
            "ids",
            "engine",
        ][self as usize]
    }
}

/// Which block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block {
    /// What it holds.
    pub kind: BlockKind,
    /// Its number among those of its kind.
    pub number: u32,
}

/// The name of a file: a letter of its kind, what the root knows of where the block lies, and its content's hash.
pub(crate) fn file_name(kind: BlockKind, key: u32, hash: u32) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut name = String::new();
    name.push(BlockKind::LETTERS[kind as usize] as char);
    name.push_str(&crate::error::decimal(key));
    name.push('-');
    for place in (0..8).rev() {
        name.push(HEX[(hash >> (4 * place) & 15) as usize] as char);
    }
    name
}

/// The kind that the letter of a name tells.
fn kind_of(name: &str) -> Option<BlockKind> {
    let letter = name.bytes().next()?;
    let kind = BlockKind::LETTERS.iter().position(|&of| of == letter)?;
    Some(BlockKind::ALL[kind])
}

/// A text as a number for names.
pub(crate) fn key(text: &str) -> u32 {
    let mut key = 0u32;
    for letter in text.chars() {
        key = key.wrapping_mul(31).wrapping_add(u32::from(letter));
    }
    key
}

/// The hash of a sealed block, which its name carries.
pub(crate) fn hash(sealed: &[u8]) -> u32 {
    checksum(sealed) as u32
}

const MAGIC: [u8; 4] = *b"SAMB";
/// Magic, format, checksum.
const SEAL: usize = 4 + 4 + 8;

/// A block with what tells that it is whole.
#[cfg(feature = "write")]
pub(crate) fn seal(body: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(SEAL + body.len());
    sealed.extend(MAGIC);
    sealed.extend(FORMAT.to_le_bytes());
    sealed.extend(checksum(body).to_le_bytes());
    sealed.extend_from_slice(body);
    sealed
}

/// What was sealed. Linear.
///
/// # Errors
/// [`Error::NotAnIndex`], [`Error::Version`], or [`Error::Damaged`] with this name.
pub(crate) fn unseal<'a>(sealed: &'a [u8], name: &'static str) -> Result<&'a [u8], Error> {
    let (head, body) = sealed.split_at_checked(SEAL).ok_or(Error::NotAnIndex)?;
    if head[..4] != MAGIC {
        return Err(Error::NotAnIndex);
    }
    let got = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    if got != FORMAT {
        return Err(Error::Version {
            expected: FORMAT,
            got,
        });
    }
    if head[8..] != checksum(body).to_le_bytes() {
        return Err(Error::Damaged { section: name });
    }
    Ok(body)
}

/// A text that shares its first bytes with the one before it.
#[cfg(feature = "write")]
fn put_front_coded<'t>(out: &mut Vec<u8>, texts: impl Iterator<Item = &'t str>) {
    let mut before = "";
    for text in texts {
        let mut shared = before
            .bytes()
            .zip(text.bytes())
            .take_while(|(one, other)| one == other)
            .count();
        while !text.is_char_boundary(shared) {
            shared -= 1;
        }
        put_varint(out, shared as u32);
        super::codec::put_str(out, &text[shared..]);
        before = text;
    }
}

/// So many texts that [`put_front_coded`] wrote.
fn front_coded(reader: &mut Reader, count: usize) -> Vec<String> {
    let mut texts: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        let shared = reader.varint() as usize;
        let before = texts.last().map_or("", String::as_str);
        let Some(start) = before.get(..shared) else {
            reader.fault();
            texts.push(String::new());
            continue;
        };
        texts.push(crate::text::concat(&[start, reader.str()]));
    }
    texts
}

/// Reads the next bytes, as many as the count before them says, to their end.
fn nested<'a, T>(reader: &mut Reader<'a>, decode: impl FnOnce(&mut Reader<'a>) -> T) -> T {
    let mut inner = Reader::new(reader.bytes(), "");
    let read = decode(&mut inner);
    if inner.end().is_err() {
        reader.fault();
    }
    read
}

/// A signed number as one without a sign: small ones stay small.
#[cfg(feature = "write")]
fn zigzag(value: i64) -> u32 {
    (value << 1 ^ value >> 63) as u32
}

fn unzigzag(value: u32) -> i64 {
    i64::from(value >> 1) ^ -i64::from(value & 1)
}
