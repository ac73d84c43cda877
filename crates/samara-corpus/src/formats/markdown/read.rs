//! A page of Markdown, with its front matter.

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options as Syntax, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

use super::{dialect, front_matter, inline};
use crate::files::Format;
use crate::formats::{html, json};
use crate::page::{Block, Kind, Page, Region};
use crate::report::{Dropped, Rule, Skip};
use crate::words::{count_words, fold, tidy};

/// Elements whose text is for browsers.
const SILENT: [&str; 3] = ["script", "style", "template"];

/// Pictures that notes embed: their names are no text.
const PICTURES: [&str; 9] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "tiff",
];
/// Fields of front matter that readers may look for as they do for the text.
const TEXTS: [&str; 8] = [
    "description",
    "summary",
    "subtitle",
    "abstract",
    "excerpt",
    "lead",
    "aliases",
    "alias",
];

/// Fields of front matter that become elements of the page's head.
const FOR_BROWSERS: [&str; 1] = ["head"];

/// So many words may stand above a title that is a heading of a lower level.
const MOST_ABOVE_TITLE: usize = 15;

/// Pictures of these addresses say how a project does.
const BADGES: [&str; 2] = ["badge", "shields.io"];

/// Reads a page of Markdown. Linear in its length.
///
/// # Errors
/// It is a draft.
pub(crate) fn read(source: &str, format: Format) -> Result<Page, Skip> {
    let (front, body, fault) = front_matter::split(source);
    let mut page = Page {
        region: Region::Whole,
        ..Page::default()
    };
    page.notes.extend(fault);
    if let Some(Value::Object(front)) = front {
        if is_draft(&front) {
            return Err(Skip::Draft);
        }
        page.fields = front;
    }
    let plain = dialect::plain(body, format == Format::Mdx);
    let mut reader = Reader::default();
    for event in Parser::new_ext(&plain.text, syntax()) {
        reader.event(event);
    }
    reader.flush();
    page.blocks = reader.blocks;
    page.opens_with_title = reader.first_is_title;
    page.picture = reader.picture;
    page.dropped
        .extend(reader.marks.into_iter().map(|text| Dropped {
            text,
            rule: Rule::FootnoteMark,
        }));
    let title = reader.title.or_else(|| near_top(&page.blocks));
    page.titles.headings.extend(title);
    if let Some(title) = plain.title {
        page.fields.entry("title").or_insert(Value::String(title));
    }
    let hidden = plain.hidden.into_iter().filter(|text| !text.is_empty());
    page.dropped.extend(hidden.map(|text| Dropped {
        text,
        rule: Rule::Hidden,
    }));
    let told = told(&page);
    let place = usize::from(page.opens_with_title);
    page.blocks
        .splice(place..place, told.into_iter().map(Block::text));
    tell_nested(&mut page);
    Ok(page)
}

/// `draft: true`, or Jekyll's `published: false`, in quotes or not.
fn is_draft(front: &Map<String, Value>) -> bool {
    let says = |name: &str, truth: bool, words: [&str; 2]| match front.get(name) {
        Some(Value::Bool(said)) => *said == truth,
        Some(Value::String(said)) => words.contains(&said.trim().to_ascii_lowercase().as_str()),
        _ => false,
    };
    says("draft", true, ["true", "yes"]) || says("published", false, ["false", "no"])
}

/// What lies deeper in the front matter than fields do: it is text behind the text, but for what is written for browsers.
fn tell_nested(page: &mut Page) {
    for (name, value) in &page.fields {
        let blocks = json::within(name, value).into_iter();
        if FOR_BROWSERS.contains(&name.to_lowercase().as_str()) {
            page.dropped.extend(blocks.map(|block| Dropped {
                text: block.text,
                rule: Rule::Hidden,
            }));
        } else {
            // Nothing on the page can be linked to by them.
            page.blocks
                .extend(blocks.map(|block| Block::text(block.text)));
        }
    }
}

/// What the front matter tells and the text does not: a description, other names of a note.
fn told(page: &Page) -> Vec<String> {
    let said = TEXTS.iter().filter_map(|name| {
        let found = page
            .fields
            .iter()
            .find(|(key, _)| key.to_lowercase() == *name);
        found.map(|(_, value)| value)
    });
    let said = said.flat_map(|value| match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect::<Vec<_>>(),
    });
    // Aliases of Hugo are addresses.
    let said: Vec<String> = said
        .map(tidy)
        .filter(|text| !text.is_empty() && (text.contains(' ') || !text.contains('/')))
        .collect();
    if said.is_empty() {
        return said;
    }
    let texts: Vec<&str> = page.texts().collect();
    let text = format!(" {} ", fold(&texts.join(" ")));
    let new = said
        .into_iter()
        .filter(|said| !text.contains(&format!(" {} ", fold(said))));
    new.collect()
}

fn syntax() -> Syntax {
    Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_HEADING_ATTRIBUTES
        | Syntax::ENABLE_DEFINITION_LIST
        | Syntax::ENABLE_GFM
        | Syntax::ENABLE_WIKILINKS
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
    /// The first heading of the first level.
    title: Option<String>,
    /// The text of a link to a note, or of what a note embeds, begins here.
    wiki: Option<usize>,
    /// The address of the first picture that is no badge.
    picture: Option<String>,
    /// Marks of footnotes, which would hide the words that they are glued to.
    marks: Vec<String>,
    /// How often each anchor was given.
    anchors: HashMap<String, usize>,
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
            Event::InlineHtml(tag) => self.tag(&tag),
            Event::FootnoteReference(mark) => self.marks.push(mark.to_string()),
            Event::TaskListMarker(_) => {}
        }
    }

    /// Tags in a line say how it looks; a line break parts blocks, and what belongs to scripts and styles is no text.
    fn tag(&mut self, written: &str) {
        let tag = written.to_ascii_lowercase();
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
            // The words of a picture or a component of MDX stand in its attributes.
            self.text.push_str(&inline::told(written));
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
            Tag::Link {
                link_type: LinkType::WikiLink { .. },
                ..
            }
            | Tag::Image {
                link_type: LinkType::WikiLink { .. },
                ..
            } => {
                self.wiki = Some(self.text.len());
            }
            Tag::Image { dest_url, .. } => {
                let is_badge = BADGES.iter().any(|badge| dest_url.contains(badge));
                if self.picture.is_none() && !is_badge {
                    self.picture = Some(dest_url.to_string());
                }
            }
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => {}
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
                let html = std::mem::take(&mut self.html);
                let blocks = html::fragment(&html);
                // Titles are written in HTML to centre them, or to show a logo beside them.
                if self.title.is_none() && html.to_ascii_lowercase().contains("<h1") {
                    let heading = blocks.iter().find(|block| block.kind == Kind::Heading);
                    self.title = heading.map(|block| block.text.clone());
                    self.first_is_title |= self.blocks.is_empty()
                        && blocks
                            .first()
                            .is_some_and(|first| first.kind == Kind::Heading);
                }
                self.blocks.extend(blocks);
            }
            TagEnd::Link | TagEnd::Image if self.wiki.is_some() => {
                self.end_wiki(tag == TagEnd::Image);
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

    /// A link to a note is called by the note, without the mark of a place in it; a picture's name and size are no text.
    fn end_wiki(&mut self, is_embedded: bool) {
        let start = self.wiki.take().unwrap_or_default().min(self.text.len());
        let called = &self.text[start..];
        let is_picture = called
            .rsplit_once('.')
            .is_some_and(|(_, end)| PICTURES.contains(&end.to_ascii_lowercase().as_str()));
        let is_size = called.chars().all(|c| c.is_ascii_digit() || c == 'x');
        if is_embedded && (is_picture || is_size) {
            self.text.truncate(start);
        } else if let Some(mark) = called.find("#^") {
            self.text.truncate(start + mark);
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
                if *level == HeadingLevel::H1 {
                    self.title.get_or_insert_with(|| text.clone());
                }
                let anchor = id
                    .clone()
                    .unwrap_or_else(|| unique(slug(&text), &mut self.anchors));
                self.blocks.push(Block::heading(text, anchor));
            }
            None => self.blocks.push(Block::text(text)),
        }
    }
}

/// A heading of any level that has nothing above it but a few words, as of badges.
fn near_top(blocks: &[Block]) -> Option<String> {
    let at = blocks
        .iter()
        .position(|block| block.kind == Kind::Heading)?;
    let above = blocks[..at].iter().map(|block| count_words(&block.text));
    (above.sum::<usize>() <= MOST_ABOVE_TITLE).then(|| blocks[at].text.clone())
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

/// The first of several equal headings has its name, the others a number behind it.
fn unique(slug: String, known: &mut HashMap<String, usize>) -> String {
    let times = known.entry(slug.clone()).or_default();
    *times += 1;
    match *times {
        1 => slug,
        times => format!("{slug}-{}", times - 1),
    }
}
