//! What this program carries of a build: the scripts and the modules of two engines, without an index.

/// Scripts and module of one engine.
#[derive(Clone, Copy)]
pub struct Engine {
    /// The classic script that a page loads: the box, and the API's entry.
    pub script: &'static str,
    /// The classic script that follows it at the first intent to search: results, API and worker.
    pub search: &'static str,
    /// The classic script that follows that one where a search needs it: filters, groups, several indexes.
    pub extras: &'static str,
    /// The API as a JavaScript module.
    pub module_script: &'static str,
    /// Pagefind's interface, with what the build knows still open.
    pub pagefind: &'static str,
    /// The wasm module.
    pub module: &'static [u8],
    /// Its second half, where it comes in two.
    pub second: Option<&'static [u8]>,
}

/// The engine that has its index inside of its module.
pub const WHOLE: Engine = Engine {
    script: include_str!("../../assets/samara.js"),
    search: include_str!("../../assets/samara.search.js"),
    extras: include_str!("../../assets/samara.extras.js"),
    module_script: include_str!("../../assets/samara.mjs"),
    pagefind: include_str!("../../assets/pagefind.js"),
    module: include_bytes!("../../assets/samara.wasm"),
    second: None,
};
/// The engine of an index in blocks.
pub const SPLIT: Engine = Engine {
    script: include_str!("../../assets/split/samara.js"),
    search: include_str!("../../assets/split/samara.search.js"),
    extras: include_str!("../../assets/split/samara.extras.js"),
    module_script: include_str!("../../assets/split/samara.mjs"),
    pagefind: include_str!("../../assets/split/pagefind.js"),
    module: include_bytes!("../../assets/split/samara.wasm"),
    second: Some(include_bytes!("../../assets/split/samara.second.wasm")),
};
/// All scripts of [`WHOLE`] in one, for a page that carries everything.
pub const SINGLE: &str = include_str!("../../assets/samara.single.js");
/// What the interface says in other languages than English.
pub const LANGUAGES: &str = include_str!("../../assets/samara.languages.json");
/// The script that marks the words on the page of a hit.
pub const HIGHLIGHT: &str = include_str!("../../assets/samara-highlight.js");
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

/// The name by which the scripts of [`SPLIT`] call the root beside them.
pub const ROOT_NAME: &str = "samara.root";
/// The name by which the entry calls the script that follows it.
pub const SEARCH_NAME: &str = "samara.search.js";
/// The name by which the entry calls the script that follows where a search needs it.
pub const EXTRAS_NAME: &str = "samara.extras.js";
/// The name by which both entries call the wasm module beside them.
pub const ENGINE_NAME: &str = "samara.wasm";
/// The name by which both entries call the file of [`LANGUAGES`] beside them.
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
        for engine in [WHOLE, SPLIT] {
            for (text, place) in [
                (engine.script, SEARCH_NAME),
                (engine.script, EXTRAS_NAME),
                (engine.script, ENGINE_NAME),
                (engine.script, LANGUAGES_NAME),
                (engine.script, SITE),
                (engine.module_script, ENGINE_NAME),
                (engine.pagefind, ENGINE_NAME),
                (engine.pagefind, PAGEFIND_FACTS),
                (WORKER, WORKER_VERSION),
                (WORKER, WORKER_FILES),
            ] {
                assert!(text.contains(place), "{place} is missing");
            }
        }
        for script in [SPLIT.search, SPLIT.module_script, SPLIT.pagefind] {
            assert!(script.contains(ROOT_NAME), "{ROOT_NAME} is missing");
        }
        for place in [SITE, WORKER_VERSION, WORKER_FILES] {
            let count = [WHOLE.script, WORKER].map(|text| text.matches(place).count());
            assert_eq!(count.iter().sum::<usize>(), 1, "{place}");
        }
    }
}
