//! What people type, and what they find: small corpora, a table of cases per subject.
//!
//! A case is a query and the ids that it finds, in order, with `→` before the corrected query where there is
//! one. A query that ends with a space is one whose last word is complete.

mod corpus;

mod alternatives;
mod bounded;
mod code;
mod common;
mod completing;
mod conditions;
mod exclusions;
mod explaining;
mod folding;
mod forms;
mod language;
mod long;
mod malformed;
mod metadata;
mod misspelt;
mod one_and_apart;
mod passages;
mod ranked_otherwise;
mod ranking;
mod scripts;
mod settings;
mod signs;
mod stemming;
mod suggesting;
mod typing;
mod typos;
mod units;
mod unknown;
mod weights;
mod whole_texts;
