//! Who published a page, and when: only what the page itself gives evidence for.
//!
//! The date in a masthead is the day of the visit, the date in a caption is the picture's, and
//! "Thursday" is any Thursday: none of them is the document's.

use std::collections::BTreeMap;

use super::date;
use crate::formats::text::Line;
use crate::report::Rule;
use crate::words::{count_words, words};

/// Words with which a page announces its own date.
const DATED: [&str; 20] = [
    "published",
    "posted",
    "updated",
    "last updated",
    "last modified",
    "first published",
    "date",
    "publication date",
    "date published",
    "created",
    "veröffentlicht",
    "erschienen",
    "stand",
    "aktualisiert",
    "publié",
    "mis à jour",
    "publicado",
    "pubblicato",
    "gepubliceerd",
    "veröffentlicht am",
];
/// A date line is short.
const LONGEST_DATE_LINE: usize = 14;
/// Sentences that name where a text was published first.
const SYNDICATED: [&str; 8] = [
    "this article originally appeared on",
    "this article originally appeared in",
    "this article first appeared in",
    "this article first appeared on",
    "this article was originally published by",
    "this article was originally published on",
    "this article was originally published in",
    "this story originally appeared on",
];
/// Names are at most so long.
const LONGEST_NAME: usize = 6;

/// Collects `source`, `date` and `credit`, and drops the lines that hold nothing else. What
/// `is_phrase` knows as a phrase that sites write is nobody's name.
pub(crate) fn collect(
    lines: &mut [Line],
    title: Option<usize>,
    is_phrase: impl Fn(&Line) -> bool,
) -> BTreeMap<String, Vec<String>> {
    let mut meta = BTreeMap::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            meta.insert(key.to_string(), vec![value]);
        }
    };
    put("date", own_date(lines));
    let source = first_publisher(lines)
        .or_else(|| last_word(lines))
        .or_else(|| masthead(&lines[..title.unwrap_or(0)], is_phrase));
    put("source", source);
    put("credit", photo_credit(lines));
    meta
}

/// The date of the first line that announces one.
fn own_date(lines: &mut [Line]) -> Option<String> {
    let announced = |line: &Line| {
        line.words <= LONGEST_DATE_LINE
            && DATED.iter().any(|phrase| {
                line.folded
                    .strip_prefix(phrase)
                    .is_some_and(|rest| rest.starts_with(' '))
            })
    };
    let mut found = None;
    for line in lines.iter_mut().filter(|line| announced(line)) {
        if let Some(date) = date::find(&line.text) {
            found.get_or_insert(date);
            if date::is_only_a_date(&line.text) {
                line.drop_for(Rule::DateLine);
            }
        }
    }
    found
}

/// "This article originally appeared on …".
fn first_publisher(lines: &mut [Line]) -> Option<String> {
    let line = lines.iter_mut().find(|line| {
        SYNDICATED
            .iter()
            .any(|phrase| line.folded.starts_with(phrase))
            && line.words <= 20
    })?;
    let phrase = SYNDICATED
        .iter()
        .find(|phrase| line.folded.starts_with(*phrase))?;
    let after = words(&line.text).nth(phrase.split(' ').count())?;
    let name = &line.text[after.as_ptr() as usize - line.text.as_ptr() as usize..];
    let name = name
        .split(['(', '.', ',', '|'])
        .next()
        .unwrap_or_default()
        .trim();
    let name = name.strip_prefix("the ").unwrap_or(name).to_string();
    line.drop_for(Rule::SyndicationNote);
    is_name(&name).then_some(name)
}

/// An agency signs its report with its name in brackets behind the last sentence.
fn last_word(lines: &[Line]) -> Option<String> {
    let last = lines
        .iter()
        .rfind(|line| line.is_kept() && line.is_prose())?;
    let (before, name) = last.text.strip_suffix(')')?.rsplit_once('(')?;
    (before.trim_end().ends_with(['.', '"', '”', '!', '?']) && is_name(name))
        .then(|| name.to_string())
}

/// The publication's name above the title: told twice (logo and link), or beside today's date.
fn masthead(head: &[Line], is_phrase: impl Fn(&Line) -> bool) -> Option<String> {
    let named = |line: &&Line| is_name(&line.text) && !is_phrase(line);
    head.windows(2)
        .find(|two| {
            let dated = date::is_only_a_date(&two[1].text) && two[0].words >= 2;
            two[0].folded == two[1].folded || dated
        })
        .map(|two| &two[0])
        .filter(named)
        .map(|line| line.text.clone())
}

/// The name in a caption's brackets or behind its last dash: "(AFP photo)", "– Agency/Name".
fn photo_credit(lines: &[Line]) -> Option<String> {
    let first_prose = lines
        .iter()
        .position(|line| line.is_prose() && !line.text.ends_with(')'))?;
    lines[..first_prose.max(1)]
        .iter()
        .filter(|line| line.is_kept() && line.words > 5)
        .find_map(|line| {
            let bracketed = line
                .text
                .strip_suffix(')')
                .and_then(|text| text.rsplit_once('('));
            let dashed = line
                .text
                .rsplit_once(" - ")
                .or_else(|| line.text.rsplit_once(" – "));
            let (_, name) = bracketed.or(dashed)?;
            let name = name.strip_suffix(" photo").unwrap_or(name).trim();
            is_name(name).then(|| name.to_string())
        })
}

/// Whether a text is a name: few words, capitalised, no sentence.
fn is_name(text: &str) -> bool {
    let count = count_words(text);
    (1..=LONGEST_NAME).contains(&count)
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', '!', '?', ':'])
        && date::find(text).is_none()
}
