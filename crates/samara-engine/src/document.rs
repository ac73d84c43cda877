//! What goes into an index: a cleaned document.

use std::collections::BTreeMap;

/// A cleaned document: what a reader would call its content, and what is known about it.
///
/// All texts are plain text. Paragraphs and other blocks are separated by `\n`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The input's own identifier, or else its `url`. Unique in a corpus.
    pub id: String,
    /// Address on the site, or the path relative to the corpus where it has none.
    pub url: String,
    /// Title, without the site's name.
    pub title: String,
    /// Primary language subtag (`en`, `de`, `zh`), where known.
    pub language: Option<String>,
    /// Text in reading order. Text before the first heading is a section with an empty heading.
    pub sections: Vec<Section>,
    /// Everything else: `source`, `date` (ISO 8601), `author`, `tag`, … A field may have several values.
    pub meta: BTreeMap<String, Vec<String>>,
    /// Documents with the same number are near-duplicates of one another.
    pub similar: Option<u32>,
}

/// A heading and the text beneath it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Heading as shown; empty for the text before the first heading.
    pub heading: String,
    /// Fragment identifier without `#`; empty where the page has none.
    pub anchor: String,
    /// Blocks separated by `\n`.
    pub text: String,
}

impl Document {
    /// Title, headings and text joined by newlines: everything of this document that can be found.
    /// Linear in its length.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut parts = vec![self.title.as_str()];
        for section in &self.sections {
            parts.push(&section.heading);
            parts.push(&section.text);
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }
}
