//! Titles without what all of them say: the name of the site.

use super::repeated::{LEAST_PAGES, SHARE};
use super::tally::{Numbering, Owner, Tally};
use crate::facts::title::{parts, without_affixes};
use crate::page::{Kind, Page, Region};
use crate::words::fold;

/// A part of titles that stands on this share of the pages is the site's name, however few pages there are.
const SHARE_OF_FEW: f32 = 0.5;
/// A colon is the author's unless what stands before it does so on this share of the pages.
const SHARE_OF_LABELS: f32 = 0.6;

/// What the titles of a corpus have in common.
pub(super) struct CommonTitles {
    numbering: Numbering,
    wholes: Tally,
    shares: Shares,
    /// A title of so many pages is none of theirs.
    least: usize,
}

impl CommonTitles {
    /// Of no pages.
    pub fn new(numbering: &Numbering) -> Self {
        Self {
            numbering: numbering.clone(),
            wholes: Tally::default(),
            shares: Shares {
                numbering: numbering.clone(),
                parts: Tally::default(),
            },
            least: LEAST_PAGES,
        }
    }

    /// Counts the titles of a page, if there are any to be judged, and their parts.
    pub fn add(&mut self, owner: Owner, told: Option<Numbers>) {
        if let Some(told) = told {
            self.wholes.add(owner, told.names);
            self.shares.parts.add(owner, told.parts);
        }
    }

    /// All pages were counted.
    pub fn close(&mut self) {
        let owners = self.wholes.owners();
        self.least = ((owners as f32 * SHARE).ceil() as usize).max(LEAST_PAGES);
        self.wholes.forget_below(2);
        self.shares.parts.forget_below(2);
    }

    fn is_common(&self, title: &str) -> bool {
        self.sharing(title) >= self.least
    }

    /// So many pages are, or may be, called this; 1 stands for none, too.
    fn sharing(&self, title: &str) -> usize {
        self.wholes.of(self.numbering.of(fold(title))).max(1)
    }

    /// What a page is called, of which the head is enough: its title without the site's name, where that is the head's, as the
    /// part of it that many pages share; where it is shared as a whole, another name of the page. Linear in the names.
    pub fn called(&self, head: &Page) -> Called {
        let mut called = Called {
            title: head.title.clone(),
            is_own: head.titles.is_own,
            is_common: false,
        };
        if head.region == Region::Whole || head.title.is_empty() {
            return called;
        }
        // Of a name that several pages share and one that fewer do, the second is the page's.
        if let Some(other) = &head.titles.other
            && self.sharing(other) < self.sharing(&called.title)
        {
            called.title.clone_from(other);
            called.is_own = !called.is_own;
        }
        let mut told = head.titles.told.iter();
        let stripped = told.find_map(|told| self.shares.strip(told));
        if !called.is_own
            && let Some(stripped) = &stripped
        {
            called.title.clone_from(stripped);
        } else if let Some(rest) = self.shares.without_label(&called.title, is_set_off) {
            called.title = rest;
        }
        if self.is_common(&called.title) {
            let headings = head.titles.headings.iter();
            let mut others = headings
                .chain(&stripped)
                .filter(|title| !self.is_common(title));
            match others.next() {
                Some(other) => called.title.clone_from(other),
                None => called.is_common = true,
            }
        }
        called
    }
}

/// What a page is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Called {
    pub title: String,
    /// Whether this is a heading of the content, or what the page says for search.
    pub is_own: bool,
    /// Whether many pages are called so, and this one has no other name but its first heading.
    pub is_common: bool,
}

impl Called {
    /// Calls the page so, of which it was decided. Linear in its blocks.
    pub fn settle(self, page: &mut Page) {
        if page.region == Region::Whole || page.title.is_empty() {
            return;
        }
        page.titles.is_own = self.is_own;
        page.title = self.title;
        if self.is_common
            && let Some(first) = page.blocks.iter().find(|b| b.kind == Kind::Heading)
        {
            page.title.clone_from(&first.text);
        }
        let title = fold(&page.title);
        let first = page.blocks.first();
        let first = first.filter(|block| block.kind == Kind::Heading);
        // The heading is the title now.
        if first.is_some_and(|first| fold(&first.text) == title) {
            let heading = page.blocks.remove(0);
            page.title_anchor = Some(heading.anchor).filter(|anchor| !anchor.is_empty());
        }
    }
}

/// An author's own colon stands right behind a word.
fn is_set_off(label: &str) -> bool {
    label.ends_with(' ')
}

/// On how many pages the parts of titles stand.
struct Shares {
    numbering: Numbering,
    parts: Tally,
}

/// A part as it is counted: by whether it stands first or last, or before a colon.
#[derive(PartialEq, Eq, Hash)]
enum Part {
    First(String),
    Last(String),
    Label(String),
}

/// Numbers of what a page is or may be called.
pub(super) struct Numbers {
    names: Vec<u64>,
    /// What may be the site's name in its titles.
    parts: Vec<u64>,
}

/// What titles of a page are counted by, if they are judged. Linear in them.
pub(super) fn numbers(head: &Page, numbering: &Numbering) -> Option<Numbers> {
    if head.region == Region::Whole || head.title.is_empty() {
        return None;
    }
    let names = head.titles.other.iter().chain([&head.title]);
    let names = names.map(|name| numbering.of(fold(name))).collect();
    let mut found = Vec::new();
    let mut put = |part| found.push(numbering.of(part));
    for told in head.titles.told.iter().chain([&head.title]) {
        if let [_, one, .., other] = &parts(told)[..] {
            put(Part::First(fold(one)));
            put(Part::Last(fold(other)));
        }
        if let Some((before, _)) = told.split_once(": ") {
            put(Part::Label(fold(before)));
        }
    }
    Some(Numbers {
        names,
        parts: found,
    })
}

impl Shares {
    fn at_least(&self, part: Part, few: f32, many: f32) -> bool {
        let pages = self.parts.of(self.numbering.of(part));
        let share = |least: f32| pages as f32 >= self.parts.owners() as f32 * least;
        (pages >= 2 && share(few)) || (pages >= LEAST_PAGES && share(many))
    }

    /// A title without the parts that many pages share, if it has such parts and others.
    fn strip(&self, title: &str) -> Option<String> {
        let is_site = |part| self.at_least(part, SHARE_OF_FEW, SHARE);
        let rest = without_affixes(
            title,
            |part| is_site(Part::First(fold(part))),
            |part| is_site(Part::Last(fold(part))),
        );
        let rest = rest.trim();
        match self.without_label(rest, |_| true) {
            Some(rest) => Some(rest),
            None => (rest != title.trim()).then(|| rest.to_string()),
        }
    }

    /// A title without the label before its colon that most pages have.
    fn without_label(&self, title: &str, may_be: impl Fn(&str) -> bool) -> Option<String> {
        let (before, rest) = title.split_once(": ")?;
        let label = || Part::Label(fold(before));
        let many = || self.at_least(label(), SHARE_OF_LABELS, SHARE_OF_LABELS);
        (may_be(before) && !rest.trim().is_empty() && many()).then(|| rest.trim().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::decided::Decisions;
    use crate::corpus::pages::Pages;
    use crate::corpus::pages::testing::stored;
    use crate::page::{Block, Titles};

    /// The titles of pages with these titles in their heads and, behind a bar of their own, headings.
    fn titles(pages: &[(&str, &str, &str)]) -> Vec<String> {
        let page = |(told, own, below): &(&str, &str, &str)| Page {
            title: if own.is_empty() { *told } else { *own }.to_string(),
            titles: Titles {
                is_own: !own.is_empty(),
                told: vec![told.to_string()],
                headings: [*own]
                    .iter()
                    .filter(|own| !own.is_empty())
                    .map(ToString::to_string)
                    .collect(),
                other: None,
            },
            blocks: vec![Block::heading(*below, ""), Block::text("Text.")],
            ..Page::default()
        };
        settled(pages.iter().map(page).collect())
    }

    fn settled(pages: Vec<Page>) -> Vec<String> {
        let (store, places) = stored(&pages);
        let known = Pages::of(places, &store, 2).unwrap();
        let decisions = Decisions::of(&known, &vec![None; pages.len()], |_, _| ()).unwrap();
        let titles = pages.into_iter().map(|mut page| {
            decisions.titles.called(&page).settle(&mut page);
            page.title
        });
        titles.collect()
    }

    #[test]
    fn what_many_titles_share_is_the_sites_name() {
        for (pages, expected) in [
            // Behind, before, and both; a long name behind a short title, too.
            (
                &[
                    ("Fog - Handbook of the Lights", "", ""),
                    ("Wicks - Handbook of the Lights", "", ""),
                ][..],
                &["Fog", "Wicks"][..],
            ),
            (
                &[
                    ("Lights | Fog", "", ""),
                    ("Lights | Wicks", "", ""),
                    ("Lights | Oil", "", ""),
                ],
                &["Fog", "Wicks", "Oil"],
            ),
            (
                &[
                    ("Lights: Fog", "", ""),
                    ("Lights: Wicks", "", ""),
                    ("Lights: Oil", "", ""),
                ],
                &["Fog", "Wicks", "Oil"],
            ),
            // Dashes of the author's stay, and so do colons in headings of the pages' own.
            (
                &[
                    ("Fog - a history - Lights", "", ""),
                    ("Wicks - Lights", "", ""),
                ],
                &["Fog - a history", "Wicks"],
            ),
            (
                &[
                    ("x", "Class: Lamp", ""),
                    ("x", "Class: Wick", ""),
                    ("x", "Class: Oil", ""),
                ],
                &["Class: Lamp", "Class: Wick", "Class: Oil"],
            ),
            (
                &[
                    ("x", "LIGHTS : Lamp", ""),
                    ("x", "LIGHTS : Wick", ""),
                    ("x", "LIGHTS : Oil", ""),
                ],
                &["Lamp", "Wick", "Oil"],
            ),
        ] {
            assert_eq!(titles(pages), expected, "{pages:?}");
        }
    }

    #[test]
    fn of_two_names_the_one_that_fewer_pages_share_is_the_pages_own() {
        for (pages, expected) in [
            // A title and what else the page may be called.
            (
                &[("Handbook", "Oil"), ("Handbook", "Wicks")][..],
                &["Oil", "Wicks"][..],
            ),
            (&[("Lights", "Oil"), ("Lights", "Wicks")], &["Oil", "Wicks"]),
            // Each by itself: nothing is shared.
            (&[("Oil", "Handbook")], &["Oil"]),
            (
                &[("Oil", "Handbook"), ("Wicks", "Handbook")],
                &["Oil", "Wicks"],
            ),
            // Both are shared by the same pages.
            (&[("Oil", "Handbook"), ("Oil", "Handbook")], &["Oil", "Oil"]),
        ] {
            let page = |(title, other): &(&str, &str)| Page {
                title: (*title).to_string(),
                titles: Titles {
                    other: Some((*other).to_string()),
                    ..Titles::default()
                },
                blocks: vec![Block::text("Text.")],
                ..Page::default()
            };
            let pages: Vec<Page> = pages.iter().map(page).collect();
            assert_eq!(settled(pages), expected);
        }
    }

    #[test]
    fn a_title_that_all_pages_share_is_none_of_theirs() {
        let pages: Vec<(String, String)> = (0..6)
            .map(|n| {
                (
                    format!("Chapter {n} | The Handbook"),
                    format!("Section {n}"),
                )
            })
            .collect();
        let told: Vec<_> = pages
            .iter()
            .map(|(told, below)| (&**told, "The Handbook", &**below))
            .collect();
        assert_eq!(titles(&told)[2], "Chapter 2");
        let bare: Vec<_> = pages
            .iter()
            .map(|(_, below)| ("The Handbook", "", &**below))
            .collect();
        assert_eq!(titles(&bare)[2], "Section 2");
        assert_eq!(
            titles(&bare[..3])[2],
            "The Handbook",
            "three pages may have one name"
        );
    }
}
