//! Snippets: the passage of a document that says most about the query, with the words marked.

use core::ops::Range;

use super::scan::{MOST_BITS, Masks};
use super::searcher::thousandths;
use crate::analysis::is_attached;
use crate::answer::{SectionHit, Snippet};
use crate::index::Index;
use crate::order::{self, descending};
use crate::segment::{Control, DocId, TextBuilder, Token};
use crate::text::concat;

/// Words of a passage, of each of two passages, and of a passage of a section.
const ONE_PASSAGE: usize = 32;
const TWO_PASSAGES: usize = 16;
const SECTION_PASSAGE: usize = 20;
/// How far before the first marked word a sentence may begin to be shown from its start.
const SENTENCE_REACH: usize = 14;
/// Words shown before the first marked one where no sentence begins in reach.
const LEAD: usize = 5;
/// Bytes shown of the signs between two words, in whole pieces: a document may have any number of them in a row.
const MOST_SIGNS: usize = 256;
/// Sections listed beneath a hit.
const MOST_SECTIONS: usize = 6;

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

/// A word of the document that is one of the query. Words are counted from the first of the document: their number is
/// their *spot*.
struct Mark {
    spot: usize,
    /// Words of the query that it stands for.
    mask: u32,
}

/// A stretch of a document between controls.
struct Part {
    control: Option<Control>,
    /// Its words.
    spots: Range<usize>,
    /// Where it lies in the stream.
    positions: Range<usize>,
}

/// Of how many words the place of one in the stream is kept. Keeping those of all took more memory than the document.
const STRIDE: usize = 16;

/// What is found in a document while it is read; room to be used again for the next.
#[derive(Default)]
pub(crate) struct Room {
    marks: Vec<Mark>,
    parts: Vec<Part>,
    /// Where in the stream every word lies whose spot is a multiple of the stride.
    stops: Vec<usize>,
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

        let mut shown: Vec<(&Part, Range<usize>)> = Vec::new();
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
                if let [one, other] = shown.as_mut_slice() {
                    if one.1.start > other.1.start {
                        core::mem::swap(one, other);
                    }
                    one.1.end = one.1.end.min(other.1.start);
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
        let start = index.segment.start(document);
        room.marks.clear();
        room.stops.clear();
        room.parts.clear();
        room.parts.push(Part {
            control: None,
            spots: 0..0,
            positions: start..start,
        });
        let (mut spot, mut position) = (0, start);
        // Behind the last word that was marked, and for which words of the query it may stand.
        let (mut end, mut before) = (0, 0);
        loop {
            let at = position;
            match index.segment.token_at(&mut position) {
                Some(step @ Token::Word(..)) => {
                    let mask = wanted.masks.with_parts(index, step) & live;
                    if mask != 0 {
                        // Words of a run count where two of them stand side by side, as the query has them.
                        let beside = if spot == end { before } else { 0 };
                        if let Some(mark) = room.marks.last_mut() {
                            mark.mask |= beside & mask >> 1;
                        }
                        room.marks.push(Mark {
                            spot,
                            mask: mask & (beside << 1 | !wanted.in_runs),
                        });
                        (end, before) = (spot + 1, mask);
                    }
                    if spot % STRIDE == 0 {
                        room.stops.push(at);
                    }
                    spot += 1;
                }
                Some(Token::Separator(_)) => {}
                control => {
                    if let Some(part) = room.parts.last_mut() {
                        part.spots.end = spot;
                        part.positions.end = at;
                    }
                    let Some(Token::Control(control)) = control else {
                        break;
                    };
                    room.parts.push(Part {
                        control: Some(control),
                        spots: spot..spot,
                        positions: position..position,
                    });
                }
            }
        }
        Page {
            index,
            wanted,
            room,
        }
    }

    /// Where a word lies in the stream.
    fn position(&self, spot: usize) -> usize {
        let mut position = self.room.stops[spot / STRIDE];
        let mut further = spot % STRIDE;
        loop {
            let at = position;
            match self.index.segment.token_at(&mut position) {
                Some(Token::Word(..)) if further > 0 => further -= 1,
                Some(Token::Word(..)) | None => return at,
                _ => {}
            }
        }
    }

    /// The marked ones of these words.
    fn marks(&self, spots: &Range<usize>) -> &[Mark] {
        let marks = &self.room.marks;
        let place = |spot: usize| marks.partition_point(|mark| mark.spot < spot);
        &marks[place(spots.start)..place(spots.end)]
    }

    fn bits(&self, spots: &Range<usize>) -> u32 {
        self.marks(spots)
            .iter()
            .fold(0, |bits, mark| bits | mark.mask)
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
        outside: Option<&Range<usize>>,
    ) -> Option<(&'b Part, Range<usize>)> {
        let mut best: Option<(f32, &'b Part, Range<usize>)> = None;
        for part in parts {
            let marked: Vec<&Mark> = self
                .marks(&part.spots)
                .iter()
                .filter(|mark| mark.mask & bits != 0)
                .filter(|mark| !outside.is_some_and(|outside| outside.contains(&mark.spot)))
                .collect();
            let mut end = 0;
            for (number, first) in marked.iter().enumerate() {
                while end < marked.len() && marked[end].spot < first.spot + width {
                    end += 1;
                }
                let inside = &marked[number..end];
                let found = inside.iter().fold(0, |found, mark| found | mark.mask);
                // A mark more decides only between windows with the same words.
                let worth = self.worth(found & bits) + inside.len() as f32 * 0.01;
                if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    let last = marked[end - 1].spot;
                    best = Some((worth, part, first.spot..last + 1));
                }
            }
        }
        best.map(|(_, part, spots)| (part, spots))
    }

    /// The window with words around it: from the start of its sentence, if that is near.
    fn framed(&self, part: &Part, spots: Range<usize>, width: usize) -> Range<usize> {
        if part.spots.len() <= width {
            return part.spots.clone();
        }
        let room = width.saturating_sub(spots.len());
        let reach = SENTENCE_REACH
            .min(room.max(LEAD))
            .min(spots.start - part.spots.start);
        let sentence = self.last_sentence(part, spots.start - reach, spots.start);
        let mut start = sentence.unwrap_or(spots.start - LEAD.min(spots.start - part.spots.start));
        let mut end = part.spots.end.min((start + width).max(spots.end));
        for _ in 0..LEAD {
            let back = usize::from(start > part.spots.start && self.binds(start));
            let on = usize::from(end < part.spots.end && self.binds(end));
            if back + on == 0 {
                break;
            }
            start -= back;
            end += on;
        }
        start..end
    }

    /// Where in the stream a word is over.
    fn behind(&self, spot: usize) -> usize {
        let mut position = self.position(spot);
        self.next_word(&mut position);
        position
    }

    /// The next word from a position in the stream, which moves behind it, and what stands before it where that does not
    /// go without saying.
    fn next_word(&self, position: &mut usize) -> (String, Token) {
        let mut separator = String::new();
        loop {
            match self.index.segment.token_at(position) {
                Some(Token::Separator(form)) if separator.len() < MOST_SIGNS => {
                    separator.push_str(self.index.segment.separator(form));
                }
                Some(Token::Separator(_)) => {}
                step => return (separator, step.unwrap_or(Token::Control(Control::End))),
            }
        }
    }

    /// What stands between a word and the one before it.
    fn before(&self, spot: usize) -> String {
        self.next_word(&mut self.behind(spot - 1)).0
    }

    fn text(&self, word: Token) -> String {
        let mut text = TextBuilder::default();
        self.index.push_token(word, &mut text);
        text.text
    }

    /// Whether a word and the one before it are one to who reads them.
    fn binds(&self, spot: usize) -> bool {
        let (separator, word) = self.next_word(&mut self.behind(spot - 1));
        binds(&separator) || self.text(word).starts_with(is_attached)
    }

    /// Whether a word begins a sentence.
    fn begins_sentence(&self, part: &Part, spot: usize) -> bool {
        self.last_sentence(part, spot, spot).is_some()
    }

    /// The last of these words that is the first of its part, or follows a separator that ends a sentence. What follows
    /// in a small letter goes on, and a stop behind a capital or two (`Dr.`, `J. R.`) stands for the rest of the word.
    /// Linear in their number.
    fn last_sentence(&self, part: &Part, first: usize, last: usize) -> Option<usize> {
        let mut found = (first == part.spots.start).then_some(first);
        let mut spot = first - usize::from(found.is_none());
        let mut position = self.position(spot);
        let (_, mut before) = self.next_word(&mut position);
        while spot < last {
            spot += 1;
            let (separator, word) = self.next_word(&mut position);
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
                found = Some(spot);
            }
            before = word;
        }
        found
    }

    fn whole(&self, part: &Part) -> Snippet {
        let mut writer = Writer::new(self);
        writer.steps(part.positions.clone(), part.spots.start);
        writer.finish()
    }

    fn sections(&self, document: DocId) -> Vec<SectionHit> {
        let anchors = self.index.catalog.anchors(document);
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut keys = Vec::new();
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
                keys.push(descending(thousandths(worth), found.len() as u32));
                found.push((place, number - 1));
            }
        }
        order::sort(&mut keys);
        let sections = keys.into_iter().take(MOST_SECTIONS).filter_map(|key| {
            let (place, number) = found[order::second(key) as usize];
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

/// Whether what stands between two words makes one of them: `10,000`, `node.js`, `l’État`.
fn binds(separator: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_graphic();
    separator == "’" || !separator.is_empty() && separator.bytes().all(is_sign)
}

/// What stands between two words, before and behind its last space; without one, it belongs to the first.
fn divided(separator: &str) -> (&str, &str) {
    let space = separator.rfind(char::is_whitespace);
    separator.split_at(space.unwrap_or(separator.len()))
}

/// Whether a sign says that a sentence goes on, which three dots say as well.
fn is_pause(sign: char) -> bool {
    matches!(
        sign,
        ',' | ';' | ':' | '-' | '–' | '—' | '，' | '、' | '；' | '：'
    )
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

    /// Appends what stands at these positions, from this word on.
    fn steps(&mut self, positions: Range<usize>, mut spot: usize) {
        const JOINER: char = '\u{200d}';
        let page = self.page;
        let mut marks = page.marks(&(spot..usize::MAX)).iter().peekable();
        let mut text = TextBuilder::default();
        let mut position = positions.start;
        // Where what a person sees as one character began, and whether the last mark may go on.
        let (mut start, mut is_open) = (0, false);
        let mut signs = 0;
        while position < positions.end {
            let Some(step) = page.index.segment.token_at(&mut position) else {
                break;
            };
            text.text.clear();
            page.index.push_token(step, &mut text);
            let piece = text.text.as_str();
            let Token::Word(..) = step else {
                is_open &= binds(piece);
                if signs < MOST_SIGNS {
                    self.push(piece);
                }
                signs += piece.len();
                continue;
            };
            signs = 0;
            let word = piece.trim_start_matches(' ');
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
            let mark = marks.next_if(|mark| mark.spot == spot);
            let is_marked = mark.is_some_and(|mark| mark.mask != 0) || is_attached && is_open;
            if is_marked {
                match self.out.marks.last_mut() {
                    Some((_, end)) if is_open || *end == start => *end = self.length,
                    _ => self.out.marks.push((start, self.length)),
                }
            }
            is_open = is_marked;
            spot += 1;
        }
    }

    /// Appends a passage, with an ellipsis where it is cut from its text.
    fn passage(&mut self, part: &Part, spots: Range<usize>) {
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
        // Of what stands between two words, the signs before the last space belong to the first.
        let mut from = part.positions.start;
        if spots.start > part.spots.start {
            from = page.position(spots.start);
            let separator = page.before(spots.start);
            self.push(divided(&separator).1);
        }
        if spots.end == part.spots.end {
            self.steps(from..part.positions.end, spots.start);
        } else {
            self.steps(from..page.behind(spots.end - 1), spots.start);
            let separator = page.before(spots.end);
            let (signs, _) = divided(&separator);
            if page.begins_sentence(part, spots.end) {
                self.push(signs);
            } else {
                self.push(signs.trim_end_matches(is_pause));
                self.push(" …");
            }
        }
        self.space = true;
    }

    fn finish(self) -> Snippet {
        self.out
    }
}
