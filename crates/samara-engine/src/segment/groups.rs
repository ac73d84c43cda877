//! Groups: which terms share a stem.
//!
//! Stored for each term in order: 0 where it begins a group, else how many groups back the one lies that it
//! joins. Terms of a stem are mostly neighbours in the dictionary, so the numbers are small. In memory each
//! term names the next one of its group, the last one the first: a ring, which lists a group from any member.

use super::TermOrdinal;
use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::put_varint;

/// Which terms share a stem.
#[derive(Default)]
pub(crate) struct Groups {
    next: Vec<u32>,
}

impl Groups {
    pub(crate) fn decode(reader: &mut Reader, terms: usize) -> Self {
        let mut next = Vec::with_capacity(terms);
        // Counted first: in the module, what a growing list leaves behind is never used again.
        let zeros = reader.rest().iter().filter(|&&byte| byte == 0);
        let mut heads = Vec::with_capacity(zeros.count());
        for term in 0..terms as u32 {
            let back = reader.at_most(heads.len()) as usize;
            if back == 0 {
                heads.push(term);
                next.push(term);
            } else {
                let head = heads[heads.len() - back] as usize;
                next.push(next[head]);
                next[head] = term;
            }
        }
        Groups { next }
    }

    /// For each term, which of [`Neighbours::BUCKETS`] sets of groups its own belongs to. The letters of a group's first term
    /// decide, so that other terms change nothing; `buckets` say what those of each term would.
    pub(crate) fn settle(&self, buckets: &mut [u8]) {
        for term in 0..buckets.len() {
            // In the ring, the first term comes before the last, and any other behind an earlier one.
            buckets[term] = buckets[term.min(self.next[term] as usize)];
        }
    }

    /// The other terms of the group of `term`.
    pub(crate) fn others(&self, term: TermOrdinal) -> impl Iterator<Item = TermOrdinal> + '_ {
        let mut at = term.0;
        core::iter::from_fn(move || {
            at = self.next[at as usize];
            (at != term.0).then_some(TermOrdinal(at))
        })
    }
}

/// Bytes for the groups of terms: their numbers, in the order of the first of each.
#[cfg(feature = "write")]
pub(crate) fn encode(groups: &[u32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(groups.len());
    let mut next = 0;
    for &group in groups {
        if group == next {
            next += 1;
            out.push(0);
        } else {
            put_varint(&mut out, next - group);
        }
    }
    out
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    #[test]
    fn every_member_lists_the_others() {
        let stems = [0, 1, 0, 2, 1, 0];
        let bytes = encode(&stems);
        let groups = Reader::whole(&bytes, |reader| Groups::decode(reader, stems.len())).unwrap();
        for term in 0..stems.len() {
            let mut others: Vec<u32> = groups
                .others(TermOrdinal(term as u32))
                .map(|o| o.0)
                .collect();
            others.sort_unstable();
            let expected: Vec<u32> = (0..stems.len())
                .filter(|&other| other != term && stems[other] == stems[term])
                .map(|other| other as u32)
                .collect();
            assert_eq!(others, expected);
        }
        assert!(Reader::whole(&[1], |reader| Groups::decode(reader, 1)).is_err());
    }
}
