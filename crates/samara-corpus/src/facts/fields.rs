//! Fields with names: of a JSON document, of front matter.

use serde_json::{Map, Value};

use super::{address, date};
use crate::page::Page;
use crate::report::Note;

/// Names under which the same thing is found.
const IDS: [&str; 2] = ["id", "_id"];
const ADDRESSES: [&str; 8] = [
    "url",
    "permalink",
    "path",
    "location",
    "uri",
    "href",
    "link",
    "relpermalink",
];
const TITLES: [&str; 3] = ["title", "name", "headline"];
const LANGUAGES: [&str; 3] = ["lang", "language", "locale"];
const DATES: [&str; 5] = [
    "date",
    "published",
    "datepublished",
    "pubdate",
    "published_at",
];
const TAGS: [&str; 4] = ["tag", "tags", "keywords", "categories"];
const SOURCES: [&str; 4] = ["source", "site", "site_name", "publisher"];
const AUTHORS: [&str; 3] = ["author", "authors", "byline"];

/// Understands the fields that a page has by name; what none of the lists knows is kept as it is.
/// A heading above the text is the title, unless a field has another. Linear.
pub(crate) fn settle(page: &mut Page) {
    let fields = std::mem::take(&mut page.fields);
    take(page, fields);
    let first = page
        .blocks
        .first()
        .filter(|_| page.opens_with_title)
        .map(|block| block.text.clone());
    if let Some(first) = first
        && (page.title.is_empty() || page.title == first)
    {
        page.title = first;
        page.blocks.remove(0);
    }
}

fn take(page: &mut Page, fields: Map<String, Value>) {
    for (key, value) in fields {
        let lower = key.to_ascii_lowercase();
        let is = |names: &[&str]| names.contains(&lower.as_str());
        let values = plain(&value);
        let Some(first) = values.first() else {
            continue;
        };
        if is(&IDS) {
            page.id = Some(first.clone());
        } else if is(&ADDRESSES) {
            match address::safe(first) {
                Some(address) if page.url.is_none() || lower == "url" => page.url = Some(address),
                Some(_) => {}
                None => page.notes.push(Note::UnsafeAddress { field: key }),
            }
        } else if is(&TITLES) && page.title.is_empty() {
            page.title.clone_from(first);
        } else if is(&LANGUAGES) {
            let primary = first.split(['-', '_']).next().unwrap_or_default();
            page.language = Some(primary.to_ascii_lowercase());
        } else {
            let name = if is(&DATES) {
                "date"
            } else if is(&TAGS) {
                "tag"
            } else if is(&SOURCES) {
                "source"
            } else if is(&AUTHORS) {
                "author"
            } else {
                &key
            };
            for value in &values {
                let date = if name == "date" {
                    date::find(value)
                } else {
                    None
                };
                page.put(name, date.as_ref().unwrap_or(value));
            }
        }
    }
}

/// A value as texts: a list's items, an object's name; nothing of what nests deeper.
fn plain(value: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Object(object) => object
            .get("name")
            .and_then(Value::as_str)
            .map(|name| name.trim().to_string()),
        _ => None,
    };
    match value {
        Value::Array(items) => items.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}
