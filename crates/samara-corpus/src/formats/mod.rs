//! What each format holds: a file or a folder for each.
//!
//! Markdown, JSON, tables and feeds hold nothing but content, and their readers give pages. Plain text and HTML
//! hold what sites put around a text as well: their readers give lines and a tree, of which
//! [`cleaning`](crate::cleaning) makes a page. No reader judges a word.

#[cfg(feature = "documents")]
pub(crate) mod epub;
pub(crate) mod feed;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod light;
#[cfg(feature = "documents")]
pub(crate) mod mail;
pub(crate) mod markdown;
#[cfg(feature = "pdf")]
pub(crate) mod pdf;
pub(crate) mod table;
pub(crate) mod text;
