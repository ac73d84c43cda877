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
    /// Elements that its styles show on lines of their own, though by their tags they stand in one.
    pub apart: &'static [Element],
    /// Elements that hold a page's title, where headings do not.
    pub titles: &'static [Element],
    /// Pages that it writes beside the author's: where they lie, and what they are.
    pub own_pages: &'static [(Place, Skip)],
    /// Folders at the site's root that hold files for its programs: nothing in them is a page.
    pub assets: &'static [&'static str],
    /// Folders into which it copies the sources of its pages.
    pub copied_sources: &'static [&'static str],
    /// How the ids of entries in its indexes of words begin.
    pub index_entries: &'static [&'static str],
    /// It makes sites of any kind, and puts what it is given wherever it is told to: that it wrote a page says nothing of
    /// what `<main>` holds.
    pub is_framework: bool,
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
        apart: &[],
        titles: &[],
        own_pages: &[],
        assets: &[],
        copied_sources: &[],
        index_entries: &[],
        is_framework: false,
    };

    /// What the page at this path beneath the site's root, and at that one in the corpus, is, if the generator writes it itself.
    pub fn own_page(&self, path: &str, whole: &str, classes: &str) -> Option<&'static Skip> {
        self.own_pages
            .iter()
            .find(|(place, _)| place.is_of(path, whole, classes))
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

/// Where a generator puts a page that it writes itself. A page of that name elsewhere is the author's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At the site's root: `print.html` or `print/index.html`.
    Root(&'static str),
    /// At the site's root, by the beginning of the name.
    RootBegins(&'static str),
    /// Beneath a folder at the site's root.
    Folder(&'static str),
    /// Beneath a folder of this name, wherever that is: the generator alone calls a folder so.
    AnyFolder(&'static str),
    /// A file of this name, in whatever folder.
    File(&'static str),
    /// A file whose name ends so, in whatever folder.
    Ends(&'static str),
    /// The page of the second name in a folder of the first, wherever that is.
    Beneath(&'static str, &'static str),
    /// At the root: a list of names in several pages, as `functions`, `functions_vars`, `functions_func_a`.
    Names(&'static str),
    /// At the root: the beginning of a name that goes on with a digest.
    Digest(&'static str),
    /// Further pages of a list: `page/2/`, in whatever folder.
    Further(&'static str),
    /// Lists of what a year, a month or a day brought: `2025/` or `2025/03/`, at the root.
    Dates,
    /// The class of the page's root says so.
    Class(&'static str),
}

impl Place {
    /// Whether a page lies here; its path is relative to its site's root, and its root element has these classes.
    fn is_of(self, path: &str, whole: &str, classes: &str) -> bool {
        let (mut folders, file) = match path.rsplit_once('/') {
            Some((folders, file)) => (folders.split('/').collect(), file),
            None => (Vec::new(), path),
        };
        let stem = file
            .strip_suffix(".html")
            .or_else(|| file.strip_suffix(".htm"));
        let stem = stem.unwrap_or(file);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Folder(name) => return folders.first() == Some(&name),
            Self::AnyFolder(name) => {
                return whole.rsplit('/').skip(1).any(|folder| folder == name);
            }
            Self::File(name) => return file == name,
            Self::Ends(end) => return file.ends_with(end),
            Self::Class(class) => return classes.split_ascii_whitespace().any(|own| own == class),
            Self::Dates => {
                let all = !folders.is_empty() && folders.iter().all(|folder| is_number(folder));
                return all && stem == "index" && folders[0].len() == 4;
            }
            _ => {}
        }
        // A folder's own page is called as the folder is.
        let page = match stem {
            "index" => folders.pop().unwrap_or(stem),
            stem => stem,
        };
        match self {
            Self::Root(name) => folders.is_empty() && page == name,
            Self::RootBegins(beginning) => folders.is_empty() && page.starts_with(beginning),
            Self::Names(name) => {
                let kinds = [
                    "func", "vars", "type", "enum", "eval", "prop", "evnt", "rela", "defs",
                ];
                let is_part =
                    |part: &str| part.len() < 2 || part.starts_with("0x") || kinds.contains(&part);
                folders.is_empty()
                    && page.strip_prefix(name).is_some_and(|rest| {
                        rest.is_empty()
                            || rest
                                .strip_prefix('_')
                                .is_some_and(|rest| rest.split('_').all(is_part))
                    })
            }
            Self::Digest(beginning) => {
                let digest = page.strip_prefix(beginning).filter(|_| folders.is_empty());
                digest.is_some_and(|digest| {
                    digest.len() == 32 && digest.bytes().all(|b| b.is_ascii_hexdigit())
                })
            }
            Self::Beneath(folder, name) => folders.last() == Some(&folder) && page == name,
            Self::Further(folder) => folders.last() == Some(&folder) && is_number(page),
            _ => false,
        }
    }
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
