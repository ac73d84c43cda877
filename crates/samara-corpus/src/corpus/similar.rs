//! Near-duplicates: versions of a page, print pages, syndicated news.
//!
//! Two documents of one title are near-duplicates if they share four fifths of their shingles, runs of five words; of
//! two titles, if they share nineteen of twenty, the title's among them. Ten functions that are explained by one sentence
//! are ten pages.
//! MinHash signatures find the pairs that may be: a hundred numbers, of which two documents agree in
//! the share of shingles that they have in common. Bands of signatures put likely pairs into
//! one bucket; whether a pair is one is then counted, not estimated.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::rc::Rc;

use super::pages::Known;
use crate::cores::{SMALL, in_order};
use crate::kept::pairs::{NewPairs, Pairs};
use crate::kept::records::Key;
use crate::page::Page;
use crate::words::{Signature, count_words, fold, shingles};

/// From this share on two documents of one title are near-duplicates.
pub(crate) const SIMILAR: f32 = 0.8;
/// From this share on they are one document in two versions, whatever else stands around them.
pub(crate) const SAME: f32 = 0.95;
/// Documents of a bucket that others are compared with: a bucket of ten thousand copies has few that
/// differ.
const LEADERS: usize = 4;

/// Bytes that pages may take which others are compared with. What does not fit is read again.
const LARGEST_LEADERS: usize = 1 << 25;

/// How two pages are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Their texts: versions of a page.
    Text,
    /// Their titles and texts: near-duplicates.
    TitleAndText,
}

impl By {
    fn are_alike(self, one: &Compared, other: &Compared) -> bool {
        match self {
            By::Text => one.shares(other, SAME),
            By::TitleAndText => {
                let are_bare = one.texts.is_empty() && other.texts.is_empty();
                (are_bare || one.shares(other, SIMILAR)) && one.is_called_as(other)
            }
        }
    }
}

/// What is known of comparisons before: of pages that have keys, which tell them and the way they are compared.
pub(super) struct Remembered<'k> {
    pub keys: &'k [Option<Key>],
    pub before: &'k Pairs,
    /// What came of those that were asked for.
    pub now: &'k mut NewPairs,
}

/// The group of each page: pages with the same number share so many of their shingles; `None` for a page that
/// shares them with none. Numbers count groups in the order of their first pages. `page` reads one, on so many threads; pages
/// that were compared before need not be read. Linear in the number of pages, as long as few unlike ones fall into one bucket.
///
/// # Errors
/// Those of `page`.
pub(super) fn groups(
    buckets: &Buckets,
    by: By,
    threads: usize,
    remembered: Option<Remembered>,
    page: impl Fn(usize) -> io::Result<Page> + Sync,
) -> io::Result<Vec<Option<u32>>> {
    let mut parents: Vec<usize> = (0..buckets.pages).collect();
    let places = buckets.places.chunk_by(|one, other| one.0 == other.0);
    let places: Vec<_> = places.collect();
    let mut lead = Leading::of(buckets);
    let mut leaders = Leaders::new(LARGEST_LEADERS, |at| Ok(Compared::of(&page(at)?)));
    let (keys, before, mut now) = match remembered {
        Some(Remembered { keys, before, now }) => (keys, Some(before), Some(now)),
        None => (&[][..], None, None),
    };
    let key = |at: usize| keys.get(at)?.as_ref();
    let was_compared = |at: usize| before?.get(key(at)?, key(at)?);
    let read = |places: &&[(u32, u32)]| {
        let at = places[0].0 as usize;
        // One that was compared is read where it is compared with others than before.
        let is_new = was_compared(at).is_none();
        is_new.then(|| Ok(Compared::of(&page(at)?))).transpose()
    };
    // The page that each was compared with last, counted from 1.
    let mut compared_with = vec![0; buckets.pages];
    let compare = |places: &&[(u32, u32)], own: io::Result<Option<Compared>>| -> io::Result<()> {
        let at = places[0].0 as usize;
        let mut own = own?.map(Rc::new);
        let mut leads = false;
        for &(_, bucket) in *places {
            let mut alone = true;
            for &other in lead.of_bucket(bucket) {
                let other = other as usize;
                if root(&mut parents, other) == root(&mut parents, at) {
                    alone = false;
                    continue;
                }
                let this = places[0].0 + 1;
                if std::mem::replace(&mut compared_with[other], this) == this {
                    continue;
                }
                let pair = key(at).zip(key(other));
                let known = pair.and_then(|(one, other)| before?.get(one, other));
                let are_alike = match known {
                    Some(are_alike) => are_alike,
                    None => {
                        let own = match &own {
                            Some(own) => Rc::clone(own),
                            None => Rc::clone(own.insert(leaders.get(at)?)),
                        };
                        by.are_alike(&own, &*leaders.get(other)?)
                    }
                };
                if let (Some((one, other)), Some(now)) = (pair, &mut now) {
                    now.put(one, other, are_alike);
                }
                if are_alike {
                    let (a, b) = (root(&mut parents, other), root(&mut parents, at));
                    parents[a.max(b)] = a.min(b);
                    alone = false;
                }
            }
            leads |= alone && lead.put(bucket, places[0].0);
        }
        if let (Some(own), true) = (own, leads) {
            leaders.keep(at, own);
        }
        if let (Some(key), Some(now)) = (key(at), &mut now) {
            now.put(key, key, true);
        }
        Ok(())
    };
    // Those that were compared are not read.
    let together = if before.is_some_and(|before| !before.is_empty()) {
        SMALL
    } else {
        1
    };
    in_order(threads.min(places.len()), together, &places, read, compare)?;
    Ok(number(&mut parents))
}

/// A page as it is compared.
struct Compared {
    title: String,
    /// The shingles of its texts, which ascend.
    texts: Vec<u64>,
    /// Those that begin in its title.
    opening: Vec<u64>,
    /// Texts that are shorter than a shingle are part of those that begin in the title.
    is_short: bool,
}

impl Compared {
    /// Linear in the page, but for sorting.
    fn of(page: &Page) -> Self {
        let mut opening = shingles(std::iter::once(&*page.title).chain(page.texts()));
        let words = count_words(&page.title);
        let is_short = opening.len() <= words;
        let texts = if is_short {
            shingles(page.texts())
        } else {
            opening.split_off(words)
        };
        opening.shrink_to_fit();
        Self {
            title: fold(&page.title),
            texts: sorted(texts),
            opening,
            is_short,
        }
    }

    /// About how many bytes it takes.
    fn size(&self) -> usize {
        64 + self.title.len() + 8 * (self.texts.len() + self.opening.len())
    }

    /// Whether the texts share so many of their shingles.
    fn shares(&self, other: &Self, least: f32) -> bool {
        share(&self.texts, &other.texts, least)
    }

    /// Whether pages that are alike are one: they have the same title, or nearly the same text with it.
    fn is_called_as(&self, other: &Self) -> bool {
        self.title == other.title || share(&self.titled(), &other.titled(), SAME)
    }

    /// The shingles of its title and its texts, which ascend.
    fn titled(&self) -> Vec<u64> {
        let texts = if self.is_short { &[][..] } else { &self.texts };
        sorted([&self.opening, texts].concat())
    }
}

/// Pages that others are compared with: the last ones that were read, within a bound.
struct Leaders<R> {
    read: R,
    known: HashMap<usize, Rc<Compared>>,
    /// In the order in which they came.
    order: VecDeque<usize>,
    size: usize,
    most: usize,
}

impl<R: Fn(usize) -> io::Result<Compared>> Leaders<R> {
    /// None, of which so many bytes are kept. `read` gives one.
    fn new(most: usize, read: R) -> Self {
        Self {
            read,
            known: HashMap::new(),
            order: VecDeque::new(),
            size: 0,
            most,
        }
    }

    fn get(&mut self, at: usize) -> io::Result<Rc<Compared>> {
        if let Some(known) = self.known.get(&at) {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new((self.read)(at)?);
        self.keep(at, Rc::clone(&read));
        Ok(read)
    }

    fn keep(&mut self, at: usize, page: Rc<Compared>) {
        self.size += page.size();
        match self.known.insert(at, page) {
            // It keeps its place.
            Some(before) => self.size -= before.size(),
            None => self.order.push_back(at),
        }
        while self.size > self.most
            && let Some(first) = self.order.pop_front()
        {
            let gone = self.known.remove(&first);
            self.size -= gone.map_or(0, |page| page.size());
        }
    }
}

/// Pages that share a band of their signatures. Most bands are one page's alone; these have no bucket, or they would take
/// more memory than the pages.
pub(super) struct Buckets {
    /// A page and a bucket that it falls into, ordered by page and by band.
    places: Vec<(u32, u32)>,
    /// How many there are.
    count: usize,
    /// How many pages there are.
    pages: usize,
}

impl Buckets {
    /// Linear in the pages, but for sorting them.
    pub fn of(pages: &[Known]) -> Self {
        let signatures = || {
            let known = pages.iter().map(|page| page.signature.as_ref());
            (0..).zip(known).filter_map(|(at, own)| Some((at, own?)))
        };
        let (mut places, mut count) = (Vec::new(), 0);
        for band in 0..Signature::BANDS {
            let mut keys: Vec<(u32, u32)> = signatures()
                .map(|(at, signature)| (signature.band(band), at))
                .collect();
            keys.sort_unstable();
            for bucket in keys.chunk_by(|one, other| one.0 == other.0) {
                if let [_, _, ..] = bucket {
                    places.extend(bucket.iter().map(|(_, at)| (*at, count)));
                    count += 1;
                }
            }
        }
        // Buckets are numbered band by band.
        places.sort_unstable();
        Self {
            places,
            count: count as usize,
            pages: pages.len(),
        }
    }
}

/// Of each bucket the pages that others are compared with, and how many these are.
struct Leading(Vec<([u32; LEADERS], u8)>);

impl Leading {
    /// None yet.
    fn of(buckets: &Buckets) -> Self {
        Self(vec![([0; LEADERS], 0); buckets.count])
    }

    fn of_bucket(&self, bucket: u32) -> &[u32] {
        let (leaders, count) = &self.0[bucket as usize];
        &leaders[..usize::from(*count)]
    }

    /// Makes a page one that others are compared with, unless there are enough; whether it is one now.
    fn put(&mut self, bucket: u32, page: u32) -> bool {
        let (leaders, count) = &mut self.0[bucket as usize];
        let place = leaders.get_mut(usize::from(*count));
        let leads = place.map(|place| *place = page).is_some();
        *count += u8::from(leads);
        leads
    }
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
    let mut sizes = vec![0_u32; roots.len()];
    for &root in &roots {
        sizes[root] += 1;
    }
    let mut numbers: HashMap<usize, u32> = HashMap::new();
    roots
        .into_iter()
        .map(|root| {
            let next = u32::try_from(numbers.len()).ok()?;
            (sizes[root] > 1).then(|| *numbers.entry(root).or_insert(next))
        })
        .collect()
}

fn sorted(mut shingles: Vec<u64>) -> Vec<u64> {
    shingles.sort_unstable();
    shingles.dedup();
    shingles.shrink_to_fit();
    shingles
}

/// Whether so much of two sets, which ascend, is in both (Jaccard's index).
fn share(a: &[u64], b: &[u64], least: f32) -> bool {
    let reaches = |shared: usize| shared as f32 / (a.len() + b.len() - shared) as f32 >= least;
    // Of sets whose sizes are too different, nobody needs to count it.
    if !reaches(a.len().min(b.len())) {
        return false;
    }
    let (mut shared, mut i, mut j) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (one, other) = (a[i], b[j]);
        shared += usize::from(one == other);
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
    reaches(shared)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::corpus::pages::{Pages, testing::stored};
    use crate::kept::records::shortened;
    use crate::page::Block;

    fn groups(pages: &[Page], by: By) -> Vec<Option<u32>> {
        let (store, places) = stored(pages);
        let pages = Pages::of(places, &store, 2).unwrap();
        super::groups(&Buckets::of(&pages.known), by, 2, None, |at| pages.page(at)).unwrap()
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
    fn leaders_that_do_not_fit_are_read_again() {
        let compared = |at: usize| Compared::of(&page(&story(at)));
        let one = compared(0).size();
        for (fitting, expected) in [(0, 12), (2, 12), (3, 3)] {
            let reads = std::cell::Cell::new(0);
            let mut leaders = Leaders::new(fitting * one + one / 2, |at| {
                reads.set(reads.get() + 1);
                Ok(compared(at))
            });
            for at in [0, 1, 2].repeat(4) {
                let page = leaders.get(at).unwrap();
                assert_eq!(page.texts, compared(at).texts);
                // Whoever has read one may keep it once more.
                leaders.keep(at, page);
                let sizes = leaders.known.values().map(|page| page.size());
                assert_eq!(leaders.size, sizes.sum::<usize>());
                assert!(leaders.order.len() == leaders.known.len());
                assert!(leaders.size <= leaders.most && leaders.known.len() <= fitting);
            }
            assert_eq!(reads.get(), expected, "{fitting} fit");
        }
    }

    #[test]
    fn titles_count_where_they_differ() {
        let titled = |title: &str, text: &str| {
            Compared::of(&Page {
                title: title.into(),
                ..page(text)
            })
        };
        let (long, short) = (story(1), "Two words");
        let twenty = (0..20).map(|n| format!("w{n} ")).collect::<String>();
        for (one, other, text, expected) in [
            ("A night", "a  night!", &*long, true),
            ("A night", "A night, told again", &long, true),
            ("A night", &story(2), &long, false),
            ("A night", "A day", short, false),
            // Eighteen of nineteen shingles.
            (&twenty, &format!("so {twenty}"), short, false),
            ("", "", short, true),
        ] {
            let (one, other) = (titled(one, text), titled(other, text));
            assert!(one.shares(&other, 1.0));
            assert_eq!(one.is_called_as(&other), expected, "{}", one.title);
            let with_title = shingles([&*one.title, text].into_iter());
            assert_eq!(one.titled(), sorted(with_title));
        }
    }

    #[test]
    fn pages_of_which_nothing_is_left_are_told_by_their_titles() {
        let pages = ["Overview", "overview", "Contents"].map(|title| Page {
            title: title.into(),
            blocks: vec![Block::text("What all pages say")],
            ..Page::default()
        });
        let (store, places) = stored(&pages);
        let known = Pages::of(places, &store, 2).unwrap().known;
        let bare = |at: usize| {
            Ok(Page {
                blocks: Vec::new(),
                ..pages[at].clone()
            })
        };
        let alike = super::groups(&Buckets::of(&known), By::TitleAndText, 2, None, bare).unwrap();
        assert_eq!(alike, [Some(0), Some(0), None]);
        let versions = super::groups(&Buckets::of(&known), By::Text, 2, None, bare).unwrap();
        assert_eq!(versions, [None; 3]);
    }

    #[test]
    fn what_was_compared_before_is_not_read_and_comes_to_the_same() {
        // Versions of a few stories, some of which change from build to build.
        let pages_of = |build: usize| -> Vec<Page> {
            let text = |n: usize| match (n * 7 + build) % 13 {
                0 => story(n % 4).replacen("w1", "new", 2),
                1 => story(n % 4).split_at(300).0.to_owned(),
                _ => story(n % 4),
            };
            (0..30).map(|n| page(&text(n))).collect()
        };
        let key = |page: &Page| {
            let text = page.texts().collect::<String>();
            shortened(Sha256::new_with_prefix(text))
        };
        let mut before = Pairs::default();
        for build in [0, 0, 1, 2, 2] {
            let pages = pages_of(build);
            let keys: Vec<Option<Key>> = pages.iter().map(|page| Some(key(page))).collect();
            let (store, places) = stored(&pages);
            let known = Pages::of(places, &store, 2).unwrap();
            let reads = AtomicUsize::new(0);
            let mut now = NewPairs::default();
            let remembered = Remembered {
                keys: &keys,
                before: &before,
                now: &mut now,
            };
            let found = super::groups(
                &Buckets::of(&known.known),
                By::Text,
                2,
                Some(remembered),
                |at| {
                    reads.fetch_add(1, Ordering::Relaxed);
                    known.page(at)
                },
            );
            assert_eq!(found.unwrap(), groups(&pages, By::Text), "{build}");
            let now = now.finish();
            if now.encode() == before.encode() {
                assert_eq!(reads.into_inner(), 0, "{build}");
            } else {
                assert!(reads.into_inner() > 0, "{build}");
            }
            before = now;
        }
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
