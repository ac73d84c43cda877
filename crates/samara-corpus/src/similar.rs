//! Near-duplicates: versions of a page, print pages, syndicated news.
//!
//! Two documents are near-duplicates if they share four fifths of their shingles, runs of five words.
//! MinHash signatures find the pairs that may be: one number a hash function, of which two documents
//! agree in the share of shingles that they have in common. Bands of signatures put likely pairs into
//! one bucket; whether a pair is one is then counted, not estimated.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::fold::words;
use crate::page::Page;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// From this share on two documents are near-duplicates.
const SIMILAR: f32 = 0.8;
/// Bands and numbers a band: of pairs that share four fifths, 1 in 3,000 is missed.
const BANDS: usize = 20;
const ROWS: usize = 5;
/// Documents of a bucket that others are compared with: a bucket of ten thousand copies has few that
/// differ.
const LEADERS: usize = 4;

/// The group of each page: pages with the same number are near-duplicates; `None` for a page that
/// has none. Numbers count groups in the order of their first pages. Linear in the text, as long as
/// few unlike pages fall into one bucket.
pub(crate) fn groups(pages: &[Page]) -> Vec<Option<u32>> {
    let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    let mut parents: Vec<usize> = (0..pages.len()).collect();
    for (at, page) in pages.iter().enumerate() {
        let own = shingles(page);
        if own.is_empty() {
            continue;
        }
        let mut compared: HashSet<usize> = HashSet::new();
        for (band, key) in bands(&own).into_iter().enumerate() {
            let bucket = buckets.entry((band, key)).or_default();
            let mut alone = true;
            for &other in bucket.iter() {
                if root(&mut parents, other) == root(&mut parents, at) {
                    alone = false;
                } else if compared.insert(other) && share(&own, &shingles(&pages[other])) >= SIMILAR
                {
                    let (a, b) = (root(&mut parents, other), root(&mut parents, at));
                    parents[a.max(b)] = a.min(b);
                    alone = false;
                }
            }
            if alone && bucket.len() < LEADERS {
                bucket.push(at);
            }
        }
    }
    number(&mut parents)
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn number(parents: &mut [usize]) -> Vec<Option<u32>> {
    let roots: Vec<usize> = (0..parents.len()).map(|at| root(parents, at)).collect();
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for &root in &roots {
        *sizes.entry(root).or_default() += 1;
    }
    let mut numbers: HashMap<usize, u32> = HashMap::new();
    roots
        .into_iter()
        .map(|root| {
            let next = u32::try_from(numbers.len()).ok()?;
            (sizes[&root] > 1).then(|| *numbers.entry(root).or_insert(next))
        })
        .collect()
}

/// Hashes of a page's runs of words, each once, in order. A text shorter than a shingle is one.
fn shingles(page: &Page) -> Vec<u64> {
    let lower: Vec<String> = page
        .blocks
        .iter()
        .flat_map(|b| words(&b.text))
        .map(str::to_lowercase)
        .collect();
    if lower.is_empty() {
        return Vec::new();
    }
    let length = SHINGLE.min(lower.len());
    let mut hashes: Vec<u64> = lower.windows(length).map(|run| hash(&run)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// `DefaultHasher::new` has fixed keys, so that two builds agree.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A key for each band of the signature.
fn bands(shingles: &[u64]) -> Vec<u64> {
    let signature: Vec<u64> = (0..(BANDS * ROWS) as u64)
        .map(|function| {
            // An odd factor permutes the numbers of 64 bits; another constant for each function.
            let factor = (function + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            let mix = |hash: u64| {
                let mixed = hash.wrapping_mul(factor);
                (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
            };
            shingles.iter().map(|&hash| mix(hash)).min().unwrap_or(0)
        })
        .collect();
    signature.chunks(ROWS).map(|rows| hash(&rows)).collect()
}

/// Jaccard similarity of two sorted sets.
fn share(a: &[u64], b: &[u64]) -> f32 {
    let (mut shared, mut i, mut j) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (shared, i, j) = (shared + 1, i + 1, j + 1),
        }
    }
    shared as f32 / (a.len() + b.len() - shared) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Block;

    fn page(text: &str) -> Page {
        Page {
            blocks: vec![Block::text(text)],
            ..Page::default()
        }
    }

    fn story(seed: usize) -> String {
        (0..200)
            .map(|n| format!("w{}", (n * n + seed * (n + 7)) % 1009))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn versions_are_grouped_and_other_texts_are_not() {
        let changed = story(1).replacen("w8", "other", 1).replacen("w1", "new", 1);
        let pages = [
            page(&story(1)),
            page(&story(2)),
            page(&changed),
            page(&story(1)),
            page(""),
        ];
        assert_eq!(groups(&pages), [Some(0), None, Some(0), Some(0), None]);
    }

    #[test]
    fn half_a_text_is_no_duplicate() {
        let half: String = story(1).split(' ').take(100).collect::<Vec<_>>().join(" ");
        assert_eq!(groups(&[page(&story(1)), page(&half)]), [None, None]);
    }
}
