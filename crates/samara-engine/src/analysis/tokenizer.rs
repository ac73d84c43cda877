//! Text into tokens: words, single characters of unspaced scripts, symbols; and what lies between them.

use core::ops::Range;

use super::{Class, class};

/// The longest word, in characters. What is longer is no word but data, and is cut into pieces that nobody
/// needs to find; a bound keeps every walk over terms short.
pub(crate) const MAX_WORD: usize = 48;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word, which a space separates from the next.
    Word,
    /// A character of an unspaced script or a symbol: nothing separates it from its neighbours.
    Single,
}

/// An occurrence of a word or character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// What it is made of.
    pub kind: Kind,
}

/// The tokens of `text`, in order. What lies between two of them separates them. Linear.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut position = 0;
    core::iter::from_fn(move || {
        let mut rest = text[position..]
            .char_indices()
            .map(|(at, c)| (position + at, class(c), c));
        let (start, kind, first) = rest.find_map(|(at, class, c)| match class {
            Class::Word => Some((at, Kind::Word, c)),
            Class::Unspaced | Class::Symbol => Some((at, Kind::Single, c)),
            Class::Extend | Class::Separator => None,
        })?;
        let mut end = start + first.len_utf8();
        for (length, (_, class, c)) in (1..).zip(rest) {
            let belongs = match class {
                Class::Word => kind == Kind::Word,
                Class::Extend => true,
                _ => false,
            };
            if !belongs || length == MAX_WORD {
                break;
            }
            end += c.len_utf8();
        }
        position = end;
        Some(Token {
            range: start..end,
            kind,
        })
    })
}

/// Longest separator; a longer run of spaces or punctuation is told in pieces.
#[cfg(any(feature = "split", feature = "write"))]
const LONGEST_SEPARATOR: usize = 64;

/// Tells what a text is made of, in its order: tokens with their kinds, and what separates them. A single space between two
/// words goes without saying; that there is none is said by a separator that is empty. Linear.
#[cfg(any(feature = "split", feature = "write"))]
pub(crate) fn pieces<'t>(text: &'t str, tell: &mut dyn FnMut(usize, &'t str, Option<Kind>)) {
    let end = (text.len()..text.len(), None);
    let tokens = tokens(text).map(|token| (token.range, Some(token.kind)));
    let (mut position, mut before) = (0, None);
    for (range, kind) in tokens.chain([end]) {
        let goes_without_saying = before == Some(Kind::Word) && kind == before;
        let mut separator = &text[position..range.start];
        if separator != if goes_without_saying { " " } else { "" } {
            loop {
                let (piece, rest) =
                    separator.split_at(separator.floor_char_boundary(LONGEST_SEPARATOR));
                tell(position, piece, None);
                position += piece.len();
                separator = rest;
                if separator.is_empty() {
                    break;
                }
            }
        }
        if kind.is_some() {
            tell(range.start, &text[range.clone()], kind);
        }
        (position, before) = (range.end, kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokens(text).map(|token| &text[token.range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_end_at_spaces_and_punctuation() {
        check(
            "Wang Yi’s three-day visit, 2023.",
            &["Wang", "Yi", "s", "three", "day", "visit", "2023"],
        );
        check("snake_case camelCase", &["snake", "case", "camelCase"]);
        check(
            "naïve Müller हिन्दी한국어",
            &["naïve", "Müller", "हिन्दी한국어"],
        );
        check("", &[]);
        check(" \n—…", &[]);
    }

    #[test]
    fn unspaced_scripts_are_single_characters() {
        check("王毅meets", &["王", "毅", "meets"]);
        check("ไทย", &["ไ", "ท", "ย"]);
        check("カフェ", &["カ", "フ", "ェ"]);
    }

    #[test]
    fn symbols_take_their_modifiers_along() {
        check("I ❤\u{fe0f} it👍🏽!", &["I", "❤\u{fe0f}", "it", "👍🏽"]);
    }

    #[test]
    fn long_runs_are_cut() {
        let text = "x".repeat(100);
        assert_eq!(
            tokens(&text)
                .map(|token| token.range.len())
                .collect::<Vec<_>>(),
            [48, 48, 4]
        );
    }
}
