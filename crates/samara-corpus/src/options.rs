//! What the owner of a corpus may decide.

use std::num::NonZeroUsize;

use crate::fold::fold;

/// How a corpus is read. The default is right for most.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Lines never dropped, compared without regard to case and punctuation.
    pub keep: Vec<String>,
    /// Lines always dropped, compared likewise.
    pub drop: Vec<String>,
    /// Threads that read; all cores where none is given.
    pub threads: Option<NonZeroUsize>,
}

impl Options {
    /// Whether the owner's list keeps a folded line.
    pub(crate) fn keeps(&self, folded: &str) -> bool {
        self.keep.iter().any(|line| fold(line) == folded)
    }

    /// Whether the owner's list drops a folded line.
    pub(crate) fn drops(&self, folded: &str) -> bool {
        self.drop.iter().any(|line| fold(line) == folded)
    }
}
