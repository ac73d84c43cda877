//! Blocks of identifiers: who asks for what is like a document names it by its identifier.

use super::Reader;
#[cfg(feature = "write")]
use super::put_varint;
use crate::Error;
use crate::segment::DocId;
use crate::segment::container::checksum;

/// Bits of a hash that are kept: two documents that share them are told apart by their cards.
const BITS: u32 = 24;

/// The hash of an identifier.
pub(crate) fn id_hash(id: &str) -> u32 {
    checksum(id.as_bytes()) as u32 & ((1 << BITS) - 1)
}

/// Hashes of identifiers in ascending order, with the documents.
pub(crate) struct Ids {
    entries: Vec<(u32, DocId)>,
}

impl Ids {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, "ids");
        let mut entries = Vec::new();
        let mut hash = 0u32;
        for _ in 0..reader.count() {
            hash = hash.saturating_add(reader.varint());
            entries.push((hash, DocId(reader.varint())));
        }
        reader.end()?;
        Ok(Ids { entries })
    }

    /// Documents whose identifiers have this hash. Logarithmic.
    pub(crate) fn with_hash(&self, hash: u32) -> impl Iterator<Item = DocId> + '_ {
        let from = self.entries.partition_point(|entry| entry.0 < hash);
        let entries = self.entries[from..].iter();
        let same = entries.take_while(move |entry| entry.0 == hash);
        same.map(|entry| entry.1)
    }
}

/// Bytes of these entries, which ascend.
#[cfg(feature = "write")]
pub(crate) fn encode(entries: &[(u32, DocId)]) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, entries.len() as u32);
    let mut last = 0;
    for &(hash, document) in entries {
        put_varint(&mut out, hash - last);
        put_varint(&mut out, document.0);
        last = hash;
    }
    out
}
