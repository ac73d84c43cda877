//! From documents to an index, on the host alone.

mod coded;
mod codes;
mod collation;
mod compounds;
mod cores;
#[cfg(feature = "split")]
mod cut;
#[cfg(feature = "split")]
mod dictionary;
mod fields;
#[cfg(feature = "split")]
mod fingerprints;
mod heads;
mod lexicon;
mod numbers;
mod relatives;
mod rolling;
#[cfg(feature = "split")]
mod runs;
mod scratch;
mod settings;
#[cfg(feature = "split")]
mod sizes;
#[cfg(feature = "split")]
mod slips;
mod sorted;
mod spellings;
#[cfg(feature = "split")]
mod split;
mod suffixes;
mod text;
#[cfg(feature = "split")]
mod uncut;
mod vocabulary;
mod writer;

pub use coded::CodedText;
#[cfg(feature = "split")]
pub use fingerprints::TextKey;
pub use lexicon::Lexicon;
pub use scratch::{Room, Scratch};
pub use settings::{Boost, Chosen, Pin, Recency, Settings, Synonym};
#[cfg(feature = "split")]
pub use sizes::Sizes;
#[cfg(feature = "split")]
pub use split::{Blocks, Content, CutBlock, FindBlock, KnownBlocks, split, split_into, split_to};
#[cfg(feature = "split")]
pub use uncut::{IndexAside, Uncut};
pub use writer::{ClosedWriter, IndexWriter};
