//! What only the whole corpus can tell: addresses used twice, pages that others exclude.

use std::collections::HashMap;

use crate::fold::count_words;
use crate::page::{Page, Region};
use crate::read::Corpus;
use crate::report::{Dropped, Outcome, Report, Warning};
use crate::rule::Rule;
use crate::similar::{SAME, SIMILAR};
use crate::{repeated, similar, url};

/// One marked page among so many is a guest from another site, no decision about this one.
const DECISION: usize = 10;

/// A page that loses more than this share of its words is reported.
const LOST: f32 = 0.6;

/// Makes a corpus of pages. Linear in their text.
pub(crate) fn assemble(mut pages: Vec<Page>, mut report: Report) -> Corpus {
    let warnings = &mut report.warnings;
    keep_marked(&mut pages, warnings);
    let versions = similar::groups(&pages, SAME);
    repeated::drop_repeated(&mut pages, &versions);
    repeated::drop_repeated_titles(&mut pages, &versions);
    settle_addresses(&mut pages, warnings);
    let groups = similar::groups(&pages, SIMILAR);
    let mut documents = Vec::with_capacity(pages.len());
    for (mut page, similar) in pages.into_iter().zip(groups) {
        let path = page.path.clone();
        let dropped = std::mem::take(&mut page.dropped);
        let words_kept = page.words();
        warnings.extend(loss(&page, words_kept, &dropped));
        let mut document = page.into_document();
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
    Corpus { documents, report }
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
                | Rule::Blob
        )
    };
    let lost: usize = dropped
        .iter()
        .filter(|block| judged(block.rule))
        .map(|block| count_words(&block.text))
        .sum();
    (lost as f32 > (lost + kept) as f32 * LOST).then(|| Warning {
        path: page.path.clone(),
        reason: format!(
            "lost {lost} of {} words; `samara clean` shows which",
            lost + kept
        ),
    })
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
            let reason = "other pages mark their body for search, this one does not, skipped";
            warnings.push(Warning {
                path: page.path.clone(),
                reason: reason.into(),
            });
        }
        kept
    });
}

/// Gives every page an address and an id of its own. A site whose pages all claim the same address
/// means something else by it; then the files' names tell them apart.
fn settle_addresses(pages: &mut [Page], warnings: &mut Vec<Warning>) {
    let mut claims: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        if let Some(url) = &page.url {
            *claims.entry(url.clone()).or_default() += 1;
        }
    }
    for page in pages.iter_mut().filter(|page| page.region != Region::Whole) {
        if page.url.as_ref().is_some_and(|url| claims[url] > 1) {
            let reason = "gives an address as its own that other pages give too; its path is used";
            warnings.push(Warning {
                path: page.path.clone(),
                reason: reason.into(),
            });
            page.url = None;
        }
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let id = page
            .id
            .clone()
            .or_else(|| page.url.clone())
            .unwrap_or_else(|| url::of_path(&page.path));
        let times = taken.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            let reason = format!("the id {id} is taken, {id}~{times} is used");
            warnings.push(Warning {
                path: page.path.clone(),
                reason,
            });
            page.id = Some(format!("{id}~{times}"));
        }
    }
}
