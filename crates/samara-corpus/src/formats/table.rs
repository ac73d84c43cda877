//! CSV and TSV: documents as rows where the header names a title or a text, else a table.

use serde_json::{Map, Value};

use super::json::{Entries, Entry, page};
use crate::page::{Block, Page, Region};
use crate::report::Skip;
use crate::words::tidy;

/// Columns by which a row is a document of its own.
const TELLING: [&str; 14] = [
    "title",
    "name",
    "headline",
    "question",
    "answer",
    "text",
    "body",
    "content",
    "description",
    "summary",
    "article",
    "subject",
    "message",
    "url",
];

/// Reads a table, with so many rows at most. Linear in its length.
///
/// # Errors
/// There are more rows.
pub(crate) fn read(source: &str, most: usize) -> Result<Entries, Skip> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(source))
        .from_reader(source.as_bytes());
    // What is no CSV is read as far as it goes: its cells may be of any number, and its text is UTF-8.
    let mut rows = reader.records().flatten();
    let header: Vec<String> = rows.next().iter().flatten().map(tidy).collect();
    let telling = |name: &String| TELLING.contains(&name.to_lowercase().as_str());
    let is_header = header.len() > 1
        && header.iter().any(telling)
        && header.iter().all(|name| name.parse::<f64>().is_err());
    if !is_header {
        return Ok(Entries::Whole(vec![whole(source)]));
    }
    let mut entries = Vec::new();
    for (row, number) in rows.zip(1..) {
        if number > most {
            return Err(Skip::TooManyEntries);
        }
        let mut object = Map::new();
        let mut told = Vec::new();
        for (at, cell) in row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty())
        {
            match header.get(at).filter(|name| !name.is_empty()) {
                Some(name) if telling(name) => {
                    object.insert(name.clone(), Value::String(cell.to_string()));
                }
                Some(name) => {
                    object.insert(name.clone(), Value::String(cell.trim().to_string()));
                    told.push(format!("{name}: {}", tidy(cell)));
                }
                None => told.push(tidy(cell)),
            }
        }
        let page = page(Value::Object(object)).map(|page| with_cells(page, told));
        entries.push(Entry {
            page,
            number: Some(number),
        });
    }
    Ok(Entries::Objects {
        entries,
        may_be_parts: false,
    })
}

/// What a row tells beside its text: every cell can be found, with the name of its column.
fn with_cells(mut page: Page, told: Vec<String>) -> Page {
    let known: Vec<String> = page.texts().map(str::to_string).collect();
    let new = told
        .into_iter()
        .filter(|cell| !known.iter().any(|text| cell.ends_with(text.as_str())));
    page.blocks.extend(new.map(Block::text));
    page
}

/// A table whose rows are no documents: its lines as they are.
fn whole(source: &str) -> Page {
    super::text::long(source).unwrap_or_else(|| Page {
        region: Region::Whole,
        blocks: vec![Block::code(source.trim_end())],
        ..Page::default()
    })
}

/// What stands between cells: the sign that the first line has most of.
fn separator(source: &str) -> u8 {
    let first = source.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    let signs = [b'|', b';', b'\t', b','];
    signs
        .into_iter()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}
