//! Near-duplicates: versions of a page, print pages, syndicated news.
//!
//! Two documents of one title are near-duplicates if they share four fifths of their shingles, runs of five words; of
//! two titles, if they share nineteen of twenty, the title's among them. Ten functions that are explained by one sentence
//! are ten pages.
//! MinHash signatures find the pairs that may be: a hundred numbers, of which two documents agree in
//! the share of shingles that they have in common. Bands of signatures put likely pairs into
//! one bucket; whether a pair is one is then counted, not estimated.

use std::collections::{HashMap, HashSet};
use std::io;

use super::pages::Known;
use crate::page::Page;
use crate::words::{Signature, fold, shingles};

/// From this share on two documents of one title are near-duplicates.
pub(crate) const SIMILAR: f32 = 0.8;
/// From this share on they are one document in two versions, whatever else stands around them.
pub(crate) const SAME: f32 = 0.95;
/// Documents of a bucket that others are compared with: a bucket of ten thousand copies has few that
/// differ.
const LEADERS: usize = 4;

/// How two pages are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Their texts: versions of a page.
    Text,
    /// Their titles and texts: near-duplicates.
    TitleAndText,
}

/// The group of each page: pages with the same number share so many of their shingles; `None` for a page that
/// shares them with none. Numbers count groups in the order of their first pages. `page` reads one. Linear in the number of
/// pages, as long as few unlike ones fall into one bucket.
///
/// # Errors
/// Those of `page`.
pub(crate) fn groups(
    pages: &[Known],
    by: By,
    page: impl Fn(usize) -> io::Result<Page>,
) -> io::Result<Vec<Option<u32>>> {
    let mut buckets = Buckets::of(pages);
    let mut parents: Vec<usize> = (0..pages.len()).collect();
    let places = std::mem::take(&mut buckets.places);
    for places in places.chunk_by(|one, other| one.0 == other.0) {
        let at = places[0].0 as usize;
        let mut compared: HashSet<usize> = HashSet::new();
        let mut own: Option<(Page, Vec<u64>)> = None;
        for &(_, bucket) in places {
            let mut alone = true;
            for &other in buckets.leaders(bucket) {
                let other = other as usize;
                if root(&mut parents, other) == root(&mut parents, at) {
                    alone = false;
                } else if compared.insert(other) {
                    let (own, shingles) = match &mut own {
                        Some(own) => own,
                        None => {
                            let read = page(at)?;
                            let shingles = set(&read);
                            own.insert((read, shingles))
                        }
                    };
                    let other_page = page(other)?;
                    let share = share(shingles, &set(&other_page));
                    let are_alike = match by {
                        By::Text => share >= SAME,
                        By::TitleAndText if share < SIMILAR => false,
                        By::TitleAndText => have_one_title(own, &other_page),
                    };
                    if are_alike {
                        let (a, b) = (root(&mut parents, other), root(&mut parents, at));
                        parents[a.max(b)] = a.min(b);
                        alone = false;
                    }
                }
            }
            if alone {
                buckets.lead(bucket, places[0].0);
            }
        }
    }
    Ok(number(&mut parents))
}

/// Pages that share a band of their signatures. Most bands are one page's alone; these have no bucket, or they would take
/// more memory than the pages.
struct Buckets {
    /// A page and a bucket that it falls into, ordered by page and by band.
    places: Vec<(u32, u32)>,
    /// Of each bucket the pages that others are compared with, and how many these are.
    leaders: Vec<([u32; LEADERS], u8)>,
}

impl Buckets {
    fn of(pages: &[Known]) -> Self {
        let signatures = || {
            let known = pages.iter().map(|page| page.signature.as_ref());
            (0..).zip(known).filter_map(|(at, own)| Some((at, own?)))
        };
        let mut buckets = Self {
            places: Vec::new(),
            leaders: Vec::new(),
        };
        for band in 0..Signature::BANDS {
            let mut keys: Vec<(u32, u32)> = signatures()
                .map(|(at, signature)| (signature.band(band), at))
                .collect();
            keys.sort_unstable();
            for bucket in keys.chunk_by(|one, other| one.0 == other.0) {
                if let [_, _, ..] = bucket {
                    let number = u32::try_from(buckets.leaders.len()).unwrap_or(u32::MAX);
                    buckets.leaders.push(([0; LEADERS], 0));
                    let places = bucket.iter().map(|(_, at)| (*at, number));
                    buckets.places.extend(places);
                }
            }
        }
        // Buckets are numbered band by band.
        buckets.places.sort_unstable();
        buckets
    }

    fn leaders(&self, bucket: u32) -> &[u32] {
        let (leaders, count) = &self.leaders[bucket as usize];
        &leaders[..usize::from(*count)]
    }

    fn lead(&mut self, bucket: u32, page: u32) {
        let (leaders, count) = &mut self.leaders[bucket as usize];
        if let Some(place) = leaders.get_mut(usize::from(*count)) {
            *place = page;
            *count += 1;
        }
    }
}

/// Whether two pages that are alike are one: they have the same title, or nearly the same text with it.
fn have_one_title(page: &Page, other: &Page) -> bool {
    fold(&page.title) == fold(&other.title)
        || share(&set_with_title(page), &set_with_title(other)) >= SAME
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

/// A page's shingles as a set.
fn set(page: &Page) -> Vec<u64> {
    sorted(shingles(page.texts()))
}

/// The same with its title before them.
fn set_with_title(page: &Page) -> Vec<u64> {
    sorted(shingles(std::iter::once(&*page.title).chain(page.texts())))
}

fn sorted(mut shingles: Vec<u64>) -> Vec<u64> {
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
    use crate::corpus::pages::{Pages, testing::stored};
    use crate::page::Block;

    fn groups(pages: &[Page], by: By) -> Vec<Option<u32>> {
        let (store, places) = stored(pages);
        let pages = Pages::of(places, &store).unwrap();
        super::groups(&pages.known, by, |at| pages.page(at)).unwrap()
    }

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
            groups(&pages, By::TitleAndText),
            [Some(0), None, Some(0), Some(0), None]
        );
    }

    #[test]
    fn half_a_text_is_no_duplicate() {
        let half: String = story(1).split(' ').take(100).collect::<Vec<_>>().join(" ");
        assert_eq!(
            groups(&[page(&story(1)), page(&half)], By::TitleAndText),
            [None, None]
        );
    }

    #[test]
    fn pages_of_other_titles_with_a_sentence_in_common_are_pages_of_their_own() {
        let titled = |title: &str, text: &str| Page {
            title: title.into(),
            ..page(text)
        };
        let stub = "Returns what the lamp was told when it was lit, or nothing.";
        let story = story(1);
        let pages = [
            titled("lamp.get", stub),
            titled("lamp.peek", stub),
            titled("A night", &story),
            titled("A night, told again", &story),
        ];
        assert_eq!(
            groups(&pages, By::TitleAndText),
            [None, None, Some(0), Some(0)]
        );
        // What they say counts once where repetition is counted.
        assert_eq!(
            groups(&pages, By::Text),
            [Some(0), Some(0), Some(1), Some(1)]
        );
    }
}
