//! Blocks of texts: some documents as they are written.
//!
//! A block holds what people wrote and lets the reader cut it into words once more, because compressed text is a tenth smaller
//! than compressed codes with a dictionary of their own. What a reader cannot tell from the text stands before it: the few
//! words whose term is not their lower case, which words make one with the word before, weights of words, anchors, and which
//! terms tell most about a document.
//!
//! The text is UTF-8; bytes that UTF-8 never has are the controls.

#[cfg(feature = "write")]
use std::sync::OnceLock;

use super::Reader;
#[cfg(feature = "write")]
use super::put_varint;
use crate::Error;
use crate::analysis::pieces;
use crate::cell::OnceCell;
use crate::list::ToList;
#[cfg(feature = "write")]
use crate::segment::TextBuilder;
#[cfg(feature = "write")]
use crate::segment::codec::put_str;
use crate::segment::{
    Control, DocId, FormId, Forms, Letters, Segment, Spellings, TermOrdinal, UNWEIGHTED, WIDE,
};
use crate::text::concat;

const SECTION: &str = "texts";
/// The byte of the first control; those of the others follow.
const CONTROL: u8 = 0xf8;

/// Documents that follow one another. They are read when somebody asks for the first of them.
pub(crate) struct Texts<'a> {
    bytes: &'a [u8],
    read: OnceCell<Option<Box<Documents>>>,
}

/// Documents as a segment of their own: its terms are numbered by themselves, and it has no posting lists.
pub(crate) struct Documents {
    pub segment: Segment<'static>,
    /// Anchors of the sections of each document.
    anchors: Vec<Vec<String>>,
    /// The terms that tell most about each document.
    telling: Vec<Vec<TermOrdinal>>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Texts {
            bytes,
            read: OnceCell::new(),
        }
    }

    /// The documents; none where the bytes are no block of texts. Linear in the bytes, the first time.
    pub(crate) fn documents(&self, letters: &Letters) -> Option<&Documents> {
        let read = self
            .read
            .get_or_init(|| Documents::decode(self.bytes, letters).ok().map(Box::new));
        read.as_deref()
    }
}

impl Documents {
    /// Linear in the bytes.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub(crate) fn decode(bytes: &[u8], letters: &Letters) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        // The dictionary: a host has used it by now.
        reader.varint();
        let documents = reader.count();
        let (mut anchors, mut telling) = (Vec::new(), Vec::new());
        for _ in 0..documents {
            let count = reader.count();
            anchors.push((0..count).map(|_| reader.str().to_owned()).list());
            let (mut terms, mut last) = (Vec::new(), 0u32);
            for _ in 0..reader.count() {
                last = last.saturating_add(reader.varint());
                terms.push(TermOrdinal(last));
            }
            telling.push(terms);
        }
        let others = reader.pairs();
        let count = reader.count();
        let mut marked = reader.numbers(count, usize::MAX).into_iter();
        let mut weights = Vec::new();
        for _ in 0..reader.count() {
            weights.push([reader.varint(), reader.varint(), u32::from(reader.byte())]);
        }
        let text = reader.bytes();
        let mut written = Written::default();
        let mut ends = Vec::new();
        let (mut words, mut runs) = (0, weights.iter());
        let (mut run, mut run_end, mut weight) = (0u32, 0u32, 0);
        // Words that make one with the word before.
        let (mut mark, mut before, mut pairs) = (marked.next(), 0, Vec::new());
        let mut start = 0;
        for (at, &byte) in text.iter().enumerate() {
            if byte < CONTROL {
                continue;
            }
            let Ok(part) = core::str::from_utf8(&text[start..at]) else {
                reader.fault();
                break;
            };
            pieces(part, &mut |_, piece, kind| {
                if kind.is_none() {
                    written.push(piece, None);
                    return;
                }
                // Words between runs are whole.
                while words == run_end
                    && let Some(&[skipped, length, steps]) = runs.next()
                {
                    run = run_end.saturating_add(skipped);
                    run_end = run.saturating_add(length);
                    weight = steps as u8;
                }
                let is_weighted = run <= words && words < run_end;
                let form = written.push(piece, Some(if is_weighted { weight } else { UNWEIGHTED }));
                if mark == Some(words) {
                    pairs.push([before, form]);
                    mark = marked.next().map(|distance| distance.saturating_add(words));
                }
                before = form;
                words += 1;
            });
            start = at + 1;
            let form = FormId(u32::from(byte - CONTROL));
            let Some(control) = Control::from_id(form) else {
                reader.fault();
                break;
            };
            WIDE.write(form, &mut written.stream);
            if control == Control::End {
                ends.push(written.stream.len() as u32);
            }
        }
        if start != text.len() || ends.len() != documents {
            reader.fault();
        }
        reader.end()?;

        let term = |form: &str| {
            let place = others.partition_point(|other| other.0 < form);
            match others.get(place) {
                Some(other) if other.0 == form => other.1.to_owned(),
                _ => letters.lower(form),
            }
        };
        let form_term = |form: usize| term(written.forms[form].0);
        let joined = pairs.iter().map(|pair| {
            let [one, other] = pair.map(form_term);
            concat(&[&one, &other])
        });
        let (terms, forms) = Forms::of_written(&written.forms, &term, joined.list(), letters)?;
        let mut numbered = Vec::new();
        for pair in &pairs {
            let [one, other] = pair.map(form_term);
            let all = [&*one, &*other, &*concat(&[&one, &other]), ""];
            numbered.push(all.map(|term| terms.ordinal(term).map_or(0, |term| term.0)));
        }
        let spellings = Box::new(Spellings::of(numbered, Vec::new()));
        let stream = (written.stream.into(), ends);
        let segment = Segment::of_texts(terms, forms, spellings, WIDE, stream, letters)?;
        Ok(Documents {
            segment,
            anchors,
            telling,
        })
    }

    /// The terms that tell most about a document, by their numbers here.
    pub(crate) fn telling(&self, document: DocId) -> &[TermOrdinal] {
        let terms = self.telling.get(document.0 as usize);
        terms.map_or(&[], Vec::as_slice)
    }

    /// Number of the documents.
    pub(crate) fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Anchors of the sections of a document, by its number in the block.
    pub(crate) fn anchors(&self, document: DocId) -> &[String] {
        self.anchors
            .get(document.0 as usize)
            .map_or(&[], Vec::as_slice)
    }
}

/// A text as codes of what it is made of.
#[derive(Default)]
struct Written<'a> {
    /// What each code stands for, without the controls: words with their weights in 24ths or [`UNWEIGHTED`], and what separates
    /// them.
    forms: Vec<(&'a str, Option<u8>)>,
    /// A hash table of their numbers, counted from 1; its length is a power of two.
    slots: Vec<u32>,
    stream: Vec<u8>,
}

impl<'a> Written<'a> {
    /// Appends a piece; its place among the forms.
    fn push(&mut self, piece: &'a str, weight: Option<u8>) -> usize {
        if 2 * self.forms.len() >= self.slots.len() {
            self.slots = vec![0; 4 * self.forms.len().next_power_of_two()];
            for number in 0..self.forms.len() {
                let slot = self.slot(self.forms[number]);
                self.slots[slot] = number as u32 + 1;
            }
        }
        let slot = self.slot((piece, weight));
        if self.slots[slot] == 0 {
            self.forms.push((piece, weight));
            self.slots[slot] = self.forms.len() as u32;
        }
        let form = self.slots[slot] - 1;
        WIDE.write(FormId(form + Control::COUNT as u32), &mut self.stream);
        form as usize
    }

    /// Where the number of a form stands, or will stand.
    fn slot(&self, form: (&str, Option<u8>)) -> usize {
        // FNV-1a (Fowler, Noll, Vo).
        let mut hash = 0x811c_9dc5u32 ^ u32::from(form.1.unwrap_or(0));
        for byte in form.0.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        let mut slot = (hash ^ hash >> 15) as usize;
        loop {
            slot &= self.slots.len() - 1;
            match self.slots[slot] {
                0 => return slot,
                number if self.forms[number as usize - 1] == form => return slot,
                _ => slot += 1,
            }
        }
    }
}

/// Writes documents of a segment into blocks.
#[cfg(feature = "write")]
pub(crate) struct TextsWriter {
    /// Of each form, whether its term is its lower case, so that the reader need not be told. It is found out for those that are
    /// written.
    is_lower: Vec<OnceLock<bool>>,
}

#[cfg(feature = "write")]
impl TextsWriter {
    /// Of a segment. Linear in the number of forms.
    pub(crate) fn new(segment: &Segment) -> Self {
        TextsWriter {
            is_lower: vec![OnceLock::new(); segment.form_count()],
        }
    }

    /// Bytes of the documents from one number up to another of the segment, with the anchors of their sections and the terms that
    /// tell most about them. `dictionary` is the hash of what they will be compressed with: with another one, the file has another
    /// name.
    pub(crate) fn block(
        &self,
        (segment, letters): (&Segment, &Letters),
        documents: core::ops::Range<u32>,
        dictionary: u32,
        anchors: &[Vec<&str>],
        telling: &[Vec<TermOrdinal>],
    ) -> Vec<u8> {
        use crate::segment::Token;
        use std::collections::{BTreeMap, BTreeSet};

        // A form as it is written, and its term.
        let spelled = |form: FormId, term: TermOrdinal| {
            let [mut written, mut meant] = [const { String::new() }; 2];
            segment.push_written(form, letters, &mut written);
            segment.terms.push_term(term, &mut meant);
            [written, meant]
        };
        let mut forms: Vec<FormId> = Vec::new();
        let mut terms: Vec<TermOrdinal> = Vec::new();
        let mut pairs: BTreeSet<[TermOrdinal; 2]> = BTreeSet::new();
        let mut marked: Vec<u32> = Vec::new();
        let mut weights: Vec<[u32; 3]> = Vec::new();
        let mut text = Vec::new();
        let (mut words, mut weighted_end) = (0, 0);
        for document in documents.map(DocId) {
            let mut part = TextBuilder::default();
            let mut before = None;
            let end = Token::Control(Control::End);
            for token in segment.tokens(document).chain([end]) {
                segment.push_token(token, letters, &mut part);
                match token {
                    Token::Word(form, term) => {
                        forms.push(form);
                        if let Some(before) = before
                            && let Some(joined) = segment.spellings.joined(before, term)
                        {
                            if pairs.insert([before, term]) {
                                marked.push(words);
                            }
                            terms.push(joined);
                        }
                        before = Some(term);
                        if let Some(weight) = segment.steps(form) {
                            match weights.last_mut() {
                                Some([_, length, last])
                                    if weighted_end == words && *last == u32::from(weight) =>
                                {
                                    *length += 1;
                                }
                                _ => weights.push([words - weighted_end, 1, u32::from(weight)]),
                            }
                            weighted_end = words + 1;
                        }
                        words += 1;
                    }
                    Token::Separator(form) => forms.push(form),
                    Token::Control(control) => {
                        text.extend(core::mem::take(&mut part).text.into_bytes());
                        text.push(CONTROL + control as u8);
                        before = None;
                    }
                }
            }
        }

        // What is the same wherever a form stands is looked up once for each.
        forms.sort_unstable_by_key(|form| form.0);
        forms.dedup();
        let mut others: BTreeMap<String, String> = BTreeMap::new();
        for form in forms {
            terms.extend(segment.parts(form));
            let Some(term) = segment.term(form) else {
                continue;
            };
            terms.push(term);
            let is_lower = self.is_lower[form.0 as usize].get_or_init(|| {
                let [written, meant] = spelled(form, term);
                letters.lower(&written) == meant
            });
            if !is_lower {
                let [written, meant] = spelled(form, term);
                others.insert(written, meant);
            }
        }
        terms.sort_unstable();
        terms.dedup();

        let mut out = Vec::new();
        put_varint(&mut out, dictionary);
        put_varint(&mut out, anchors.len() as u32);
        for (anchors, telling) in anchors.iter().zip(telling) {
            put_varint(&mut out, anchors.len() as u32);
            anchors.iter().for_each(|anchor| put_str(&mut out, anchor));
            let numbers = telling
                .iter()
                .filter_map(|term| terms.binary_search(term).ok());
            let mut local: Vec<u32> = numbers.map(|number| number as u32).collect();
            local.sort_unstable();
            put_ascending(&mut out, &local);
        }
        put_varint(&mut out, others.len() as u32);
        for (form, term) in &others {
            put_str(&mut out, form);
            put_str(&mut out, term);
        }
        put_ascending(&mut out, &marked);
        put_varint(&mut out, weights.len() as u32);
        for [skipped, length, steps] in weights {
            put_varint(&mut out, skipped);
            put_varint(&mut out, length);
            out.push(steps as u8);
        }
        put_varint(&mut out, text.len() as u32);
        out.extend(text);
        out
    }
}

/// How many numbers there are, and the distance of each to the one before.
#[cfg(feature = "write")]
fn put_ascending(out: &mut Vec<u8>, numbers: &[u32]) {
    put_varint(out, numbers.len() as u32);
    let mut last = 0;
    for &number in numbers {
        put_varint(out, number - last);
        last = number;
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::segment::Token;
    use crate::{Document, Index, IndexWriter, Section, Weight};

    /// Words and signs of which the reader has to be told something, or has to find it out.
    const PIECES: [&str; 30] = [
        "e",
        "mail",
        "email",
        " ",
        " ",
        " ",
        "-",
        "getUserName",
        "HTMLElement",
        "CAFÉ",
        "Cafe\u{301}",
        "İstanbul",
        "straße",
        "STRASSE",
        "ﬁle",
        "北京",
        "❤\u{fe0f}",
        " ->> ",
        " :: ",
        "\n",
        "don",
        "'",
        "t",
        "Don",
        "\0",
        "",
        "\u{10ffff}",
        "Öl",
        "öl",
        "3.11",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|of| of.concat())
    }

    fn document() -> impl Strategy<Value = Document> {
        (text(), text(), text(), 0usize..40, 0u8..=240).prop_map(
            |(title, heading, text, at, steps)| {
                let at = text.floor_char_boundary(at);
                Document {
                    title,
                    sections: vec![Section {
                        weights: vec![(at..text.len(), Weight::of_steps(steps))],
                        heading,
                        text,
                        anchor: "there".to_owned(),
                        ..Section::default()
                    }],
                    ..Document::default()
                }
            },
        )
    }

    /// All that is known of what a document is made of.
    fn told(segment: &Segment, letters: &Letters, document: DocId) -> Vec<String> {
        let term = |of: TermOrdinal| {
            let mut text = String::new();
            segment.terms.push_term(of, &mut text);
            text
        };
        let mut before = None;
        let tokens = segment.tokens(document);
        let told = tokens.map(|token| match token {
            Token::Control(control) => {
                before = None;
                format!("{control:?}")
            }
            Token::Separator(form) => {
                let parts = segment.parts(form).iter().map(|&part| term(part));
                let parts: Vec<String> = parts.collect();
                let divides = segment.divides(form);
                format!("{:?} {parts:?} {divides}", segment.separator(form))
            }
            Token::Word(form, of) => {
                let mut written = String::new();
                segment.push_written(form, letters, &mut written);
                let parts = segment.parts(form).iter().map(|&part| term(part));
                let parts: Vec<String> = parts.collect();
                let joined = before.and_then(|before| segment.spellings.joined(before, of));
                before = Some(of);
                let weight = segment.quarters(form);
                format!(
                    "{written} {} {parts:?} {:?} {weight}",
                    term(of),
                    joined.map(term)
                )
            }
        });
        told.collect()
    }

    proptest! {
        #[test]
        fn documents_are_in_a_block_what_they_are_in_an_index(documents in prop::collection::vec(document(), 1..5)) {
            let mut writer = IndexWriter::new();
            for (number, document) in documents.iter().enumerate() {
                writer.add(Document { id: number.to_string(), ..document.clone() });
            }
            let bytes = writer.finish().unwrap();
            let index = Index::open(&bytes).unwrap();
            let count = documents.len();
            let all = 0..count as u32;
            let writer = TextsWriter::new(&index.segment);
            let of = (&*index.segment, &*index.letters);
            let bytes = writer.block(of, all.clone(), 7, &vec![vec!["there"]; count], &vec![vec![]; count]);
            let block = Documents::decode(&bytes, &index.letters).unwrap();
            prop_assert_eq!(block.len(), count);
            for document in all.map(DocId) {
                prop_assert_eq!(block.anchors(document), ["there"]);
                let expected = told(&index.segment, &index.letters, document);
                prop_assert_eq!(told(&block.segment, &index.letters, document), expected);
                prop_assert_eq!(block.segment.title(document, &index.letters), index.title(document));
            }
            for end in 0..bytes.len() {
                prop_assert!(Documents::decode(&bytes[..end], &index.letters).is_err());
            }
        }

        #[test]
        fn bytes_of_anybody_are_no_panic(bytes: Vec<u8>) {
            let letters = Letters::default();
            if let Ok(block) = Documents::decode(&bytes, &letters) {
                for document in (0..block.len() as u32).map(DocId) {
                    told(&block.segment, &letters, document);
                }
            }
        }
    }
}
