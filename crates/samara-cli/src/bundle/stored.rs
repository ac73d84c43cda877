//! The blocks of a bundle as they are stored, until they are written: in memory, or laid aside.

use crate::room::with_remedy;
use samara_corpus::Spill;
use std::io;

/// Compressed blocks.
pub struct Stored {
    spill: Spill,
    /// Name, place and bytes of each.
    blocks: Vec<(String, u64, usize)>,
}

impl Stored {
    /// Blocks that were laid here, with their names, places and bytes.
    pub fn of(spill: Spill, blocks: Vec<(String, u64, usize)>) -> Self {
        Self { spill, blocks }
    }

    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Names of the blocks.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().map(|(name, ..)| name.as_str())
    }

    /// Bytes of all blocks.
    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(|(.., length)| length).sum()
    }

    /// The blocks with their names, in their order, each read when it is asked for.
    ///
    /// # Errors
    /// What was laid aside cannot be read.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<(&str, Vec<u8>)>> {
        let blocks = self.blocks.iter();
        blocks.map(|(name, at, length)| Ok((name.as_str(), self.read(*at, *length)?)))
    }

    /// The block of a number, in their order.
    ///
    /// # Errors
    /// As for [`Self::iter`].
    pub fn at(&self, number: usize) -> io::Result<Vec<u8>> {
        let (_, at, length) = self.blocks[number];
        self.read(at, length)
    }

    /// The block of a name. Linear in the number of blocks.
    ///
    /// # Errors
    /// As for [`Self::iter`].
    pub fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let found = self.blocks.iter().find(|(of, ..)| of == name);
        let found = found.map(|(_, at, length)| self.read(*at, *length));
        found.transpose()
    }

    fn read(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.spill.read(at, &mut bytes).map_err(with_remedy)?;
        Ok(bytes)
    }
}

#[cfg(test)]
impl Stored {
    /// Blocks with their names.
    pub fn with(blocks: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut spill = Spill::new(usize::MAX);
        let blocks = blocks.into_iter();
        let blocks = blocks.map(|(name, bytes)| (name, spill.append(&bytes).unwrap(), bytes.len()));
        let blocks = blocks.collect();
        Self::of(spill, blocks)
    }

    /// All of them.
    pub fn all(&self) -> Vec<(String, Vec<u8>)> {
        let blocks = self.iter().map(|block| {
            let (name, bytes) = block.unwrap();
            (name.to_owned(), bytes)
        });
        blocks.collect()
    }
}
