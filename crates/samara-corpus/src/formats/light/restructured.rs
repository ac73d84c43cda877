//! reStructuredText: underlined headings, directives, roles.

use super::outline::{Outline, item_of, slug};
use crate::page::Page;
use crate::report::Rule;

/// Directives whose content is code, and those whose first line readers do not see.
const CODE: [&str; 9] = [
    "code",
    "code-block",
    "sourcecode",
    "highlight",
    "parsed-literal",
    "math",
    "literalinclude",
    "doctest",
    "prompt",
];
const SILENT: [&str; 24] = [
    "image",
    "figure",
    "include",
    "toctree",
    "contents",
    "index",
    "currentmodule",
    "module",
    "automodule",
    "autoclass",
    "autofunction",
    "role",
    "default-role",
    "raw",
    "meta",
    "only",
    "container",
    "class",
    "table",
    "list-table",
    "csv-table",
    "tabularcolumns",
    "sectnum",
    "highlightlang",
];

/// What an indented block belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Options,
    /// Options before code.
    CodeOptions,
    Code,
    Comment,
    Links,
}

pub(super) fn read(source: &str) -> Page {
    let mut outline = Outline::default();
    let lines: Vec<&str> = source.lines().collect();
    let mut levels: Vec<(char, bool)> = Vec::new();
    // The blocks that enclose the line, by the indentation that their content exceeds.
    let mut open: Vec<(usize, Within)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim_end();
        at += 1;
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        if trimmed.is_empty() {
            match open.last_mut() {
                Some((_, Within::Code)) => outline.code(""),
                Some((_, within @ Within::Options)) => *within = Within::Text,
                Some((_, within @ Within::CodeOptions)) => *within = Within::Code,
                _ => {}
            }
            if open
                .last()
                .is_none_or(|(_, within)| *within != Within::Code)
            {
                outline.gap();
            }
            continue;
        }
        while open.last().is_some_and(|(column, _)| indent <= *column) {
            open.pop();
            outline.gap();
        }
        match open.last_mut() {
            Some((_, Within::CodeOptions)) if is_option(trimmed) => continue,
            Some((_, within @ (Within::Code | Within::CodeOptions))) => {
                *within = Within::Code;
                outline.code(line);
                continue;
            }
            Some((_, Within::Comment)) => {
                outline.hidden(trimmed, Rule::Hidden);
                continue;
            }
            Some((_, Within::Links)) => {
                outline.hidden(trimmed, Rule::Navigation);
                continue;
            }
            Some((_, Within::Options)) if is_option(trimmed) => {
                // What a picture shows is said in words.
                if let Some(alt) = trimmed.strip_prefix(":alt:") {
                    outline.item(&plain(alt.trim()));
                    outline.gap();
                }
                continue;
            }
            Some((_, within @ Within::Options)) => *within = Within::Text,
            _ => {}
        }
        // Headings: underlined, with or without a line above.
        let next = lines.get(at).map_or("", |line| line.trim_end());
        let after = lines.get(at + 1).map_or("", |line| line.trim_end());
        if let Some(sign) = rule(line) {
            if rule(after) == Some(sign) && !next.trim().is_empty() {
                heading(&mut outline, next.trim(), (sign, true), &mut levels);
                at += 2;
                continue;
            }
            // A line between paragraphs, or of a table.
            outline.gap();
            continue;
        }
        if is_border(line) {
            outline.gap();
            continue;
        }
        if indent == 0
            && let Some(sign) = rule(next)
            && next.chars().count() * 2 >= line.chars().count()
        {
            heading(&mut outline, trimmed, (sign, false), &mut levels);
            at += 1;
            continue;
        }
        if let Some(rest) = trimmed
            .strip_prefix("..")
            .filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            explicit(&mut outline, rest.trim(), indent, &mut open);
        } else if trimmed.starts_with('+') && trimmed.chars().all(|c| "+-=".contains(c)) {
            outline.gap();
        } else if trimmed.starts_with('|') {
            outline.item(&plain(&trimmed.replace('|', " ")));
        } else {
            let literal = trimmed.ends_with("::");
            let text = match trimmed.strip_suffix("::") {
                Some("") => "",
                Some(before) if before.ends_with(' ') => before.trim_end(),
                Some(_) => &trimmed[..trimmed.len() - 1],
                None => trimmed,
            };
            match item_of(text) {
                Some(item) => outline.item(&plain(item)),
                None => outline.text(&plain(text)),
            }
            if literal {
                outline.gap();
                open.push((indent, Within::Code));
            }
        }
    }
    outline.page()
}

/// `.. directive:: argument`, a target, a footnote, or a comment.
fn explicit(outline: &mut Outline, rest: &str, indent: usize, open: &mut Vec<(usize, Within)>) {
    outline.gap();
    if let Some(footnote) = rest.strip_prefix('[') {
        let text = footnote.split_once(']').map_or(footnote, |(_, text)| text);
        outline.text(&plain(text.trim()));
        open.push((indent, Within::Text));
        return;
    }
    if rest.starts_with('_') && rest.contains(':') {
        return;
    }
    let directive = rest.strip_prefix('|').and_then(|rest| rest.split_once('|'));
    let directive = directive.map_or(rest, |(_, directive)| directive.trim());
    let Some((name, argument)) = directive
        .split_once("::")
        .filter(|(name, _)| !name.contains(' '))
    else {
        outline.hidden(rest, Rule::Hidden);
        open.push((indent, Within::Comment));
        return;
    };
    let is = |names: &[&str]| names.contains(&name);
    if !is(&CODE) && !is(&SILENT) && !argument.trim().is_empty() {
        outline.item(&plain(argument.trim()));
        outline.gap();
    }
    // A table's title is shown, a picture's address is not.
    if name.ends_with("table") && !argument.trim().is_empty() {
        outline.item(&plain(argument.trim()));
        outline.gap();
    }
    let within = match name {
        "toctree" => Within::Links,
        _ if is(&CODE) => Within::CodeOptions,
        _ => Within::Options,
    };
    open.push((indent, within));
}

fn heading(outline: &mut Outline, text: &str, style: (char, bool), levels: &mut Vec<(char, bool)>) {
    let level = levels
        .iter()
        .position(|known| *known == style)
        .unwrap_or_else(|| {
            levels.push(style);
            levels.len() - 1
        });
    let text = plain(text);
    outline.heading(&text, slug(&text, '-'), level == 0);
}

/// The sign that a line repeats, and nothing else.
fn rule(line: &str) -> Option<char> {
    let first = line.chars().next().filter(|c| c.is_ascii_punctuation())?;
    (line.len() >= 3 && line.chars().all(|c| c == first)).then_some(first)
}

/// The border of a table: signs with spaces between its columns.
fn is_border(line: &str) -> bool {
    line.starts_with("==") && line.contains(' ') && line.chars().all(|c| c == '=' || c == ' ')
}

/// `:name: value`.
fn is_option(line: &str) -> bool {
    let name = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, _)| !name.is_empty() && !name.contains([' ', '`']))
}

/// Roles and links as they are shown: `` :ref:`text <place>` ``, `` `text <address>`_ ``, ``` ``code`` ```.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        let ticks = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let inner = &rest[at + ticks..];
        let Some(end) = inner.find(&"`".repeat(ticks.min(2))) else {
            break;
        };
        let before = &rest[..at];
        // The name of a role stands right before it.
        let before = match before
            .strip_suffix(':')
            .and_then(|name| name.rfind(':').map(|at| (at, &name[at + 1..])))
        {
            Some((at, name)) if ticks == 1 && !name.contains(' ') => {
                let start = before[..at].rfind([' ', '(']).map_or(0, |space| space + 1);
                // Of a domain: `:py:func:`.
                if before[start..].starts_with(':') {
                    &before[..start]
                } else {
                    &before[..at]
                }
            }
            _ => before,
        };
        plain.push_str(before);
        let shown = &inner[..end];
        let shown = match shown.rfind('<') {
            Some(at) if ticks == 1 && shown.ends_with('>') && at > 0 => shown[..at].trim_end(),
            _ => shown,
        };
        plain.push_str(if ticks == 1 {
            shown.trim_start_matches(['~', '!'])
        } else {
            shown
        });
        let after = &inner[end + ticks.min(2)..];
        rest = if ticks == 1 {
            after
                .strip_prefix("__")
                .or_else(|| after.strip_prefix('_'))
                .unwrap_or(after)
        } else {
            after
        };
    }
    plain + rest
}
