//! Blocks that repeat over the pages of a corpus: what a site writes on every page.

use std::collections::{HashMap, HashSet};

use crate::fold::{count_words, fold};
use crate::page::{Block, Kind, Page, Region};
use crate::report::Dropped;
use crate::rule::Rule;

/// Fewer pages are no evidence.
const LEAST_PAGES: usize = 5;
/// A block on more than this share of the pages is the site's.
const SHARE: f32 = 0.3;
/// Longer blocks are an author's even when repeated.
const LONGEST: usize = 25;

/// Drops short blocks that stand on many pages. Headings and program text stay: chapters of a book
/// have sections of the same name. Linear in the text.
pub(crate) fn drop_repeated(pages: &mut [Page]) {
    let judged = |page: &&mut Page| page.region != Region::Whole;
    let count = pages.iter_mut().filter(judged).count();
    if count < LEAST_PAGES {
        return;
    }
    let mut on_pages: HashMap<String, usize> = HashMap::new();
    for page in pages.iter_mut().filter(judged) {
        let own: HashSet<String> = page.blocks.iter().filter_map(key).collect();
        for key in own {
            *on_pages.entry(key).or_default() += 1;
        }
    }
    let least = ((count as f32 * SHARE).ceil() as usize).max(LEAST_PAGES);
    on_pages.retain(|_, pages| *pages >= least);
    if on_pages.is_empty() {
        return;
    }
    for page in pages.iter_mut().filter(judged) {
        let blocks = std::mem::take(&mut page.blocks);
        for block in blocks {
            if key(&block).is_some_and(|key| on_pages.contains_key(&key)) {
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

/// Names pages that all carry the site's name by their first heading instead. Linear in the text.
pub(crate) fn drop_repeated_titles(pages: &mut [Page]) {
    let judged = |page: &&mut Page| page.region != Region::Whole && !page.title.is_empty();
    let count = pages.iter_mut().filter(judged).count();
    let mut on_pages: HashMap<String, usize> = HashMap::new();
    for page in pages.iter_mut().filter(judged) {
        *on_pages.entry(fold(&page.title)).or_default() += 1;
    }
    let least = ((count as f32 * SHARE).ceil() as usize).max(LEAST_PAGES);
    for page in pages.iter_mut().filter(judged) {
        if on_pages[&fold(&page.title)] < least {
            continue;
        }
        let heading = page.blocks.iter().position(|b| b.kind == Kind::Heading);
        match heading {
            Some(0) => page.title = page.blocks.remove(0).text,
            Some(at) => page.title.clone_from(&page.blocks[at].text),
            None => {}
        }
    }
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
        drop_repeated(&mut pages);
        for page in &pages {
            assert_eq!(page.blocks.len(), 2);
            assert_eq!(page.dropped[0].rule, Rule::Repeated);
        }
        pages.truncate(4);
        pages
            .iter_mut()
            .for_each(|page| page.blocks.push(Block::text("Again.")));
        drop_repeated(&mut pages);
        assert_eq!(pages[0].blocks.len(), 3, "four pages are no evidence");
    }

    #[test]
    fn a_sites_name_is_not_every_pages_title() {
        let mut pages: Vec<Page> = (0..6)
            .map(|n| Page {
                title: "The Handbook".into(),
                blocks: vec![
                    Block::heading(format!("Chapter {n}"), ""),
                    Block::text("Text."),
                ],
                ..Page::default()
            })
            .collect();
        pages[5].blocks.remove(0);
        drop_repeated_titles(&mut pages);
        assert_eq!(pages[2].title, "Chapter 2");
        assert_eq!(pages[2].blocks.len(), 1, "the heading is the title now");
        assert_eq!(
            pages[5].title, "The Handbook",
            "a page without a heading keeps it"
        );
    }
}
