//! Relevance tests that the owner of a site writes: queries, and the pages that they have to find.

use crate::config::Expect;
use crate::output;
use anyhow::{Result, bail};
use samara_engine::{Index, Options, Unicode};

/// Checks every expectation against an index.
///
/// # Errors
/// Names each expectation that does not hold, and where the page was found instead.
pub fn check(index: &Index, expectations: &[Expect]) -> Result<()> {
    let failures: Vec<String> = expectations
        .iter()
        .filter_map(|expectation| failure(index, expectation))
        .collect();
    if failures.is_empty() {
        return Ok(());
    }
    bail!(
        "{} of {} expectations do not hold:\n  {}",
        failures.len(),
        expectations.len(),
        failures.join("\n  ")
    )
}

fn failure(index: &Index, Expect { query, top, url }: &Expect) -> Option<String> {
    let options = Options {
        limit: index.len(),
        ..Options::default()
    };
    let answer = index.search(query, &options, &Unicode);
    let place = answer.hits.iter().position(|hit| {
        hit.url == *url || hit.duplicates.iter().any(|duplicate| duplicate.url == *url)
    });
    let first = answer
        .hits
        .first()
        .map_or("nothing".to_owned(), |hit| output::printable(&hit.url));
    match place {
        Some(place) if place < *top => None,
        Some(place) => Some(format!(
            "`{query}` finds {url} in place {}, not among the first {top}; first is {first}",
            place + 1
        )),
        None if index.documents().any(|document| document.url == *url) => {
            Some(format!("`{query}` does not find {url}; first is {first}"))
        }
        None => Some(format!(
            "`{query}` cannot find {url}: no document has this address; first is {first}"
        )),
    }
}
