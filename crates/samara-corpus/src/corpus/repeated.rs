//! Blocks that repeat over the pages of a corpus: what a site writes on every page.

use std::collections::HashMap;

use crate::page::{Block, Kind, Page, Region};
use crate::report::{Dropped, Rule};
use crate::words::{count_words, fold};

/// Fewer pages are no evidence.
pub(super) const LEAST_PAGES: usize = 5;
/// A block on more than this share of the pages is the site's.
pub(super) const SHARE: f32 = 0.3;
/// Where the page says itself what its content is, only what stands on half of them: options that many commands have
/// are the text of each, and what every type has by itself is no type's.
const SHARE_OF_COMPLETE: f32 = 0.5;
/// Longer blocks are an author's even when repeated.
const LONGEST: usize = 25;

/// Drops short blocks that stand on many pages. Headings and program text stay: chapters of a book
/// have sections of the same name. `versions` has the group of equal pages that each is in. Linear in the text.
pub(crate) fn drop_repeated(pages: &mut [Page], versions: &[Option<u32>]) {
    let judged = |page: &Page| page.region != Region::Whole;
    let keys = |page: &Page| page.blocks.iter().filter_map(key).collect();
    let (mut on_pages, count) = count(pages, versions, judged, keys);
    if count < LEAST_PAGES {
        return;
    }
    let least = |share: f32| ((count as f32 * share).ceil() as usize).max(LEAST_PAGES);
    on_pages.retain(|_, pages| *pages >= least(SHARE));
    if on_pages.is_empty() {
        return;
    }
    for page in pages.iter_mut().filter(|page| judged(page)) {
        let share = if page.complete {
            SHARE_OF_COMPLETE
        } else {
            SHARE
        };
        let blocks = std::mem::take(&mut page.blocks);
        for block in blocks {
            let times = key(&block).and_then(|key| on_pages.get(&key).copied());
            if times.is_some_and(|times| times >= least(share)) {
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

/// On how many pages each key stands, and how many pages there are. What is the same page in other versions counts once:
/// what they have in common is its text.
pub(super) fn count(
    pages: &[Page],
    versions: &[Option<u32>],
    judged: impl Fn(&Page) -> bool,
    keys: impl Fn(&Page) -> Vec<String>,
) -> (HashMap<String, usize>, usize) {
    let owner = |at: usize| versions[at].map_or(at, |group| pages.len() + group as usize);
    let mut order: Vec<usize> = (0..pages.len()).filter(|&at| judged(&pages[at])).collect();
    order.sort_by_key(|&at| owner(at));
    let owners = order
        .chunk_by(|&one, &other| owner(one) == owner(other))
        .count();
    // The last owner of each key, and how many it has.
    let mut seen: HashMap<String, (usize, usize)> = HashMap::new();
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

fn key(block: &Block) -> Option<String> {
    let short = block.text.len() < LONGEST * 20 && count_words(&block.text) <= LONGEST;
    (block.kind == Kind::Text && short)
        .then(|| fold(&block.text))
        .filter(|key| !key.is_empty())
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
        drop_repeated(&mut pages, &[None; 6]);
        for page in &pages {
            assert_eq!(page.blocks.len(), 2);
            assert_eq!(page.dropped[0].rule, Rule::Repeated);
        }
        pages.truncate(4);
        pages
            .iter_mut()
            .for_each(|page| page.blocks.push(Block::text("Again.")));
        drop_repeated(&mut pages, &[None; 6]);
        assert_eq!(pages[0].blocks.len(), 3, "four pages are no evidence");
    }

    #[test]
    fn what_many_pages_say_by_their_own_word_is_their_text() {
        let mut pages: Vec<Page> = (0..20)
            .map(|n| Page {
                complete: true,
                blocks: vec![
                    Block::text(format!("Command number {n}.")),
                    Block::text(if n < 8 { "--quiet" } else { "" }),
                    Block::text("Edit this page"),
                ],
                ..Page::default()
            })
            .collect();
        let mut guessed = pages.clone();
        guessed.iter_mut().for_each(|page| page.complete = false);
        drop_repeated(&mut pages, &[None; 20]);
        drop_repeated(&mut guessed, &[None; 20]);
        assert!(
            pages
                .iter()
                .all(|page| page.blocks.len() == 2 && page.dropped.len() == 1)
        );
        assert!(guessed[0].blocks.len() == 1 && guessed[0].dropped.len() == 2);
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
        drop_repeated(&mut kept, &groups);
        for (page, kept) in pages.iter().zip(&kept) {
            assert_eq!(kept.blocks, page.blocks);
        }
    }
}
