//! From pages to a corpus: each step asks what only all of them can tell.

use std::collections::BTreeSet;
use std::io;

use samara_engine::Document;

use super::addresses::settle_addresses;
use super::descriptions::Descriptions;
use super::document::document;
use super::editions::{Editions, keep_apart};
use super::listed::Listed;
use super::pages::Pages;
use super::repeated::Repeated;
use super::similar::{By, groups};
use super::titles::CommonTitles;
use crate::cores::{in_order, threads};
use crate::kept::order::Order;
use crate::options::Options;
use crate::page::{MarkedFields, Page, Region};
use crate::report::{Choice, Dropped, Note, Outcome, Report, Rule, Skip, Warning};
use crate::words::count_words;

/// One marked page among so many is a guest from another site, no decision about this one.
const DECISION: usize = 10;

/// A page that loses more than this share of its words is reported.
const LOST: f32 = 0.6;

/// A cleaned corpus.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Documents in the order of their files' names.
    pub documents: Vec<Document>,
    /// What was kept, dropped and skipped.
    pub report: Report,
    /// Fields that attributes of pages made for search call filters or metadata.
    pub marked: MarkedFields,
}

/// What a corpus came to, beside its documents.
pub(crate) struct Assembled {
    pub report: Report,
    pub marked: MarkedFields,
}

/// Makes documents of pages, and gives them out one by one, each with what became of it: in their order, or in the one of the
/// build before. Linear in their text.
///
/// # Errors
/// Pages cannot be read.
pub(crate) fn assemble(
    mut pages: Pages,
    mut report: Report,
    options: &Options,
    order: Option<&Order>,
    each: &mut dyn FnMut(Document, &mut Outcome),
) -> io::Result<Assembled> {
    let mut warnings = std::mem::take(&mut report.warnings);
    let threads = threads(options, pages.len());
    keep_marked(&mut pages, options.root_selector.as_deref(), &mut warnings);
    let is_html = pages.known.iter().any(|page| page.region != Region::Whole);
    let versions = groups(&pages.known, By::Text, threads, |at| pages.page(at))?;
    let repeated = Repeated::of(&pages, &versions)?;
    let titles = CommonTitles::of(&pages, &versions)?;
    let descriptions = Descriptions::of(&pages, &versions)?;
    settle_addresses(&mut pages, options, &mut warnings)?;
    let editions = Editions::name(&mut pages.known);
    // What all pages tell of one.
    let settle = |page: &mut Page| {
        repeated.drop_from(page, |line| options.keeps(line));
        titles.settle(page);
    };
    let alike = groups(&pages.known, By::TitleAndText, threads, |at| {
        let mut page = pages.page(at)?;
        settle(&mut page);
        Ok(page)
    })?;
    let groups = keep_apart(&pages.known, alike);
    pages
        .known
        .iter_mut()
        .for_each(|page| page.signature = None);
    let mut marked = MarkedFields::default();
    let listed = Listed::of(options);
    let mut idle: BTreeSet<usize> = (0..options.exclude_selectors.len()).collect();
    let ids = pages.known.iter().map(|page| {
        let id = page.id.as_ref().or(page.url.as_ref());
        id.map_or("", String::as_str)
    });
    let arranged = match order {
        Some(order) => order.arrange(ids),
        None => (0..pages.len()).collect(),
    };
    let settled = |&at: &usize| -> io::Result<Settled> {
        let mut page = pages.take(at)?;
        let known = &pages.known[at];
        settle(&mut page);
        descriptions.settle(&mut page);
        (page.url, page.id) = (known.url.clone(), known.id.clone());
        editions.name_page(&mut page);
        if !options.pagefind {
            page.title_anchor = None;
        }
        listed.look(&page);
        Ok(Settled::of(page, groups[at]))
    };
    in_order(threads, &arranged, settled, |_, settled| {
        let mut settled = settled?;
        if let Some(fields) = settled.marked {
            marked.filters.extend(fields.filters);
            marked.meta.extend(fields.meta);
        }
        for place in &settled.excluding {
            idle.remove(place);
        }
        warnings.extend(settled.loss);
        report.count(&settled.outcome.dropped);
        each(settled.document, &mut settled.outcome);
        report.documents.push(settled.outcome);
        io::Result::Ok(())
    })?;
    for place in idle.into_iter().filter(|_| is_html) {
        let selector = &options.exclude_selectors[place];
        let note = Note::Unmatched(Choice::ExcludeSelectors);
        warnings.push(Warning::new(selector, note));
    }
    warnings.extend(listed.unmatched());
    warnings.sort_by(|a, b| a.path.cmp(&b.path));
    report.warnings = warnings;
    Ok(Assembled { report, marked })
}

/// A document with what became of it.
struct Settled {
    document: Document,
    outcome: Outcome,
    loss: Option<Warning>,
    marked: Option<Box<MarkedFields>>,
    /// Which of the owner's selectors of what is left out match something in it.
    excluding: Vec<usize>,
}

impl Settled {
    /// Makes the document of a page. Linear in it.
    fn of(mut page: Page, similar: Option<u32>) -> Self {
        let dropped = std::mem::take(&mut page.dropped);
        let words_kept = page.words();
        let (loss, path) = (loss(&page, words_kept, &dropped), page.path.clone());
        let marked = page.marked.take();
        let excluding = std::mem::take(&mut page.excluding);
        let document = Document {
            similar,
            ..document(page)
        };
        let outcome = Outcome {
            id: document.id.clone(),
            path,
            language: document.language.clone(),
            words_kept,
            words_dropped: dropped.iter().map(|block| count_words(&block.text)).sum(),
            similar,
            dropped,
        };
        Self {
            document,
            outcome,
            loss,
            marked,
            excluding,
        }
    }
}

/// Warns of a page that lost most of its words, those left aside that its own structure
/// leaves out.
fn loss(page: &Page, kept: usize, dropped: &[Dropped]) -> Option<Warning> {
    let judged = |rule| {
        !matches!(
            rule,
            Rule::Navigation
                | Rule::Footer
                | Rule::Hidden
                | Rule::Ignored
                | Rule::Outside
                | Rule::Reading
                | Rule::Control
                | Rule::FootnoteMark
                | Rule::Blob
        )
    };
    let lost: usize = dropped
        .iter()
        .filter(|block| judged(block.rule))
        .map(|block| count_words(&block.text))
        .sum();
    let of = lost + kept;
    (lost as f32 > of as f32 * LOST).then(|| Warning::new(&page.path, Note::Lost { lost, of }))
}

/// Where pages mark their body for search, or somebody said what marks it, a page without such a mark is not meant to be
/// found.
fn keep_marked(pages: &mut Pages, root: Option<&str>, warnings: &mut Vec<Warning>) {
    let known = pages.known.iter();
    let marked = known.filter(|page| page.region == Region::Marked).count();
    if marked == 0 {
        let html = pages.known.iter().any(|page| page.region != Region::Whole);
        if let Some(root) = root.filter(|_| html) {
            warnings.push(Warning::new(root, Note::NoRoot));
        }
        return;
    }
    if root.is_none() && marked * DECISION < pages.len() {
        return;
    }
    pages.retain(|page| {
        let kept = matches!(page.region, Region::Marked | Region::Whole);
        if !kept {
            warnings.push(Warning::new(&page.path, Skip::Unmarked));
        }
        kept
    });
}
