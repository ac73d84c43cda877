//! A page of Markdown, with its front matter.

use pulldown_cmark::{Event, HeadingLevel, Options as Syntax, Parser, Tag, TagEnd};
use serde_json::Value;

use super::front_matter;
use crate::formats::html;
use crate::page::{Block, Page, Region};
use crate::report::Skip;
use crate::words::tidy;

/// Elements whose text is for browsers.
const SILENT: [&str; 3] = ["script", "style", "template"];

/// Reads a page of Markdown. Linear in its length.
///
/// # Errors
/// It is a draft.
pub(crate) fn read(source: &str) -> Result<Page, Skip> {
    let (front, body, fault) = front_matter::split(source);
    let mut page = Page {
        region: Region::Whole,
        ..Page::default()
    };
    page.notes.extend(fault);
    if let Some(Value::Object(front)) = front {
        if front.get("draft") == Some(&Value::Bool(true)) {
            return Err(Skip::Draft);
        }
        page.fields = front;
    }
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, syntax()) {
        reader.event(event);
    }
    reader.flush();
    page.blocks = reader.blocks;
    page.opens_with_title = reader.first_is_title;
    Ok(page)
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

/// Collects blocks from the parser's events.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: String,
    heading: Option<(HeadingLevel, Option<String>)>,
    code: bool,
    html: String,
    /// The element whose text nobody reads, from its start in a line until its end, or the block's.
    silent: Option<&'static str>,
    first_is_title: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(_) | Event::Code(_) if self.silent.is_some() => {}
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak | Event::Rule => self.flush(),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(tag) => self.tag(&tag.to_ascii_lowercase()),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// Tags in a line say how it looks; a line break parts blocks, and what belongs to scripts and styles is no text.
    fn tag(&mut self, tag: &str) {
        if let Some(silent) = self.silent {
            if tag
                .strip_prefix("</")
                .is_some_and(|name| name.starts_with(silent))
            {
                self.silent = None;
            }
        } else if tag.starts_with("<br") {
            self.flush();
        } else {
            self.silent = SILENT.into_iter().find(|name| tag[1..].starts_with(name));
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
        self.silent = None;
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
