//! Rules that have names: what sites write again and again.
//!
//! [`phrases`] is the lexicon, in seven languages. [`captions`], [`promotion`] and [`tail`] are for
//! plain text: captions told twice, the publisher's praise of itself, where the text ends.
//! [`blobs`] takes data out of every page that is no text.

pub(crate) mod blobs;
pub(crate) mod captions;
pub(crate) mod phrases;
pub(crate) mod promotion;
pub(crate) mod tail;
