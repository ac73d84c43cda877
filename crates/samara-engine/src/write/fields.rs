//! Words of a document that stand in no text of it: of its address, its anchors, its identifier and its metadata.

use crate::Document;

/// Longer values are texts of their own, and stand in the document where it has them. A page's description is no text of it.
const LONGEST_VALUE: usize = 400;
/// Parts of an address that say what the page is about, from the end.
const PARTS_OF_ADDRESS: usize = 2;

/// The words of a document's fields, a line each.
pub(super) fn field_words(document: &Document) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let path = document.url.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| {
        rest.split_once('/').map_or("", |(_, path)| path)
    });
    let parts = path.split('/').map(without_extension);
    let parts: Vec<&str> = parts
        .filter(|part| !part.is_empty() && *part != "index")
        .collect();
    lines.extend(&parts[parts.len().saturating_sub(PARTS_OF_ADDRESS)..]);
    for section in &document.sections {
        if !is_made_of(&section.anchor, &section.heading) {
            lines.push(&section.anchor);
        }
    }
    // Where it is the address, or part of it, it says nothing more.
    let [id, url] = [&document.id, &document.url];
    if is_text(id) && !id.contains(url) && !url.contains(id) {
        lines.push(id);
    }
    for (name, values) in &document.meta {
        if !is_for_programs(name) {
            lines.extend(
                values
                    .iter()
                    .map(String::as_str)
                    .filter(|value| is_text(value)),
            );
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn without_extension(name: &str) -> &str {
    let extensions = [
        "html", "htm", "md", "markdown", "txt", "json", "xhtml", "php",
    ];
    match name.rsplit_once('.') {
        Some((stem, extension)) if extensions.contains(&extension) => stem,
        _ => name,
    }
}

/// Whether an anchor says nothing but its heading, as those that generators make.
fn is_made_of(anchor: &str, heading: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (anchor, heading) = (letters(anchor), letters(heading));
    // A number at its end tells headings of one name apart.
    let bare = anchor.trim_end_matches(|letter: char| letter.is_ascii_digit());
    anchor.is_empty() || heading.contains(&anchor) || !bare.is_empty() && heading.contains(bare)
}

/// Whether a field says something to programs alone.
fn is_for_programs(name: &str) -> bool {
    let endings = [
        "date",
        "lang",
        "image",
        "image_alt",
        "url",
        "href",
        "modified",
        "published",
        "version",
    ];
    endings.iter().any(|ending| name.ends_with(ending))
}

fn is_text(value: &str) -> bool {
    value.len() <= LONGEST_VALUE
        && value.chars().any(char::is_alphanumeric)
        && !value.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Section;

    #[test]
    fn words_of_address_anchors_and_metadata_are_fields() {
        let section = |heading: &str, anchor: &str| Section {
            heading: heading.into(),
            anchor: anchor.into(),
            ..Section::default()
        };
        let document = Document {
            id: "XK-4711".into(),
            url: "https://example.org/docs/library/stdtypes.html?v=2#top".into(),
            sections: vec![
                section("Text sequences", "text-sequences"),
                section("Text sequences", "text-sequences-1"),
                section("get(key)", "dict.get"),
            ],
            meta: [
                ("tag", "containers"),
                ("date", "2024-01-01"),
                ("og_image", "a.png"),
                ("author", "Ada Lovelace"),
                ("price", "12.50"),
                ("stars", "***"),
                ("home", "https://example.org"),
            ]
            .map(|(name, value)| (name.to_owned(), vec![value.to_owned()]))
            .into(),
            ..Document::default()
        };
        assert_eq!(
            field_words(&document),
            "library\nstdtypes\ndict.get\nXK-4711\nAda Lovelace\n12.50\ncontainers"
        );
        let index = Document {
            id: "/guide/start/index.html~2".into(),
            url: "/guide/start/index.html".into(),
            ..Document::default()
        };
        assert_eq!(field_words(&index), "guide\nstart");
    }
}
