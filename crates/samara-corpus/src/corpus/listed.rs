//! Lines of the owner's lists that no page has: they are told.

use std::collections::BTreeMap;

use crate::options::Options;
use crate::page::Page;
use crate::report::{Choice, Note, Rule, Warning};
use crate::words::fold;

/// Lines of the owner's lists that no page has so far, as they are compared, with the lines as they are written.
pub(super) struct Listed<'o> {
    keep: BTreeMap<String, &'o str>,
    drop: BTreeMap<String, &'o str>,
}

impl<'o> Listed<'o> {
    pub fn of(options: &'o Options) -> Self {
        let compared = |lines: &'o [String]| {
            let lines = lines.iter().map(|line| (fold(line), line.as_str()));
            lines.collect()
        };
        Self {
            keep: compared(&options.keep),
            drop: compared(&options.drop),
        }
    }

    /// Looks for them in a page. Linear in it, and no work where there is none.
    pub fn look(&mut self, page: &Page) {
        if !self.keep.is_empty() {
            let dropped = page.dropped.iter().map(|block| &*block.text);
            for text in page.texts().chain([&*page.title]).chain(dropped) {
                self.keep.remove(&fold(text));
            }
        }
        if !self.drop.is_empty() {
            for block in page.dropped.iter() {
                if block.rule == Rule::OwnersList {
                    self.drop.remove(&fold(&block.text));
                }
            }
        }
    }

    pub fn unmatched(self) -> impl Iterator<Item = Warning> {
        let all = [(self.keep, Choice::Keep), (self.drop, Choice::Drop)].into_iter();
        all.flat_map(|(lines, choice)| {
            let lines = lines.into_values();
            lines.map(move |line| Warning::new(line, Note::Unmatched(choice)))
        })
    }
}
