//! What was read of files, kept: pages as bytes, in memory or in a file.
//!
//! A corpus may be larger than memory, its files may be read on several machines, and most of them are the same as when
//! they were read last. For all three, what one file comes to is written down before anybody looks at the whole:
//! [`record`] says how, [`store`] holds the pages of a build, [`spill`] other bytes of it, [`part`] is a file of those that one of several machines
//! read. [`cache`] is a folder of what was read before, in files of [`records`]: pages, documents, in [`stat`] by what files are
//! known that need not be read, and in [`pairs`] which pages are alike; [`order`] says which numbers documents had then.

pub(crate) mod cache;
pub(crate) mod order;
pub(crate) mod pairs;
pub(crate) mod part;
pub(crate) mod record;
pub(crate) mod records;
mod spill;
pub(crate) mod stat;
pub(crate) mod store;
mod whole;

pub use cache::is_cache_file;
pub use part::{Fault, Share, is_part};
pub use records::{Appended, Key, Records, key_of};
pub use spill::Spill;
