//! The text of a document as a build has coded it, which the next one can take in its place.

use hashbrown::HashMap;

use super::codes::Code;
use super::text::Entry;
use crate::Weight;
use crate::analysis::Kind;
use crate::segment::encode::put_varint;
use crate::segment::{Control, FormId, Reader};

const SECTION: &str = "coded text";

/// The text of a document in codes of its own: its different words and separators, and in which order they come.
///
/// It stands for the document's sections, title and address as they were when it was coded
/// ([`IndexWriter::coded`](crate::IndexWriter::coded)). Another document needs other codes, and so does another version of this
/// crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedText {
    bytes: Vec<u8>,
}

/// A word or separator of a document.
pub(super) struct Piece<'b> {
    pub text: &'b str,
    pub kind: Option<Kind>,
    pub weight: Option<Weight>,
    /// How often it occurs.
    pub count: u32,
}

/// What a text in codes says.
pub(super) struct Parts<'b> {
    /// The anchors of its sections, as the catalog has them.
    pub anchors: &'b [u8],
    pub pieces: Vec<Piece<'b>>,
    codes: &'b [u8],
}

impl CodedText {
    /// The text that these bytes are, which have to be whole ([`Self::is_whole`]): others make an index of other texts.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }

    /// Whether these are the bytes of a text. Linear in them.
    #[must_use]
    pub fn is_whole(bytes: &[u8]) -> bool {
        let Some(parts) = Parts::of(bytes) else {
            return false;
        };
        let mut counts: Vec<u32> = parts.pieces.iter().map(|piece| piece.count).collect();
        let mut ends = 0;
        let mut is_end = false;
        let is_read = parts.codes(|code| {
            is_end = code == Code::Control(Control::End);
            ends += u32::from(is_end);
            if let Code::Entry(own) = code {
                let count = &mut counts[own as usize];
                *count = count.wrapping_sub(1);
            }
        });
        is_read && is_end && ends == 1 && counts.iter().all(|&left| left == 0)
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Bytes of the document's text.
    #[must_use]
    pub fn length(&self) -> usize {
        Reader::new(&self.bytes, SECTION).varint() as usize
    }

    /// The text of a document of so many bytes with these anchors, in codes by the numbers of these entries. Linear in it.
    pub(super) fn of(length: usize, anchors: &[u8], codes: &[Code], entries: &[Entry]) -> Self {
        let mut own: HashMap<u32, u32> = HashMap::new();
        let mut pieces: Vec<(u32, u32)> = Vec::new();
        let mut stream = Vec::with_capacity(codes.len());
        for &code in codes {
            let number = match code {
                Code::Control(control) => control.id().0,
                Code::Entry(entry) => {
                    let own = *own.entry(entry).or_insert_with(|| {
                        pieces.push((entry, 0));
                        pieces.len() as u32 - 1
                    });
                    pieces[own as usize].1 += 1;
                    own + Control::COUNT as u32
                }
            };
            put_varint(&mut stream, number);
        }
        let mut bytes = Vec::with_capacity(stream.len() + 8 * pieces.len() + anchors.len() + 16);
        put_varint(&mut bytes, u32::try_from(length).unwrap_or(u32::MAX));
        put_varint(&mut bytes, anchors.len() as u32);
        bytes.extend(anchors);
        put_varint(&mut bytes, pieces.len() as u32);
        for (entry, count) in pieces {
            let entry = &entries[entry as usize];
            bytes.push(match entry.kind {
                None => 0,
                Some(Kind::Word) => 1,
                Some(Kind::Single) => 2,
            });
            // Weights are steps of a byte, of which the highest is not used.
            bytes.push(entry.weight.map_or(u8::MAX, Weight::steps));
            put_varint(&mut bytes, count);
            put_varint(&mut bytes, entry.text.len() as u32);
            bytes.extend(entry.text.as_bytes());
        }
        bytes.extend(stream);
        Self { bytes }
    }

    /// What it says; nothing where it is damaged.
    pub(super) fn parts(&self) -> Option<Parts<'_>> {
        Parts::of(&self.bytes)
    }
}

impl<'b> Parts<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes, SECTION);
        reader.varint();
        let anchors = reader.bytes();
        let count = reader.count();
        let mut pieces = Vec::with_capacity(count);
        for _ in 0..count {
            let kind = match reader.byte() {
                0 => None,
                1 => Some(Kind::Word),
                2 => Some(Kind::Single),
                _ => {
                    reader.fault();
                    None
                }
            };
            let weight = Some(reader.byte()).filter(|&steps| steps != u8::MAX);
            pieces.push(Piece {
                kind,
                weight: weight.map(Weight::of_steps),
                count: reader.varint(),
                text: reader.str(),
            });
        }
        let codes = reader.rest();
        // Behind a fault nothing is left.
        (!codes.is_empty()).then_some(Parts {
            anchors,
            pieces,
            codes,
        })
    }

    /// Hands over the codes, by the numbers of the pieces; whether all are whole.
    pub fn codes(&self, mut take: impl FnMut(Code)) -> bool {
        let mut reader = Reader::new(self.codes, SECTION);
        while !reader.is_at_end() {
            let number = reader.below(Control::COUNT + self.pieces.len());
            if reader.end().is_err() && reader.is_at_end() {
                return false;
            }
            take(match Control::from_id(FormId(number)) {
                Some(control) => Code::Control(control),
                None => Code::Entry(number - Control::COUNT as u32),
            });
        }
        true
    }
}
