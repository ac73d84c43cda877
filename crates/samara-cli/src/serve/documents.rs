//! What addresses mean in the folders of documents. Never a hidden file, which may hold a secret, and never one outside.

use percent_encoding::percent_decode_str;
use std::path::{Component, Path, PathBuf};

/// A folder of documents at whose root hidden files are meant to be seen.
const WELL_KNOWN: &str = ".well-known";

/// What an address means.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File(PathBuf),
    /// A folder, asked for without the slash at its end: its links would lead elsewhere. Its address, relative to that.
    Folder(String),
}

/// What an address means in one of the folders. Asks the file system what links mean.
pub fn find(address: &str, folders: &[PathBuf]) -> Option<Found> {
    // Hosts that serve pages without their extension are what some sites are made for.
    let page = || beneath(&format!("{address}.html"), folders).filter(|_| !address.ends_with('/'));
    let found = beneath(address, folders).or_else(page)?;
    if !found.is_dir() {
        return Some(Found::File(found)).filter(|_| !address.ends_with('/'));
    }
    if address.ends_with('/') {
        return Some(Found::File(found.join("index.html")))
            .filter(|_| found.join("index.html").is_file());
    }
    let name = address.rsplit('/').next().unwrap_or_default();
    Some(Found::Folder(format!("./{name}/")))
}

fn beneath(address: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let decoded = percent_decode_str(address).decode_utf8().ok()?;
    let relative = Path::new(decoded.trim_start_matches('/'));
    let is_open = |component| match component {
        Component::Normal(name) => {
            let name = name.to_string_lossy();
            !name.starts_with('.') || name == WELL_KNOWN
        }
        _ => false,
    };
    if !relative.components().all(is_open) {
        return None;
    }
    folders.iter().find_map(|folder| {
        let found = folder.join(relative).canonicalize().ok()?;
        found
            .starts_with(folder.canonicalize().ok()?)
            .then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_open_files_beneath_the_folders_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        for name in ["deep", ".git", ".well-known"] {
            fs::create_dir_all(site.join(name)).unwrap();
        }
        for name in [
            "deep/index.html",
            "a b.html",
            ".env",
            ".git/config",
            ".well-known/security.txt",
            "../secret",
        ] {
            fs::write(site.join(name), "text").unwrap();
        }
        let site = [site.canonicalize().unwrap()];
        let file = |name: &str| Some(Found::File(site[0].join(name)));
        for (address, expected) in [
            ("/a%20b.html", file("a b.html")),
            ("/a%20b", file("a b.html")),
            ("/deep/", file("deep/index.html")),
            ("/deep", Some(Found::Folder("./deep/".into()))),
            (
                "/.well-known/security.txt",
                file(".well-known/security.txt"),
            ),
            ("/../secret", None),
            ("/%2e%2e/secret", None),
            ("/..%2fsecret", None),
            ("/../site", None),
            ("/nothing", None),
            ("//secret", None),
            ("/.env", None),
            ("/%2Eenv", None),
            ("/.git/config", None),
            ("/a%20b.html/", None),
        ] {
            assert_eq!(find(address, &site), expected, "{address}");
        }
    }
}
