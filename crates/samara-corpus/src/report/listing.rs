//! What each document became, as JSON Lines.

use samara_engine::Document;
use serde::Serialize;

use super::account::{Dropped, Outcome};

/// A document and what was dropped from it, as one line of `samara clean --json`.
#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    id: &'a str,
    url: &'a str,
    title: &'a str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    lang: Option<&'a str>,
    sections: Vec<SectionEntry<'a>>,
    dropped: &'a [Dropped],
}

#[derive(Serialize)]
struct SectionEntry<'a> {
    heading: &'a str,
    anchor: &'a str,
    text: &'a str,
}

/// One line of JSON, without its line end. `text` is everything kept but the title, blocks separated
/// by newlines. Linear in the document.
#[must_use]
pub fn json_line(document: &Document, outcome: &Outcome) -> String {
    let meta = |key: &str| document.meta.get(key).and_then(|values| values.first());
    let mut text = String::new();
    for section in &document.sections {
        for block in [&section.heading, &section.text] {
            if !block.is_empty() {
                text.push_str(if text.is_empty() { "" } else { "\n" });
                text.push_str(block);
            }
        }
    }
    let entry = Entry {
        path: &outcome.path,
        id: &document.id,
        url: &document.url,
        title: &document.title,
        text,
        source: meta("source").map(String::as_str),
        date: meta("date").map(String::as_str),
        lang: document.language.as_deref(),
        sections: document
            .sections
            .iter()
            .map(|section| SectionEntry {
                heading: &section.heading,
                anchor: &section.anchor,
                text: &section.text,
            })
            .collect(),
        dropped: &outcome.dropped,
    };
    serde_json::to_string(&entry).expect("strings and lists of strings are always valid JSON")
}
