//! Near-duplicates: versions of a page, print pages, syndicated news.
//!
//! Two documents are near-duplicates if they share four fifths of their shingles, runs of five words.
//! MinHash signatures find the pairs that may be: a hundred numbers, of which two documents agree in
//! the share of shingles that they have in common. Bands of signatures put likely pairs into
//! one bucket; whether a pair is one is then counted, not estimated.

use std::collections::{HashMap, HashSet};

use crate::page::Page;
use crate::word_hash::{mix, word_hashes};

/// Words in a shingle.
const SHINGLE: usize = 5;
/// From this share on two documents are near-duplicates.
pub(crate) const SIMILAR: f32 = 0.8;
/// From this share on they are one document in two versions, whatever else stands around them.
pub(crate) const SAME: f32 = 0.95;
/// Bands and numbers a band: of pairs that share four fifths, 1 in 3,000 is missed.
const BANDS: usize = 20;
const ROWS: usize = 5;
/// Documents of a bucket that others are compared with: a bucket of ten thousand copies has few that
/// differ.
const LEADERS: usize = 4;

/// The group of each page: pages with the same number share so many of their shingles; `None` for a page that
/// shares them with none. Numbers count groups in the order of their first pages. Linear in the text, as long as
/// few unlike pages fall into one bucket.
pub(crate) fn groups(pages: &[Page], least: f32) -> Vec<Option<u32>> {
    let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    let mut parents: Vec<usize> = (0..pages.len()).collect();
    for (at, page) in pages.iter().enumerate() {
        let Some(signature) = page.signature.clone().or_else(|| signature(page)) else {
            continue;
        };
        let mut compared: HashSet<usize> = HashSet::new();
        let mut own = None;
        for (band, key) in bands(&signature).enumerate() {
            let bucket = buckets.entry((band, key)).or_default();
            let mut alone = true;
            for &other in bucket.iter() {
                if root(&mut parents, other) == root(&mut parents, at) {
                    alone = false;
                } else if compared.insert(other) {
                    let own = own.get_or_insert_with(|| set(page));
                    if share(own, &set(&pages[other])) >= least {
                        let (a, b) = (root(&mut parents, other), root(&mut parents, at));
                        parents[a.max(b)] = a.min(b);
                        alone = false;
                    }
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

/// What is kept of a page to find its likes: the smallest shingle in each part of the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature([u64; BANDS * ROWS]);

/// The signature of a page; `None` for one without words. Linear in its text.
pub(crate) fn signature(page: &Page) -> Option<Signature> {
    const PARTS: u64 = (BANDS * ROWS) as u64;
    let mut least = [u64::MAX; BANDS * ROWS];
    let mut any = false;
    for shingle in shingles(page) {
        let part = usize::try_from(shingle % PARTS).unwrap_or(0);
        least[part] = least[part].min(shingle / PARTS);
        any = true;
    }
    // A part without a shingle borrows from the next that has one, so that short texts compare too.
    let borrowed = least;
    for part in 0..least.len() {
        let mut from = part;
        for step in 0..least.len() {
            from = (part + step) % least.len();
            if borrowed[from] != u64::MAX {
                break;
            }
        }
        least[part] = mix(borrowed[from], (from + least.len() - part) as u64 % PARTS);
    }
    any.then_some(Signature(least))
}

/// Hashes of a page's runs of words. A text shorter than a shingle is one.
///
/// Each is a polynomial of the words' numbers, made of the run before by taking one word off and adding one
/// (Karp and Rabin, 1987).
fn shingles(page: &Page) -> Vec<u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    const OFF: u64 = BASE.wrapping_pow(SHINGLE as u32);
    let mut words = Vec::new();
    for block in &page.blocks {
        word_hashes(&block.text, |hash| words.push(hash));
    }
    let mut run: u64 = 0;
    let mut shingles = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        run = run.wrapping_mul(BASE).wrapping_add(*word);
        if let Some(gone) = at.checked_sub(SHINGLE) {
            run = run.wrapping_sub(words[gone].wrapping_mul(OFF));
        }
        if at + 1 >= SHINGLE {
            shingles.push(mix(run, 0));
        }
    }
    if shingles.is_empty() && !words.is_empty() {
        shingles.push(mix(run, 0));
    }
    shingles
}

/// A key for each band of a signature.
fn bands(signature: &Signature) -> impl Iterator<Item = u64> {
    signature
        .0
        .chunks(ROWS)
        .map(|rows| rows.iter().fold(0, |sum, row| mix(sum, *row)))
}

/// A page's shingles as a set.
fn set(page: &Page) -> Vec<u64> {
    let mut shingles = shingles(page);
    shingles.sort_unstable();
    shingles.dedup();
    shingles
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
        assert_eq!(
            groups(&pages, SIMILAR),
            [Some(0), None, Some(0), Some(0), None]
        );
    }

    #[test]
    fn a_run_counts_wherever_it_stands() {
        let (first, later) = (
            page("one two three four five six"),
            page("zero one two three four five"),
        );
        assert_eq!(shingles(&first)[0], shingles(&later)[1]);
        assert_eq!(shingles(&page("one two")).len(), 1);
    }

    #[test]
    fn half_a_text_is_no_duplicate() {
        let half: String = story(1).split(' ').take(100).collect::<Vec<_>>().join(" ");
        assert_eq!(
            groups(&[page(&story(1)), page(&half)], SIMILAR),
            [None, None]
        );
    }
}
