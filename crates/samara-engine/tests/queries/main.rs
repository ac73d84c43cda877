//! What people type, and what they find: small corpora, a table of cases per subject.
//!
//! A case is a query and the ids that it finds, in order, with `→` before the corrected query where there is
//! one. A query that ends with a space is one whose last word is complete.

mod corpus;

mod completing;
mod explaining;
mod folding;
mod language;
mod malformed;
mod metadata;
mod passages;
mod scripts;
mod signs;
mod stemming;
mod typing;
mod typos;
mod weights;
