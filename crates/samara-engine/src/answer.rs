//! What a search answers. These are the shapes that cross to JavaScript and that the command prints as JSON.

use crate::query::Ignored;

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Number of documents that match, a group of near-duplicates counted once.
    pub total: u32,
    /// The best of them, as many as were asked for.
    pub hits: Vec<Hit>,
    /// Per metadata field, how the matches divide.
    pub facets: Fields<Vec<FacetValue>>,
    /// How the query was understood, if not as typed.
    pub corrected: Option<Correction>,
    /// What may have been meant by words that the corpus has, but hardly: both were looked for.
    pub offered: Option<Correction>,
    /// What was typed and not used.
    pub ignored: Vec<Ignored>,
    /// All of the documents that match, in the order of hits, near-duplicates by themselves, if that was asked for: the number
    /// of each in the index, and its score in thousandths. Of an index in blocks nothing more is read for it.
    pub listing: Vec<(u32, u32)>,
    /// What each of these is sorted by, where that is a metadata field; empty where a document has none.
    pub sorted_by: Vec<String>,
}

/// A document that matches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// The document's identifier.
    pub id: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Words of the query in the title: start and end in UTF-16 code units.
    pub title_marks: Vec<(u32, u32)>,
    /// Score in thousandths; comparable within one answer only.
    pub score: u32,
    /// The passage that says most about the query.
    pub snippet: Snippet,
    /// The sections that say most about the query.
    pub sections: Vec<SectionHit>,
    /// Metadata.
    pub meta: Fields<Values>,
    /// Near-duplicates that match, too.
    pub duplicates: Vec<Duplicate>,
    /// What each part of the query added to the score, if that was asked for.
    pub explanation: Option<Vec<Reason>>,
}

/// A passage with the words of the query marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The passage as plain text.
    pub text: String,
    /// Start and end of each mark in UTF-16 code units, ascending, not overlapping.
    pub marks: Vec<(u32, u32)>,
}

/// A section that matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionHit {
    /// Its heading.
    pub title: String,
    /// Address of the document with the section's anchor.
    pub url: String,
    /// Passage of the section.
    pub snippet: Snippet,
}

/// A near-duplicate of a hit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duplicate {
    /// The document's identifier.
    pub id: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
}

/// How a query was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// The query as typed.
    pub from: String,
    /// The query that was answered.
    pub to: String,
}

/// A value of a metadata field among the matches, near-duplicates counted once as in [`Answer::total`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// Matches that have it, after filtering.
    pub count: u32,
    /// Matches that have it, before filtering.
    pub total: u32,
}

/// What a part of the query added to a score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The part of the query.
    pub text: String,
    /// What it added, in thousandths.
    pub score: u32,
}

/// A completion of what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The completed text.
    pub text: String,
    /// Number of documents that have it.
    pub documents: u32,
}

/// Named things, in a fixed order. An object in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields<T>(pub Vec<(String, T)>);

impl<T> Fields<T> {
    /// What has this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

impl<T> Default for Fields<T> {
    fn default() -> Self {
        Fields(Vec::new())
    }
}

/// The values of a metadata field: one, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// The only value.
    One(String),
    /// All values, in the document's order.
    Several(Vec<String>),
}
