//! What a search has to compute.
//!
//! Words of the query are [`QueryTerm`]s, which are numbered; [`Phrase`]s are words in a row; a [`Node`] says how the
//! scores of both are put together. [`super::planner`] makes a plan of a query.

use core::ops::Range;

use super::expansion::Expansion;
use crate::query::{Occur, Signs};

/// What a search has to compute.
#[derive(Default)]
pub(crate) struct Plan {
    pub clauses: Vec<PlannedClause>,
    pub terms: Vec<QueryTerm>,
    pub phrases: Vec<Phrase>,
    /// The query as it was understood, where that is not how it was typed.
    pub corrected: Option<String>,
    /// What may have been meant by words that the corpus has, but hardly.
    pub offered: Option<String>,
}

/// A word of the query with what it may mean.
#[derive(Default)]
pub(crate) struct QueryTerm {
    pub expansion: Expansion,
    /// Where it was typed, in bytes.
    pub range: Range<usize>,
    /// Only in the title.
    pub in_title: bool,
    pub highlight: Highlight,
    /// Too common to be looked for beside other words.
    pub is_common: bool,
    /// As common, but meant all the same.
    pub is_meant: bool,
    /// What begins like it counts in a row with its neighbours alone.
    pub goes_on_in_row: bool,
    /// It was not typed but made of what was.
    pub is_made: bool,
    /// It is worth no more than this share of what these words are.
    pub at_most: Option<(Range<usize>, f32)>,
    /// What it is worth, where that is not decided by how rare it is.
    pub weight: Option<f32>,
}

/// Where a word of the query is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Highlight {
    /// Wherever it stands.
    #[default]
    Alone,
    /// In a row with its neighbours of the query.
    InRow,
    /// Nowhere: it is excluded.
    Never,
}

/// Words in a row.
pub(crate) struct Phrase {
    /// Numbers of the terms.
    pub slots: Range<usize>,
    /// What was typed between each two of them.
    pub gaps: Vec<String>,
    /// Typed in one, so that it counts for more where it is written exactly so.
    pub is_joined: bool,
    pub signs: Signs,
    /// Counts only where all is written as it was typed.
    pub exact_only: bool,
    pub in_title: bool,
    /// Another way to write this word: where the corpus has the word, it is worth no more.
    pub instead_of: Option<usize>,
}

/// How scores are put together.
pub(crate) enum Node {
    /// That of a word, times a boost.
    Term(usize, f32),
    /// That of a phrase, times a boost.
    Phrase(usize, f32),
    /// The sum of what is found.
    Sum(Vec<Node>),
    /// The best of what is found: of alternatives, so that they do not add up.
    Best(Vec<Node>),
}

/// Something to look for.
pub(crate) struct PlannedClause {
    /// Where it was typed, in bytes.
    pub typed: Range<usize>,
    pub occur: Occur,
    pub node: Node,
    /// Words that were asked for, in their order: those of the first alternative.
    pub words: Vec<usize>,
    /// Adds to the score of a document but is nothing that was asked for.
    pub is_extra: bool,
}
