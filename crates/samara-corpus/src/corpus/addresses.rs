//! An address and an id for every page.

use std::collections::{HashMap, HashSet};

use super::hosting::Hosting;
use super::pages::Known;
use crate::kept::records::{Key, key_of};
use crate::page::Region;
use crate::report::{Note, Warning};

/// Gives every page an address and an id of its own: the address at which its host serves it. A site whose pages all
/// claim the same address means something else by it; then the files' names tell them apart.
pub(super) fn settle_addresses(
    pages: &mut [Known],
    hosting: &Hosting,
    warnings: &mut Vec<Warning>,
) {
    let mut claims: HashMap<&str, usize> = HashMap::new();
    for url in pages.iter().filter_map(|page| page.url.as_deref()) {
        *claims.entry(url).or_default() += 1;
    }
    let mut served: HashSet<Key> = claims.keys().map(|url| key(url)).collect();
    let is_shared = |page: &Known| {
        let url = page.url.as_deref().filter(|_| page.region != Region::Whole);
        url.is_some_and(|url| claims[url] > 1)
    };
    let shared: Vec<usize> = (0..pages.len())
        .filter(|&at| is_shared(&pages[at]))
        .collect();
    for at in shared {
        let page = &mut pages[at];
        warnings.push(Warning::new(&*page.path, Note::SharedAddress));
        page.url = None;
    }
    let known = pages.iter_mut();
    for page in known.filter(|page| page.url.is_none()) {
        let address = hosting.address(&page.path);
        // What two files ask for leads to one of them only.
        let address = if served.contains(&key(&address)) {
            crate::facts::address::of_path(&page.path)
        } else {
            address
        };
        served.insert(key(&address));
        page.url = Some(address.into());
    }
    drop(served);
    settle_ids(pages, warnings);
}

/// What an address is known by: a million of them would take more memory as texts.
fn key(address: &str) -> Key {
    key_of(&[address.as_bytes()])
}

fn settle_ids(pages: &mut [Known], warnings: &mut Vec<Warning>) {
    let asked = |at: usize| -> &str {
        let page: &Known = &pages[at];
        page.id.as_deref().or(page.url.as_deref()).unwrap_or("")
    };
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by_key(|&at| asked(at));
    // Ids that are given go before those that are made.
    let is_given = |id: &str| order.binary_search_by_key(&id, |&at| asked(at)).is_ok();
    let pairs = order.windows(2);
    let later = pairs.filter(|pair| asked(pair[0]) == asked(pair[1]));
    let mut later: Vec<usize> = later.map(|pair| pair[1]).collect();
    later.sort_unstable();
    let mut times: HashMap<&str, usize> = HashMap::new();
    let mut made: HashSet<String> = HashSet::new();
    let mut own_ids: Vec<(usize, String)> = Vec::new();
    for at in later {
        let id = asked(at);
        let times = times.entry(id).or_insert(1);
        let own = loop {
            *times += 1;
            let own = format!("{id}~{times}");
            if !is_given(&own) && made.insert(own.clone()) {
                break own;
            }
        };
        let (id, times) = (id.to_owned(), *times);
        warnings.push(Warning::new(&*pages[at].path, Note::TakenId { id, times }));
        own_ids.push((at, own));
    }
    for (at, own) in own_ids {
        pages[at].id = Some(own.into());
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
                id: Some((*id).into()),
                ..Known::default()
            })
            .collect();
        settle_ids(&mut pages, &mut Vec::new());
        let ids: Vec<_> = pages.iter().filter_map(|page| page.id.as_deref()).collect();
        assert_eq!(ids, ["a", "a~3", "a~2", "a~4"]);
    }
}
