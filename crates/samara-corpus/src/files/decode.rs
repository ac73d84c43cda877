//! From bytes to text: gzip, byte-order marks, encodings.

use std::borrow::Cow;
use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use super::format::Format;
use crate::report::{Note, Skip};

/// No file becomes larger than this when unpacked.
const LARGEST: u64 = 1 << 28;
/// A page names its encoding within its first bytes.
const PRESCAN: usize = 4096;
/// Binary files show themselves within their first bytes.
const SAMPLE: usize = 8192;

/// A text, and what its owner may want to know about how it was understood.
type Decoded = (String, Option<Note>);

/// Understands a file's bytes as text. Linear; what gzip unpacks to is bounded.
pub(crate) fn decode(bytes: Vec<u8>, format: Format) -> Result<Decoded, Skip> {
    let bytes = unpack(bytes)?;
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return Ok(as_encoding(&bytes[length..], encoding, Guess::No));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => return Err(Skip::Binary),
        Ok(text) => return Ok((text, None)),
        Err(error) => error.into_bytes(),
    };
    if let Some(encoding) = wide(&bytes) {
        return Ok(as_encoding(&bytes, encoding, Guess::Yes));
    }
    if bytes[..bytes.len().min(SAMPLE)].contains(&0) {
        return Err(Skip::Binary);
    }
    if format == Format::Html
        && let Some(encoding) = declared(&bytes)
        && encoding != UTF_8
    {
        return Ok(as_encoding(&bytes, encoding, Guess::No));
    }
    // A few broken characters in UTF-8 are a fault in UTF-8, not another encoding.
    if mostly_utf8(&bytes) {
        return Ok(as_encoding(&bytes, UTF_8, Guess::No));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(as_encoding(&bytes, encoding, Guess::Yes))
}

fn unpack(bytes: Vec<u8>) -> Result<Vec<u8>, Skip> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    match MultiGzDecoder::new(&bytes[..])
        .take(LARGEST + 1)
        .read_to_end(&mut unpacked)
    {
        Ok(_) if unpacked.len() as u64 > LARGEST => Err(Skip::TooLarge {
            megabytes: LARGEST >> 20,
        }),
        Ok(_) => Ok(unpacked),
        Err(error) => Err(Skip::DamagedGzip(error.to_string())),
    }
}

/// UTF-16 without a byte-order mark: every other byte is zero in most European texts.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let zeros = |parity: usize| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
            * 2
    };
    let (even, odd) = (zeros(0), zeros(1));
    if sample.len() >= 8 && odd * 10 > sample.len() * 7 && even * 10 < sample.len() {
        Some(UTF_16LE)
    } else if sample.len() >= 8 && even * 10 > sample.len() * 7 && odd * 10 < sample.len() {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// `<meta charset=…>` or `<meta http-equiv … content="…; charset=…">`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let after = head.split("charset").skip(1).find_map(|rest| {
        let rest = rest.trim_start().strip_prefix('=')?;
        let label = rest.trim_start().trim_start_matches(['"', '\'']);
        label
            .split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
            .next()
    })?;
    Encoding::for_label(after.as_bytes())
}

/// Whether characters of several bytes are whole far more often than broken.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

/// Whether an encoding was guessed, or is told by the file itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    Yes,
    No,
}

fn as_encoding(bytes: &[u8], encoding: &'static Encoding, guess: Guess) -> Decoded {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let text: Cow<'_, str> = text;
    let encoding = encoding.name();
    let note = match (guess, faulty) {
        (_, true) => Some(Note::Replaced { encoding }),
        (Guess::Yes, false) => Some(Note::Guessed { encoding }),
        (Guess::No, false) => None,
    };
    (text.into_owned(), note)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn text(bytes: &[u8]) -> String {
        match decode(bytes.to_vec(), Format::Html) {
            Ok((text, _)) => text,
            Err(skip) => skip.to_string(),
        }
    }

    #[test]
    fn encodings_are_recognised() {
        let wide: Vec<u8> = "A plain text, caf\u{e9}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, expected) in [
            (b"\xef\xbb\xbfcaf\xc3\xa9".to_vec(), "caf\u{e9}"),
            (b"\xff\xfec\0a\0f\0\xe9\0".to_vec(), "caf\u{e9}"),
            (wide, "A plain text, caf\u{e9}"),
            (
                b"<meta charset=iso-8859-1>caf\xe9".to_vec(),
                "<meta charset=iso-8859-1>caf\u{e9}",
            ),
            (
                b"<meta http-equiv=x content='text/html; charset=koi8-r'>\xf0".to_vec(),
                "<meta http-equiv=x content='text/html; charset=koi8-r'>\u{41f}",
            ),
            (
                b"Die Stra\xdfe f\xfchrt zum Fl\xfcsschen und \xfcber die Br\xfccke".to_vec(),
                "Die Stra\u{df}e f\u{fc}hrt zum Fl\u{fc}sschen und \u{fc}ber die Br\u{fc}cke",
            ),
        ] {
            assert_eq!(text(&bytes), expected);
        }
    }

    #[test]
    fn a_broken_character_costs_only_itself() {
        let mut bytes = "caf\u{e9} na\u{ef}ve r\u{f4}le \u{fc}ber \u{e9}t\u{e9}"
            .as_bytes()
            .to_vec();
        bytes.push(0xff);
        let (text, note) = decode(bytes, Format::Text).expect("a text");
        assert!(
            text.starts_with("caf\u{e9} na\u{ef}ve") && text.ends_with('\u{fffd}'),
            "{text}"
        );
        assert_eq!(note, Some(Note::Replaced { encoding: "UTF-8" }));
    }

    #[test]
    fn gzip_is_opened_and_damage_has_a_name() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer
            .write_all(b"packed words")
            .expect("a vector takes all");
        let packed = packer.finish().expect("a vector takes all");
        assert_eq!(text(&packed), "packed words");
        assert!(text(&packed[..packed.len() - 6]).contains("damaged gzip"));
    }

    #[test]
    fn binary_files_are_left_out() {
        assert_eq!(
            text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\xff"),
            "a binary file, skipped"
        );
    }
}
