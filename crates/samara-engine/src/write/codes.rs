//! Codes of documents in a row.

use std::ops::Range;

use crate::segment::encode::put_varint;
use crate::segment::{Control, FormId, Reader};

/// Bytes of the longest varint.
const LONGEST_VARINT: usize = 5;

/// What a document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// A part begins, or the document ends.
    Control(Control),
    /// A word or separator, by its number.
    Entry(u32),
}

/// Codes in a row, which are most of what a build holds: in pieces, because a list that is doubled is there three times for
/// a while, and as varints, because frequent words come early and have small numbers.
pub(super) struct Codes {
    pub pieces: Vec<Piece>,
    /// The numbers of what each coder numbered.
    pub numbers: Vec<Vec<u32>>,
}

/// Codes of some documents by the numbers of one coder.
pub(super) struct Piece {
    pub coder: usize,
    pub codes: Vec<u8>,
}

/// Bytes of a piece of codes; fewer in tests, which are about many pieces.
const PIECE: usize = if cfg!(test) { 1 << 12 } else { 1 << 20 };

/// Appends a code to pieces, none of which is longer than [`PIECE`].
pub(super) fn put(pieces: &mut Vec<Vec<u8>>, code: Code) {
    let number = match code {
        Code::Control(control) => control.id().0,
        Code::Entry(entry) => entry + Control::COUNT as u32,
    };
    let is_full = |piece: &Vec<u8>| piece.len() + LONGEST_VARINT > PIECE;
    if pieces.last().is_none_or(is_full) {
        pieces.push(Vec::with_capacity(PIECE));
    }
    if let Some(piece) = pieces.last_mut() {
        put_varint(piece, number);
    }
}

impl Codes {
    #[cfg(test)]
    pub fn iter(&self) -> impl Iterator<Item = Code> + '_ {
        self.pieces
            .iter()
            .flat_map(|piece| decode(piece, &self.numbers))
    }

    /// The codes in up to so many runs, all of which but the first begin with a control. None is in two.
    pub fn runs(&self, count: usize) -> Vec<Run<'_>> {
        let length = self.pieces.len().div_ceil(count.max(1)).max(1);
        let starts = (0..self.pieces.len()).step_by(length);
        starts
            .map(|start| Run {
                codes: self,
                own: start..self.pieces.len().min(start + length),
            })
            .collect()
    }

    /// Hands out one piece after the other, and gives their memory back on the way.
    pub fn drain(self, mut take: impl FnMut(Code)) {
        for piece in self.pieces {
            decode(&piece, &self.numbers).for_each(&mut take);
        }
    }
}

/// Codes in a row.
pub(super) struct Run<'a> {
    codes: &'a Codes,
    /// The pieces in which it begins, and before the end of which it ends but for what stands before the next control.
    own: Range<usize>,
}

impl Run<'_> {
    pub fn iter(&self) -> impl Iterator<Item = Code> + '_ {
        let Codes { pieces, numbers } = self.codes;
        let is_entry = |code: &Code| matches!(code, Code::Entry(_));
        let is_first = self.own.start == 0;
        let own = pieces[self.own.clone()].iter();
        let own = own.flat_map(|piece| decode(piece, numbers));
        let beyond = pieces[self.own.end..].iter();
        let beyond = beyond.flat_map(|piece| decode(piece, numbers));
        own.chain(beyond.take_while(is_entry))
            .skip_while(move |code| !is_first && is_entry(code))
    }
}

fn decode<'a>(piece: &'a Piece, numbers: &'a [Vec<u32>]) -> impl Iterator<Item = Code> + 'a {
    let mut reader = Reader::new(&piece.codes, "");
    let numbers = &numbers[piece.coder];
    std::iter::from_fn(move || {
        if reader.rest().is_empty() {
            return None;
        }
        let number = reader.varint();
        Some(match Control::from_id(FormId(number)) {
            Some(control) => Code::Control(control),
            None => Code::Entry(numbers[number as usize - Control::COUNT]),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes with the numbers that they are given here.
    fn codes_of(codes: impl Iterator<Item = Code>) -> Codes {
        let mut pieces = Vec::new();
        codes.for_each(|code| put(&mut pieces, code));
        let pieces = pieces.into_iter().map(|codes| Piece { coder: 0, codes });
        Codes {
            pieces: pieces.collect(),
            numbers: vec![(0..1 << 16).collect()],
        }
    }

    #[test]
    fn runs_begin_with_controls_and_hold_every_code_once() {
        // As often as in pages, and never for longer than a piece.
        for controls in [40, 10_000] {
            let code = |number: u32| match number % controls {
                7 => Code::Control(Control::End),
                _ => Code::Entry(number % 300),
            };
            let codes = codes_of((0..25_000).map(code));
            for count in [1, 2, 3, 100] {
                let runs = codes.runs(count);
                assert!(runs.len() <= count);
                let all = runs.iter().flat_map(Run::iter);
                assert!(all.eq((0..25_000).map(code)), "{controls} {count}");
                for run in &runs[1..] {
                    assert!(!matches!(run.iter().next(), Some(Code::Entry(_))));
                }
            }
        }
    }

    #[test]
    fn codes_come_back_in_their_order_over_many_pieces() {
        let code = |number: u32| match number % 7 {
            0 => Code::Control(Control::Body),
            3 => Code::Control(Control::End),
            _ => Code::Entry((number.wrapping_mul(number) >> (number % 32)) & 0xffff),
        };
        let count = 10_000;
        let codes = codes_of((0..count).map(code));
        assert!(codes.pieces.len() > 2);
        assert!(codes.iter().eq((0..count).map(code)));
        let mut drained = 0;
        codes.drain(|of| {
            assert_eq!(of, code(drained));
            drained += 1;
        });
        assert_eq!(drained, count);
    }
}
