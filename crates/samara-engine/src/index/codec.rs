//! Numbers and strings as bytes: LEB128 integers, length-prefixed UTF-8. Encoder and decoder face each other.

use crate::Error;

/// Appends `value` in seven-bit groups, lowest first; the high bit says that more follow.
#[cfg(any(test, feature = "write"))]
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

/// Reads a section from front to back. Every failure is [`Error::Damaged`] with the section's name.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    section: &'static str,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], section: &'static str) -> Self {
        Reader {
            bytes,
            position: 0,
            section,
        }
    }

    pub(crate) fn damaged(&self) -> Error {
        Error::Damaged {
            section: self.section,
        }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.position == self.bytes.len()
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Error> {
        let byte = *self
            .bytes
            .get(self.position)
            .ok_or_else(|| self.damaged())?;
        self.position += 1;
        Ok(byte)
    }

    pub(crate) fn varint(&mut self) -> Result<u32, Error> {
        let mut value = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.damaged())
    }

    /// A varint that must not exceed `limit`.
    pub(crate) fn at_most(&mut self, limit: usize) -> Result<u32, Error> {
        let value = self.varint()?;
        if value as usize > limit {
            Err(self.damaged())
        } else {
            Ok(value)
        }
    }

    /// A count of things of which each takes at least one byte of what is left, so that no count can
    /// ask for more memory than the input is long.
    pub(crate) fn count(&mut self) -> Result<usize, Error> {
        let left = self.bytes.len() - self.position;
        self.at_most(left).map(|count| count as usize)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let end = self
            .position
            .checked_add(length)
            .ok_or_else(|| self.damaged())?;
        let bytes = self
            .bytes
            .get(self.position..end)
            .ok_or_else(|| self.damaged())?;
        self.position = end;
        Ok(bytes)
    }

    pub(crate) fn str(&mut self) -> Result<&'a str, Error> {
        let length = self.count()?;
        core::str::from_utf8(self.bytes(length)?).map_err(|_| self.damaged())
    }

    /// Refuses bytes that nobody read.
    pub(crate) fn end(&self) -> Result<(), Error> {
        if self.is_at_end() {
            Ok(())
        } else {
            Err(self.damaged())
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
            assert_eq!(Reader::new(&out, "test").varint(), Ok(value));
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
            assert_eq!(
                Reader::new(bytes, "test").varint(),
                Err(Error::Damaged { section: "test" }),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn strings_that_are_cut_or_not_utf8_are_damage() {
        assert!(Reader::new(&[5, b'a'], "test").str().is_err());
        assert!(Reader::new(&[1, 0xff], "test").str().is_err());
    }
}
