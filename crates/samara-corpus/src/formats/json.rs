//! JSON and JSON Lines: documents as objects, and the search indexes of other tools.
//!
//! Text in JSON is content by definition: nothing is cleaned away. mdBook's index holds a document
//! for each heading, and is put together to pages with sections here.

use serde_json::{Map, Value};

use crate::files::Format;
use crate::formats::html;
use crate::page::{Block, Page, Region};
use crate::words::tidy;

/// Names of the field that holds the text, most telling first.
const TEXTS: [&str; 7] = [
    "text",
    "body",
    "content",
    "contents",
    "article",
    "description",
    "summary",
];
/// Names under which a list of documents is found in an object.
const LISTS: [&str; 8] = [
    "docs",
    "documents",
    "items",
    "pages",
    "posts",
    "results",
    "entries",
    "data",
];

/// What a file holds.
#[derive(Debug)]
pub(crate) enum Entries {
    /// An object for each document. What their fields mean is not yet known.
    Objects {
        entries: Vec<Entry>,
        /// They may be parts of pages, told by their addresses.
        may_be_parts: bool,
    },
    /// Pages that were put together of the entries.
    Whole(Vec<Page>),
}

/// An object, or what stands in its place.
#[derive(Debug)]
pub(crate) struct Entry {
    /// `None` for what is no object.
    pub page: Option<Page>,
    /// Its number in the file, from 1; `None` for the only one.
    pub number: Option<usize>,
}

impl Entries {
    fn none() -> Self {
        Self::Whole(Vec::new())
    }
}

/// Reads the documents of a file. An object that holds none yields none.
///
/// # Errors
/// What is wrong with the JSON and where.
pub(crate) fn read(source: &str, format: Format) -> Result<Entries, String> {
    match format {
        Format::JsonLines => {
            let mut entries = Vec::new();
            for (number, line) in source.lines().enumerate() {
                if line.trim().is_empty() {
                    continue;
                }
                let value = serde_json::from_str(line).map_err(|error| {
                    let what = error.to_string();
                    let what = what.split(" at line ").next().unwrap_or_default();
                    format!("{what} at line {} column {}", number + 1, error.column())
                })?;
                entries.push(Entry {
                    page: page(value),
                    number: Some(number + 1),
                });
            }
            Ok(Entries::Objects {
                entries,
                may_be_parts: false,
            })
        }
        Format::JsonScript => entries(&script(source)?),
        _ => entries(source),
    }
}

fn entries(source: &str) -> Result<Entries, String> {
    let value: Value = serde_json::from_str(source).map_err(|error| error.to_string())?;
    let mut object = match value {
        Value::Array(items) => return Ok(list(items)),
        Value::Object(object) => object,
        _ => return Ok(Entries::none()),
    };
    if let Some(pages) = mdbook(&mut object) {
        return Ok(Entries::Whole(pages));
    }
    let found = LISTS.iter().find(|name| {
        let items = object.get(**name).and_then(Value::as_array);
        items.is_some_and(|items| items.iter().any(Value::is_object))
    });
    Ok(match found.and_then(|name| object.remove(*name)) {
        Some(Value::Array(items)) => list(items),
        _ => Entries::Objects {
            entries: vec![Entry {
                page: page(Value::Object(object)),
                number: None,
            }],
            may_be_parts: false,
        },
    })
}

/// A list of documents.
fn list(items: Vec<Value>) -> Entries {
    let entries = items.into_iter().zip(1..).map(|(item, number)| Entry {
        page: page(item),
        number: Some(number),
    });
    Entries::Objects {
        entries: entries.collect(),
        may_be_parts: true,
    }
}

/// A page from an object: its text as blocks, and all that is left as fields.
fn page(value: Value) -> Option<Page> {
    let Value::Object(mut object) = value else {
        return None;
    };
    let mut page = Page {
        region: Region::Whole,
        ..Page::default()
    };
    page.blocks = match object.remove("html") {
        Some(Value::String(html)) => html::fragment(&html),
        _ => text(&mut object),
    };
    if let Some(Value::Array(sections)) = object.remove("sections")
        && sections.iter().any(Value::is_object)
    {
        page.blocks = sections.into_iter().flat_map(section).collect();
    }
    object.remove("dropped");
    page.fields = object;
    Some(page)
}

/// The blocks of the field that holds the text: a text, a number, or a list of them.
fn text(object: &mut Map<String, Value>) -> Vec<Block> {
    let is_plain = |value: &Value| value.is_string() || value.is_number();
    let name = TEXTS.iter().find(|name| match object.get(**name) {
        Some(Value::Array(items)) => !items.is_empty() && items.iter().all(is_plain),
        value => value.is_some_and(is_plain),
    });
    let block = |value: Value| match value {
        Value::String(text) if is_markup(&text) => html::fragment(&text),
        Value::String(text) => lines(&text),
        value => lines(&value.to_string()),
    };
    match name.and_then(|name| object.remove(*name)) {
        Some(Value::Array(items)) => items.into_iter().flat_map(block).collect(),
        Some(value) => block(value),
        None => Vec::new(),
    }
}

fn section(value: Value) -> Vec<Block> {
    let Value::Object(object) = value else {
        return Vec::new();
    };
    let field = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut blocks = Vec::new();
    if !field("heading").is_empty() {
        blocks.push(Block::heading(field("heading"), field("anchor")));
    }
    blocks.extend(lines(field("text")));
    blocks
}

fn lines(text: &str) -> Vec<Block> {
    let lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty());
    lines.map(Block::text).collect()
}

/// Some indexes keep their pages' markup.
fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && ["</p>", "</div>", "</ul>", "</h2>", "</pre>", "</li>"]
            .iter()
            .any(|tag| text.contains(tag))
}

/// mdBook's index: addresses in one list, texts in another, a document a heading.
fn mdbook(object: &mut Map<String, Value>) -> Option<Vec<Page>> {
    let addresses = object.remove("doc_urls")?;
    let docs = object
        .get_mut("index")?
        .get_mut("documentStore")?
        .get_mut("docs")?
        .take();
    let (Value::Array(addresses), Value::Object(docs)) = (addresses, docs) else {
        return None;
    };
    let mut ordered: Vec<(usize, Value)> = docs
        .into_iter()
        .filter_map(|(number, doc)| Some((number.parse().ok()?, doc)))
        .collect();
    ordered.sort_by_key(|(number, _)| *number);
    let mut pages: Vec<Page> = Vec::new();
    for (number, doc) in ordered {
        let Some(address) = addresses.get(number).and_then(Value::as_str) else {
            continue;
        };
        let (base, anchor) = address.split_once('#').unwrap_or((address, ""));
        let field = |name: &str| tidy(doc.get(name).and_then(Value::as_str).unwrap_or_default());
        let (title, body) = (field("title"), field("body"));
        let known = pages
            .last_mut()
            .filter(|page| page.url.as_deref() == Some(base));
        let page = match known {
            Some(page) => {
                page.blocks.push(Block::heading(title, anchor));
                page
            }
            None => {
                let url = Some(base.to_string());
                pages.push(Page {
                    url,
                    title,
                    region: Region::Whole,
                    ..Page::default()
                });
                pages.last_mut()?
            }
        };
        if !body.is_empty() {
            page.blocks.push(Block::text(body));
        }
    }
    Some(pages)
}

/// The JSON in a script that hands it to the page: an object, or a string that holds one.
fn script(source: &str) -> Result<String, String> {
    if let Some(at) = source.find("JSON.parse(") {
        let rest = source[at + "JSON.parse(".len()..].trim_start();
        let quote = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '\'' | '"' | '`'));
        let end = quote.and_then(|quote| rest.rfind(quote));
        if let Some(end) = end.filter(|end| *end > 0) {
            return Ok(unescape(&rest[1..end]));
        }
    }
    let (start, end) = (source.find('{'), source.rfind('}'));
    match (start, end) {
        (Some(start), Some(end)) if start < end => Ok(source[start..=end].to_string()),
        _ => Err("no JSON found in the script".into()),
    }
}

/// What a script's string literal stands for.
fn unescape(literal: &str) -> String {
    let mut text = String::with_capacity(literal.len());
    let mut chars = literal.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).ok();
                    text.push(code.and_then(char::from_u32).unwrap_or('\u{fffd}'));
                }
                Some(other) => text.push(other),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}
