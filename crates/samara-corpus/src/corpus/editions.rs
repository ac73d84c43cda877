//! Copies of pages in other languages and versions: readers of one want no other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sha2::{Digest as _, Sha256};

use super::pages::Known;
use crate::page::Page;

/// Folders that manuals call versions by, beside numbers.
const NAMES: [&str; 9] = [
    "latest", "stable", "next", "dev", "devel", "nightly", "main", "master", "current",
];

/// What pages are called whose copies differ in version or language.
pub(super) struct Editions {
    names_versions: bool,
    names_languages: bool,
}

impl Editions {
    /// Gives pages the version that their folder is named after, where they name none. What all pages have alike tells
    /// nothing, and is no field. Linear.
    pub fn name(pages: &mut [Known]) -> Self {
        let versions: BTreeSet<Option<&str>> =
            pages.iter().map(|page| version_of(&page.path)).collect();
        let languages: BTreeSet<&[String]> = pages
            .iter()
            .filter_map(|page| page.lang.as_deref())
            .collect();
        let editions = Self {
            names_versions: versions.len() > 1,
            names_languages: languages.len() > 1,
        };
        for page in pages.iter_mut() {
            if editions.names_versions && page.version.is_none() {
                let version = version_of(&page.path);
                page.version = version.map(|version| [version.to_string()].into());
            }
        }
        editions
    }

    /// Adds to a digest what makes a difference to the fields of a page.
    pub fn digest(&self, digest: &mut Sha256) {
        digest.update([self.names_versions, self.names_languages].map(u8::from));
    }

    /// Does the same to the fields of a page.
    pub fn name_page(&self, page: &mut Page) {
        if self.names_versions && !page.meta.contains_key("version") {
            let version = version_of(&page.path).map(str::to_string);
            page.put("version", &version.unwrap_or_default());
        }
        if !self.names_languages {
            page.meta.remove("lang");
        }
    }
}

/// The version that a page lies beneath: `v2`, `1.4`, `2.x`, `latest`. A year is none.
fn version_of(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.split('/').find(|folder| {
        let number = folder.strip_prefix('v').unwrap_or(folder);
        let mut parts = number.split('.');
        let is_number = |part: &str| {
            !part.is_empty() && part.len() < 4 && part.bytes().all(|b| b.is_ascii_digit())
        };
        let starts = parts.next().is_some_and(is_number);
        let goes_on = parts.clone().count();
        let is_version = starts
            && parts.all(|part| is_number(part) || part == "x")
            && (goes_on > 0 || number.len() < folder.len());
        is_version || NAMES.contains(folder)
    })
}

/// Groups of near-duplicates within one language and version only. Linear.
pub(super) fn keep_apart(pages: &[Known], groups: Vec<Option<u32>>) -> Vec<Option<u32>> {
    type Edition<'a> = (u32, Option<&'a str>, Option<&'a [String]>);
    let edition = |page: &usize| -> Option<Edition<'_>> {
        let (page, group) = (&pages[*page], groups[*page]?);
        Some((group, page.language.as_deref(), page.version.as_deref()))
    };
    let mut sizes: HashMap<Edition<'_>, usize> = HashMap::new();
    for edition in (0..pages.len()).filter_map(|page| edition(&page)) {
        *sizes.entry(edition).or_default() += 1;
    }
    let mut numbers: BTreeMap<Edition<'_>, u32> = BTreeMap::new();
    (0..pages.len())
        .map(|page| {
            let edition = edition(&page).filter(|edition| sizes[edition] > 1)?;
            let next = u32::try_from(numbers.len()).ok()?;
            Some(*numbers.entry(edition).or_insert(next))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_name_versions() {
        for (path, expected) in [
            ("v2/a.html", Some("v2")),
            ("docs/1.4/a.html", Some("1.4")),
            ("2.x/a.html", Some("2.x")),
            ("en/latest/a/b.html", Some("latest")),
            ("2025/01/a.html", None),
            ("12/a.html", None),
            ("vectors/a.html", None),
            ("a/v2.html", None),
        ] {
            assert_eq!(version_of(path), expected, "{path}");
        }
    }

    #[test]
    fn copies_in_other_languages_and_versions_are_no_duplicates() {
        let page = |path: &str, language: &str| Known {
            path: path.into(),
            language: Some(language.into()),
            ..Known::default()
        };
        let mut pages = [
            page("a.html", "en"),
            page("b.html", "en"),
            page("fr/a.html", "fr"),
            page("v1/a.html", "en"),
            page("v1/b.html", "en"),
        ];
        Editions::name(&mut pages);
        let groups = keep_apart(&pages, vec![Some(0); 5]);
        assert_eq!(groups, [Some(0), Some(0), None, Some(1), Some(1)]);
    }
}
