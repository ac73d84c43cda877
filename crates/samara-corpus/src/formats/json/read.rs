//! Which documents a file of JSON holds.

use serde_json::{Map, Value};

use super::{entry, index};
use crate::files::Format;
use crate::page::Page;
use crate::words::count_words;

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
/// Names of the field that holds a title.
const TITLES: [&str; 3] = ["title", "name", "headline"];
/// Lists are looked for this deep: `{"data": {"posts": […]}}`.
const DEEPEST_LIST: usize = 4;
/// A description of so many words says something that its documents need not say.
const PROSE_WORDS: usize = 5;

/// Bytes that an entry takes in memory at least.
pub(crate) const ENTRY: usize = 1 << 10;

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
    /// `None` for what holds nothing.
    pub page: Option<Page>,
    /// Its number in the file, from 1; `None` for the only one.
    pub number: Option<usize>,
}

/// Reads the documents of a file. What holds none yields none.
///
/// # Errors
/// What is wrong with the JSON and where.
pub(crate) fn read(source: &str, format: Format) -> Result<Entries, String> {
    match format {
        Format::JsonLines => lines(source),
        Format::JsonScript => entries(&index::script(source)?),
        _ => entries(source),
    }
}

/// About how many bytes the values of a file will take in memory: an entry is a page, and every value has a place.
/// Linear, with nothing read yet.
pub(crate) fn cost(source: &str, format: Format) -> usize {
    const VALUE: usize = 1 << 6;
    let (mut values, mut objects, mut lines) = (0, 0, 0);
    for byte in source.bytes() {
        values += usize::from(matches!(byte, b',' | b':' | b'['));
        objects += usize::from(byte == b'{');
        lines += usize::from(byte == b'\n');
    }
    let entries = if format == Format::JsonLines {
        lines
    } else {
        objects
    };
    // The values of a line are gone when the next one is read.
    let values = if format == Format::JsonLines {
        0
    } else {
        values
    };
    source.len() + entries * ENTRY + values * VALUE
}

/// A value a line, of which one at a time is in memory.
fn lines(source: &str) -> Result<Entries, String> {
    let read = (1..).zip(source.lines());
    let entries = read.filter_map(|(number, read)| line(read, number).transpose());
    Ok(Entries::Objects {
        entries: entries.collect::<Result<_, _>>()?,
        may_be_parts: false,
    })
}

/// The entry of a line; `None` of an empty one.
///
/// # Errors
/// What is wrong with the JSON and where.
pub(crate) fn line(line: &str, number: usize) -> Result<Option<Entry>, String> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    let value = serde_json::from_str(line).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        format!("{what} at line {number} column {}", error.column())
    })?;
    Ok(Some(Entry {
        page: entry::page(value),
        number: Some(number),
    }))
}

fn entries(source: &str) -> Result<Entries, String> {
    let mut value: Value = serde_json::from_str(source).map_err(|error| error.to_string())?;
    if let Value::Object(object) = &mut value
        && let Some(pages) = index::mdbook(object)
    {
        return Ok(Entries::Whole(pages));
    }
    let mut items = Vec::new();
    take_lists(&mut value, DEEPEST_LIST, &mut items);
    if items.is_empty() {
        return Ok(Entries::Objects {
            entries: vec![Entry {
                page: entry::page(value),
                number: None,
            }],
            may_be_parts: false,
        });
    }
    let mut entries: Vec<Entry> = items
        .into_iter()
        .zip(1..)
        .map(|(item, number)| Entry {
            page: entry::page(item),
            number: Some(number),
        })
        .collect();
    // What is said of the list as a whole is nobody's entry, and is found all the same.
    if let Value::Object(object) = value
        && tells(&object)
    {
        entries.push(Entry {
            page: entry::page(Value::Object(object)),
            number: None,
        });
    }
    Ok(Entries::Objects {
        entries,
        may_be_parts: true,
    })
}

/// Takes the documents out of a value that lists them. A value that is a document itself keeps its lists.
fn take_lists(value: &mut Value, depth: usize, items: &mut Vec<Value>) {
    let object = match value {
        Value::Array(list) if list.iter().any(Value::is_object) => {
            items.append(list);
            return;
        }
        Value::Object(object) if depth > 0 => object,
        _ => return,
    };
    let is_feed = entry::is_feed(object);
    if !is_feed && entry::has_body(object) {
        return;
    }
    // An object with a title is a document, and its lists are its parts, unless these are documents themselves.
    let titled = object
        .keys()
        .any(|name| TITLES.contains(&name.to_lowercase().as_str()));
    let lists = |name: &str, value: &Value| {
        let Some(list) = value.as_array() else {
            return false;
        };
        let listed = LISTS.contains(&name.to_lowercase().as_str());
        match (listed, titled) {
            (true, false) => list.iter().any(Value::is_object),
            (true, true) | (false, false) => list.iter().any(is_document),
            (false, true) => false,
        }
    };
    let named = object.iter().filter(|(name, value)| lists(name, value));
    let named: Vec<String> = named.map(|(name, _)| name.clone()).collect();
    for name in named {
        if let Some(Value::Array(mut list)) = object.remove(&name) {
            items.append(&mut list);
        }
    }
    if items.is_empty() && !titled {
        for inner in object.values_mut().filter(|inner| inner.is_object()) {
            take_lists(inner, depth - 1, items);
        }
    }
}

/// Whether a value looks like a document: a title or an address, and a text.
fn is_document(value: &Value) -> bool {
    value.as_object().is_some_and(|object| {
        let named = object.keys().any(|name| {
            ["title", "url", "permalink", "link"].contains(&name.to_lowercase().as_str())
        });
        named && entry::has_body(object)
    })
}

/// Whether what is left of an object, when its documents are gone, says something to readers.
fn tells(object: &Map<String, Value>) -> bool {
    object.iter().any(|(name, value)| {
        entry::is_text(name)
            && value
                .as_str()
                .is_some_and(|text| count_words(text) >= PROSE_WORDS)
    })
}
