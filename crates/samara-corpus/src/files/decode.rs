//! From bytes to text: gzip, byte-order marks, encodings.

use std::borrow::Cow;
use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use super::format::Format;
use crate::report::{Note, Skip};

/// No file becomes larger than this when unpacked…
const LARGEST: u64 = 1 << 28;
/// …nor larger than so many bytes and so many times what it was: text packs to a tenth of its size, logs to a fiftieth, and
/// what packs to a thousandth was made to fill memory.
const UNPACKED: u64 = 1 << 24;
const TIMES: u64 = 64;
/// A page names its encoding within its first bytes.
const PRESCAN: usize = 4096;
/// Binary files show themselves within their first bytes.
const SAMPLE: usize = 8192;

/// So many stray bytes make no binary file, however short it is.
const FEW: usize = 3;
/// One of so many is no stray any more, where the bytes are no UTF-8.
const MANY: usize = 3;
/// What files begin with that are no text by themselves.
const MAGIC: [&[u8]; 6] = [
    b"%PDF-",
    b"\x89PNG",
    b"PK\x03\x04",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
];

/// A text, and what its owner may want to know about how it was understood.
type Decoded = (String, Option<Note>);

/// Understands a file's bytes as text. Linear; what gzip unpacks to is bounded.
pub(crate) fn decode(bytes: Vec<u8>, format: Format) -> Result<Decoded, Skip> {
    let (mut text, note) = decode_bytes(unpack(bytes)?, format)?;
    if text.contains('\r') {
        text = with_line_ends(&text);
    }
    Ok((text, note))
}

fn decode_bytes(bytes: Vec<u8>, format: Format) -> Result<Decoded, Skip> {
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Skip::Binary);
    }
    // The mark of UTF-32 begins with that of UTF-16.
    for (mark, order) in [
        (b"\xff\xfe\0\0", u32::from_le_bytes as Order),
        (b"\0\0\xfe\xff", u32::from_be_bytes),
    ] {
        if bytes.starts_with(mark) {
            return Ok(as_utf_32(&bytes[4..], order, Guess::No));
        }
    }
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return Ok(as_encoding(&bytes[length..], encoding, Guess::No));
    }
    if has_escapes(&bytes) {
        let (text, note) = as_encoding(&bytes, ISO_2022_JP, Guess::Yes);
        if !matches!(note, Some(Note::Replaced { .. })) {
            return Ok((text, note));
        }
    }
    let is_binary = is_binary(&bytes);
    // UTF-8 with a few stray bytes can be read as UTF-16, too: as rare characters in no order.
    if bytes[..bytes.len().min(SAMPLE)].contains(&0)
        && (is_binary || std::str::from_utf8(&bytes).is_err())
    {
        if let Some(order) = wide_32(&bytes) {
            return Ok(as_utf_32(&bytes, order, Guess::Yes));
        }
        if let Some(encoding) = wide(&bytes) {
            return Ok(as_encoding(&bytes, encoding, Guess::Yes));
        }
    }
    if is_binary {
        return Err(Skip::Binary);
    }
    let bytes = match String::from_utf8(bytes) {
        // A stray one parts words, as every control character does.
        Ok(text) if text.contains('\0') => {
            let encoding = UTF_8.name();
            return Ok((
                text.replace('\0', " "),
                Some(Note::Replaced {
                    encoding: encoding.into(),
                }),
            ));
        }
        Ok(text) => return Ok((text, None)),
        Err(error) => error.into_bytes(),
    };
    if format.is_markup()
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

/// Old Macs end lines with a carriage return alone. Linear.
fn with_line_ends(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for (at, line) in text.split('\r').enumerate() {
        if at > 0 && !line.starts_with('\n') {
            lines.push('\n');
        }
        lines.push_str(line);
    }
    lines
}

/// Whether the bytes switch to Japanese and back, all of them seven bits wide.
fn has_escapes(bytes: &[u8]) -> bool {
    bytes.is_ascii()
        && bytes
            .windows(3)
            .any(|three| matches!(three, b"\x1b$B" | b"\x1b$@"))
}

/// Whether the first bytes are no text: a few stray bytes are none that texts hold, and leave it one.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let strange = sample
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31))
        .count();
    let holds_text = || {
        sample
            .iter()
            .any(|byte| byte.is_ascii_alphanumeric() || *byte > 127)
    };
    strange > FEW + sample.len() / 200
        || strange > 0 && !holds_text()
        || strange * MANY > sample.len() && std::str::from_utf8(bytes).is_err()
}

/// To how many bytes so many packed ones may unpack.
pub(crate) fn most_unpacked(packed: usize) -> u64 {
    LARGEST.min(UNPACKED + packed as u64 * TIMES)
}

/// What gzip has packed; other bytes as they are.
pub(crate) fn unpack(bytes: Vec<u8>) -> Result<Vec<u8>, Skip> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let most = most_unpacked(bytes.len());
    let mut unpacked = Vec::new();
    match MultiGzDecoder::new(&bytes[..])
        .take(most + 1)
        .read_to_end(&mut unpacked)
    {
        Ok(_) if unpacked.len() as u64 > most => Err(Skip::TooLarge {
            megabytes: most >> 20,
        }),
        Ok(_) => Ok(unpacked),
        Err(error) => Err(Skip::DamagedGzip(error.to_string())),
    }
}

/// UTF-16 without a byte-order mark: read with the right order of bytes every unit is a character, and spaces, digits or
/// line ends are among them.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let plain = |order: fn([u8; 2]) -> u16| {
        let units = sample.as_chunks::<2>().0.iter().map(|unit| order(*unit));
        let units: Vec<u16> = units.collect();
        // The sample may part a pair of surrogates.
        let whole =
            &units[..units.len() - usize::from(sample.len() < bytes.len() && units.len() > 1)];
        let chars: Option<Vec<char>> = char::decode_utf16(whole.iter().copied())
            .map(Result::ok)
            .collect();
        plain_share(chars.unwrap_or_default().into_iter())
    };
    let (little, big) = (plain(u16::from_le_bytes), plain(u16::from_be_bytes));
    match little.max(big) {
        0 => None,
        most if most == little => Some(UTF_16LE),
        _ => Some(UTF_16BE),
    }
}

/// How the bytes of a character stand in UTF-32.
type Order = fn([u8; 4]) -> u32;

/// The order of bytes of UTF-32 without a mark.
fn wide_32(bytes: &[u8]) -> Option<Order> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !3];
    [u32::from_le_bytes as Order, u32::from_be_bytes]
        .into_iter()
        .find(|order| {
            let chars = sample.as_chunks::<4>().0.iter();
            let chars: Option<Vec<char>> =
                chars.map(|bytes| char::from_u32(order(*bytes))).collect();
            plain_share(chars.unwrap_or_default().into_iter()) > 0
        })
}

/// How many characters of a hundred are plain ones; none where one of them stands in no text.
fn plain_share(chars: impl ExactSizeIterator<Item = char>) -> usize {
    let count = chars.len();
    if count < 4 {
        return 0;
    }
    let mut plain = 0;
    for c in chars {
        let is_strange = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c')
            || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffc}' | '\u{fffe}'..='\u{ffff}');
        if is_strange {
            return 0;
        }
        plain += usize::from(c.is_ascii());
    }
    (plain * 100).div_ceil(count)
}

fn as_utf_32(bytes: &[u8], order: Order, guess: Guess) -> Decoded {
    let (chars, rest) = bytes.as_chunks::<4>();
    let mut faulty = !rest.is_empty();
    let text = chars.iter().map(|bytes| {
        char::from_u32(order(*bytes)).unwrap_or_else(|| {
            faulty = true;
            char::REPLACEMENT_CHARACTER
        })
    });
    let text: String = text.collect();
    (text, note("UTF-32", guess, faulty))
}

/// `<meta charset=…>` or `<meta http-equiv … content="…; charset=…">`, or what XML says before everything else.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let xml = head
        .starts_with("<?xml")
        .then(|| head.split("encoding").skip(1).take(1));
    let mut named = xml
        .into_iter()
        .flatten()
        .chain(head.split("charset").skip(1));
    let after = named.find_map(|rest| {
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
    (text.into_owned(), note(encoding.name(), guess, faulty))
}

fn note(encoding: &'static str, guess: Guess, faulty: bool) -> Option<Note> {
    match (guess, faulty) {
        (_, true) => Some(Note::Replaced {
            encoding: encoding.into(),
        }),
        (Guess::Yes, false) => Some(Note::Guessed {
            encoding: encoding.into(),
        }),
        (Guess::No, false) => None,
    }
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
    fn a_short_file_of_bytes_that_mean_nothing_is_no_text() {
        for (bytes, expected) in [
            (&b"\x00\x01\x02\xff\xfe\x80"[..], "a binary file, skipped"),
            (b"\x00\x01\x02", "a binary file, skipped"),
            (b"a\x01\x02\x03\xff", "a binary file, skipped"),
            // A stray one costs nothing.
            (b"caf\xe9\x01 noir", "caf\u{e9}\u{1} noir"),
            (b"oil\x01", "oil\u{1}"),
            ("\0\u{706f}".as_bytes(), " \u{706f}"),
        ] {
            assert_eq!(text(bytes), expected, "{bytes:?}");
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
    fn wide_encodings_need_no_mark() {
        for said in [
            "Die Stra\u{df}e f\u{fc}hrt zum Fl\u{fc}sschen",
            "\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}, \u{43c}\u{438}\u{440}",
            "<p>\u{6771}\u{4eac}\u{306e}\u{5929}\u{6c17}</p>\n",
            "a smile \u{1f600}, twice \u{1f600}",
        ] {
            let units: Vec<u16> = said.encode_utf16().collect();
            let small =
                |order: fn(u16) -> [u8; 2]| units.iter().flat_map(|unit| order(*unit)).collect();
            let large = |order: fn(u32) -> [u8; 4]| {
                said.chars().flat_map(|c| order(u32::from(c))).collect()
            };
            let written: [Vec<u8>; 4] = [
                small(u16::to_le_bytes),
                small(u16::to_be_bytes),
                large(u32::to_le_bytes),
                large(u32::to_be_bytes),
            ];
            for bytes in written {
                assert_eq!(text(&bytes), said, "{bytes:?}");
            }
            let marked: String = format!("\u{feff}{said}");
            for order in [u32::to_le_bytes as fn(u32) -> [u8; 4], u32::to_be_bytes] {
                let bytes: Vec<u8> = marked.chars().flat_map(|c| order(u32::from(c))).collect();
                assert_eq!(text(&bytes), said);
            }
        }
    }

    #[test]
    fn japanese_in_seven_bits_is_read_and_colours_of_terminals_are_not_taken_for_it() {
        assert_eq!(text(b"<p>\x1b$BEl5~\x1b(B</p>"), "<p>\u{6771}\u{4eac}</p>");
        let log = b"\x1b[1mbold\x1b[0m $B";
        assert_eq!(text(log).as_bytes(), log);
    }

    #[test]
    fn stray_bytes_cost_only_themselves() {
        assert_eq!(text(b"one\0two"), "one two");
        assert_eq!(
            text(b"plain words here with a NUL\0 inside of them"),
            "plain words here with a NUL  inside of them"
        );
        let russian = "\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442} \u{43c}\u{438}\u{440}";
        assert_eq!(
            text(format!("{russian}\0{russian}").as_bytes()),
            format!("{russian} {russian}")
        );
        assert_eq!(text(b"one\x01 two \x02"), "one\u{1} two \u{2}");
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        for (bytes, expected) in [
            (&b"a\rb\rc"[..], "a\nb\nc"),
            (b"a\r\nb\r\n", "a\nb\n"),
            (b"a\r\rb\n", "a\n\nb\n"),
        ] {
            assert_eq!(text(bytes), expected);
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
        assert_eq!(
            note,
            Some(Note::Replaced {
                encoding: "UTF-8".into()
            })
        );
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
