//! Relevance tests that the owner of a site writes: queries, and the pages that they have to find.

use crate::config::Expect;
use crate::output;
use anyhow::{Result, bail};
use percent_encoding::percent_decode_str;
use samara_engine::{Index, Options, Searcher, Unicode};
use std::borrow::Cow;

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
    let answer = Searcher::new(index, &Unicode).search(query, &options);
    let place = answer.hits.iter().position(|hit| {
        let mut duplicates = hit.duplicates.iter();
        is_same(&hit.url, url) || duplicates.any(|duplicate| is_same(&duplicate.url, url))
    });
    let first = answer
        .hits
        .first()
        .map_or("nothing".to_owned(), |hit| output::printable(&hit.url));
    match place {
        Some(place) if place < top.get() => None,
        Some(place) => Some(format!(
            "`{query}` finds {url} in place {}, not among the first {top}; first is {first}",
            place + 1
        )),
        None if index
            .documents()
            .any(|document| is_same(&document.url, url)) =>
        {
            Some(format!("`{query}` does not find {url}; first is {first}"))
        }
        None => Some(format!(
            "`{query}` cannot find {url}: no document has this address; first is {first}"
        )),
    }
}

/// Whether two addresses are of one page, as static hosts see it: `install/index.html` is `/install/`, and what is
/// escaped in one may be written out in the other.
pub fn is_same(one: &str, other: &str) -> bool {
    fn bare(url: &str) -> Cow<'_, [u8]> {
        let url = url.trim_start_matches('/');
        percent_decode_str(match url.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => url,
        })
        .into()
    }
    bare(one) == bare(other)
}

/// An address without what all of a site's addresses begin with.
pub fn without_base<'u>(base: &str, url: &'u str) -> &'u str {
    match url.strip_prefix(base.trim_end_matches('/')) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address_however_it_is_written() {
        for (one, other, same) in [
            ("install/index.html", "/install/", true),
            ("index.html", "/", true),
            ("a.html", "/a.html", true),
            ("install/index.html", "/install", false),
            ("myindex.html", "my", false),
            ("C%23%20notes.html", "/C# notes.html", true),
            (
                "https://example.org/a/",
                "https://example.org/a/index.html",
                true,
            ),
        ] {
            assert_eq!(is_same(one, other), same, "{one} {other}");
        }
    }

    #[test]
    fn a_base_is_taken_from_the_addresses_that_have_it() {
        for (base, url, expected) in [
            ("/docs/", "/docs/install/", "/install/"),
            ("https://example.org", "https://example.org/a*", "/a*"),
            ("/docs/", "/docsify/", "/docsify/"),
            ("/docs/", "install/", "install/"),
            ("/", "/install/", "/install/"),
        ] {
            assert_eq!(without_base(base, url), expected, "{base} {url}");
        }
    }
}
