//! What generators put into lines of Markdown: shortcodes, tags of Liquid, includes, attributes, comments.
//!
//! Code spans are left alone. What a tag tells readers (a title, a caption) is kept.

use std::collections::HashMap;

/// Parameters whose values readers see.
const SHOWN: [&str; 8] = [
    "title",
    "caption",
    "alt",
    "label",
    "text",
    "summary",
    "heading",
    "description",
];
/// Includes of mdBook.
const INCLUDES: [&str; 6] = [
    "{{#include",
    "{{#rustdoc_include",
    "{{#playground",
    "{{#playpen",
    "{{#title",
    "{{#template",
];
/// Beginning and end of what is a tag of some generator.
const TAGS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{#", "}}")];

/// Whether a line is an include of mdBook, which means that also within code.
pub(super) fn is_include(line: &str) -> bool {
    let line = line.trim();
    line.ends_with("}}") && INCLUDES.iter().any(|include| line.starts_with(include))
}

/// Whether a tag begins in a line and does not end there.
pub(super) fn is_open(line: &str) -> bool {
    TAGS.iter().any(|(start, end)| {
        line.rfind(start)
            .is_some_and(|at| !line[at..].contains(end) && !is_spanned(line, at))
    })
}

/// Whether a line begins and ends with tags, which makes what they tell a paragraph.
pub(super) fn is_tag(line: &str) -> bool {
    let tags = &TAGS[..3];
    tags.iter().any(|(start, _)| line.starts_with(start))
        && tags.iter().any(|(_, end)| line.ends_with(end))
}

/// A line as readers see it, and what its author hid in it. Linear.
pub(super) fn plain(line: &str, hidden: &mut Vec<String>) -> String {
    let mut plain = String::with_capacity(line.len());
    let spans = spans(line);
    let mut gone = [false; 4];
    let mut comment_gone = false;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        match c {
            '`' => {
                let run = rest.len() - rest.trim_start_matches('`').len();
                let end = spans.get(&at).copied().unwrap_or(at + run);
                plain.push_str(&line[at..end]);
                at = end;
                continue;
            }
            '\\' => {
                // What is escaped is shown.
                let next = rest.chars().nth(1).map_or(0, char::len_utf8);
                plain.push_str(&rest[..1 + next]);
                at += 1 + next;
                continue;
            }
            '[' if rest.starts_with("[[") && !is_wiki(rest) => {
                // A link that is called [1]: both of its inner brackets are text.
                let inner = rest[2..].split(['[', ']']).next().unwrap_or_default();
                if rest[2 + inner.len()..].starts_with("]](") {
                    plain.push_str(&format!("[\\[{inner}\\]"));
                    at += inner.len() + 3;
                } else {
                    plain.push_str("\\[\\[");
                    at += 2;
                }
                continue;
            }
            '{' => {
                if let Some(length) = tag(rest, &mut gone, &mut plain, hidden) {
                    at += length;
                    continue;
                }
            }
            // A comment of Obsidian; a percent sign that is written twice follows a number.
            '%' if !comment_gone && !line[..at].ends_with(|c: char| !c.is_whitespace()) => {
                if let Some(inner) = rest.strip_prefix("%%").filter(|i| !i.starts_with('%')) {
                    if let Some(length) = inner.find("%%") {
                        hidden.push(inner[..length].trim().to_string());
                        at += length + 4;
                        continue;
                    }
                    comment_gone = true;
                }
            }
            _ => {}
        }
        plain.push(c);
        at += c.len_utf8();
    }
    plain
}

/// Whether two brackets begin a link to a note, and no footnote, matrix or condition of a shell.
fn is_wiki(text: &str) -> bool {
    const LONGEST: usize = 500;
    let inner = &text.as_bytes()[2..];
    let inner = &inner[..inner.len().min(LONGEST)];
    let end = inner.iter().position(|b| matches!(b, b'[' | b']'));
    end.is_some_and(|end| {
        inner[end..].starts_with(b"]]")
            && !inner[end..].starts_with(b"]](")
            && !inner[..end].trim_ascii().is_empty()
            && !inner.starts_with(b" ")
    })
}

/// The length of a tag at the beginning of a text; what it tells is added. `gone` says of which kinds no end follows.
fn tag(
    text: &str,
    gone: &mut [bool; 4],
    plain: &mut String,
    hidden: &mut Vec<String>,
) -> Option<usize> {
    for ((start, end), gone) in TAGS.iter().zip(gone) {
        let Some(inner) = text.strip_prefix(start).filter(|_| !*gone) else {
            continue;
        };
        let Some(length) = inner.find(end) else {
            *gone = true;
            continue;
        };
        let whole = start.len() + length + end.len();
        let inner = inner[..length].trim();
        if *start == "{{#" && !INCLUDES.iter().any(|name| text.starts_with(name)) {
            return None;
        }
        // Shortcodes that are explained: what Hugo shows of them.
        if let Some(shown) = inner.strip_prefix("/*").and_then(|i| i.strip_suffix("*/")) {
            plain.push_str(&format!("{start}{shown}{end}"));
        } else if *start != "{{#" {
            plain.push_str(&told(inner));
        }
        return Some(whole);
    }
    if let Some(inner) = text.strip_prefix("{/*") {
        let length = inner.find("*/}")?;
        hidden.push(inner[..length].trim().to_string());
        return Some(length + 6);
    }
    attributes(text)
}

/// What readers see of a tag: its titles and captions, and sentences that have no name.
pub(super) fn told(tag: &str) -> String {
    let mut told: Vec<&str> = Vec::new();
    let mut rest = tag;
    while let Some(at) = rest.find(['"', '“']) {
        let quote = if rest[at..].starts_with('"') {
            '"'
        } else {
            '”'
        };
        let before = rest[..at].trim_end();
        let inner = &rest[at + rest[at..].chars().next().map_or(1, char::len_utf8)..];
        let Some(end) = inner.find(quote) else { break };
        let value = inner[..end].trim();
        let name = before.strip_suffix(['=', ':']).map(|name| {
            name.trim_end()
                .rsplit([' ', '{', ','])
                .next()
                .unwrap_or(name)
        });
        let shown = match name {
            Some(name) => SHOWN.contains(&name.trim_start_matches(':').to_lowercase().as_str()),
            None => value.contains(' '),
        };
        if shown && !value.is_empty() {
            told.push(value);
        }
        rest = &inner[end + quote.len_utf8()..];
    }
    told.join(" ")
}

/// The length of a list of attributes: `{.class #id}`, `{: target="x"}`.
fn attributes(text: &str) -> Option<usize> {
    const LONGEST: usize = 200;
    let bytes = text.as_bytes();
    let end = bytes.iter().take(LONGEST).position(|b| *b == b'}')?;
    let inner = text[1..end].trim();
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "-_:./".contains(c))
    };
    let is_part = |part: &str| {
        part == "toc"
            || part.strip_prefix(['.', '#']).is_some_and(is_name)
            || part.split_once('=').is_some_and(|(name, _)| is_name(name))
    };
    let valued = inner
        .split_once("=\"")
        .is_some_and(|(name, _)| is_name(name))
        && inner.ends_with('"');
    let marked = inner.starts_with(['.', '#', ':']) || valued;
    let mut parts = inner.strip_prefix(':').unwrap_or(inner).split_whitespace();
    // Values in quotes may hold spaces.
    let is_list = match inner.contains(['"', '\'']) {
        true => parts.next().is_some_and(is_part),
        false => parts.all(is_part),
    };
    (marked && is_list && end > 1).then_some(end + 1)
}

/// Where code spans begin, and where each ends. Linear.
fn spans(line: &str) -> HashMap<usize, usize> {
    let bytes = line.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|b| **b == b'`').count();
        if length > 0 {
            runs.push((at, length));
        }
        at += length.max(1);
    }
    let mut next: HashMap<usize, usize> = HashMap::new();
    let mut ends = HashMap::new();
    for (at, length) in runs.into_iter().rev() {
        if let Some(end) = next.insert(length, at + length) {
            ends.insert(at, end);
        }
    }
    ends
}

fn is_spanned(line: &str, place: usize) -> bool {
    let mut at = 0;
    let spans = spans(line);
    let mut starts: Vec<_> = spans.into_iter().collect();
    starts.sort_unstable();
    for (start, end) in starts {
        if start < at {
            continue;
        }
        if (start..end).contains(&place) {
            return true;
        }
        at = end;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_generators_is_no_text() {
        for (line, expected) in [
            ("a {{< ref \"b.md\" >}} c", "a  c"),
            (
                "{{< figure src=\"a.png\" caption=\"A red barn\" >}}",
                "A red barn",
            ),
            ("{{% notice info %}}Take care{{% /notice %}}", "Take care"),
            ("{{</* ref */>}}", "{{< ref >}}"),
            ("{% include header.html title=\"At home\" %}", "At home"),
            ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
            ("{{#include a.rs:3}} b", " b"),
            ("Text{.class #id} and{: .x y=\"z\"}", "Text and"),
            ("a %%hidden%% b", "a  b"),
            ("{/* hidden */}b", "b"),
        ] {
            assert_eq!(plain(line, &mut Vec::new()), expected, "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_kept() {
        for line in [
            "`{% include x %}` and ``{{< y >}} ` {{% z %}}``",
            "{{#if a}} b {{/if}} and {{ name }}",
            "100%% sure, 5%%",
            "{a: 1, b: 2} {x} {..,} {} {#}",
            "\\{{< x >}} is open {{< here",
            "a slice {: 3} of it",
        ] {
            assert_eq!(plain(line, &mut Vec::new()), line);
        }
    }

    #[test]
    fn what_is_hidden_is_told() {
        let mut hidden = Vec::new();
        plain("a %% one %% {/* two */}", &mut hidden);
        assert_eq!(hidden, ["one", "two"]);
    }
}
