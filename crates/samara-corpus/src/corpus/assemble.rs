//! From pages to a corpus: each step asks what only all of them can tell.

use samara_engine::Document;

use super::addresses::settle_addresses;
use super::document::document;
use super::editions::{keep_apart, name_editions};
use super::repeated::drop_repeated;
use super::similar::{By, groups};
use super::titles::settle_titles;
use crate::options::Options;
use crate::page::{MarkedFields, Page, Region};
use crate::report::{Dropped, Note, Outcome, Report, Rule, Skip, Warning};
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

/// Makes a corpus of pages. Linear in their text.
pub(crate) fn assemble(mut pages: Vec<Page>, mut report: Report, options: &Options) -> Corpus {
    let warnings = &mut report.warnings;
    keep_marked(&mut pages, warnings);
    let versions = groups(&pages, By::Text);
    drop_repeated(&mut pages, &versions, |line| options.keeps(line));
    settle_titles(&mut pages, &versions);
    settle_addresses(&mut pages, options, warnings);
    name_editions(&mut pages);
    let groups = keep_apart(&pages, groups(&pages, By::TitleAndText));
    let mut documents = Vec::with_capacity(pages.len());
    let mut marked = MarkedFields::default();
    pages.reverse();
    for similar in groups {
        let Some(mut page) = pages.pop() else { break };
        // What pages took is there for documents.
        if pages.len() < pages.capacity() / 2 {
            pages.shrink_to_fit();
        }
        if !options.pagefind {
            page.title_anchor = None;
        }
        if let Some(fields) = page.marked.take() {
            marked.filters.extend(fields.filters);
            marked.meta.extend(fields.meta);
        }
        let path = page.path.clone();
        let dropped = std::mem::take(&mut page.dropped);
        let words_kept = page.words();
        warnings.extend(loss(&page, words_kept, &dropped));
        let mut document = document(page);
        document.similar = similar;
        report.documents.push(Outcome {
            id: document.id.clone(),
            path,
            language: document.language.clone(),
            words_kept,
            words_dropped: dropped.iter().map(|block| count_words(&block.text)).sum(),
            similar,
            dropped,
        });
        documents.push(document);
    }
    report.warnings.sort_by(|a, b| a.path.cmp(&b.path));
    Corpus {
        documents,
        report,
        marked,
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

/// Where pages mark their body for search, a page without such a mark is not meant to be found.
fn keep_marked(pages: &mut Vec<Page>, warnings: &mut Vec<Warning>) {
    let marked = pages
        .iter()
        .filter(|page| page.region == Region::Marked)
        .count();
    if marked * DECISION < pages.len() || marked == 0 {
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
