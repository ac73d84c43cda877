//! What an index knows of documents beside their scores: identifiers, addresses, texts.

use super::Index;
use crate::list::ToList;
use crate::segment::{Column, DocId, Segment, TermOrdinal};

/// A metadata field.
#[derive(Clone, Copy)]
pub(crate) struct Field<'i> {
    pub name: &'i str,
    /// Whether documents share its values, so that people may choose from them.
    pub is_shared: bool,
}

/// A field with more values is no choice that a person makes from a list.
const MOST_VALUES: usize = 64;

impl<'i> Field<'i> {
    /// Of a column. Constant time.
    pub(super) fn of(column: &Column<'i>) -> Self {
        let values = column.values.len();
        let is_shared = (2..=MOST_VALUES).contains(&values)
            && (values < column.len() || matches!(column.name, "source" | "tag"))
            && column.name != "date";
        Field {
            name: column.name,
            is_shared,
        }
    }
}

/// The text of a document, in the segment that holds it.
#[derive(Clone, Copy)]
pub(crate) struct Text<'i> {
    pub segment: &'i Segment<'i>,
    /// Number of the document in the segment.
    pub document: DocId,
    /// Number of the segment.
    pub number: u32,
}

impl Index<'_> {
    pub(crate) fn id(&self, document: DocId) -> &str {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.id(document);
        }
        self.catalog.id(document)
    }

    pub(crate) fn url(&self, document: DocId) -> &str {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.url(document);
        }
        self.catalog.url(document)
    }

    /// Number of the group of near-duplicates that a document belongs to.
    pub(crate) fn group(&self, document: DocId) -> Option<u32> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.group(document);
        }
        self.catalog.group(document)
    }

    /// How many groups of near-duplicates there may be.
    pub(crate) fn groups(&self) -> usize {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.groups();
        }
        self.catalog.groups()
    }

    /// Anchors of the sections of a document, in their order. Linear in their bytes.
    pub(crate) fn anchors(&self, document: DocId) -> Vec<&str> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.anchors(document, &self.letters);
        }
        self.catalog.anchors(document)
    }

    /// The document with this identifier. Linear in the number of documents.
    pub(crate) fn with_id(&self, id: &str) -> Option<DocId> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.with_id(id);
        }
        self.catalog.find(id)
    }

    /// The text of a document.
    pub(crate) fn text(&self, document: DocId) -> Option<Text<'_>> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.text(document, &self.letters);
        }
        Some(Text {
            segment: &self.segment,
            document,
            number: 0,
        })
    }

    /// The number among all terms of one that a segment with the text of a document holds; none where a build found out that
    /// it does not tell much about the document.
    pub(crate) fn telling(
        &self,
        #[cfg_attr(not(feature = "split"), expect(unused_variables))] document: DocId,
        #[cfg_attr(not(feature = "split"), expect(unused_variables))] text: Text,
        term: TermOrdinal,
    ) -> Option<TermOrdinal> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            if !loaded.telling(document, &self.letters).contains(&term) {
                return None;
            }
            let mut letters = String::new();
            text.segment.terms.push_term(term, &mut letters);
            return self.ordinal(&letters);
        }
        Some(term)
    }

    /// The terms that tell most about a document of an index in blocks, by their numbers in the segment with its text.
    #[cfg(feature = "split")]
    pub(crate) fn terms_that_tell(&self, document: DocId) -> &[TermOrdinal] {
        let loaded = self.loaded();
        loaded.map_or(&[], |loaded| loaded.telling(document, &self.letters))
    }

    /// A term by its number in a segment that holds texts; none where they lack it.
    pub(crate) fn term_in(
        &self,
        #[cfg_attr(not(feature = "split"), expect(unused_variables))] segment: &Segment,
        term: TermOrdinal,
    ) -> Option<TermOrdinal> {
        #[cfg(feature = "split")]
        if self.loaded().is_some() {
            let mut text = String::new();
            self.push_term(term, &mut text);
            return segment.terms.ordinal(&text);
        }
        Some(term)
    }

    /// The metadata fields.
    pub(crate) fn fields(&self) -> &[Field<'_>] {
        &self.fields
    }

    /// The values of a metadata field, by its number.
    pub(crate) fn column(&self, number: usize) -> Option<&Column<'_>> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.column(number);
        }
        self.columns.get(number)
    }

    /// The place of a document in the order of titles.
    pub(crate) fn title_place(&self, document: DocId) -> u32 {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.title_place(document);
        }
        self.catalog.title_place(document)
    }

    /// Name and values of the metadata of a document.
    pub(crate) fn metadata(&self, document: DocId) -> Vec<(&str, Vec<&str>)> {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.metadata(document);
        }
        let columns = self.columns.iter();
        let all = columns.map(|column| (column.name, column.of(document).list()));
        all.list()
    }
}
