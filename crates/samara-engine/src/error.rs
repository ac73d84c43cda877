//! What can go wrong with an index.

use core::fmt;

use crate::text::concat;

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
    /// A block is damaged, or another one than its name says: fetch it again.
    #[cfg(feature = "split")]
    Block {
        /// Name of its file.
        name: String,
    },
    /// The corpus is larger than this format can number: split it.
    #[cfg(feature = "write")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// Two documents of the corpus carry the same identifier.
    #[cfg(feature = "write")]
    DuplicateId {
        /// The identifier.
        id: String,
    },
    /// What a build does not hold in memory cannot be kept elsewhere, or not be read again.
    #[cfg(feature = "write")]
    Scratch {
        /// What the system says.
        why: String,
    },
}

impl Error {
    /// What went wrong and what to do, in a sentence. Put together without `core::fmt`, which the wasm module
    /// would otherwise carry for this alone.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Error::NotAnIndex => {
                "this is no Samara index: build one with `samara build`".to_owned()
            }
            Error::Version { expected, got } => concat(&[
                "the index has format ",
                &decimal(*got),
                ", this engine reads format ",
                &decimal(*expected),
                ": build the index again with `samara build`",
            ]),
            Error::Damaged { section } => concat(&[
                "the index is damaged (",
                section,
                "): fetch it again, or build it again",
            ]),
            #[cfg(feature = "split")]
            Error::Block { name } => concat(&[
                "the block ",
                name,
                " of the index is damaged, or another one: fetch it again, or build the index again",
            ]),
            #[cfg(feature = "write")]
            Error::TooLarge { what } => {
                concat(&["the corpus has too many ", what, " for one index: split it"])
            }
            #[cfg(feature = "write")]
            Error::DuplicateId { id } => concat(&[
                "two documents have the id \"",
                id,
                "\": give each document an id of its own",
            ]),
            #[cfg(feature = "write")]
            Error::Scratch { why } => {
                concat(&["what a build does not hold in memory cannot be kept: ", why])
            }
        }
    }

    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotAnIndex => "no-index",
            Error::Version { .. } => "index-version",
            Error::Damaged { .. } => "damaged-index",
            #[cfg(feature = "split")]
            Error::Block { .. } => "damaged-index",
            #[cfg(feature = "write")]
            Error::TooLarge { .. } => "corpus-too-large",
            #[cfg(feature = "write")]
            Error::DuplicateId { .. } => "duplicate-id",
            #[cfg(feature = "write")]
            Error::Scratch { .. } => "scratch",
        }
    }
}

pub(crate) fn decimal(mut number: u32) -> String {
    let mut digits = String::new();
    loop {
        digits.insert(0, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return digits;
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_both_formats() {
        let error = Error::Version {
            expected: 10,
            got: u32::MAX,
        };
        assert_eq!(
            error.to_string(),
            "the index has format 4294967295, this engine reads format 10: build the index again with `samara build`"
        );
    }
}
