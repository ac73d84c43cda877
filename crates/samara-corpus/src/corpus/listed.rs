//! Lines of the owner's lists that no page has: they are told.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::options::Options;
use crate::page::Page;
use crate::report::{Choice, Note, Rule, Warning};
use crate::words::fold;

/// Lines of the owner's lists, as they are compared.
pub(super) struct Listed<'o> {
    keep: BTreeMap<String, Line<'o>>,
    drop: BTreeMap<String, Line<'o>>,
}

/// A line of a list.
struct Line<'o> {
    /// As it is written.
    text: &'o str,
    /// Whether a page has it.
    is_met: AtomicBool,
}

impl<'o> Listed<'o> {
    pub fn of(options: &'o Options) -> Self {
        let compared = |lines: &'o [String]| {
            let lines = lines.iter().map(|text| {
                let is_met = AtomicBool::new(false);
                (fold(text), Line { text, is_met })
            });
            lines.collect()
        };
        Self {
            keep: compared(&options.keep),
            drop: compared(&options.drop),
        }
    }

    /// Looks for them in a page. Linear in it, and no work where there is none.
    pub fn look(&self, page: &Page) {
        let meet = |lines: &BTreeMap<String, Line>, text: &str| {
            if let Some(line) = lines.get(&fold(text)) {
                line.is_met.store(true, Ordering::Relaxed);
            }
        };
        if !self.keep.is_empty() {
            let dropped = page.dropped.iter().map(|block| &*block.text);
            for text in page.texts().chain([&*page.title]).chain(dropped) {
                meet(&self.keep, text);
            }
        }
        if !self.drop.is_empty() {
            let dropped = page.dropped.iter();
            for block in dropped.filter(|block| block.rule == Rule::OwnersList) {
                meet(&self.drop, &block.text);
            }
        }
    }

    /// Warnings of those that no page has.
    pub fn unmatched(self) -> impl Iterator<Item = Warning> {
        let all = [(self.keep, Choice::Keep), (self.drop, Choice::Drop)].into_iter();
        all.flat_map(|(lines, choice)| {
            let lines = lines.into_values();
            let unmet = lines.filter(|line| !line.is_met.load(Ordering::Relaxed));
            unmet.map(move |line| Warning::new(line.text, Note::Unmatched(choice)))
        })
    }
}
