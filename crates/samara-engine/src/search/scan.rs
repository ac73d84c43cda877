//! Reading a document for phrases.
//!
//! Every word of the query has a bit. A phrase is a run of bits, and one shift and one AND per word of the
//! document advance all phrases at once (Shift-And; Baeza-Yates and Gonnet, 1992). What stands between words
//! is passed over; a heading or a new text ends a run.

use crate::index::Index;
use crate::query::Signs;
use crate::segment::{Control, DocId, HEADING_WEIGHT, TITLE_WEIGHT, TermOrdinal, Token};

/// Words of a query that have a bit.
pub(crate) const MOST_BITS: usize = 32;

/// For every term, which words of the query it may stand for.
pub(crate) struct Masks {
    bits: Vec<u32>,
}

impl Masks {
    pub(crate) fn new(terms: usize) -> Self {
        Masks {
            bits: vec![0; terms],
        }
    }

    /// Words beyond the last bit are looked up, but neither marked nor part of phrases.
    pub(crate) fn set(&mut self, term: TermOrdinal, word: usize) {
        if word < MOST_BITS {
            self.bits[term.0 as usize] |= 1 << word;
        }
    }

    #[inline]
    pub(crate) fn of(&self, term: TermOrdinal) -> u32 {
        self.bits.get(term.0 as usize).copied().unwrap_or_default()
    }

    /// Words that an occurrence stands for, those of its parts included (`frankExchange` for `frank`).
    pub(crate) fn with_parts(&self, index: &Index, step: Token) -> u32 {
        match step {
            Token::Word(form, term) => {
                let mut mask = self.of(term);
                for &part in index.segment.parts(form) {
                    mask |= self.of(part);
                }
                mask
            }
            _ => 0,
        }
    }
}

/// Where the phrase of the words `first..=last` ends: called for every word of a document in order.
pub(crate) struct Run {
    first: usize,
    last: usize,
    state: u32,
}

impl Run {
    pub(crate) fn new(first: usize, last: usize) -> Self {
        Run {
            first,
            last,
            state: 0,
        }
    }

    /// Takes the next word; whether a phrase ends with it.
    #[inline]
    pub(crate) fn advance(&mut self, mask: u32) -> bool {
        self.state = (self.state << 1 | 1 << self.first) & mask;
        self.state >> self.last & 1 == 1
    }

    pub(crate) fn reset(&mut self) {
        self.state = 0;
    }
}

/// How often the words `first..=last` occur in a row between these signs, occurrences in the title counting for more;
/// only in the title, if so asked. Linear in the length of the document.
pub(crate) fn count_phrase(
    index: &Index,
    document: DocId,
    masks: &Masks,
    (first, last): (usize, usize),
    signs: &Signs,
    only_title: bool,
) -> u32 {
    let mut run = Run::new(first, last);
    let mut count = 0;
    let mut weight = TITLE_WEIGHT;
    let (bare_before, bare_after) = (signs.before.is_empty(), signs.after.is_empty());
    let mut separator = "";
    // What the phrase counts that ended with the word before.
    let mut ended = 0;
    let mut position = index.segment.start(document);
    while let Some(step) = index.segment.read_token(&mut position) {
        match step {
            Token::Word(form, term) => {
                let mut mask = masks.of(term);
                if !bare_before && !separator.ends_with(&signs.before) {
                    mask &= !(1 << first);
                }
                ended = weight * index.segment.worth(form) * u32::from(run.advance(mask));
                count += ended * u32::from(bare_after);
                separator = "";
            }
            Token::Separator(_) if bare_before && bare_after => {}
            Token::Separator(form) => {
                separator = index.segment.separator(form);
                let follows = !bare_after && separator.starts_with(&signs.after);
                count += ended * u32::from(follows);
                ended = 0;
            }
            Token::Control(_) if only_title => break,
            Token::Control(control) => {
                run.reset();
                ended = 0;
                separator = "";
                weight = if control == Control::Heading {
                    HEADING_WEIGHT
                } else {
                    1
                };
            }
        }
    }
    count
}
