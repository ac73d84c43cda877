//! What this program carries of a build: the scripts and the module of one engine, without an index.

/// The classic script: element, API and worker in one.
pub const SCRIPT: &str = include_str!("../../assets/samara.js");
/// The API as a JavaScript module.
pub const MODULE_SCRIPT: &str = include_str!("../../assets/samara.mjs");
/// The wasm module.
pub const ENGINE: &[u8] = include_bytes!("../../assets/samara.wasm");
/// What the interface says in other languages than English.
pub const LANGUAGES: &str = include_str!("../../assets/samara.languages.json");
/// The script that marks the words on the page of a hit.
pub const HIGHLIGHT: &str = include_str!("../../assets/samara-highlight.js");
/// Pagefind's interface, with what the build knows still open.
pub const PAGEFIND: &str = include_str!("../../assets/pagefind.js");
/// The counterparts of Pagefind's other scripts and of its styles.
pub const PAGEFIND_HIGHLIGHT: &str = include_str!("../../assets/pagefind-highlight.js");
/// Its default interface.
pub const PAGEFIND_UI: &str = include_str!("../../assets/pagefind-ui.js");
/// Its components.
pub const PAGEFIND_COMPONENTS: &str = include_str!("../../assets/pagefind-component-ui.js");
/// Styles of both.
pub const PAGEFIND_STYLES: &str = include_str!("../../assets/pagefind-ui.css");
/// The service worker, its version and its files still open.
pub const WORKER: &str = include_str!("../../assets/samara-worker.js");

/// The name by which both scripts call the wasm module beside them.
pub const ENGINE_NAME: &str = "samara.wasm";
/// The name by which both scripts call the file of [`LANGUAGES`] beside them.
pub const LANGUAGES_NAME: &str = "samara.languages.json";
/// What the classic script holds where the way to the site's root goes.
pub const SITE: &str = "__SAMARA_SITE__";
/// What Pagefind's interface holds where the facts of its bundle go.
pub const PAGEFIND_FACTS: &str = "__SAMARA_PAGEFIND__";
/// What the service worker holds where its version goes.
pub const WORKER_VERSION: &str = "__SAMARA_VERSION__";
/// What the service worker holds where the list of its files goes.
pub const WORKER_FILES: &str = "\"__SAMARA_FILES__\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_that_is_filled_in_stands_once() {
        for (text, place) in [
            (SCRIPT, ENGINE_NAME),
            (SCRIPT, LANGUAGES_NAME),
            (SCRIPT, SITE),
            (MODULE_SCRIPT, ENGINE_NAME),
            (PAGEFIND, ENGINE_NAME),
            (PAGEFIND, PAGEFIND_FACTS),
            (WORKER, WORKER_VERSION),
            (WORKER, WORKER_FILES),
        ] {
            assert!(text.contains(place), "{place} is missing");
        }
        for place in [SITE, WORKER_VERSION, WORKER_FILES] {
            let count = [SCRIPT, WORKER].map(|text| text.matches(place).count());
            assert_eq!(count.iter().sum::<usize>(), 1, "{place}");
        }
    }
}
