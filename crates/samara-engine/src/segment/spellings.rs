//! Words that are one and several.
//!
//! `email` and `e-mail`, `dont` and `don't`, `qa` and `Q&A`: a *pair* of terms that stand side by side, and the term
//! that both make together. Where such a pair occurs, the joined term does as well, so posting lists know of it.
//! `Bundestagswahl` holds `Wahl`: a *compound* and a part of it, which a query widens to the compound.
//!
//! Stored are the pairs in ascending order (distance of the first term, second term, joined term), then compounds by
//! part (distance of the part, count, compounds).

use super::TermOrdinal;
use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::put_varint;

/// Pairs and compounds.
pub(crate) struct Spellings {
    /// First, second and joined term, and the next pair of the bucket, counted from 1: opening asks for a fifth of all words
    /// whether they make one with the word before.
    pairs: Vec<[u32; 4]>,
    /// The last pair of each bucket, counted from 1.
    buckets: Vec<u32>,
    /// Part and compound, in ascending order.
    compounds: Vec<[u32; 2]>,
}

impl Default for Spellings {
    fn default() -> Self {
        Spellings {
            pairs: Vec::new(),
            buckets: vec![0],
            compounds: Vec::new(),
        }
    }
}

impl Spellings {
    /// The term that two terms make together. Constant time.
    pub(crate) fn joined(&self, first: TermOrdinal, second: TermOrdinal) -> Option<TermOrdinal> {
        let mut number = self.buckets[self.bucket(first.0, second.0)];
        while let Some(place) = (number as usize).checked_sub(1) {
            let [one, other, joined, next] = self.pairs[place];
            if one == first.0 && other == second.0 {
                return Some(TermOrdinal(joined));
            }
            number = next;
        }
        None
    }

    /// The bucket of a pair; their number is a power of two.
    fn bucket(&self, first: u32, second: u32) -> usize {
        // Fibonacci hashing (Knuth, TAOCP 3, 6.4).
        let hash = (first ^ second.rotate_left(16)).wrapping_mul(0x9e37_79b9);
        (hash >> 12) as usize & (self.buckets.len() - 1)
    }

    /// First, second and joined term of every pair, and something else.
    pub(crate) fn pairs(&self) -> &[[u32; 4]] {
        &self.pairs
    }

    /// The compounds that a term is a part of.
    pub(crate) fn compounds(&self, part: TermOrdinal) -> impl Iterator<Item = TermOrdinal> + '_ {
        let from = self.compounds.partition_point(|entry| entry[0] < part.0);
        let entries = self.compounds[from..].iter();
        entries
            .take_while(move |entry| entry[0] == part.0)
            .map(|entry| TermOrdinal(entry[1]))
    }

    pub(crate) fn decode(reader: &mut Reader, terms: usize) -> Self {
        let last_term = terms.saturating_sub(1);
        let mut first = 0u32;
        let mut pairs = Vec::new();
        for _ in 0..reader.count() {
            first = reader.at_most(last_term).saturating_add(first);
            let (second, joined) = (reader.at_most(last_term), reader.at_most(last_term));
            if first as usize > last_term {
                reader.fault();
            }
            pairs.push([first, second, joined, 0]);
        }
        let mut part = 0u32;
        let mut compounds = Vec::new();
        for _ in 0..reader.count() {
            part = reader.at_most(last_term).saturating_add(part);
            for _ in 0..reader.count() {
                compounds.push([part, reader.at_most(last_term)]);
            }
        }
        Spellings::of(pairs, compounds)
    }

    /// Of these pairs, whose last number is not read, and compounds.
    pub(crate) fn of(pairs: Vec<[u32; 4]>, compounds: Vec<[u32; 2]>) -> Self {
        let mut spellings = Spellings {
            buckets: vec![0; 2 * pairs.len().next_power_of_two()],
            pairs,
            compounds,
        };
        for place in 0..spellings.pairs.len() {
            let [first, second, ..] = spellings.pairs[place];
            let bucket = spellings.bucket(first, second);
            spellings.pairs[place][3] = spellings.buckets[bucket];
            spellings.buckets[bucket] = place as u32 + 1;
        }
        spellings
    }
}

/// Bytes of these pairs (first, second and joined term) and compounds (part and compound), both in ascending order.
#[cfg(feature = "write")]
pub(crate) fn encode(pairs: &[[u32; 3]], compounds: &[[u32; 2]]) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, pairs.len() as u32);
    let mut last = 0;
    for &[first, second, joined] in pairs {
        put_varint(&mut out, first - last);
        put_varint(&mut out, second);
        put_varint(&mut out, joined);
        last = first;
    }
    let by_part: Vec<&[[u32; 2]]> = compounds
        .chunk_by(|one, other| one[0] == other[0])
        .collect();
    put_varint(&mut out, by_part.len() as u32);
    let mut last = 0;
    for of_part in by_part {
        put_varint(&mut out, of_part[0][0] - last);
        put_varint(&mut out, of_part.len() as u32);
        of_part
            .iter()
            .for_each(|&[_, compound]| put_varint(&mut out, compound));
        last = of_part[0][0];
    }
    out
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_compounds_come_back() {
        let pairs = [[0, 3, 5], [0, 4, 1], [70, 0, 2]];
        let compounds = [[1, 2], [1, 9], [8, 2]];
        let bytes = encode(&pairs, &compounds);
        let decode = |bytes, terms| Reader::whole(bytes, |reader| Spellings::decode(reader, terms));
        let spellings = decode(&bytes, 80).unwrap();
        for first in 0..80 {
            for second in 0..80 {
                let expected = pairs
                    .iter()
                    .find(|pair| pair[0] == first && pair[1] == second);
                assert_eq!(
                    spellings.joined(TermOrdinal(first), TermOrdinal(second)),
                    expected.map(|pair| TermOrdinal(pair[2]))
                );
            }
        }
        let of = |part| {
            spellings
                .compounds(TermOrdinal(part))
                .map(|term| term.0)
                .collect::<Vec<_>>()
        };
        assert_eq!((of(1), of(8), of(0)), (vec![2, 9], vec![2], vec![]));
        for end in 0..bytes.len() {
            assert!(decode(&bytes[..end], 80).is_err(), "{end}");
        }
        assert!(decode(&bytes, 9).is_err());
    }
}
