//! Lines of the owner's lists that no page has: they are told.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::options::Options;
use crate::page::Page;
use crate::report::{Choice, Note, Rule, Warning};
use crate::words::fold;

/// The lines of the owner's lists.
pub(super) struct Listed<'o> {
    keep: Lines<'o>,
    drop: Lines<'o>,
}

/// Lines of a list, as they are compared.
struct Lines<'o> {
    lines: BTreeMap<String, Line<'o>>,
    /// How many no page has so far.
    unmet: AtomicUsize,
}

/// A line of a list.
struct Line<'o> {
    /// As it is written.
    text: &'o str,
    /// Whether a page has it.
    is_met: AtomicBool,
}

impl<'o> Lines<'o> {
    fn of(lines: &'o [String]) -> Self {
        let lines = lines.iter().map(|text| {
            let is_met = AtomicBool::new(false);
            (fold(text), Line { text, is_met })
        });
        let lines: BTreeMap<_, _> = lines.collect();
        let unmet = lines.len().into();
        Self { lines, unmet }
    }

    /// Looks for them among texts. No work where all were met.
    fn look<'t>(&self, texts: impl Iterator<Item = &'t str>) {
        for text in texts {
            if self.unmet.load(Ordering::Relaxed) == 0 {
                break;
            }
            let line = self.lines.get(&fold(text));
            if line.is_some_and(|line| !line.is_met.swap(true, Ordering::Relaxed)) {
                self.unmet.fetch_sub(1, Ordering::Relaxed);
            }
        }
    }
}

impl<'o> Listed<'o> {
    pub fn of(options: &'o Options) -> Self {
        Self {
            keep: Lines::of(&options.keep),
            drop: Lines::of(&options.drop),
        }
    }

    /// Looks for them in a page. Linear in it.
    pub fn look(&self, page: &Page) {
        let dropped = page.dropped.iter();
        let of_list = dropped.filter(|block| block.rule == Rule::OwnersList);
        self.drop.look(of_list.map(|block| &*block.text));
        let dropped = page.dropped.iter().map(|block| &*block.text);
        self.keep
            .look(page.texts().chain([&*page.title]).chain(dropped));
    }

    /// Warnings of those that no page has.
    pub fn unmatched(self) -> impl Iterator<Item = Warning> {
        let all = [(self.keep, Choice::Keep), (self.drop, Choice::Drop)].into_iter();
        all.flat_map(|(list, choice)| {
            let lines = list.lines.into_values();
            let unmet = lines.filter(|line| !line.is_met.load(Ordering::Relaxed));
            unmet.map(move |line| Warning::new(line.text, Note::Unmatched(choice)))
        })
    }
}
