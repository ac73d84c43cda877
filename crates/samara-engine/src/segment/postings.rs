//! Posting lists: which documents hold a term and how often. They are not stored but derived when an index is
//! opened, in two linear passes over the stream without hashing, tokenizing or stemming: the first counts the
//! bytes of every list, the second writes them into one buffer.
//!
//! A posting is the distance to the document before, times two, plus one if a weighted frequency other than [`ONCE`]
//! follows. All numbers are varints: lists are read whole and in order, and in a module that is compressed in
//! transit or derived anyway, tighter packings save nothing.

use super::codec::{trusted_varint, varint_len};
use super::{DocId, TermOrdinal};

/// A word that occurs once, in a text whose author has not decided what it counts: frequencies and lengths are in halves.
pub(crate) const ONCE: u32 = 2;
/// How much an occurrence counts, by where it stands. Raising one favours documents about the word over
/// documents that mention it; between 2 and 5 times for titles makes no difference on six collections.
pub(crate) const TITLE_WEIGHT: u32 = 3;
/// See [`TITLE_WEIGHT`].
pub(crate) const HEADING_WEIGHT: u32 = 2;

/// The posting lists of all terms.
pub(crate) struct Postings {
    bytes: Vec<u8>,
    /// End in `bytes` of each term's list.
    ends: Vec<u32>,
}

impl Postings {
    /// Derives the lists of `terms` terms, and the weighted length of each document. `read` reports every
    /// occurrence of every document in order, and is called twice, each time within `in_region`.
    pub(crate) fn derive(
        terms: usize,
        documents: usize,
        in_region: &InRegion,
        read: &dyn Fn(&mut Inversion),
    ) -> (Self, Vec<u32>) {
        let mut bytes = Vec::new();
        let mut ends = vec![0; terms];
        let mut lengths = Vec::with_capacity(documents);
        for writes in [false, true] {
            if writes {
                // Lengths become starts; writing moves each start to its end.
                let mut start = 0;
                for end in &mut ends {
                    start += core::mem::replace(end, start);
                }
                bytes = vec![0; start as usize];
                lengths.clear();
            }
            in_region(&mut || {
                read(&mut Inversion {
                    writes,
                    bytes: &mut bytes,
                    ends: &mut ends,
                    lengths: &mut lengths,
                    frequency: vec![0; terms],
                    last: vec![0; terms],
                    touched: Vec::new(),
                });
            });
        }
        (Postings { bytes, ends }, lengths)
    }

    /// Documents that hold a term, in ascending order, each with its weighted frequency.
    pub(crate) fn of(&self, term: TermOrdinal) -> impl Iterator<Item = (DocId, u32)> + '_ {
        let index = term.0 as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        let list = &self.bytes[start..self.ends[index] as usize];
        let mut position = 0;
        let mut document = 0u32;
        core::iter::from_fn(move || {
            if position >= list.len() {
                return None;
            }
            let head = trusted_varint(list, &mut position);
            document += head >> 1;
            let frequency = if head & 1 == 1 {
                trusted_varint(list, &mut position)
            } else {
                ONCE
            };
            Some((DocId(document - 1), frequency))
        })
    }

    /// Number of documents that hold a term. Linear in it.
    pub(crate) fn document_frequency(&self, term: TermOrdinal) -> u32 {
        self.of(term).count() as u32
    }

    /// Bytes that the lists take.
    pub(crate) fn byte_len(&self) -> usize {
        self.bytes.len()
    }
}

/// Does work of which only what was there before remains: a host may give the memory back that the work took.
pub(crate) type InRegion<'r> = dyn Fn(&mut dyn FnMut()) + 'r;

/// An inversion under way: its first pass counts bytes, its second writes them.
pub(crate) struct Inversion<'p> {
    writes: bool,
    /// The lists, once their lengths are known.
    bytes: &'p mut [u8],
    ends: &'p mut [u32],
    lengths: &'p mut Vec<u32>,
    /// Weighted frequency of each term in the document being read; beyond 16 bits it makes no difference.
    frequency: Vec<u16>,
    /// The last document before it that holds each term, counted from 1; 0 where there is none.
    last: Vec<u32>,
    touched: Vec<u32>,
}

impl Inversion<'_> {
    /// A term occurs with this weight.
    #[inline]
    pub(crate) fn occurs(&mut self, term: TermOrdinal, weight: u32) {
        let frequency = &mut self.frequency[term.0 as usize];
        if *frequency == 0 {
            self.touched.push(term.0);
        }
        *frequency = frequency.saturating_add(weight as u16);
    }

    /// The document is over, with this weighted length.
    pub(crate) fn end_document(&mut self, length: u32) {
        self.lengths.push(length);
        let document = self.lengths.len() as u32;
        for term in self.touched.drain(..) {
            let term = term as usize;
            let frequency = u32::from(core::mem::take(&mut self.frequency[term]));
            let last = core::mem::replace(&mut self.last[term], document);
            let head = (document - last) << 1 | u32::from(frequency != ONCE);
            let end = &mut self.ends[term];
            if self.writes {
                write(self.bytes, end, head);
                if frequency != ONCE {
                    write(self.bytes, end, frequency);
                }
            } else {
                let second = if frequency != ONCE {
                    varint_len(frequency)
                } else {
                    0
                };
                *end += varint_len(head) + second;
            }
        }
    }
}

fn write(bytes: &mut [u8], position: &mut u32, mut value: u32) {
    while value >= 0x80 {
        bytes[*position as usize] = value as u8 | 0x80;
        *position += 1;
        value >>= 7;
    }
    bytes[*position as usize] = value as u8;
    *position += 1;
}
