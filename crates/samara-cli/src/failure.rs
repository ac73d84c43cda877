//! How a run ends: 0 done, 1 found a fault or nothing, 2 used wrongly.

use std::fmt;
use std::io;

/// How a run without a fault ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There were results, or all is well.
    Done,
    /// Nothing was found.
    Nothing,
}

/// A fault of the call rather than of the data: a path that is not there, arguments that
/// contradict one another.
#[derive(Debug)]
pub struct Misuse(pub String);

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

/// The exit code of an error.
pub fn code(error: &anyhow::Error) -> u8 {
    let misused = error.downcast_ref::<Misuse>().is_some()
        || matches!(
            error.downcast_ref(),
            Some(
                samara_corpus::Error::Missing { .. }
                    | samara_corpus::Error::Language { .. }
                    | samara_corpus::Error::Pattern { .. }
                    | samara_corpus::Error::Selector { .. }
            )
        );
    if misused { 2 } else { 1 }
}

/// Whether an error says only that the reader of standard output went away.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
