//! The subcommands, arguments and execution together.

pub mod build;
pub mod check;
pub mod clean;
#[cfg(feature = "shell")]
pub mod completions;
pub mod inspect;
#[cfg(feature = "shell")]
pub mod man;
pub mod merge;
pub mod search;
#[cfg(not(target_family = "wasm"))]
pub mod serve;
pub mod suggest;
