//! What is wanted of an answer beside the query.

use super::Sort;
use crate::list::ToList;

/// What is wanted of an answer beside the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// How many hits, at most.
    pub limit: usize,
    /// How many to leave out at the front.
    pub offset: usize,
    /// What metadata has to say.
    pub filters: Condition,
    /// Order; by relevance if none.
    pub sort: Option<Sort>,
    /// Whether misspelt words may be read as others.
    pub correct: bool,
    /// Whether the last word may be the beginning of one.
    pub prefix: bool,
    /// Whether words stand for themselves alone: no stems, no completions, no corrections, no synonyms.
    pub exact: bool,
    /// What words count by where they stand.
    pub fields: FieldWeights,
    /// How occurrences become scores.
    pub ranking: Ranking,
    /// How much of their texts hits bring along.
    pub texts: Texts,
    /// Whether near-duplicates are hits of their own, instead of one that names the others.
    pub apart: bool,
    /// Whether a query without anything to look for finds every document, instead of none.
    pub all: bool,
    /// Whether hits say what each part of the query added to their score.
    pub explain: bool,
    /// Metadata fields to count values of; those that documents share, if empty.
    pub facets: Vec<String>,
    /// Whether values that no match has are listed among the facets, too.
    pub zeros: bool,
    /// Whether all documents that match are listed beside the hits.
    pub listing: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            limit: 10,
            offset: 0,
            filters: Condition::default(),
            sort: None,
            correct: true,
            prefix: true,
            exact: false,
            fields: FieldWeights::default(),
            ranking: Ranking::default(),
            texts: Texts::default(),
            apart: false,
            all: false,
            explain: false,
            facets: Vec::new(),
            zeros: false,
            listing: false,
        }
    }
}

/// What an occurrence of a word counts by where it stands. With 0, words there are not looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldWeights {
    /// In the title.
    pub title: f32,
    /// In a heading.
    pub heading: f32,
    /// In a text.
    pub body: f32,
    /// In the address, an anchor or metadata.
    pub meta: f32,
}

impl Default for FieldWeights {
    /// Between 2 and 5 times for titles makes no difference on six collections.
    fn default() -> Self {
        FieldWeights {
            title: 3.0,
            heading: 2.0,
            body: 1.0,
            meta: 1.0,
        }
    }
}

/// How occurrences of words become scores. The default is what measurements chose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// How quickly further occurrences stop counting: the higher, the later. BM25 calls it k1.
    pub saturation: f32,
    /// How much a long document has to say a word more often: 0 not at all, 1 in proportion. BM25 calls it b.
    pub length: f32,
    /// Share of the score, from 0 to 1, in which every further occurrence counts as much as the first, however long the
    /// document is.
    pub counts: f32,
    /// What an occurrence counts that differs from the word in accents; with 0 it is none.
    pub accents: f32,
    /// How much a longer word counts less than the beginning that was typed: 0 not at all.
    pub beginnings: f32,
}

impl Default for Ranking {
    fn default() -> Self {
        Ranking {
            saturation: 1.6,
            // Long pages of manuals are mostly the right ones, and below .4 collections lose.
            length: 0.4,
            counts: 0.0,
            accents: 0.95,
            beginnings: 1.0,
        }
    }
}

/// How much of its text a hit brings along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Texts {
    /// The passage that says most, and those of the sections that do.
    #[default]
    Passages,
    /// All of it, line by line: what stands before the first heading as the snippet, or, where it can be linked to, as a
    /// section without a heading; then every section, of which the heading is the first line.
    Whole,
}

/// A condition on metadata.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// None of these holds.
    None(Vec<Condition>),
    /// A value of the field is this.
    Is {
        /// Name of the field.
        field: String,
        /// The value.
        value: String,
    },
    /// A value of the field lies between these, ends included: as numbers where the ends are numbers, else as texts, of
    /// which the second is compared as a beginning. An empty end is none.
    Between {
        /// Name of the field.
        field: String,
        /// The least value.
        from: String,
        /// The greatest value.
        to: String,
    },
}

impl Default for Condition {
    /// Holds for every document.
    fn default() -> Self {
        Condition::All(Vec::new())
    }
}

impl Condition {
    /// Holds where a document has one of these values of each field, and for every field without values.
    #[must_use]
    pub fn of_fields(fields: &[(String, Vec<String>)]) -> Self {
        let chosen = fields.iter().filter(|(_, values)| !values.is_empty());
        let any = chosen.map(|(field, values)| {
            let is = |value: &String| Condition::Is {
                field: field.clone(),
                value: value.clone(),
            };
            Condition::Any(values.iter().map(is).list())
        });
        Condition::All(any.list())
    }

    /// Whether it holds for every document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Condition::All(all) if all.is_empty())
    }
}
