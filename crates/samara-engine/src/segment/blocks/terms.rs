//! Blocks of terms: a part of the dictionary with the posting lists of its terms.

use super::{Reader, unzigzag};
#[cfg(feature = "write")]
use super::{put_varint, zigzag};
use crate::Error;
use crate::segment::postings::Cursor;
#[cfg(feature = "write")]
use crate::segment::postings::{Posting, put_list};
use crate::segment::terms::{TermOrdinal, Terms, bucket, hashed};

/// Terms that follow one another when folded.
pub(crate) struct TermBlock<'a> {
    pub terms: Box<Terms<'a>>,
    /// Numbers of the terms among all, in ascending order.
    ordinals: Vec<u32>,
    /// Per term how its set of neighbours differs from the one that its letters name, which for most is not at all.
    buckets: &'a [u8],
    /// Per term its language; nothing where all are of one.
    languages: &'a [u8],
    /// Per term where its other terms of the stem end in `relatives`, and its compounds.
    ends: Vec<[u32; 2]>,
    relatives: Vec<Relative<'a>>,
    /// Terms that a rarer one was probably meant to be, by the number of that in the block.
    likelier: Vec<(u32, &'a str)>,
    /// Per term where its posting list ends.
    list_ends: Vec<u32>,
    lists: &'a [u8],
    /// Whether what is known of the documents stands beside their postings.
    has_facts: bool,
}

/// A term that another one names. Neither number changes where terms of other blocks do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relative<'a> {
    /// By its place in the same block.
    Here(u32),
    /// By its letters, which lead to the block that it lies in.
    Elsewhere(&'a str),
}

/// What is written of a term.
#[cfg(feature = "write")]
pub(crate) struct TermEntry<'t> {
    pub text: &'t str,
    pub ordinal: u32,
    pub bucket: u8,
    pub language: u8,
    pub others: Vec<Relative<'t>>,
    pub compounds: Vec<Relative<'t>>,
    pub likelier: Option<String>,
    pub postings: Vec<Posting>,
}

const SECTION: &str = "terms";

impl<'a> TermBlock<'a> {
    /// The block of these bytes; `bases` are the numbers among all terms at which its terms begin, and go on after others.
    pub(crate) fn decode(bytes: &'a [u8], bases: &[u32], has_facts: bool) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let terms = Terms::decode(reader.bytes())?;
        let count = terms.len();
        let mut bases = bases.iter();
        let mut ordinals = Vec::with_capacity(count);
        let (mut next, mut left) = (0u32, 0);
        for _ in 0..count {
            if left == 0 {
                next = bases.next().copied().unwrap_or(u32::MAX);
                left = reader.varint();
            }
            ordinals.push(next);
            next = next.saturating_add(1);
            left = left.saturating_sub(1);
        }
        let buckets = reader.bytes();
        let languages = reader.bytes();
        if buckets.len() != count || !languages.is_empty() && languages.len() != count {
            reader.fault();
        }
        let mut ends = Vec::with_capacity(count);
        let mut all = Vec::new();
        for place in 0..count as u32 {
            let mut of_term = [0; 2];
            for end in &mut of_term {
                for _ in 0..reader.count() {
                    all.push(relative(&mut reader, place, count));
                }
                *end = all.len() as u32;
            }
            ends.push(of_term);
        }
        let mut likelier = Vec::new();
        for _ in 0..reader.count() {
            let place = reader.at_most(count.saturating_sub(1));
            likelier.push((place, reader.str()));
        }
        let mut list_ends = Vec::with_capacity(count);
        let mut end = 0u32;
        for _ in 0..count {
            end = end.saturating_add(reader.varint());
            list_ends.push(end);
        }
        let lists = reader.bytes();
        if lists.len() != end as usize {
            reader.fault();
        }
        reader.end()?;
        Ok(TermBlock {
            terms,
            ordinals,
            buckets,
            languages,
            ends,
            relatives: all,
            likelier,
            list_ends,
            lists,
            has_facts,
        })
    }

    /// The number among all terms of one of the block's.
    pub(crate) fn ordinal(&self, local: TermOrdinal) -> TermOrdinal {
        TermOrdinal(self.ordinals[local.0 as usize])
    }

    /// The place in the block of a term. Logarithmic.
    pub(crate) fn place(&self, term: TermOrdinal) -> Option<usize> {
        self.ordinals.binary_search(&term.0).ok()
    }

    /// The set of neighbours that a term belongs to.
    pub(crate) fn bucket(&self, place: usize) -> u8 {
        let mut text = String::new();
        self.terms.push_term(TermOrdinal(place as u32), &mut text);
        own_bucket(&text) ^ self.buckets[place]
    }

    pub(crate) fn language(&self, place: usize) -> u8 {
        self.languages.get(place).copied().unwrap_or(0)
    }

    /// The other terms of the stem.
    pub(crate) fn others(&self, place: usize) -> &[Relative<'a>] {
        let start = place
            .checked_sub(1)
            .map_or(0, |before| self.ends[before][1]);
        &self.relatives[start as usize..self.ends[place][0] as usize]
    }

    /// The compounds that the term is a part of.
    pub(crate) fn compounds(&self, place: usize) -> &[Relative<'a>] {
        let [start, end] = self.ends[place];
        &self.relatives[start as usize..end as usize]
    }

    /// The term that this one was probably meant to be.
    pub(crate) fn likelier(&self, place: usize) -> Option<&'a str> {
        let found = self.likelier.iter().find(|of| of.0 as usize == place);
        found.map(|of| of.1)
    }

    pub(crate) fn postings(&self, place: usize) -> Cursor<'a> {
        let start = place
            .checked_sub(1)
            .map_or(0, |before| self.list_ends[before]);
        Cursor::of_block(
            &self.lists[start as usize..self.list_ends[place] as usize],
            self.has_facts,
        )
    }
}

fn ordinals(reader: &mut Reader, count: usize) -> Vec<u32> {
    let mut ordinals = Vec::with_capacity(count);
    let mut last = 0u32;
    for _ in 0..count {
        last = last.saturating_add(reader.varint());
        ordinals.push(last);
    }
    ordinals
}

/// The set of neighbours that the letters of a term name.
fn own_bucket(term: &str) -> u8 {
    bucket(term.bytes().fold(0, hashed))
}

/// Of the term at a place: nothing is 0 places away, so 0 says that letters follow.
fn relative<'a>(reader: &mut Reader<'a>, of: u32, count: usize) -> Relative<'a> {
    match reader.varint() {
        0 => Relative::Elsewhere(reader.str()),
        distance => {
            let place = (i64::from(of) + unzigzag(distance)) as u32;
            if place as usize >= count {
                reader.fault();
            }
            Relative::Here(place)
        }
    }
}

#[cfg(feature = "write")]
fn put_relative(out: &mut Vec<u8>, relative: Relative, of: u32) {
    match relative {
        Relative::Here(place) => put_varint(out, zigzag(i64::from(place) - i64::from(of))),
        Relative::Elsewhere(text) => {
            out.push(0);
            crate::segment::codec::put_str(out, text);
        }
    }
}

#[cfg(feature = "write")]
fn put_ordinals(out: &mut Vec<u8>, ordinals: impl Iterator<Item = u32>) {
    let mut last = 0;
    for ordinal in ordinals {
        put_varint(out, ordinal - last);
        last = ordinal;
    }
}

/// Whether no term lies between these two.
#[cfg(feature = "write")]
fn follows(one: &TermEntry, other: &TermEntry) -> bool {
    one.ordinal + 1 == other.ordinal
}

/// The numbers among all terms at which terms of a block begin, and go on after others. The root has them, so that a block
/// stays as it is where terms elsewhere become more or fewer.
#[cfg(feature = "write")]
pub(crate) fn bases(entries: &[TermEntry]) -> Vec<u32> {
    let runs = entries.chunk_by(follows);
    runs.map(|run| run[0].ordinal).collect()
}

/// Bytes of a block of these terms, which ascend.
///
/// # Errors
/// Those of the fst.
#[cfg(feature = "write")]
pub(crate) fn encode(entries: &[TermEntry], has_facts: bool) -> Result<Vec<u8>, Error> {
    use crate::segment::codec::put_str;
    let mut out = Vec::new();
    let put_bytes = |out: &mut Vec<u8>, bytes: &[u8]| {
        put_varint(out, bytes.len() as u32);
        out.extend_from_slice(bytes);
    };
    let terms = crate::segment::encode::terms(entries.iter().map(|entry| entry.text))?;
    put_bytes(&mut out, &terms);
    for run in entries.chunk_by(follows) {
        put_varint(&mut out, run.len() as u32);
    }
    let buckets = entries.iter();
    let buckets = buckets.map(|entry| entry.bucket ^ own_bucket(entry.text));
    put_bytes(&mut out, &buckets.collect::<Vec<u8>>());
    let mut languages: Vec<u8> = entries.iter().map(|entry| entry.language).collect();
    if languages.iter().all(|&language| language == 0) {
        languages.clear();
    }
    put_bytes(&mut out, &languages);
    for (entry, place) in entries.iter().zip(0..) {
        for relatives in [&entry.others, &entry.compounds] {
            put_varint(&mut out, relatives.len() as u32);
            for &relative in relatives {
                put_relative(&mut out, relative, place);
            }
        }
    }
    let likelier: Vec<_> = entries
        .iter()
        .enumerate()
        .filter_map(|(place, entry)| Some((place, entry.likelier.as_ref()?)))
        .collect();
    put_varint(&mut out, likelier.len() as u32);
    for (place, text) in likelier {
        put_varint(&mut out, place as u32);
        put_str(&mut out, text);
    }
    let mut lists = Vec::new();
    for entry in entries {
        let start = lists.len();
        put_list(&mut lists, &entry.postings, has_facts);
        put_varint(&mut out, (lists.len() - start) as u32);
    }
    put_bytes(&mut out, &lists);
    Ok(out)
}

/// All terms that begin alike, as one.
pub(crate) struct Beginning<'a> {
    list: &'a [u8],
    has_facts: bool,
    pub completions: Vec<Completion<'a>>,
}

/// A term that begins so, and in how many documents it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Completion<'a> {
    pub documents: u32,
    pub text: &'a str,
}

impl<'a> Beginning<'a> {
    pub(crate) fn decode(bytes: &'a [u8], has_facts: bool) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, "beginning");
        let list = reader.bytes();
        let mut completions = Vec::new();
        for _ in 0..reader.count() {
            completions.push(Completion {
                documents: reader.varint(),
                text: reader.str(),
            });
        }
        reader.end()?;
        Ok(Beginning {
            list,
            has_facts,
            completions,
        })
    }

    pub(crate) fn postings(&self) -> Cursor<'a> {
        Cursor::of_block(self.list, self.has_facts)
    }
}

/// Bytes of a beginning.
#[cfg(feature = "write")]
pub(crate) fn encode_beginning(
    postings: &[Posting],
    completions: &[Completion],
    has_facts: bool,
) -> Vec<u8> {
    let mut list = Vec::new();
    put_list(&mut list, postings, has_facts);
    let mut out = Vec::new();
    put_varint(&mut out, list.len() as u32);
    out.extend(list);
    put_varint(&mut out, completions.len() as u32);
    for completion in completions {
        put_varint(&mut out, completion.documents);
        crate::segment::codec::put_str(&mut out, completion.text);
    }
    out
}

/// The frequent terms: what a misspelt word may be corrected to.
pub(crate) struct Spelling<'a> {
    pub terms: Box<Terms<'a>>,
    ordinals: Vec<u32>,
    documents: Vec<u32>,
    languages: &'a [u8],
}

impl<'a> Spelling<'a> {
    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, "spelling");
        let terms = Terms::decode(reader.bytes())?;
        let count = terms.len();
        let ordinals = ordinals(&mut reader, count);
        let documents = (0..count).map(|_| reader.varint()).collect();
        let languages = reader.bytes();
        if !languages.is_empty() && languages.len() != count {
            reader.fault();
        }
        reader.end()?;
        Ok(Spelling {
            terms,
            ordinals,
            documents,
            languages,
        })
    }

    /// The number among all terms of one of these.
    pub(crate) fn ordinal(&self, local: TermOrdinal) -> TermOrdinal {
        TermOrdinal(self.ordinals[local.0 as usize])
    }

    /// The place of a term among the frequent ones. Logarithmic.
    pub(crate) fn place(&self, term: TermOrdinal) -> Option<usize> {
        self.ordinals.binary_search(&term.0).ok()
    }

    pub(crate) fn document_frequency(&self, place: usize) -> u32 {
        self.documents[place]
    }

    pub(crate) fn language(&self, place: usize) -> u8 {
        self.languages.get(place).copied().unwrap_or(0)
    }
}

/// Bytes of the frequent terms, which ascend: text, ordinal, document frequency, language.
///
/// # Errors
/// Those of the fst.
#[cfg(feature = "write")]
pub(crate) fn encode_spelling(entries: &[(String, u32, u32, u8)]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let terms = crate::segment::encode::terms(entries.iter().map(|entry| entry.0.as_str()))?;
    put_varint(&mut out, terms.len() as u32);
    out.extend(terms);
    put_ordinals(&mut out, entries.iter().map(|entry| entry.1));
    entries
        .iter()
        .for_each(|entry| put_varint(&mut out, entry.2));
    let mut languages: Vec<u8> = entries.iter().map(|entry| entry.3).collect();
    if languages.iter().all(|&language| language == 0) {
        languages.clear();
    }
    put_varint(&mut out, languages.len() as u32);
    out.extend(languages);
    Ok(out)
}
