//! A bundle: what is deployed. A folder with a script and a module, or one page that holds both.

pub mod assets;
pub mod files;
pub mod module;
pub mod page;
pub mod read;
