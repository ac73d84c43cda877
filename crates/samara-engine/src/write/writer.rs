//! Writing an index.

use std::cmp::Reverse;

use hashbrown::HashSet;

use super::coded::CodedText;
use super::codes::{Code, Decoded};
use super::collation;
use super::cores::both;
use super::fields::field_words;
use super::heads::Heads;
use super::lexicon::{Entry, Lexicon};
use super::scratch::Room;
use super::settings::Settings;
use super::sorted::{prefix, sorted};
use super::text::{ClosedText, CodedCorpus, TextWriter};
#[cfg(feature = "split")]
use super::uncut::IndexAside;
use super::vocabulary::{Term, Vocabulary};
use crate::segment::encode::{self, put_varint};
use crate::segment::{CodeLengths, Control, FormId, Section};
use crate::{Document, Error};

/// Builds an index from documents.
///
/// The same documents in the same order give the same bytes, on every machine.
///
/// ```
/// use samara_engine::{Document, Index, IndexWriter, Options, Searcher, Section, Unicode};
///
/// let mut writer = IndexWriter::new();
/// writer.add(Document {
///     id: "a.txt".into(),
///     url: "a.txt".into(),
///     title: "A winged seed".into(),
///     sections: vec![Section { text: "It carries everything.".into(), ..Section::default() }],
///     ..Document::default()
/// });
/// let bytes = writer.finish()?;
/// let index = Index::open(&bytes)?;
/// let answer = Searcher::new(&index, &Unicode).search("seeds that carry", &Options::default());
/// assert_eq!(answer.hits[0].id, "a.txt");
/// # Ok::<(), samara_engine::Error>(())
/// ```
#[derive(Default)]
pub struct IndexWriter {
    documents: Documents,
    text: TextWriter,
}

/// Documents without their sections, of which nothing is kept for long but codes and anchors.
#[derive(Default)]
struct Documents {
    heads: Heads,
    /// Bytes of the text of each, and where its anchors end.
    texts: Vec<(usize, usize)>,
    /// The anchors of the documents' sections, as the catalog has them.
    anchors: Vec<u8>,
}

impl Documents {
    /// Takes a document whose anchors were appended, with the bytes of its text.
    fn push(&mut self, document: &Document, length: usize) {
        self.heads.push(document);
        self.texts.push((length, self.anchors.len()));
    }

    /// The text of a document in these codes.
    fn coded(&self, number: usize, codes: &[u8]) -> CodedText {
        let before = number.checked_sub(1);
        let start = before.map_or(0, |before| self.texts[before].1);
        let (length, end) = self.texts[number];
        CodedText::of(length, &self.anchors[start..end], codes)
    }
}

impl IndexWriter {
    /// A writer without documents.
    #[must_use]
    pub fn new() -> Self {
        IndexWriter::default()
    }

    /// A writer that goes on with words of a build before, by whose numbers that has coded documents.
    #[must_use]
    pub fn knowing(lexicon: Lexicon) -> Self {
        let mut writer = IndexWriter::default();
        writer.text.know(lexicon);
        writer
    }

    /// Lays aside what documents come to where it does not fit into this room, before any is added.
    pub fn lay_aside(&mut self, room: Room) {
        self.text.lay_aside(room);
    }

    /// Adds a document. Its number is how many were added before. Linear in its text, of which codes alone are kept for long.
    pub fn add(&mut self, mut document: Document) {
        let length = document.length();
        encode::anchors(&document, &mut self.documents.anchors);
        let fields = field_words(&document);
        self.text.add(&mut document, fields);
        self.documents.push(&document, length);
    }

    /// Adds a document whose text was coded by another build, in words that this one knows; its sections are not asked for. The
    /// index is the same as with the document itself. Linear in its codes.
    pub fn add_coded(&mut self, document: Document, text: &CodedText) {
        let parts = text.parts();
        self.documents.anchors.extend(parts.anchors);
        self.text.add_coded(&document, parts);
        self.documents.push(&document, text.length());
    }

    /// Ends adding documents. Linear in the different words.
    #[must_use]
    pub fn close(self) -> ClosedWriter {
        self.closed(false)
    }

    /// The same, and a later build is told of all words and texts once more, by other numbers, as it is where few words of the
    /// builds before are used any longer.
    #[must_use]
    pub fn close_anew(self) -> ClosedWriter {
        self.closed(true)
    }

    fn closed(self, anew: bool) -> ClosedWriter {
        ClosedWriter {
            documents: self.documents,
            text: self.text.close(anew),
            settings: Settings::default(),
        }
    }

    /// The bytes of the index. Linear in the text but for sorting its vocabulary.
    ///
    /// # Errors
    /// Those of [`ClosedWriter::finish`].
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        self.close().finish()
    }
}

/// Bytes of the stream that are laid aside at once.
#[cfg(feature = "split")]
const AT_ONCE: usize = 1 << 22;

/// The sections of an index.
type Sections = [Vec<u8>; Section::ALL.len()];

/// All documents of an index, in codes.
pub struct ClosedWriter {
    documents: Documents,
    text: ClosedText,
    settings: Settings,
}

impl ClosedWriter {
    /// Decides about answers.
    pub fn set(&mut self, settings: Settings) {
        self.settings = settings;
    }

    /// Number of documents that were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.heads.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The addresses of the documents that were added.
    pub fn urls(&self) -> impl Iterator<Item = &str> + Clone {
        self.documents.heads.iter().map(|head| head.url)
    }

    /// The documents that were added, without their sections, each put together when it is asked for.
    pub fn documents(&self) -> impl Iterator<Item = Document> + Clone + '_ {
        self.documents.heads.iter().map(|head| head.document())
    }

    /// Whether words and texts of builds before are no longer those that a later one can go on with.
    #[must_use]
    pub fn is_anew(&self) -> bool {
        self.text.is_anew
    }

    /// Bytes of the words that a later build does not know, for [`Lexicon::extend`]. Linear in them.
    #[must_use]
    pub fn new_words(&self) -> Vec<u8> {
        self.text.new_words()
    }

    /// Hands over texts that a later build does not know, with the numbers of their documents: it can add them as they are. Linear
    /// in them.
    ///
    /// # Errors
    /// [`Error::Scratch`]. What was handed over before is whole.
    pub fn coded(&self, mut take: impl FnMut(usize, CodedText)) -> Result<(), Error> {
        let documents = &self.documents;
        self.text
            .coded(|number, codes| take(number, documents.coded(number, codes)))
    }

    /// The bytes of the index. Linear in the text but for sorting its vocabulary.
    ///
    /// # Errors
    /// [`Error::DuplicateId`] where two documents have one id, [`Error::TooLarge`] where the corpus exceeds
    /// what the format can number.
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        let mut stream = Vec::new();
        let (mut sections, _) = self.sections(usize::MAX, &mut |bytes| {
            stream = bytes;
            Ok(())
        })?;
        sections[Section::Stream as usize] = stream;
        encode::pack(&sections)
    }

    /// The same index, of which documents and posting lists are not held but laid aside, as much as does not fit into this room. It
    /// can be cut into blocks. Linear in the text but for sorting its vocabulary.
    ///
    /// # Errors
    /// Those of [`ClosedWriter::finish`], and [`Error::Scratch`].
    #[cfg(feature = "split")]
    pub fn finish_aside(self, room: Room) -> Result<IndexAside, Error> {
        let mut stream = room.open()?;
        let (sections, starts) = self.sections(AT_ONCE, &mut |bytes| {
            stream.append(&bytes)?;
            Ok(())
        })?;
        Ok(IndexAside {
            sections,
            stream,
            starts,
            room,
        })
    }

    /// The sections of the index without its stream, of which `put` takes so many bytes at a time, and some more; and where in it
    /// each document begins, and the last one ends.
    fn sections(
        self,
        at_once: usize,
        put: &mut dyn FnMut(Vec<u8>) -> Result<(), Error>,
    ) -> Result<(Sections, Vec<u64>), Error> {
        let Self {
            documents:
                Documents {
                    heads: documents,
                    anchors,
                    ..
                },
            text,
            settings,
        } = self;
        if let Some(twice) = used_twice(&documents) {
            return Err(Error::DuplicateId {
                id: twice.to_owned(),
            });
        }
        if documents.len() >= 1 << 28 {
            return Err(Error::TooLarge { what: "documents" });
        }

        let CodedCorpus {
            entries,
            codes,
            controls,
            words,
            languages,
        } = text.finish();
        // Codes: controls first, then by frequency; equal frequencies by text, for equal bytes every time.
        let (order, vocabulary) = both(
            || by_frequency(&entries),
            || Vocabulary::of(&entries, &languages, &codes),
        );
        codes.aside.check()?;
        let mut frequencies = vec![controls; Control::COUNT];
        frequencies.extend(order.iter().map(|&entry| entries[entry].count));
        let lengths = CodeLengths::choose(&frequencies).ok_or(Error::TooLarge {
            what: "different words",
        })?;
        let mut class_of = vec![0; entries.len()];
        for (place, &entry) in order.iter().enumerate() {
            class_of[entry] = lengths.class(place + Control::COUNT);
        }

        let mut counts = Vec::new();
        put_varint(&mut counts, documents.len() as u32);
        put_varint(&mut counts, words);
        lengths.encode(&mut counts);
        let terms = vocabulary.terms.iter().map(|term| &*term.text);
        let titles = documents.iter().map(|head| head.title);
        let ((terms, titles), (form_bytes, separator_bytes, starts)) = both(
            || (encode::terms(terms), collation::places(titles)),
            || {
                let (form_bytes, separator_bytes, id_of) =
                    forms(&entries, &vocabulary.terms, &class_of, lengths);
                let mut starts = Vec::with_capacity(documents.len() + 1);
                starts.push(0);
                let (mut stream, mut before) = (Vec::new(), 0);
                let written = |codes: Decoded| {
                    let (mut stream, mut ends) = (Vec::new(), Vec::new());
                    codes.for_each(|code| {
                        let id = match code {
                            Code::Control(control) => control.id(),
                            Code::Entry(entry) => id_of[entry as usize],
                        };
                        lengths.write(id, &mut stream);
                        if code == Code::Control(Control::End) {
                            ends.push(stream.len() as u64);
                        }
                    });
                    (stream, ends)
                };
                let drained = codes.drain(written, |(bytes, ends)| {
                    starts.extend(ends.iter().map(|end| before + end));
                    before += bytes.len() as u64;
                    stream.extend(bytes);
                    if stream.len() >= at_once {
                        put(std::mem::take(&mut stream))?;
                    }
                    Ok(())
                });
                let starts = drained.and_then(|()| put(stream)).map(|()| starts);
                (form_bytes, separator_bytes, starts)
            },
        );
        let starts = starts?;

        let mut sections = Sections::default();
        let mut put = |section: Section, bytes: Vec<u8>| sections[section as usize] = bytes;
        put(Section::Counts, counts);
        put(Section::Letters, vocabulary.letter_bytes);
        put(Section::Terms, terms?);
        put(Section::Forms, form_bytes);
        put(Section::Separators, separator_bytes);
        put(Section::Groups, encode::groups(&vocabulary.groups));
        put(
            Section::Language,
            encode::language(
                &vocabulary.stop_words,
                &vocabulary.suffix_pairs,
                &vocabulary.languages,
            ),
        );
        put(
            Section::Spellings,
            encode::spellings(&vocabulary.pairs, &vocabulary.compounds),
        );
        put(
            Section::Rules,
            encode::rules(
                &settings.pairs(),
                &settings.pinned(documents.iter().map(|head| (head.url, head.id))),
                &settings.priors(documents.iter().map(|head| head.document())),
            ),
        );
        put(
            Section::Documents,
            encode::catalog(
                documents.iter().map(|of| (of.url, of.id, of.similar)),
                &titles,
                &anchors,
            ),
        );
        let mut columns = Vec::new();
        for name in documents.names() {
            let values = || documents.iter().map(|head| head.values(name));
            encode::column_of(&mut columns, name, values, &|values| {
                collation::places(values.iter().copied())
            });
        }
        put(Section::Columns, columns);
        Ok((sections, starts))
    }
}

/// The forms of terms and the separators, as the index has them, of entries whose codes have so many bytes; and the number of each
/// entry among them.
fn forms(
    entries: &[Entry],
    terms: &[Term],
    class_of: &[u8],
    lengths: CodeLengths,
) -> (Vec<u8>, Vec<u8>, Vec<FormId>) {
    let mut separators: Vec<usize> = (0..entries.len())
        .filter(|&entry| entries[entry].kind.is_none())
        .collect();
    separators.sort_unstable_by_key(|&entry| &entries[entry].text);
    let separator_texts: Vec<(&str, u8)> = separators
        .iter()
        .map(|&entry| (&*entries[entry].text, class_of[entry]))
        .collect();
    let forms = terms.iter().map(|term| {
        let forms = term.forms.iter();
        forms.map(|(case, entry)| (case, entries[*entry].weight, class_of[*entry]))
    });
    let (form_bytes, separator_bytes, form_ids, separator_ids) =
        encode::forms(forms, &separator_texts, lengths);
    let mut id_of = vec![FormId(0); entries.len()];
    let forms = terms.iter().flat_map(|term| &term.forms);
    for ((_, entry), id) in forms.zip(form_ids) {
        id_of[*entry] = id;
    }
    for (entry, id) in separators.iter().zip(separator_ids) {
        id_of[*entry] = id;
    }
    (form_bytes, separator_bytes, id_of)
}

/// The numbers of entries, the most frequent first.
fn by_frequency(entries: &[Entry]) -> Vec<usize> {
    let order = entries.iter().zip(0..);
    let order = order.map(|(entry, number)| (Reverse(entry.count), prefix(&entry.text), number));
    let order = sorted(order.collect(), |one, other| {
        let order = (one.0, one.1).cmp(&(other.0, other.1));
        let (one, other): (&Entry, &Entry) = (&entries[one.2], &entries[other.2]);
        let order = order.then_with(|| one.text.cmp(&other.text));
        order.then_with(|| one.weight.cmp(&other.weight))
    });
    order.into_iter().map(|(.., number)| number).collect()
}

/// An identifier that two documents have.
fn used_twice(documents: &Heads) -> Option<&str> {
    let mut known = HashSet::new();
    let mut ids = documents.iter().map(|head| head.id);
    ids.find(|&id| !known.insert(id))
}
