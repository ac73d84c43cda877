//! What blocks are made of, so that one of a build before is known without making it again.

use std::ops::Range;

use hashbrown::HashMap;

use super::cores::{cores, each_on_a_core, on_all_cores};
use super::uncut::Uncut;
use crate::Error;
use crate::segment::blocks::encode::{self, TermEntry};
use crate::segment::blocks::{Completion, Relative};
use crate::segment::encode::put_varint;
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
        let terms = index.statistics().terms;
        let share = terms.div_ceil(cores() as u32).max(1);
        let shares = (0..terms).step_by(share as usize);
        let shares = shares.map(|start| start..(start + share).min(terms));
        let sums = each_on_a_core(shares.collect(), |of: Range<u32>| {
            let mut sums = Vec::with_capacity(of.len());
            let terms: Vec<TermOrdinal> = of.map(TermOrdinal).collect();
            uncut.postings(&terms, &mut |_, postings| {
                let sum = postings.fold(1, |sum, posting| match has_facts {
                    true => with_posting(sum, &index.with_facts(posting)),
                    false => with_posting(sum, &posting),
                });
                sums.push(sum);
            })?;
            Ok(sums)
        });
        let sums: Vec<Vec<u64>> = sums.into_iter().collect::<Result<_, Error>>()?;
        Ok(Self {
            sums: sums.concat(),
            has_facts,
        })
    }

    /// What the block of these terms is made of, whose lists are not asked for. Linear in what else it says.
    pub fn of_terms(&self, entries: &[TermEntry]) -> Vec<u8> {
        let mut said = Vec::new();
        let bases = encode::bases(entries);
        put_varint(&mut said, bases.len() as u32);
        for base in bases {
            let place = entries.partition_point(|entry| entry.ordinal < base);
            put_varint(&mut said, place as u32);
        }
        for entry in entries {
            put_text(&mut said, entry.text);
            said.extend([entry.bucket, entry.language]);
            for relatives in [&entry.others, &entry.compounds] {
                put_varint(&mut said, relatives.len() as u32);
                for relative in relatives {
                    match relative {
                        Relative::Here(place) => put_varint(&mut said, place + 1),
                        Relative::Elsewhere(text) => {
                            said.push(0);
                            put_text(&mut said, text);
                        }
                    }
                }
            }
            put_text(&mut said, entry.likelier.as_deref().unwrap_or_default());
            said.extend(self.sums[entry.ordinal as usize].to_le_bytes());
        }
        self.made_of(BlockKind::Terms, said)
    }

    /// What the block of a beginning is made of that these terms have, with what goes on with it. Linear in the terms.
    pub fn of_beginning(&self, terms: &[TermOrdinal], completions: &[Completion]) -> Vec<u8> {
        let mut said = Vec::new();
        for completion in completions {
            put_varint(&mut said, completion.documents);
            put_text(&mut said, completion.text);
        }
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

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_varint(out, text.len() as u32);
    out.extend(text.as_bytes());
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
