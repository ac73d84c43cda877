//! Where a bundle lies inside of the site that it searches.

use samara_corpus::real_path;
use std::path::{Component, Path, PathBuf};

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
}
