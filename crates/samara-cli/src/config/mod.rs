//! `samara.toml`: a build's options in a file, of which `docs/configuration.md` is the reference. What a flag says
//! goes first, then what an environment variable says, then the file, then the default.

mod base;
mod file;
mod keys;
mod options;
mod size;

pub use base::Base;
pub use file::tables;
pub use options::{Config, Expect};
pub use size::Size;
