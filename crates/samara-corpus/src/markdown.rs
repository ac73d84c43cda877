//! Markdown with front matter in YAML, TOML or JSON.

use pulldown_cmark::{Event, HeadingLevel, Options as Syntax, Parser, Tag, TagEnd};
use serde_json::Value;
use yaml_rust2::{Yaml, YamlLoader};

use crate::fields;
use crate::fold::tidy;
use crate::html;
use crate::page::{Block, Page, Region};

/// Front matter nests so deep at most.
const DEEPEST: usize = 16;

/// Reads a page of Markdown: everything in it is content. `None` for a draft. Linear in its length.
pub(crate) fn read(source: &str) -> Option<Page> {
    let (front, body, fault) = front_matter(source);
    let mut page = Page {
        region: Region::Whole,
        ..Page::default()
    };
    page.warnings.extend(fault);
    if let Some(Value::Object(front)) = front {
        if front.get("draft") == Some(&Value::Bool(true)) {
            return None;
        }
        fields::take(&mut page, front);
    }
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, syntax()) {
        reader.event(event);
    }
    reader.flush();
    page.blocks = reader.blocks;
    // The first heading of the first level is the title, unless the front matter has another.
    let first = page
        .blocks
        .first()
        .filter(|_| reader.first_is_title)
        .map(|b| b.text.clone());
    if let Some(first) = first
        && (page.title.is_empty() || page.title == first)
    {
        page.title = first;
        page.blocks.remove(0);
    }
    Some(page)
}

fn syntax() -> Syntax {
    Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_HEADING_ATTRIBUTES
        | Syntax::ENABLE_DEFINITION_LIST
        | Syntax::ENABLE_GFM
}

/// Front matter, what follows it, and what was wrong with it.
fn front_matter(source: &str) -> (Option<Value>, &str, Option<String>) {
    let source = source.trim_start_matches('\u{feff}');
    for (fence, name) in [("---", "YAML"), ("+++", "TOML")] {
        let Some(rest) = source.strip_prefix(fence) else {
            continue;
        };
        let Some(rest) = rest
            .strip_prefix("\r\n")
            .or_else(|| rest.strip_prefix('\n'))
        else {
            continue;
        };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence || (name == "YAML" && line.trim_end() == "...") {
                let (front, body) = (&rest[..at], &rest[at + line.len()..]);
                let value = if name == "YAML" {
                    yaml(front)
                } else {
                    toml(front)
                };
                return match value {
                    Ok(value) => (Some(value), body, None),
                    Err(fault) => (
                        None,
                        body,
                        Some(format!("front matter is no {name}, ignored: {fault}")),
                    ),
                };
            }
            at += line.len();
        }
    }
    if source.starts_with('{') {
        let mut values = serde_json::Deserializer::from_str(source).into_iter::<Value>();
        if let Some(Ok(value @ Value::Object(_))) = values.next() {
            return (Some(value), &source[values.byte_offset()..], None);
        }
    }
    (None, source, None)
}

fn toml(source: &str) -> Result<Value, String> {
    toml::from_str(source).map_err(|error| error.message().to_string())
}

fn yaml(source: &str) -> Result<Value, String> {
    let mut documents = YamlLoader::load_from_str(source).map_err(|error| error.to_string())?;
    if documents.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    Ok(json(documents.swap_remove(0), DEEPEST))
}

fn json(yaml: Yaml, depth: usize) -> Value {
    if depth == 0 {
        return Value::Null;
    }
    match yaml {
        Yaml::String(text) | Yaml::Real(text) => Value::String(text),
        Yaml::Integer(number) => Value::from(number),
        Yaml::Boolean(truth) => Value::Bool(truth),
        Yaml::Array(items) => items
            .into_iter()
            .map(|item| json(item, depth - 1))
            .collect(),
        Yaml::Hash(entries) => Value::Object(
            entries
                .into_iter()
                .filter_map(|(key, value)| Some((key.into_string()?, json(value, depth - 1))))
                .collect(),
        ),
        _ => Value::Null,
    }
}

/// Collects blocks from the parser's events.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: String,
    heading: Option<(HeadingLevel, Option<String>)>,
    code: bool,
    html: String,
    first_is_title: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak | Event::Rule => self.flush(),
            Event::Html(html) => self.html.push_str(&html),
            // Tags in a line say how it looks; a line break parts blocks.
            Event::InlineHtml(tag) => {
                if tag.to_ascii_lowercase().starts_with("<br") {
                    self.flush();
                }
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.flush();
                self.heading = Some((level, id.map(|id| id.to_string())));
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::TableCell => self.text.push(' '),
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code = false;
            }
            TagEnd::HtmlBlock => {
                self.blocks
                    .extend(html::fragment(&std::mem::take(&mut self.html)));
            }
            TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {}
            _ => self.flush(),
        }
    }

    fn flush(&mut self) {
        let raw = std::mem::take(&mut self.text);
        if self.code {
            let code = raw.trim_matches('\n');
            if !code.trim().is_empty() {
                self.blocks.push(Block::code(code));
            }
            return;
        }
        let text = tidy(&raw);
        if text.is_empty() {
            return;
        }
        match &self.heading {
            Some((level, id)) => {
                self.first_is_title |= self.blocks.is_empty() && *level == HeadingLevel::H1;
                let anchor = id.clone().unwrap_or_else(|| slug(&text));
                self.blocks.push(Block::heading(text, anchor));
            }
            None => self.blocks.push(Block::text(text)),
        }
    }
}

/// The anchor that most generators give a heading.
fn slug(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
