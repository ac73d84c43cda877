//! What is known of a page beside its text: title, address, dates, language, fields.
//!
//! [`page`] reads what a page of HTML says about itself, and [`attributes`] finds what is wrong with those made for search; [`fields`] what Markdown and JSON say by
//! name, [`entries`] does so for every entry of a file. [`title`] and [`title_line`] choose the
//! title of HTML and of plain text, [`evidence`] finds who published a plain text. [`address`],
//! [`date`] and [`language`] are what they share.

pub(crate) mod address;
mod attributes;
pub(crate) mod date;
pub(crate) mod entries;
pub(crate) mod evidence;
pub(crate) mod fields;
pub(crate) mod language;
pub(crate) mod page;
pub(crate) mod title;
pub(crate) mod title_line;
