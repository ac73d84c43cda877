//! AsciiDoc, reStructuredText and Org: read as text with headings.
//!
//! No reader here knows the whole of its language. Each knows what its syntax looks like, so that it
//! is no text, and keeps whatever it does not know. [`outline`] gathers what they find.

mod asciidoc;
mod org;
mod outline;
mod restructured;

use crate::files::Format;
use crate::page::Page;

/// Reads a text of one of these languages. Linear in its length.
pub(crate) fn read(source: &str, format: Format) -> Page {
    match format {
        Format::Org => org::read(source),
        Format::Restructured => restructured::read(source),
        _ => asciidoc::read(source),
    }
}
