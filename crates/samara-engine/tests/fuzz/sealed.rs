//! Taking an index apart and sealing it again. Without fresh checksums nothing changed would get past them, and
//! only the checksums would be tried.

/// Header of an index, as `segment/container.rs` writes it down: magic and format, length, the table of sections.
const LENGTH_AT: usize = 12;
const TABLE_AT: usize = 16;
const ENTRY: usize = 12;

/// Name of each section, in order.
pub const SECTIONS: [&str; 12] = [
    "counts",
    "letters",
    "terms",
    "forms",
    "separators",
    "groups",
    "language",
    "spellings",
    "rules",
    "stream",
    "documents",
    "columns",
];

/// The checksum of the format, written a second time: the tests do not take the engine's word for it.
fn checksum(bytes: &[u8]) -> u64 {
    let mut words: Vec<[u8; 8]> = Vec::new();
    let (eights, rest) = bytes.as_chunks::<8>();
    words.extend(eights);
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    words.push(last);
    words.into_iter().fold(bytes.len() as u64, |state, word| {
        let state = (state ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^ state >> 32
    })
}

/// The sections of a whole index.
pub fn take_apart(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut start = TABLE_AT + SECTIONS.len() * ENTRY + 8;
    let sections = (0..SECTIONS.len()).map(|number| {
        let entry = TABLE_AT + number * ENTRY;
        let length = u32::from_le_bytes(bytes[entry..entry + 4].try_into().unwrap());
        let end = start + length as usize;
        let section = bytes[start..end].to_vec();
        start = end;
        section
    });
    sections.collect()
}

/// An index of these sections, every checksum right.
pub fn seal(head: &[u8], sections: &[Vec<u8>]) -> Vec<u8> {
    let mut out = head[..LENGTH_AT].to_vec();
    let header = TABLE_AT + sections.len() * ENTRY + 8;
    let length = header + sections.iter().map(Vec::len).sum::<usize>();
    out.extend((length as u32).to_le_bytes());
    for section in sections {
        out.extend((section.len() as u32).to_le_bytes());
        out.extend(checksum(section).to_le_bytes());
    }
    out.extend(checksum(&out).to_le_bytes());
    sections.iter().for_each(|section| out.extend(section));
    out
}
