//! The steps of cleaning a page of HTML, in their order.

use html5ever::local_name;

use super::rules::phrases;
#[cfg(feature = "training")]
use super::sample;
use super::visits;
#[cfg(feature = "extract")]
use super::weighing::{
    self,
    votes::{expected, votes},
};
use crate::facts::page::Facts;
use crate::facts::title;
use crate::formats::html::{Dom, HtmlBlock, Markup, Names, NodeId, blocks, everything};
use crate::options::Options;
#[cfg(feature = "extract")]
use crate::page::Kind;
use crate::page::{Page, Region};
use crate::report::{Dropped, Rule, Skip};
use crate::words::fold;

/// Of a page with no more words than this, in doubt everything is kept: there is too little to tell content from chrome.
#[cfg(feature = "extract")]
const FEW_WORDS: usize = 40;

/// A page that sends its visitors on has no more words than this of its own.
const STUB_WORDS: usize = 40;

/// It is open what a block is whose weight, by its own numbers alone, is nearer to 0 than this…
#[cfg(feature = "extract")]
const OPEN: f32 = 1.5;
/// …and others are asked about a page if more than this share of its words is open. Measured in cross-validation (news, web,
/// snippets): F1 +.000, +.002, −.003 beside asking about every page, which is half of the work; at .2 −.003, +.002, −.004
/// and a third; asking about none −.012, −.014, −.014.
#[cfg(feature = "extract")]
const MOST_OPEN: f32 = 0.1;

/// They are asked, too, where a page would keep fewer words: a short note looks like chrome.
#[cfg(feature = "extract")]
const LITTLE: usize = 60;

/// Cleans a page of HTML. Linear in its length, the extractors left aside.
///
/// # Errors
/// It wants to be no document, only leads to one, or does not name its content where nothing is
/// there to find it.
pub(crate) fn clean(markup: &Markup, mut facts: Facts, options: &Options) -> Result<Page, Skip> {
    let Markup {
        dom, body, found, ..
    } = markup;
    let body = *body;
    if facts.noindex && !options.noindex {
        return Err(Skip::NoIndex);
    }
    if facts.redirects && all_words(&blocks(dom, body, Names::None)) <= STUB_WORDS {
        return Err(Skip::Redirect);
    }
    let Content {
        blocks: all,
        told,
        is_certain,
        is_own,
    } = content(markup);
    let mut page = Page {
        region: found.region,
        complete: is_certain,
        excluding: markup.excluding.clone(),
        ..Page::default()
    };
    (page.title, page.titles) = title::choose(markup, &facts, &all, is_own);
    let mut title_seen = false;
    let title = fold(&page.title);
    let judged = if is_certain {
        all
    } else {
        judged(markup, all, is_own, &mut page)?
    };
    let mut all = with_told(judged, told);
    let region = if is_certain { &found.tops[..] } else { &[body] };
    let (before, behind) = if options.outside {
        outside(dom, body, region, &title)
    } else {
        Default::default()
    };
    page.dropped.extend(before);
    obey_owner(&mut all, options);
    for block in all {
        let repeats_title = block.level == 1 && !title_seen && fold(&block.text) == title;
        match block.furniture {
            _ if repeats_title => {
                title_seen = true;
                page.title_anchor = Some(block.anchor).filter(|anchor| !anchor.is_empty());
            }
            Some(rule) => page.dropped.push(Dropped {
                text: block.text,
                rule,
            }),
            None => page.blocks.push(block.into()),
        }
    }
    page.dropped.extend(behind);
    // Where somebody says which part of a page is searched, it is that part alone.
    if found.region != Region::Marked {
        page.description = facts.new_description(&page);
    }
    facts.describe(&mut page);
    Ok(page)
}

/// What stands outside of the regions that were read, or is marked to be ignored, but for the title: before them, and
/// inside or behind.
fn outside(
    dom: &Dom,
    body: NodeId,
    regions: &[NodeId],
    title: &str,
) -> (Vec<Dropped>, Vec<Dropped>) {
    let (mut before, mut behind, mut begun) = (Vec::new(), Vec::new(), false);
    for block in everything(dom, body) {
        let rule = match block.furniture {
            Some(Rule::Ignored) => Rule::Ignored,
            _ if is_inside(dom, block.element, regions) => {
                begun = true;
                continue;
            }
            furniture => furniture.unwrap_or(Rule::Outside),
        };
        if fold(&block.text) != title {
            let text = block.text;
            (if begun { &mut behind } else { &mut before }).push(Dropped { text, rule });
        }
    }
    (before, behind)
}

/// What there is to choose from.
struct Content {
    blocks: Vec<HtmlBlock>,
    /// What is only told, with the number of blocks before it.
    told: Vec<(usize, HtmlBlock)>,
    /// The blocks need no judging: the page says what its content is.
    is_certain: bool,
    /// Somebody built the site from their own texts.
    is_own: bool,
}

impl Content {
    fn new(all: Vec<HtmlBlock>, is_certain: bool, is_own: bool) -> Self {
        let (mut blocks, mut told) = (Vec::with_capacity(all.len()), Vec::new());
        for block in all {
            if block.is_told {
                told.push((blocks.len(), block));
            } else {
                blocks.push(block);
            }
        }
        Self {
            blocks,
            told,
            is_certain,
            is_own,
        }
    }
}

/// Blocks and what is told between them, in the order of the page.
fn with_told(blocks: Vec<HtmlBlock>, told: Vec<(usize, HtmlBlock)>) -> Vec<HtmlBlock> {
    let mut told = told.into_iter().peekable();
    let mut all = Vec::with_capacity(blocks.len() + told.len());
    for (at, block) in blocks.into_iter().enumerate() {
        while let Some((_, told)) = told.next_if(|(before, _)| *before <= at) {
            all.push(told);
        }
        all.push(block);
    }
    all.extend(told.map(|(_, told)| told));
    all
}

/// The blocks to choose from, and whether they need no judging: the page says what its content is, by a mark, by what a
/// known generator put it into, or by `<main>` or `<article>`. Of these two alone not all that sites that live on visits
/// say is believed.
fn content(markup: &Markup) -> Content {
    let Markup {
        dom, body, found, ..
    } = markup;
    if found.region == Region::Guessed {
        let is_own = !visits::lives_on_visits(dom);
        let names = if is_own { Names::Own } else { Names::All };
        return Content::new(blocks(dom, *body, names), false, is_own);
    }
    let is_doubted = || {
        let by_names = blocks(dom, *body, Names::All);
        let inside = |block: &&HtmlBlock| is_inside(dom, block.element, &found.tops);
        by_names
            .iter()
            .filter(inside)
            .any(|block| is_doubtful(dom, block))
            && visits::lives_on_visits(dom)
    };
    if !found.complete && found.unknown && is_doubted() {
        return Content::new(blocks(dom, *body, Names::All), false, false);
    }
    let inside = found.tops.iter();
    let inside = inside.flat_map(|&top| blocks(dom, top, found.names));
    Content::new(inside.collect(), true, true)
}

fn is_inside(dom: &Dom, id: NodeId, regions: &[NodeId]) -> bool {
    regions.contains(&id) || dom.ancestors(id).any(|above| regions.contains(&above))
}

/// Furniture told by a name alone, a phrase of the lexicon, or a block that is mostly links. What is
/// hidden or stands in `<nav>` or `<footer>` is no content, and leaves no doubt about the rest.
fn is_doubtful(dom: &Dom, block: &HtmlBlock) -> bool {
    let by_tag = |id: NodeId| matches!(*dom.tag(id), local_name!("nav") | local_name!("footer"));
    if block.is_told
        || block.furniture == Some(Rule::Hidden)
        || by_tag(block.element)
        || dom.ancestors(block.element).any(by_tag)
    {
        return false;
    }
    block.furniture.is_some()
        || block.link_words * 2 > block.words
        || (block.words <= phrases::LONGEST_OPEN
            && phrases::mark(&fold(&block.text), block.words).is_some())
}

/// The owner's lists overrule every rule.
fn obey_owner(all: &mut [HtmlBlock], options: &Options) {
    if options.keep.is_empty() && options.drop.is_empty() {
        return;
    }
    for block in all {
        let folded = fold(&block.text);
        if options.drops(&folded) {
            block.furniture = Some(Rule::OwnersList);
        } else if options.keeps(&folded) {
            block.furniture = None;
        }
    }
}

/// Blocks with a rule wherever they are no content. Where the page names no region of its own, or
/// one that sites fill with more than a text, each block is weighed, and extractors vote.
#[cfg(feature = "extract")]
fn judged(
    markup: &Markup,
    mut all: Vec<HtmlBlock>,
    is_own: bool,
    page: &mut Page,
) -> Result<Vec<HtmlBlock>, Skip> {
    let dom = &markup.dom;
    let folded: Vec<String> = all.iter().map(|block| fold(&block.text)).collect();
    let numbers = weighing::blocks::describe(dom, &all, &markup.found.likely, &page.title, &folded);
    let alone = weighing::MARKUP.alone(&numbers);
    let votes = if is_in_doubt(&all, &alone) {
        votes(dom, &all, &folded).unwrap_or_else(|note| {
            page.notes.push(note);
            vec![0.0; all.len()]
        })
    } else {
        expected(&alone)
    };
    let weights = weighing::MARKUP.weigh(&numbers, &votes);
    let by_structure: Vec<bool> = all.iter().map(|block| block.furniture.is_some()).collect();
    for ((block, weight), folded) in all.iter_mut().zip(weights).zip(&folded) {
        if weighing::MARKUP.keeps(weight) || keeps_itself(block, folded, is_own) {
            block.furniture = None;
        } else if block.furniture.is_none() {
            let mark = phrases::mark(folded, block.words);
            block.furniture = Some(mark.map_or(Rule::Unlike, |mark| mark.rule));
        }
    }
    keep_introductions(dom, &mut all, &by_structure);
    // What is kept against its structure counts: an article that stands in a form is no page of few words.
    let left = all.iter().zip(&by_structure);
    let left = left.filter(|(block, by_structure)| !**by_structure || block.furniture.is_none());
    if left.map(|(block, _)| block.words).sum::<usize>() <= FEW_WORDS {
        let judged = all.iter_mut().zip(&by_structure);
        judged
            .filter(|(_, by_structure)| !**by_structure)
            .for_each(|(block, _)| block.furniture = None);
    }
    Ok(all)
}

/// Whether a block is kept whatever it weighs. A site that somebody built from their own texts is taken at its word, so only
/// lists of links, phrases that sites write, and what its structure leaves out are weighed there. On the development sets,
/// where 28 of 561 weighed pages show no sign enough of visits, this changes F1 by 0, +.001 and 0, and recall on
/// html/snippets by +.003.
#[cfg(feature = "extract")]
fn keeps_itself(block: &HtmlBlock, folded: &str, is_own: bool) -> bool {
    is_own
        && block.furniture.is_none()
        && block.link_words * 2 < block.words.max(1)
        && phrases::mark(folded, block.words).is_none()
}

/// Whether others are asked about a page: its own blocks leave it open what many of its words are. They take seven eighths
/// of the time of a page, and hardly change one that is clear.
#[cfg(feature = "extract")]
fn is_in_doubt(all: &[HtmlBlock], alone: &[f32]) -> bool {
    let open = all.iter().zip(alone);
    let open = open.filter(|(_, weight)| weight.abs() < OPEN);
    let open: usize = open.map(|(block, _)| block.words).sum();
    let kept = all.iter().zip(alone).filter(|(_, weight)| **weight > 0.0);
    let kept: usize = kept.map(|(block, _)| block.words).sum();
    open as f32 > all_words(all) as f32 * MOST_OPEN || kept < LITTLE
}

/// What introduces content is content, too, however short it is: the heading above a kept block, if it can be linked to
/// (of all headings, F1 on html/news and html/snippets would be .001 lower) or opens it, and the term before a kept
/// definition, which may well read `tags` or `--email`. What the page's structure leaves out stays out.
#[cfg(feature = "extract")]
fn keep_introductions(dom: &Dom, all: &mut [HtmlBlock], by_structure: &[bool]) {
    for at in (1..all.len()).rev() {
        let [block, next] = &mut all[at - 1..=at] else {
            continue;
        };
        let introduces = match block.furniture {
            Some(_) if *dom.tag(block.element) == local_name!("dt") => true,
            Some(Rule::Unlike) if next.is_disclosed => {
                block.kind == Kind::Heading || block.is_disclosed
            }
            Some(Rule::Unlike) => block.kind == Kind::Heading && !block.anchor.is_empty(),
            _ => false,
        };
        if introduces && !by_structure[at - 1] && next.furniture.is_none() {
            block.furniture = None;
        }
    }
}

/// Without the extractors such a page is not read at all, so that no page has two readings.
#[cfg(not(feature = "extract"))]
fn judged(_: &Markup, _: Vec<HtmlBlock>, _: bool, _: &mut Page) -> Result<Vec<HtmlBlock>, Skip> {
    Err(Skip::NoRegion)
}

/// Every block of a page with the numbers by which it is judged.
#[cfg(feature = "training")]
pub(crate) fn sample(html: &str) -> sample::Sample {
    let markup = Markup::of(Dom::parse(html));
    let Markup { dom, found, .. } = &markup;
    let facts = crate::facts::page::collect(dom);
    let Content {
        blocks: all,
        is_certain,
        is_own,
        ..
    } = content(&markup);
    let (title, _) = title::choose(&markup, &facts, &all, is_own);
    let folded: Vec<String> = all.iter().map(|block| fold(&block.text)).collect();
    let numbers = weighing::blocks::describe(dom, &all, &found.likely, &title, &folded);
    let folded_title = fold(&title);
    let votes = votes(dom, &all, &folded).unwrap_or_else(|_| vec![0.0; all.len()]);
    let blocks = all.into_iter().zip(numbers).zip(votes).zip(&folded);
    sample::Sample {
        certain: is_certain,
        blocks: blocks
            .map(|(((block, features), vote), folded)| sample::Block {
                rule: block.furniture.map(crate::Rule::name),
                vote,
                is_kept: keeps_itself(&block, folded, is_own),
                is_title: block.level == 1 && *folded == folded_title,
                text: block.text,
                features,
            })
            .collect(),
        title,
    }
}

fn all_words(blocks: &[HtmlBlock]) -> usize {
    blocks.iter().map(|block| block.words).sum()
}
