//! The subcommands, arguments and execution together. Without a shell there is nobody to ask for more than a build.

pub mod build;
#[cfg(feature = "shell")]
pub mod check;
#[cfg(feature = "shell")]
pub mod clean;
#[cfg(feature = "shell")]
pub mod completions;
#[cfg(feature = "shell")]
pub mod inspect;
#[cfg(feature = "shell")]
pub mod man;
#[cfg(feature = "shell")]
pub mod merge;
#[cfg(feature = "shell")]
pub mod search;
#[cfg(not(target_family = "wasm"))]
pub mod serve;
#[cfg(feature = "shell")]
pub mod suggest;
