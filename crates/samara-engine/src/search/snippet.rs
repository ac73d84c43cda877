//! Snippets: the passage of a document that says most about the query, with the words marked.

use super::scan::{MOST_BITS, Masks};
use crate::analysis::{Class, class};
use crate::answer::{SectionHit, Snippet};
use crate::index::{Control, DocId, FormId, Index, Step, TextBuilder};
use crate::order::order;
use crate::text::concat;

/// Words of a passage, of each of two passages, and of a passage of a section.
const ONE_PASSAGE: usize = 32;
const TWO_PASSAGES: usize = 16;
const SECTION_PASSAGE: usize = 20;
/// How far before the first marked word a sentence may begin to be shown from its start.
const SENTENCE_REACH: usize = 14;
/// Words shown before the first marked one where no sentence begins in reach.
const LEAD: usize = 5;
/// Sections listed beneath a hit.
const MOST_SECTIONS: usize = 3;

/// What the words of the query are worth, and which of them count only beside a neighbour.
pub(crate) struct Wanted<'w> {
    pub masks: &'w Masks,
    /// Worth of each word by its bit; 0 for words that were left out.
    pub weights: &'w [f32],
    /// Bits of words that count only beside their neighbours.
    pub in_runs: u32,
}

/// Title, passage and sections of a hit.
pub(crate) struct Passages {
    pub title: Snippet,
    pub snippet: Snippet,
    pub sections: Vec<SectionHit>,
}

/// A word of the document.
struct Spot {
    /// Place among the steps.
    step: usize,
    /// Words of the query that it stands for.
    mask: u32,
}

/// A stretch of a document between controls.
struct Part {
    control: Option<Control>,
    /// Its words among all spots.
    spots: core::ops::Range<usize>,
    /// Its steps.
    steps: core::ops::Range<usize>,
}

/// Room for a document while it is read, to be used again for the next.
#[derive(Default)]
pub(crate) struct Room {
    codes: Vec<FormId>,
    spots: Vec<Spot>,
    parts: Vec<Part>,
}

/// Reads a hit. Linear in its length.
pub(crate) fn passages<'p>(
    index: &'p Index<'p>,
    document: DocId,
    wanted: &'p Wanted<'p>,
    room: &mut Room,
) -> Passages {
    let page = Page::read(index, document, wanted, core::mem::take(room));
    let passages = page.passages(document);
    *room = page.room;
    passages
}

impl Page<'_> {
    fn passages(&self, document: DocId) -> Passages {
        let Some((title, parts)) = self.room.parts.split_first() else {
            return Passages {
                title: Snippet::default(),
                snippet: Snippet::default(),
                sections: Vec::new(),
            };
        };
        let bodies: Vec<&Part> = parts
            .iter()
            .filter(|part| part.control == Some(Control::Body))
            .collect();
        let all_bits = bodies
            .iter()
            .fold(0, |bits, part| bits | self.bits(&part.spots));

        let mut shown: Vec<(&Part, core::ops::Range<usize>)> = Vec::new();
        if let Some((part, spots)) = self.best_window(&bodies, ONE_PASSAGE, u32::MAX, None) {
            if self.bits(&spots) == all_bits {
                shown.push((part, self.framed(part, spots, ONE_PASSAGE)));
            } else if let Some((part, spots)) =
                self.best_window(&bodies, TWO_PASSAGES, u32::MAX, None)
            {
                let bits = self.bits(&spots);
                let framed = self.framed(part, spots, TWO_PASSAGES);
                if let Some((second, spots)) =
                    self.best_window(&bodies, TWO_PASSAGES, !bits, Some(&framed))
                {
                    shown.push((second, self.framed(second, spots, TWO_PASSAGES)));
                }
                shown.push((part, framed));
                if let [(_, one), (_, other)] = shown.as_slice()
                    && one.start > other.start
                {
                    shown.swap(0, 1);
                }
                if let [(_, one), (_, other)] = shown.as_mut_slice() {
                    one.end = one.end.min(other.start);
                }
            }
        } else if let Some(part) = bodies.iter().find(|part| !part.spots.is_empty()) {
            let end = part.spots.end.min(part.spots.start + ONE_PASSAGE);
            shown.push((part, part.spots.start..end));
        }
        let mut writer = Writer::new(self);
        for (part, spots) in shown {
            writer.passage(part, spots);
        }
        let snippet = writer.finish();
        Passages {
            title: self.whole(title),
            snippet,
            sections: self.sections(document),
        }
    }
}

struct Page<'p> {
    index: &'p Index<'p>,
    wanted: &'p Wanted<'p>,
    room: Room,
}

impl<'p> Page<'p> {
    fn read(index: &'p Index<'p>, document: DocId, wanted: &'p Wanted<'p>, mut room: Room) -> Self {
        let weights = wanted.weights.iter().take(MOST_BITS);
        let live = weights.enumerate().fold(0, |live, (bit, &weight)| {
            live | u32::from(weight > 0.0) << bit
        });
        room.codes.clear();
        room.codes.extend(index.codes_of(document));
        room.spots.clear();
        room.parts.clear();
        room.parts.push(Part {
            control: None,
            spots: 0..0,
            steps: 0..0,
        });
        for (place, &code) in room.codes.iter().enumerate() {
            match index.step(code) {
                Step::Control(control) => {
                    let (start, at) = (room.spots.len(), place + 1);
                    room.parts.push(Part {
                        control: Some(control),
                        spots: start..start,
                        steps: at..at,
                    });
                }
                step @ Step::Word(..) => room.spots.push(Spot {
                    step: place,
                    mask: wanted.masks.with_parts(index, step) & live,
                }),
                Step::Separator(_) => {}
            }
            if let Some(part) = room.parts.last_mut() {
                part.spots.end = room.spots.len();
                part.steps.end = place + 1;
            }
        }
        // Words of a run count where two of them stand side by side, as the query has them.
        let mut before = 0;
        for place in 0..room.spots.len() {
            let after = room.spots.get(place + 1).map_or(0, |spot| spot.mask);
            let spot = &mut room.spots[place];
            let beside = before << 1 | after >> 1;
            before = spot.mask;
            spot.mask &= beside | !wanted.in_runs;
        }
        Page {
            index,
            wanted,
            room,
        }
    }

    fn step(&self, place: usize) -> Step {
        self.index.step(self.room.codes[place])
    }

    fn bits(&self, spots: &core::ops::Range<usize>) -> u32 {
        self.room.spots[spots.clone()]
            .iter()
            .fold(0, |bits, spot| bits | spot.mask)
    }

    fn worth(&self, bits: u32) -> f32 {
        let worths = self.wanted.weights.iter().take(MOST_BITS).enumerate();
        worths
            .filter(|(bit, _)| bits >> bit & 1 == 1)
            .map(|(_, weight)| weight)
            .sum()
    }

    /// The window of so many words that holds most of the wanted bits; the first of equals, and of those the
    /// one with the most marks. None where no word is marked.
    fn best_window<'b>(
        &self,
        parts: &[&'b Part],
        width: usize,
        bits: u32,
        outside: Option<&core::ops::Range<usize>>,
    ) -> Option<(&'b Part, core::ops::Range<usize>)> {
        let mut best: Option<(f32, &'b Part, core::ops::Range<usize>)> = None;
        for part in parts {
            let marked: Vec<usize> = part
                .spots
                .clone()
                .filter(|&spot| self.room.spots[spot].mask & bits != 0)
                .filter(|spot| !outside.is_some_and(|outside| outside.contains(spot)))
                .collect();
            let mut end = 0;
            for (number, &start) in marked.iter().enumerate() {
                while end < marked.len() && marked[end] < start + width {
                    end += 1;
                }
                let inside = &marked[number..end];
                let found = inside
                    .iter()
                    .fold(0, |found, &spot| found | self.room.spots[spot].mask);
                // A mark more decides only between windows with the same words.
                let worth = self.worth(found & bits) + inside.len() as f32 * 0.01;
                if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    let last = marked[end - 1];
                    best = Some((worth, part, start..last + 1));
                }
            }
        }
        best.map(|(_, part, spots)| (part, spots))
    }

    /// The window with words around it: from the start of its sentence, if that is near.
    fn framed(
        &self,
        part: &Part,
        spots: core::ops::Range<usize>,
        width: usize,
    ) -> core::ops::Range<usize> {
        if part.spots.len() <= width {
            return part.spots.clone();
        }
        let room = width.saturating_sub(spots.len());
        let reach = SENTENCE_REACH
            .min(room.max(LEAD))
            .min(spots.start - part.spots.start);
        let sentence = (spots.start - reach..=spots.start)
            .rev()
            .find(|&spot| self.begins_sentence(part, spot));
        let start = sentence.unwrap_or(spots.start - LEAD.min(spots.start - part.spots.start));
        start..part.spots.end.min((start + width).max(spots.end))
    }

    /// Whether a word is the first of its part, or follows a separator that ends a sentence. What follows in a small
    /// letter goes on, and a stop behind a capital or two (`Dr.`, `J. R.`) stands for the rest of the word.
    fn begins_sentence(&self, part: &Part, spot: usize) -> bool {
        let step = self.room.spots[spot].step;
        if spot == part.spots.start {
            return true;
        }
        let separator = match self.step(step - 1) {
            Step::Separator(form) => self.index.separator(form),
            _ => return false,
        };
        let word = |spot: usize| {
            let mut word = TextBuilder::default();
            self.index
                .push_step(self.step(self.room.spots[spot].step), &mut word);
            word.text
        };
        let begins_with = |text: &str, is: fn(&u8) -> bool| text.as_bytes().first().is_some_and(is);
        let is_short = || {
            let before = word(spot - 1);
            separator.starts_with('.')
                && before.len() <= 2
                && begins_with(&before, u8::is_ascii_uppercase)
        };
        ends_sentence(separator) && !begins_with(&word(spot), u8::is_ascii_lowercase) && !is_short()
    }

    fn whole(&self, part: &Part) -> Snippet {
        let mut writer = Writer::new(self);
        writer.steps(part.steps.clone());
        writer.finish()
    }

    fn sections(&self, document: DocId) -> Vec<SectionHit> {
        let anchors = self.index.catalog.anchors(document);
        let mut found: Vec<(f32, usize, usize)> = Vec::new();
        let mut number = 0;
        for (place, part) in self.room.parts.iter().enumerate().skip(1) {
            let is_start = part.control == Some(Control::Heading)
                || (part.control == Some(Control::Body) && place == 1);
            if !is_start {
                continue;
            }
            number += 1;
            if part.control != Some(Control::Heading) || part.spots.is_empty() {
                continue;
            }
            let heading = self.bits(&part.spots);
            let body = self
                .room
                .parts
                .get(place + 1)
                .map_or(0, |body| self.bits(&body.spots));
            let worth = self.worth(heading | body) + self.worth(heading) * 0.5;
            if worth > 0.0 {
                found.push((worth, place, number - 1));
            }
        }
        let best = order(found.len(), &|one, other| {
            let worth = |place: u32| found[place as usize].0;
            worth(other)
                .partial_cmp(&worth(one))
                .unwrap_or(core::cmp::Ordering::Equal)
        });
        let sections = best.into_iter().take(MOST_SECTIONS).filter_map(|best| {
            let (_, place, number) = found[best as usize];
            let anchor = anchors
                .get(number)
                .copied()
                .filter(|anchor| !anchor.is_empty())?;
            let mut writer = Writer::new(self);
            if let Some(body) = self.room.parts.get(place + 1) {
                let spots = match self.best_window(&[body], SECTION_PASSAGE, u32::MAX, None) {
                    Some((_, spots)) => self.framed(body, spots, SECTION_PASSAGE),
                    None => {
                        body.spots.start..body.spots.end.min(body.spots.start + SECTION_PASSAGE)
                    }
                };
                writer.passage(body, spots);
            }
            Some(SectionHit {
                title: self.whole(&self.room.parts[place]).text,
                url: concat(&[self.index.catalog.url(document), "#", anchor]),
                snippet: writer.finish(),
            })
        });
        sections.collect()
    }
}

/// Whether a sentence is over: a full stop before a space, or the end of a line.
fn ends_sentence(separator: &str) -> bool {
    let mut stopped = false;
    separator.chars().any(|letter| {
        let over = letter == '\n'
            || matches!(letter, '。' | '！' | '？')
            || (stopped && letter.is_whitespace());
        stopped |= matches!(letter, '.' | '!' | '?');
        over
    })
}

/// Puts a snippet together: spaces folded, marks counted in UTF-16 code units.
struct Writer<'w> {
    page: &'w Page<'w>,
    out: Snippet,
    length: u32,
    /// A space is due before the next character.
    space: bool,
}

impl<'w> Writer<'w> {
    fn new(page: &'w Page<'w>) -> Self {
        Writer {
            page,
            out: Snippet::default(),
            length: 0,
            space: false,
        }
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

    fn steps(&mut self, steps: core::ops::Range<usize>) {
        let mut spot = self
            .page
            .room
            .spots
            .partition_point(|spot| spot.step < steps.start);
        let mut text = TextBuilder::default();
        for step in steps {
            let before = text.text.len();
            self.page.index.push_step(self.page.step(step), &mut text);
            let piece = text.text[before..].to_owned();
            let Step::Word(..) = self.page.step(step) else {
                self.push(&piece);
                continue;
            };
            let word = piece.trim_start_matches(' ');
            self.push(&piece[..piece.len() - word.len()]);
            let start = self.length + u32::from(self.space);
            self.push(word);
            if self.page.room.spots[spot].mask != 0 {
                match self.out.marks.last_mut() {
                    Some((_, end)) if *end == start => *end = self.length,
                    _ => self.out.marks.push((start, self.length)),
                }
            }
            spot += 1;
        }
    }

    /// Appends a passage, with an ellipsis where it is cut from its text.
    fn passage(&mut self, part: &Part, spots: core::ops::Range<usize>) {
        if spots.is_empty() {
            return;
        }
        if self.length > 0 {
            self.push(" ");
        }
        let page = self.page;
        let cut_before = !page.begins_sentence(part, spots.start);
        let ends_with_dots = self.out.text.ends_with('…');
        if cut_before && !ends_with_dots {
            self.push("… ");
        }
        let from = if spots.start == part.spots.start {
            part.steps.start
        } else {
            page.room.spots[spots.start].step
        };
        let cut_after = spots.end < part.spots.end;
        let to = if cut_after {
            page.room.spots[spots.end].step
        } else {
            part.steps.end
        };
        self.steps(from..to);
        let sentence_over = cut_after && page.begins_sentence(part, spots.end);
        if cut_after && !sentence_over {
            let bare = self
                .out
                .text
                .trim_end_matches(|c| class(c) == Class::Separator)
                .len();
            let removed = self.out.text[bare..]
                .chars()
                .map(char::len_utf16)
                .sum::<usize>();
            self.out.text.truncate(bare);
            self.length -= removed as u32;
            self.space = true;
            self.push("…");
        }
        self.space = true;
    }

    fn finish(self) -> Snippet {
        self.out
    }
}
