//! Whole numbers of flags and variables, with errors that say which are meant.

use std::num::NonZeroUsize;

/// A number from 0.
pub fn from_zero(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| "write a whole number, from 0".to_owned())
}

/// A number from 1.
pub fn from_one(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| "write a whole number, from 1".to_owned())
}

/// A port to listen on.
pub fn port(text: &str) -> Result<u16, String> {
    text.parse()
        .map_err(|_| "write a whole number from 0 to 65535".to_owned())
}
