//! The corpus as numbers of words and separators.

use std::collections::HashMap;
use std::ops::Range;

use super::numbers::section_number;
use crate::analysis::{Kind, tokens};
use crate::segment::Control;
use crate::{Document, Weight};

/// Longest separator; a longer run of spaces or punctuation is stored in pieces.
const LONGEST_SEPARATOR: usize = 64;
/// What the number of a section counts in a title: as much as a word of the text.
const NUMBER_IN_TITLE: Weight = Weight::THIRD;

/// A word or separator of the corpus.
pub(super) struct Entry<'t> {
    pub text: &'t str,
    /// None for a separator.
    pub kind: Option<Kind>,
    /// Words that count for less or more have forms of their own.
    pub weight: Option<Weight>,
    pub count: u64,
}

/// What a document is made of.
pub(super) enum Code {
    /// A part begins, or the document ends.
    Control(Control),
    /// A word or separator, by its number.
    Entry(u32),
}

/// The corpus as numbers of words and separators.
pub(super) struct CodedText<'t> {
    pub entries: Vec<Entry<'t>>,
    numbers: HashMap<(&'t str, Option<Weight>), u32>,
    pub codes: Vec<Code>,
    pub controls: u64,
    pub words: u32,
    /// How often each word occurs in each language.
    pub languages: HashMap<(u32, &'t str), u64>,
}

impl<'t> CodedText<'t> {
    /// Codes the documents, each with the words of its fields.
    pub fn of(documents: &'t [Document], fields: &'t [String]) -> Self {
        let mut text = CodedText {
            entries: Vec::new(),
            numbers: HashMap::new(),
            codes: Vec::new(),
            controls: 0,
            words: 0,
            languages: HashMap::new(),
        };
        for (document, fields) in documents.iter().zip(fields) {
            let language = document.language.as_deref().unwrap_or_default();
            let number = section_number(&document.title);
            text.add(
                &document.title,
                language,
                number.map(|end| (0..end, NUMBER_IN_TITLE)).as_slice(),
            );
            for (number, section) in document.sections.iter().enumerate() {
                if number > 0 || !section.heading.is_empty() || !section.anchor.is_empty() {
                    text.control(Control::Heading);
                    let weight = section.heading_weight;
                    let weights = match weight.map(|weight| (0..section.heading.len(), weight)) {
                        None => section_number(&section.heading).map(|end| (0..end, Weight::HALF)),
                        of_author => of_author,
                    };
                    text.add(&section.heading, language, weights.as_slice());
                }
                text.control(Control::Body);
                text.add(&section.text, language, &section.weights);
            }
            if !fields.is_empty() {
                text.control(Control::Fields);
                text.add(fields, language, &[]);
            }
            text.control(Control::End);
        }
        text
    }

    fn control(&mut self, control: Control) {
        self.codes.push(Code::Control(control));
        self.controls += 1;
    }

    fn push(&mut self, text: &'t str, kind: Option<Kind>, weight: Option<Weight>) -> u32 {
        let number = *self.numbers.entry((text, weight)).or_insert_with(|| {
            self.entries.push(Entry {
                text,
                kind,
                weight,
                count: 0,
            });
            self.entries.len() as u32 - 1
        });
        self.entries[number as usize].count += 1;
        self.codes.push(Code::Entry(number));
        number
    }

    fn add(&mut self, text: &'t str, language: &'t str, mut weights: &[(Range<usize>, Weight)]) {
        let mut position = 0;
        let mut before = None;
        for token in tokens(text) {
            let implicit = if before == Some(Kind::Word) && token.kind == Kind::Word {
                " "
            } else {
                ""
            };
            self.separate(&text[position..token.range.start], implicit);
            while let [(range, _), rest @ ..] = weights
                && range.end <= token.range.start
            {
                weights = rest;
            }
            let weight = weights
                .first()
                .filter(|(range, _)| range.start <= token.range.start);
            let weight = weight.map(|(_, weight)| *weight);
            let number = self.push(&text[token.range.clone()], Some(token.kind), weight);
            *self.languages.entry((number, language)).or_default() += 1;
            self.words += 1;
            position = token.range.end;
            before = Some(token.kind);
        }
        self.separate(&text[position..], "");
    }

    /// Stores what lies between two tokens unless it is what a reader expects there.
    fn separate(&mut self, mut separator: &'t str, implicit: &str) {
        if separator == implicit {
            return;
        }
        loop {
            let end = separator.floor_char_boundary(LONGEST_SEPARATOR);
            self.push(&separator[..end], None, None);
            separator = &separator[end..];
            if separator.is_empty() {
                break;
            }
        }
    }
}
