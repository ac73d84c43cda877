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
#[cfg(feature = "write")]
use crate::Weight;
use crate::order::second;
use crate::text::has_space;
#[cfg(feature = "split")]
use crate::{
    Error,
    analysis::{operators, parts},
};

/// How a form is written, given its term.
#[cfg(any(feature = "write", feature = "split"))]
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

#[cfg(any(feature = "write", feature = "split"))]
impl Case {
    /// How `form` differs from `term`, which is its lower case.
    pub(crate) fn of(form: &str, term: &str, letters: &Letters) -> Case {
        let mask = capitals(form, term);
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

/// In the place of the weight of a word that nobody has given one; the greatest is 240.
#[cfg(feature = "split")]
pub(crate) const UNWEIGHTED: u8 = u8::MAX;

/// Where the letters of a form differ from those of its term, the lowest bit for the first letter.
#[cfg(any(feature = "write", feature = "split"))]
fn capitals(form: &str, term: &str) -> u64 {
    let mut mask = 0;
    for (place, (letter, of_term)) in form.chars().zip(term.chars()).enumerate().take(64) {
        mask |= u64::from(letter != of_term) << place;
    }
    mask
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
    /// Kind in the upper three bits, flags in those below, number of the term or separator in the others.
    forms: Vec<u32>,
    separators: Vec<&'a str>,
    /// Of forms that have them, what stands behind the descriptors: capitals or letters, then a weight in 24ths.
    extras: &'a [u8],
    /// Form in the upper half, where in `extras` its own begin in the lower one; in ascending order.
    places: Vec<u64>,
    /// How the forms of a block of texts are written, one behind the other, and where each ends; of an index, the form's kind
    /// says it.
    #[cfg(feature = "split")]
    written: (String, Vec<u32>),
}

const KIND_BITS: u32 = 29;
const WEIGHT_BIT: u32 = 1 << 28;
/// Other terms stand inside of it.
const PARTS_BIT: u32 = 1 << 27;
/// Its term begins a pair of terms that make one; what stands between words divides them.
const BEGINS_BIT: u32 = 1 << 26;
/// Its term ends a pair.
const ENDS_BIT: u32 = 1 << 25;
const NUMBER: u32 = ENDS_BIT - 1;

/// What is known of a form at one look.
#[derive(Clone, Copy)]
pub(crate) struct Entry(u32);

impl Entry {
    /// The term that the form is a spelling of; none for what stands between words.
    #[inline(always)]
    pub(crate) fn term(self) -> Option<TermOrdinal> {
        (self.0 < (Kind::Separator as u32) << KIND_BITS).then_some(TermOrdinal(self.0 & NUMBER))
    }

    /// The term of a word.
    pub(crate) fn number(self) -> TermOrdinal {
        TermOrdinal(self.0 & NUMBER)
    }

    /// What stands beside no other word.
    pub(crate) const NONE: Entry = Entry(0);

    /// Whether it has neither weight nor parts: as nearly all.
    #[inline(always)]
    pub(crate) fn is_plain(self) -> bool {
        self.0 & (WEIGHT_BIT | PARTS_BIT) == 0
    }

    /// Whether its term and that of the word behind it may be a pair.
    #[inline(always)]
    pub(crate) fn may_join(self, next: Entry) -> bool {
        (self.0 >> 1) & next.0 & ENDS_BIT != 0
    }

    /// Of what stands between words, whether it has a space, so that they are none in one.
    pub(crate) fn divides(self) -> bool {
        self.0 & BEGINS_BIT != 0
    }

    /// Whether other terms stand inside of it.
    pub(crate) fn has_parts(self) -> bool {
        self.0 & PARTS_BIT != 0
    }
}

impl<'a> Forms<'a> {
    pub(crate) fn decode(
        reader: &mut Reader<'a>,
        separators: &mut Reader<'a>,
        lengths: CodeLengths,
        terms: usize,
    ) -> Self {
        let descriptors = reader.bytes();
        let extras = reader.rest();
        let mut all = Forms {
            forms: Vec::new(),
            separators: Vec::new(),
            extras,
            places: Vec::new(),
            #[cfg(feature = "split")]
            written: Default::default(),
        };
        let classes = separators.clone();
        while !separators.is_at_end() {
            if separators.byte() > 2 {
                separators.fault();
            }
            all.separators.push(separators.str());
        }
        let total = Control::COUNT + all.separators.len() + descriptors.len();
        all.forms.resize(total, u32::MAX);
        // Within a class of lengths the forms are numbered as they come. What finds no place leaves another one empty,
        // and that is noticed below.
        let mut next = lengths.first_ids();
        let mut used = 0;
        let mut place = |class: u8, kind: Kind, number: usize| {
            let next = &mut next[usize::from(class).min(2)];
            if let Some(form) = all.forms.get_mut(*next) {
                *form = (kind as u32) << KIND_BITS | number as u32;
            }
            *next += 1;
            used += 1;
            *next - 1
        };
        for control in 0..Control::COUNT {
            place(0, Kind::Control, control);
        }
        let mut classes = classes;
        for number in 0..all.separators.len() {
            place(classes.byte(), Kind::Separator, number);
            classes.bytes();
        }
        let mut term = 0;
        for &descriptor in descriptors {
            let class = descriptor & LENGTH;
            if class != NO_FORM {
                let kind = Kind::ALL[usize::from(descriptor >> KIND_SHIFT & 7).min(5)];
                let weight = if descriptor & WEIGHTED != 0 {
                    WEIGHT_BIT
                } else {
                    0
                };
                let id = place(class, kind, term | weight as usize);
                let at = extras.len() - reader.rest().len();
                match kind {
                    Kind::Mixed => {
                        reader.varint();
                        reader.varint();
                    }
                    Kind::Literal => {
                        reader.str();
                    }
                    Kind::Separator => reader.fault(),
                    _ => {}
                }
                if weight != 0 {
                    reader.byte();
                }
                if at + reader.rest().len() < extras.len() {
                    all.places.push((id as u64) << 32 | at as u64);
                }
            }
            term += usize::from(descriptor & MORE == 0);
        }
        crate::order::sort(&mut all.places);
        all.forms.truncate(used);
        if term != terms || terms > NUMBER as usize || all.forms.contains(&u32::MAX) {
            reader.fault();
        }
        all
    }

    /// The forms of a block of texts, as they are written: words with their weights in 24ths or [`UNWEIGHTED`], and what
    /// stands between them; and the dictionary of their terms, of their parts and of these other terms. `term` tells what a word is
    /// a form of.
    ///
    /// # Errors
    /// None: a dictionary of sorted terms is sound.
    #[cfg(feature = "split")]
    pub(crate) fn of_written(
        written: &[(&str, Option<u8>)],
        term: &dyn Fn(&str) -> String,
        others: Vec<String>,
        letters: &Letters,
    ) -> Result<(Box<Terms<'a>>, Box<Self>), Error> {
        let mut listed = std::collections::BinaryHeap::from(others);
        let mut cases = Vec::with_capacity(written.len());
        for &(text, weight) in written {
            let mut of = String::new();
            let mut kind = Kind::Separator;
            if weight.is_none() {
                operators(text, &mut |operator| listed.push(operator.to_owned()));
            } else {
                of = term(text);
                let case = Case::of(text, &of, letters);
                if let Case::Mixed(capitals) = case {
                    parts(&of, capitals, &mut |part| listed.push(part.to_owned()));
                }
                kind = case.kind();
                listed.push(of.clone());
            }
            cases.push((of, kind));
        }
        let mut listed = listed.into_sorted_vec();
        listed.dedup();
        let terms = Terms::of_list(listed)?;
        let mut forms = Box::new(Forms {
            forms: Vec::with_capacity(written.len()),
            separators: Vec::new(),
            extras: &[],
            places: Vec::new(),
            written: (String::new(), vec![0; Control::COUNT]),
        });
        forms
            .forms
            .resize(Control::COUNT, (Kind::Control as u32) << KIND_BITS);
        for (&(text, weight), (of, kind)) in written.iter().zip(&cases) {
            let mut form = (*kind as u32) << KIND_BITS;
            if *kind != Kind::Separator {
                form |= terms.ordinal(of).map_or(0, |term| term.0);
            }
            if let Some(weight) = weight.filter(|&weight| weight != UNWEIGHTED) {
                let id = forms.forms.len() as u64;
                forms.places.push(id << 32 | u64::from(weight));
                form |= WEIGHT_BIT;
            }
            forms.forms.push(form);
            forms.written.0.push_str(text);
            let end = forms.written.0.len() as u32;
            forms.written.1.push(end);
        }
        Ok((terms, forms))
    }

    /// How a form of a block of texts is written.
    #[cfg(feature = "split")]
    fn written(&self, id: FormId) -> Option<&str> {
        let (text, ends) = &self.written;
        let place = id.0 as usize;
        let end = *ends.get(place)?;
        let start = place.checked_sub(1).map_or(0, |before| ends[before]);
        text.get(start as usize..end as usize)
    }

    #[cfg(not(feature = "split"))]
    fn written(&self, _: FormId) -> Option<&str> {
        None
    }

    /// What stands behind the descriptors of a form.
    fn extra(&self, id: FormId) -> Reader<'a> {
        let at = self.place(id).map_or(self.extras.len(), |at| at as usize);
        Reader::new(&self.extras[at..], "forms")
    }

    /// The number beside a form in `places`.
    fn place(&self, id: FormId) -> Option<u32> {
        let from = self
            .places
            .partition_point(|&key| key >> 32 < u64::from(id.0));
        let place = self.places.get(from);
        let place = place.filter(|&&key| key >> 32 == u64::from(id.0));
        place.map(|&key| second(key))
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
        is_weighted.then(|| self.known_weight(id))
    }

    #[inline(never)]
    fn known_weight(&self, id: FormId) -> u8 {
        if self.written(id).is_some() {
            return self.place(id).map_or(0, |weight| weight as u8);
        }
        let mut extra = self.extra(id);
        match self.kind(id) {
            Kind::Mixed => {
                extra.varint();
                extra.varint();
            }
            Kind::Literal => {
                extra.str();
            }
            _ => {}
        }
        extra.byte()
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

    /// Notes that terms stand inside of a form.
    pub(crate) fn has_parts(&mut self, id: FormId) {
        self.forms[id.0 as usize] |= PARTS_BIT;
    }

    /// Notes which forms belong to terms that begin pairs and that end them, and what divides words.
    pub(crate) fn note_pairs(&mut self, pairs: &[[u32; 4]], terms: usize) {
        let mut flags = vec![0; terms];
        for &[first, second, ..] in pairs {
            flags[first as usize] |= BEGINS_BIT;
            flags[second as usize] |= ENDS_BIT;
        }
        for number in 0..self.forms.len() {
            let id = FormId(number as u32);
            let divides = if has_space(self.separator(id)) {
                BEGINS_BIT
            } else {
                0
            };
            self.forms[number] |= match self.term(id) {
                Some(term) => flags[term.0 as usize],
                None => divides,
            };
        }
    }

    /// The term that a form is a spelling of; none for what stands between words.
    #[inline(always)]
    pub(crate) fn term(&self, id: FormId) -> Option<TermOrdinal> {
        self.entry(id).term()
    }

    /// Capitals of a form in mixed case, the lowest bit for the first letter; 0 for other forms.
    pub(crate) fn capitals(
        &self,
        id: FormId,
        #[cfg_attr(not(feature = "split"), expect(unused_variables))] terms: &Terms,
    ) -> u64 {
        if self.kind(id) != Kind::Mixed {
            return 0;
        }
        #[cfg(feature = "split")]
        if let Some(written) = self.written(id) {
            let mut term = String::new();
            terms.push_term(TermOrdinal(self.number(id) as u32), &mut term);
            return capitals(written, &term);
        }
        let mut extra = self.extra(id);
        let low = extra.varint();
        u64::from(extra.varint()) << 32 | u64::from(low)
    }

    /// Text of a separator; nothing for other forms.
    pub(crate) fn separator(&self, id: FormId) -> &str {
        if self.kind(id) == Kind::Separator {
            self.written(id)
                .unwrap_or_else(|| self.separators[self.number(id)])
        } else {
            ""
        }
    }

    /// Appends the form as it is written. Linear in its length times the branching of the dictionary.
    pub(crate) fn push_text(&self, id: FormId, terms: &Terms, letters: &Letters, out: &mut String) {
        if let Some(written) = self.written(id) {
            return out.push_str(written);
        }
        let number = self.number(id);
        match self.kind(id) {
            Kind::Control => {}
            Kind::Separator => out.push_str(self.separators[number]),
            Kind::Literal => out.push_str(self.extra(id).str()),
            kind => {
                let term = TermOrdinal(number as u32);
                if kind == Kind::Lower {
                    return terms.push_term(term, out);
                }
                let mut text = String::new();
                terms.push_term(term, &mut text);
                kind.write(&text, self.capitals(id, terms), letters, out);
            }
        }
    }
}

/// Bytes of the sections `Forms` and `Separators`, and the id of every form, given the length class of each.
///
/// `forms` lists each term's forms in the order of [`Case`], with their weights; `separators` are distinct.
#[cfg(feature = "write")]
pub(crate) fn encode<'f>(
    forms: impl Iterator<Item: ExactSizeIterator<Item = (&'f Case, Option<Weight>, u8)>>,
    separators: &[(&str, u8)],
    lengths: CodeLengths,
) -> (Vec<u8>, Vec<u8>, Vec<FormId>, Vec<FormId>) {
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
        let last = of_term.len();
        if last == 0 {
            descriptors.push(NO_FORM);
        }
        for (place, (case, weight, class)) in (1..).zip(of_term) {
            ids.push(take(class));
            let more = if place < last { MORE } else { 0 };
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
