//! The stream: all documents, a code for every form.
//!
//! A code has one, two or three bytes, told by the first: frequent forms get one. Codes stay byte-aligned
//! because the module is compressed in transit, and a compressor models bytes; a bit-packed stream is smaller
//! before compression and larger after it.
//!
//! A document is its title, then its sections: `HEADING`, the heading, `BODY`, the text; the first section may
//! lack the heading. `FIELDS` may follow, with words of its address, anchors and metadata; `END` closes it. A single space between two words is not stored.

#[cfg(feature = "split")]
use std::borrow::Cow;

use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::put_varint;

/// Bytes of a stream: those of an index, or codes that a block of texts was cut into.
#[cfg(feature = "split")]
pub(crate) type Stream<'a> = Cow<'a, [u8]>;
#[cfg(not(feature = "split"))]
pub(crate) type Stream<'a> = &'a [u8];

/// Number of a form: its code in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FormId(pub u32);

/// What a code says that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    /// The document is over.
    End,
    /// A section begins, with its heading.
    Heading,
    /// The section's text begins.
    Body,
    /// Words of the document's fields begin, which are searched and never shown.
    Fields,
}

impl Control {
    pub(crate) const COUNT: usize = 4;

    /// Control codes are the first ids.
    pub(crate) fn from_id(id: FormId) -> Option<Control> {
        [
            Control::End,
            Control::Heading,
            Control::Body,
            Control::Fields,
        ]
        .get(id.0 as usize)
        .copied()
    }

    #[cfg(feature = "write")]
    pub(crate) fn id(self) -> FormId {
        FormId(self as u32)
    }
}

/// How many first bytes announce codes of one, two and three bytes; together 256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeLengths {
    one: u32,
    two: u32,
}

impl Default for CodeLengths {
    /// One byte for each.
    fn default() -> Self {
        CodeLengths { one: 256, two: 0 }
    }
}

impl CodeLengths {
    pub(crate) fn decode(reader: &mut Reader) -> Self {
        let one = reader.at_most(256);
        let two = reader.at_most(256 - one as usize);
        if (one as usize) < Control::COUNT {
            reader.fault();
        }
        CodeLengths { one, two }
    }

    /// The first id of each length.
    pub(crate) fn first_ids(self) -> [usize; 3] {
        [0, self.one as usize, (self.one + (self.two << 8)) as usize]
    }

    /// Reads the code at `position` and moves past it. A cut code reads as if zeros followed.
    #[inline(always)]
    pub(crate) fn read(self, stream: &[u8], position: &mut usize) -> Option<FormId> {
        let byte = |at: usize| stream.get(at).map_or(0, |&byte| u32::from(byte));
        let first = u32::from(*stream.get(*position)?);
        let rest = first.wrapping_sub(self.one);
        let two = rest << 8 | byte(*position + 1);
        if first >= self.one + self.two {
            let three = (rest - self.two) << 16 | (two & 0xff) << 8 | byte(*position + 2);
            *position += 3;
            return Some(FormId(self.one + (self.two << 8) + three));
        }
        // One byte is about as frequent as two, so that a branch would be guessed wrong half of the time.
        let has_two = first >= self.one;
        *position += 1 + usize::from(has_two);
        Some(FormId(if has_two { self.one + two } else { first }))
    }
}

/// Lengths for many forms, of which none is known to be frequent.
#[cfg(feature = "split")]
pub(crate) const WIDE: CodeLengths = CodeLengths {
    one: Control::COUNT as u32,
    two: 124,
};

#[cfg(any(feature = "write", feature = "split"))]
impl CodeLengths {
    /// Appends the code of a form.
    pub(crate) fn write(self, id: FormId, out: &mut Vec<u8>) {
        let [_, two, three] = self.first_ids().map(|id| id as u32);
        if id.0 < two {
            out.push(id.0 as u8);
        } else if id.0 < three {
            let rest = id.0 - two;
            out.extend([(self.one + (rest >> 8)) as u8, rest as u8]);
        } else {
            let rest = id.0 - three;
            out.push((self.one + self.two + (rest >> 16)) as u8);
            out.extend([(rest >> 8) as u8, rest as u8]);
        }
    }
}

#[cfg(feature = "write")]
impl CodeLengths {
    /// The lengths that make the stream shortest, given how often each form occurs in descending order
    /// (controls included); none where there are more forms than three bytes can number.
    pub(crate) fn choose(frequencies: &[u64]) -> Option<Self> {
        let mut sums = vec![0];
        for frequency in frequencies {
            sums.push(sums[sums.len() - 1] + frequency);
        }
        let forms = frequencies.len();
        let up_to = |id: usize| sums[id.min(forms)];
        let mut best: Option<(u64, CodeLengths)> = None;
        for three in 0..=(forms >> 16) + 1 {
            for two in 0..=(256 - Control::COUNT).saturating_sub(three) {
                let one = 256 - two - three;
                if one + (two << 8) + (three << 16) < forms {
                    continue;
                }
                let bytes = 3 * up_to(forms) - up_to(one) - up_to(one + (two << 8));
                let lengths = CodeLengths {
                    one: one as u32,
                    two: two as u32,
                };
                if best.is_none_or(|(fewest, _)| bytes < fewest) {
                    best = Some((bytes, lengths));
                }
            }
        }
        best.map(|(_, lengths)| lengths)
    }

    pub(crate) fn encode(self, out: &mut Vec<u8>) {
        put_varint(out, self.one);
        put_varint(out, self.two);
    }

    /// Length class of the form that is at this place when sorted by frequency: bytes of its code, less one.
    pub(crate) fn class(self, place: usize) -> u8 {
        let [_, two, three] = self.first_ids();
        u8::from(place >= two) + u8::from(place >= three)
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    #[test]
    fn every_id_comes_back_whatever_the_lengths() {
        for forms in [3usize, 200, 256, 257, 5000, 70_000] {
            let frequencies: Vec<u64> = (0..forms)
                .map(|form| (forms * 10 / (form + 1)) as u64)
                .collect();
            let lengths = CodeLengths::choose(&frequencies).unwrap();
            let mut bytes = Vec::new();
            lengths.encode(&mut bytes);
            assert_eq!(
                CodeLengths::decode(&mut Reader::new(&bytes, "test")),
                lengths
            );
            let mut stream = Vec::new();
            for id in 0..forms as u32 {
                let before = stream.len();
                lengths.write(FormId(id), &mut stream);
                assert_eq!(
                    stream.len() - before,
                    usize::from(lengths.class(id as usize)) + 1
                );
            }
            let mut position = 0;
            for id in 0..forms as u32 {
                assert_eq!(
                    lengths.read(&stream, &mut position),
                    Some(FormId(id)),
                    "of {forms}"
                );
            }
            assert_eq!(lengths.read(&stream, &mut position), None);
        }
    }
}
