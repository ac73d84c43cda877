//! What blocks are made of, so that one of a build before is known without making it again.

use std::ops::Range;

use hashbrown::HashMap;

use super::cores::{cores, on_all_cores};
use super::uncut::Uncut;
use crate::Error;
use crate::segment::blocks::Completion;
use crate::segment::blocks::encode::{self, TermEntry};
use crate::segment::{
    BlockKind, Control, DocId, FORMAT, Posting, Section, Segment, TermOrdinal, Token, checksum,
};

/// What tells the text of a document from others, as whoever keeps blocks knows it.
pub type TextKey = [u8; 16];

/// What the posting lists say, a number each.
pub(super) struct ListSums {
    sums: Vec<u64>,
    /// Whether what is known of the documents stands beside their postings.
    has_facts: bool,
}

impl ListSums {
    /// Those of all terms. Linear in the lists, by all cores.
    ///
    /// # Errors
    /// Those of [`Uncut::postings`].
    pub fn of(uncut: &Uncut, has_facts: bool) -> Result<Self, Error> {
        let index = &uncut.index;
        let terms: Vec<TermOrdinal> = (0..index.statistics().terms).map(TermOrdinal).collect();
        let shares: Vec<_> = terms.chunks(terms.len().div_ceil(cores()).max(1)).collect();
        let sums = on_all_cores(&shares, |terms| {
            let mut sums = Vec::with_capacity(terms.len());
            uncut.postings(terms, &mut |_, postings| {
                sums.push(postings.fold(1, |sum, posting| {
                    let posting = if has_facts {
                        index.with_facts(posting)
                    } else {
                        posting
                    };
                    with_posting(sum, &posting)
                }));
            })?;
            Ok(sums)
        });
        let sums: Vec<Vec<u64>> = sums.into_iter().collect::<Result<_, Error>>()?;
        Ok(Self {
            sums: sums.concat(),
            has_facts,
        })
    }

    /// What the block of these terms is made of, whose lists are not asked for: the block without them, and their sums. Linear in
    /// what else it says.
    ///
    /// # Errors
    /// Those of [`encode::terms`].
    pub fn of_terms(&self, entries: &[TermEntry]) -> Result<Vec<u8>, Error> {
        let mut said = encode::terms(entries, self.has_facts)?;
        for entry in entries {
            said.extend(self.sums[entry.ordinal as usize].to_le_bytes());
        }
        Ok(self.made_of(BlockKind::Terms, said))
    }

    /// What the block of a beginning is made of that these terms have, with what goes on with it: the block without its list, and
    /// the sum of the lists that it is made of. Linear in the terms.
    pub fn of_beginning(&self, terms: &[TermOrdinal], completions: &[Completion]) -> Vec<u8> {
        let mut said = encode::beginning(&[], completions, self.has_facts);
        let sums = terms.iter().map(|term| self.sums[term.0 as usize]);
        // All lists become one, whichever terms they are of.
        let sum = sums.fold(0_u64, |all, sum| {
            all.wrapping_add(mixed(&sum.to_le_bytes()))
        });
        said.extend(sum.to_le_bytes());
        self.made_of(BlockKind::Beginning, said)
    }

    fn made_of(&self, kind: BlockKind, said: Vec<u8>) -> Vec<u8> {
        let mut made_of = head(kind);
        made_of.push(u8::from(self.has_facts));
        made_of.extend(said);
        made_of
    }
}

/// What all documents tell of the words of each.
pub(super) struct TextSums {
    /// Of the letters, which say how words are written.
    letters: u64,
    /// Of each term how rare it is.
    rarities: Vec<u64>,
    /// Of each term whether it makes one with another behind it.
    begins: Vec<bool>,
    /// Sums of two terms that make one.
    pairs: HashMap<[u32; 2], u64>,
}

impl TextSums {
    /// Those of the documents of an index whose terms are so rare. Linear in the terms.
    pub fn of(uncut: &Uncut, rarities: &[Option<f32>]) -> Self {
        let segment = &uncut.index.segment;
        let mut begins = vec![false; rarities.len()];
        let pairs = segment.spellings.pairs().iter();
        let pairs = pairs.map(|&[first, second, ..]| {
            begins[first as usize] = true;
            let sum = sum_of(segment, [first, second].map(TermOrdinal), &[]);
            ([first, second], sum)
        });
        let terms: Vec<u32> = (0..rarities.len() as u32).collect();
        Self {
            pairs: pairs.collect(),
            begins,
            rarities: on_all_cores(&terms, |&term| {
                // Of what tells nothing, no document's block depends on how rare it is.
                rarities[term as usize].map_or(0, |rarity| {
                    sum_of(
                        segment,
                        [TermOrdinal(term)],
                        &rarity.to_bits().to_le_bytes(),
                    )
                })
            }),
            letters: checksum(uncut.sections[Section::Letters as usize]),
        }
    }

    /// What the block of these documents is made of, with texts that these keys tell, where `dictionary` is the hash of what it is
    /// compressed with; none where the text of one is not known. Linear in the texts.
    pub fn of_block(
        &self,
        segment: &Segment,
        documents: &Range<u32>,
        keys: &[Option<TextKey>],
        dictionary: u32,
    ) -> Option<Vec<u8>> {
        let mut made_of = head(BlockKind::Texts);
        made_of.extend(self.letters.to_le_bytes());
        made_of.extend(dictionary.to_le_bytes());
        for document in documents.clone() {
            made_of.extend((*keys.get(document as usize)?)?);
            made_of.extend(self.of_document(segment, DocId(document)).to_le_bytes());
        }
        Some(made_of)
    }

    /// A sum over the words of a document: how rare each is in its text, which decides about those that tell most about it, and which
    /// make one word with a neighbour.
    fn of_document(&self, segment: &Segment, document: DocId) -> u64 {
        let (mut sum, mut before, mut is_text) = (0_u64, None, true);
        for token in segment.tokens(document) {
            match token {
                Token::Word(_, TermOrdinal(term)) => {
                    if is_text {
                        sum = sum.wrapping_add(self.rarities[term as usize]);
                    }
                    if let Some(first) = before
                        && let Some(pair) = self.pairs.get(&[first, term])
                    {
                        sum = sum.wrapping_add(*pair);
                    }
                    before = Some(term).filter(|&term| self.begins[term as usize]);
                }
                Token::Separator(_) => {}
                Token::Control(control) => {
                    before = None;
                    is_text &= control != Control::Fields;
                }
            }
        }
        sum
    }
}

/// What every block of a kind is made of.
fn head(kind: BlockKind) -> Vec<u8> {
    [&FORMAT.to_le_bytes()[..], &[kind as u8]].concat()
}

/// The sum of a list that goes on with this posting.
fn with_posting(sum: u64, posting: &Posting) -> u64 {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (norm, title) = posting.facts;
    // Elsewhere, lists do not say it.
    let title = u64::from(title.0) * u64::from(posting.evidence.in_title());
    let of_term = u64::from(posting.evidence.0) << 16 | u64::from(posting.neighbours.0);
    let said = u64::from(posting.document.0) << 32 | of_term;
    let facts = u64::from(norm.0) << 32 | title << 56;
    let sum = (sum ^ said).wrapping_mul(SPREAD);
    let sum = (sum ^ sum >> 32 ^ facts).wrapping_mul(SPREAD);
    sum ^ sum >> 32
}

/// A number of these terms in a row and what is said of them.
fn sum_of(segment: &Segment, terms: impl IntoIterator<Item = TermOrdinal>, said: &[u8]) -> u64 {
    let mut texts = String::new();
    for term in terms {
        segment.terms.push_term(term, &mut texts);
        // In no term.
        texts.push('\n');
    }
    let mut bytes = texts.into_bytes();
    bytes.extend(said);
    mixed(&bytes)
}

/// A number of bytes of which sums say as much as all of them: a checksum by itself differs little where its last bytes do.
fn mixed(bytes: &[u8]) -> u64 {
    checksum(&checksum(bytes).to_le_bytes())
}
