//! What a page loads beside the scripts: a module that holds the index, or a module without one and the index in blocks.

use super::assets::Engine;
use super::kept::Kept;
use super::layout::Layout;
use super::split::{self, Bounds, Packed};
use super::{assets, module};
use crate::finished::Finished;
use anyhow::Result;
use samara_engine::Uncut;
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
    /// The payload of a layout for an index, which was opened. `kept` is what is known of the bundle before. Linear in the index.
    ///
    /// # Errors
    /// The index does not fit into a module, or into so many files, or what was laid aside cannot be read.
    pub fn new(
        layout: Layout,
        index: &Finished,
        uncut: Uncut<'_>,
        bounds: Bounds,
        kept: Option<&Kept>,
    ) -> Result<Self> {
        Ok(match index.bytes() {
            Some(bytes) if layout != Layout::Split => {
                // It takes more memory than its bytes.
                drop(uncut);
                Self {
                    engine: assets::WHOLE,
                    module: Cow::Owned(module::put_index(assets::WHOLE.module, bytes)?),
                    blocks: None,
                }
            }
            _ => Self {
                engine: assets::SPLIT,
                module: Cow::Borrowed(assets::SPLIT.module),
                blocks: Some(split::pack(uncut, bounds, kept)?),
            },
        })
    }

    /// The root, where the index is in blocks.
    pub fn root(&self) -> Option<&[u8]> {
        self.blocks.as_ref().map(|packed| &*packed.root)
    }
}
