//! The forms that a bundle may have.

use crate::output;
use clap::ValueEnum;
use serde::Deserialize;

/// Bytes of an index up to which a page loads it in one piece. Brotli makes 300 kB of them: on a slow line that takes as
/// long as the three requests in a row of an index in blocks; docs/large-sites.md has the figures.
pub const EMBEDDED_LIMIT: usize = 800_000;

/// How a bundle is deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// Script and module beside one another.
    Embedded,
    /// One page that holds everything.
    Single,
    /// Script and engine, and the index in small files that a page fetches as a query needs them.
    Split,
}

impl Layout {
    /// The layout for an index of so many bytes, where none is asked for.
    pub fn for_index(bytes: usize) -> Self {
        if bytes > EMBEDDED_LIMIT {
            Self::Split
        } else {
            Self::Embedded
        }
    }

    /// Why an index of so many bytes has the layout that it has, where none was asked for.
    pub fn reason(bytes: usize) -> String {
        let (size, limit) = (output::bytes(bytes), output::bytes(EMBEDDED_LIMIT));
        match Self::for_index(bytes) {
            Self::Split => format!(
                "split layout: the index has {size}, and above {limit} a page finds sooner what it fetches in blocks \
                 (--layout embedded keeps it in one file)"
            ),
            _ => format!("embedded layout: the index has {size}, no more than {limit}"),
        }
    }
}
