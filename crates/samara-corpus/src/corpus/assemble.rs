//! From pages to a corpus: each step asks what only all of them can tell.

use std::collections::{BTreeSet, HashSet};
use std::io;

use compact_str::CompactString;
use samara_engine::Document;
use sha2::{Digest as _, Sha256};

use super::addresses::settle_addresses;
use super::decided::Decisions;
use super::editions::{Editions, keep_apart};
use super::hosting::{Hosting, LinkVotes};
use super::listed::Listed;
use super::pages::Pages;
use super::settled::Settled;
use super::similar::{Buckets, By, Remembered, groups};
use crate::cores::{SMALL, in_order, numbered, threads};
use crate::kept::order::Order;
use crate::kept::pairs::{NewPairs, Pairs};
use crate::kept::records::{Appended, Key, Records, shortened};
use crate::options::Options;
use crate::page::{MarkedFields, Region};
use crate::report::{Choice, Note, Outcome, Report, Skip, Warning};

/// One marked page among so many is a guest from another site, no decision about this one.
const DECISION: usize = 10;

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

/// A document as it is given out.
pub struct Made {
    /// Without its sections where its text is known.
    pub document: Document,
    /// What became of it. Of a document whose text is known, what was dropped is counted and not named.
    pub outcome: Outcome,
    /// What tells the document from all others, and from what it was before, where there is a cache.
    pub key: Option<Key>,
    /// Its text, if whoever asks for the document has it from a build before, as it is there.
    pub text: Option<Vec<u8>>,
}

/// Gives the text of the document that a key tells from others, if whoever asks for documents has it.
pub type KnownText<'a> = dyn Fn(&Key) -> Option<Vec<u8>> + Sync + 'a;

/// What builds before have made of pages.
pub(crate) struct Before<'a> {
    pub documents: &'a Records,
    /// Where new ones are kept.
    pub appended: &'a mut Appended,
    /// Which pages are alike.
    pub pairs: &'a Pairs,
    pub new_pairs: &'a mut NewPairs,
    pub text: &'a KnownText<'a>,
}

/// Makes documents of pages, and gives them out one by one, each with what became of it: in their order, or in the one of the
/// build before. What is known of builds `before` is not made again. Linear in their text.
///
/// # Errors
/// Pages cannot be read.
pub(crate) fn assemble(
    mut pages: Pages,
    mut report: Report,
    options: &Options,
    order: Option<&Order>,
    before: Option<Before>,
    each: &mut dyn FnMut(Made),
) -> io::Result<Assembled> {
    let mut warnings = std::mem::take(&mut report.warnings);
    let threads = threads(options, pages.len());
    keep_marked(&mut pages, options.root_selector.as_deref(), &mut warnings);
    let files: HashSet<&str> = pages.known.iter().map(|page| &*page.path).collect();
    report.totals.files = files.len();
    drop(files);
    let is_html = pages.known.iter().any(|page| page.region != Region::Whole);
    let before = before.filter(|_| cfg!(feature = "cache"));
    let (mut known, mut remembered) = match before {
        Some(before) => {
            // Whether a page has a line of the owner's lists is known of its text alone.
            let may_be_known = options.keep.is_empty() && options.drop.is_empty();
            let known = (before.documents, before.appended, before.text);
            let remembered = (before.pairs, before.new_pairs);
            (may_be_known.then_some(known), Some(remembered))
        }
        None => (None, None),
    };
    let keys: Vec<Option<Key>> = pages.known.iter().map(|page| page.key).collect();
    let buckets = Buckets::of(&pages.known);
    for page in &mut pages.known {
        page.signature = None;
    }
    let versions = {
        let remembered = remembered.as_mut();
        let remembered = remembered.map(|(before, now)| Remembered {
            keys: &keys,
            before,
            now,
        });
        groups(&buckets, By::Text, threads, remembered, |at| pages.page(at))?
    };
    let paths = pages.known.iter().map(|page| page.path.as_str());
    let mut votes = LinkVotes::new(paths.collect());
    let decisions = Decisions::of(&pages, &versions, |at, links| {
        votes.add(&pages.known[at].path, links);
    })?;
    let hosting = Hosting::of(votes, options);
    settle_addresses(&mut pages.known, &hosting, &mut warnings);
    let editions = Editions::name(&mut pages.known);
    let digest = options.digest();
    // Of pages as they are settled.
    let keys = if remembered.is_some() {
        numbered(threads, pages.len(), |at| {
            let Some(key) = pages.known[at].key else {
                return Ok(None);
            };
            let mut of = Sha256::new_with_prefix(digest);
            of.update(key);
            decisions.on(&pages.head(at)?).digest(&mut of);
            io::Result::Ok(Some(shortened(of)))
        })?
    } else {
        Vec::new()
    };
    let remembered = remembered.map(|(before, now)| Remembered {
        keys: &keys,
        before,
        now,
    });
    let alike = groups(&buckets, By::TitleAndText, threads, remembered, |at| {
        let mut page = pages.page(at)?;
        decisions.on(&page).settle(&mut page, options);
        Ok(page)
    })?;
    drop(buckets);
    let groups = keep_apart(&pages.known, alike);
    let mut marked = MarkedFields::default();
    let listed = Listed::of(options);
    let mut idle: BTreeSet<usize> = (0..options.exclude_selectors.len()).collect();
    let ids = pages.known.iter().map(|page| {
        let id = page.id.as_ref().or(page.url.as_ref());
        id.map_or("", CompactString::as_str)
    });
    let arranged = match order {
        Some(order) => order.arrange(ids),
        None => (0..pages.len()).collect(),
    };
    let asked = known
        .as_ref()
        .map(|(documents, _, text)| (*documents, *text));
    let settled = |&at: &usize| -> io::Result<Settled> {
        let mut key = None;
        if let (Some((documents, text)), Some(&Some(settled))) = (asked, keys.get(at)) {
            let mut of = Sha256::new_with_prefix(settled);
            editions.digest(&mut of);
            for name in [&pages.known[at].url, &pages.known[at].id] {
                let name = name.as_deref().unwrap_or_default();
                of.update((name.len() as u64).to_le_bytes());
                of.update(name);
            }
            let of = shortened(of);
            let known = text(&of).and_then(|text| {
                let kept = documents.get(&of)?;
                let known = Settled::known(&kept, groups[at], of, text);
                if known.is_none() {
                    documents.refuse(&of);
                }
                known
            });
            if let Some(known) = known {
                pages.forget(at);
                return Ok(known);
            }
            key = Some(of);
        }
        let mut page = pages.take(at)?;
        let known = &pages.known[at];
        decisions.on(&page).settle(&mut page, options);
        (page.url, page.id) = [&known.url, &known.id]
            .map(|of| of.as_deref().map(str::to_owned))
            .into();
        editions.name_page(&mut page);
        if !options.pagefind {
            page.title_anchor = None;
        }
        listed.look(&page);
        Ok(Settled {
            key,
            ..Settled::of(page, groups[at])
        })
    };
    // Those that are known are small, and others as large as their pages.
    let are_known = asked.is_some_and(|(documents, _)| documents.count() > pages.len() / 2);
    let together = if are_known { SMALL } else { 1 };
    in_order(threads, together, &arranged, settled, |_, settled| {
        let settled = settled?;
        if let (Some((documents, appended, _)), Some(key)) = (&mut known, settled.key)
            && !documents.has(&key)
        {
            appended.put(key, &[&settled.kept()]);
        }
        let told = settled.told;
        if let Some(fields) = told.marked {
            marked.filters.extend(fields.filters);
            marked.meta.extend(fields.meta);
        }
        for place in &told.excluding {
            idle.remove(place);
        }
        let lost = told.lost.map(|(lost, of)| Note::Lost { lost, of });
        warnings.extend(lost.map(|lost| Warning::new(&settled.outcome.path, lost)));
        report.totals.count(&settled.outcome, &told.losses);
        each(Made {
            document: settled.document,
            outcome: settled.outcome,
            key: settled.key,
            text: settled.text,
        });
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
            warnings.push(Warning::new(&*page.path, Skip::Unmarked));
        }
        kept
    });
}
