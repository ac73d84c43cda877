//! The corpus as numbers of words and separators.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::numbers::section_number;
use crate::analysis::{Kind, pieces};
use crate::segment::encode::put_varint;
use crate::segment::{Control, FormId, Reader};
use crate::{Document, Weight};

/// Bytes of the longest varint.
const LONGEST_VARINT: usize = 5;
/// What the number of a section counts in a title: as much as a word of the text.
const NUMBER_IN_TITLE: Weight = Weight::THIRD;

/// A word or separator of the corpus.
pub(super) struct Entry {
    pub text: Box<str>,
    /// None for a separator.
    pub kind: Option<Kind>,
    /// Words that count for less or more have forms of their own.
    pub weight: Option<Weight>,
    pub count: u64,
    /// How often it occurs in each language, by the language's number: in the one in which it came first, and in others, which
    /// most words have not. Of separators, nobody asks.
    first: (u16, u64),
    others: Vec<(u16, u64)>,
}

impl Entry {
    /// How often it occurs in each language, by the language's number.
    pub fn languages(&self) -> impl Iterator<Item = (u16, u64)> {
        [self.first].into_iter().chain(self.others.iter().copied())
    }

    fn occurs_in(&mut self, language: u16) {
        let first = Some(&mut self.first).filter(|(of, _)| *of == language);
        let mut known = first.into_iter().chain(&mut self.others);
        match known.find(|(of, _)| *of == language) {
            Some((_, count)) => *count += 1,
            None => self.others.push((language, 1)),
        }
    }
}

/// What a document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// A part begins, or the document ends.
    Control(Control),
    /// A word or separator, by its number.
    Entry(u32),
}

/// The corpus as numbers of words and separators. It takes the texts of one document after the other and keeps none of
/// them.
#[derive(Default)]
pub(super) struct CodedText {
    pub entries: Vec<Entry>,
    /// Numbers of the entries, by their texts and weights. Every word is looked up here, so it matters how fast they are hashed.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
    pub codes: Codes,
    pub controls: u64,
    pub words: u32,
    /// Languages by their numbers, and the bytes of text in each. The first has no name.
    pub languages: Vec<(String, usize)>,
}

impl CodedText {
    /// Codes a document and the words of its fields.
    pub fn add(&mut self, document: &Document, fields: &str) {
        let language = self.language(document);
        let number = section_number(&document.title);
        self.add_text(
            &document.title,
            language,
            number.map(|end| (0..end, NUMBER_IN_TITLE)).as_slice(),
        );
        for (number, section) in document.sections.iter().enumerate() {
            if number > 0 || !section.heading.is_empty() || !section.anchor.is_empty() {
                self.control(Control::Heading);
                let weight = section.heading_weight;
                let weights = match weight.map(|weight| (0..section.heading.len(), weight)) {
                    None => section_number(&section.heading).map(|end| (0..end, Weight::HALF)),
                    of_author => of_author,
                };
                self.add_text(&section.heading, language, weights.as_slice());
            }
            self.control(Control::Body);
            self.add_text(&section.text, language, &section.weights);
        }
        if !fields.is_empty() {
            self.control(Control::Fields);
            self.add_text(fields, language, &[]);
        }
        self.control(Control::End);
    }

    /// Number of the language of a document, to which its bytes are added.
    fn language(&mut self, document: &Document) -> u16 {
        let name = document.language.as_deref().unwrap_or_default();
        if self.languages.is_empty() {
            self.languages.push((String::new(), 0));
        }
        let known = self.languages.iter().position(|(known, _)| known == name);
        let number = known.unwrap_or_else(|| {
            self.languages.push((name.to_owned(), 0));
            self.languages.len() - 1
        });
        self.languages[number].1 += document.plain_text().len();
        // There are fewer languages than that.
        u16::try_from(number).unwrap_or(0)
    }

    fn control(&mut self, control: Control) {
        self.codes.push(Code::Control(control));
        self.controls += 1;
    }

    fn push(&mut self, text: &str, kind: Option<Kind>, weight: Option<Weight>, language: u16) {
        let (entries, hasher) = (&mut self.entries, &self.hasher);
        let hash = |text: &str, weight: Option<Weight>| {
            hasher.hash_one(text) ^ weight.map_or(0, |weight| u64::from(weight.steps()) + 1)
        };
        let is_same = |&number: &u32| {
            let entry: &Entry = &entries[number as usize];
            *entry.text == *text && entry.weight == weight
        };
        let number = match self.numbers.find(hash(text, weight), is_same) {
            Some(&number) => number,
            None => {
                let number = entries.len() as u32;
                entries.push(Entry {
                    text: text.into(),
                    kind,
                    weight,
                    count: 0,
                    first: (language, 0),
                    others: Vec::new(),
                });
                let hash_of = |&number: &u32| {
                    let entry = &entries[number as usize];
                    hash(&entry.text, entry.weight)
                };
                self.numbers
                    .insert_unique(hash(text, weight), number, hash_of);
                number
            }
        };
        let entry = &mut entries[number as usize];
        entry.count += 1;
        entry.occurs_in(language);
        self.codes.push(Code::Entry(number));
    }

    fn add_text(&mut self, text: &str, language: u16, mut weights: &[(Range<usize>, Weight)]) {
        pieces(text, &mut |at, piece, kind| {
            if kind.is_none() {
                self.push(piece, None, None, language);
                return;
            }
            while let [(range, _), rest @ ..] = weights
                && range.end <= at
            {
                weights = rest;
            }
            let weight = weights.first().filter(|(range, _)| range.start <= at);
            let weight = weight.map(|(_, weight)| *weight);
            self.push(piece, kind, weight, language);
            self.words += 1;
        });
    }
}

/// Codes in a row, which are most of what a build holds: in pieces, because a list that is doubled is there three times for
/// a while, and as varints, because frequent words come early and have small numbers.
#[derive(Default)]
pub(super) struct Codes {
    pieces: Vec<Vec<u8>>,
}

/// Bytes of a piece of codes; fewer in tests, which are about many pieces.
const PIECE: usize = if cfg!(test) { 1 << 12 } else { 1 << 20 };

impl Codes {
    fn push(&mut self, code: Code) {
        let number = match code {
            Code::Control(control) => control.id().0,
            Code::Entry(entry) => entry + Control::COUNT as u32,
        };
        let is_full = |piece: &Vec<u8>| piece.len() + LONGEST_VARINT > PIECE;
        if self.pieces.last().is_none_or(is_full) {
            self.pieces.push(Vec::with_capacity(PIECE));
        }
        if let Some(piece) = self.pieces.last_mut() {
            put_varint(piece, number);
        }
    }

    #[cfg(test)]
    fn iter(&self) -> impl Iterator<Item = Code> + '_ {
        self.pieces.iter().flat_map(|piece| decode(piece))
    }

    /// The codes in up to so many runs, all of which but the first begin with a control. None is in two.
    pub fn runs(&self, count: usize) -> Vec<Run<'_>> {
        let length = self.pieces.len().div_ceil(count.max(1)).max(1);
        let starts = (0..self.pieces.len()).step_by(length);
        starts
            .map(|start| Run {
                pieces: &self.pieces,
                own: start..self.pieces.len().min(start + length),
            })
            .collect()
    }

    /// Hands out one piece after the other, and gives their memory back on the way.
    pub fn drain(self, mut take: impl FnMut(Code)) {
        for piece in self.pieces {
            decode(&piece).for_each(&mut take);
        }
    }
}

/// Codes in a row.
pub(super) struct Run<'a> {
    pieces: &'a [Vec<u8>],
    /// The pieces in which it begins, and before the end of which it ends but for what stands before the next control.
    own: Range<usize>,
}

impl Run<'_> {
    pub fn iter(&self) -> impl Iterator<Item = Code> + '_ {
        let is_entry = |code: &Code| matches!(code, Code::Entry(_));
        let is_first = self.own.start == 0;
        let own = self.pieces[self.own.clone()].iter();
        let own = own.flat_map(|piece| decode(piece));
        let beyond = self.pieces[self.own.end..].iter();
        let beyond = beyond.flat_map(|piece| decode(piece));
        own.chain(beyond.take_while(is_entry))
            .skip_while(move |code| !is_first && is_entry(code))
    }
}

fn decode(piece: &[u8]) -> impl Iterator<Item = Code> + '_ {
    let mut reader = Reader::new(piece, "");
    std::iter::from_fn(move || {
        if reader.rest().is_empty() {
            return None;
        }
        let number = reader.varint();
        Some(match Control::from_id(FormId(number)) {
            Some(control) => Code::Control(control),
            None => Code::Entry(number - Control::COUNT as u32),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_begin_with_controls_and_hold_every_code_once() {
        // As often as in pages, and never for longer than a piece.
        for controls in [40, 10_000] {
            let code = |number: u32| match number % controls {
                7 => Code::Control(Control::End),
                _ => Code::Entry(number % 300),
            };
            let mut codes = Codes::default();
            (0..25_000).for_each(|number| codes.push(code(number)));
            for count in [1, 2, 3, 100] {
                let runs = codes.runs(count);
                assert!(runs.len() <= count);
                let all = runs.iter().flat_map(Run::iter);
                assert!(all.eq((0..25_000).map(code)), "{controls} {count}");
                for run in &runs[1..] {
                    assert!(!matches!(run.iter().next(), Some(Code::Entry(_))));
                }
            }
        }
    }

    #[test]
    fn codes_come_back_in_their_order_over_many_pieces() {
        let code = |number: u32| match number % 7 {
            0 => Code::Control(Control::Body),
            3 => Code::Control(Control::End),
            _ => Code::Entry(number.wrapping_mul(number) >> (number % 32)),
        };
        let mut codes = Codes::default();
        let count = 10_000;
        (0..count).for_each(|number| codes.push(code(number)));
        assert!(codes.pieces.len() > 2);
        assert!(codes.iter().eq((0..count).map(code)));
        let mut drained = 0;
        codes.drain(|of| {
            assert_eq!(of, code(drained));
            drained += 1;
        });
        assert_eq!(drained, count);
    }
}
