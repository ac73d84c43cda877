//! What can go wrong with an index.

use core::fmt;

/// Why an index could not be opened or written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The bytes do not begin like an index: another kind of file was given.
    NotAnIndex,
    /// Written by another version of Samara: build the index again with this one.
    Version {
        /// Format that this engine reads.
        expected: u32,
        /// Format that the bytes claim.
        got: u32,
    },
    /// The bytes were cut or changed on their way: fetch or build them again.
    Damaged {
        /// Part in which the damage was found.
        section: &'static str,
    },
    /// The corpus is larger than this format can number: split it.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// Two documents of the corpus carry the same identifier.
    DuplicateId {
        /// The identifier.
        id: String,
    },
}

impl Error {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotAnIndex => "no-index",
            Error::Version { .. } => "index-version",
            Error::Damaged { .. } => "damaged-index",
            Error::TooLarge { .. } => "corpus-too-large",
            Error::DuplicateId { .. } => "duplicate-id",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotAnIndex => {
                f.write_str("this is no Samara index: build one with `samara build`")
            }
            Error::Version { expected, got } => write!(
                f,
                "the index has format {got}, this engine reads format {expected}: build the index again"
            ),
            Error::Damaged { section } => write!(
                f,
                "the index is damaged ({section}): fetch it again, or build it again"
            ),
            Error::TooLarge { what } => {
                write!(f, "the corpus has too many {what} for one index: split it")
            }
            Error::DuplicateId { id } => write!(
                f,
                "two documents have the id \"{id}\": give each document an id of its own"
            ),
        }
    }
}

impl std::error::Error for Error {}
