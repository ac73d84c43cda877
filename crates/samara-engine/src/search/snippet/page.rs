//! A document that was read for the words of a query.

use core::ops::Range;

use super::sections::beginning;
use super::writer::Writer;
use crate::answer::{SectionHit, Snippet};
use crate::index::Index;
use crate::list::{Keep, ToList};
use crate::search::phrases::{by_first, starting};
use crate::search::plan::{Highlight, Plan};
use crate::search::reading::{Lookout, Part, Reading, Wanted};
use crate::segment::{Control, DocId, FormId, Segment, TextBuilder, Token};

/// Words of a passage, and of each of two passages.
const ONE_PASSAGE: usize = 32;
const TWO_PASSAGES: usize = 16;

/// What is to be marked, and what it is worth to be shown.
pub(crate) struct Highlighting<'h> {
    index: &'h Index<'h>,
    plan: &'h Plan,
    /// Worth of each word; 0 for words that were left out.
    weights: &'h [f32],
    /// Whether each of the words is looked for.
    is_live: Vec<bool>,
    by_first: Vec<u64>,
}

impl<'h> Highlighting<'h> {
    /// Of the words of a plan that are worth something.
    pub(crate) fn of(index: &'h Index<'h>, plan: &'h Plan, weights: &'h [f32]) -> Self {
        let is_live =
            |slot: usize| weights[slot] > 0.0 && plan.terms[slot].highlight != Highlight::Never;
        Highlighting {
            index,
            plan,
            weights,
            is_live: (0..plan.terms.len()).map(is_live).list(),
            by_first: by_first(&plan.phrases),
        }
    }

    /// What reading one hit after the other needs.
    pub(crate) fn scratch(&self) -> Scratch<'_> {
        Scratch {
            lookout: Lookout::new(
                self.index,
                &self.plan.terms,
                &|slot| self.is_live[slot],
                false,
            ),
            reading: Reading::default(),
        }
    }

    /// Worth of words given as bits.
    pub(super) fn worth(&self, bits: Bits) -> f32 {
        let mut worth = 0.0;
        for (slot, weight) in self.weights.iter().take(Bits::BITS as usize).enumerate() {
            if bits >> slot & 1 == 1 {
                worth += weight;
            }
        }
        worth
    }
}

/// Words of the query, a bit each. Where there are more of them than bits, some share one: all are marked, and only the
/// choice between two passages cannot tell them apart.
pub(super) type Bits = u64;

/// Title, passage and sections of a hit.
#[derive(Default)]
pub(crate) struct Passages {
    pub title: Snippet,
    pub snippet: Snippet,
    pub sections: Vec<SectionHit>,
}

/// A word of the document that is one of the query, or an operator before the word at its position.
pub(super) struct Mark {
    pub position: usize,
    pub bits: Bits,
    pub form: FormId,
    pub is_operator: bool,
    /// It goes on a mark of the word before it: both are words of one phrase.
    pub goes_on: bool,
}

/// A document that was read, with what is marked in it.
pub(super) struct Page<'p> {
    pub index: &'p Index<'p>,
    pub segment: &'p Segment<'p>,
    pub highlighting: &'p Highlighting<'p>,
    pub wanted: &'p Wanted,
    pub reading: Reading,
    pub marks: Vec<Mark>,
}

/// What is used again from hit to hit.
pub(crate) struct Scratch<'h> {
    lookout: Lookout<'h>,
    reading: Reading,
}

/// Reads a hit; nothing where its text is not there. Linear in its length.
pub(crate) fn passages(
    highlighting: &Highlighting,
    document: DocId,
    is_whole: bool,
    scratch: &mut Scratch,
) -> Option<Passages> {
    let text = highlighting.index.text(document)?;
    let wanted = scratch.lookout.wanted(text);
    let mut reading = core::mem::take(&mut scratch.reading);
    reading.read(text, wanted);
    let marks = marks(highlighting, text.segment, &reading);
    let page = Page {
        index: highlighting.index,
        segment: text.segment,
        highlighting,
        wanted,
        reading,
        marks,
    };
    let passages = page.passages(document, is_whole);
    scratch.reading = page.reading;
    Some(passages)
}

/// The occurrences that are marked.
fn marks(highlighting: &Highlighting, segment: &Segment, reading: &Reading) -> Vec<Mark> {
    let plan = highlighting.plan;
    let is_shown = |place: usize, in_title: bool| {
        !in_title
            || reading.parts[reading.occurrences[place].part]
                .control
                .is_none()
    };
    let bit = |slot: usize| 1 << (slot % Bits::BITS as usize);
    let mut marks: Vec<Mark> = Vec::with_capacity(reading.occurrences.len());
    for occurrence in &reading.occurrences {
        marks.push(Mark {
            position: occurrence.position,
            bits: 0,
            form: occurrence.form,
            is_operator: occurrence.is_operator,
            goes_on: false,
        });
    }
    let mut numbers = Vec::new();
    for (place, occurrence) in reading.occurrences.iter().enumerate() {
        let slots = reading.slots(occurrence);
        for (number, &slot) in slots.iter().enumerate() {
            let slot = usize::from(slot);
            let term = &plan.terms[slot];
            if term.highlight == Highlight::Alone && is_shown(place, term.in_title) {
                marks[place].bits |= bit(slot);
                if number + occurrence.joined >= slots.len() {
                    marks[place - 1].bits |= bit(slot);
                    marks[place].goes_on = true;
                }
            }
        }
        starting(reading, place, &highlighting.by_first, &mut numbers);
        for &number in &numbers {
            let phrase = &plan.phrases[number];
            let Some((further, is_exact)) = reading.row(segment, place, phrase) else {
                continue;
            };
            if phrase.exact_only && !is_exact || !is_shown(place, phrase.in_title) {
                continue;
            }
            let mut slots = phrase.slots.clone();
            for mark in &mut marks[place..place + further + 1] {
                if let (false, Some(slot)) = (mark.is_operator, slots.next()) {
                    mark.bits |= bit(slot);
                    mark.goes_on |= slot > phrase.slots.start && !phrase.is_joined;
                }
            }
        }
    }
    marks.keep(&mut |mark| mark.bits != 0);
    marks
}

impl Page<'_> {
    /// Appends what a token says.
    pub(super) fn push_token(&self, token: Token, out: &mut TextBuilder) {
        self.segment.push_token(token, &self.index.letters, out);
    }

    fn passages(&self, document: DocId, is_whole: bool) -> Passages {
        let Some((title, parts)) = self.reading.parts.split_first() else {
            return Passages::default();
        };
        if is_whole {
            return self.whole(document);
        }
        let bodies: Vec<&Part> = parts
            .iter()
            .filter(|part| part.control == Some(Control::Body))
            .list();
        let all_bits = bodies
            .iter()
            .fold(0, |bits, part| bits | self.bits(&part.positions));

        let mut shown: Vec<(&Part, Range<usize>)> = Vec::new();
        if let Some((part, positions)) = self.best_window(&bodies, ONE_PASSAGE, Bits::MAX, None) {
            if self.bits(&positions) == all_bits {
                shown.push((part, self.framed(part, positions, ONE_PASSAGE)));
            } else if let Some((part, positions)) =
                self.best_window(&bodies, TWO_PASSAGES, Bits::MAX, None)
            {
                let bits = self.bits(&positions);
                let framed = self.framed(part, positions, TWO_PASSAGES);
                if let Some((second, positions)) =
                    self.best_window(&bodies, TWO_PASSAGES, !bits, Some(&framed))
                {
                    shown.push((second, self.framed(second, positions, TWO_PASSAGES)));
                }
                shown.push((part, framed));
                if let [one, other] = shown.as_mut_slice() {
                    if one.1.start > other.1.start {
                        core::mem::swap(one, other);
                    }
                    one.1.end = one.1.end.min(other.1.start);
                }
            }
        } else if let Some(part) = bodies.iter().find(|part| !part.positions.is_empty()) {
            shown.push((part, beginning(part, ONE_PASSAGE)));
        }
        let mut writer = Writer::new(self);
        for (part, positions) in shown {
            writer.passage(part, positions);
        }
        let snippet = writer.finish();
        Passages {
            title: Writer::whole(self, title),
            snippet,
            sections: self.sections(document),
        }
    }

    /// The marked ones of these words.
    pub(super) fn marks(&self, positions: &Range<usize>) -> &[Mark] {
        let marks = &self.marks;
        let place = |position: usize| marks.partition_point(|mark| mark.position < position);
        &marks[place(positions.start)..place(positions.end)]
    }

    pub(super) fn bits(&self, positions: &Range<usize>) -> Bits {
        self.marks(positions)
            .iter()
            .fold(0, |bits, mark| bits | mark.bits)
    }
}
