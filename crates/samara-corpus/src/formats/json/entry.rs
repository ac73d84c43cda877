//! A page from an object: every text as blocks, and what says something about it as fields.

use serde_json::{Map, Value};

use super::nested;
use crate::formats::html;
use crate::page::{Block, Kind, Page, Region};
use crate::words::{count_words, fold};

/// Names of fields that hold markup.
const MARKUP: [&str; 4] = ["html", "content_html", "body_html", "bodyhtml"];
/// Names of fields that hold a text, most telling first.
const BODIES: [&str; 12] = [
    "text",
    "body",
    "content",
    "contents",
    "article",
    "articlebody",
    "content_text",
    "body_text",
    "fulltext",
    "full_text",
    "markdown",
    "raw",
];
/// Names of fields that say the same in short, or what the text does not say.
const SUMMARIES: [&str; 7] = [
    "description",
    "summary",
    "excerpt",
    "abstract",
    "lead",
    "teaser",
    "subtitle",
];
/// Names of fields that say something about the entry. They are no text.
const ABOUT: [&str; 42] = [
    "id",
    "_id",
    "url",
    "permalink",
    "path",
    "location",
    "uri",
    "href",
    "link",
    "relpermalink",
    "title",
    "name",
    "headline",
    "lang",
    "language",
    "locale",
    "date",
    "published",
    "datepublished",
    "pubdate",
    "published_at",
    "date_published",
    "date_modified",
    "modified",
    "updated",
    "tag",
    "tags",
    "keywords",
    "categories",
    "category",
    "source",
    "site",
    "site_name",
    "publisher",
    "author",
    "authors",
    "byline",
    "image",
    "banner_image",
    "slug",
    "type",
    "version",
];
/// What WordPress says of an entry to programs.
const WORDPRESS: [&str; 13] = [
    "guid",
    "_links",
    "comment_status",
    "ping_status",
    "template",
    "format",
    "sticky",
    "featured_media",
    "class_list",
    "status",
    "type",
    "meta",
    "date_gmt",
];
/// A value of so many words, or of several lines, is text whatever its name is.
const TEXT_WORDS: usize = 2;
/// A field's value has at most so many words.
const FIELD_WORDS: usize = 6;

/// A page from a value: an object, or a text by itself. Linear in its length.
pub(crate) fn page(value: Value) -> Option<Page> {
    let mut page = Page {
        region: Region::Whole,
        ..Page::default()
    };
    match value {
        Value::Object(object) => {
            let mut parts = Parts::default();
            page.fields = fields(object, &mut parts);
            page.blocks = parts.all.into_iter().flat_map(|part| part.blocks).collect();
        }
        Value::String(text) => page.blocks = blocks(&text),
        list @ Value::Array(_) => page.blocks = nested::blocks(&list),
        _ => return None,
    }
    Some(page)
}

/// Whether an object has a text of its own, and is thus no list of documents.
pub(super) fn has_body(object: &Map<String, Value>) -> bool {
    object.iter().any(|(name, value)| {
        let name = name.to_lowercase();
        let holds = match value {
            Value::String(text) => !text.trim().is_empty(),
            Value::Object(inner) => inner.contains_key("rendered"),
            Value::Array(items) => items.iter().any(Value::is_string),
            _ => false,
        };
        holds
            && [&BODIES[..], &MARKUP]
                .iter()
                .any(|names| names.contains(&name.as_str()))
    })
}

/// Whether a field holds text by its name.
pub(super) fn is_text(name: &str) -> bool {
    let name = name.to_lowercase();
    [&BODIES[..], &MARKUP, &SUMMARIES]
        .iter()
        .any(|names| names.contains(&name.as_str()))
}

/// Whether it is a JSON Feed.
pub(super) fn is_feed(object: &Map<String, Value>) -> bool {
    let version = object.get("version").and_then(Value::as_str);
    version.is_some_and(|version| version.contains("jsonfeed.org"))
}

/// Lines of a text, or what its markup shows.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    if is_markup(text) {
        return html::fragment(text);
    }
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

/// Texts of an entry. What one of them tells in the same words is not kept again.
#[derive(Default)]
struct Parts {
    all: Vec<Part>,
}

struct Part {
    blocks: Vec<Block>,
    /// With a space at either end, so that words are whole.
    folded: String,
}

impl Part {
    fn headings(&self) -> usize {
        let headings = self.blocks.iter();
        headings.filter(|block| block.kind == Kind::Heading).count()
    }
}

impl Parts {
    fn add(&mut self, blocks: Vec<Block>) {
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        let folded = format!(" {} ", fold(&texts.join(" ")));
        let new = Part { blocks, folded };
        if new.blocks.is_empty() {
            return;
        }
        if new.folded.trim().is_empty() {
            self.all.push(new);
            return;
        }
        for old in &mut self.all {
            let same = old.folded == new.folded;
            if if same {
                new.headings() <= old.headings()
            } else {
                old.folded.contains(&new.folded)
            } {
                return;
            }
            if new.folded.contains(&old.folded) {
                *old = new;
                return;
            }
        }
        self.all.push(new);
    }
}

/// Sorts the fields of an entry into its texts and what is said about it.
fn fields(object: Map<String, Value>, parts: &mut Parts) -> Map<String, Value> {
    let is_wordpress = object.iter().any(|(name, value)| {
        matches!(name.as_str(), "content" | "title") && rendered(value).is_some()
    });
    let mut left: Vec<(String, String, Value)> = object
        .into_iter()
        .map(|(key, value)| match rendered(&value) {
            Some(text) if is_text(&key) => (key, Value::String(format!("<div>{text}</div>"))),
            Some(text) => (key, Value::String(shown(text))),
            None => (key, value),
        })
        .map(|(key, value)| (key.to_lowercase(), key, value))
        .collect();
    let mut take = |name: &str| {
        let at = left
            .iter()
            .position(|(lower, _, value)| lower == name && is_plain(value))?;
        Some(left.remove(at).2)
    };
    for name in MARKUP {
        if let Some(Value::String(text)) = take(name) {
            parts.add(html::fragment(&text));
        }
    }
    for name in BODIES.iter().chain(&SUMMARIES) {
        while let Some(value) = take(name) {
            parts.add(nested::blocks(&value));
        }
    }
    let mut fields = Map::new();
    for (lower, key, value) in left {
        if is_wordpress && WORDPRESS.contains(&lower.as_str()) || is_account(&lower, &value) {
            continue;
        }
        let key = match lower.as_str() {
            "link" if is_wordpress => "url".to_string(),
            "date_published" => "date".to_string(),
            _ => key,
        };
        if !ABOUT.contains(&lower.as_str()) && !nested::is_technical(&lower) {
            let text = match &value {
                Value::String(text) if !is_prose(text) => Vec::new(),
                Value::String(_) | Value::Array(_) | Value::Object(_) => nested::blocks(&value),
                _ => Vec::new(),
            };
            let told = |block: &Block| count_words(&block.text) >= TEXT_WORDS;
            if text.iter().any(told) || value.is_object() || is_list_of_objects(&value) {
                parts.add(text);
            }
        }
        // What became text is none any more; everything else stays a field.
        if ABOUT.contains(&lower.as_str()) || nested::is_technical(&lower) || !is_long(&value) {
            fields.insert(key, value);
        }
    }
    fields
}

/// A text, a number, or a list of them.
fn is_plain(value: &Value) -> bool {
    let one = |value: &Value| value.is_string() || value.is_number();
    match value {
        Value::Array(items) => !items.is_empty() && items.iter().all(one),
        value => one(value),
    }
}

/// WordPress hands texts over as they are shown: `{"rendered": "…"}`.
fn rendered(value: &Value) -> Option<&str> {
    value.as_object()?.get("rendered")?.as_str()
}

/// What a browser shows of a title with markup in it.
fn shown(text: &str) -> String {
    let texts: Vec<String> = html::fragment(text)
        .into_iter()
        .map(|block| block.text)
        .collect();
    texts.join(" ")
}

/// Whether it is an account of what `samara clean` dropped.
fn is_account(name: &str, value: &Value) -> bool {
    let dropped = |item: &Value| item.get("rule").is_some() && item.get("text").is_some();
    name == "dropped"
        && value
            .as_array()
            .is_some_and(|items| items.iter().all(dropped))
}

/// Texts of a field that holds more than values, as far as they are for readers. An author's name is kept elsewhere.
/// Linear in its length.
pub(crate) fn within(name: &str, value: &Value) -> Vec<Block> {
    let name = name.to_lowercase();
    let nests = |value: &Value| value.is_object() || value.is_array();
    let holds = match value {
        Value::Array(items) => items.iter().any(nests),
        value => value.is_object(),
    };
    let is_named = |value: &Value| value.get("name").is_some_and(Value::is_string);
    let is_known = match value {
        Value::Array(items) => items.iter().all(is_named),
        value => is_named(value),
    } && ABOUT.contains(&&*name);
    if !holds || is_known || nested::is_technical(&name) {
        return Vec::new();
    }
    nested::blocks(value)
}

fn is_list_of_objects(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().any(Value::is_object))
}

fn is_prose(text: &str) -> bool {
    text.trim().contains('\n') || count_words(text) >= TEXT_WORDS
}

/// Whether a value is longer than fields are.
fn is_long(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().contains('\n') || count_words(text) > FIELD_WORDS,
        Value::Array(items) => items.iter().any(is_long),
        _ => false,
    }
}
