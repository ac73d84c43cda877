//! Searching: from a query to an answer.
//!
//! A search is a pure function of the opened index, the query and its options: nothing is remembered between
//! queries. Words are looked up ([`lookup`]) and widened to the terms that they may mean ([`expansion`],
//! [`correction`]); posting lists become scores ([`bm25`], [`scoring`]); phrases are found by reading candidate
//! documents ([`scan`]); the best documents become hits with snippets ([`snippet`]).

mod bm25;
mod correction;
mod expansion;
mod facets;
mod filter;
mod lookup;
mod plan;
mod scan;
mod scoring;
mod searcher;
mod similar;
mod snippet;
mod sort;
mod suggest;

pub use searcher::{Options, Searcher};
pub use sort::Sort;
