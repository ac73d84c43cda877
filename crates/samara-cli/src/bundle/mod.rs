//! A bundle: what is deployed. A folder with a script and a module, or one page that holds both; or a folder with the
//! index in blocks beside them.

pub mod assets;
pub mod blocks;
pub mod contents;
pub mod deflate;
pub mod files;
pub mod folder;
pub mod kept;
pub mod layout;
pub mod manifest;
pub mod module;
pub mod offline;
pub mod page;
pub mod pagefind;
pub mod payload;
pub mod read;
pub mod site;
pub mod split;
pub mod stored;
