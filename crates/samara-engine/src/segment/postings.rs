//! Posting lists: which documents hold a term, how often, where, and beside what. They are not stored but derived
//! when an index is opened, in one linear pass over the stream without hashing, tokenizing or stemming. It notes the
//! postings of one document after the other and counts the bytes of every list; then they are dealt out.
//!
//! A list is its document frequency, then its postings in ascending order of documents. A posting is the distance to
//! the document before, times two, plus one if an [`Evidence`] byte other than [`Evidence::ONCE`] follows; where that
//! names a field, two bytes of [`Neighbours`] follow. All numbers are varints: lists are read whole and in order, and
//! in a module that is compressed in transit or derived anyway, tighter packings save nothing.

use super::codec::{put_varint, trusted_varint, varint_len};
use super::{DocId, TermOrdinal};
#[cfg(feature = "split")]
use super::{Norm, Title};

/// How often a term occurs in a document, and in which fields, in a byte.
///
/// The lower five bits are the [`LEVELS`] of its occurrences in the text, headings beyond the first included. The upper
/// three say that it stands in the title, in a heading, and in a field. Quantised so, evidence is the same in every layout, and what fields count can be decided
/// by the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Evidence(pub u8);

/// How often a term occurs, by level, in quarters of an occurrence. Saturation makes little of what lies between them.
const LEVELS: [u16; 32] = [
    0, 1, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256,
    320, 384, 448, 512, 640, 768, 1024, 1600,
];
/// An occurrence in a text whose author has not decided what it counts.
pub(crate) const ONCE: u16 = 4;

impl Evidence {
    /// One occurrence in the text.
    const ONCE: Evidence = Evidence(3);
    pub(crate) const TITLE: u8 = 0x80;
    pub(crate) const HEADING: u8 = 0x40;
    pub(crate) const FIELD: u8 = 0x20;

    pub(crate) fn in_title(self) -> bool {
        self.0 & Evidence::TITLE != 0
    }

    /// Whether the term stands in a field.
    fn has_field(self) -> bool {
        self.fields() != 0
    }

    /// Bytes of a posting behind its head.
    fn bytes(self) -> u32 {
        match self {
            Evidence::ONCE => 0,
            _ if self.has_field() => 3,
            _ => 1,
        }
    }

    /// Occurrences in the text, in quarters.
    pub(crate) fn quarters(self) -> u16 {
        LEVELS[usize::from(self.0 & 0x1f)]
    }

    /// Of several postings of a document, which together stand in these fields and hold so many quarters of an occurrence.
    pub(crate) fn of(fields: u8, quarters: u16) -> Self {
        Evidence::new(u16::from(fields) << 8 | quarters.min(QUARTERS))
    }

    /// The fields.
    pub(crate) fn fields(self) -> u8 {
        self.0 & (Evidence::TITLE | Evidence::HEADING | Evidence::FIELD)
    }

    fn new(count: u16) -> Self {
        // Most terms occur once, or in a field alone.
        let level = match count & QUARTERS {
            0 => 0,
            ONCE => 3,
            quarters => LEVELS.partition_point(|&level| level <= quarters) - 1,
        };
        Evidence((count & FIELDS).to_be_bytes()[0] | level as u8)
    }
}

/// Which words stand beside a term in the fields of a document: a bit for each of [`Neighbours::BUCKETS`] of the words that follow,
/// in the lower half, and that precede, in the upper one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Neighbours(pub u16);

impl Neighbours {
    /// Sets of words that are told apart.
    pub(crate) const BUCKETS: u32 = 8;

    /// How sure it is, from 0 to 1, that one of these words follows: the more words do, the less a bit says.
    pub(crate) fn share_before(self, buckets: u8) -> f32 {
        share(self.0 as u8, buckets)
    }

    /// The same for words that precede.
    pub(crate) fn share_behind(self, buckets: u8) -> f32 {
        share((self.0 >> Neighbours::BUCKETS) as u8, buckets)
    }

    /// Adds what others hold.
    pub(crate) fn merge(&mut self, other: Neighbours) {
        self.0 |= other.0;
    }
}

fn share(known: u8, wanted: u8) -> f32 {
    if known & wanted == 0 {
        return 0.0;
    }
    // By chance a bit is set as often as bits are.
    1.0 - known.count_ones() as f32 / (Neighbours::BUCKETS + 1) as f32
}

/// What a document says of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub document: DocId,
    pub evidence: Evidence,
    pub neighbours: Neighbours,
    /// In lists of blocks, the length of the document and, where the term stands in its title, what that says: there is no
    /// table of all documents.
    #[cfg(feature = "split")]
    pub facts: (Norm, Title),
}

impl Posting {
    /// Of a document, nothing known of neighbours.
    pub(crate) fn of(document: DocId, evidence: Evidence) -> Self {
        Posting {
            document,
            evidence,
            neighbours: Neighbours::default(),
            #[cfg(feature = "split")]
            facts: Default::default(),
        }
    }
}

/// The posting lists of all terms.
#[derive(Default)]
pub(crate) struct Postings {
    bytes: Vec<u8>,
    /// End in `bytes` of each term's list.
    ends: Vec<u32>,
    /// Number of documents that hold each term, where the lists are held by somebody else.
    #[cfg(all(feature = "split", feature = "write"))]
    frequencies: Vec<u32>,
}

#[cfg(all(feature = "split", feature = "write"))]
impl Postings {
    /// How many documents hold each term, without the lists.
    pub(crate) fn of_frequencies(frequencies: Vec<u32>) -> Self {
        Postings {
            frequencies,
            ..Postings::default()
        }
    }

    /// Where the list of each term ends, and the lists.
    pub(crate) fn into_parts(self) -> (Vec<u32>, Vec<u8>) {
        (self.ends, self.bytes)
    }
}

impl Postings {
    /// Derives the lists of `terms` terms. `read` reports every occurrence of every document in order.
    pub(crate) fn derive(
        terms: usize,
        in_region: &InRegion,
        read: &mut dyn FnMut(&mut Inversion),
    ) -> Self {
        let mut ends = vec![0; terms];
        let bytes = in_region(&mut || {
            let mut inversion = Inversion {
                ends: &mut ends,
                lists: vec![List::default(); terms],
                document: 0,
                counts: vec![0; terms],
                touched: vec![0; terms + 1],
                distinct: 0,
                noted: Vec::new(),
            };
            read(&mut inversion);
            inversion.lists()
        });
        Postings {
            bytes,
            ends,
            #[cfg(all(feature = "split", feature = "write"))]
            frequencies: Vec::new(),
        }
    }

    /// The posting list of a term. Constant time.
    pub(crate) fn of(&self, term: TermOrdinal) -> Cursor<'_> {
        let index = term.0 as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        let mut cursor = Cursor {
            list: &self.bytes[start..self.ends[index] as usize],
            offset: 0,
            documents: 0,
            behind: 0,
            #[cfg(feature = "split")]
            has_facts: false,
        };
        cursor.documents = trusted_varint(cursor.list, &mut cursor.offset);
        cursor
    }

    /// Number of documents that hold a term. Constant time.
    pub(crate) fn document_frequency(&self, term: TermOrdinal) -> u32 {
        #[cfg(all(feature = "split", feature = "write"))]
        if let Some(&documents) = self.frequencies.get(term.0 as usize) {
            return documents;
        }
        self.of(term).documents
    }

    /// Bytes that the lists take.
    pub(crate) fn byte_len(&self) -> usize {
        self.bytes.len()
    }
}

/// Reads a posting list from front to back.
pub(crate) struct Cursor<'p> {
    list: &'p [u8],
    offset: usize,
    /// How many documents the list holds in all.
    pub documents: u32,
    /// The document behind the last one read.
    behind: u32,
    /// Whether facts stand beside the postings.
    #[cfg(feature = "split")]
    has_facts: bool,
}

#[cfg(feature = "split")]
impl<'p> Cursor<'p> {
    /// Of a list in a block, by [`put_list`], with or without what is known of the documents. A list that was cut reads as if
    /// zeros followed.
    pub(crate) fn of_block(list: &'p [u8], has_facts: bool) -> Self {
        let mut cursor = Cursor {
            list,
            offset: 0,
            documents: 0,
            behind: 0,
            has_facts,
        };
        cursor.documents = trusted_varint(list, &mut cursor.offset);
        cursor
    }
}

/// Appends the list of these postings, with or without what is known of their documents.
#[cfg(all(feature = "split", feature = "write"))]
pub(crate) fn put_list(out: &mut Vec<u8>, postings: &[Posting], has_facts: bool) {
    use super::codec::put_varint;
    put_varint(out, postings.len() as u32);
    let mut behind = 0;
    for posting in postings {
        let evidence = posting.evidence;
        let is_other = evidence != Evidence::ONCE;
        put_varint(
            out,
            (posting.document.0 + 1 - behind) << 1 | u32::from(is_other),
        );
        behind = posting.document.0 + 1;
        let (norm, title) = posting.facts;
        out.extend(has_facts.then_some(norm.0));
        if is_other {
            out.push(evidence.0);
        }
        if has_facts && evidence.in_title() {
            out.push(title.0);
        }
        if evidence.has_field() {
            out.extend(posting.neighbours.0.to_le_bytes());
        }
    }
}

impl Iterator for Cursor<'_> {
    type Item = Posting;

    #[inline]
    fn next(&mut self) -> Option<Posting> {
        if self.offset >= self.list.len() {
            return None;
        }
        let head = trusted_varint(self.list, &mut self.offset);
        self.behind += head >> 1;
        let mut byte = || {
            let byte = self.list.get(self.offset).copied().unwrap_or(0);
            self.offset += 1;
            byte
        };
        #[cfg(feature = "split")]
        let norm = Norm(if self.has_facts { byte() } else { 0 });
        let evidence = if head & 1 == 1 {
            Evidence(byte())
        } else {
            Evidence::ONCE
        };
        #[cfg(feature = "split")]
        let title = Title(if self.has_facts && evidence.in_title() {
            byte()
        } else {
            0
        });
        let neighbours = if evidence.has_field() {
            Neighbours(u16::from(byte()) | u16::from(byte()) << 8)
        } else {
            Neighbours::default()
        };
        Some(Posting {
            document: DocId(self.behind - 1),
            evidence,
            neighbours,
            #[cfg(feature = "split")]
            facts: (norm, title),
        })
    }
}

/// Does work of which only the bytes remain that it returns, and what was there before: a host may give the memory back
/// that the work took.
pub type InRegion<'r> = dyn Fn(&mut dyn FnMut() -> Vec<u8>) -> Vec<u8> + 'r;

/// Bytes of a posting that is noted, at the most.
const MOST_NOTED: usize = 8;

/// What is counted of a term in the document being read, in two bytes, so that those of all terms stay near: the fields of
/// [`Evidence`], whether it occurs at all, and quarters of occurrences in the text; more of them make no difference.
const FIELDS: u16 = 0xe000;
const SEEN: u16 = 0x1000;
const QUARTERS: u16 = 0x0fff;

/// What is known of the list of a term while documents are read, side by side because all of it is asked for at once.
#[derive(Clone, Copy, Default)]
struct List {
    /// Documents in it.
    documents: u32,
    /// Bytes of its postings.
    bytes: u32,
    /// The last document in it, counted from 1; 0 where there is none.
    last: u32,
    /// As in [`Neighbours`], in the document being read; of few terms there are some.
    neighbours: u16,
}

impl List {
    /// What is written of a document: its distance to the one before, times two.
    fn distance(&mut self, document: u32) -> u32 {
        (document - core::mem::replace(&mut self.last, document)) << 1
    }
}

/// An inversion under way.
pub(crate) struct Inversion<'p> {
    /// Where the list of each term ends, as soon as there are lists.
    ends: &'p mut [u32],
    lists: Vec<List>,
    /// The document being read.
    document: u32,
    counts: Vec<u16>,
    /// Its terms, as many as there are [`Inversion::distinct`] ones; then anything.
    touched: Vec<u32>,
    distinct: usize,
    /// The postings of the documents read: term counted from 1, times two, plus one if an evidence follows; then what
    /// follows in a list. 0 ends a document. Numbers are varints: the memory is needed for a while alone, but it is there.
    noted: Vec<u8>,
}

impl Inversion<'_> {
    /// A term occurs, so many quarters of an occurrence in a text. In a field of [`Evidence`], the first occurrence is
    /// noted by the field's bit alone.
    #[inline]
    pub(crate) fn occurs(&mut self, term: TermOrdinal, mut quarters: u16, field: u8) {
        let count = &mut self.counts[term.0 as usize];
        // Written in any case: whether a word is new in its document is guessed wrong too often for a branch.
        self.touched[self.distinct] = term.0;
        self.distinct += usize::from(*count == 0);
        let field = u16::from(field) << 8;
        if *count & field != field {
            let known = if field == u16::from(Evidence::TITLE) << 8 {
                3
            } else {
                2
            };
            quarters = quarters.saturating_sub(known * ONCE);
        }
        let quarters = (*count & QUARTERS).saturating_add(quarters).min(QUARTERS);
        *count = *count & !QUARTERS | quarters | field | SEEN;
    }

    /// Terms stand side by side.
    #[inline]
    pub(crate) fn meet(&mut self, one: TermOrdinal, other: TermOrdinal, buckets: &[u8]) {
        let (first, second) = (one.0 as usize, other.0 as usize);
        self.lists[first].neighbours |= 1 << buckets[second];
        self.lists[second].neighbours |= 1 << (Neighbours::BUCKETS as u8 + buckets[first]);
    }

    /// The document is over.
    pub(crate) fn end_document(&mut self) {
        self.document += 1;
        // Doubled, it would take twice as much memory; the last block of the module's memory grows where it is.
        let most = MOST_NOTED * self.distinct + 1;
        if self.noted.capacity() - self.noted.len() < most {
            self.noted.reserve_exact(most + self.noted.len() / 8);
        }
        for &term in &self.touched[..core::mem::take(&mut self.distinct)] {
            let place = term as usize;
            let count = core::mem::take(&mut self.counts[place]);
            let evidence = Evidence::new(count);
            let list = &mut self.lists[place];
            let neighbours = core::mem::take(&mut list.neighbours).to_le_bytes();
            list.bytes += varint_len(list.distance(self.document)) + evidence.bytes();
            list.documents += 1;
            let is_other = evidence != Evidence::ONCE;
            put_varint(&mut self.noted, (term + 1) << 1 | u32::from(is_other));
            let rest = [evidence.0, neighbours[0], neighbours[1]];
            self.noted
                .extend_from_slice(&rest[..evidence.bytes() as usize]);
        }
        self.noted.push(0);
    }

    /// The lists of all terms, one after the other.
    fn lists(mut self) -> Vec<u8> {
        let ends = self.ends;
        let mut start = 0;
        for (end, list) in ends.iter_mut().zip(&mut self.lists) {
            list.last = 0;
            *end = start;
            start += list.bytes + varint_len(list.documents);
        }
        let mut lists = vec![0; start as usize];
        // Writing moves each start to its end.
        for (end, list) in ends.iter_mut().zip(&self.lists) {
            write(&mut lists, end, list.documents);
        }
        let (mut offset, mut document) = (0, 1);
        while offset < self.noted.len() {
            let head = trusted_varint(&self.noted, &mut offset);
            let Some(term) = (head >> 1).checked_sub(1) else {
                document += 1;
                continue;
            };
            let distance = self.lists[term as usize].distance(document);
            let end = &mut ends[term as usize];
            write(&mut lists, end, distance | head & 1);
            if head & 1 == 1 {
                let length = Evidence(self.noted[offset]).bytes() as usize;
                for &byte in &self.noted[offset..offset + length] {
                    lists[*end as usize] = byte;
                    *end += 1;
                }
                offset += length;
            }
        }
        lists
    }
}

fn write(bytes: &mut [u8], offset: &mut u32, mut value: u32) {
    while value >= 0x80 {
        bytes[*offset as usize] = value as u8 | 0x80;
        *offset += 1;
        value >>= 7;
    }
    bytes[*offset as usize] = value as u8;
    *offset += 1;
}
