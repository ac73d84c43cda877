//! Blocks that repeat over the pages of a corpus: what a site writes on every page.

use std::collections::HashMap;
use std::hash::Hash;
use std::io;

use super::pages::Pages;
use crate::page::{Page, Region};
use crate::report::{Dropped, Rule};
use crate::words::{count_words, fold};

/// Fewer pages are no evidence.
pub(super) const LEAST_PAGES: usize = 5;
/// A block on more than this share of the pages is the site's.
pub(super) const SHARE: f32 = 0.3;
/// Where the page says itself what its content is, only what stands on so many pages, at the same place of each: options
/// that many commands have are the text of each.
const SHARE_OF_COMPLETE: f32 = 0.9;
/// The same place is so far from the beginning or the end of a page at most.
const PLACES: usize = 8;
/// What makes up more than this share of a page is its text, though others say the same.
const MOST_OF_PAGE: f32 = 0.25;
/// A sentence has at least so many words.
const SENTENCE: usize = 8;

/// A place in a page, counted from its beginning or from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Any,
    Begin(usize),
    End(usize),
}

/// Short blocks that stand on many pages.
pub(super) struct Repeated {
    on_pages: HashMap<(u64, Place), usize>,
    /// How many pages there are, versions of one counted once.
    pages: usize,
}

impl Repeated {
    /// Counts blocks. `versions` has the group of equal pages that each is in. Linear in the heads of the pages.
    ///
    /// # Errors
    /// Pages cannot be read.
    pub fn of(pages: &Pages, versions: &[Option<u32>]) -> io::Result<Self> {
        let judged = |at: usize| is_judged(pages.known[at].region);
        let owners = owners(versions, judged);
        let count = owners.len();
        let mut repeated = Self {
            on_pages: HashMap::new(),
            pages: count,
        };
        if count < LEAST_PAGES {
            return Ok(repeated);
        }
        let least = repeated.least(SHARE);
        let mut sieve = Sieve::new(pages.len());
        let all: Vec<usize> = (0..pages.len()).filter(|&at| judged(at)).collect();
        pages.ask(&all, |head| keys(&head), |_, keys| sieve.add(&keys))?;
        repeated.on_pages = self::count(pages, &owners, |head| {
            let mut keys = keys(head);
            keys.retain(|key| sieve.most(*key) >= least);
            keys
        })?;
        repeated.on_pages.retain(|_, pages| *pages >= least);
        Ok(repeated)
    }

    fn least(&self, share: f32) -> usize {
        ((self.pages as f32 * share).ceil() as usize).max(LEAST_PAGES)
    }

    /// On how many pages each of the short blocks of a page stands, of which the head is enough. Linear in these.
    pub fn shares(&self, head: &Page) -> Vec<Share> {
        if self.on_pages.is_empty() || !is_judged(head.region) {
            return Vec::new();
        }
        let times = |key: u64, place: Place| self.on_pages.get(&(key, place)).copied().unwrap_or(0);
        let short = head.short.iter();
        let shares = short.map(|&(at, key)| {
            let is_on_most = |place| times(key, place) >= self.least(SHARE_OF_COMPLETE);
            if head.complete {
                let is_on_most = places(at, head.length).any(is_on_most);
                return if is_on_most { Share::Most } else { Share::Few };
            }
            match times(key, Place::Any) {
                _ if is_on_most(Place::Any) => Share::Most,
                times if times >= self.least(SHARE) => Share::Many,
                _ => Share::Few,
            }
        });
        shares.collect()
    }
}

/// On how many pages a short block stands; of a page that says itself what its content is, at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    Few,
    Many,
    Most,
}

/// Drops the blocks of a page that repeat, which these shares of its short blocks tell, but for those that `keeps` protects.
/// Headings and program text stay: chapters of a book have sections of the same name. What a page marks for search
/// stays, too.
pub(super) fn drop_repeated(page: &mut Page, shares: &[Share], keeps: impl Fn(&str) -> bool) {
    if shares.is_empty() {
        return;
    }
    let most = page.words() as f32 * MOST_OF_PAGE;
    let short = page.short.iter().map(|(place, _)| *place);
    let mut short = short.zip(shares.iter().copied()).peekable();
    for (at, block) in std::mem::take(&mut page.blocks).into_iter().enumerate() {
        let share = short.next_if(|(place, _)| *place == at);
        let is_repeated = match share.map_or(Share::Few, |(_, share)| share) {
            Share::Few => false,
            _ if page.complete => count_words(&block.text) as f32 <= most,
            Share::Many => !is_sentence(&block.text),
            Share::Most => true,
        };
        if is_repeated && !keeps(&fold(&block.text)) {
            page.dropped.push(Dropped {
                text: block.text,
                rule: Rule::Repeated,
            });
        } else {
            page.blocks.push(block);
        }
    }
}

/// What a page marks for search, or is as a whole, is its text.
fn is_judged(region: Region) -> bool {
    !matches!(region, Region::Whole | Region::Marked)
}

/// Says of how many pages a key is one of at the most, so that those that few have need not be remembered, which would take
/// as much memory as the pages.
struct Sieve {
    counts: Vec<u32>,
}

impl Sieve {
    fn new(pages: usize) -> Self {
        let places = (16 * pages).next_power_of_two().clamp(1 << 10, 1 << 22);
        Self {
            counts: vec![0; places],
        }
    }

    fn place(&self, key: (u64, Place)) -> usize {
        let (number, place) = key;
        let of_place = match place {
            Place::Any => 0,
            Place::Begin(at) => 1 + at as u64,
            Place::End(at) => 1 + (PLACES + at) as u64,
        };
        let spread = number.wrapping_add(of_place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (spread >> 20) as usize & (self.counts.len() - 1)
    }

    fn add(&mut self, keys: &[(u64, Place)]) {
        for &key in keys {
            let place = self.place(key);
            self.counts[place] = self.counts[place].saturating_add(1);
        }
    }

    fn most(&self, key: (u64, Place)) -> usize {
        self.counts[self.place(key)] as usize
    }
}

/// What an author says more than once: an option that many commands have is explained by each.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。']) && count_words(text) >= SENTENCE
}

/// What the blocks of a page are counted by: each wherever it stands, and where it does.
fn keys(head: &Page) -> Vec<(u64, Place)> {
    let mut keys = Vec::new();
    for &(at, key) in &head.short {
        keys.push((key, Place::Any));
        if head.complete {
            keys.extend(places(at, head.length).map(|place| (key, place)));
        }
    }
    keys
}

/// Where a block stands, as far as that may be the same on many pages.
fn places(at: usize, length: usize) -> impl Iterator<Item = Place> {
    let begin = Some(Place::Begin(at)).filter(|_| at < PLACES);
    let end = Some(Place::End(length - at)).filter(|_| length - at <= PLACES);
    begin.into_iter().chain(end)
}

/// The pages that are judged, versions of one page together.
pub(super) fn owners(versions: &[Option<u32>], judged: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let mut groups: HashMap<u32, usize> = HashMap::new();
    let mut owners: Vec<Vec<usize>> = Vec::new();
    for at in (0..versions.len()).filter(|&at| judged(at)) {
        let known = versions[at].map(|group| *groups.entry(group).or_insert(owners.len()));
        match known.and_then(|owner| owners.get_mut(owner)) {
            Some(pages) => pages.push(at),
            None => owners.push(vec![at]),
        }
    }
    owners
}

/// The keys that several pages have, and on how many each stands, of what pages belong together ([`owners`]). What is the same page in other versions counts
/// once: what they have in common is its text.
///
/// # Errors
/// Pages cannot be read.
pub(super) fn count<K: Eq + Hash + Send>(
    pages: &Pages,
    owners: &[Vec<usize>],
    keys: impl Fn(&Page) -> Vec<K> + Sync,
) -> io::Result<HashMap<K, usize>> {
    let of_owners: Vec<usize> = owners.iter().flatten().copied().collect();
    let numbers = owners.iter().enumerate();
    let mut numbers = numbers.flat_map(|(owner, pages)| pages.iter().map(move |_| owner));
    // The last owner of each key, and how many it has.
    let mut seen: HashMap<K, (usize, usize)> = HashMap::new();
    pages.ask(
        &of_owners,
        |head| keys(&head),
        |_, keys| {
            let owner = numbers.next().unwrap_or_default();
            for key in keys {
                let (last, times) = seen.entry(key).or_insert((usize::MAX, 0));
                *times += usize::from(*last != owner);
                *last = owner;
            }
        },
    )?;
    let times = seen.into_iter().map(|(key, (_, times))| (key, times));
    // What one page has is most of what there is.
    Ok(times.filter(|(_, times)| *times > 1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::pages::testing::stored;
    use crate::page::Block;

    fn drop_from(pages: &mut [Page], versions: &[Option<u32>], keeps: impl Fn(&str) -> bool) {
        let (store, places) = stored(pages);
        let known = Pages::of(places, &store, 2).unwrap();
        let repeated = Repeated::of(&known, &versions[..pages.len()]).unwrap();
        for (at, page) in pages.iter_mut().enumerate() {
            *page = known.page(at).unwrap();
            let shares = repeated.shares(&known.head(at).unwrap());
            drop_repeated(page, &shares, &keeps);
        }
    }

    #[test]
    fn what_stands_on_every_page_is_the_sites() {
        let mut pages: Vec<Page> = (0..6)
            .map(|n| Page {
                blocks: vec![
                    Block::heading("Examples", "examples"),
                    Block::text(format!("Text number {n}.")),
                    Block::text("Found a mistake? Tell us."),
                ],
                ..Page::default()
            })
            .collect();
        drop_from(&mut pages, &[None; 6], |_| false);
        for page in &pages {
            assert_eq!(page.blocks.len(), 2);
            assert_eq!(page.dropped[0].rule, Rule::Repeated);
        }
        pages.truncate(4);
        pages
            .iter_mut()
            .for_each(|page| page.blocks.push(Block::text("Again.")));
        drop_from(&mut pages, &[None; 6], |_| false);
        assert_eq!(pages[0].blocks.len(), 3, "four pages are no evidence");
    }

    #[test]
    fn what_pages_say_by_their_own_word_is_their_text() {
        let text = "A text of many words, as those of people who have something to say are.";
        let mut pages: Vec<Page> = (0..20)
            .map(|n| Page {
                complete: true,
                blocks: vec![
                    Block::text(format!("Command number {n}. {text}")),
                    Block::text("--quiet"),
                    // Not on all pages at the same place.
                    Block::text(if n % 2 == 0 {
                        "Says nothing."
                    } else {
                        "Says it all."
                    }),
                    Block::text(if n % 2 == 1 {
                        "Says nothing."
                    } else {
                        "Says it all."
                    }),
                    Block::text(format!("Once more, {n}.")),
                    Block::text("Edit this page"),
                ],
                ..Page::default()
            })
            .collect();
        let dropped =
            |page: &Page| -> Vec<String> { page.dropped.iter().map(|d| d.text.clone()).collect() };
        let kept = |line: &str| line == "quiet";
        let mut guessed = pages.clone();
        guessed.iter_mut().for_each(|page| page.complete = false);
        let mut marked = pages.clone();
        marked
            .iter_mut()
            .for_each(|page| page.region = Region::Marked);
        let mut stubs = pages.clone();
        stubs
            .iter_mut()
            .for_each(|page| drop(page.blocks.drain(..5)));
        for pages in [&mut pages, &mut guessed, &mut marked, &mut stubs] {
            drop_from(pages, &[None; 20], kept);
        }
        for page in &pages {
            assert_eq!(dropped(page), ["Edit this page"]);
        }
        assert_eq!(
            dropped(&guessed[0]),
            ["Says nothing.", "Says it all.", "Edit this page"]
        );
        assert!(dropped(&marked[0]).is_empty());
        assert!(dropped(&stubs[0]).is_empty(), "it is all that they say");
    }

    #[test]
    fn a_sentence_of_many_pages_is_the_authors_and_one_of_all_pages_the_sites() {
        let pages = (0..20).map(|n| Page {
            blocks: vec![
                Block::text(if n < 9 {
                    "If true, no lamp is lit before the evening."
                } else {
                    "-"
                }),
                Block::text("We keep lamps lit for you on all of our seven coasts."),
            ],
            ..Page::default()
        });
        let mut pages: Vec<Page> = pages.collect();
        drop_from(&mut pages, &[None; 20], |_| false);
        assert!(pages[0].blocks[0].text.starts_with("If true") && pages[0].dropped.len() == 1);
    }

    #[test]
    fn what_versions_of_a_page_have_in_common_is_its_text() {
        // Three pages in five versions each.
        let pages: Vec<Page> = (0..15)
            .map(|n| Page {
                blocks: vec![
                    Block::heading("Notes", ""),
                    Block::text(format!("Step {}.", n % 3)),
                ],
                ..Page::default()
            })
            .collect();
        let groups: Vec<Option<u32>> = (0..15).map(|n| Some(n % 3)).collect();
        let mut kept = pages.clone();
        drop_from(&mut kept, &groups, |_| false);
        for (page, kept) in pages.iter().zip(&kept) {
            assert_eq!(kept.blocks, page.blocks);
        }
    }
}
