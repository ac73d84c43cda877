//! Blocks that repeat over the pages of a corpus: what a site writes on every page.

use std::collections::HashMap;
use std::hash::Hash;

use crate::page::{Block, Kind, Page, Region};
use crate::report::{Dropped, Rule};
use crate::words::{count_words, fold, word_hash};

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
/// Longer blocks are an author's even when repeated.
const LONGEST: usize = 25;

/// A place in a page, counted from its beginning or from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Any,
    Begin(usize),
    End(usize),
}

/// Drops short blocks that stand on many pages, but for those that `keeps` protects. Headings and program text stay: chapters
/// of a book have sections of the same name. What a page marks for search stays, too. `versions` has the group of equal pages
/// that each is in. Linear in the text.
pub(crate) fn drop_repeated(
    pages: &mut [Page],
    versions: &[Option<u32>],
    keeps: impl Fn(&str) -> bool,
) {
    let judged = |page: &Page| !matches!(page.region, Region::Whole | Region::Marked);
    let (mut on_pages, count) = count(pages, versions, judged, keys);
    if count < LEAST_PAGES {
        return;
    }
    let least = |share: f32| ((count as f32 * share).ceil() as usize).max(LEAST_PAGES);
    on_pages.retain(|_, pages| *pages >= least(SHARE));
    if on_pages.is_empty() {
        return;
    }
    let times = |key: u64, place: Place| on_pages.get(&(key, place)).copied().unwrap_or(0);
    for page in pages.iter_mut().filter(|page| judged(page)) {
        let most = page.words() as f32 * MOST_OF_PAGE;
        let length = page.blocks.len();
        for (at, block) in std::mem::take(&mut page.blocks).into_iter().enumerate() {
            let is_repeated = |key: u64| {
                if !page.complete {
                    let share = if is_sentence(&block.text) {
                        SHARE_OF_COMPLETE
                    } else {
                        SHARE
                    };
                    return times(key, Place::Any) >= least(share);
                }
                count_words(&block.text) as f32 <= most
                    && places(at, length).any(|place| times(key, place) >= least(SHARE_OF_COMPLETE))
            };
            if key(&block).is_some_and(is_repeated) && !keeps(&fold(&block.text)) {
                page.dropped.push(Dropped {
                    text: block.text,
                    rule: Rule::Repeated,
                });
            } else {
                page.blocks.push(block);
            }
        }
    }
}

/// What an author says more than once: an option that many commands have is explained by each.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。']) && count_words(text) >= SENTENCE
}

/// What a page's blocks are counted by: each wherever it stands, and where it does.
fn keys(page: &Page) -> Vec<(u64, Place)> {
    let length = page.blocks.len();
    let mut keys = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        let Some(key) = key(block) else { continue };
        keys.push((key, Place::Any));
        if page.complete {
            keys.extend(places(at, length).map(|place| (key, place)));
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

/// On how many pages each key stands, and how many pages there are. What is the same page in other versions counts once:
/// what they have in common is its text.
pub(super) fn count<K: Eq + Hash>(
    pages: &[Page],
    versions: &[Option<u32>],
    judged: impl Fn(&Page) -> bool,
    keys: impl Fn(&Page) -> Vec<K>,
) -> (HashMap<K, usize>, usize) {
    let owner = |at: usize| versions[at].map_or(at, |group| pages.len() + group as usize);
    let mut order: Vec<usize> = (0..pages.len()).filter(|&at| judged(&pages[at])).collect();
    order.sort_by_key(|&at| owner(at));
    let owners = order
        .chunk_by(|&one, &other| owner(one) == owner(other))
        .count();
    // The last owner of each key, and how many it has.
    let mut seen: HashMap<K, (usize, usize)> = HashMap::new();
    for at in order {
        for key in keys(&pages[at]) {
            let (last, times) = seen.entry(key).or_insert((usize::MAX, 0));
            *times += usize::from(*last != owner(at));
            *last = owner(at);
        }
    }
    let times = seen.into_iter().map(|(key, (_, times))| (key, times));
    (times.collect(), owners)
}

/// The number that a short block of text is counted by.
fn key(block: &Block) -> Option<u64> {
    let short = block.text.len() < LONGEST * 20 && count_words(&block.text) <= LONGEST;
    (block.kind == Kind::Text && short)
        .then(|| fold(&block.text))
        .filter(|folded| !folded.is_empty())
        .map(|folded| word_hash(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        drop_repeated(&mut pages, &[None; 6], |_| false);
        for page in &pages {
            assert_eq!(page.blocks.len(), 2);
            assert_eq!(page.dropped[0].rule, Rule::Repeated);
        }
        pages.truncate(4);
        pages
            .iter_mut()
            .for_each(|page| page.blocks.push(Block::text("Again.")));
        drop_repeated(&mut pages, &[None; 6], |_| false);
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
            drop_repeated(pages, &[None; 20], kept);
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
        drop_repeated(&mut pages, &[None; 20], |_| false);
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
        drop_repeated(&mut kept, &groups, |_| false);
        for (page, kept) in pages.iter().zip(&kept) {
            assert_eq!(kept.blocks, page.blocks);
        }
    }
}
