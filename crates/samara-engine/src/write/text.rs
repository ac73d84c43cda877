//! The corpus as numbers of words and separators.

use std::hash::BuildHasher;
use std::ops::Range;

use compact_str::CompactString;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::coded::CodedText;
use super::codes::{Code, Codes, Piece, put};
use super::cores::{cores, each_on_a_core};
use super::numbers::section_number;
use crate::analysis::{Kind, pieces};
use crate::segment::Control;
use crate::{Document, Section, Weight};

/// What the number of a section counts in a title: as much as a word of the text.
const NUMBER_IN_TITLE: Weight = Weight::THIRD;

/// A word or separator of the corpus.
#[derive(Default)]
pub(super) struct Entry {
    pub text: CompactString,
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

    fn occurs_in(&mut self, language: u16, times: u64) {
        let first = Some(&mut self.first).filter(|(of, _)| *of == language);
        let mut known = first.into_iter().chain(&mut self.others);
        match known.find(|(of, _)| *of == language) {
            Some((_, count)) => *count += times,
            None => self.others.push((language, times)),
        }
    }

    /// Whether it has this text and this weight.
    fn is(&self, text: &str, weight: Option<Weight>) -> bool {
        *self.text == *text && self.weight == weight
    }

    /// Adds where else it occurs.
    fn merge(&mut self, other: &Entry) {
        self.count += other.count;
        for (language, count) in other.languages() {
            self.occurs_in(language, count);
        }
    }
}

/// The corpus as numbers of words and separators.
pub(super) struct CodedCorpus {
    /// In the order in which they come first.
    pub entries: Vec<Entry>,
    pub codes: Codes,
    pub controls: u64,
    pub words: u32,
    /// Languages by their numbers, and the bytes of text in each. The first has no name.
    pub languages: Vec<(String, usize)>,
}

/// Takes the texts of one document after the other, keeps none of them for long, and makes a [`CodedCorpus`] of them.
#[derive(Default)]
pub(super) struct TextWriter {
    waiting: Vec<Waiting>,
    /// Bytes of what waits.
    size: usize,
    coders: Vec<Coder>,
    pieces: Vec<Piece>,
    /// Documents that were coded.
    coded: u32,
    languages: Vec<(String, usize)>,
    /// Whether documents are kept as they were coded, and those that nobody took yet, with their numbers.
    keeps: bool,
    kept: Vec<(u32, CodedText)>,
}

/// A document that waits to be coded.
struct Waiting {
    /// Bytes of its text.
    size: usize,
    language: u16,
    text: Text,
}

enum Text {
    New(New),
    /// Another build has coded it.
    Coded(CodedText),
}

/// What is coded of a document.
struct New {
    title: String,
    sections: Vec<Section>,
    fields: String,
    /// Where it is kept: bytes of the document's text, and its anchors as the catalog has them.
    keep: Option<(usize, Vec<u8>)>,
}

/// Bytes of text that wait until several cores code them at once.
const BATCH: usize = if cfg!(test) { 1 << 12 } else { 1 << 22 };
/// Bytes of text that are worth a core.
const SHARE: usize = BATCH / 64;
/// Coders at work at once: each has a dictionary of its own, which takes memory.
const MOST_CODERS: usize = 4;

impl TextWriter {
    /// Keeps documents as they are coded.
    pub fn keep(&mut self) {
        self.keeps = true;
    }

    /// The numbers of documents, and what was kept of them since they were asked for last.
    pub fn kept(&mut self) -> Vec<(u32, CodedText)> {
        std::mem::take(&mut self.kept)
    }

    /// Takes the text of a document, the words of its fields and its anchors.
    pub fn add(&mut self, document: &mut Document, fields: String, anchors: &[u8]) {
        let length = document.length();
        let sections = std::mem::take(&mut document.sections);
        let written = sections.iter();
        let written = written.map(|of| of.heading.len() + of.anchor.len() + of.text.len());
        let size = document.title.len() + fields.len() + written.sum::<usize>();
        let text = Text::New(New {
            title: document.title.clone(),
            sections,
            fields,
            keep: self.keeps.then(|| (length, anchors.to_vec())),
        });
        self.wait(document, size, length, text);
    }

    /// Takes a document that another build has coded.
    pub fn add_coded(&mut self, document: &Document, text: CodedText) {
        let length = text.length();
        self.wait(document, text.bytes().len(), length, Text::Coded(text));
    }

    fn wait(&mut self, document: &Document, size: usize, length: usize, text: Text) {
        let language = self.language(document.language.as_deref(), length);
        self.size += size;
        self.waiting.push(Waiting {
            size,
            language,
            text,
        });
        if self.size > BATCH {
            self.code(cores().min(MOST_CODERS));
        }
    }

    /// Codes what waits, as many cores as are worth it.
    pub fn code_all(&mut self) {
        self.code((self.size / SHARE).clamp(1, cores().min(MOST_CODERS)));
    }

    /// What was coded. Linear in the different words and separators, but for sorting them.
    pub fn finish(mut self) -> CodedCorpus {
        self.code_all();
        let controls = self.coders.iter().map(|coder| coder.controls).sum();
        let words = self.coders.iter().map(|coder| coder.words).sum();
        let (entries, numbers) = merged(self.coders);
        CodedCorpus {
            entries,
            codes: Codes {
                pieces: self.pieces,
                numbers,
            },
            controls,
            words,
            languages: self.languages,
        }
    }

    /// Number of the language of a document, to which its bytes are added.
    fn language(&mut self, name: Option<&str>, length: usize) -> u16 {
        let name = name.unwrap_or_default();
        if self.languages.is_empty() {
            self.languages.push((String::new(), 0));
        }
        let known = self.languages.iter().position(|(known, _)| known == name);
        let number = known.unwrap_or_else(|| {
            self.languages.push((name.to_owned(), 0));
            self.languages.len() - 1
        });
        self.languages[number].1 += length;
        // There are fewer languages than that.
        u16::try_from(number).unwrap_or(0)
    }

    /// Codes what waits, each of so many coders about as much of it.
    fn code(&mut self, coders: usize) {
        let share = self.size.div_ceil(coders).max(1);
        let mut shares: Vec<(u32, Vec<Waiting>)> = Vec::new();
        let mut left = 0;
        for waiting in std::mem::take(&mut self.waiting) {
            if shares.is_empty() || left == 0 && shares.len() < coders {
                shares.push((self.coded, Vec::new()));
                left = share;
            }
            left = left.saturating_sub(waiting.size);
            self.coded += 1;
            if let Some((_, documents)) = shares.last_mut() {
                documents.push(waiting);
            }
        }
        self.size = 0;
        let missing = shares.len().saturating_sub(self.coders.len());
        self.coders.extend((0..missing).map(|_| Coder::default()));
        let work = self.coders.iter_mut().zip(shares).collect();
        let coded = each_on_a_core(work, |(coder, (first, documents))| {
            coder.code(first, &documents)
        });
        for (coder, (pieces, kept)) in coded.into_iter().enumerate() {
            self.kept.extend(kept);
            let pieces = pieces.into_iter();
            self.pieces
                .extend(pieces.map(|codes| Piece { coder, codes }));
        }
    }
}

/// Makes codes of texts, with numbers of its own for words and separators.
#[derive(Default)]
struct Coder {
    entries: Vec<Entry>,
    /// In which document each of them came first.
    first: Vec<u32>,
    /// Numbers of the entries, by their texts and weights. Every word is looked up here, so it matters how fast they are hashed.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
    document: u32,
    /// The codes of the document, where it is kept, and documents that are kept so.
    own: Option<Vec<Code>>,
    kept: Vec<(u32, CodedText)>,
    pieces: Vec<Vec<u8>>,
    controls: u64,
    words: u32,
}

impl Coder {
    /// Codes documents that follow one another, the first of which has this number; with those that are kept.
    fn code(&mut self, first: u32, documents: &[Waiting]) -> (Vec<Vec<u8>>, Vec<(u32, CodedText)>) {
        for (number, document) in (first..).zip(documents) {
            self.document = number;
            match &document.text {
                Text::New(new) => self.add(new, document.language),
                Text::Coded(text) => self.add_coded(text, document.language),
            }
        }
        let mut pieces = std::mem::take(&mut self.pieces);
        if let Some(last) = pieces.last_mut() {
            last.shrink_to_fit();
        }
        (pieces, std::mem::take(&mut self.kept))
    }

    fn add(&mut self, document: &New, language: u16) {
        self.own = document.keep.as_ref().map(|_| Vec::new());
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
        if !document.fields.is_empty() {
            self.control(Control::Fields);
            self.add_text(&document.fields, language, &[]);
        }
        self.control(Control::End);
        if let (Some((length, anchors)), Some(own)) = (&document.keep, self.own.take()) {
            let text = CodedText::of(*length, anchors, &own, &self.entries);
            self.kept.push((self.document, text));
        }
    }

    /// Adds a document that another build has coded. Linear in its codes.
    fn add_coded(&mut self, text: &CodedText, language: u16) {
        // It was whole when it was opened.
        let Some(parts) = text.parts() else { return };
        let pieces = parts.pieces.iter();
        let numbers: Vec<u32> = pieces
            .map(|piece| {
                let number = self.number(piece.text, piece.kind, piece.weight, language);
                let entry = &mut self.entries[number as usize];
                entry.count += u64::from(piece.count);
                entry.occurs_in(language, u64::from(piece.count));
                if piece.kind.is_some() {
                    self.words += piece.count;
                }
                number
            })
            .collect();
        parts.codes(|code| match code {
            Code::Control(control) => self.control(control),
            Code::Entry(own) => self.put(Code::Entry(numbers[own as usize])),
        });
    }

    fn control(&mut self, control: Control) {
        self.put(Code::Control(control));
        self.controls += 1;
    }

    fn put(&mut self, code: Code) {
        put(&mut self.pieces, code);
        if let Some(own) = &mut self.own {
            own.push(code);
        }
    }

    /// The number of a word or separator, which may be new.
    fn number(
        &mut self,
        text: &str,
        kind: Option<Kind>,
        weight: Option<Weight>,
        language: u16,
    ) -> u32 {
        let (entries, hasher) = (&mut self.entries, &self.hasher);
        let hash = hashed(hasher, text, weight);
        let is_same = |&number: &u32| entries[number as usize].is(text, weight);
        if let Some(&number) = self.numbers.find(hash, is_same) {
            return number;
        }
        let number = entries.len() as u32;
        self.first.push(self.document);
        entries.push(Entry {
            text: text.into(),
            kind,
            weight,
            count: 0,
            first: (language, 0),
            others: Vec::new(),
        });
        self.numbers.insert_unique(hash, number, |&number: &u32| {
            let entry = &entries[number as usize];
            hashed(hasher, &entry.text, entry.weight)
        });
        number
    }

    fn push(&mut self, text: &str, kind: Option<Kind>, weight: Option<Weight>, language: u16) {
        let number = self.number(text, kind, weight, language);
        let entry = &mut self.entries[number as usize];
        entry.count += 1;
        entry.occurs_in(language, 1);
        self.put(Code::Entry(number));
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

/// The entries of all coders in the order in which they come first in the corpus, and for each coder the numbers that its own
/// have among them.
fn merged(coders: Vec<Coder>) -> (Vec<Entry>, Vec<Vec<u32>>) {
    let mut numbers: Vec<Vec<u32>> = Vec::new();
    let mut of_coders: Vec<_> = coders
        .into_iter()
        .map(|coder| (coder.first, coder.entries))
        .collect();
    if let [(_, entries)] = &mut of_coders[..] {
        // Without others each is new.
        let own = (0..entries.len() as u32).collect();
        return (std::mem::take(entries), vec![own]);
    }
    // A document is coded by one coder, which numbers what is new in the order in which it comes.
    let mut order: Vec<(u32, u32, u32)> = Vec::new();
    for (coder, (first, entries)) in (0..).zip(&of_coders) {
        numbers.push(vec![0; entries.len()]);
        order.extend(
            first
                .iter()
                .zip(0..)
                .map(|(&first, number)| (first, coder, number)),
        );
    }
    order.sort_unstable();
    let mut entries: Vec<Entry> = Vec::with_capacity(order.len() / 2);
    let mut known: HashTable<u32> = HashTable::new();
    let hasher = DefaultHashBuilder::default();
    for (_, coder, number) in order {
        let entry = &mut of_coders[coder as usize].1[number as usize];
        let hash = hashed(&hasher, &entry.text, entry.weight);
        let same = known.find(hash, |&place| {
            entries[place as usize].is(&entry.text, entry.weight)
        });
        let place = match same {
            Some(&place) => {
                entries[place as usize].merge(entry);
                place
            }
            None => {
                let place = entries.len() as u32;
                entries.push(std::mem::take(entry));
                known.insert_unique(hash, place, |&place| {
                    let entry = &entries[place as usize];
                    hashed(&hasher, &entry.text, entry.weight)
                });
                place
            }
        };
        numbers[coder as usize][number as usize] = place;
    }
    (entries, numbers)
}

/// The hash of an entry with this text and this weight.
fn hashed(hasher: &DefaultHashBuilder, text: &str, weight: Option<Weight>) -> u64 {
    hasher.hash_one(text) ^ weight.map_or(0, |weight| u64::from(weight.steps()) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a corpus comes to where so many coders share its batches.
    fn coded(documents: &[Document], coders: usize) -> CodedCorpus {
        let mut writer = TextWriter::default();
        for (number, document) in documents.iter().enumerate() {
            writer.add(&mut document.clone(), format!("field{}", number % 3), &[]);
            if number % 5 == 0 {
                writer.code(coders);
            }
        }
        writer.code(coders);
        writer.finish()
    }

    #[test]
    fn however_many_code_it_comes_to_the_same() {
        let words = [
            "wheat", "rye", "Rye", "e-mail", "mill", "…", "no 12", "oats",
        ];
        let document = |number: usize| {
            let word = |place: usize| words[(number * 7 + place * place + place / 3) % words.len()];
            let text: Vec<String> = (0..number % 40)
                .map(|place| format!("{}{}", word(place), (number * place) % 50))
                .collect();
            let weight = Weight::HALF;
            Document {
                id: number.to_string(),
                title: word(number).to_owned(),
                language: (!number.is_multiple_of(4))
                    .then(|| ["en", "de", "fr"][number % 3].to_owned()),
                sections: vec![Section {
                    text: text.join(" "),
                    // Words that have no weight where another coder meets them first.
                    weights: (number % 3 == 1)
                        .then_some((0..4, weight))
                        .into_iter()
                        .collect(),
                    ..Section::default()
                }],
                ..Document::default()
            }
        };
        let documents: Vec<Document> = (0..150).map(document).collect();
        let one = coded(&documents, 1);
        let all = |text: &CodedCorpus| text.codes.iter().collect::<Vec<_>>();
        for coders in [2, 3, 7] {
            let several = coded(&documents, coders);
            assert_eq!(all(&several), all(&one), "{coders}");
            assert_eq!((several.controls, several.words), (one.controls, one.words));
            assert_eq!(several.entries.len(), one.entries.len());
            for (entry, expected) in several.entries.iter().zip(&one.entries) {
                let of = |entry: &Entry| {
                    let mut languages: Vec<_> = entry.languages().collect();
                    languages.sort_unstable();
                    (
                        entry.text.clone(),
                        entry.kind,
                        entry.weight,
                        entry.count,
                        languages,
                    )
                };
                assert_eq!(of(entry), of(expected));
            }
        }
    }
}
