//! Reading a document for the words of a query: where they stand, and which of them in a row.

use core::ops::Range;

use super::plan::{Phrase, QueryTerm};
use crate::index::{Index, Text};
use crate::list::ToList;
use crate::segment::{Control, FormId, ONCE, Pattern, Segment, TermOrdinal, Token, lookup};

/// Of how many words the place of one in the stream is kept. Keeping those of all took more memory than the document.
pub(super) const STRIDE: usize = 16;

/// Number of a word of the query, in the order of the plan's terms.
pub(crate) type Slot = u16;

/// The words of a query, as they are looked for in documents.
pub(crate) struct Wanted {
    /// Term and the words that it may stand for, ascending.
    slots: Vec<(TermOrdinal, Slot)>,
    /// A bit for each form that says one of the words.
    forms: Vec<u64>,
    /// Only where they stand beside one another. Of common words most occurrences are then passed over.
    pub in_rows: bool,
}

/// A word of a query that was read, or an operator.
struct Seen {
    form: FormId,
    /// Its term, and the one that it makes together with the word before it; none of an operator.
    terms: [Option<TermOrdinal>; 2],
    position: usize,
    before: Option<FormId>,
    behind: Option<FormId>,
}

/// Looks for the same words in one segment after the other.
pub(crate) struct Lookout<'l> {
    index: &'l Index<'l>,
    terms: &'l [QueryTerm],
    /// Whether each of the words is looked for.
    is_wanted: Vec<bool>,
    in_rows: bool,
    /// Number of the last segment, and the words as it numbers them.
    last: Option<(u32, Wanted)>,
}

impl<'l> Lookout<'l> {
    /// For the words for which `is_wanted` holds; `in_rows` as in [`Wanted::in_rows`].
    pub(crate) fn new(
        index: &'l Index<'l>,
        terms: &'l [QueryTerm],
        is_wanted: &dyn Fn(usize) -> bool,
        in_rows: bool,
    ) -> Self {
        Lookout {
            index,
            terms,
            is_wanted: (0..terms.len()).map(is_wanted).list(),
            in_rows,
            last: None,
        }
    }

    /// The words as the segment of a text numbers them. Linear in its forms, where it is not the segment asked for before.
    pub(crate) fn wanted(&mut self, text: Text) -> &Wanted {
        let known = self
            .last
            .take()
            .filter(|(number, _)| *number == text.number);
        let (index, terms, is_wanted) = (self.index, self.terms, &self.is_wanted);
        let of = known.unwrap_or_else(|| {
            let mut wanted = Wanted::of(index, text.segment, terms, &|slot| is_wanted[slot]);
            wanted.in_rows = self.in_rows;
            (text.number, wanted)
        });
        &self.last.insert(of).1
    }
}

/// An occurrence of a word of the query, or of several that it may stand for.
pub(crate) struct Occurrence {
    /// Words of the document before it.
    pub position: usize,
    /// The form, whose parts may be what is meant.
    pub form: FormId,
    /// What stands directly before and behind it; nothing, or a single space.
    pub before: Option<FormId>,
    pub behind: Option<FormId>,
    /// The part of the document that it stands in.
    pub part: usize,
    /// The words of the query, in [`Reading::slots`].
    slots: Range<usize>,
    /// How many of them, the last ones, the word says together with the one before it: `e-mail` for `email`.
    pub joined: usize,
    /// An operator: it stands before the word at its position.
    pub is_operator: bool,
}

/// A stretch of a document between controls.
pub(crate) struct Part {
    pub control: Option<Control>,
    /// Its words.
    pub positions: Range<usize>,
    /// Where it lies in the stream.
    pub offsets: Range<usize>,
}

/// What is found in a document while it is read; scratch space to be used again for the next.
#[derive(Default)]
pub(crate) struct Reading {
    pub occurrences: Vec<Occurrence>,
    slots: Vec<Slot>,
    pub parts: Vec<Part>,
    /// Where in the stream every word lies whose position is a multiple of [`STRIDE`].
    pub checkpoints: Vec<usize>,
}

impl Wanted {
    /// The words for which `is_wanted` holds, as a segment numbers their terms. Linear in its forms.
    fn of(
        index: &Index,
        segment: &Segment,
        terms: &[QueryTerm],
        is_wanted: &dyn Fn(usize) -> bool,
    ) -> Self {
        let mut slots = Vec::new();
        for (slot, term) in terms.iter().enumerate() {
            if !is_wanted(slot) {
                continue;
            }
            for (ordinal, _) in term.expansion.all() {
                if let Some(ordinal) = index.term_in(segment, ordinal) {
                    slots.push(u64::from(ordinal.0) << 32 | slot as u64);
                }
            }
            if let Some((letters, _)) = &term.expansion.many {
                let pattern = Pattern {
                    letters,
                    edits: 0,
                    prefix: true,
                };
                for found in lookup(&segment.terms, &index.letters, &pattern) {
                    for term in found.terms {
                        slots.push(u64::from(term) << 32 | slot as u64);
                    }
                }
            }
        }
        crate::order::sort(&mut slots);
        slots.dedup();
        let mut wanted = Wanted {
            slots: Vec::with_capacity(slots.len()),
            forms: Vec::new(),
            in_rows: false,
        };
        for key in slots {
            let term = TermOrdinal((key >> 32) as u32);
            wanted.slots.push((term, key as Slot));
        }
        let mut terms = vec![0u64; segment.terms.len() / 64 + 1];
        for (term, _) in &wanted.slots {
            terms[term.0 as usize / 64] |= 1 << (term.0 % 64);
        }
        for &[one, other, joined, _] in segment.spellings.pairs() {
            if wanted.has(TermOrdinal(joined)) {
                terms[one as usize / 64] |= 1 << (one % 64);
                terms[other as usize / 64] |= 1 << (other % 64);
            }
        }
        wanted.forms = segment.forms_of(&terms);
        wanted
    }

    #[inline]
    fn is_wanted(&self, form: FormId) -> bool {
        let word = self.forms.get(form.0 as usize / 64).copied().unwrap_or(0);
        word >> (form.0 % 64) & 1 == 1
    }

    /// Whether a term may stand for one of the words.
    pub(crate) fn has(&self, term: TermOrdinal) -> bool {
        !self.of_term(term).is_empty()
    }

    /// Words of the query that a term may stand for.
    fn of_term(&self, term: TermOrdinal) -> &[(TermOrdinal, Slot)] {
        let from = self.slots.partition_point(|(other, _)| *other < term);
        let rest = &self.slots[from..];
        let count = rest.iter().take_while(|(other, _)| *other == term).count();
        &rest[..count]
    }
}

impl Reading {
    /// Reads a document. Linear in its length; what is not asked for takes a look at a bit.
    pub(crate) fn read(&mut self, text: Text, wanted: &Wanted) {
        let segment = text.segment;
        let start = segment.start(text.document);
        self.occurrences.clear();
        self.slots.clear();
        self.checkpoints.clear();
        self.parts.clear();
        self.parts.push(Part {
            control: None,
            positions: 0..0,
            offsets: start..start,
        });
        let (mut position, mut offset) = (0, start);
        let mut separator = None;
        // The word directly before.
        let mut last = None;
        // Whether what follows the last wanted word is not known yet, and whether the word before is wanted.
        let (mut is_open, mut in_row) = (false, false);
        // A word that counts if a wanted one follows.
        let mut pending: Option<Seen> = None;
        loop {
            let at = offset;
            match segment.read_token(&mut offset) {
                Some(Token::Word(form, term)) => {
                    if position % STRIDE == 0 {
                        self.checkpoints.push(at);
                    }
                    is_open = wanted.is_wanted(form);
                    let before = pending.take();
                    if is_open {
                        let joined = last.and_then(|last| segment.spellings.joined(last, term));
                        let seen = Seen {
                            form,
                            terms: [Some(term), joined],
                            position,
                            before: separator,
                            behind: None,
                        };
                        if wanted.in_rows && !in_row {
                            pending = Some(seen);
                        } else {
                            self.occurs(segment, wanted, before);
                            self.occurs(segment, wanted, Some(seen));
                        }
                    }
                    in_row = is_open;
                    // Both terms of a pair that is wanted are.
                    last = is_open.then_some(term);
                    separator = None;
                    position += 1;
                }
                Some(Token::Separator(form)) => {
                    if is_open {
                        match (&mut pending, self.occurrences.last_mut()) {
                            (Some(seen), _) => seen.behind = Some(form),
                            (None, Some(last)) => last.behind = Some(form),
                            (None, None) => {}
                        }
                    }
                    is_open = false;
                    separator = Some(form);
                    if segment.divides(form) {
                        last = None;
                    }
                    if wanted.is_wanted(form) {
                        self.occurs(segment, wanted, pending.take());
                        let seen = Seen {
                            form,
                            terms: [None; 2],
                            position,
                            before: None,
                            behind: None,
                        };
                        self.occurs(segment, wanted, Some(seen));
                    }
                }
                control => {
                    if let Some(part) = self.parts.last_mut() {
                        part.positions.end = position;
                        part.offsets.end = at;
                    }
                    let Some(Token::Control(control)) = control else {
                        break;
                    };
                    (separator, is_open, in_row, last, pending) = (None, false, false, None, None);
                    self.parts.push(Part {
                        control: Some(control),
                        positions: position..position,
                        offsets: offset..offset,
                    });
                }
            }
        }
    }

    #[inline(never)]
    fn occurs(&mut self, segment: &Segment, wanted: &Wanted, seen: Option<Seen>) {
        let Some(seen) = seen else { return };
        let [term, joined] = seen.terms;
        let start = self.slots.len();
        for &term in term.as_slice().iter().chain(segment.parts(seen.form)) {
            self.note(wanted, term);
        }
        let alone = self.slots.len();
        if let Some(joined) = joined {
            self.note(wanted, joined);
        }
        self.occurrences.push(Occurrence {
            position: seen.position,
            form: seen.form,
            before: seen.before,
            behind: seen.behind,
            part: self.parts.len() - 1,
            slots: start..self.slots.len(),
            joined: self.slots.len() - alone,
            is_operator: term.is_none(),
        });
    }

    fn note(&mut self, wanted: &Wanted, term: TermOrdinal) {
        for &(_, slot) in wanted.of_term(term) {
            self.slots.push(slot);
        }
    }

    /// Words of the query that an occurrence may stand for.
    pub(crate) fn slots(&self, occurrence: &Occurrence) -> &[Slot] {
        &self.slots[occurrence.slots.clone()]
    }

    /// The words of a phrase where they stand in a row from this occurrence on, if they do: how many occurrences further
    /// the last one is, and whether all is written as it was typed. Linear in the phrase.
    pub(crate) fn row(
        &self,
        segment: &Segment,
        first: usize,
        phrase: &Phrase,
    ) -> Option<(usize, bool)> {
        let mut place = first;
        let start = &self.occurrences[first];
        let separator = |form: Option<FormId>| form.map_or("", |form| segment.separator(form));
        let signs = &phrase.signs;
        let mut is_exact = ends_with_sign(separator(start.before), &signs.before);
        for slot in phrase.slots.clone() {
            if slot > phrase.slots.start {
                let before = &self.occurrences[place];
                place += 1;
                while self.occurrences.get(place)?.is_operator {
                    place += 1;
                }
                let next = &self.occurrences[place];
                if next.position != before.position + 1 || next.part != before.part {
                    return None;
                }
                let gap = phrase.gaps.get(slot - phrase.slots.start - 1);
                is_exact &= gap.is_none_or(|gap| {
                    let between = separator(next.before);
                    between == gap || between.is_empty() && gap == " "
                });
            }
            if !self
                .slots(&self.occurrences[place])
                .contains(&(slot as Slot))
            {
                return None;
            }
        }
        is_exact &= starts_with_sign(separator(self.occurrences[place].behind), &signs.after);
        Some((place - first, is_exact))
    }

    /// How much an occurrence counts, in occurrences in a text: by its part and its author's weight.
    pub(crate) fn worth(
        &self,
        segment: &Segment,
        occurrence: &Occurrence,
        fields: [f32; 4],
    ) -> f32 {
        let [title, heading, body, meta] = fields;
        let field = match self.parts[occurrence.part].control {
            None => title,
            Some(Control::Heading) => heading,
            Some(Control::Body) => body,
            Some(_) => meta,
        };
        field * f32::from(segment.quarters(occurrence.form)) / f32::from(ONCE)
    }
}

/// Whether a separator ends with this sign, and not with more of it: `*` in ` *args`, not in ` **args`.
fn ends_with_sign(separator: &str, sign: &str) -> bool {
    match separator.strip_suffix(sign) {
        Some(rest) => sign.is_empty() || !rest.ends_with(&sign[..1]),
        None => false,
    }
}

/// Whether a separator starts with this sign, and not with more of it.
fn starts_with_sign(separator: &str, sign: &str) -> bool {
    match separator.strip_prefix(sign) {
        Some(rest) => sign.is_empty() || !rest.starts_with(&sign[sign.len() - 1..]),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_as_long_as_it_was_typed() {
        assert!(ends_with_sign(" *", "*") && ends_with_sign("(", "") && ends_with_sign("--", "--"));
        assert!(
            !ends_with_sign(" **", "*") && !ends_with_sign("", "*") && !ends_with_sign("--", "-")
        );
        assert!(
            starts_with_sign("++;", "++")
                && !starts_with_sign("++;", "+")
                && starts_with_sign("", "")
        );
    }
}
