//! Numbers and strings as bytes: LEB128 integers, length-prefixed UTF-8. Encoder and decoder face each other.

use crate::Error;

/// Appends `value` in seven-bit groups, lowest first; the high bit says that more follow.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Bytes that [`put_varint`] writes for `value`.
pub(crate) fn varint_len(value: u32) -> u32 {
    (38 - (value | 1).leading_zeros()) / 7
}

/// Appends the length of `text` in bytes, then its bytes.
#[cfg(feature = "write")]
pub(crate) fn put_str(out: &mut Vec<u8>, text: &str) {
    put_varint(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// Reads a varint that is known to be whole; a cut one reads as if zeros followed.
///
/// Posting lists are read with it: they were written in this process, so there is nothing to report.
#[inline]
pub(crate) fn trusted_varint(bytes: &[u8], position: &mut usize) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some(&byte) = bytes.get(*position) {
        *position += 1;
        value |= u32::from(byte & 0x7f) << (shift & 31);
        if byte < 0x80 {
            break;
        }
        shift += 7;
    }
    value
}

/// Reads a section from front to back.
///
/// What is cut, overlong or out of bounds is a *fault*: from then on the reader stands at the end, every number is
/// 0 and every text empty. Decoders read straight on, and [`Reader::end`] reports the fault once; early returns
/// behind every read cost a kilobyte of the compressed module.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    section: &'static str,
    faulty: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], section: &'static str) -> Self {
        Reader {
            rest: bytes,
            section,
            faulty: false,
        }
    }

    /// What was read makes no sense.
    pub(crate) fn fault(&mut self) {
        self.rest = &[];
        self.faulty = true;
    }

    /// What nobody has read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        if let Some((&byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            byte
        } else {
            self.fault();
            0
        }
    }

    pub(crate) fn varint(&mut self) -> u32 {
        let mut value = 0u32;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && byte > 0xf {
                self.fault();
            }
            value |= bits << shift;
            if byte < 0x80 || self.faulty {
                break;
            }
            shift += 7;
        }
        if self.faulty { 0 } else { value }
    }

    /// A varint that must not exceed `limit`.
    pub(crate) fn at_most(&mut self, limit: usize) -> u32 {
        self.below(limit + 1)
    }

    /// A count of things of which each takes at least one byte of what is left, so that no count can
    /// ask for more memory than the input is long.
    pub(crate) fn count(&mut self) -> usize {
        let value = self.varint() as usize;
        if value > self.rest.len() {
            self.fault();
            return 0;
        }
        value
    }

    /// As many bytes as the count before them says.
    pub(crate) fn bytes(&mut self) -> &'a [u8] {
        let length = self.count();
        let (bytes, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        bytes
    }

    pub(crate) fn str(&mut self) -> &'a str {
        match core::str::from_utf8(self.bytes()) {
            Ok(text) => text,
            Err(_) => {
                self.fault();
                ""
            }
        }
    }

    /// So many numbers below a limit.
    pub(crate) fn numbers(&mut self, count: usize, limit: usize) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(count);
        for _ in 0..count {
            numbers.push(self.below(limit));
        }
        numbers
    }

    /// A varint below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> u32 {
        let value = self.varint();
        if value as usize >= limit {
            self.fault();
            return 0;
        }
        value
    }

    /// Pairs of texts, as many as the count before them says.
    pub(crate) fn pairs(&mut self) -> Vec<(&'a str, &'a str)> {
        let mut pairs = Vec::new();
        for _ in 0..self.count() {
            pairs.push((self.str(), self.str()));
        }
        pairs
    }

    /// So many texts.
    pub(crate) fn strs(&mut self, count: usize) -> Vec<&'a str> {
        let mut texts = Vec::with_capacity(count);
        for _ in 0..count {
            texts.push(self.str());
        }
        texts
    }

    /// Has a section read as a whole.
    ///
    /// # Errors
    /// [`Error::Damaged`] where there was a fault or bytes are left.
    #[cfg(test)]
    pub(crate) fn whole<T>(bytes: &'a [u8], read: impl FnOnce(&mut Self) -> T) -> Result<T, Error> {
        let mut reader = Reader::new(bytes, "test");
        let all = read(&mut reader);
        reader.end().map(|()| all)
    }

    /// [`Error::Damaged`] with the section's name after a fault, and where bytes are left that nobody read.
    pub(crate) fn end(&self) -> Result<(), Error> {
        if self.is_at_end() && !self.faulty {
            Ok(())
        } else {
            Err(Error::Damaged {
                section: self.section,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_come_back_and_have_the_length_foretold() {
        let mut values: Vec<u32> = (0..32)
            .flat_map(|bit| [1 << bit, (1u32 << bit) - 1])
            .collect();
        values.push(u32::MAX);
        for value in values {
            let mut out = Vec::new();
            put_varint(&mut out, value);
            assert_eq!(out.len() as u32, varint_len(value), "{value}");
            let mut reader = Reader::new(&out, "test");
            assert_eq!(reader.varint(), value);
            assert_eq!(reader.end(), Ok(()));
            assert_eq!(trusted_varint(&out, &mut 0), value);
        }
    }

    #[test]
    fn short_and_overlong_numbers_are_damage() {
        for bytes in [
            &[][..],
            &[0x80],
            &[0xff; 4],
            &[0xff, 0xff, 0xff, 0xff, 0x1f],
            &[0x80; 9],
        ] {
            let mut reader = Reader::new(bytes, "test");
            assert_eq!(reader.varint(), 0, "{bytes:?}");
            assert!(reader.is_at_end());
            assert_eq!(
                reader.end(),
                Err(Error::Damaged { section: "test" }),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn strings_that_are_cut_or_not_utf8_are_damage() {
        for bytes in [&[5, b'a'], &[1, 0xff]] {
            let mut reader = Reader::new(bytes, "test");
            assert_eq!(reader.str(), "");
            assert!(reader.end().is_err());
        }
    }
}
