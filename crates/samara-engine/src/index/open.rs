//! Opening an index.

use core::ops::Range;

#[cfg(feature = "split")]
use super::loaded::Loaded;
use super::pages::Field;
use super::rarity::inverse_document_frequency;
use crate::Error;
use crate::list::ToList;
use crate::segment::{
    self, Catalog, CodeLengths, Column, Dictionary, DocId, Forms, Groups, InRegion, LEAD, Language,
    Letters, ONCE, Reader, Rules, Section, Segment, Spellings, TermOrdinal, Terms, Title, Token,
};

/// Whether no index can be opened but one in blocks: its module, which carries this code to visitors, is 2 % smaller for it.
#[cfg(feature = "split")]
const BLOCKS_ALONE: bool = cfg!(not(feature = "write"));

/// An opened index. It borrows the bytes that it was opened from.
pub struct Index<'a> {
    pub(crate) segment: Box<Segment<'a>>,
    pub(crate) letters: Box<Letters<'a>>,
    pub(crate) language: Box<Language<'a>>,
    pub(crate) catalog: Box<Catalog<'a>>,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) fields: Vec<Field<'a>>,
    pub(crate) rules: Box<Rules<'a>>,
    /// In words.
    pub(crate) average_length: f32,
    /// What the title of each document says.
    pub(super) titles: Vec<Title>,
    /// In how many documents a term stands that others may be corrected to.
    pub(crate) least: u32,
    pub(super) documents: usize,
    pub(super) words: u32,
    pub(super) section_bytes: [u32; Section::ALL.len()],
    /// What is there of an index in blocks; then the segment is empty.
    #[cfg(feature = "split")]
    pub(super) loaded: Option<Loaded<'a>>,
}

/// Counts of an index, for people who want to know what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// Number of documents.
    pub documents: u32,
    /// Number of different words, whatever their case.
    pub terms: u32,
    /// Number of words in all documents.
    pub words: u32,
    /// Bytes of each section, by name.
    pub sections: Vec<(&'static str, u32)>,
    /// Bytes of the posting lists that opening derived.
    pub postings: u32,
}

#[cfg(feature = "split")]
impl<'a> Index<'a> {
    /// What is there of an index in blocks.
    #[inline(always)]
    pub(super) fn loaded(&self) -> Option<&Loaded<'a>> {
        let loaded = self.loaded.as_ref();
        assert!(loaded.is_some() || !BLOCKS_ALONE);
        loaded
    }
}

impl<'a> Index<'a> {
    /// Opens an index: verifies it and derives its posting lists. Linear in its size; the posting lists take
    /// about as much memory again as the stream.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`], [`Error::Version`] or [`Error::Damaged`]; bytes are never trusted unchecked.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        Self::open_in(bytes, &|work| work())
    }

    /// Opens an index as [`Index::open`] does. What takes memory for a while alone is done by `in_region`, which runs
    /// the work it is given once: of what the work allocates, nothing is used after it but the bytes that it returns. So
    /// a host without a heap of free blocks has that memory for queries.
    ///
    /// # Errors
    /// Those of [`Index::open`].
    pub fn open_in(bytes: &'a [u8], in_region: &InRegion) -> Result<Self, Error> {
        #[cfg(feature = "split")]
        if BLOCKS_ALONE {
            return Err(Error::NotAnIndex);
        }
        let sections = segment::unpack(bytes)?;
        let stream = sections[Section::Stream as usize];
        Self::of_sections(sections, |parts, codes, dictionary| {
            let (_, language, catalog) = parts;
            let segment = Segment::open(stream, codes, dictionary, parts, in_region)?;
            let titles = titles(&segment, 0..catalog.len(), language);
            Ok((segment, titles))
        })
    }

    /// Opens an index of its sections. `derive` makes a segment of the dictionary and the documents, and what their titles say.
    ///
    /// # Errors
    /// [`Error::Damaged`], and those of `derive`.
    pub(crate) fn of_sections(
        bytes: [&'a [u8]; Section::ALL.len()],
        derive: impl FnOnce(
            (&Letters<'a>, &Language<'a>, &Catalog<'a>),
            CodeLengths,
            Dictionary<'a>,
        ) -> Result<(Box<Segment<'a>>, Vec<Title>), Error>,
    ) -> Result<Self, Error> {
        let mut sections = Sections {
            bytes,
            damaged: None,
        };
        let (mut documents, mut words) = (0, 0);
        let codes = *sections.read(Section::Counts, &mut |reader| {
            (documents, words) = (reader.varint() as usize, reader.varint());
            CodeLengths::decode(reader)
        });
        let terms = Terms::decode(sections.bytes[Section::Terms as usize])?;
        let count = terms.len();
        let letters = sections.read(Section::Letters, &mut |reader| Letters::decode(reader));
        let mut separators = Reader::new(sections.bytes[Section::Separators as usize], "");
        let forms = sections.read(Section::Forms, &mut |reader| {
            Forms::decode(reader, &mut separators, codes, count)
        });
        sections.check(&separators, Section::Separators);
        let groups = sections.read(Section::Groups, &mut |reader| Groups::decode(reader, count));
        let language = sections.read(Section::Language, &mut |reader| {
            Language::decode(reader, count)
        });
        let catalog = sections.read(Section::Documents, &mut |reader| {
            Catalog::decode(reader, documents)
        });
        let documents = catalog.len();
        let columns = sections.read(Section::Columns, &mut |reader| {
            segment::decode_columns(reader, documents)
        });
        let spellings = sections.read(Section::Spellings, &mut |reader| {
            Spellings::decode(reader, count)
        });
        let rules = sections.read(Section::Rules, &mut |reader| {
            Rules::decode(reader, documents)
        });
        if let Some(section) = sections.damaged {
            return Err(Error::Damaged { section });
        }
        let dictionary = Dictionary {
            terms,
            groups: *groups,
            spellings,
            forms,
        };
        let (segment, titles) = derive((&letters, &language, &catalog), codes, dictionary)?;
        let words_in_all = segment.length as f32 / f32::from(ONCE);
        let average_length = (words_in_all / documents.max(1) as f32).max(1.0);
        let least = least(&segment);
        let section_bytes = sections.bytes.map(|section| section.len() as u32);
        Ok(Index {
            segment,
            letters,
            language,
            catalog,
            fields: columns.iter().map(Field::of).list(),
            columns: *columns,
            rules,
            average_length,
            titles,
            least,
            documents,
            words,
            section_bytes,
            #[cfg(feature = "split")]
            loaded: None,
        })
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents
    }

    /// Whether there are no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn terms(&self) -> u32 {
        #[cfg(feature = "split")]
        if let Some(loaded) = self.loaded() {
            return loaded.terms();
        }
        self.segment.terms.len() as u32
    }

    /// What this index holds, in numbers.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        Statistics {
            documents: self.len() as u32,
            terms: self.terms(),
            words: self.words,
            sections: Section::ALL
                .iter()
                .zip(self.section_bytes)
                .map(|(&(_, name), bytes)| (name, bytes))
                .list(),
            postings: self.segment.postings.byte_len() as u32,
        }
    }
}

/// How many terms others may be corrected to. Of a larger vocabulary, the rest are rare words and misspellings; and who fetches
/// an index in blocks can fetch so many.
const FREQUENT: u32 = 24_000;

/// In how many documents the frequent terms stand at least.
fn least(segment: &Segment) -> u32 {
    let terms = segment.terms.len() as u32;
    let (mut least, mut rarer) = (1, 0);
    if terms > FREQUENT {
        let mut counts = [0u32; 256];
        for term in 0..terms {
            let documents = segment.postings.document_frequency(TermOrdinal(term));
            counts[documents.min(255) as usize] += 1;
        }
        while least < 255 && terms - rarer - counts[0] > FREQUENT {
            rarer += counts[least as usize];
            least += 1;
        }
    }
    least
}

/// The sections of an index, each of which is read as a whole. What is damaged is noted and read on, so that it is
/// reported in one place.
struct Sections<'a> {
    bytes: [&'a [u8]; Section::ALL.len()],
    /// The first section in which damage was found.
    damaged: Option<&'static str>,
}

impl<'a> Sections<'a> {
    fn read<T>(
        &mut self,
        section: Section,
        decode: &mut dyn FnMut(&mut Reader<'a>) -> T,
    ) -> Box<T> {
        let mut reader = Reader::new(self.bytes[section as usize], "");
        let read = Box::new(decode(&mut reader));
        self.check(&reader, section);
        read
    }

    /// Notes whether a section was read to its end without a fault.
    fn check(&mut self, reader: &Reader, section: Section) {
        if reader.end().is_err() {
            self.damaged.get_or_insert(Section::ALL[section as usize].1);
        }
    }
}

/// What the different words in the titles of some documents say, or in what stands for a title. Common words and numbers of sections
/// say nothing in one.
pub(crate) fn titles(segment: &Segment, of: Range<usize>, language: &Language) -> Vec<Title> {
    let documents = segment.norms.len();
    let mut titles = Vec::with_capacity(of.len());
    let mut seen = Vec::new();
    for document in of.start as u32..of.end as u32 {
        let (mut weight, mut words, mut is_title) = (0.0, 0, true);
        seen.clear();
        for token in segment.tokens(DocId(document)) {
            match token {
                Token::Control(_) if words > 0 => break,
                Token::Control(_) => is_title = false,
                Token::Word(..) if !is_title && words == LEAD => break,
                Token::Word(form, term) => {
                    words += 1;
                    if segment.is_light(form) || seen.contains(&term) {
                        continue;
                    }
                    seen.push(term);
                    if !language.is_stop_word(term) {
                        let frequency = segment.postings.document_frequency(term);
                        weight += inverse_document_frequency(documents, frequency as usize);
                    }
                }
                Token::Separator(_) => {}
            }
        }
        titles.push(Title::new(weight, segment.has_title(DocId(document))));
    }
    titles
}
