//! Samara's search engine.

mod document;

pub use document::{Document, Section};
