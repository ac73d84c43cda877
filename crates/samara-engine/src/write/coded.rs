//! The text of a document as a build has coded it, which the next one can take in its place.

use super::codes::each_of_text;
use crate::segment::Reader;
use crate::segment::encode::put_varint;

const SECTION: &str = "coded text";

/// The text of a document in codes, by the numbers of a [`Lexicon`](crate::Lexicon).
///
/// It stands for the document's identifier, address, title, metadata and sections as they were when it was coded
/// ([`ClosedWriter::coded`](crate::ClosedWriter::coded)). Another document needs other codes, and so does another version of this
/// crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedText {
    bytes: Vec<u8>,
}

/// What a text in codes says.
pub(super) struct Parts<'b> {
    /// Bytes of the document's text.
    pub length: usize,
    /// The anchors of its sections, as the catalog has them.
    pub anchors: &'b [u8],
    /// What it is made of, as in [`Codes`](super::codes::Codes).
    pub codes: &'b [u8],
}

impl CodedText {
    /// The text that these bytes are, which have to be whole ([`Self::is_whole`]): others are none, or make an index of
    /// other texts.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }

    /// Whether these are the bytes of a text in the first so many words of a lexicon. Linear in them.
    #[must_use]
    pub fn is_whole(bytes: &[u8], words: usize) -> bool {
        let mut reader = Reader::new(bytes, SECTION);
        reader.varint();
        reader.bytes();
        // Where one of these is not whole, nothing is left.
        each_of_text(reader.rest(), words, |_| ())
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Bytes of the document's text.
    #[must_use]
    pub fn length(&self) -> usize {
        self.parts().length
    }

    /// The text of a document of so many bytes with these anchors, in these codes. Linear in it.
    pub(super) fn of(length: usize, anchors: &[u8], codes: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(codes.len() + anchors.len() + 16);
        put_varint(&mut bytes, u32::try_from(length).unwrap_or(u32::MAX));
        put_varint(&mut bytes, anchors.len() as u32);
        bytes.extend(anchors);
        bytes.extend(codes);
        Self { bytes }
    }

    /// What it says.
    pub(super) fn parts(&self) -> Parts<'_> {
        let mut reader = Reader::new(&self.bytes, SECTION);
        Parts {
            length: reader.varint() as usize,
            anchors: reader.bytes(),
            codes: reader.rest(),
        }
    }
}
