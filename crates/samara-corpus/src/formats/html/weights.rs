//! Pieces of text whose author has decided how much they count: `data-pagefind-weight`, `data-samara-weight`.

use std::ops::Range;

use samara_engine::Weight;

use super::dom::NodeId;

/// So many changes within one block are heeded. Words behind the last of them count like any other.
const MOST_CHANGES: usize = 64;

/// The weights of the elements that a reader is in, and where in the block being filled they change.
#[derive(Debug, Default)]
pub(super) struct Weights {
    open: Vec<(NodeId, Option<Weight>)>,
    /// Places in the raw text of the block from which on a weight holds.
    changes: Vec<(usize, Option<Weight>)>,
}

impl Weights {
    /// An element with a weight begins where the block's raw text is so long.
    pub fn enter(&mut self, id: NodeId, weight: Option<Weight>, length: usize) {
        self.open.push((id, weight));
        self.change(length);
    }

    /// An element ends.
    pub fn leave(&mut self, id: NodeId, length: usize) {
        if self.open.last().is_some_and(|(open, _)| *open == id) {
            self.open.pop();
            self.change(length);
        }
    }

    /// The innermost weight.
    pub fn current(&self) -> Option<Weight> {
        self.open.last().and_then(|(_, weight)| *weight)
    }

    fn change(&mut self, length: usize) {
        match self.changes.len() {
            MOST_CHANGES.. => {}
            count if count + 1 == MOST_CHANGES => self.changes.push((length, None)),
            _ => self.changes.push((length, self.current())),
        }
    }

    /// The pieces of a block that is complete. `cleaned` tells how long a beginning of its raw text is as text; the text
    /// has `length` bytes.
    pub fn of_block(
        &mut self,
        cleaned: impl Fn(usize) -> usize,
        length: usize,
    ) -> Vec<(Range<usize>, Weight)> {
        let next = self.current().map(|weight| (0, Some(weight)));
        let changes = std::mem::replace(&mut self.changes, next.into_iter().collect());
        let mut pieces = Vec::new();
        for (number, (start, weight)) in changes.iter().enumerate() {
            let Some(weight) = weight else { continue };
            let end = changes
                .get(number + 1)
                .map_or(length, |(end, _)| cleaned(*end));
            let start = if *start == 0 { 0 } else { cleaned(*start) };
            if start < end.min(length) {
                pieces.push((start..end.min(length), *weight));
            }
        }
        pieces
    }
}
