//! A block as it is judged, wherever it comes from.

use crate::page::Kind;

/// From this many words on a block is prose even without a full stop.
const PROSE_WORDS: usize = 20;
/// A sentence is prose from this many words on.
const SENTENCE_WORDS: usize = 8;

/// A block as it is judged. What plain text does not know keeps its default.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    pub text: &'a str,
    pub folded: &'a str,
    pub words: usize,
    pub kind: Kind,
    /// An empty line stands before it.
    pub gap_before: bool,
    pub link_words: usize,
    /// Numbers that only markup gives: the same for every item of a page in length and meaning.
    pub markup: Vec<f32>,
    /// Which container it stands in, innermost first; empty in plain text.
    pub containers: Vec<u32>,
}

impl Item<'_> {
    pub(super) fn ends_sentence(&self) -> bool {
        self.text
            .trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']'])
            .ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';'])
    }

    pub(super) fn is_prose(&self) -> bool {
        let linked = self.link_words * 2 > self.words;
        !linked
            && (self.words >= PROSE_WORDS || (self.words >= SENTENCE_WORDS && self.ends_sentence()))
    }
}
