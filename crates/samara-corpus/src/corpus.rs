//! What only the whole corpus can tell: addresses used twice, pages that others exclude.

use std::collections::HashMap;

use crate::fold::words;
use crate::page::{Page, Region};
use crate::read::Corpus;
use crate::report::{Outcome, Report, Warning};

/// One marked page among so many is a guest from another site, no decision about this one.
const DECISION: usize = 10;

/// Makes a corpus of pages. Linear in their text.
pub(crate) fn assemble(mut pages: Vec<Page>, mut warnings: Vec<Warning>) -> Corpus {
    keep_marked(&mut pages, &mut warnings);
    settle_addresses(&mut pages, &mut warnings);
    let mut corpus = Corpus::default();
    for mut page in pages {
        let path = page.path.clone();
        let dropped = std::mem::take(&mut page.dropped);
        let words_kept = page.words();
        let document = page.into_document();
        corpus.report.documents.push(Outcome {
            id: document.id.clone(),
            path,
            words_kept,
            words_dropped: dropped.iter().map(|block| words(&block.text).count()).sum(),
            dropped,
        });
        corpus.documents.push(document);
    }
    corpus.report = Report {
        warnings,
        ..corpus.report
    };
    corpus
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
            .unwrap_or_else(|| page.path.clone());
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
