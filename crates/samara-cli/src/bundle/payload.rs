//! What a page loads beside the scripts: a module that holds the index, or a module without one and the index in blocks.

use super::assets::Engine;
use super::kept::Kept;
use super::layout::Layout;
use super::split::{self, Packed};
use super::{assets, module};
use anyhow::Result;
use samara_engine::Index;
use std::borrow::Cow;

/// A module, and blocks where the index is not in it.
pub struct Payload {
    /// The engine.
    pub engine: Engine,
    /// Its wasm module.
    pub module: Cow<'static, [u8]>,
    /// The index, where it is not in the module.
    pub blocks: Option<Packed>,
}

impl Payload {
    /// The payload of a layout for an index: its bytes, and the same opened. `most` are files of a split bundle, and
    /// `kept` what is known of the one before. Linear in the index.
    ///
    /// # Errors
    /// The index does not fit into a module, or into so many files.
    pub fn new(
        layout: Layout,
        bytes: &[u8],
        index: Index<'_>,
        most: usize,
        kept: Option<&Kept>,
    ) -> Result<Self> {
        Ok(match layout {
            Layout::Embedded | Layout::Single => {
                // It takes more memory than its bytes.
                drop(index);
                Self {
                    engine: assets::WHOLE,
                    module: Cow::Owned(module::put_index(assets::WHOLE.module, bytes)?),
                    blocks: None,
                }
            }
            Layout::Split => Self {
                engine: assets::SPLIT,
                module: Cow::Borrowed(assets::SPLIT.module),
                blocks: Some(split::pack(bytes, index, most, kept)?),
            },
        })
    }

    /// The root, where the index is in blocks.
    pub fn root(&self) -> Option<&[u8]> {
        self.blocks.as_ref().map(|packed| &*packed.root)
    }
}
