//! An address and an id for every page.

use std::collections::{HashMap, HashSet};
use std::io;

use super::hosting::{Hosting, LinkVotes};
use super::pages::{Known, Pages};
use crate::options::Options;
use crate::page::Region;
use crate::report::{Note, Warning};

/// Gives every page an address and an id of its own: the address at which its host serves it. A site whose pages all
/// claim the same address means something else by it; then the files' names tell them apart.
///
/// # Errors
/// Pages cannot be read.
pub(super) fn settle_addresses(
    pages: &mut Pages,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> io::Result<()> {
    let mut claims: HashMap<String, usize> = HashMap::new();
    for page in &pages.known {
        if let Some(url) = &page.url {
            *claims.entry(url.clone()).or_default() += 1;
        }
    }
    let known = pages.known.iter_mut();
    for page in known.filter(|page| page.region != Region::Whole) {
        if page.url.as_ref().is_some_and(|url| claims[url] > 1) {
            warnings.push(Warning::new(&page.path, Note::SharedAddress));
            page.url = None;
        }
    }
    let paths = pages.known.iter().map(|page| page.path.as_str()).collect();
    let mut votes = LinkVotes::new(paths);
    let all: Vec<usize> = (0..pages.len()).collect();
    pages.ask(
        &all,
        |head| head.links,
        |at, links| {
            votes.add(&pages.known[at].path, &links);
        },
    )?;
    let hosting = Hosting::of(votes, options);
    let mut served: HashSet<String> = claims.into_keys().collect();
    let known = pages.known.iter_mut();
    for page in known.filter(|page| page.url.is_none()) {
        let address = hosting.address(&page.path);
        // What two files ask for leads to one of them only.
        let address = if served.contains(&address) {
            crate::facts::address::of_path(&page.path)
        } else {
            address
        };
        served.insert(address.clone());
        page.url = Some(address);
    }
    settle_ids(&mut pages.known, warnings);
    Ok(())
}

fn settle_ids(pages: &mut [Known], warnings: &mut Vec<Warning>) {
    let asked = |page: &Known| {
        page.id
            .clone()
            .or_else(|| page.url.clone())
            .unwrap_or_default()
    };
    let mut taken: HashSet<String> = HashSet::new();
    let mut times: HashMap<String, usize> = HashMap::new();
    // Ids that are given go before those that are made.
    let given: HashSet<String> = pages.iter().map(asked).collect();
    for page in pages {
        let id = asked(page);
        if taken.insert(id.clone()) {
            continue;
        }
        let times = times.entry(id.clone()).or_insert(1);
        let own = loop {
            *times += 1;
            let own = format!("{id}~{times}");
            if !given.contains(&own) && taken.insert(own.clone()) {
                break own;
            }
        };
        page.id = Some(own);
        let times = *times;
        warnings.push(Warning::new(&page.path, Note::TakenId { id, times }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_whatever_is_given() {
        let ids = ["a", "a", "a~2", "a"];
        let mut pages: Vec<Known> = ids
            .iter()
            .map(|id| Known {
                id: Some(id.to_string()),
                ..Known::default()
            })
            .collect();
        settle_ids(&mut pages, &mut Vec::new());
        let ids: Vec<_> = pages.iter().filter_map(|page| page.id.as_deref()).collect();
        assert_eq!(ids, ["a", "a~3", "a~2", "a~4"]);
    }
}
