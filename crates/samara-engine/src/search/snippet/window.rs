//! Which words of a document are shown.

use core::ops::Range;

use super::page::{Bits, Mark, Page};
use crate::list::ToList;
use crate::search::reading::Part;

/// How far before the first marked word a sentence may begin to be shown from its start.
const SENTENCE_REACH: usize = 14;
/// Words shown before the first marked one where no sentence begins in reach.
const LEAD: usize = 5;

impl Page<'_> {
    /// The window of so many words that holds most of the wanted bits; the first of equals, and of those the
    /// one with the most marks. None where no word is marked.
    pub(super) fn best_window<'b>(
        &self,
        parts: &[&'b Part],
        width: usize,
        bits: Bits,
        outside: Option<&Range<usize>>,
    ) -> Option<(&'b Part, Range<usize>)> {
        let mut best: Option<(f32, &'b Part, Range<usize>)> = None;
        for part in parts {
            let marked: Vec<&Mark> = self
                .marks(&part.positions)
                .iter()
                .filter(|mark| mark.bits & bits != 0)
                .filter(|mark| !outside.is_some_and(|outside| outside.contains(&mark.position)))
                .list();
            let mut end = 0;
            for (number, first) in marked.iter().enumerate() {
                while end < marked.len() && marked[end].position < first.position + width {
                    end += 1;
                }
                let inside = &marked[number..end];
                let found = inside.iter().fold(0, |found, mark| found | mark.bits);
                // A mark more decides only between windows with the same words.
                let worth = self.highlighting.worth(found & bits) + inside.len() as f32 * 0.01;
                if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    let last = marked[end - 1].position;
                    best = Some((worth, part, first.position..last + 1));
                }
            }
        }
        best.map(|(_, part, positions)| (part, positions))
    }

    /// The window with words around it: from the start of its sentence, if that is near.
    pub(super) fn framed(
        &self,
        part: &Part,
        positions: Range<usize>,
        width: usize,
    ) -> Range<usize> {
        if part.positions.len() <= width {
            return part.positions.clone();
        }
        let rest = width.saturating_sub(positions.len());
        let reach = SENTENCE_REACH
            .min(rest.max(LEAD))
            .min(positions.start - part.positions.start);
        let sentence = self.last_sentence(part, positions.start - reach, positions.start);
        let mut start =
            sentence.unwrap_or(positions.start - LEAD.min(positions.start - part.positions.start));
        let mut end = part.positions.end.min((start + width).max(positions.end));
        for _ in 0..LEAD {
            let back = usize::from(start > part.positions.start && self.binds(start));
            let on = usize::from(end < part.positions.end && self.binds(end));
            if back + on == 0 {
                break;
            }
            start -= back;
            end += on;
        }
        start..end
    }
}
