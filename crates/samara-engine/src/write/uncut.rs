//! An index before it is cut into blocks: in one piece, or with streams and lists laid aside.

use std::ops::Range;

use super::cores::{cores, each_on_a_core};
use super::runs::Runs;
use super::scratch::{Laid, Room};
use crate::Error;
use crate::index::{Index, titles};
use crate::segment::{Posting, Postings, Section, Segment, TermOrdinal, encode, unpack};

/// An index that [`ClosedWriter::finish_aside`](super::ClosedWriter::finish_aside) made, of which documents and posting lists are not
/// held.
pub struct IndexAside {
    /// Without the stream.
    pub(super) sections: [Vec<u8>; Section::ALL.len()],
    pub(super) stream: Laid,
    /// Where in the stream each document begins, and where the last one ends.
    pub(super) starts: Vec<u64>,
    pub(super) room: Room,
}

/// The share of a build's memory that streams take whose lists are made at once. With the lists they are three times as much.
const SHARE_OF_RUNS: usize = 16;
/// Bytes of a stream whose lists are made at once, or that is read at once, at the most: places in it have four bytes. A document is
/// never cut.
const LARGEST: usize = 1 << 28;
/// The share of the memory that streams take that are turned to at once.
const SHARE_TURNED_TO: usize = 128;
/// Bytes of a run's stream for each term, at the least.
const LEAST_OF_TERM: usize = 16;

impl IndexAside {
    /// Bytes of the index in one piece.
    #[must_use]
    pub fn byte_len(&self) -> u64 {
        let sections = self.sections.iter().map(|section| section.len() as u64);
        encode::HEADER as u64 + sections.sum::<u64>() + self.stream_len()
    }

    fn stream_len(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The index in one piece. Linear in it.
    ///
    /// # Errors
    /// [`Error::TooLarge`], or [`Error::Scratch`] where what was laid aside cannot be read.
    pub fn into_bytes(mut self) -> Result<Vec<u8>, Error> {
        let length = usize::try_from(self.stream_len());
        let length = length.map_err(|_| Error::TooLarge { what: "bytes" })?;
        self.sections[Section::Stream as usize] = self.stream.read(0, length)?;
        encode::pack(&self.sections)
    }

    /// Opens the index: derives its posting lists, by all cores, and lays them aside. Linear in the text.
    ///
    /// # Errors
    /// [`Error::Scratch`], or [`Error::Damaged`] where something else has changed what was laid aside.
    pub fn open(&self) -> Result<Uncut<'_>, Error> {
        let sections = self.sections.each_ref().map(Vec::as_slice);
        let mut runs = Runs::new(self.room.open()?);
        let index = Index::of_sections(sections, |parts, codes, dictionary| {
            let (letters, language, catalog) = parts;
            let mut segment = Segment::of_dictionary(codes, dictionary, letters, language);
            let mut frequencies = vec![0; segment.terms.len()];
            let of_runs = self.runs(frequencies.len());
            for together in of_runs.chunks(cores()) {
                let made = each_on_a_core(together.to_vec(), |of| {
                    let stream = self.stream_of(&of)?;
                    segment.inverted(&stream, of, catalog)
                });
                let made: Vec<_> = made.into_iter().collect::<Result<_, Error>>()?;
                for (of, made) in together.iter().zip(made) {
                    for (term, documents) in (0..).zip(&mut frequencies) {
                        *documents += made.postings.document_frequency(TermOrdinal(term));
                    }
                    segment.norms.extend(made.read.norms);
                    segment.length += made.read.length;
                    runs.add(of.start as u32, made.postings)?;
                }
            }
            segment.postings = Postings::of_frequencies(frequencies);
            let mut titles = Vec::with_capacity(catalog.len());
            for of in of_runs {
                self.turn(&mut segment, &of)?;
                titles.extend(self::titles(&segment, of, language));
            }
            segment.turn_to(0, Vec::new(), &[]);
            Ok((segment, titles))
        })?;
        Ok(Uncut {
            index,
            sections,
            lengths: self.lengths(0..self.starts.len() - 1),
            aside: Some(Aside { index: self, runs }),
        })
    }

    /// Bytes of some documents in the stream.
    fn lengths(&self, of: Range<usize>) -> Vec<u32> {
        let starts = self.starts[of.start..=of.end].windows(2);
        starts.map(|of| (of[1] - of[0]) as u32).collect()
    }

    /// The documents whose lists are made at once: at most a share of the memory, and some for each core. A run holds a table of all
    /// terms, so of many terms it is no smaller than some of these.
    fn runs(&self, terms: usize) -> Vec<Range<usize>> {
        let most = self.room.memory() / SHARE_OF_RUNS / cores();
        let most = most.max(LEAST_OF_TERM * terms).min(LARGEST);
        let share = self.stream_len() / cores() as u64 + 1;
        let most = share.min(most as u64);
        let documents = self.starts.len() - 1;
        let mut runs = Vec::new();
        let mut start = 0;
        while start < documents {
            let end = self.starts[start] + most;
            let behind = self.starts.partition_point(|&start| start <= end) - 1;
            runs.push(start..behind.clamp(start + 1, documents));
            start = behind.max(start + 1);
        }
        runs
    }

    /// The stream of some documents.
    fn stream_of(&self, of: &Range<usize>) -> Result<Vec<u8>, Error> {
        let (start, end) = (self.starts[of.start], self.starts[of.end]);
        self.stream.read(start, (end - start) as usize)
    }

    /// Turns a segment to some documents.
    fn turn(&self, segment: &mut Segment, of: &Range<usize>) -> Result<(), Error> {
        let stream = self.stream_of(of)?;
        segment.turn_to(of.start as u32, stream, &self.lengths(of.clone()));
        Ok(())
    }
}

/// An index before it is cut.
pub struct Uncut<'i> {
    pub(super) index: Index<'i>,
    pub(super) sections: [&'i [u8]; Section::ALL.len()],
    /// Bytes of each document in the stream.
    pub(super) lengths: Vec<u32>,
    /// What is not held.
    aside: Option<Aside<'i>>,
}

/// What an index does not hold.
struct Aside<'i> {
    index: &'i IndexAside,
    runs: Runs,
}

impl<'i> Uncut<'i> {
    /// An index in one piece that was opened from these bytes, and no others. Linear in it.
    ///
    /// # Errors
    /// The bytes are no index.
    pub fn of(bytes: &'i [u8], index: Index<'i>) -> Result<Self, Error> {
        Ok(Self {
            lengths: index.segment.lengths(),
            index,
            sections: unpack(bytes)?,
            aside: None,
        })
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Has the texts of all words at hand. Linear in their letters.
    pub(super) fn write_out(&mut self) {
        self.index.segment.write_out(&self.index.letters);
    }

    /// Stretches of these documents that can be turned to without holding much.
    pub(super) fn stretches(&self, documents: Range<u32>) -> Vec<Range<u32>> {
        let mut stretches = Vec::new();
        let mut start = documents.start;
        while start < documents.end {
            let lengths = &self.lengths[start as usize..documents.end as usize];
            let sizes = lengths.iter().map(|&length| u64::from(length));
            let end = start + self.fitting_sizes(sizes) as u32;
            stretches.push(start..end);
            start = end;
        }
        stretches
    }

    /// How many of these blocks of documents can be turned to at once without holding much, one at least.
    pub(super) fn fitting(&self, blocks: &[Range<u32>]) -> usize {
        let lengths = |of: &Range<u32>| &self.lengths[of.start as usize..of.end as usize];
        let sizes = blocks.iter().map(lengths);
        self.fitting_sizes(
            sizes.map(|lengths| lengths.iter().map(|&length| u64::from(length)).sum()),
        )
    }

    fn fitting_sizes(&self, sizes: impl Iterator<Item = u64>) -> usize {
        let share = |aside: &Aside| (aside.index.room.memory() / SHARE_TURNED_TO).min(LARGEST);
        let most = self.aside.as_ref().map_or(LARGEST, share);
        let mut sum = 0;
        let fitting = sizes.take_while(|size| {
            sum += size;
            sum <= most as u64
        });
        fitting.count().max(1)
    }

    /// Makes the texts of these documents readable, and where they are not held, no others. Linear in them.
    pub(super) fn turn_to(&mut self, documents: Range<u32>) -> Result<(), Error> {
        match &self.aside {
            Some(aside) => {
                let of = documents.start as usize..documents.end as usize;
                aside.index.turn(&mut self.index.segment, &of)
            }
            None => Ok(()),
        }
    }

    /// Hands over the posting lists of these terms, which ascend. Linear in them.
    pub(super) fn postings(
        &self,
        terms: &[TermOrdinal],
        take: &mut dyn FnMut(TermOrdinal, &mut dyn Iterator<Item = Posting>),
    ) -> Result<(), Error> {
        let Some(aside) = &self.aside else {
            for &term in terms {
                take(term, &mut self.index.postings(term));
            }
            return Ok(());
        };
        let documents = |term| self.index.document_frequency(term);
        aside.runs.read(terms, &documents, take)
    }
}
