//! Searching: from a query to an answer.
//!
//! A search is a pure function of the opened index, the query and its options: nothing is remembered between
//! queries. Words are looked up ([`lookup`]) and widened to the terms that they may mean ([`expansion`],
//! [`correction`], [`apart`], [`widening`]), of which a [`planner`] makes a [`plan`]; posting lists become scores
//! ([`bm25`], [`scoring`]); [`phrases`] are found by [`reading`] candidate documents; the best documents are
//! [`collect`]ed and become hits with passages ([`snippet`]). What no document has is listed ([`unknown`]). What reads
//! texts, and what is no query, is called through [`second`].

mod apart;
mod bm25;
mod collect;
mod correction;
mod documents;
mod expansion;
mod facets;
mod filter;
mod option;
mod options;
mod phrases;
mod plan;
mod planner;
mod reading;
mod scoring;
mod searcher;
mod second;
mod similar;
mod snippet;
mod sort;
mod suggest;
#[cfg(feature = "split")]
mod suggest_blocks;
mod unknown;
mod widening;

pub use options::{Condition, FieldWeights, Options, Ranking, Texts};
pub use searcher::Searcher;
#[cfg(feature = "split")]
pub use second::Second;
pub use sort::Sort;
#[cfg(all(feature = "split", feature = "write"))]
pub(crate) use {
    correction::likelier,
    expansion::{Scope, expand},
    similar::{rarity, telling_words},
};
