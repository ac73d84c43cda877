//! Feeds in XML: RSS, Atom, and what WordPress exports.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

use super::html;
use super::json::{Entries, Entry, page};
use crate::report::Skip;
use crate::words::{count_words, tidy};

/// Elements that hold one entry.
const ENTRIES: [&str; 2] = ["item", "entry"];
/// Elements that a feed begins with.
const ROOTS: [&str; 3] = ["rss", "feed", "rdf:rdf"];
/// Texts of other elements of so many words are kept.
const TEXT_WORDS: usize = 3;

/// Reads a feed, with so many entries at most. `None` for XML that is none. Linear in its length.
///
/// What is not closed ends with what it stands in, or with the file, and is kept; the first fault is named.
///
/// # Errors
/// There are more entries.
pub(crate) fn read(source: &str, most: usize) -> Result<Option<Feed>, Skip> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    let mut feed = Feed::default();
    let mut open = Open::default();
    let mut elements = Elements::default();
    let mut has_root = false;
    loop {
        let at = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = name(tag.name().as_ref());
                if !has_root && !ROOTS.contains(&name.as_str()) {
                    return Ok(None);
                }
                has_root = true;
                elements.begin(&name);
                open.start(name, &tag, elements.depth());
            }
            Ok(Event::Empty(tag)) if has_root => {
                let name = name(tag.name().as_ref());
                let depth = elements.depth() + 1;
                open.start(name, &tag, depth);
                open.end(depth, &mut feed);
            }
            Ok(Event::End(tag)) => {
                let name = name(tag.name().as_ref());
                if elements.are_open(&name) {
                    while elements.innermost() != Some(&name) {
                        feed.note(source, at, elements.innermost());
                        open.end(elements.depth(), &mut feed);
                        elements.end();
                    }
                    open.end(elements.depth(), &mut feed);
                    elements.end();
                }
                if feed.entries.len() > most {
                    return Err(Skip::TooManyEntries);
                }
            }
            Ok(Event::Text(text)) => open.text(&text.xml10_content(), false),
            Ok(Event::CData(text)) => open.text(&text.xml10_content(), true),
            Ok(Event::GeneralRef(name)) => {
                let known = name.resolve_char_ref().ok().flatten();
                let name = name.to_string();
                open.reference(&name, known);
            }
            Ok(Event::Eof) => break,
            // Something has begun that the file ends in.
            Err(_) => {
                let rest = usize::try_from(at).ok().and_then(|at| source.get(at..));
                if let Some(text) = rest.and_then(|rest| rest.strip_prefix("<![CDATA[")) {
                    open.text(text, true);
                }
                break;
            }
            Ok(_) => {}
        }
    }
    while elements.depth() > 0 {
        feed.note(source, source.len() as u64, elements.innermost());
        open.end(elements.depth(), &mut feed);
        elements.end();
    }
    Ok(has_root.then_some(feed))
}

/// What a feed holds.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    title: String,
    entries: Vec<Entry>,
    /// Entries that are not published.
    pub drafts: usize,
    /// What of it is no XML first, and where.
    pub fault: Option<String>,
}

impl Feed {
    /// Its documents.
    pub fn entries(self) -> Entries {
        Entries::Objects {
            entries: self.entries,
            may_be_parts: false,
        }
    }
}

/// Names of the open elements, innermost last, and how often each is among them.
#[derive(Default)]
struct Elements {
    names: Vec<String>,
    open: HashMap<String, usize>,
}

impl Elements {
    fn begin(&mut self, name: &str) {
        self.names.push(name.to_string());
        *self.open.entry(name.to_string()).or_default() += 1;
    }

    fn end(&mut self) {
        if let Some(name) = self.names.pop()
            && let Some(open) = self.open.get_mut(&name)
        {
            *open -= 1;
        }
    }

    fn are_open(&self, name: &str) -> bool {
        self.open.get(name).is_some_and(|open| *open > 0)
    }

    fn innermost(&self) -> Option<&String> {
        self.names.last()
    }

    fn depth(&self) -> usize {
        self.names.len()
    }
}

/// What has begun and not ended.
#[derive(Default)]
struct Open {
    item: Option<Map<String, Value>>,
    item_depth: usize,
    field: String,
    field_depth: Option<usize>,
    /// What an attribute says in place of the text.
    said: String,
    text: String,
    /// Elements within the field.
    inner: Vec<String>,
}

impl Open {
    fn start(&mut self, name: String, tag: &BytesStart<'_>, depth: usize) {
        if self.field_depth.is_some() {
            self.text.push_str(&format!("<{name}>"));
            self.inner.push(name);
        } else if self.item.is_none() && ENTRIES.contains(&name.as_str()) {
            self.item = Some(Map::new());
            self.item_depth = depth;
        } else if self.item.is_some() || name == "title" {
            self.said = match name.as_str() {
                "link" if !matches!(attribute(tag, "rel").as_str(), "" | "alternate") => {
                    // An address of something else.
                    "-".to_string()
                }
                "link" => attribute(tag, "href"),
                "category" => [attribute(tag, "label"), attribute(tag, "term")]
                    .into_iter()
                    .find(|text| !text.is_empty())
                    .unwrap_or_default(),
                _ => String::new(),
            };
            self.field = name;
            self.field_depth = Some(depth);
            self.text.clear();
            self.inner.clear();
        }
    }

    fn text(&mut self, text: &str, is_raw: bool) {
        if self.field_depth.is_none() {
            return;
        }
        // Among elements text is text; alone it is what the feed's writer has escaped.
        if self.inner.is_empty() || is_raw {
            self.text.push_str(text);
        } else {
            self.text
                .push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        }
    }

    fn reference(&mut self, name: &str, known: Option<char>) {
        let c = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => known,
        };
        match c {
            Some(c) => self.text(c.encode_utf8(&mut [0; 4]), false),
            None => self.text(&format!("&{name};"), true),
        }
    }

    fn end(&mut self, depth: usize, feed: &mut Feed) {
        if let Some(own) = self.field_depth {
            if depth > own {
                if let Some(name) = self.inner.pop() {
                    self.text.push_str(&format!("</{name}>"));
                }
                return;
            }
            self.field_depth = None;
            let text = std::mem::take(&mut self.text);
            match &mut self.item {
                Some(item) => take(item, &self.field, text.trim(), &self.said),
                None if feed.title.is_empty() => feed.title = shown(&text),
                None => {}
            }
        } else if depth == self.item_depth
            && let Some(item) = self.item.take()
        {
            feed.add(item);
        }
    }
}

impl Feed {
    /// Notes the first element that does not end where it should.
    fn note(&mut self, source: &str, at: u64, element: Option<&String>) {
        if self.fault.is_none()
            && let Some(element) = element
        {
            let before = usize::try_from(at).ok().and_then(|at| source.get(..at));
            let line = before.unwrap_or_default().trim_end().lines().count().max(1);
            self.fault = Some(format!("line {line}: <{element}> is not closed"));
        }
    }

    fn add(&mut self, mut item: Map<String, Value>) {
        let mut said = |name| match item.remove(name) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let (status, kind) = (said("wp:status"), said("wp:post_type"));
        // Menus, pictures and earlier versions are no documents; what a post does not say is one.
        if !matches!(kind.as_str(), "" | "post" | "page") && WORDPRESS.contains(&kind.as_str()) {
            return;
        }
        if matches!(
            status.as_str(),
            "draft" | "private" | "trash" | "auto-draft" | "pending" | "future"
        ) {
            self.drafts += 1;
            return;
        }
        if !self.title.is_empty() {
            item.entry("source")
                .or_insert(Value::String(self.title.clone()));
        }
        self.entries.push(Entry {
            page: page(Value::Object(item)),
            number: Some(self.entries.len() + 1),
        });
    }
}

/// What WordPress exports beside posts and pages.
const WORDPRESS: [&str; 8] = [
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "wp_global_styles",
    "wp_template",
    "wp_navigation",
];

/// Takes over an element of an entry.
fn take(item: &mut Map<String, Value>, name: &str, text: &str, said: &str) {
    let once = |item: &mut Map<String, Value>, key: &str, value: String| {
        if !value.is_empty() && !item.contains_key(key) {
            item.insert(key.to_string(), Value::String(value));
        }
    };
    match name {
        "title" => once(item, "title", shown(text)),
        "link" if said == "-" => {}
        "link" => once(
            item,
            "url",
            if said.is_empty() { text } else { said }.to_string(),
        ),
        "pubdate" | "published" | "dc:date" => {
            item.insert("date".to_string(), Value::String(text.to_string()));
        }
        "updated" | "wp:post_date" | "atom:updated" => once(item, "date", text.to_string()),
        "author" | "dc:creator" | "itunes:author" => {
            // In RSS an address stands before the name, in Atom elements hold both.
            let name = between(text, "<name>", "</name>").unwrap_or(text);
            once(item, "author", shown(name));
        }
        "category" => {
            let tag = if said.is_empty() {
                shown(text)
            } else {
                said.to_string()
            };
            let tags = item
                .entry("tags")
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(tags) = tags {
                tags.push(Value::String(tag));
            }
        }
        "content:encoded" | "content" => once(item, "content_html", paragraphs(text)),
        "description" | "summary" | "excerpt:encoded" => {
            once(
                item,
                name.trim_end_matches(":encoded"),
                format!("<div>{}</div>", paragraphs(text)),
            );
        }
        "wp:status" | "wp:post_type" => once(item, name, text.to_string()),
        _ if name.starts_with("wp:") => {}
        _ => {
            let text = shown(text);
            if count_words(&text) >= TEXT_WORDS {
                once(item, name, text);
            }
        }
    }
}

/// WordPress keeps paragraphs as empty lines.
fn paragraphs(text: &str) -> String {
    if text.contains("<p") {
        text.to_string()
    } else {
        text.replace("\r\n", "\n").replace("\n\n", "<p>")
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?
        .1
        .split_once(end)
        .map(|(inner, _)| inner)
}

/// What a browser shows of a text with markup.
fn shown(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return tidy(text);
    }
    let blocks = html::fragment(text).into_iter();
    blocks.map(|block| block.text).collect::<Vec<_>>().join(" ")
}

fn name(name: &str) -> String {
    name.to_lowercase()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|attribute| attribute.key.as_ref() == name);
    found.map_or_else(String::new, |attribute| shown(&attribute.value))
}
