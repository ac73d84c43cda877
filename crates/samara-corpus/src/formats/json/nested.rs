//! Texts that lie deeper than an entry's own fields: sections, items, steps, questions with their answers.

use serde_json::{Map, Value};

use super::entry;
use crate::page::Block;
use crate::words::{count_words, tidy};

/// Names of what stands above a text.
const HEADINGS: [&str; 7] = [
    "heading", "title", "headline", "name", "question", "term", "label",
];
/// Names of a heading's fragment identifier.
const ANCHORS: [&str; 3] = ["anchor", "fragment", "id"];
/// Names of values for programs.
const TECHNICAL: [&str; 36] = [
    "href",
    "src",
    "srcset",
    "url",
    "uri",
    "link",
    "path",
    "id",
    "guid",
    "uuid",
    "slug",
    "type",
    "lang",
    "language",
    "locale",
    "width",
    "height",
    "mime",
    "mime_type",
    "mimetype",
    "encoding",
    "class",
    "classname",
    "style",
    "icon",
    "color",
    "colour",
    "sha",
    "hash",
    "etag",
    "rel",
    "target",
    "rule",
    "anchor",
    "fragment",
    "checksum",
];

/// A value of so many words is a text by itself, no cell of a row.
const ROW_WORDS: usize = 8;

/// Blocks of a value: its texts, in reading order. Linear; as deep as JSON may nest.
pub(super) fn blocks(value: &Value) -> Vec<Block> {
    let mut blocks = Vec::new();
    add(value, &mut blocks);
    blocks
}

/// Whether a value is for programs, by its name.
pub(super) fn is_technical(name: &str) -> bool {
    name.starts_with(['_', '@', '$']) || TECHNICAL.contains(&name)
}

fn add(value: &Value, blocks: &mut Vec<Block>) {
    match value {
        Value::String(text) => blocks.extend(entry::blocks(text)),
        Value::Number(number) => blocks.push(Block::text(number.to_string())),
        Value::Array(items) => items.iter().for_each(|item| add(item, blocks)),
        Value::Object(object) => add_object(object, blocks),
        Value::Null | Value::Bool(_) => {}
    }
}

/// A heading with what stands beneath it, or a row of short values.
fn add_object(object: &Map<String, Value>, blocks: &mut Vec<Block>) {
    let heading = HEADINGS.iter().find_map(|name| {
        let (key, value) = object.iter().find(|(key, _)| key.to_lowercase() == *name)?;
        let text = value.as_str().map(tidy).filter(|text| !text.is_empty())?;
        Some((key, text))
    });
    let heads = |key: &String| heading.as_ref().is_some_and(|(heading, _)| *heading == key);
    let mut rest: Vec<(&String, &Value)> = object
        .iter()
        .filter(|(key, value)| !heads(key) && is_told(key, value))
        .collect();
    rest.sort_by_key(|(key, _)| !entry::is_text(key));
    let is_row = rest.iter().all(|(key, value)| {
        let short = match value {
            Value::String(text) => {
                !text.contains('\n')
                    && count_words(text) < ROW_WORDS
                    && !text.trim_end().ends_with(['.', '!', '?'])
            }
            Value::Number(_) => true,
            _ => false,
        };
        short && !entry::is_text(key)
    });
    if is_row {
        let values = rest.iter().map(|(_, value)| match value {
            Value::String(text) => tidy(text),
            value => value.to_string(),
        });
        let row: Vec<String> = heading
            .into_iter()
            .map(|(_, text)| text)
            .chain(values)
            .collect();
        blocks.extend(
            Some(row.join(" "))
                .filter(|row| !row.is_empty())
                .map(Block::text),
        );
        return;
    }
    if let Some((_, text)) = heading {
        let anchor = ANCHORS.iter().find_map(|name| object.get(*name)?.as_str());
        blocks.push(Block::heading(text, anchor.unwrap_or_default()));
    }
    for (_, value) in rest {
        add(value, blocks);
    }
}

/// Whether a value is for readers: no address, no number of a thing, no name of a kind.
fn is_told(key: &str, value: &Value) -> bool {
    let for_programs = match value {
        Value::String(text) => {
            let text = text.trim();
            !text.contains(char::is_whitespace)
                && (text.contains("://") || text.starts_with('/') || text.starts_with("data:"))
        }
        Value::Null | Value::Bool(_) => true,
        _ => false,
    };
    !for_programs && !is_technical(&key.to_lowercase())
}
