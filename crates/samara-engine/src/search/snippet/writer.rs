//! Passages as text.

use core::ops::Range;

use super::page::{Mark, Page};
use super::sentence::{binds, divided, is_pause};
use crate::analysis::is_attached;
use crate::answer::Snippet;
use crate::search::reading::Part;
use crate::segment::{TextBuilder, Token};
use crate::text::{find, until};

/// Bytes shown of the signs between two words, in whole pieces: a document may have any number of them in a row.
pub(super) const MOST_SIGNS: usize = 256;

/// Puts a snippet together: spaces folded, marks counted in UTF-16 code units.
pub(super) struct Writer<'w> {
    page: &'w Page<'w>,
    out: Snippet,
    length: u32,
    /// A space is due before the next character.
    space: bool,
}

impl<'w> Writer<'w> {
    pub fn new(page: &'w Page<'w>) -> Self {
        Writer {
            page,
            out: Snippet::default(),
            length: 0,
            space: false,
        }
    }

    /// A whole part, such as a title.
    pub fn whole(page: &'w Page<'w>, part: &Part) -> Snippet {
        let mut writer = Writer::new(page);
        writer.tokens(part.offsets.clone(), part.positions.start);
        writer.finish()
    }

    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if letter.is_whitespace() || letter.is_control() {
                self.space = self.length > 0;
                continue;
            }
            if core::mem::take(&mut self.space) {
                self.out.text.push(' ');
                self.length += 1;
            }
            self.out.text.push(letter);
            self.length += letter.len_utf16() as u32;
        }
    }

    /// Appends signs, of which those of an operator are marked.
    fn push_signs(&mut self, signs: &str, operator: Option<&Mark>) {
        let mut behind = 0;
        for &term in operator
            .iter()
            .flat_map(|mark| self.page.segment.parts(mark.form))
        {
            let mut text = String::new();
            self.page.segment.terms.push_term(term, &mut text);
            let Some(at) = find(&signs[behind..], &text).filter(|_| self.page.wanted.has(term))
            else {
                continue;
            };
            self.push(&signs[behind..behind + at]);
            let start = self.length + u32::from(self.space);
            self.push(&text);
            self.out.marks.push((start, self.length));
            behind += at + text.len();
        }
        self.push(&signs[behind..]);
    }

    /// Appends what stands at these offsets, from this word on.
    fn tokens(&mut self, offsets: Range<usize>, mut position: usize) {
        const JOINER: char = '\u{200d}';
        let page = self.page;
        let mut marks = page.marks(&(position..usize::MAX)).iter().peekable();
        let mut text = TextBuilder::default();
        let first = position;
        let mut offset = offsets.start;
        // Where what a person sees as one character began, and whether the last mark may go on.
        let (mut start, mut is_open) = (0, false);
        let mut signs = 0;
        while offset < offsets.end {
            let Some(token) = page.segment.token_at(&mut offset) else {
                break;
            };
            text.text.clear();
            page.push_token(token, &mut text);
            let piece = text.text.as_str();
            let Token::Word(..) = token else {
                is_open &= binds(piece);
                let operator = marks.next_if(|mark| mark.position == position && mark.is_operator);
                if signs < MOST_SIGNS {
                    self.push_signs(piece, operator);
                }
                signs += piece.len();
                continue;
            };
            signs = 0;
            let word = &piece[until(piece, &|letter| letter != ' ')..];
            if word.len() < piece.len() {
                is_open = false;
                self.push(" ");
            }
            let is_attached =
                !self.space && (self.out.text.ends_with(JOINER) || word.starts_with(is_attached));
            if !is_attached {
                start = self.length + u32::from(self.space);
            }
            self.push(word);
            while marks
                .next_if(|mark| mark.position == position && mark.is_operator)
                .is_some()
            {}
            let mark = marks.next_if(|mark| mark.position == position);
            // Cut off from the word before, it is a mark by itself.
            let goes_on = position > first && mark.is_some_and(|mark| mark.goes_on);
            let is_marked = mark.is_some() || is_attached && is_open;
            if is_marked {
                match self.out.marks.last_mut() {
                    Some((_, end)) if is_open || *end == start || goes_on => *end = self.length,
                    _ => self.out.marks.push((start, self.length)),
                }
            }
            is_open = is_marked;
            position += 1;
        }
    }

    /// Appends a passage, with an ellipsis where it is cut from its text.
    pub fn passage(&mut self, part: &Part, positions: Range<usize>) {
        if positions.is_empty() {
            return;
        }
        if self.length > 0 {
            self.push(" ");
        }
        let page = self.page;
        let cut_before = !page.begins_sentence(part, positions.start);
        let ends_with_dots = self.out.text.ends_with('…');
        if cut_before && !ends_with_dots {
            self.push("… ");
        }
        // Of what stands between two words, the signs before the last space belong to the first.
        let mut from = part.offsets.start;
        if positions.start > part.positions.start {
            from = page.offset(positions.start);
            let separator = page.before(positions.start);
            self.push(divided(&separator).1);
        }
        if positions.end == part.positions.end {
            self.tokens(from..part.offsets.end, positions.start);
        } else {
            self.tokens(from..page.behind(positions.end - 1), positions.start);
            let separator = page.before(positions.end);
            let (signs, _) = divided(&separator);
            if page.begins_sentence(part, positions.end) {
                self.push(signs);
            } else {
                self.push(signs.trim_end_matches(is_pause));
                self.push(" …");
            }
        }
        self.space = true;
    }

    pub fn finish(self) -> Snippet {
        self.out
    }
}
