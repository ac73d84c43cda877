//! Org: outlines, drawers, blocks.

use super::outline::{Outline, item_of, slug};
use crate::page::Page;
use crate::report::Rule;

pub(super) fn read(source: &str) -> Page {
    let mut outline = Outline::default();
    // The block of code that the line is part of, by its name.
    let mut code: Option<String> = None;
    let mut drawer = false;
    let mut heading: Option<(String, usize)> = None;
    for line in source.lines() {
        let trimmed = line.trim();
        let lower = trimmed.to_lowercase();
        if let Some(end) = &code {
            if lower == *end {
                code = None;
                outline.gap();
            } else {
                outline.code(line);
            }
            continue;
        }
        if drawer {
            drawer = lower != ":end:";
            if let Some(id) = lower.strip_prefix(":custom_id:")
                && let Some((text, level)) = heading.take()
            {
                outline.heading(&text, id.trim().to_string(), level == 1);
            }
            continue;
        }
        if matches!(lower.as_str(), ":properties:" | ":logbook:") {
            drawer = true;
            continue;
        }
        if let Some((text, level)) = heading.take() {
            outline.heading(&text, slug(&text, '-'), level == 1);
        }
        let stars = line.len() - line.trim_start_matches('*').len();
        if stars > 0 && line[stars..].starts_with(' ') {
            let (text, tags) = without_tags(line[stars..].trim());
            if !tags.is_empty() {
                outline.tags(tags);
            }
            heading = Some((plain(text), stars));
        } else if let Some(name) = lower.strip_prefix("#+begin_") {
            let name = name.split_whitespace().next().unwrap_or_default();
            if matches!(name, "src" | "example") {
                code = Some(format!("#+end_{name}"));
            } else if name == "comment" {
                outline.hidden(trimmed, Rule::Hidden);
            }
            outline.gap();
        } else if let Some((key, value)) = lower
            .strip_prefix("#+")
            .and_then(|_| trimmed[2..].split_once(':'))
        {
            match key.to_lowercase().as_str() {
                "title" => outline.field("title", &plain(value)),
                "author" => outline.field("author", value),
                "date" => outline.field("date", value),
                "language" => outline.field("lang", value),
                "filetags" => outline.tags(value.trim()),
                "keywords" => outline.field("tags", value.trim()),
                "caption" | "description" | "subtitle" => outline.item(&plain(value)),
                _ => outline.hidden(trimmed, Rule::Hidden),
            }
        } else if lower.starts_with("#+") {
            outline.gap();
        } else if let Some(comment) = trimmed.strip_prefix("# ") {
            outline.hidden(comment, Rule::Hidden);
        } else if trimmed.is_empty() {
            outline.gap();
        } else if trimmed.starts_with('|') {
            if !trimmed.starts_with("|-") {
                outline.item(&plain(&trimmed.replace('|', " ")));
            }
        } else if let Some(code) = line.trim_start().strip_prefix(": ") {
            outline.code(code);
        } else if let Some(item) = item_of(trimmed) {
            outline.item(&plain(item));
        } else {
            outline.text(&plain(trimmed));
        }
    }
    if let Some((text, level)) = heading {
        outline.heading(&text, slug(&text, '-'), level == 1);
    }
    outline.page()
}

/// A heading, and the tags at its end: `Heading :one:two:`.
fn without_tags(heading: &str) -> (&str, &str) {
    let Some((before, tags)) = heading.rsplit_once(' ') else {
        return (heading, "");
    };
    let are_tags = tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':');
    if are_tags {
        (before.trim_end(), tags)
    } else {
        (heading, "")
    }
}

/// Links as they are called: `[[address][name]]`.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        plain.push_str(before);
        let Some((link, after)) = after.split_once("]]") else {
            plain.push_str("[[");
            rest = after;
            break;
        };
        plain.push_str(link.split_once("][").map_or(link, |(_, name)| name));
        rest = after;
    }
    plain + rest
}
