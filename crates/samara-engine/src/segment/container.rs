//! The outer shell of an index: header, section table, checksums.
//!
//! ```text
//! magic "SAMARA\r\n" · format u32 · length of everything u32
//! section table: per section  length u32 · checksum u64
//! checksum of all the above u64
//! the sections, one after the other, in the order of `Section`
//! ```
//!
//! All integers are little-endian. Sections have no names or offsets in the bytes: a format has exactly
//! these sections in this order, and another set of them is another format.

use crate::Error;

/// Number of the format that this engine writes and reads. Any change of meaning raises it.
pub const FORMAT: u32 = 2;

/// Text-mode transfers change `\r\n`, so that such damage shows in the first bytes.
const MAGIC: [u8; 8] = *b"SAMARA\r\n";

/// The parts of an index, in the order in which they lie in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Counts that the other sections are checked against.
    Counts,
    /// What case and folding do to the letters of this corpus.
    Letters,
    /// The fst of all terms.
    Terms,
    /// How each term is written.
    Forms,
    /// What stands between words.
    Separators,
    /// Which terms share a stem.
    Groups,
    /// Terms that are too common to search for, endings that belong together, languages of the terms.
    Language,
    /// Words that are one and several: `email` and `e-mail`, `Bundestagswahl` and `Wahl`.
    Spellings,
    /// What the site's owner has decided: synonyms, pinned documents, what documents count.
    Rules,
    /// The documents, word-coded.
    Stream,
    /// Identifiers, addresses, anchors.
    Documents,
    /// Metadata, a column a field.
    Columns,
}

impl Section {
    pub(crate) const ALL: [(Section, &'static str); 12] = [
        (Section::Counts, "counts"),
        (Section::Letters, "letters"),
        (Section::Terms, "terms"),
        (Section::Forms, "forms"),
        (Section::Separators, "separators"),
        (Section::Groups, "groups"),
        (Section::Language, "language"),
        (Section::Spellings, "spellings"),
        (Section::Rules, "rules"),
        (Section::Stream, "stream"),
        (Section::Documents, "documents"),
        (Section::Columns, "columns"),
    ];
}

const COUNT: usize = Section::ALL.len();
const TABLE: usize = 16;
/// Bytes before the sections.
pub(crate) const HEADER: usize = TABLE + COUNT * 12 + 8;

/// A checksum over eight bytes at a time.
///
/// Every step is a bijection of the state for given input, and of the input for given state, so a change
/// confined to one word of eight bytes (any flipped bit, any changed byte) always changes the result; other
/// damage goes unseen once in 2⁶⁴. It runs at memory speed, which CRC-32 in wasm does not. The multiplier is
/// the golden ratio's, odd, as in Fibonacci hashing (Knuth, TAOCP 3, 6.4).
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut state = bytes.len() as u64;
    let mut step = |word: u64| {
        state = (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^= state >> 32;
    };
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut eight = [0; 8];
        eight.copy_from_slice(word);
        step(u64::from_le_bytes(eight));
    }
    let mut rest = [0; 8];
    rest[..words.remainder().len()].copy_from_slice(words.remainder());
    step(u64::from_le_bytes(rest));
    state
}

/// Puts the sections behind one header.
///
/// # Errors
/// [`Error::TooLarge`] from four gigabytes on.
#[cfg(feature = "write")]
pub(crate) fn pack(sections: &[Vec<u8>; COUNT]) -> Result<Vec<u8>, Error> {
    let length = HEADER + sections.iter().map(Vec::len).sum::<usize>();
    let length = u32::try_from(length).map_err(|_| Error::TooLarge { what: "bytes" })?;
    let mut out = Vec::with_capacity(length as usize);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    for section in sections {
        out.extend_from_slice(&(section.len() as u32).to_le_bytes());
        out.extend_from_slice(&checksum(section).to_le_bytes());
    }
    out.extend_from_slice(&checksum(&out).to_le_bytes());
    for section in sections {
        out.extend_from_slice(section);
    }
    Ok(out)
}

/// The sections of `bytes`, every checksum verified. Linear.
///
/// # Errors
/// [`Error::NotAnIndex`], [`Error::Version`] or [`Error::Damaged`].
pub(crate) fn unpack(bytes: &[u8]) -> Result<[&[u8]; COUNT], Error> {
    let damaged = |section| Err(Error::Damaged { section });
    if !bytes.starts_with(&MAGIC) {
        return Err(Error::NotAnIndex);
    }
    // What is cut reads as zeros, and no checksum holds.
    let number = |at: usize| {
        let mut eight = [0; 8];
        let rest = bytes.get(at..).unwrap_or_default();
        for (to, byte) in eight.iter_mut().zip(rest) {
            *to = *byte;
        }
        u64::from_le_bytes(eight)
    };
    let format = number(8) as u32;
    if bytes.len() > TABLE && format != FORMAT {
        return Err(Error::Version {
            expected: FORMAT,
            got: format,
        });
    }
    let header = bytes.get(..HEADER - 8).unwrap_or_default();
    let length = number(12) as u32;
    if number(HEADER - 8) != checksum(header) || length as usize != bytes.len() {
        return damaged("header");
    }
    let mut sections = [&bytes[..0]; COUNT];
    let mut rest = bytes.get(HEADER..).unwrap_or_default();
    for (place, (_, name)) in Section::ALL.iter().enumerate() {
        let entry = TABLE + place * 12;
        let Some((section, behind)) = rest.split_at_checked(number(entry) as u32 as usize) else {
            return damaged("header");
        };
        if number(entry + 4) != checksum(section) {
            return damaged(name);
        }
        sections[place] = section;
        rest = behind;
    }
    if rest.is_empty() {
        Ok(sections)
    } else {
        damaged("header")
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    fn packed() -> Vec<u8> {
        let mut sections: [Vec<u8>; COUNT] = Default::default();
        for (number, section) in sections.iter_mut().enumerate() {
            section.extend((0..number * 3).map(|byte| byte as u8));
        }
        pack(&sections).unwrap()
    }

    #[test]
    fn sections_come_back() {
        let bytes = packed();
        let sections = unpack(&bytes).unwrap();
        assert_eq!(sections[3], &[0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(sections[0].is_empty());
    }

    #[test]
    fn another_version_is_refused_by_its_number() {
        let mut bytes = packed();
        bytes[8] = 99;
        assert_eq!(
            unpack(&bytes),
            Err(Error::Version {
                expected: FORMAT,
                got: 99
            })
        );
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_seen() {
        let bytes = packed();
        for end in 0..bytes.len() {
            assert!(unpack(&bytes[..end]).is_err(), "cut at {end}");
        }
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(unpack(&bytes).is_err(), "bit {bit}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(unpack(&longer).is_err());
    }
}
