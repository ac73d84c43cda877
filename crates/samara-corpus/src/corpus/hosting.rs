//! How a site's host serves its pages, as the site's own links tell: `guide/`, `guide` or `guide/index.html`.

use std::collections::{BTreeMap, HashSet};

use crate::facts::address::{of_path, resolve};
use crate::options::Options;

/// A site may be served beneath a folder of this depth that its files do not show.
const DEEPEST_BASE: usize = 3;

/// How the addresses of pages are written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hosting {
    /// Of a page that is its folder's `index.html`.
    folder: Folder,
    /// Without `.html`.
    strips_html: bool,
    /// The site lies at the root of its host.
    is_at_root: bool,
    /// Its owner has said how, and means the usual name alone.
    is_told: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Folder {
    /// `guide/index.html`
    File,
    /// `guide/`
    Slash,
    /// `guide`
    Bare,
}

/// Links of each kind that lead to pages of the corpus.
#[derive(Debug, Default)]
struct Votes {
    index: usize,
    slash: usize,
    bare_folder: usize,
    html: usize,
    bare: usize,
    /// To the page at the root: every host serves it without its name.
    root: usize,
}

/// What the links of pages tell, page by page.
pub(super) struct LinkVotes<'p> {
    paths: HashSet<&'p str>,
    votes: Votes,
    /// Beneath each folder that the site may be served from.
    beneath: BTreeMap<String, Votes>,
    is_at_root: bool,
}

impl<'p> LinkVotes<'p> {
    /// Of pages with these paths.
    pub fn new(paths: HashSet<&'p str>) -> Self {
        Self {
            paths,
            votes: Votes::default(),
            beneath: BTreeMap::new(),
            is_at_root: false,
        }
    }

    /// Counts the links of a page that lead to other pages. Linear in them.
    pub fn add(&mut self, page: &str, links: &[String]) {
        for link in links {
            let Some(path) = resolve(page, link) else {
                continue;
            };
            let is_rooted = link.starts_with('/');
            if self.votes.count(&path, &self.paths) {
                // Every site has a page at its root.
                self.is_at_root |= is_rooted && !path.is_empty();
            } else if is_rooted {
                let bases = path
                    .match_indices('/')
                    .take(DEEPEST_BASE)
                    .map(|(at, _)| at + 1);
                let found = bases.map(|at| path.split_at(at)).find_map(|(base, rest)| {
                    let mut own = Votes::default();
                    own.count(rest, &self.paths).then_some((base, own))
                });
                if let Some((base, own)) = found {
                    self.beneath.entry(base.to_string()).or_default().add(&own);
                }
            }
        }
    }
}

impl Hosting {
    /// What the links of all pages tell.
    pub fn of(links: LinkVotes, options: &Options) -> Self {
        let LinkVotes {
            mut votes,
            beneath,
            mut is_at_root,
            ..
        } = links;
        // One link may lead to a page of that name on another site.
        let base = beneath
            .into_values()
            .max_by_key(Votes::all)
            .filter(|base| base.all() > 1);
        if let Some(base) = base {
            is_at_root = false;
            votes.add(&base);
        }
        let strips_html = options.strip_html.unwrap_or(votes.bare > votes.html);
        let folder = if let Some(keeps) = options.keep_index {
            if keeps { Folder::File } else { Folder::Slash }
        } else if votes.slash.max(votes.bare_folder) <= votes.index {
            // A site without folders says by its other addresses whether they are files' names.
            if strips_html && votes.root > votes.index {
                Folder::Slash
            } else {
                Folder::File
            }
        } else if votes.slash >= votes.bare_folder {
            Folder::Slash
        } else {
            Folder::Bare
        };
        Self {
            folder,
            strips_html,
            is_at_root,
            is_told: options.keep_index.is_some(),
        }
    }

    /// The address of the page in a file.
    pub fn address(&self, path: &str) -> String {
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let is_index = file == "index.html" || (file == "index.htm" && !self.is_told);
        if self.folder != Folder::File && is_index {
            return match self.folder {
                _ if folders.is_empty() && self.is_at_root => "/".to_string(),
                _ if folders.is_empty() => "./".to_string(),
                Folder::Bare => of_path(folders),
                _ => format!("{}/", of_path(folders)),
            };
        }
        let stripped = path
            .strip_suffix(".html")
            .filter(|_| self.strips_html && file != "index.html" && file != ".html");
        of_path(stripped.unwrap_or(path))
    }
}

impl Votes {
    fn all(&self) -> usize {
        self.index + self.slash + self.bare_folder + self.html + self.bare + self.root
    }

    fn add(&mut self, other: &Self) {
        self.index += other.index;
        self.slash += other.slash;
        self.bare_folder += other.bare_folder;
        self.html += other.html;
        self.bare += other.bare;
        self.root += other.root;
    }

    /// Counts a link to this path, if that is a page's.
    fn count(&mut self, path: &str, paths: &HashSet<&str>) -> bool {
        let exists = |path: &str| paths.contains(path);
        if path.is_empty() {
            let found = exists("index.html");
            self.root += usize::from(found);
            return found;
        }
        if path.ends_with('/') {
            let found = exists(&format!("{path}index.html"));
            self.slash += usize::from(found);
            return found;
        }
        if exists(path) {
            if path == "index.html" || path.ends_with("/index.html") {
                self.index += 1;
            } else if path.ends_with(".html") {
                self.html += 1;
            }
            return true;
        }
        if exists(&format!("{path}.html")) {
            self.bare += 1;
            return true;
        }
        let found = exists(&format!("{path}/index.html"));
        self.bare_folder += usize::from(found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Addresses of pages with these links, in the pages' order.
    fn addresses(pages: &[(&str, &[&str])], options: &Options) -> Vec<String> {
        let mut votes = LinkVotes::new(pages.iter().map(|(path, _)| *path).collect());
        for (path, links) in pages {
            let links: Vec<String> = links.iter().map(ToString::to_string).collect();
            votes.add(path, &links);
        }
        let hosting = Hosting::of(votes, options);
        let paths = pages.iter().map(|(path, _)| *path);
        paths.map(|path| hosting.address(path)).collect()
    }

    #[test]
    fn addresses_are_those_that_the_site_links_to() {
        for (pages, expected) in [
            // Folders, by links that are relative, rooted, and beneath a base.
            (
                &[
                    ("index.html", &["guide/", "."][..]),
                    ("guide/index.html", &["../"]),
                ][..],
                &["./", "guide/"][..],
            ),
            (
                &[
                    ("index.html", &["/", "/guide/"]),
                    ("guide/index.html", &["/"]),
                ],
                &["/", "guide/"],
            ),
            (
                &[
                    ("index.html", &["/docs/guide/"]),
                    ("guide/index.html", &["/docs/"]),
                ],
                &["./", "guide/"],
            ),
            // Folders without a slash, files without an extension.
            (
                &[
                    ("index.html", &["/guide"]),
                    ("guide/index.html", &["/guide"]),
                ],
                &["/", "guide"],
            ),
            (&[("a.html", &["b", "/b"]), ("b.html", &["a"])], &["a", "b"]),
            (
                &[("index.html", &["a", "/"]), ("a.html", &["./"])],
                &["./", "a"],
            ),
            // A flat site of files, whose root is linked to without a name.
            (
                &[("index.html", &["./", "a.html"]), ("a.html", &["."])],
                &["index.html", "a.html"],
            ),
            // What the site links to as files are files.
            (
                &[
                    ("index.html", &["guide/index.html"]),
                    ("guide/index.html", &["../index.html"]),
                ],
                &["index.html", "guide/index.html"],
            ),
            // A page that was saved links to what is not there.
            (
                &[("a.html", &["/login", "/about/", "/a/b"]), ("b.html", &[])],
                &["a.html", "b.html"],
            ),
        ] {
            assert_eq!(addresses(pages, &Options::default()), expected, "{pages:?}");
        }
        let stripped = Options {
            strip_html: Some(true),
            ..Options::default()
        };
        let pages: &[(&str, &[&str])] =
            &[("a.html", &["b.html"]), ("x/b.html", &[]), ("c.md", &[])];
        assert_eq!(addresses(pages, &stripped), ["a", "x/b", "c.md"]);
    }
}
