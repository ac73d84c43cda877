//! The index of a build: in one piece, or with documents and lists laid aside.

use crate::bundle::layout::Layout;
use crate::config::Config;
use crate::room;
use anyhow::Result;
use samara_engine::{ClosedWriter, Index, IndexAside, Uncut};

/// An index as it was finished.
pub enum Finished {
    /// Its bytes.
    Whole(Vec<u8>),
    /// Without what is not held.
    Aside(Box<IndexAside>),
}

impl Finished {
    /// Finishes an index, in the layout that was asked for or else the one that its size decides. It is held in one piece where
    /// the layout is one of these, where a page of its own holds it, and where expectations search it.
    ///
    /// # Errors
    /// Those of [`ClosedWriter::finish_aside`].
    pub fn of(config: &Config, writer: ClosedWriter) -> Result<(Self, Layout)> {
        let is_whole = matches!(config.layout, Some(Layout::Embedded | Layout::Single))
            || config.page.is_some()
            || !config.expect.is_empty();
        let layout = |size| config.layout.unwrap_or_else(|| Layout::for_index(size));
        if is_whole {
            let bytes = writer.finish()?;
            let layout = layout(bytes.len());
            return Ok((Self::Whole(bytes), layout));
        }
        let index = writer.finish_aside(room::of_index(config))?;
        let layout = layout(size(&index));
        let finished = match layout {
            Layout::Split => Self::Aside(Box::new(index)),
            Layout::Embedded | Layout::Single => Self::Whole(index.into_bytes()?),
        };
        Ok((finished, layout))
    }

    /// Opens it, and has it looked at where it is in one piece. Linear in it.
    ///
    /// # Errors
    /// Those of `look`, or what was laid aside cannot be read.
    pub fn open(&self, look: impl FnOnce(&Index) -> Result<()>) -> Result<Uncut<'_>> {
        Ok(match self {
            Self::Whole(bytes) => {
                let index = Index::open(bytes)?;
                look(&index)?;
                Uncut::of(bytes, index)?
            }
            Self::Aside(index) => index.open()?,
        })
    }

    /// Its bytes, where it is in one piece.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            Self::Aside(_) => None,
        }
    }

    /// How many bytes it has in one piece.
    pub fn byte_len(&self) -> usize {
        match self {
            Self::Whole(bytes) => bytes.len(),
            Self::Aside(index) => size(index),
        }
    }
}

/// How many bytes an index has in one piece, which may be more than this machine has addresses for.
fn size(index: &IndexAside) -> usize {
    usize::try_from(index.byte_len()).unwrap_or(usize::MAX)
}
