//! PDF with text in it: a file is a document, its pages are sections that viewers open at (`letter.pdf#page=3`).
//!
//! The library that reads it trusts its input, so a file is looked at before: what its streams unpack to, how often its
//! pages draw what other objects hold, and whether anything goes in circles. A page on which it fails all the same costs
//! that page.

use std::collections::HashMap;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::write::ZlibDecoder;
use pdf_extract::{
    Dictionary, Document, Object, ObjectId, PlainTextOutput, decode_text_string, output_doc_page,
};
use serde_json::Value;

use crate::page::{Block, Page, Region};
use crate::report::{Note, Skip};
use crate::words::{drop_invisible, tidy};

/// Bytes of drawing that a file's pages may ask for, counted each time they are drawn: a thousand full pages have thirty
/// million.
const MOST_DRAWN: usize = 1 << 27;
/// Bytes that say what letters are, counted each time a page is written with their font.
const MOST_LETTERS: usize = 1 << 28;
/// Objects that draw others do so in a row of a few.
const DEEPEST: usize = 16;
/// Pages of a file; each costs a look at all of them.
const MOST_PAGES: usize = 1 << 13;
/// Pages stand in groups of groups.
const DEEPEST_GROUP: usize = 64;
/// An older way of packing, whose streams may unpack to a thousand times their size: so many bytes of them are read.
const MOST_LZW: usize = 1 << 16;

/// Reads a file whose streams unpack to so many bytes at most.
///
/// # Errors
/// It is none, locked, damaged, made to fill memory, or holds no text.
pub(crate) fn read(bytes: &[u8], most: u64) -> Result<Page, Skip> {
    look_at_streams(bytes, most)?;
    let failed = || Skip::Damaged("it cannot be read".into());
    let document = catch_unwind(|| Document::load_mem(bytes)).map_err(|_| failed())?;
    let mut document = document.map_err(|fault| Skip::Damaged(fault.to_string()))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Skip::Locked);
    }
    look_at_pages(&document)?;
    let mut page = Page {
        region: Region::Whole,
        ..Page::default()
    };
    describe(&document, &mut page);
    let mut unread = 0;
    for number in document.get_pages().into_keys() {
        match text_of(&document, number) {
            Some(text) => page.blocks.extend(blocks(&text, number)),
            None => unread += 1,
        }
    }
    if unread > 0 {
        page.notes.push(Note::PagesUnread { pages: unread });
    }
    if page.blocks.is_empty() {
        return Err(if unread > 0 { failed() } else { Skip::NoText });
    }
    Ok(page)
}

fn text_of(document: &Document, number: u32) -> Option<String> {
    let read = || {
        let mut text = String::new();
        output_doc_page(document, &mut PlainTextOutput::new(&mut text), number).ok()?;
        Some(text)
    };
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// Paragraphs of a page: lines that follow one another without a gap are one. A word that is parted at the end of a line
/// keeps its hyphen, which may be the author's.
fn blocks(text: &str, number: u32) -> Vec<Block> {
    let anchor = format!("page={number}");
    let mut paragraphs: Vec<String> = Vec::new();
    let mut follows = false;
    for line in text.lines() {
        let mut line = line.replace('\0', " ");
        drop_invisible(&mut line);
        let line = tidy(&line);
        match paragraphs
            .last_mut()
            .filter(|_| follows && !line.is_empty())
        {
            Some(paragraph) => {
                if !paragraph.ends_with('-') {
                    paragraph.push(' ');
                }
                paragraph.push_str(&line);
            }
            None if !line.is_empty() => paragraphs.push(line.clone()),
            None => {}
        }
        follows = !line.is_empty();
    }
    let paragraphs = paragraphs.into_iter();
    paragraphs
        .map(|text| Block {
            goes_on: Some(anchor.clone()),
            ..Block::text(text)
        })
        .collect()
}

/// What the file says of itself.
fn describe(document: &Document, page: &mut Page) {
    let Ok(about) = document.trailer.get(b"Info") else {
        return;
    };
    let Some(about) = resolved(document, about).and_then(|object| object.as_dict().ok()) else {
        return;
    };
    let text = |key: &[u8]| {
        let value = resolved(document, about.get(key).ok()?)?;
        let text = decode_text_string(value).ok()?;
        Some(tidy(&text)).filter(|text| !text.is_empty())
    };
    if let Some(title) = text(b"Title").filter(|title| is_title(title)) {
        page.fields.insert("title".into(), Value::String(title));
    }
    if let Some(author) = text(b"Author") {
        page.fields.insert("author".into(), Value::String(author));
    }
    let date = text(b"CreationDate").and_then(|date| day(&date));
    if let Some(date) = date {
        page.fields.insert("date".into(), Value::String(date));
    }
}

/// Programs write what they know where an author wrote nothing.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [
        ".doc", ".docx", ".tex", ".dvi", ".indd", ".qxd", ".pdf", ".odt",
    ]
    .iter()
    .any(|end| lower.ends_with(end));
    !is_file && !lower.starts_with("microsoft ") && lower != "untitled"
}

/// `D:20240201093000Z` is a day.
fn day(date: &str) -> Option<String> {
    let digits = date.strip_prefix("D:").unwrap_or(date).get(..8)?;
    let is_day = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// Unpacks all streams, and keeps none.
fn look_at_streams(bytes: &[u8], most: u64) -> Result<(), Skip> {
    const BEGIN: &[u8] = b"stream";
    let too_large = || Skip::TooLarge {
        megabytes: most >> 20,
    };
    if is_packed_twice(bytes) {
        return Err(too_large());
    }
    let mut left = most;
    let mut rest = bytes;
    while let Some(at) = find(rest, BEGIN) {
        let after = &rest[at + BEGIN.len()..];
        let is_end = rest[..at].ends_with(b"end");
        rest = after;
        if is_end {
            continue;
        }
        let packed = after.strip_prefix(b"\r").unwrap_or(after);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        // Zlib's first byte; other streams are what they are.
        if packed.first().is_none_or(|byte| byte & 0x0f != 8) {
            continue;
        }
        let mut counted = Counted { left };
        let mut unpacked = ZlibDecoder::new(&mut counted);
        // Behind the stream stands something else, which is a fault to the decoder.
        let end = find(packed, b"endstream").unwrap_or(packed.len());
        let _ = unpacked.write_all(&packed[..end]);
        drop(unpacked);
        left = counted.left;
        if left == 0 {
            return Err(too_large());
        }
        rest = &packed[end..];
    }
    Ok(())
}

/// Whether what a stream unpacks to is packed once more, which no program writes.
fn is_packed_twice(bytes: &[u8]) -> bool {
    const FILTER: &[u8] = b"/Filter";
    let mut rest = bytes;
    while let Some(at) = find(rest, FILTER) {
        rest = rest[at + FILTER.len()..].trim_ascii_start();
        let list = rest.strip_prefix(b"[").unwrap_or_default();
        let end = list.iter().position(|byte| *byte == b']').unwrap_or(0);
        let packs = |filter: &&[u8]| {
            filter.starts_with(b"Fl") || filter.starts_with(b"LZW") || filter.starts_with(b"Run")
        };
        if list[..end]
            .split(|byte| *byte == b'/')
            .filter(packs)
            .count()
            > 1
        {
            return true;
        }
    }
    false
}

/// Follows what every page draws, as the library will, and counts it.
///
/// # Errors
/// It is more than a file's pages draw, or goes in circles.
fn look_at_pages(document: &Document) -> Result<(), Skip> {
    let lzw = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok());
    let lzw = lzw.filter(|stream| {
        let filters = stream.filters().unwrap_or_default();
        filters.iter().any(|filter| filter.starts_with(b"LZW"))
    });
    let circles = || Skip::Damaged("its pages draw without end".into());
    let pages = document.get_pages();
    let mut sizes = HashMap::new();
    let mut letters = MOST_LETTERS;
    if pages.len() > MOST_PAGES || lzw.map(|stream| stream.content.len()).sum::<usize>() > MOST_LZW
    {
        return Err(Skip::TooManyEntries);
    }
    let mut left = MOST_DRAWN;
    for page in pages.into_values() {
        let own = inherited(document, page).ok_or_else(circles)?;
        let size = own.map_or(0, |own| letters_of(document, own, &mut sizes));
        letters = letters.checked_sub(size).ok_or_else(circles)?;
        let content = document.get_page_content(page).unwrap_or_default();
        draw(document, &content, own, DEEPEST, &mut left).ok_or_else(circles)?;
    }
    Ok(())
}

/// What a page draws with, which it may have from the groups that it stands in; `None` where these stand in each other.
fn inherited(document: &Document, page: ObjectId) -> Option<Option<&Dictionary>> {
    let mut found = None;
    let mut at = document.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST_GROUP {
        found = found.or_else(|| dictionary(document, at, b"Resources"));
        let above = at.get(b"Parent").and_then(Object::as_reference);
        match above.and_then(|above| document.get_dictionary(above)) {
            Ok(above) => at = above,
            Err(_) => return Some(found),
        }
    }
    None
}

/// Bytes that say what the letters of the fonts are which a page writes with.
fn letters_of(
    document: &Document,
    with: &Dictionary,
    sizes: &mut HashMap<ObjectId, usize>,
) -> usize {
    let Some(fonts) = dictionary(document, with, b"Font") else {
        return 0;
    };
    let maps = fonts.iter().filter_map(|(_, font)| {
        let font = resolved(document, font)?.as_dict().ok()?;
        font.get(b"ToUnicode").and_then(Object::as_reference).ok()
    });
    let size = |id| {
        let stream = document.get_object(id).and_then(Object::as_stream);
        let content = stream.and_then(|stream| stream.get_plain_content());
        content.map_or(0, |content| content.len())
    };
    maps.map(|id| *sizes.entry(id).or_insert_with(|| size(id)))
        .sum()
}

fn dictionary<'a>(
    document: &'a Document,
    of: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    resolved(document, of.get(key).ok()?)?.as_dict().ok()
}

/// Takes what a content draws off what is left; `None` where that is too much, or too deep.
fn draw(
    document: &Document,
    content: &[u8],
    with: Option<&Dictionary>,
    deep: usize,
    left: &mut usize,
) -> Option<()> {
    *left = left.checked_sub(content.len() + 1)?;
    let others = with.and_then(|with| dictionary(document, with, b"XObject"));
    let Some(others) = others else {
        return Some(());
    };
    let mut name: &[u8] = &[];
    for word in content.split(|byte| byte.is_ascii_whitespace() || b"[]()<>".contains(byte)) {
        // What is drawn has its name right before: `/Fm1 Do`.
        if word.ends_with(b"Do") {
            let own = if word == b"Do" {
                name
            } else {
                &word[..word.len() - 2]
            };
            let own = own
                .iter()
                .rposition(|byte| *byte == b'/')
                .map(|at| &own[at + 1..]);
            let drawn = own.and_then(|own| resolved(document, others.get(own).ok()?));
            if let Some(stream) = drawn.and_then(|object| object.as_stream().ok())
                && !stream
                    .dict
                    .get(b"Subtype")
                    .is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Image"))
            {
                let inner = stream.get_plain_content().unwrap_or_default();
                let own = dictionary(document, &stream.dict, b"Resources").or(with);
                draw(document, &inner, own, deep.checked_sub(1)?, left)?;
            }
        }
        if !word.is_empty() {
            name = word;
        }
    }
    Some(())
}

/// Takes bytes until so many have come.
struct Counted {
    left: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if self.left == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
