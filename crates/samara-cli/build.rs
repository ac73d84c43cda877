//! Says what to do where the prebuilt engine, which the program carries, has not been built.

use std::path::Path;

fn main() {
    for name in [
        "samara.js",
        "samara.search.js",
        "samara.extras.js",
        "samara.single.js",
        "samara.mjs",
        "samara.wasm",
        "samara.languages.json",
        "samara-highlight.js",
        "samara-worker.js",
        "split/samara.js",
        "split/samara.search.js",
        "split/samara.extras.js",
        "split/samara.mjs",
        "split/samara.wasm",
        "split/samara.second.wasm",
        "pagefind.js",
        "pagefind-highlight.js",
        "pagefind-ui.js",
        "pagefind-ui.css",
        "pagefind-component-ui.js",
    ] {
        let path = format!("assets/{name}");
        println!("cargo::rerun-if-changed={path}");
        if !Path::new(&path).is_file() {
            println!(
                "cargo::error=the prebuilt engine is missing (crates/samara-cli/{path}): \
                 build it with `cargo xtask build`, then try again"
            );
            return;
        }
    }
}
