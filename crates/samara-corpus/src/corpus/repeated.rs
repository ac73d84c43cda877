//! Blocks that repeat over the pages of a corpus: what a site writes on every page.

use std::io;

use super::pages::Pages;
use super::tally::{Numbering, Owner, Tally};
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

/// A first look at the short blocks of pages: which may stand on many.
pub(super) struct Repeating {
    sieve: Sieve,
    /// Counts the pages alone.
    judged: Tally,
}

impl Repeating {
    /// Of so many pages.
    pub fn new(pages: usize) -> Self {
        Self {
            sieve: Sieve::new(pages),
            judged: Tally::default(),
        }
    }

    /// Looks at the blocks of a page, if it is judged, which have these numbers.
    pub fn add(&mut self, owner: Owner, blocks: Option<&[u64]>) {
        if let Some(blocks) = blocks {
            self.judged.add(owner, []);
            self.sieve.add(blocks);
        }
    }

    /// Counts the blocks. `order` has the pages in the order of their owners, which `versions` tells. Linear in the heads of
    /// the pages.
    ///
    /// # Errors
    /// Pages cannot be read.
    pub fn finish(
        self,
        pages: &Pages,
        order: &[usize],
        versions: &[Option<u32>],
        numbering: &Numbering,
    ) -> io::Result<Repeated> {
        let mut repeated = Repeated {
            on_pages: Tally::default(),
            pages: self.judged.owners(),
            numbering: numbering.clone(),
        };
        let (sieve, least) = (self.sieve, repeated.least(SHARE));
        if repeated.pages < LEAST_PAGES || sieve.most() < least {
            return Ok(repeated);
        }
        let blocks = |head: Page| {
            let mut blocks = numbers(&head, numbering).unwrap_or_default();
            blocks.retain(|block| sieve.most_of(*block) >= least);
            blocks
        };
        let on_pages = &mut repeated.on_pages;
        pages.ask(order, blocks, |at, blocks| {
            on_pages.add(Owner::of(at, versions), blocks);
        })?;
        on_pages.forget_below(least);
        Ok(repeated)
    }
}

/// Short blocks that stand on many pages.
pub(super) struct Repeated {
    on_pages: Tally,
    /// How many pages there are, versions of one counted once.
    pages: usize,
    numbering: Numbering,
}

impl Repeated {
    fn least(&self, share: f32) -> usize {
        ((self.pages as f32 * share).ceil() as usize).max(LEAST_PAGES)
    }

    /// On how many pages each of the short blocks of a page stands, of which the head is enough. Linear in these.
    pub fn shares(&self, head: &Page) -> Vec<Share> {
        if self.on_pages.is_empty() || !is_judged(head.region) {
            return Vec::new();
        }
        let times = |key: u64, place: Place| self.on_pages.of(self.numbering.of((key, place)));
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

    fn place(&self, number: u64) -> usize {
        number as usize & (self.counts.len() - 1)
    }

    fn add(&mut self, numbers: &[u64]) {
        for &number in numbers {
            let place = self.place(number);
            self.counts[place] = self.counts[place].saturating_add(1);
        }
    }

    fn most_of(&self, number: u64) -> usize {
        self.counts[self.place(number)] as usize
    }

    fn most(&self) -> usize {
        self.counts.iter().max().map_or(0, |&most| most as usize)
    }
}

/// What an author says more than once: an option that many commands have is explained by each.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。']) && count_words(text) >= SENTENCE
}

/// What the blocks of a page are counted by, if it is judged: each wherever it stands, and where it does.
pub(super) fn numbers(head: &Page, numbering: &Numbering) -> Option<Vec<u64>> {
    if !is_judged(head.region) {
        return None;
    }
    let mut numbers = Vec::new();
    for &(at, key) in &head.short {
        numbers.push(numbering.of((key, Place::Any)));
        if head.complete {
            let places = places(at, head.length);
            numbers.extend(places.map(|place| numbering.of((key, place))));
        }
    }
    Some(numbers)
}

/// Where a block stands, as far as that may be the same on many pages.
fn places(at: usize, length: usize) -> impl Iterator<Item = Place> {
    let begin = Some(Place::Begin(at)).filter(|_| at < PLACES);
    let end = Some(Place::End(length - at)).filter(|_| length - at <= PLACES);
    begin.into_iter().chain(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::decided::Decisions;
    use crate::corpus::pages::testing::stored;
    use crate::page::Block;

    fn drop_from(pages: &mut [Page], versions: &[Option<u32>], keeps: impl Fn(&str) -> bool) {
        let (store, places) = stored(pages);
        let known = Pages::of(places, &store, 2).unwrap();
        let decisions = Decisions::of(&known, &versions[..pages.len()], |_, _| ()).unwrap();
        let repeated = &decisions.repeated;
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
