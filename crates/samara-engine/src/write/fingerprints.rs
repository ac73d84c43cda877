//! What blocks of texts are made of, so that one of a build before is known without making it again.

use std::ops::Range;

use super::cores::{cores, on_all_cores};
use super::uncut::Uncut;
use crate::Error;
use crate::segment::{FORMAT, Section, TermOrdinal, checksum};

/// What tells the text of a document from others, as whoever keeps blocks knows it.
pub type TextKey = [u8; 16];

/// What all documents tell of the words of each.
pub(super) struct Fingerprints {
    /// Of the letters, which say how words are written.
    letters: u64,
    /// Of each document a sum over its terms.
    words: Vec<u64>,
}

impl Fingerprints {
    /// Those of the documents of an index. `rarities` are those of the terms, which
    /// decide about what tells most. Linear in the posting lists.
    pub fn of(uncut: &Uncut, rarities: &[Option<f32>]) -> Result<Self, Error> {
        let segment = &uncut.index.segment;
        let terms: Vec<TermOrdinal> = (0..rarities.len() as u32).map(TermOrdinal).collect();
        let mut sums = on_all_cores(&terms, |&term| {
            let rarity = rarities[term.0 as usize];
            let mut bytes = Vec::from(rarity.map_or(u32::MAX, f32::to_bits).to_le_bytes());
            let mut text = String::new();
            segment.terms.push_term(term, &mut text);
            bytes.extend(text.as_bytes());
            mixed(&bytes)
        });
        // Which words make one with the word behind them. A word has few such neighbours.
        let alone = sums.clone();
        for &[first, second, ..] in segment.spellings.pairs() {
            let pair = [alone[first as usize], alone[second as usize]];
            let sum = mixed(pair.map(u64::to_le_bytes).as_flattened());
            sums[first as usize] = sums[first as usize].wrapping_add(sum);
        }
        let shares: Vec<&[TermOrdinal]> =
            terms.chunks(terms.len().div_ceil(cores()).max(1)).collect();
        let of_shares = on_all_cores(&shares, |terms| {
            let mut words = vec![0_u64; uncut.index.len()];
            uncut.postings(terms, &mut |term, postings| {
                let sum = sums[term.0 as usize];
                for posting in postings {
                    let of = &mut words[posting.document.0 as usize];
                    *of = of.wrapping_add(sum);
                }
            })?;
            Ok::<_, Error>(words)
        });
        let mut words = vec![0_u64; uncut.index.len()];
        for of_share in of_shares {
            for (sum, of) in words.iter_mut().zip(of_share?) {
                *sum = sum.wrapping_add(of);
            }
        }
        Ok(Self {
            letters: checksum(uncut.sections[Section::Letters as usize]),
            words,
        })
    }

    /// What the block of these documents is made of, with texts that these keys tell, where `dictionary` is the hash of what it is
    /// compressed with; none where the text of one is not known. Linear in the documents.
    pub fn of_block(
        &self,
        documents: &Range<u32>,
        keys: &[Option<TextKey>],
        dictionary: u32,
    ) -> Option<Vec<u8>> {
        let mut made_of = Vec::with_capacity(16 + 24 * documents.len());
        made_of.extend(FORMAT.to_le_bytes());
        made_of.extend(self.letters.to_le_bytes());
        made_of.extend(dictionary.to_le_bytes());
        for document in documents.clone() {
            let document = document as usize;
            made_of.extend((*keys.get(document)?)?);
            made_of.extend(self.words[document].to_le_bytes());
        }
        Some(made_of)
    }
}

/// A number of bytes of which sums say as much as all of them: a checksum by itself differs little where its last bytes do.
fn mixed(bytes: &[u8]) -> u64 {
    checksum(&checksum(bytes).to_le_bytes())
}
