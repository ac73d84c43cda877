//! The corpus as numbers of words and separators.

use std::ops::Range;

use super::coded::Parts;
use super::codes::{Aside, Code, Codes, KNOWN, Piece, Pieces, each_of_text};
use super::cores::{cores, each_on_a_core};
use super::lexicon::{Entry, Lexicon};
use super::numbers::section_number;
use super::scratch::Room;
use crate::analysis::{Kind, pieces};
use crate::segment::Control;
use crate::{Document, Error, Section, Weight};

/// What the number of a section counts in a title: as much as a word of the text.
const NUMBER_IN_TITLE: Weight = Weight::THIRD;

/// The corpus as numbers of words and separators.
pub(super) struct CodedCorpus {
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
    /// Number of documents.
    documents: u32,
    waiting: Vec<Waiting>,
    /// Bytes of what waits.
    size: usize,
    coders: Vec<Coder>,
    /// Words that a build before has numbered, and documents that it has coded.
    known: Known,
    /// Bytes of the codes of documents that were added since pieces of them were put.
    size_known: usize,
    /// Codes of documents, by the numbers of one coder each, in any order.
    pieces: Vec<Piece>,
    aside: Aside,
    languages: Vec<(String, usize)>,
}

/// A document that waits to be coded.
struct Waiting {
    number: u32,
    /// Bytes of what is coded.
    size: usize,
    language: u16,
    title: String,
    sections: Vec<Section>,
    fields: String,
}

/// Bytes of text that wait until several cores code them at once.
const BATCH: usize = if cfg!(test) { 1 << 12 } else { 1 << 22 };
/// Bytes of text that are worth a core.
const SHARE: usize = BATCH / 64;
/// Coders at work at once: each has a dictionary of its own, which takes memory.
const MOST_CODERS: usize = 4;
/// Languages for each of which there is a row of counts, of all known words. Of others, words are counted one by one, which is slower
/// and takes no memory.
const MOST_COUNTED: u16 = 8;
/// Of so many times as many words as are used, the numbers are given anew.
const MOST_UNUSED: usize = 2;

impl TextWriter {
    /// Goes on with these words, before any document is added.
    pub fn know(&mut self, lexicon: Lexicon) {
        self.known.lexicon = lexicon;
    }

    /// Lays aside what does not fit into this room, before any document is added.
    pub fn lay_aside(&mut self, room: Room) {
        self.aside = Aside::within(room);
    }

    /// Takes the text of a document and the words of its fields.
    pub fn add(&mut self, document: &mut Document, fields: String) {
        let language = self.language(document.language.as_deref(), document.length());
        let sections = std::mem::take(&mut document.sections);
        let written = sections.iter();
        let written = written.map(|of| of.heading.len() + of.anchor.len() + of.text.len());
        let size = document.title.len() + fields.len() + written.sum::<usize>();
        self.size += size;
        self.waiting.push(Waiting {
            number: self.documents,
            size,
            language,
            title: document.title.clone(),
            sections,
            fields,
        });
        self.documents += 1;
        if self.size > BATCH {
            self.code(cores().min(MOST_CODERS));
        }
    }

    /// Takes a document that another build has coded. Linear in its codes.
    pub fn add_coded(&mut self, document: &Document, parts: Parts) {
        let language = self.language(document.language.as_deref(), parts.length);
        self.known.add(self.documents, parts.codes, language);
        self.documents += 1;
        self.size_known += parts.codes.len();
        if self.size_known > BATCH {
            self.size_known = 0;
            let pieces = self.known.pieces.take(KNOWN);
            self.put(pieces);
        }
    }

    fn put(&mut self, mut pieces: Vec<Piece>) {
        self.aside.put(&mut pieces);
        self.pieces.extend(pieces);
    }

    /// All that was added in codes by the numbers of one lexicon. Where few of its words are used any longer, or where that is asked
    /// for, it is made `anew`, with other numbers. Linear in the different words.
    pub fn close(mut self, anew: bool) -> ClosedText {
        self.code((self.size / SHARE).clamp(1, cores().min(MOST_CODERS)));
        let Known {
            mut lexicon,
            counts,
            mut pieces,
            mut controls,
        } = self.known;
        let known = lexicon.len();
        for (language, counts) in (0..).zip(counts) {
            lexicon.count(language, counts);
        }
        self.pieces.extend(pieces.take(KNOWN));
        self.pieces.sort_by_key(|piece| piece.first);
        let mut numbers: Vec<Vec<u32>> = vec![(0..known as u32).collect()];
        for coder in self.coders {
            numbers.push(lexicon.merge(coder.lexicon));
            controls += coder.controls;
        }
        let used = lexicon.entries.iter().filter(|entry| entry.count > 0);
        let anew = anew || lexicon.len() > MOST_UNUSED * used.count();
        let mut closed = ClosedText {
            lexicon,
            known: if anew { 0 } else { known },
            codes: Codes {
                pieces: self.pieces,
                numbers,
                aside: self.aside,
            },
            controls,
            languages: self.languages,
            is_anew: anew,
        };
        if anew {
            closed.forget();
        }
        closed
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
        let mut shares: Vec<Vec<Waiting>> = Vec::new();
        let mut left = 0;
        for waiting in std::mem::take(&mut self.waiting) {
            if shares.is_empty() || left == 0 && shares.len() < coders {
                shares.push(Vec::new());
                left = share;
            }
            left = left.saturating_sub(waiting.size);
            if let Some(documents) = shares.last_mut() {
                documents.push(waiting);
            }
        }
        self.size = 0;
        let missing = shares.len().saturating_sub(self.coders.len());
        self.coders.extend((0..missing).map(|_| Coder::default()));
        let work = (KNOWN + 1..).zip(&mut self.coders).zip(shares).collect();
        let coded = each_on_a_core(work, |((number, coder), documents)| {
            documents.iter().for_each(|document| coder.add(document));
            coder.pieces.take(number)
        });
        self.put(coded.into_iter().flatten().collect());
    }
}

/// Documents in codes by the numbers of a lexicon from a build before.
#[derive(Default)]
struct Known {
    lexicon: Lexicon,
    /// How often each of them occurs in each of the first languages, by the language's number.
    counts: Vec<Vec<u32>>,
    pieces: Pieces,
    controls: u64,
}

impl Known {
    /// Takes the codes of a document. Those of no whole text, or in words that are not known, are none.
    fn add(&mut self, document: u32, codes: &[u8], language: u16) {
        let Lexicon { entries, .. } = &mut self.lexicon;
        let is_counted = language < MOST_COUNTED;
        if is_counted && self.counts.len() <= usize::from(language) {
            self.counts.resize(usize::from(language) + 1, Vec::new());
        }
        let mut counts = self.counts.get_mut(usize::from(language));
        if let Some(counts) = &mut counts {
            counts.resize(entries.len(), 0);
        }
        let words = entries.len();
        let controls = &mut self.controls;
        let is_whole = each_of_text(codes, words, |code| match (code, &mut counts) {
            (Code::Control(_), _) => *controls += 1,
            (Code::Entry(number), Some(counts)) => counts[number as usize] += 1,
            (Code::Entry(number), None) => entries[number as usize].occurs(language, 1),
        });
        self.pieces.begin(document);
        if is_whole {
            self.pieces.extend(codes);
        } else {
            self.pieces.put(Code::Control(Control::End));
        }
    }
}

/// All texts in codes.
pub(super) struct ClosedText {
    lexicon: Lexicon,
    /// How many of its words a build before has written.
    known: usize,
    codes: Codes,
    controls: u64,
    languages: Vec<(String, usize)>,
    /// Whether numbers are others than in the build before.
    pub is_anew: bool,
}

impl ClosedText {
    /// Bytes of the words that a later build does not know.
    pub fn new_words(&self) -> Vec<u8> {
        self.lexicon.written(self.known)
    }

    /// Hands over the codes of documents that a later build does not know, by the numbers of the lexicon, with the documents'
    /// numbers. Linear in the codes.
    ///
    /// # Errors
    /// What was laid aside is not there. What was handed over before is whole.
    pub fn coded(&self, mut take: impl FnMut(usize, &[u8])) -> Result<(), Error> {
        self.codes.aside.check()?;
        let is_new = |piece: &&Piece| self.is_anew || piece.coder != KNOWN;
        let mut codes = Vec::new();
        for piece in self.codes.pieces.iter().filter(is_new) {
            let mut document = piece.first as usize;
            let read = self.codes.read(piece);
            self.codes.aside.check()?;
            for code in read.iter() {
                code.put(&mut codes);
                if code == Code::Control(Control::End) {
                    take(document, &codes);
                    codes.clear();
                    document += 1;
                }
            }
        }
        Ok(())
    }

    /// Forgets the words that are not used.
    fn forget(&mut self) {
        let mut next = 0;
        let places = self.lexicon.entries.iter().map(|entry| {
            let place = next;
            next += u32::from(entry.count > 0);
            place
        });
        let places: Vec<u32> = places.collect();
        if next as usize == places.len() {
            return;
        }
        self.lexicon.entries.retain(|entry| entry.count > 0);
        for number in self.codes.numbers.iter_mut().flatten() {
            *number = places[*number as usize];
        }
    }

    /// The corpus. Linear in the different words.
    pub fn finish(mut self) -> CodedCorpus {
        self.forget();
        let entries = self.lexicon.entries;
        let words = entries.iter().filter(|entry| entry.kind.is_some());
        let words: u64 = words.map(|entry| entry.count).sum();
        CodedCorpus {
            entries,
            codes: self.codes,
            controls: self.controls,
            words: u32::try_from(words).unwrap_or(u32::MAX),
            languages: self.languages,
        }
    }
}

/// Makes codes of texts, with numbers of its own for words and separators.
#[derive(Default)]
struct Coder {
    lexicon: Lexicon,
    pieces: Pieces,
    controls: u64,
}

impl Coder {
    /// Codes a document.
    fn add(&mut self, document: &Waiting) {
        let language = document.language;
        self.pieces.begin(document.number);
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
    }

    fn control(&mut self, control: Control) {
        self.pieces.put(Code::Control(control));
        self.controls += 1;
    }

    fn push(&mut self, text: &str, kind: Option<Kind>, weight: Option<Weight>, language: u16) {
        let number = self.lexicon.number(text, kind, weight);
        self.lexicon.entries[number as usize].occurs(language, 1);
        self.pieces.put(Code::Entry(number));
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
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// What a corpus comes to where so many coders share its batches.
    fn coded(documents: &[Document], coders: usize) -> CodedCorpus {
        let mut writer = TextWriter::default();
        for (number, document) in documents.iter().enumerate() {
            writer.add(&mut document.clone(), format!("field{}", number % 3));
            if number % 5 == 0 {
                writer.code(coders);
            }
        }
        writer.code(coders);
        writer.close(false).finish()
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
        let written = |text: &CodedCorpus| {
            let codes = text.codes.iter().map(|code| match code {
                Code::Control(control) => Err(control),
                Code::Entry(entry) => {
                    let entry = &text.entries[entry as usize];
                    Ok((entry.text.clone(), entry.weight))
                }
            });
            codes.collect::<Vec<_>>()
        };
        let entries = |text: &CodedCorpus| {
            let entries = text.entries.iter().map(|entry| {
                let mut languages: Vec<_> = entry.languages().collect();
                languages.sort_unstable();
                let text = (entry.text.clone(), entry.weight);
                (text, (entry.kind, entry.count, languages))
            });
            entries.collect::<HashMap<_, _>>()
        };
        for coders in [2, 3, 7] {
            let several = coded(&documents, coders);
            assert!(written(&several) == written(&one), "{coders}");
            assert_eq!((several.controls, several.words), (one.controls, one.words));
            assert_eq!(several.entries.len(), one.entries.len());
            assert_eq!(entries(&several), entries(&one));
        }
    }
}
