//! Markdown of generators and vaults as Markdown that any reader understands.
//!
//! Admonitions, tabs and containers become their titles and their content, callouts of Obsidian
//! their titles, components of MDX what they tell; comments, includes and attributes are gone. Code
//! stays as it is.

use std::str::Lines;

use super::inline;

/// A tag goes over so many lines at most.
const LONGEST_TAG: usize = 32;
/// So deep containers are followed.
const DEEPEST: usize = 32;
/// Directives of MyST whose content is Markdown.
const DIRECTIVES: [&str; 26] = [
    "admonition",
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "seealso",
    "tip",
    "warning",
    "todo",
    "sidebar",
    "margin",
    "topic",
    "versionadded",
    "versionchanged",
    "deprecated",
    "dropdown",
    "card",
    "grid",
    "tab-set",
    "tab-item",
    "grid-item-card",
    "epigraph",
    "exercise",
];

/// A text in plain Markdown.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub text: String,
    /// What its author hid in it.
    pub hidden: Vec<String>,
    /// The title that a tag gives it.
    pub title: Option<String>,
}

/// Reads the Markdown of generators. In MDX, imports and exports are no text. Linear.
pub(super) fn plain(source: &str, is_mdx: bool) -> Plain {
    let mut reader = Reader {
        is_mdx,
        ..Reader::default()
    };
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if reader.code.is_none() && inline::is_open(line) {
            let mut whole = line.to_string();
            let mut more = lines.clone().take(LONGEST_TAG);
            let mut taken = 0;
            while inline::is_open(&whole) {
                let Some(next) = more.next().filter(|next| !next.trim().is_empty()) else {
                    break;
                };
                whole.push(' ');
                whole.push_str(next.trim());
                taken += 1;
            }
            if taken > 0 && !inline::is_open(&whole) {
                lines.by_ref().take(taken).for_each(drop);
                reader.line(&whole, lines.clone());
                continue;
            }
        }
        reader.line(line, lines.clone());
    }
    if let Some(comment) = reader.comment.take() {
        // It never ended: in doubt it is text.
        reader.plain.text.push_str(&comment);
    }
    reader.plain
}

/// What a line stands in.
#[derive(Default)]
struct Reader {
    plain: Plain,
    is_mdx: bool,
    containers: Vec<Container>,
    /// The fence that opened the code which the line is part of.
    code: Option<(char, usize)>,
    /// A comment that has begun, as it stands in the source.
    comment: Option<String>,
    /// A statement of MDX goes on until an empty line.
    statement: bool,
    /// Options of a directive may follow.
    options: bool,
}

/// What encloses lines that are indented or end at a mark.
enum Container {
    /// `!!! note`: everything that is indented deeper than its mark.
    Indented(usize),
    /// A component: its lines are indented as its first one is.
    Component(Option<usize>),
    /// A directive in a fence.
    Fence(char, usize),
}

impl Reader {
    fn line(&mut self, line: &str, mut following: Lines<'_>) {
        let indented = line.len() - line.trim_start().len() + 4;
        if let Some(comment) = &mut self.comment {
            comment.push_str(line);
            comment.push('\n');
            if line.trim() == "%%" {
                let comment = self.comment.take().unwrap_or_default();
                self.plain
                    .hidden
                    .push(comment.trim_matches(['%', '\n', ' ']).to_string());
            }
            return;
        }
        let line = self.dedent(line);
        let trimmed = line.trim();
        if let Some((mark, length)) = self.code {
            if fence(trimmed)
                .is_some_and(|(m, l, rest)| m == mark && l >= length && rest.is_empty())
            {
                self.code = None;
            }
            if !inline::is_include(trimmed) {
                self.push(line);
            }
            return;
        }
        if self.statement {
            self.statement = !trimmed.is_empty();
            return;
        }
        if self.options && is_option(trimmed) {
            return;
        }
        self.options = false;
        if let Some((mark, length, rest)) = fence(trimmed) {
            self.fence(line, mark, length, rest);
        } else if trimmed == "%%" {
            self.comment = Some("%%\n".to_string());
        } else if self.is_statement(line) {
            self.statement = self.is_mdx && !trimmed.ends_with([';', '\'', '"', '}', ')']);
        } else if let Some(title) = admonition(trimmed)
            && self.containers.len() < DEEPEST
            && following
                .find(|line| !line.trim().is_empty())
                .is_some_and(|line| {
                    line.starts_with('\t') || line.len() - line.trim_start().len() >= indented
                })
        {
            let indent = line.len() - line.trim_start().len();
            self.containers.push(Container::Indented(indent));
            self.title(&line[..indent], &title);
        } else if let Some(title) = container(trimmed) {
            self.options = true;
            let indent = line.len() - line.trim_start().len();
            self.title(&line[..indent], &title);
        } else if !self.component(trimmed) && !is_silent(trimmed) {
            self.text(line);
        }
    }

    /// A line without the indentation that its containers ask for; those that it ends are closed.
    fn dedent<'a>(&mut self, line: &'a str) -> &'a str {
        let mut line = line;
        if line.trim().is_empty() {
            return "";
        }
        let mut at = 0;
        while at < self.containers.len() {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let tabs = usize::from(line.starts_with('\t'));
            match &mut self.containers[at] {
                Container::Indented(column) => {
                    if tabs > 0 {
                        line = &line[1..];
                    } else if indent >= *column + 4 {
                        // The indentation of the mark itself stays: it may stand in a list.
                        line = &line[4..];
                    } else if self.code.is_none() {
                        self.containers.truncate(at);
                        break;
                    }
                }
                Container::Component(first) => {
                    let wanted = *first.get_or_insert(indent);
                    line = &line[indent.min(wanted)..];
                }
                Container::Fence(..) => {}
            }
            at += 1;
        }
        line
    }

    fn fence(&mut self, line: &str, mark: char, length: usize, rest: &str) {
        let closes = self
            .containers
            .iter()
            .rposition(|open| matches!(open, Container::Fence(m, l) if *m == mark && length >= *l));
        if rest.is_empty()
            && let Some(at) = closes
        {
            self.containers.truncate(at);
            self.push("");
            return;
        }
        let directive = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        if let Some((name, title)) = directive
            && DIRECTIVES.contains(&name.trim().to_lowercase().as_str())
            && self.containers.len() < DEEPEST
        {
            self.containers.push(Container::Fence(mark, length));
            self.options = true;
            self.title("", title.trim());
            return;
        }
        self.code = Some((mark, length));
        self.push(line);
    }

    /// A component of MDX on a line of its own: what it tells, and its content without indentation.
    fn component(&mut self, trimmed: &str) -> bool {
        let Some(inner) = trimmed.strip_prefix('<').and_then(|t| t.strip_suffix('>')) else {
            return false;
        };
        let name = inner.strip_prefix('/').unwrap_or(inner);
        // Elements of HTML may be written in capitals.
        let word = name
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let is_component = word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.contains(|c: char| c.is_ascii_lowercase());
        if !is_component || inner.contains(['<', '>']) {
            return false;
        }
        if inner.starts_with('/') {
            let open = self
                .containers
                .iter()
                .rposition(|open| matches!(open, Container::Component(_)));
            if let Some(at) = open {
                self.containers.truncate(at);
            }
            self.push("");
            return true;
        }
        self.title("", &inline::told(inner));
        if !inner.ends_with('/') && self.containers.len() < DEEPEST {
            self.containers.push(Container::Component(None));
        }
        true
    }

    /// `import … from "…"`; in MDX, exports and comments, too.
    fn is_statement(&self, line: &str) -> bool {
        let import = line.starts_with("import ")
            && line.contains(['"', '\''])
            && (line.contains(" from ") || line.trim_end().ends_with(['\'', '"', ';']))
            && line.trim_end().ends_with(['\'', '"', ';']);
        let named = [
            "export default ",
            "export const ",
            "export function ",
            "import {",
        ];
        import || self.is_mdx && named.iter().any(|start| line.starts_with(start))
    }

    fn text(&mut self, line: &str) {
        let trimmed = line.trim();
        if let Some(title) = trimmed
            .strip_prefix("{{#title")
            .and_then(|t| t.strip_suffix("}}"))
        {
            self.plain.title = Some(title.trim().to_string());
            return;
        }
        if inline::is_tag(trimmed) {
            self.title("", trimmed);
            return;
        }
        let callout = callout(line);
        let line = callout.as_deref().unwrap_or(line);
        // A heading keeps its attributes: its anchor stands there.
        let (line, end) = match (trimmed.starts_with('#'), line.rfind('{')) {
            (true, Some(at))
                if line[at..]
                    .trim_start_matches(['{', ' '])
                    .starts_with(['#', '.']) =>
            {
                line.split_at(at)
            }
            _ => (line, ""),
        };
        let plain = inline::plain(line, &mut self.plain.hidden);
        if plain.trim().is_empty() && !line.trim().is_empty() {
            self.push("");
            return;
        }
        self.push(&format!("{plain}{end}"));
    }

    /// A title as a paragraph of its own.
    fn title(&mut self, indent: &str, title: &str) {
        self.push("");
        if !title.is_empty() {
            let title = inline::plain(title, &mut self.plain.hidden);
            self.push(&format!("{indent}{title}"));
            self.push("");
        }
    }

    fn push(&mut self, line: &str) {
        self.plain.text.push_str(line);
        self.plain.text.push('\n');
    }
}

/// The fence that a line is: its mark, how often, and what stands behind it.
fn fence(trimmed: &str) -> Option<(char, usize, &str)> {
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = trimmed.trim_start_matches(mark);
    let length = trimmed.len() - rest.len();
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some((mark, length, rest.trim()))
}

/// The title of `!!! note "Title"`, `??? note`, `=== "Tab"`: what stands in quotes.
fn admonition(trimmed: &str) -> Option<String> {
    let (rest, is_tab) = if let Some(rest) = trimmed.strip_prefix("!!!") {
        (rest, false)
    } else if let Some(rest) = trimmed.strip_prefix("???") {
        (rest.strip_prefix('+').unwrap_or(rest), false)
    } else {
        let rest = trimmed.strip_prefix("===")?;
        (rest.strip_prefix(['!', '+']).unwrap_or(rest), true)
    };
    let rest = rest.strip_prefix(' ')?.trim();
    let (kind, title) = match rest.split_once('"') {
        Some((kind, title)) => (kind.trim(), title.strip_suffix('"')?),
        None => (rest, ""),
    };
    let is_kind = kind.split(' ').all(|word| {
        word.chars()
            .all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
    });
    let fits = if is_tab {
        kind.is_empty() && !title.is_empty()
    } else {
        is_kind && !kind.is_empty()
    };
    fits.then(|| title.to_string())
}

/// The title of `:::tip Title`, `:::{note} Title`, `::: {.note title="Title"}`; empty at its end.
fn container(trimmed: &str) -> Option<String> {
    let rest = trimmed.trim_start_matches(':');
    if trimmed.len() - rest.len() < 3 {
        return None;
    }
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(String::new());
    }
    let named = match rest.strip_prefix('{') {
        Some(inner) => {
            let (attributes, title) = inner.split_once('}')?;
            return Some(
                format!("{} {}", inline::told(attributes), title.trim())
                    .trim()
                    .to_string(),
            );
        }
        None => rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '-' || c == '_'),
    };
    if named.len() == rest.len() {
        return None;
    }
    let (mut title, mut told) = (named.trim().to_string(), String::new());
    if let Some(at) = title.rfind('{').filter(|_| title.ends_with('}')) {
        told = inline::told(&title[at..]);
        title.truncate(at);
    }
    let title = title.trim();
    let title = title
        .strip_prefix('[')
        .and_then(|title| title.strip_suffix(']'))
        .unwrap_or(title);
    Some(format!("{title} {told}").trim().to_string())
}

/// A callout's first line without its mark: `> [!tip]- Title`. What follows is a paragraph of its own.
fn callout(line: &str) -> Option<String> {
    let inner = line.trim_start().trim_start_matches(['>', ' ']);
    let quote = &line[..line.len() - inner.len()];
    let (kind, title) = inner.strip_prefix("[!")?.split_once(']')?;
    if !quote.contains('>') || kind.contains(char::is_whitespace) || title.starts_with(['(', '[']) {
        return None;
    }
    let title = title.strip_prefix(['-', '+']).unwrap_or(title).trim();
    let quote = quote.trim_end();
    Some(if title.is_empty() {
        quote.to_string()
    } else {
        format!("{quote} {title}\n{quote}")
    })
}

/// An option of a directive: `:class: tip`.
fn is_option(trimmed: &str) -> bool {
    let name = trimmed
        .strip_prefix(':')
        .and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    })
}

/// Lines that stand for what a generator puts there: a table of contents, another file.
fn is_silent(trimmed: &str) -> bool {
    let lower = trimmed.to_ascii_lowercase();
    matches!(lower.as_str(), "[toc]" | "[[toc]]" | "[[_toc_]]" | "{:toc}")
        || trimmed.starts_with("--8<--")
        || trimmed.starts_with("<<< @/")
}
