//! The prebuilt engine that this program carries: script and module of one build, without an index.

/// The classic script: element, API and worker in one.
pub const SCRIPT: &str = include_str!("../../assets/samara.js");
/// The API as a JavaScript module.
pub const MODULE_SCRIPT: &str = include_str!("../../assets/samara.mjs");
/// The wasm module.
pub const ENGINE: &[u8] = include_bytes!("../../assets/samara.wasm");

/// The name by which both scripts call the wasm module beside them.
pub const ENGINE_NAME: &str = "samara.wasm";
