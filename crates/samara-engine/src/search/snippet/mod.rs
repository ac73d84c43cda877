//! Snippets: the passage of a document that says most about the query, with the words marked.
//!
//! A [`Page`] is a document that was read for the words of the query, with the places that are marked. Its best passages
//! ([`window`]) are framed by whole sentences ([`sentence`]) and put together as text ([`writer`]); so are those of the
//! sections that say most ([`sections`]).

mod page;
mod sections;
mod sentence;
mod window;
mod writer;

pub(crate) use page::{Highlighting, Passages, Scratch, passages};
