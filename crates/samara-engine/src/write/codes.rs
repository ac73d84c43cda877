//! Codes of documents in a row.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::cores::on_all_cores;
use super::scratch::{Laid, Room};
use crate::Error;
use crate::segment::encode::{put_varint, trusted_varint};
use crate::segment::{Control, FormId};

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

impl Code {
    /// What a number in a row of codes means.
    pub fn of(number: u32) -> Self {
        match Control::from_id(FormId(number)) {
            Some(control) => Code::Control(control),
            None => Code::Entry(number - Control::COUNT as u32),
        }
    }

    /// Appends it to others.
    pub fn put(self, codes: &mut Vec<u8>) {
        let number = match self {
            Code::Control(control) => control.id().0,
            Code::Entry(entry) => entry + Control::COUNT as u32,
        };
        put_varint(codes, number);
    }
}

/// Codes in a row, which are most of what a build holds: in pieces, because a list that is doubled is there three times for
/// a while, and as varints, because frequent words come early and have small numbers.
pub(super) struct Codes {
    /// In the order of the documents.
    pub pieces: Vec<Piece>,
    /// The numbers of what each coder numbered, the first of which are those of builds before ([`KNOWN`]).
    pub numbers: Vec<Vec<u32>>,
    pub aside: Aside,
}

/// Pieces that are not held.
#[derive(Default)]
pub(super) struct Aside {
    room: Option<Room>,
    laid: Option<Laid>,
    /// Bytes of all pieces.
    bytes: usize,
    /// The first fault.
    fault: OnceLock<Error>,
}

/// The share of a build's memory that codes take.
const SHARE_OF_CODES: usize = 8;

impl Aside {
    /// Lays aside what does not fit into this room.
    pub fn within(room: Room) -> Self {
        Aside {
            room: Some(room),
            ..Aside::default()
        }
    }

    /// Lays these pieces aside, or holds them as long as there is room. After a fault there is nothing in them, since nothing will
    /// be made of them.
    pub fn put(&mut self, pieces: &mut [Piece]) {
        for piece in pieces {
            let put = self.put_one(piece);
            if let Err(error) = put.and_then(|()| self.check()) {
                let _ = self.fault.set(error);
                piece.codes = Held::Here(Vec::new());
            }
        }
    }

    fn put_one(&mut self, piece: &mut Piece) -> Result<(), Error> {
        let (Some(room), Held::Here(codes)) = (&self.room, &piece.codes) else {
            return Ok(());
        };
        self.bytes += codes.len();
        if self.bytes <= room.memory() / SHARE_OF_CODES {
            return Ok(());
        }
        let laid = match &mut self.laid {
            Some(laid) => laid,
            none => none.insert(room.open()?),
        };
        piece.codes = Held::There(laid.append(codes)?, codes.len());
        Ok(())
    }

    /// The codes of a piece; none where they cannot be read, which is noted.
    fn read<'p>(&self, piece: &'p Piece) -> Cow<'p, [u8]> {
        match (&piece.codes, &self.laid) {
            (Held::Here(codes), _) => Cow::Borrowed(codes),
            (&Held::There(at, length), Some(laid)) => {
                let read = laid.read(at, length);
                Cow::Owned(read.unwrap_or_else(|error| {
                    let _ = self.fault.set(error);
                    Vec::new()
                }))
            }
            (Held::There(..), None) => Cow::default(),
        }
    }

    /// The first fault of laying aside and reading again.
    pub fn check(&self) -> Result<(), Error> {
        self.fault.get().map_or(Ok(()), |error| Err(error.clone()))
    }
}

/// Codes, or where they lie.
pub(super) enum Held {
    Here(Vec<u8>),
    There(u64, usize),
}

impl Held {
    fn len(&self) -> usize {
        match self {
            Held::Here(codes) => codes.len(),
            Held::There(_, length) => *length,
        }
    }
}

/// The coder of documents that builds before have coded. Others follow.
pub(super) const KNOWN: usize = 0;

/// Codes of some documents that follow one another, by the numbers of one coder.
pub(super) struct Piece {
    /// The document in which it begins.
    pub first: u32,
    pub coder: usize,
    pub codes: Held,
}

/// Bytes of a piece of codes; fewer in tests, which are about many pieces.
const PIECE: usize = if cfg!(test) { 1 << 12 } else { 1 << 18 };
/// Pieces that are decoded together.
const DRAINED_AT_ONCE: usize = 16;

/// Pieces of one coder that grow, each with the document in which it begins.
#[derive(Default)]
pub(super) struct Pieces {
    pieces: Vec<(u32, Vec<u8>)>,
    document: u32,
}

impl Pieces {
    /// The codes of a document follow. Its number is greater than those before.
    pub fn begin(&mut self, document: u32) {
        let follows = document == self.document + 1;
        self.document = document;
        if !follows {
            self.start();
        }
    }

    fn start(&mut self) {
        if let Some((_, last)) = self.pieces.last_mut() {
            last.shrink_to_fit();
        }
        self.pieces.push((self.document, Vec::new()));
    }

    /// The piece to which so many bytes can be appended.
    fn room(&mut self, bytes: usize) -> &mut Vec<u8> {
        let is_full =
            |(_, piece): &(u32, Vec<u8>)| !piece.is_empty() && piece.len() + bytes > PIECE;
        if self.pieces.last().is_none_or(is_full) {
            self.start();
        }
        let last = self.pieces.len() - 1;
        &mut self.pieces[last].1
    }

    /// Appends a code.
    pub fn put(&mut self, code: Code) {
        code.put(self.room(LONGEST_VARINT));
    }

    /// Appends codes.
    pub fn extend(&mut self, codes: &[u8]) {
        self.room(codes.len()).extend_from_slice(codes);
    }

    /// Hands out the pieces, with the number of their coder. What follows begins a new one.
    pub fn take(&mut self, coder: usize) -> Vec<Piece> {
        let mut pieces = std::mem::take(&mut self.pieces);
        if let Some((_, last)) = pieces.last_mut() {
            last.shrink_to_fit();
        }
        let pieces = pieces.into_iter().map(|(first, codes)| Piece {
            first,
            coder,
            codes: Held::Here(codes),
        });
        pieces.collect()
    }
}

impl Codes {
    /// A piece, whose codes can be gone through.
    pub fn read<'a>(&'a self, piece: &'a Piece) -> ReadPiece<'a> {
        ReadPiece {
            codes: self.aside.read(piece),
            numbers: &self.numbers[piece.coder],
        }
    }

    #[cfg(test)]
    pub fn iter(&self) -> impl Iterator<Item = Code> + '_ {
        let pieces = self.pieces.iter().map(|piece| self.read(piece));
        pieces.flat_map(|piece| piece.iter().collect::<Vec<_>>())
    }

    /// The codes in up to so many runs, all of which but the first begin with a control. None is in two.
    pub fn runs(&self, count: usize) -> Vec<Run<'_>> {
        let all: usize = self.pieces.iter().map(|piece| piece.codes.len()).sum();
        let mut before = 0;
        let numbered: Vec<(usize, usize)> = (self.pieces.iter().zip(0..))
            .map(|(piece, place)| {
                let run = before * count / all.max(1);
                before += piece.codes.len();
                (run, place)
            })
            .collect();
        let runs = numbered.chunk_by(|one, other| one.0 == other.0);
        runs.map(|run| Run {
            codes: self,
            own: run[0].1..run[0].1 + run.len(),
        })
        .collect()
    }

    /// Hands out what `work` makes of the codes of each piece, one after the other, made on all cores, and gives their memory back
    /// on the way.
    ///
    /// # Errors
    /// The first of `take`, or what was laid aside cannot be read.
    pub fn drain<R: Send>(
        mut self,
        work: impl Fn(Decoded) -> R + Sync,
        mut take: impl FnMut(R) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut pieces = std::mem::take(&mut self.pieces).into_iter();
        loop {
            let some: Vec<Piece> = pieces.by_ref().take(DRAINED_AT_ONCE).collect();
            if some.is_empty() {
                return self.aside.check();
            }
            let made = on_all_cores(&some, |piece| work(self.read(piece).iter()));
            drop(some);
            made.into_iter().try_for_each(&mut take)?;
        }
    }
}

/// A piece at hand.
pub(super) struct ReadPiece<'a> {
    codes: Cow<'a, [u8]>,
    numbers: &'a [u32],
}

impl ReadPiece<'_> {
    /// Its codes, by numbers of the corpus.
    pub fn iter(&self) -> Decoded<'_> {
        Decoded {
            codes: &self.codes,
            numbers: self.numbers,
            offset: 0,
        }
    }
}

/// The codes of a piece, one after the other.
pub(super) struct Decoded<'a> {
    codes: &'a [u8],
    numbers: &'a [u32],
    offset: usize,
}

impl Iterator for Decoded<'_> {
    type Item = Code;

    #[inline]
    fn next(&mut self) -> Option<Code> {
        if self.offset == self.codes.len() {
            return None;
        }
        Some(
            match Code::of(trusted_varint(self.codes, &mut self.offset)) {
                Code::Entry(number) => Code::Entry(self.numbers[number as usize]),
                control => control,
            },
        )
    }
}

/// Hands over the codes of a text, as far as they are one in so many words; whether they are, as a whole: with one end, and nothing
/// behind it. Linear in them.
pub(super) fn each_of_text(bytes: &[u8], words: usize, mut take: impl FnMut(Code)) -> bool {
    let (mut at, mut is_end) = (0, false);
    while at < bytes.len() && !is_end {
        let Some(number) = whole_varint(bytes, &mut at) else {
            return false;
        };
        if number as usize >= Control::COUNT + words {
            return false;
        }
        let code = Code::of(number);
        is_end = code == Code::Control(Control::End);
        take(code);
    }
    is_end && at == bytes.len()
}

/// The varint at a place, behind which the place is then; nothing where it is cut or too large.
#[inline]
fn whole_varint(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut value = 0;
    for place in 0..LONGEST_VARINT {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return u32::try_from(value).ok();
        }
    }
    None
}

/// Codes in a row.
pub(super) struct Run<'a> {
    codes: &'a Codes,
    /// The pieces in which it begins, and before the end of which it ends but for what stands before the next control.
    own: Range<usize>,
}

impl Run<'_> {
    /// Hands over each code with the one behind it, if that belongs to the run. Linear in the codes.
    pub fn each(&self, mut take: impl FnMut(Code, Option<Code>)) {
        let is_entry = |code: &Code| matches!(code, Code::Entry(_));
        let mut waiting = None;
        let mut is_begun = self.own.start == 0;
        'all: for (place, piece) in self.codes.pieces.iter().enumerate().skip(self.own.start) {
            let is_beyond = place >= self.own.end;
            for code in self.codes.read(piece).iter() {
                if is_entry(&code) && !is_begun {
                    continue;
                }
                if is_beyond && !is_entry(&code) {
                    break 'all;
                }
                is_begun = true;
                if let Some(before) = waiting.replace(code) {
                    take(before, Some(code));
                }
            }
        }
        if let Some(last) = waiting {
            take(last, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes with the numbers that they are given here.
    fn codes_of(codes: impl Iterator<Item = Code>) -> Codes {
        let mut pieces = Pieces::default();
        codes.for_each(|code| pieces.put(code));
        Codes {
            pieces: pieces.take(0),
            numbers: vec![(0..1 << 16).collect()],
            aside: Aside::default(),
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
                let mut all = Vec::new();
                for run in &runs {
                    let start = all.len();
                    let mut next = None;
                    run.each(|code, behind| {
                        assert!(next.is_none() || next == Some(code));
                        next = behind;
                        all.push(code);
                    });
                    assert_eq!(next, None);
                    assert!(start == 0 || !matches!(all.get(start), Some(Code::Entry(_))));
                }
                assert!(
                    all.into_iter().eq((0..25_000).map(code)),
                    "{controls} {count}"
                );
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
        let mut drained = Vec::new();
        let all = codes.drain(
            |codes| codes.collect::<Vec<_>>(),
            |of| {
                drained.extend(of);
                Ok(())
            },
        );
        all.unwrap();
        assert!(drained.into_iter().eq((0..count).map(code)));
    }

    #[test]
    fn varints_are_whole_or_none() {
        for (bytes, expected) in [
            (&[0x05][..], Some((5, 1))),
            (&[0x80, 0x01, 0x07], Some((128, 2))),
            (&[0xff, 0xff, 0xff, 0xff, 0x0f], Some((u32::MAX, 5))),
            (&[0xff, 0xff, 0xff, 0xff, 0x1f], None),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x00], None),
            (&[0x80], None),
            (&[], None),
        ] {
            let mut at = 0;
            let read = whole_varint(bytes, &mut at);
            assert_eq!(read.map(|number| (number, at)), expected, "{bytes:?}");
        }
    }
}
