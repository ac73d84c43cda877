//! What is known of documents beside their texts, written down one after the other. As values, with a tree for the metadata of each,
//! they would take several times as much memory.

use std::collections::BTreeSet;

use crate::Document;
use crate::segment::Reader;
use crate::segment::encode::{put_str, put_varint};

/// Name of the field that the language of a document becomes.
const LANGUAGE: &str = "lang";

/// Documents without their sections.
#[derive(Default)]
pub(super) struct Heads {
    bytes: Vec<u8>,
    documents: usize,
}

/// What is known of a document.
pub(super) struct Head<'h> {
    pub url: &'h str,
    pub id: &'h str,
    pub title: &'h str,
    language: Option<&'h str>,
    /// Number of its group of near-duplicates.
    pub similar: Option<u32>,
    /// Names and values of its metadata.
    fields: Reader<'h>,
}

impl Heads {
    /// Adds a document. Linear in its head.
    pub fn push(&mut self, document: &Document) {
        let out = &mut self.bytes;
        put_str(out, &document.url);
        put_str(out, &document.id);
        put_str(out, &document.title);
        put_optional(out, document.language.as_deref(), put_str);
        put_optional(out, document.similar, put_varint);
        let mut fields = Vec::new();
        for (name, values) in &document.meta {
            put_str(&mut fields, name);
            put_varint(&mut fields, values.len() as u32);
            values.iter().for_each(|value| put_str(&mut fields, value));
        }
        put_varint(out, fields.len() as u32);
        out.extend(fields);
        self.documents += 1;
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.documents
    }

    /// All of them, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = Head<'_>> + Clone {
        let mut reader = Reader::new(&self.bytes, "");
        (0..self.documents).map(move |_| Head::read(&mut reader))
    }

    /// Names of all fields that have values, the language's among them. Linear in the heads.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for head in self.iter() {
            names.extend(head.language.map(|_| LANGUAGE));
            let mut fields = head.fields.clone();
            while !fields.is_at_end() {
                let (name, count) = (fields.str(), fields.varint());
                pass_over(&mut fields, count);
                if count > 0 {
                    names.insert(name);
                }
            }
        }
        names
    }
}

/// 0 for nothing, 1 before something.
fn put_optional<T>(out: &mut Vec<u8>, value: Option<T>, put: impl Fn(&mut Vec<u8>, T)) {
    put_varint(out, u32::from(value.is_some()));
    if let Some(value) = value {
        put(out, value);
    }
}

/// Passes over so many values.
fn pass_over(fields: &mut Reader, count: u32) {
    for _ in 0..count {
        fields.bytes();
    }
}

impl<'h> Head<'h> {
    fn read(reader: &mut Reader<'h>) -> Self {
        let (url, id, title) = (reader.str(), reader.str(), reader.str());
        let language = (reader.varint() == 1).then(|| reader.str());
        let similar = (reader.varint() == 1).then(|| reader.varint());
        let fields = Reader::new(reader.bytes(), "");
        Head {
            url,
            id,
            title,
            language,
            similar,
            fields,
        }
    }

    /// The values of a field, in the document's order. The document's language counts in the place of a field of its name. Linear in
    /// the number of values.
    pub fn values(&self, field: &str) -> Vec<&'h str> {
        if let Some(language) = self.language.filter(|_| field == LANGUAGE) {
            return vec![language];
        }
        let mut fields = self.fields.clone();
        while !fields.is_at_end() {
            let is_it = fields.bytes() == field.as_bytes();
            let count = fields.varint() as usize;
            if is_it {
                return fields.strs(count);
            }
            pass_over(&mut fields, count as u32);
        }
        Vec::new()
    }

    /// The document without its sections.
    pub fn document(&self) -> Document {
        let mut fields = self.fields.clone();
        let mut document = Document {
            url: self.url.to_owned(),
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            language: self.language.map(str::to_owned),
            similar: self.similar,
            ..Document::default()
        };
        while !fields.is_at_end() {
            let name = fields.str().to_owned();
            let count = fields.varint() as usize;
            let values = fields.strs(count).into_iter().map(str::to_owned).collect();
            document.meta.insert(name, values);
        }
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Section;

    fn document(number: u32) -> Document {
        let some = |place: u32| number >> place & 1 == 1;
        let mut document = Document {
            id: format!("{number}"),
            url: format!("{number}/ä.html"),
            title: "Title".repeat(number as usize % 3),
            language: some(0).then(|| "de".to_owned()),
            similar: some(1).then_some(number),
            ..Document::default()
        };
        for (place, name, values) in [
            (2, "lang", &["en"][..]),
            (3, "tag", &["b", "a", ""]),
            (4, "none", &[]),
            (5, "", &["x"]),
        ] {
            if some(place) {
                let values = values.iter().map(|&value| value.to_owned()).collect();
                document.meta.insert(name.to_owned(), values);
            }
        }
        document
    }

    #[test]
    fn documents_come_back_without_their_sections() {
        let mut heads = Heads::default();
        for number in 0..64 {
            heads.push(&Document {
                sections: vec![Section::default()],
                ..document(number)
            });
        }
        assert_eq!(heads.len(), 64);
        assert!(
            heads
                .iter()
                .map(|head| head.document())
                .eq((0..64).map(document))
        );
        assert_eq!(
            heads.names().into_iter().collect::<Vec<_>>(),
            ["", "lang", "tag"]
        );
        let head = |number| heads.iter().nth(number).unwrap();
        // What the document says of its language counts.
        assert_eq!(head(5).values("lang"), ["de"]);
        assert_eq!(head(4).values("lang"), ["en"]);
        assert_eq!(head(8).values("tag"), ["b", "a", ""]);
        assert!(head(8).values("lang").is_empty());
    }
}
