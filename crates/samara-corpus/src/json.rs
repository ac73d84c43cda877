//! JSON and JSON Lines: documents as objects, and the search indexes of other tools.
//!
//! Text in JSON is content by definition: nothing is cleaned away. Indexes that hold a document a
//! heading (mdBook, MkDocs) are joined to a document a page, with sections.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::fields;
use crate::fold::tidy;
use crate::format::Format;
use crate::html;
use crate::page::{Block, Page, Region};

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
#[derive(Default)]
pub(crate) struct Documents {
    pub pages: Vec<Page>,
    /// Entries with neither text nor title.
    pub skipped: usize,
}

impl Documents {
    fn add(&mut self, page: Option<Page>) {
        self.skipped += usize::from(page.is_none());
        self.pages.extend(page);
    }
}

/// Reads the documents of a file. An object that holds none yields none.
///
/// # Errors
/// What is wrong with the JSON and where.
pub(crate) fn read(source: &str, format: Format) -> Result<Documents, String> {
    match format {
        Format::JsonLines => {
            let mut documents = Documents::default();
            for (number, line) in source.lines().enumerate() {
                if line.trim().is_empty() {
                    continue;
                }
                let value = serde_json::from_str(line).map_err(|error| {
                    let what = error.to_string();
                    let what = what.split(" at line ").next().unwrap_or_default();
                    format!("{what} at line {} column {}", number + 1, error.column())
                })?;
                documents.add(page(value, number + 1));
            }
            Ok(documents)
        }
        Format::JsonScript => documents(&script(source)?),
        _ => documents(source),
    }
}

fn documents(source: &str) -> Result<Documents, String> {
    let value: Value = serde_json::from_str(source).map_err(|error| error.to_string())?;
    let mut documents = Documents::default();
    match value {
        Value::Array(items) => return Ok(list(items)),
        Value::Object(mut object) => {
            if let Some(pages) = mdbook(&mut object) {
                documents.pages = pages;
                return Ok(documents);
            }
            let found = LISTS.iter().find(|name| {
                let items = object.get(**name).and_then(Value::as_array);
                items.is_some_and(|items| items.iter().any(Value::is_object))
            });
            match found.and_then(|name| object.remove(*name)) {
                Some(Value::Array(items)) => return Ok(list(items)),
                _ => documents.add(page(Value::Object(object), 0)),
            }
        }
        _ => {}
    }
    Ok(documents)
}

/// A list of documents.
fn list(items: Vec<Value>) -> Documents {
    let mut documents = Documents::default();
    for (item, number) in items.into_iter().zip(1..) {
        documents.add(page(item, number));
    }
    documents.pages = joined(documents.pages);
    documents
}

/// Addresses with a fragment are sections of the page without it.
fn joined(pages: Vec<Page>) -> Vec<Page> {
    let mut joined: Vec<Page> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for mut page in pages {
        let address = page.url.clone().unwrap_or_default();
        let (base, anchor) = address.split_once('#').unwrap_or((&address, ""));
        let Some(&place) = places
            .get(base)
            .filter(|_| !anchor.is_empty() && page.id.is_none())
        else {
            if !base.is_empty() && anchor.is_empty() {
                places.insert(base.to_string(), joined.len());
            }
            joined.push(page);
            continue;
        };
        let whole = &mut joined[place];
        whole
            .blocks
            .push(Block::heading(std::mem::take(&mut page.title), anchor));
        whole.blocks.append(&mut page.blocks);
    }
    joined
}

/// A document from an object that has a text or a title; its number in the file tells it apart from
/// others without an address.
fn page(value: Value, number: usize) -> Option<Page> {
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
    fields::take(&mut page, object);
    if page.is_empty() {
        return None;
    }
    if page.url.is_none() && page.id.is_none() && number > 0 {
        page.id = Some(format!("#{number}"));
    }
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
