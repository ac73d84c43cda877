//! Where a bundle lies inside of the site that it searches.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use samara_corpus::real_path;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// What is written otherwise in an address.
const NAME: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A site whose folder holds the bundle's.
#[derive(Debug, PartialEq, Eq)]
pub struct Site {
    /// The folder that is deployed.
    pub root: PathBuf,
    /// The bundle beneath it, with `/` at its end: `assets/samara/`.
    pub bundle: String,
}

impl Site {
    /// The first of these folders that the bundle lies in, if any. Asks the file system what links mean.
    pub fn around(folders: &[PathBuf], bundle: &Path) -> Option<Self> {
        let bundle = resolved(bundle)?;
        folders.iter().find_map(|folder| {
            let below = bundle.strip_prefix(resolved(folder)?).ok()?;
            let names = below.components().map(|component| match component {
                Component::Normal(name) => name.to_str(),
                _ => None,
            });
            let bundle: String = names
                .map(|name| Some(format!("{}/", name?)))
                .collect::<Option<_>>()?;
            (!bundle.is_empty()).then(|| Self {
                root: folder.clone(),
                bundle,
            })
        })
    }

    /// How the root is reached from the bundle: `../../`.
    pub fn way_up(&self) -> String {
        "../".repeat(self.bundle.matches('/').count())
    }
}

/// How documents are reached from a page in another folder, as an address: `notes/`, `../`, or nothing where they lie beside
/// it. None where the folders differ, so that there is more than one way.
pub fn way_to(documents: &[PathBuf], page: &Path) -> Option<String> {
    let page = resolved(page)?;
    let from = page.parent()?;
    let mut ways = documents.iter().map(|path| {
        let path = resolved(path)?;
        let folder = if path.is_dir() {
            &*path
        } else {
            path.parent()?
        };
        let shared = from.ancestors().find(|above| folder.starts_with(above))?;
        let up = from.strip_prefix(shared).ok()?.components().count();
        let mut way = "../".repeat(up);
        for name in folder.strip_prefix(shared).ok()? {
            write!(way, "{}/", utf8_percent_encode(name.to_str()?, NAME)).ok()?;
        }
        Some(way)
    });
    let first = ways.next()??;
    ways.all(|way| way.as_ref() == Some(&first))
        .then_some(first)
}

/// The path without links and detours, also where its last parts do not exist yet.
fn resolved(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let existing = path.ancestors().find(|ancestor| ancestor.exists())?;
    let rest = path.strip_prefix(existing).ok()?;
    Some(real_path(existing).ok()?.join(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_bundle_in_the_site_is_found_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("public");
        fs::create_dir_all(site.join("deep")).unwrap();
        for (bundle, expected) in [
            ("public/samara", Some(("samara/", "../"))),
            (
                "public/deep/new/samara",
                Some(("deep/new/samara/", "../../../")),
            ),
            ("public/deep/../samara", Some(("samara/", "../"))),
            ("elsewhere/samara", None),
            ("public", None),
        ] {
            let found = Site::around(std::slice::from_ref(&site), &folder.path().join(bundle));
            let found = found.map(|site| (site.bundle.clone(), site.way_up()));
            assert_eq!(
                found,
                expected.map(|(below, up)| (below.to_owned(), up.to_owned())),
                "{bundle}"
            );
        }
    }

    #[test]
    fn documents_are_reached_from_wherever_the_page_lies() {
        let folder = tempfile::tempdir().unwrap();
        let within = |name: &str| folder.path().join(name);
        fs::create_dir_all(within("my notes/deep")).unwrap();
        fs::write(within("my notes/a.md"), "A").unwrap();
        for (documents, page, expected) in [
            (&["my notes"][..], "notes.html", Some("my%20notes/")),
            (&["my notes/a.md"], "notes.html", Some("my%20notes/")),
            (&["my notes"], "my notes/find.html", Some("")),
            (&["my notes"], "my notes/deep/find.html", Some("../")),
            (&["my notes"], "elsewhere/find.html", Some("../my%20notes/")),
            (
                &["my notes", "my notes/a.md"],
                "a.html",
                Some("my%20notes/"),
            ),
            (&["my notes", "my notes/deep"], "a.html", None),
        ] {
            let documents: Vec<PathBuf> = documents.iter().map(|name| within(name)).collect();
            let way = way_to(&documents, &within(page));
            assert_eq!(way.as_deref(), expected, "{documents:?} {page}");
        }
    }
}
