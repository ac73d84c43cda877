//! Books: an archive of chapters in XHTML, and a file that says in which order they come.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};
use zip::ZipArchive;

use super::html;
use super::json::{Entries, Entry};
use crate::files::{Format, decode};
use crate::page::{Kind, Page, Region};
use crate::report::Skip;
use crate::words::tidy;

/// Where the archive says which file describes the book.
const CONTAINER: &str = "META-INF/container.xml";

/// Reads a book whose files unpack to so many bytes at most. Linear in these.
///
/// # Errors
/// It is no book, damaged, or unpacks to more.
pub(crate) fn read(bytes: &[u8], most: u64) -> Result<Entries, Skip> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut files = Files {
        archive,
        left: most,
        most,
    };
    let container = files.text(CONTAINER)?;
    let mut path = String::new();
    elements(&container, |name, attributes, _| {
        if name == "rootfile" && path.is_empty() {
            path = attributes.get("full-path").cloned().unwrap_or_default();
        }
    });
    let book = Book::read(&files.text(&path)?);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut entries = Vec::new();
    for chapter in &book.chapters {
        let name = resolved(folder, chapter);
        // What is missing, damaged or without a text is counted.
        let text = files
            .bytes(&name)?
            .and_then(|bytes| decode(bytes, Format::Html));
        let page = text.ok().map(|(text, _)| book.chapter(&text));
        entries.push(Entry {
            page: page.filter(|page| !page.blocks.is_empty()),
            number: Some(entries.len() + 1),
        });
    }
    Ok(Entries::Objects {
        entries,
        may_be_parts: false,
    })
}

/// What is known of a book.
#[derive(Default)]
struct Book {
    fields: Map<String, Value>,
    title: String,
    /// Addresses of the chapters, in their order.
    chapters: Vec<String>,
}

impl Book {
    fn read(package: &str) -> Self {
        let mut book = Self::default();
        let mut addresses = HashMap::new();
        let mut order = Vec::new();
        elements(package, |name, attributes, text| {
            let attribute = |name: &str| attributes.get(name).cloned().unwrap_or_default();
            let mut put = |field: &str| {
                book.fields
                    .entry(field)
                    .or_insert_with(|| Value::String(tidy(text)));
            };
            match name {
                "title" if book.title.is_empty() => book.title = tidy(text),
                "creator" => put("author"),
                "language" => put("lang"),
                "date" => put("date"),
                "item" => {
                    addresses.insert(attribute("id"), attribute("href"));
                }
                "itemref" => order.push(attribute("idref")),
                _ => {}
            }
        });
        book.chapters = order
            .iter()
            .filter_map(|id| addresses.get(id).cloned())
            .collect();
        book
    }

    /// A chapter: called by its first heading, or else by the book.
    fn chapter(&self, text: &str) -> Page {
        let mut blocks = html::fragment(&html::with_end_tags(text, "chapter.xhtml"));
        let mut fields = self.fields.clone();
        let heads = blocks
            .first()
            .is_some_and(|block| block.kind == Kind::Heading);
        let title = match heads {
            true => blocks.remove(0).text,
            false => self.title.clone(),
        };
        if !self.title.is_empty() {
            fields.insert("book".into(), Value::String(self.title.clone()));
        }
        fields.insert("title".into(), Value::String(title));
        Page {
            region: Region::Whole,
            blocks,
            fields,
            ..Page::default()
        }
    }
}

/// The archive, with what may still be unpacked.
struct Files<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    most: u64,
}

impl Files<'_> {
    /// A file's bytes, or what is wrong with it.
    ///
    /// # Errors
    /// All files together unpack to too much.
    fn bytes(&mut self, name: &str) -> Result<Result<Vec<u8>, Skip>, Skip> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(fault) => return Ok(Err(damaged(fault))),
        };
        let mut bytes = Vec::new();
        if let Err(fault) = file.take(self.left + 1).read_to_end(&mut bytes) {
            return Ok(Err(Skip::Damaged(fault.to_string())));
        }
        let length = bytes.len() as u64;
        self.left = self.left.checked_sub(length).ok_or(Skip::TooLarge {
            megabytes: self.most >> 20,
        })?;
        Ok(Ok(bytes))
    }

    fn text(&mut self, name: &str) -> Result<String, Skip> {
        let bytes = self.bytes(name)??;
        decode(bytes, Format::Feed).map(|(text, _)| text)
    }
}

fn damaged(fault: zip::result::ZipError) -> Skip {
    Skip::Damaged(fault.to_string())
}

/// Calls for every element, with its name, its attributes and the text behind its start.
fn elements(source: &str, mut each: impl FnMut(&str, &HashMap<String, String>, &str)) {
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_end_names = false;
    let mut open: Option<(String, HashMap<String, String>, String)> = None;
    loop {
        let event = reader.read_event();
        let tag = match &event {
            Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
            Ok(Event::Text(text)) => {
                if let Some((_, _, said)) = &mut open {
                    said.push_str(&text.xml10_content());
                }
                continue;
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some((_, _, said)) = &mut open {
                    let known = name.resolve_char_ref().ok().flatten();
                    said.push(known.unwrap_or(if &**name == "amp" { '&' } else { ' ' }));
                }
                continue;
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {
                if let Some((name, attributes, text)) = open.take() {
                    each(&name, &attributes, &text);
                }
                continue;
            }
        };
        if let Some((name, attributes, text)) = open.take() {
            each(&name, &attributes, &text);
        }
        let name = tag.local_name().as_ref().to_lowercase();
        let mut attributes = tag.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let key = attribute.key.local_name().as_ref().to_lowercase();
            (key, attribute.value.to_string())
        });
        open = Some((name, attributes.collect(), String::new()));
    }
    if let Some((name, attributes, text)) = open {
        each(&name, &attributes, &text);
    }
}

/// A chapter's name in the archive: beneath the folder of the file that names it, its escapes undone.
fn resolved(folder: &str, address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut bytes = Vec::new();
    let joined = parts.join("/");
    let mut rest = joined.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = (byte == b'%').then(|| after.get(..2)).flatten();
        let code = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
