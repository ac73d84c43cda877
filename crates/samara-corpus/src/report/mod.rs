//! What happened to every file and every block, and why.
//!
//! Reasons are values. Code compares them, and only their `Display` turns them into sentences.
//! Every room takes its reasons from here.
//!
//! [`rule`] says why a block was dropped, [`reason`] why a file was skipped and what else its owner
//! may want to know, [`account`] sums it all up, [`listing`] shows a document with what it lost.

mod account;
mod listing;
mod reason;
mod rule;

pub(crate) use account::Losses;
pub use account::{Dropped, Outcome, PassedOver, Report, Warning};
pub use listing::json_line;
pub use reason::{Choice, Note, Reason, Skip};
pub use rule::Rule;
