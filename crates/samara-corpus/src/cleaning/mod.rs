//! What people wrote, told from what their site added.
//!
//! [`lines`] has the steps for plain text, [`markup`] those for HTML. Both apply the named rules of
//! [`rules`] first, and leave what these do not settle to [`weighing`]. Every block that is dropped
//! carries its [`Rule`](crate::Rule).

pub(crate) mod lines;
pub(crate) mod markup;
pub(crate) mod rules;
#[cfg(feature = "training")]
pub(crate) mod sample;
mod scraped;
mod visits;
pub(crate) mod weighing;
