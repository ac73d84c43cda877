//! The files of a bundle's folder: their names and their bytes.

use super::pagefind::Pagefind;
use super::payload::Payload;
use super::{assets, split};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256, Sha384};

/// The stable entry: the script that a page names.
pub const ENTRY: &str = "samara.js";
/// The same for `import`.
pub const MODULE_ENTRY: &str = "samara.mjs";
/// The script for the pages of hits.
pub const HIGHLIGHT: &str = "samara-highlight.js";

/// Files of a bundle that are no blocks: five scripts, module, languages, root and manifest.
pub const FILES: usize = 9;

/// Letters of a hash in a file's name.
const HASH: usize = 16;

/// What goes into the folder, in the order in which it has to be written.
pub struct Contents<'a> {
    /// Name of the module.
    pub module: String,
    /// Name of the script that follows the entry.
    pub search: String,
    /// Name of the script that follows that one where a search needs it.
    pub extras: String,
    /// Name of the interface's other languages.
    pub languages: String,
    /// The script that a page names: written last.
    pub entry: String,
    /// How the site's root is reached from the folder, as in `../`, where that is known.
    pub site: Option<String>,
    module_bytes: &'a [u8],
    search_bytes: &'static [u8],
    extras_bytes: &'static [u8],
    /// What names the blocks, where the index is in blocks.
    root: Option<&'a [u8]>,
    module_entry: String,
    /// What sites load that were made for Pagefind, by name.
    pagefind: Vec<(String, Vec<u8>)>,
}

impl<'a> Contents<'a> {
    /// The files around a payload, of which blocks are no part. `site` is how the site's root is reached from the bundle, as
    /// in `../`, where that is known. Linear in the module.
    pub fn new(payload: &'a Payload, site: Option<&str>, pagefind: Option<&Pagefind>) -> Self {
        let module = &*payload.module;
        let name = hashed(assets::ENGINE_NAME, module);
        let search = hashed(assets::SEARCH_NAME, payload.engine.search.as_bytes());
        let extras = hashed(assets::EXTRAS_NAME, payload.engine.extras.as_bytes());
        let languages = hashed(assets::LANGUAGES_NAME, assets::LANGUAGES.as_bytes());
        let calling = |script: &str| {
            script
                .replace(assets::ENGINE_NAME, &name)
                .replace(assets::SEARCH_NAME, &search)
                .replace(assets::EXTRAS_NAME, &extras)
                .replace(assets::LANGUAGES_NAME, &languages)
        };
        Self {
            pagefind: pagefind.map_or_else(Vec::new, |pagefind| {
                pagefind.files(&payload.engine, &calling)
            }),
            entry: calling(payload.engine.script).replace(assets::SITE, site.unwrap_or_default()),
            module_entry: calling(payload.engine.module_script),
            site: site.map(str::to_owned),
            module: name,
            search,
            extras,
            languages,
            module_bytes: module,
            search_bytes: payload.engine.search.as_bytes(),
            extras_bytes: payload.engine.extras.as_bytes(),
            root: payload.root(),
        }
    }

    /// Files that no page names, whose names change with their content.
    pub fn hashed(&self) -> [(&str, &[u8]); 4] {
        [
            (&self.module, self.module_bytes),
            (&self.search, self.search_bytes),
            (&self.extras, self.extras_bytes),
            (&self.languages, assets::LANGUAGES.as_bytes()),
        ]
    }

    /// Files that pages name, the entry last. The root comes before it, which may be the first that asks for one.
    pub fn stable(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let root = self.root.map(|root| (split::ROOT, root));
        let pagefind = self.pagefind.iter();
        let pagefind = pagefind.map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        root.into_iter().chain(pagefind).chain([
            (HIGHLIGHT, assets::HIGHLIGHT.as_bytes()),
            (MODULE_ENTRY, self.module_entry.as_bytes()),
            (ENTRY, self.entry.as_bytes()),
        ])
    }

    /// What names the blocks, where the index is in blocks.
    pub fn root(&self) -> Option<&[u8]> {
        self.root
    }
}

/// A file's name with a hash of its content before its ending: `samara.0123456789abcdef.wasm`.
pub fn hashed(name: &str, bytes: &[u8]) -> String {
    name.replacen('.', &format!(".{}.", &hexadecimal(bytes)[..HASH]), 1)
}

/// Whether a name made by [`hashed`] tells the content.
pub fn tells(name: &str, bytes: &[u8]) -> bool {
    name.split('.').nth(1) == Some(&hexadecimal(bytes)[..HASH])
}

/// The SHA-256 of bytes, as text.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the attribute `integrity` says of a script.
pub fn integrity(script: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(script)))
}

/// The name of a file with a hash that a script of a bundle calls, by the name that it has without.
pub fn name_in<'s>(script: &'s str, plain: &str) -> Option<&'s str> {
    let (stem, ending) = plain.split_once('.')?;
    script
        .match_indices(&format!("{stem}."))
        .find_map(|(at, _)| {
            let name = script[at..].split(['"', '\'', '`', ' ']).next()?;
            let hash = name
                .strip_prefix(stem)?
                .strip_suffix(ending)?
                .trim_matches('.');
            (hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
                .then_some(name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_call_the_files_by_their_names() {
        let payload = Payload {
            engine: assets::WHOLE,
            module: b"module".into(),
            blocks: None,
        };
        let contents = Contents::new(&payload, Some("../"), None);
        for script in [&contents.entry, &contents.module_entry] {
            assert_eq!(
                name_in(script, assets::ENGINE_NAME),
                Some(contents.module.as_str())
            );
        }
        for (plain, name) in [
            (assets::LANGUAGES_NAME, &contents.languages),
            (assets::SEARCH_NAME, &contents.search),
            (assets::EXTRAS_NAME, &contents.extras),
        ] {
            assert_eq!(name_in(&contents.entry, plain), Some(name.as_str()));
        }
        assert!(tells(&contents.module, b"module") && !tells(&contents.module, b"modulo"));
    }

    #[test]
    fn names_change_with_their_content() {
        assert_ne!(hashed("samara.wasm", b"a"), hashed("samara.wasm", b"b"));
        assert!(hashed("samara.languages.json", b"a").ends_with(".languages.json"));
    }
}
