//! Letters: `.eml` and mailboxes.

use mail_parser::{Addr, Address, MessageParser, MimeHeaders, PartType};
use serde_json::{Map, Value};

use super::html;
use super::json::{Entries, Entry, page};
use crate::page::{Block, Page};
use crate::report::Skip;
use crate::words::tidy;

/// The letter of a file.
pub(crate) fn read(bytes: &[u8]) -> Entries {
    Entries::Objects {
        entries: vec![Entry {
            page: letter(bytes),
            number: None,
        }],
        may_be_parts: false,
    }
}

/// The letters of a mailbox, of which there are so many at most. Linear.
///
/// # Errors
/// There are more.
pub(crate) fn read_all(bytes: &[u8], most: usize) -> Result<Entries, Skip> {
    let mut entries = Vec::new();
    let mut add = |letter: &[u8]| {
        if letter.trim_ascii().is_empty() {
            return Ok(());
        }
        entries.push(Entry {
            page: self::letter(letter),
            number: Some(entries.len() + 1),
        });
        match entries.len() > most {
            true => Err(Skip::TooManyEntries),
            false => Ok(()),
        }
    };
    let mut letter = Vec::new();
    let mut follows_gap = true;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if follows_gap && line.starts_with(b"From ") {
            add(&letter)?;
            letter.clear();
        } else {
            // A line of a letter that begins like the next letter is marked.
            let quoted = line.strip_prefix(b">").filter(|rest| {
                let mut rest = *rest;
                while let Some(inner) = rest.strip_prefix(b">") {
                    rest = inner;
                }
                rest.starts_with(b"From ")
            });
            letter.extend_from_slice(quoted.unwrap_or(line));
        }
        follows_gap = line.trim_ascii().is_empty();
    }
    add(&letter)?;
    Ok(Entries::Objects {
        entries,
        may_be_parts: false,
    })
}

/// A name and an address, as people write them.
fn written(person: &Addr) -> String {
    match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{} <{}>", tidy(name), tidy(address)),
        (name, address) => tidy(name.or(address).unwrap_or_default()),
    }
}

fn letter(bytes: &[u8]) -> Option<Page> {
    let message = MessageParser::default().parse(bytes)?;
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            fields.insert(name.to_string(), Value::String(value));
        }
    };
    put("title", message.subject().map(tidy));
    let sender = message.from().and_then(|from| from.first());
    let sender = sender.and_then(|from| from.name().or(from.address()));
    put("author", sender.map(tidy));
    put("date", message.date().map(|date| date.to_rfc3339()));
    let mut page = page(Value::Object(fields))?;
    for (name, addresses) in [
        ("from", message.from()),
        ("to", message.to()),
        ("cc", message.cc()),
    ] {
        for person in addresses.into_iter().flat_map(Address::iter) {
            page.put(name, &written(person));
        }
    }
    // Each part in its plain form, if it has one; attached texts are parts, too.
    let bodies = message.text_bodies().chain(message.attachments());
    let mut seen = Vec::new();
    for part in bodies {
        match &part.body {
            PartType::Text(text) if !seen.contains(&part.offset_body) => {
                page.blocks.extend(lines(text));
                seen.push(part.offset_body);
            }
            PartType::Html(text) if !seen.contains(&part.offset_body) => {
                page.blocks.extend(html::fragment(text));
                seen.push(part.offset_body);
            }
            // The names of other attachments are what is known of them.
            PartType::Binary(_) => page
                .blocks
                .extend(part.attachment_name().map(tidy).map(Block::text)),
            _ => {}
        }
    }
    Some(page)
}

fn lines(text: &str) -> impl Iterator<Item = Block> {
    let lines = text.lines().map(str::trim_end);
    let lines = lines.filter(|line| !line.trim().is_empty());
    lines.map(Block::text)
}
