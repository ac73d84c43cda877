//! What blocks of texts are made of, so that one of a build before is known without making it again.

use std::ops::Range;

use hashbrown::HashMap;

use super::uncut::Uncut;
use crate::segment::{DocId, FORMAT, Section, Segment, TermOrdinal, Token, checksum};

/// What tells the text of a document from others, as whoever keeps blocks knows it.
pub type TextKey = [u8; 16];

/// What all documents tell of the words of each.
pub(super) struct Fingerprints {
    /// Of the letters, which say how words are written.
    letters: u64,
    /// Of each term whether it makes one with another behind it.
    begins: Vec<bool>,
    /// Sums of two terms that make one.
    pairs: HashMap<[u32; 2], u64>,
}

impl Fingerprints {
    /// Those of the documents of an index. Linear in its terms.
    pub fn of(uncut: &Uncut) -> Self {
        let segment = &uncut.index.segment;
        let mut begins = vec![false; uncut.index.statistics().terms as usize];
        let pairs = segment.spellings.pairs().iter();
        let pairs = pairs.map(|&[first, second, ..]| {
            begins[first as usize] = true;
            let sum = sum_of(segment, [first, second].map(TermOrdinal));
            ([first, second], sum)
        });
        Self {
            pairs: pairs.collect(),
            begins,
            letters: checksum(uncut.sections[Section::Letters as usize]),
        }
    }

    /// What the block of these documents is made of, with texts that these keys tell and with the words that tell most about each,
    /// where `dictionary` is the hash of what it is compressed with; none where the text of one is not known. Linear in the
    /// texts.
    pub fn of_block(
        &self,
        segment: &Segment,
        documents: &Range<u32>,
        telling: &[Vec<TermOrdinal>],
        keys: &[Option<TextKey>],
        dictionary: u32,
    ) -> Option<Vec<u8>> {
        let mut made_of = Vec::with_capacity(16 + 32 * documents.len());
        made_of.extend(FORMAT.to_le_bytes());
        made_of.extend(self.letters.to_le_bytes());
        made_of.extend(dictionary.to_le_bytes());
        for (document, telling) in documents.clone().zip(telling) {
            made_of.extend((*keys.get(document as usize)?)?);
            made_of.extend(self.pairs_in(segment, DocId(document)).to_le_bytes());
            // A block has them in the order of their texts.
            let mut telling = telling.clone();
            telling.sort_unstable();
            made_of.extend(sum_of(segment, telling).to_le_bytes());
        }
        Some(made_of)
    }

    /// A sum over neighbours in a text that make one word.
    fn pairs_in(&self, segment: &Segment, document: DocId) -> u64 {
        let (mut sum, mut before) = (0_u64, None);
        for token in segment.tokens(document) {
            match token {
                Token::Word(_, TermOrdinal(term)) => {
                    if let Some(first) = before
                        && let Some(pair) = self.pairs.get(&[first, term])
                    {
                        sum = sum.wrapping_add(*pair);
                    }
                    before = Some(term).filter(|&term| self.begins[term as usize]);
                }
                Token::Separator(_) => {}
                Token::Control(_) => before = None,
            }
        }
        sum
    }
}

/// A number of these terms in a row.
fn sum_of(segment: &Segment, terms: impl IntoIterator<Item = TermOrdinal>) -> u64 {
    let mut texts = String::new();
    for term in terms {
        segment.terms.push_term(term, &mut texts);
        // In no term.
        texts.push('\n');
    }
    mixed(texts.as_bytes())
}

/// A number of bytes of which sums say as much as all of them: a checksum by itself differs little where its last bytes do.
fn mixed(bytes: &[u8]) -> u64 {
    checksum(&checksum(bytes).to_le_bytes())
}
