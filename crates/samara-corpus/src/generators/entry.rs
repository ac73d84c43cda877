//! What an entry of the table consists of.

use crate::report::{Rule, Skip};

/// What is known of one generator.
#[derive(Debug)]
pub(crate) struct Generator {
    /// As it calls itself.
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reads the table"))]
    pub name: &'static str,
    /// How its pages are told. Each of these is enough.
    pub told: &'static [Told],
    /// Elements into which it alone puts a page's text and nothing else. They are believed on every
    /// page, because themes come without any other sign of their generator.
    pub containers: &'static [Element],
    /// The same with names that others use too. They are believed where the page names the generator.
    pub common_containers: &'static [Element],
    /// Elements that make up the content together, where the page names the generator.
    pub parts: &'static [Element],
    /// What it puts into its containers, or into `<main>`, beside the author's text. Nothing else may be left out there.
    pub chrome: &'static [(Element, Rule)],
    /// Pages that it writes beside the author's: where they lie, and what they are.
    pub own_pages: &'static [(Place, Skip)],
    /// Folders into which it copies the sources of its pages.
    pub copied_sources: &'static [&'static str],
    /// How the ids of entries in its indexes of words begin.
    pub index_entries: &'static [&'static str],
}

impl Generator {
    /// An entry that says nothing yet.
    pub const UNKNOWN: Self = Self {
        name: "",
        told: &[],
        containers: &[],
        common_containers: &[],
        parts: &[],
        chrome: &[],
        own_pages: &[],
        copied_sources: &[],
        index_entries: &[],
    };

    /// What the page at this path is, if the generator writes it itself. Pages that are a folder's
    /// `index.html` have the folder's name.
    pub fn own_page(&self, path: &str) -> Option<&'static Skip> {
        let mut folders: Vec<&str> = path.split('/').collect();
        let file = folders.pop().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        let page = match folders.last() {
            Some(folder) if stem == "index" => folder,
            _ => stem,
        };
        self.own_pages
            .iter()
            .find(|(place, _)| match place {
                Place::Page(name) => page == *name,
                Place::Begins(name) => page.starts_with(name),
                Place::Folder(name) => folders.contains(name),
            })
            .map(|(_, what)| what)
    }
}

/// A sign by which the pages of a generator are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// `<meta name="generator">` holds this name, in lower case here.
    Name(&'static str),
    /// A script's file begins so, wherever it lies.
    Script(&'static str),
    /// A script's file begins so and lies at the site's root, beside the page or above it.
    RootScript(&'static str),
    /// An element's id begins so.
    Id(&'static str),
}

/// Where a page's path tells that a generator wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The page's name.
    Page(&'static str),
    /// The page's name begins so.
    Begins(&'static str),
    /// A folder above it.
    Folder(&'static str),
}

/// An element, by what it is called. What is empty here may be anything.
#[derive(Debug)]
pub(crate) struct Element {
    pub tag: &'static str,
    pub id: &'static str,
    /// One of its classes.
    pub class: &'static str,
    pub role: &'static str,
    /// The element right around it.
    pub inside: Option<&'static Element>,
}

impl Element {
    pub const ANY: Self = Self {
        tag: "",
        id: "",
        class: "",
        role: "",
        inside: None,
    };

    pub const fn tag(tag: &'static str) -> Self {
        Self { tag, ..Self::ANY }
    }

    pub const fn class(class: &'static str) -> Self {
        Self { class, ..Self::ANY }
    }

    pub const fn id(id: &'static str) -> Self {
        Self { id, ..Self::ANY }
    }
}
