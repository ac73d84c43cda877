//! The posting lists of more documents than a build holds: of some documents in a row at a time, a run. Runs are made one by one,
//! laid aside, and read again together, some terms at a time, as an external sort does it (Knuth, TAOCP 3, 5.4).

use std::ops::Range;

use super::scratch::Laid;
use crate::Error;
use crate::segment::{Cursor, DocId, Posting, Postings, TermOrdinal};

/// Bytes of a number that says where a list ends.
const END: usize = size_of::<u32>();
/// Bytes of lists that are read at once.
const AT_ONCE: u64 = 1 << 22;
/// Between two terms that are read at once lie fewer others.
const APART: u32 = 8;
/// About how many bytes a posting takes.
const POSTING: u64 = 3;

/// The posting lists of all documents, in runs.
pub(super) struct Runs {
    laid: Laid,
    runs: Vec<Run>,
}

/// The lists of some documents in a row.
struct Run {
    /// The number of the first.
    first: u32,
    /// Where the run was laid: first the end of each term's list, then the lists.
    at: u64,
    terms: usize,
}

impl Runs {
    /// No runs.
    pub fn new(laid: Laid) -> Self {
        Self {
            laid,
            runs: Vec::new(),
        }
    }

    /// Adds the lists of the documents that follow, the first of which has this number.
    pub fn add(&mut self, first: u32, postings: Postings) -> Result<(), Error> {
        let (ends, lists) = postings.into_parts();
        let bytes: Vec<u8> = ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        let at = self.laid.append(&bytes)?;
        self.laid.append(&lists)?;
        self.runs.push(Run {
            first,
            at,
            terms: ends.len(),
        });
        Ok(())
    }

    /// Hands over the lists of these terms, which ascend, of so many `documents` each. Linear in them.
    pub fn read(
        &self,
        terms: &[TermOrdinal],
        documents: &dyn Fn(TermOrdinal) -> u32,
        take: &mut dyn FnMut(TermOrdinal, &mut dyn Iterator<Item = Posting>),
    ) -> Result<(), Error> {
        let mut rest = terms;
        while let [first, others @ ..] = rest {
            let mut size = u64::from(documents(*first));
            let mut last = first.0;
            let more = others.iter().take_while(|term| {
                size += u64::from(documents(**term));
                let is_next = term.0 - last <= APART && size * POSTING <= AT_ONCE;
                last = term.0;
                is_next
            });
            let (together, behind) = rest.split_at(1 + more.count());
            let lists = self.lists(first.0..together[together.len() - 1].0 + 1)?;
            together
                .iter()
                .for_each(|&term| take(term, &mut lists.of(term)));
            rest = behind;
        }
        Ok(())
    }

    /// Reads the lists of some terms in a row.
    fn lists(&self, terms: Range<u32>) -> Result<Lists, Error> {
        let runs = self.runs.iter().map(|run| {
            // The end of a list is where the next one begins.
            let (from, start) = match terms.start.checked_sub(1) {
                Some(before) => (before as usize, 1),
                None => (0, 0),
            };
            let count = terms.end as usize - from;
            let bytes = self.laid.read(run.at + (from * END) as u64, count * END)?;
            let (ends, _) = bytes.as_chunks::<END>();
            let mut ends: Vec<u32> = ends.iter().map(|end| u32::from_le_bytes(*end)).collect();
            let begin = if start == 1 { ends[0] } else { 0 };
            ends.drain(..start);
            let lists = run.at + (run.terms * END) as u64 + u64::from(begin);
            let end = ends.last().copied().unwrap_or(begin);
            let bytes = self.laid.read(lists, (end - begin) as usize)?;
            ends.iter_mut().for_each(|end| *end -= begin);
            Ok(RunOfLists {
                first: run.first,
                ends,
                bytes,
            })
        });
        let runs = runs.collect::<Result<_, Error>>()?;
        Ok(Lists { terms, runs })
    }
}

/// The lists of some terms in a row.
struct Lists {
    terms: Range<u32>,
    runs: Vec<RunOfLists>,
}

/// What a run holds of them.
struct RunOfLists {
    first: u32,
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

impl Lists {
    /// The list of one of the terms.
    fn of(&self, term: TermOrdinal) -> impl Iterator<Item = Posting> + '_ {
        let place = (term.0 - self.terms.start) as usize;
        self.runs.iter().flat_map(move |run| {
            let before = place.checked_sub(1);
            let start = before.map_or(0, |before| run.ends[before]) as usize;
            let list = &run.bytes[start..run.ends[place] as usize];
            Cursor::of_block(list, false).map(|posting| Posting {
                document: DocId(posting.document.0 + run.first),
                ..posting
            })
        })
    }
}
