//! What this program carries of a build: the scripts and the module of one engine, without an index.

/// The scripts and the module of one engine.
pub struct Engine {
    /// The classic script that a page loads: the box, and the API's entry.
    pub script: &'static str,
    /// The classic script that follows it at the first intent to search: results, API and worker.
    pub search: &'static str,
    /// The API as a JavaScript module.
    pub module_script: &'static str,
    /// The wasm module.
    pub wasm: &'static [u8],
}

/// The engine of an index in its module.
pub const EMBEDDED: Engine = Engine {
    script: include_str!("../../assets/samara.js"),
    search: include_str!("../../assets/samara.search.js"),
    module_script: include_str!("../../assets/samara.mjs"),
    wasm: include_bytes!("../../assets/samara.wasm"),
};
/// The engine of an index in blocks.
pub const SPLIT: Engine = Engine {
    script: include_str!("../../assets/split/samara.js"),
    search: include_str!("../../assets/split/samara.search.js"),
    module_script: include_str!("../../assets/split/samara.mjs"),
    wasm: include_bytes!("../../assets/split/samara.wasm"),
};
/// Both in one, for a page that carries everything.
pub const SINGLE: &str = include_str!("../../assets/samara.single.js");
/// What the interface says in other languages than English.
pub const LANGUAGES: &str = include_str!("../../assets/samara.languages.json");
/// The script that marks the words on the page of a hit.
pub const HIGHLIGHT: &str = include_str!("../../assets/samara-highlight.js");
/// The service worker, its version and its files still open.
pub const WORKER: &str = include_str!("../../assets/samara-worker.js");

/// The name by which the entry calls the script that follows it.
pub const SEARCH_NAME: &str = "samara.search.js";
/// The name by which both entries call the wasm module beside them.
pub const ENGINE_NAME: &str = "samara.wasm";
/// The name by which both entries call the file of [`LANGUAGES`] beside them.
pub const LANGUAGES_NAME: &str = "samara.languages.json";
/// What the classic script holds where the way to the site's root goes.
pub const SITE: &str = "__SAMARA_SITE__";
/// What the service worker holds where its version goes.
pub const WORKER_VERSION: &str = "__SAMARA_VERSION__";
/// What the service worker holds where the list of its files goes.
pub const WORKER_FILES: &str = "\"__SAMARA_FILES__\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_that_is_filled_in_stands_once() {
        for engine in [EMBEDDED, SPLIT] {
            for (text, place) in [
                (engine.script, SEARCH_NAME),
                (engine.script, ENGINE_NAME),
                (engine.script, LANGUAGES_NAME),
                (engine.script, SITE),
                (engine.module_script, ENGINE_NAME),
                (WORKER, WORKER_VERSION),
                (WORKER, WORKER_FILES),
            ] {
                assert!(text.contains(place), "{place} is missing");
            }
            for place in [SITE, WORKER_VERSION, WORKER_FILES] {
                let count = [engine.script, WORKER].map(|text| text.matches(place).count());
                assert_eq!(count.iter().sum::<usize>(), 1, "{place}");
            }
        }
    }
}
