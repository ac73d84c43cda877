//! Forms: how terms are written, and what stands between them.
//!
//! Form ids are dealt out so that they need not be stored: codes have one, two or three bytes
//! ([`super::stream`]), and within each length ids ascend first over the separators and then over the terms.
//! What is stored for each form is the length of its code and how its letters differ from the term's.

use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::{put_str, put_varint};
use super::letters::Letters;
use super::stream::{CodeLengths, Control, FormId};
use super::terms::{TermOrdinal, Terms};
use crate::Error;
#[cfg(feature = "write")]
use crate::Weight;

/// How a form is written, given its term.
#[cfg(feature = "write")]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// As the term: in lower case.
    Lower,
    /// The first letter is a capital.
    Title,
    /// All letters are capitals.
    Upper,
    /// Capitals where the bits are set, the lowest for the first letter.
    Mixed(u64),
    /// In a way that case does not explain: letter for letter.
    Literal(String),
}

#[cfg(feature = "write")]
impl Case {
    /// How `form` differs from `term`, which is its lower case.
    pub(crate) fn of(form: &str, term: &str, letters: &Letters) -> Case {
        let mask = form
            .chars()
            .zip(term.chars())
            .enumerate()
            .fold(0, |mask, (place, (f, t))| {
                mask | u64::from(f != t && place < 64) << (place & 63)
            });
        for case in [Case::Lower, Case::Title, Case::Upper, Case::Mixed(mask)] {
            let mut text = String::new();
            case.kind().write(term, mask, letters, &mut text);
            if text == form {
                return case;
            }
        }
        Case::Literal(form.to_owned())
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Case::Lower => Kind::Lower,
            Case::Title => Kind::Title,
            Case::Upper => Kind::Upper,
            Case::Mixed(_) => Kind::Mixed,
            Case::Literal(_) => Kind::Literal,
        }
    }
}

/// What a form id stands for, without its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Lower = 0,
    Title = 1,
    Upper = 2,
    Mixed = 3,
    Literal = 4,
    Separator = 5,
    Control = 6,
}

impl Kind {
    const ALL: [Kind; 7] = [
        Kind::Lower,
        Kind::Title,
        Kind::Upper,
        Kind::Mixed,
        Kind::Literal,
        Kind::Separator,
        Kind::Control,
    ];

    /// Appends `term` with its capitals. Linear.
    fn write(self, term: &str, mask: u64, letters: &Letters, out: &mut String) {
        let mask = match self {
            Kind::Title => 1,
            Kind::Upper => u64::MAX,
            Kind::Mixed => mask,
            _ => 0,
        };
        for (place, letter) in term.chars().enumerate() {
            let capital = mask >> place.min(63) & 1 == 1;
            out.push(if capital {
                letters.upper(letter)
            } else {
                letter
            });
        }
    }
}

/// Bits of a descriptor byte: length class, of which the fourth says that a term has no form; kind; whether the term has
/// more forms; whether a weight follows.
const LENGTH: u8 = 3;
const NO_FORM: u8 = 3;
const KIND_SHIFT: u8 = 2;
const MORE: u8 = 0x20;
const WEIGHTED: u8 = 0x40;

/// All forms of an index.
pub(crate) struct Forms<'a> {
    /// Kind in the upper three bits, whether it has a weight in the next one, number of the term or separator in the others.
    forms: Vec<u32>,
    separators: Vec<&'a str>,
    masks: Vec<(FormId, u64)>,
    literals: Vec<(FormId, &'a str)>,
    /// Weights in 24ths.
    weights: Vec<(FormId, u8)>,
}

const KIND_BITS: u32 = 29;
const WEIGHT_BIT: u32 = 1 << 28;
/// Other terms stand inside of it.
const PARTS_BIT: u32 = 1 << 27;
/// Its term begins a pair of terms that make one.
const BEGINS_BIT: u32 = 1 << 26;
const FLAGS: u32 = WEIGHT_BIT | PARTS_BIT | BEGINS_BIT;
const NUMBER: u32 = BEGINS_BIT - 1;

/// What is known of a form at one look.
#[derive(Clone, Copy)]
pub(crate) struct Entry(u32);

impl Entry {
    /// The term that the form is a spelling of; none for what stands between words.
    #[inline(always)]
    pub(crate) fn term(self) -> Option<TermOrdinal> {
        (self.0 < (Kind::Separator as u32) << KIND_BITS).then_some(TermOrdinal(self.0 & NUMBER))
    }

    /// Whether it has neither weight nor parts, and its term begins no pair: as nearly all.
    #[inline(always)]
    pub(crate) fn is_plain(self) -> bool {
        self.0 & FLAGS == 0
    }

    /// Whether its term begins a pair.
    pub(crate) fn begins_pair(self) -> bool {
        self.0 & BEGINS_BIT != 0
    }

    /// Whether other terms stand inside of it.
    pub(crate) fn has_parts(self) -> bool {
        self.0 & PARTS_BIT != 0
    }
}

impl<'a> Forms<'a> {
    pub(crate) fn decode(
        bytes: &'a [u8],
        separators: &'a [u8],
        lengths: CodeLengths,
        terms: usize,
    ) -> Result<Self, Error> {
        let (separator_classes, separators) = decode_separators(separators)?;
        let first_ids = lengths.first_ids();
        let mut forms: Vec<u32> = Vec::new();
        let (mut masks, mut literals, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut used = 0;
        // Within a class of lengths the forms are numbered as they come: in a pass a class, their numbers ascend.
        for (class, &first) in first_ids.iter().enumerate() {
            let mut reader = Reader::new(bytes, "forms");
            let descriptors = reader.bytes();
            if class == 0 {
                let total = separators.len() + descriptors.len() + Control::COUNT;
                forms.resize(total, u32::MAX);
            }
            let mut next = first;
            // What finds no place leaves another one empty, and that is noticed below.
            let mut place = |kind: Kind, number: usize| {
                if let Some(form) = forms.get_mut(next) {
                    *form = (kind as u32) << KIND_BITS | number as u32;
                }
                next += 1;
                used += 1;
                FormId(next as u32 - 1)
            };
            if class == 0 {
                for control in 0..Control::COUNT {
                    place(Kind::Control, control);
                }
            }
            for (number, &of) in separator_classes.iter().enumerate() {
                if usize::from(of) == class {
                    place(Kind::Separator, number);
                }
            }
            let mut term = 0;
            for &descriptor in descriptors {
                let length = descriptor & LENGTH;
                let is_here = usize::from(length) == class;
                let kind = Kind::ALL[usize::from(descriptor >> KIND_SHIFT & 7).min(5)];
                let id = if is_here {
                    place(kind, term)
                } else {
                    FormId(0)
                };
                match kind {
                    _ if length == NO_FORM => {}
                    Kind::Mixed => {
                        let low = reader.varint();
                        let mask = u64::from(reader.varint()) << 32 | u64::from(low);
                        if is_here {
                            masks.push((id, mask));
                        }
                    }
                    Kind::Literal => {
                        let text = reader.str();
                        if is_here {
                            literals.push((id, text));
                        }
                    }
                    Kind::Separator | Kind::Control => reader.fault(),
                    _ => {}
                }
                if descriptor & WEIGHTED != 0 {
                    let weight = reader.byte();
                    if is_here {
                        weights.push((id, weight));
                    }
                }
                term += usize::from(descriptor & MORE == 0);
            }
            if term != terms || terms > NUMBER as usize {
                reader.fault();
            }
            reader.end()?;
        }
        forms.truncate(used);
        if forms.contains(&u32::MAX) {
            return Err(Error::Damaged { section: "forms" });
        }
        for &(id, _) in &weights {
            forms[id.0 as usize] |= WEIGHT_BIT;
        }
        Ok(Forms {
            forms,
            separators,
            masks,
            literals,
            weights,
        })
    }

    /// Number of forms, separators and controls included.
    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }

    #[inline]
    fn number(&self, id: FormId) -> usize {
        (self.forms[id.0 as usize] & NUMBER) as usize
    }

    #[inline]
    pub(crate) fn kind(&self, id: FormId) -> Kind {
        Kind::ALL[(self.forms[id.0 as usize] >> KIND_BITS) as usize % Kind::ALL.len()]
    }

    /// How much the form counts where its author has decided on it, in 24ths.
    #[inline(always)]
    pub(crate) fn weight(&self, id: FormId) -> Option<u8> {
        let is_weighted = self.forms.get(id.0 as usize)? & WEIGHT_BIT != 0;
        if is_weighted {
            find(&self.weights, id)
        } else {
            None
        }
    }

    /// What is known of a form at one look; of none, that it stands between words.
    #[inline(always)]
    pub(crate) fn entry(&self, id: FormId) -> Entry {
        // In the module, indexing is a call of a function of its own.
        Entry(
            self.forms
                .get(id.0 as usize)
                .copied()
                .unwrap_or(NUMBER | (Kind::Control as u32) << KIND_BITS),
        )
    }

    /// Notes which forms have parts, and which belong to terms that begin pairs.
    pub(crate) fn note(
        &mut self,
        has_parts: &dyn Fn(FormId) -> bool,
        begins_pair: &dyn Fn(TermOrdinal) -> bool,
    ) {
        for number in 0..self.forms.len() {
            let id = FormId(number as u32);
            let begins = self.term(id).is_some_and(begins_pair);
            let parts = if has_parts(id) { PARTS_BIT } else { 0 };
            self.forms[number] |= parts | if begins { BEGINS_BIT } else { 0 };
        }
    }

    /// The term that a form is a spelling of; none for what stands between words.
    #[inline(always)]
    pub(crate) fn term(&self, id: FormId) -> Option<TermOrdinal> {
        self.entry(id).term()
    }

    /// Capitals of a form in mixed case, the lowest bit for the first letter; 0 for other forms.
    pub(crate) fn capitals(&self, id: FormId) -> u64 {
        find(&self.masks, id).unwrap_or_default()
    }

    /// Text of a separator; nothing for other forms.
    pub(crate) fn separator(&self, id: FormId) -> &'a str {
        if self.kind(id) == Kind::Separator {
            self.separators[self.number(id)]
        } else {
            ""
        }
    }

    /// Texts that stand between words, with their forms.
    pub(crate) fn separators(&self) -> impl Iterator<Item = (FormId, &'a str)> + '_ {
        let all = (0..self.forms.len() as u32).map(FormId);
        let are = all.filter(|&id| self.kind(id) == Kind::Separator);
        are.map(|id| (id, self.separators[self.number(id)]))
    }

    /// Forms with capitals inside, such as `camelCase`.
    pub(crate) fn mixed(&self) -> impl Iterator<Item = (FormId, TermOrdinal, u64)> + '_ {
        self.masks
            .iter()
            .map(|&(id, mask)| (id, TermOrdinal(self.number(id) as u32), mask))
    }

    /// Appends the form as it is written. Linear in its length times the branching of the dictionary.
    pub(crate) fn push_text(&self, id: FormId, terms: &Terms, letters: &Letters, out: &mut String) {
        let number = self.number(id);
        match self.kind(id) {
            Kind::Control => {}
            Kind::Separator => out.push_str(self.separators[number]),
            Kind::Literal => {
                out.push_str(find(&self.literals, id).unwrap_or_default());
            }
            kind => {
                let term = TermOrdinal(number as u32);
                if kind == Kind::Lower {
                    return terms.push_term(term, out);
                }
                let mut text = String::new();
                terms.push_term(term, &mut text);
                kind.write(&text, self.capitals(id), letters, out);
            }
        }
    }
}

#[cfg(feature = "write")]
impl Forms<'_> {
    /// How a form of a term is written.
    pub(crate) fn case(&self, id: FormId) -> Case {
        match self.kind(id) {
            Kind::Title => Case::Title,
            Kind::Upper => Case::Upper,
            Kind::Mixed => Case::Mixed(self.capitals(id)),
            Kind::Literal => Case::Literal(find(&self.literals, id).unwrap_or_default().to_owned()),
            _ => Case::Lower,
        }
    }
}

/// What is known of a form, in a list that ascends.
fn find<T: Copy>(known: &[(FormId, T)], id: FormId) -> Option<T> {
    let place = known.binary_search_by(|entry| entry.0.0.cmp(&id.0));
    place.ok().map(|place| known[place].1)
}

/// Length classes and texts of the separators.
fn decode_separators(bytes: &[u8]) -> Result<(Vec<u8>, Vec<&str>), Error> {
    let mut reader = Reader::new(bytes, "separators");
    let mut count = 0;
    while !reader.is_at_end() {
        reader.byte();
        reader.str();
        count += 1;
    }
    // Counted, they take no more room than they need.
    let (mut classes, mut texts) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut reader = Reader::new(bytes, "separators");
    while !reader.is_at_end() {
        let class = reader.byte();
        if class > 2 {
            reader.fault();
        }
        classes.push(class);
        texts.push(reader.str());
    }
    reader.end()?;
    Ok((classes, texts))
}

/// Bytes of the sections `Forms` and `Separators`, and the id of every form, given the length class of each.
///
/// `forms` lists each term's forms in the order of [`Case`], with their weights; `separators` are distinct.
#[cfg(feature = "write")]
pub(crate) fn encode(
    forms: &[Vec<(Case, Option<Weight>, u8)>],
    separators: &[(String, u8)],
    lengths: CodeLengths,
) -> (Vec<u8>, Vec<u8>, Vec<Vec<FormId>>, Vec<FormId>) {
    let mut next = lengths.first_ids();
    next[0] += Control::COUNT;
    let mut take = |class: u8| {
        let next = &mut next[usize::from(class)];
        *next += 1;
        FormId(*next as u32 - 1)
    };
    let mut separator_bytes = Vec::new();
    let mut separator_ids = Vec::new();
    for (text, class) in separators {
        separator_bytes.push(*class);
        put_str(&mut separator_bytes, text);
        separator_ids.push(take(*class));
    }
    let (mut descriptors, mut extras) = (Vec::new(), Vec::new());
    let mut ids = Vec::new();
    for of_term in forms {
        if of_term.is_empty() {
            descriptors.push(NO_FORM);
        }
        ids.push(of_term.iter().map(|(_, _, class)| take(*class)).collect());
        for (place, (case, weight, class)) in of_term.iter().enumerate() {
            let more = if place + 1 < of_term.len() { MORE } else { 0 };
            let weighted = if weight.is_some() { WEIGHTED } else { 0 };
            descriptors.push(class | (case.kind() as u8) << KIND_SHIFT | more | weighted);
            match case {
                Case::Mixed(mask) => {
                    put_varint(&mut extras, *mask as u32);
                    put_varint(&mut extras, (*mask >> 32) as u32);
                }
                Case::Literal(text) => put_str(&mut extras, text),
                _ => {}
            }
            extras.extend(weight.map(Weight::steps));
        }
    }
    let mut bytes = Vec::new();
    put_varint(&mut bytes, descriptors.len() as u32);
    bytes.extend(descriptors);
    bytes.extend(extras);
    (bytes, separator_bytes, ids, separator_ids)
}
