//! Where sentences begin, and which words are not parted.

use super::page::Page;
use super::writer::MOST_SIGNS;
use crate::analysis::is_attached;
use crate::search::reading::{Part, STRIDE};
use crate::segment::{Control, TextBuilder, Token};

impl Page<'_> {
    /// Where a word lies in the stream.
    pub(super) fn offset(&self, position: usize) -> usize {
        let mut offset = self.reading.checkpoints[position / STRIDE];
        let mut further = position % STRIDE;
        loop {
            let at = offset;
            match self.segment.token_at(&mut offset) {
                Some(Token::Word(..)) if further > 0 => further -= 1,
                Some(Token::Word(..)) | None => return at,
                _ => {}
            }
        }
    }

    /// Where in the stream a word is over.
    pub(super) fn behind(&self, position: usize) -> usize {
        let mut offset = self.offset(position);
        self.next_word(&mut offset);
        offset
    }

    /// The next word from a place in the stream, which moves behind it, and what stands before it where that does not
    /// go without saying.
    pub(super) fn next_word(&self, offset: &mut usize) -> (String, Token) {
        let mut separator = String::new();
        loop {
            match self.segment.token_at(offset) {
                Some(Token::Separator(form)) if separator.len() < MOST_SIGNS => {
                    separator.push_str(self.segment.separator(form));
                }
                Some(Token::Separator(_)) => {}
                token => return (separator, token.unwrap_or(Token::Control(Control::End))),
            }
        }
    }

    /// What stands between a word and the one before it.
    pub(super) fn before(&self, position: usize) -> String {
        self.next_word(&mut self.behind(position - 1)).0
    }

    pub(super) fn text(&self, word: Token) -> String {
        let mut text = TextBuilder::default();
        self.push_token(word, &mut text);
        text.text
    }

    /// Whether a word and the one before it are one to who reads them.
    pub(super) fn binds(&self, position: usize) -> bool {
        let (separator, word) = self.next_word(&mut self.behind(position - 1));
        binds(&separator) || self.text(word).starts_with(is_attached)
    }

    /// Whether a word begins a sentence.
    pub(super) fn begins_sentence(&self, part: &Part, position: usize) -> bool {
        self.last_sentence(part, position, position).is_some()
    }

    /// The last of these words that is the first of its part, or follows a separator that ends a sentence. What follows
    /// in a small letter goes on, and a stop behind a capital or two (`Dr.`, `J. R.`) stands for the rest of the word.
    /// Linear in their number.
    pub(super) fn last_sentence(&self, part: &Part, first: usize, last: usize) -> Option<usize> {
        let mut found = (first == part.positions.start).then_some(first);
        let mut position = first - usize::from(found.is_none());
        let mut offset = self.offset(position);
        let (_, mut before) = self.next_word(&mut offset);
        while position < last {
            position += 1;
            let (separator, word) = self.next_word(&mut offset);
            let is_short = || {
                let before = self.text(before);
                separator.starts_with('.')
                    && before.len() <= 2
                    && before
                        .bytes()
                        .next()
                        .is_some_and(|byte| byte.is_ascii_uppercase())
            };
            if ends_sentence(&separator)
                && !self
                    .text(word)
                    .bytes()
                    .next()
                    .is_some_and(|byte| byte.is_ascii_lowercase())
                && !is_short()
            {
                found = Some(position);
            }
            before = word;
        }
        found
    }
}

/// Whether a sentence is over: a full stop before a space, or the end of a line.
pub(super) fn ends_sentence(separator: &str) -> bool {
    let mut stopped = false;
    separator.chars().any(|letter| {
        let over = letter == '\n'
            || matches!(letter, '。' | '！' | '？')
            || (stopped && letter.is_whitespace());
        stopped |= matches!(letter, '.' | '!' | '?');
        over
    })
}

/// Whether what stands between two words makes one of them: `10,000`, `node.js`, `l’État`.
pub(super) fn binds(separator: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_graphic();
    separator == "’" || !separator.is_empty() && separator.bytes().all(is_sign)
}

/// What stands between two words, before and behind its last space; without one, it belongs to the first.
pub(super) fn divided(separator: &str) -> (&str, &str) {
    let mut end = separator.len();
    for (at, letter) in separator.char_indices() {
        if letter.is_whitespace() {
            end = at;
        }
    }
    separator.split_at(end)
}

/// Whether a sign says that a sentence goes on, which three dots say as well.
pub(super) fn is_pause(sign: char) -> bool {
    matches!(
        sign,
        ',' | ';' | ':' | '-' | '–' | '—' | '，' | '、' | '；' | '：'
    )
}
