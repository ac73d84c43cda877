//! Where things lie in this repository.

use std::env;
use std::path::{Path, PathBuf};

/// The target triple of the engine.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The repository's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("crates/xtask lies two folders below the root")
}

/// A path inside the repository.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Cargo's output folder, which `CARGO_TARGET_DIR` may have moved.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| path("target"), |moved| root().join(moved))
}

/// The site that `cargo xtask build` writes.
pub fn site() -> PathBuf {
    target().join("site")
}

/// The cargo that runs this program.
pub fn cargo() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// What cargo compiles for every test, in one selection of packages and features. A smaller one would have other
/// features of shared dependencies, and cargo would compile most of them once more.
pub const EVERYTHING: [&str; 3] = ["--workspace", "--features", "xtask/wasm-tests"];
