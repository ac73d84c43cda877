//! Kinds of files that are read, on fixtures that look like the real thing.

mod case;
mod data;
#[cfg(feature = "extract")]
mod doubt;
mod html;
mod markdown;
mod marks;
mod site;
mod without_region;
