//! AsciiDoc: sections, blocks between lines of signs, macros.

use super::outline::{Outline, item_of, slug};
use crate::page::Page;
use crate::report::Rule;

/// Lines that stand for what other files or the generator put there.
const SILENT: [&str; 6] = [
    "include::",
    "toc::",
    "ifdef::",
    "ifndef::",
    "ifeval::",
    "endif::",
];

pub(super) fn read(source: &str) -> Page {
    let mut outline = Outline::default();
    // What ends the block that the line is part of, and whether it is shown.
    let mut block: Option<(&str, bool)> = None;
    let mut hidden = String::new();
    let mut anchor = None;
    let mut in_head = false;
    for line in source.lines() {
        let trimmed = line.trim_end();
        if let Some((end, is_shown)) = block {
            if trimmed == end {
                block = None;
                outline.gap();
                outline.hidden(&std::mem::take(&mut hidden), Rule::Hidden);
            } else if is_shown {
                outline.code(line);
            } else {
                hidden.push_str(line);
                hidden.push('\n');
            }
            continue;
        }
        let level = trimmed.len() - trimmed.trim_start_matches('=').len();
        let level = if level == 0 {
            trimmed.len() - trimmed.trim_start_matches('#').len()
        } else {
            level
        };
        if (1..=6).contains(&level) && trimmed[level..].starts_with(' ') {
            let text = plain(trimmed[level..].trim());
            in_head = level == 1 && outline.is_empty();
            let own = anchor
                .take()
                .unwrap_or_else(|| format!("_{}", slug(&text, '_')));
            outline.heading(&text, own, level == 1);
        } else if trimmed.is_empty() {
            in_head = false;
            outline.gap();
        } else if is_fence(trimmed) {
            outline.gap();
            match trimmed.as_bytes()[0] {
                b'/' => block = Some((trimmed, false)),
                b'-' if trimmed.len() > 2 => block = Some((trimmed, true)),
                b'.' | b'`' | b'+' => {
                    block = Some((trimmed.split(' ').next().unwrap_or(trimmed), true))
                }
                _ => {}
            }
            // A fence of Markdown names a language behind it.
            if trimmed.starts_with("```") {
                block = Some(("```", true));
            }
        } else if let Some(comment) = trimmed.strip_prefix("//") {
            outline.hidden(comment, Rule::Hidden);
        } else if let Some((name, value)) = attribute(trimmed) {
            match name {
                "description" => outline.item(value),
                "keywords" => outline.field("tags", value),
                "author" => outline.field("author", value),
                "lang" => outline.field("lang", value),
                "revdate" => outline.field("date", value),
                _ => {}
            }
        } else if let Some(id) = block_attributes(trimmed, &mut outline) {
            anchor = id.or(anchor);
        } else if SILENT.iter().any(|start| trimmed.starts_with(start)) {
            // A condition may hold a line by itself.
            let inner = trimmed
                .split_once('[')
                .and_then(|(_, inner)| inner.strip_suffix(']'));
            if let Some(inner) =
                inner.filter(|_| trimmed.starts_with("ifdef") || trimmed.starts_with("ifndef"))
            {
                outline.text(&plain(inner));
            }
        } else if trimmed == "+" {
            outline.gap();
        } else if in_head && trimmed.contains('<') && trimmed.contains('@') {
            outline.field("author", trimmed.split('<').next().unwrap_or_default());
            outline.item(trimmed);
        } else if let Some(title) = trimmed
            .strip_prefix('.')
            .filter(|t| !t.starts_with(['.', ' ']))
        {
            outline.item(&plain(title));
            outline.gap();
        } else if trimmed.starts_with('|') {
            outline.item(&plain(&trimmed.replace('|', " ")));
        } else if let Some(item) = item_of(trimmed.trim_start()) {
            outline.item(&plain(item));
        } else if line.starts_with([' ', '\t']) {
            outline.code(line);
        } else {
            outline.text(&plain(trimmed.strip_suffix(" +").unwrap_or(trimmed)));
        }
    }
    outline.code(&hidden);
    outline.page()
}

/// Whether a line is nothing but the sign of a block: `----`, `====`, `|===`.
fn is_fence(line: &str) -> bool {
    if line == "--" || line == "|===" || line.starts_with("```") {
        return true;
    }
    let first = line.chars().next().unwrap_or(' ');
    line.len() >= 4 && "-=.*_+/".contains(first) && line.chars().all(|c| c == first)
}

/// `:name: value`.
fn attribute(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "-_!".contains(c));
    (is_name && (value.is_empty() || value.starts_with(' '))).then_some((name, value.trim()))
}

/// A line that says something of the block behind it: `[source,rust]`, `[[anchor]]`, `[#anchor]`. Whom a quotation is
/// from is shown.
fn block_attributes(line: &str, outline: &mut Outline) -> Option<Option<String>> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    if let Some(id) = inner
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
    {
        return Some(id.split(',').next().map(str::to_string));
    }
    if inner.contains(['[', ']']) {
        return None;
    }
    let (kind, rest) = inner.split_once(',').unwrap_or((inner, ""));
    if matches!(kind.trim(), "quote" | "verse") {
        outline.item(rest.replace(['"', ','], " ").trim());
        outline.gap();
    }
    Some(inner.split_once('#').map(|(_, id)| {
        let id = id.split([',', '.', '%', ' ']).next();
        id.unwrap_or_default().to_string()
    }))
}

/// Macros as they are shown: `link:address[text]`, `xref:place[text]`, `<<place,text>>`.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    // Once an end is missing, it is missing for all that follows.
    let (mut no_place, mut no_anchor, mut no_macro) = (false, false, false);
    while let Some(at) = rest.find(['[', '<']) {
        let (before, after) = rest.split_at(at);
        if let Some(inner) = after.strip_prefix("<<").filter(|_| !no_place) {
            let Some((place, after)) = inner.split_once(">>") else {
                no_place = true;
                continue;
            };
            plain.push_str(before);
            plain.push_str(place.split_once(',').map_or(place, |(_, text)| text.trim()));
            rest = after;
            continue;
        }
        if let Some(inner) = after.strip_prefix("[[").filter(|_| !no_anchor) {
            let Some((_, after)) = inner.split_once("]]") else {
                no_anchor = true;
                continue;
            };
            plain.push_str(before);
            rest = after;
            continue;
        }
        let start = before.rfind([' ', '(', '"']).map_or(0, |space| space + 1);
        let target = &before[start..];
        let is_macro = after.starts_with('[') && target.contains(':') && !target.ends_with("::")
            || target.starts_with("image:");
        if is_macro && !no_macro {
            let Some((shown, after)) = after[1..].split_once(']') else {
                no_macro = true;
                continue;
            };
            plain.push_str(&before[..start]);
            let shown = shown
                .split(['^', ','])
                .next()
                .unwrap_or(shown)
                .trim_matches('"');
            // Without a text the address is shown.
            let is_link = target.starts_with("http") || target.starts_with("link:");
            plain.push_str(if shown.is_empty() && is_link {
                target
            } else {
                shown
            });
            rest = after;
        } else {
            let next = at + after.chars().next().map_or(1, char::len_utf8);
            plain.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    plain + rest
}
