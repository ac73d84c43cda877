//! What is weighed when a block is judged: the numbers that describe it.

use std::collections::{HashMap, HashSet};

use super::alone::alone;
use super::around::{Around, contained, placed, survey};
use super::item::Item;
use super::numbers::{Numbers, put};
use crate::page::Kind;
use crate::words::{WordSet, fold, word_hash};

/// The numbers that describe every item of a page, in the page's order. Linear in the page, times
/// the depth at which containers are looked at.
pub(crate) fn features(items: &[Item<'_>], title: &str) -> Vec<Vec<f32>> {
    let page = Described::of(items, title);
    (0..items.len())
        .map(|at| {
            let mut out = Vec::with_capacity(96 + items[at].markup.len());
            page.item(at, &mut out);
            out.extend(&items[at].markup);
            out
        })
        .collect()
}

/// The names of these numbers, in their order, where the names of those that only markup gives are
/// these.
pub(crate) fn names(markup: Vec<String>) -> Vec<String> {
    let item = Item {
        text: "",
        folded: "",
        words: 0,
        kind: Kind::Text,
        gap_before: false,
        link_words: 0,
        markup: vec![0.0; markup.len()],
        containers: Vec::new(),
    };
    let mut names = Vec::new();
    Described::of(&[item], "").item(0, &mut names);
    names.extend(markup);
    names
}

/// A page whose items are described.
struct Described<'a> {
    items: &'a [Item<'a>],
    around: Around,
    /// How often each text stands in the page.
    counts: HashMap<&'a str, usize>,
    /// The text of an item stands before it as well.
    is_copy: Vec<bool>,
    /// The words of each item, and whether they are long enough to tell what it is about.
    hashes: Vec<Vec<(u64, bool)>>,
    title: WordSet,
    /// Longer words of prose.
    topic: WordSet,
}

impl<'a> Described<'a> {
    fn of(items: &'a [Item<'a>], title: &str) -> Self {
        let around = survey(items);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for item in items {
            *counts.entry(item.folded).or_default() += 1;
        }
        let mut earlier: HashSet<&str> = HashSet::new();
        let is_copy = items.iter().map(|item| !earlier.insert(item.folded));
        let hashes: Vec<Vec<(u64, bool)>> = items
            .iter()
            .map(|item| {
                item.folded
                    .split(' ')
                    .map(|word| (word_hash(word), word.len() > 4))
                    .collect()
            })
            .collect();
        let topic: WordSet = hashes
            .iter()
            .zip(&around.prose)
            .filter(|(_, prose)| **prose)
            .flat_map(|(hashes, _)| {
                hashes
                    .iter()
                    .filter(|(_, long)| *long)
                    .map(|(hash, _)| *hash)
            })
            .collect();
        Self {
            items,
            is_copy: is_copy.collect(),
            title: fold(title).split(' ').map(word_hash).collect(),
            around,
            counts,
            hashes,
            topic,
        }
    }

    /// All numbers of an item but those that only markup gives.
    fn item(&self, at: usize, out: &mut impl Numbers) {
        let (item, hashes) = (&self.items[at], &self.hashes[at]);
        alone(item, hashes, self.around.marks[at], out);
        put!(out, "copies", self.counts[item.folded] as f32);
        put!(out, "is-copy", f32::from(self.is_copy[at]));
        put!(out, "shared-with-title", share(hashes, &self.title));
        put!(out, "shared-with-prose", share(hashes, &self.topic));
        placed(self.items, at, &self.around, out);
        contained(item, &self.around, out);
    }
}

/// Share of an item's longer words that a set holds.
fn share(hashes: &[(u64, bool)], set: &WordSet) -> f32 {
    let (mut shared, mut all) = (0.0, 0.0_f32);
    for (hash, _) in hashes.iter().filter(|(_, long)| *long) {
        all += 1.0;
        shared += f32::from(set.contains(hash));
    }
    shared / all.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_name_of_its_own() {
        for markup in [vec![], vec!["depth".to_string()]] {
            let names = names(markup);
            assert_eq!(names[0], "words");
            let different: HashSet<&String> = names.iter().collect();
            assert_eq!(different.len(), names.len(), "{names:?}");
            assert!(names.iter().all(|name| !name.contains(' ')), "{names:?}");
        }
    }
}
