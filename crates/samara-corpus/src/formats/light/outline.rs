//! Headings, paragraphs and code, as a reader comes upon them.

use serde_json::Value;

use crate::page::{Block, Page, Region};
use crate::report::{Dropped, Rule};
use crate::words::tidy;

/// A page in the making.
#[derive(Default)]
pub(super) struct Outline {
    page: Page,
    paragraph: String,
    code: String,
}

impl Outline {
    /// A line of a paragraph.
    pub fn text(&mut self, line: &str) {
        self.end_code();
        if !self.paragraph.is_empty() {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(line);
    }

    /// A line that is a paragraph by itself: an item, a title, a row.
    pub fn item(&mut self, line: &str) {
        self.gap();
        self.text(line);
    }

    /// The end of a paragraph, and of code.
    pub fn gap(&mut self) {
        self.end_code();
        let text = tidy(&std::mem::take(&mut self.paragraph));
        if !text.is_empty() {
            self.page.blocks.push(Block::text(text));
        }
    }

    /// A line of code.
    pub fn code(&mut self, line: &str) {
        if self.code.is_empty() {
            self.gap();
        }
        self.code.push_str(line.trim_end());
        self.code.push('\n');
    }

    fn end_code(&mut self) {
        let code = std::mem::take(&mut self.code);
        let code = code.trim_end().trim_start_matches('\n');
        if !code.is_empty() {
            self.page.blocks.push(Block::code(code));
        }
    }

    /// A heading. The first one of a text may be its title.
    pub fn heading(&mut self, text: &str, anchor: String, is_first_level: bool) {
        self.gap();
        let text = tidy(text);
        if !text.is_empty() {
            self.page.opens_with_title |= self.page.blocks.is_empty() && is_first_level;
            self.page.blocks.push(Block::heading(text, anchor));
        }
    }

    /// A field of the page.
    pub fn field(&mut self, name: &str, value: &str) {
        let value = Value::String(tidy(value));
        self.page.fields.entry(name).or_insert(value);
    }

    /// Tags of the page, between colons.
    pub fn tags(&mut self, tags: &str) {
        let tags = tags.split(':').map(tidy).filter(|tag| !tag.is_empty());
        let tags = tags.map(Value::String);
        match self
            .page
            .fields
            .entry("tags")
            .or_insert(Value::Array(Vec::new()))
        {
            Value::Array(all) => all.extend(tags),
            // A line of keywords stands already.
            Value::String(all) => tags.for_each(|tag| {
                all.push(',');
                all.push_str(tag.as_str().unwrap_or_default());
            }),
            _ => {}
        }
    }

    /// What is not shown.
    pub fn hidden(&mut self, text: &str, rule: Rule) {
        let text = text.trim().to_string();
        if !text.is_empty() {
            self.page.dropped.push(Dropped { text, rule });
        }
    }

    /// Whether nothing has come yet.
    pub fn is_empty(&self) -> bool {
        self.page.blocks.is_empty() && self.paragraph.is_empty() && self.code.is_empty()
    }

    /// The page.
    pub fn page(mut self) -> Page {
        self.gap();
        self.page.region = Region::Whole;
        self.page
    }
}

/// An anchor: letters and digits in lower case, a sign between words.
pub(super) fn slug(text: &str, between: char) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with(between) {
            slug.push(between);
        }
    }
    slug.trim_end_matches(between).to_string()
}

/// A line without its mark of a list, if it has one.
pub(super) fn item_of(line: &str) -> Option<&str> {
    let marks = line.len() - line.trim_start_matches(['*', '-', '.', '+', '#']).len();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = match (marks, digits) {
        (1..=6, 0) => &line[marks..],
        (0, 1..=4) => line[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}
