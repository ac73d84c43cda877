//! Fields with names: of a JSON document, of front matter.

use serde_json::{Map, Value};

use super::{address, date, language};
use crate::page::{Kind, Page};
use crate::report::Note;

/// Names under which the same thing is found, the most telling first.
const IDS: [&str; 2] = ["id", "_id"];
/// An entry of data is about the page that it links to…
const ADDRESSES_OF_ENTRIES: [&str; 8] = [
    "url",
    "permalink",
    "relpermalink",
    "href",
    "link",
    "uri",
    "path",
    "location",
];
/// …a text with front matter may be about a place, or link to what it is about.
const ADDRESSES_OF_TEXTS: [&str; 2] = ["url", "permalink"];
/// What these hold is an address whatever it looks like.
const CERTAIN_ADDRESSES: [&str; 5] = ["url", "href", "uri", "path", "relpermalink"];
const TITLES: [&str; 3] = ["title", "headline", "name"];
const LANGUAGES: [&str; 3] = ["lang", "language", "locale"];
const DATES: [&str; 6] = [
    "date",
    "published",
    "datepublished",
    "date_published",
    "pubdate",
    "published_at",
];
const TAGS: [&str; 4] = ["tag", "tags", "keywords", "categories"];
const SOURCES: [&str; 4] = ["source", "site", "site_name", "publisher"];
const AUTHORS: [&str; 3] = ["author", "authors", "byline"];

/// Understands the front matter of a text; what none of the lists knows is kept as it is.
/// A heading above the text is the title, unless a field has another. Linear.
pub(crate) fn settle(page: &mut Page) {
    understand(page, &ADDRESSES_OF_TEXTS);
}

/// Takes the first picture of a text at this path for the page's, where it names none.
pub(crate) fn illustrate(page: &mut Page, path: &str) {
    let picture = page.picture.take();
    let picture = picture.and_then(|picture| address::of_picture(path, &picture));
    if let Some(picture) = picture.filter(|_| !page.meta.contains_key("image")) {
        page.put("image", &picture);
    }
}

/// The same for an entry of a file of data.
pub(crate) fn settle_entry(page: &mut Page) {
    understand(page, &ADDRESSES_OF_ENTRIES);
}

fn understand(page: &mut Page, addresses: &[&str]) {
    let mut fields = std::mem::take(&mut page.fields);
    take_address(page, &mut fields, addresses);
    if let Some(id) = take_first(&mut fields, &IDS, |_| true) {
        page.id = Some(id);
    }
    if let Some(title) = take_first(&mut fields, &TITLES, |_| true) {
        page.title = title;
    }
    take_language(page, &mut fields);
    for (key, value) in fields {
        put(page, &key, &value);
    }
    let first = page
        .blocks
        .first()
        .filter(|_| page.opens_with_title)
        .map(|block| block.text.clone());
    if let Some(first) = first
        && (page.title.is_empty() || page.title == first)
    {
        page.title = first;
        page.blocks.remove(0);
    } else if page.title.is_empty() {
        page.title = page.titles.headings.first().cloned().unwrap_or_default();
        let opens = page.blocks.first().is_some_and(|first| {
            first.kind == Kind::Heading && !page.title.is_empty() && first.text == page.title
        });
        if opens {
            page.blocks.remove(0);
        }
    }
}

/// Takes out the first field of these names, in their order and whatever their case, whose text fits.
fn take_first(
    fields: &mut Map<String, Value>,
    names: &[&str],
    fits: impl Fn(&str) -> bool,
) -> Option<String> {
    names.iter().find_map(|name| {
        let (key, text) = fields.iter().find_map(|(key, value)| {
            let text = plain(value).into_iter().next()?;
            (key.eq_ignore_ascii_case(name) && fits(&text)).then(|| (key.clone(), text))
        })?;
        fields.remove(&key);
        Some(text)
    })
}

/// The field that says where the page lies. What only bears the name of one stays a field.
fn take_address(page: &mut Page, fields: &mut Map<String, Value>, names: &[&str]) {
    let is_unsafe =
        |text: &str| address::safe(text).is_none() && !text.contains(char::is_whitespace);
    for name in names {
        if let Some(unsafe_one) = take_first(fields, &[name], |text| is_unsafe(text)) {
            let field = (*name).to_string();
            page.notes.push(Note::UnsafeAddress { field });
            drop(unsafe_one);
        }
    }
    if page.url.is_some() && !fields.keys().any(|key| key.eq_ignore_ascii_case("url")) {
        return;
    }
    let address = names.iter().find_map(|name| {
        take_first(fields, &[name], |text| {
            (CERTAIN_ADDRESSES.contains(name) || looks_like_address(text))
                && address::safe(text).is_some()
        })
    });
    page.url = address.or(page.url.take());
}

/// Whether a text can be meant as the address of a page: Jekyll calls a style of addresses `pretty`.
fn looks_like_address(text: &str) -> bool {
    let page = text.split(['#', '?']).next().unwrap_or_default();
    // A pattern is filled in by the generator.
    let is_pattern = text.split('/').any(|part| part.starts_with(':'));
    !is_pattern && (text.contains(['/', '#']) || page.contains('.'))
}

fn take_language(page: &mut Page, fields: &mut Map<String, Value>) {
    let mut unknown = None;
    for name in LANGUAGES {
        let Some(told) = take_first(fields, &[name], |_| true) else {
            continue;
        };
        match language::of(&told) {
            Some(language) => {
                page.put("lang", &language);
                page.language.get_or_insert(language);
            }
            None => unknown = Some(told),
        }
    }
    if let Some(language) = unknown.filter(|_| page.language.is_none()) {
        page.notes.push(Note::UnknownLanguage { language });
    }
}

fn put(page: &mut Page, key: &str, value: &Value) {
    let lower = key.to_ascii_lowercase();
    let is = |names: &[&str]| names.contains(&lower.as_str());
    let mut values = plain(value);
    let name = if is(&DATES) {
        "date"
    } else if is(&TAGS) {
        // A list may be written in a line.
        if let [line] = &values[..] {
            let parts = line.split(',').map(str::trim);
            values = parts
                .filter(|part| !part.is_empty())
                .map(str::to_string)
                .collect();
        }
        "tag"
    } else if is(&SOURCES) {
        "source"
    } else if is(&AUTHORS) {
        "author"
    } else {
        key
    };
    for value in values {
        let date = (name == "date").then(|| date::find(&value));
        // `published: true` says that it is no draft.
        let is_date = value.bytes().any(|b| b.is_ascii_digit());
        match date {
            Some(Some(date)) => page.put(name, &date),
            Some(None) if is_date => {
                page.put(name, &value);
                page.notes.push(Note::UnknownDate { date: value });
            }
            Some(None) if lower != "date" => page.put(key, &value),
            _ => page.put(name, &value),
        }
    }
}

/// A value as texts: a list's items, an object's name; nothing of what nests deeper.
fn plain(value: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Object(object) => object
            .get("name")
            .and_then(Value::as_str)
            .map(|name| name.trim().to_string()),
        _ => None,
    };
    match value {
        Value::Array(items) => items.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn understood(fields: Value, is_entry: bool) -> Page {
        let mut page = Page::default();
        if let Value::Object(fields) = fields {
            page.fields = fields;
        }
        if is_entry {
            settle_entry(&mut page);
        } else {
            settle(&mut page);
        }
        page
    }

    #[test]
    fn fields_are_taken_by_what_they_mean() {
        let entry = |fields| understood(fields, true);
        let page = entry(
            json!({"link": "https://a.example/", "url": "/b/", "name": "b.pdf", "title": "Lamps"}),
        );
        assert_eq!((page.url.as_deref(), &*page.title), (Some("/b/"), "Lamps"));
        assert_eq!(page.meta["name"], ["b.pdf"]);
        assert_eq!(page.meta["link"], ["https://a.example/"]);
        for (fields, is_entry, expected) in [
            (json!({"location": "guide/#oil"}), true, Some("guide/#oil")),
            (json!({"location": "Berlin"}), true, None),
            (
                json!({"link": "https://a.example/"}),
                true,
                Some("https://a.example/"),
            ),
            (json!({"Permalink": "/a/"}), false, Some("/a/")),
            // A note is about the page that it links to.
            (json!({"link": "https://a.example/"}), false, None),
            (json!({"location": "a/b"}), false, None),
            (json!({"permalink": "pretty"}), false, None),
            (json!({"permalink": "/:year/:title/"}), false, None),
        ] {
            let page = understood(fields.clone(), is_entry);
            assert_eq!(page.url.as_deref(), expected, "{fields}");
            assert!(page.notes.is_empty() && (expected.is_some() || page.meta.len() == 1));
        }
        let page = entry(json!({"url": "javascript:alert(1)", "text": "x"}));
        assert_eq!(
            page.notes,
            [Note::UnsafeAddress {
                field: "url".into()
            }]
        );
    }

    #[test]
    fn what_is_not_understood_is_kept_and_named() {
        let page = understood(
            json!({"date": "2/1/2024", "language": "Elvish", "published": true}),
            false,
        );
        assert_eq!(page.meta["date"], ["2/1/2024"]);
        assert_eq!(page.meta["published"], ["true"]);
        assert_eq!(
            page.notes,
            [
                Note::UnknownLanguage {
                    language: "Elvish".into()
                },
                Note::UnknownDate {
                    date: "2/1/2024".into()
                },
            ]
        );
        let page = understood(
            json!({"date": "2/13/2024", "language": "English", "tags": "oil, wick"}),
            false,
        );
        assert_eq!(
            (page.language.as_deref(), page.notes.len()),
            (Some("en"), 0)
        );
        assert_eq!(
            (&page.meta["date"], page.meta["tag"].len()),
            (&vec!["2024-02-13".to_string()], 2)
        );
    }
}
