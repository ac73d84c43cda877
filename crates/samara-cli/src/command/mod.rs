//! The subcommands, arguments and execution together.

pub mod build;
pub mod check;
pub mod clean;
pub mod completions;
pub mod inspect;
pub mod man;
pub mod search;
pub mod serve;
pub mod suggest;
