//! mdBook's search index: a document for each heading, put together to pages with sections, and the script around it.

use serde_json::{Map, Value};

use crate::page::{Block, Page, Region};
use crate::words::tidy;

/// mdBook's index: addresses in one list, texts in another, a document a heading.
pub(super) fn mdbook(object: &mut Map<String, Value>) -> Option<Vec<Page>> {
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
pub(super) fn script(source: &str) -> Result<String, String> {
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
