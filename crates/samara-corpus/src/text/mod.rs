//! Plain text as scraped: one block a line, the site's chrome mixed in.
//!
//! [`clean`](clean()) is the whole story. The parts in reading order: [`line`] is what the page
//! consists of, [`head`] finds the title,
//! [`captions`] the captions told twice, [`promotion`] the publisher's praise of itself, [`tail`]
//! where the text ends, [`evidence`] who published it and when.

mod captions;
mod clean;
mod evidence;
mod head;
mod line;
mod promotion;
mod tail;

pub(crate) use clean::clean;
#[cfg(feature = "training")]
pub(crate) use clean::sample;
