//! Opening an index and reading documents out of it.

use super::catalog::Catalog;
use super::codec::Reader;
use super::columns::{self, Column};
use super::container::{self, Section};
use super::forms::{Forms, Kind};
use super::groups::Groups;
use super::language::Language;
use super::letters::Letters;
use super::postings::{HEADING_WEIGHT, Inversion, Postings, TITLE_WEIGHT};
use super::stream::{CodeLengths, Control, FormId};
use super::terms::{TermOrdinal, Terms};
use super::{DocId, parts};
use crate::analysis::{Class, class};
use crate::{Document, Error};

/// An opened index. It borrows the bytes that it was opened from.
pub struct Index<'a> {
    pub(crate) terms: Terms<'a>,
    pub(crate) letters: Letters,
    pub(crate) groups: Groups,
    pub(crate) language: Language<'a>,
    pub(crate) catalog: Catalog<'a>,
    pub(crate) columns: Vec<Column<'a>>,
    pub(crate) postings: Postings,
    /// Weighted length of each document.
    pub(crate) lengths: Vec<u32>,
    pub(crate) average_length: f32,
    forms: Forms<'a>,
    /// Texts of the most frequent forms, those with codes of one byte: to read a term from the dictionary takes a walk.
    /// An answer with its passages comes a sixth sooner by them (The Rust Book).
    common: Vec<String>,
    mixed: MixedForms,
    codes: CodeLengths,
    stream: &'a [u8],
    /// End in the stream of each document.
    ends: Vec<u32>,
    words: u32,
    section_bytes: [u32; Section::ALL.len()],
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

/// One step through a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A heading begins, or a text.
    Control(Control),
    /// A word, with its term.
    Word(FormId, TermOrdinal),
    /// What stands between words.
    Separator(FormId),
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
    /// the work it is given once: nothing that the work allocates is used after it. So a host without a heap of free
    /// blocks has that memory for queries.
    ///
    /// # Errors
    /// Those of [`Index::open`].
    pub fn open_in(bytes: &'a [u8], in_region: &dyn Fn(&mut dyn FnMut())) -> Result<Self, Error> {
        let sections = container::unpack(bytes)?;
        let section = |section: Section| sections[section as usize];
        let mut counts = Reader::new(section(Section::Counts), "counts");
        let documents = counts.varint() as usize;
        let words = counts.varint();
        let codes = CodeLengths::decode(&mut counts);
        counts.end()?;

        let terms = Terms::decode(section(Section::Terms))?;
        let letters = Letters::decode(section(Section::Letters))?;
        let forms = Forms::decode(
            section(Section::Forms),
            section(Section::Separators),
            codes,
            terms.len(),
        )?;
        let common = (0..codes.first_ids()[1].min(forms.len()))
            .map(|id| {
                let mut text = String::new();
                forms.push_text(FormId(id as u32), &terms, &letters, &mut text);
                text
            })
            .collect();
        let groups = Groups::decode(section(Section::Groups), terms.len())?;
        let language = Language::decode(section(Section::Language), terms.len())?;
        let catalog = Catalog::decode(section(Section::Documents))?;
        if catalog.len() != documents {
            return Err(Error::Damaged {
                section: "documents",
            });
        }
        let columns = columns::decode(section(Section::Columns), documents)?;
        let stream = section(Section::Stream);
        let ends = document_ends(stream, codes, &forms, &catalog)?;

        let mixed = MixedForms::new(&forms, &terms);
        let (postings, lengths) =
            Postings::derive(terms.len(), documents, in_region, &|inversion| {
                invert(stream, codes, &forms, &mixed, inversion);
            });
        let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let average_length = (total as f32 / documents.max(1) as f32).max(1.0);
        let section_bytes = sections.map(|section| section.len() as u32);
        Ok(Index {
            terms,
            letters,
            groups,
            language,
            catalog,
            columns,
            postings,
            lengths,
            average_length,
            forms,
            common,
            mixed,
            codes,
            stream,
            ends,
            words,
            section_bytes,
        })
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.catalog.len()
    }

    /// Whether there are no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What this index holds, in numbers.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        Statistics {
            documents: self.len() as u32,
            terms: self.terms.len() as u32,
            words: self.words,
            sections: Section::ALL
                .iter()
                .zip(self.section_bytes)
                .map(|(&(_, name), bytes)| (name, bytes))
                .collect(),
            postings: self.postings.byte_len() as u32,
        }
    }

    /// The documents, as they were added but for their near-duplicate numbers, which are counted from 0, and the weights
    /// of their pieces.
    pub fn documents(&self) -> impl Iterator<Item = Document> + '_ {
        (0..self.len() as u32).map(|number| self.document(DocId(number)))
    }

    /// A document, read back from the stream. Linear in its length.
    ///
    /// # Panics
    /// If the index has no document of this number.
    #[must_use]
    pub fn document(&self, id: DocId) -> Document {
        let mut document = Document {
            id: self.catalog.id(id).to_owned(),
            url: self.catalog.url(id).to_owned(),
            similar: self.catalog.similar(id),
            ..Document::default()
        };
        for column in &self.columns {
            let values: Vec<String> = column.of(id).map(str::to_owned).collect();
            match (column.name, values.first()) {
                (_, None) => {}
                ("lang", Some(language)) => document.language = Some(language.clone()),
                _ => {
                    document.meta.insert(column.name.to_owned(), values);
                }
            }
        }
        let mut anchors = self.catalog.anchors(id).into_iter();
        let mut text = TextBuilder::default();
        let mut part = None;
        for step in self.steps(id).chain([Step::Control(Control::End)]) {
            let Step::Control(control) = step else {
                self.push_step(step, &mut text);
                continue;
            };
            let finished = core::mem::take(&mut text).text;
            match (part, document.sections.last_mut()) {
                (None, _) => document.title = finished,
                (Some(Control::Heading), Some(section)) => section.heading = finished,
                (_, Some(section)) => section.text = finished,
                (_, None) => {}
            }
            if control == Control::Heading || (control == Control::Body && part.is_none()) {
                let anchor = anchors.next().unwrap_or_default().to_owned();
                document.sections.push(crate::Section {
                    anchor,
                    ..crate::Section::default()
                });
            }
            part = Some(control);
        }
        document
    }

    /// Steps through a document: title, then headings and texts behind their controls, without the end.
    pub(crate) fn steps(&self, id: DocId) -> impl Iterator<Item = Step> + '_ {
        let mut position = self.start(id);
        core::iter::from_fn(move || self.step_at(&mut position))
    }

    /// Where in the stream a document begins.
    pub(crate) fn start(&self, id: DocId) -> usize {
        let before = (id.0 as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before]) as usize
    }

    /// The step at a position in the stream, which moves behind it; none at the end of a document.
    pub(crate) fn step_at(&self, position: &mut usize) -> Option<Step> {
        self.read_step(position)
    }

    /// The same, for loops that do little else: every place that calls it has its code.
    #[inline(always)]
    pub(crate) fn read_step(&self, position: &mut usize) -> Option<Step> {
        let form = self.codes.read(self.stream, position)?;
        if let Some(term) = self.forms.term(form) {
            return Some(Step::Word(form, term));
        }
        match Control::from_id(form) {
            Some(Control::End) => None,
            Some(control) => Some(Step::Control(control)),
            None => Some(Step::Separator(form)),
        }
    }

    /// Appends what a step says, with the space that goes without saying.
    pub(crate) fn push_step(&self, step: Step, out: &mut TextBuilder) {
        let (Step::Word(form, _) | Step::Separator(form)) = step else {
            return;
        };
        let start = out.text.len();
        match self.common.get(form.0 as usize) {
            Some(text) => out.text.push_str(text),
            None => self
                .forms
                .push_text(form, &self.terms, &self.letters, &mut out.text),
        }
        // What stands between words begins with no word.
        let is_word = out.text[start..].chars().next().map(class) == Some(Class::Word);
        if is_word && out.after_word {
            out.text.insert(start, ' ');
        }
        out.after_word = is_word;
    }

    /// What stands between two words.
    pub(crate) fn separator(&self, form: FormId) -> &'a str {
        self.forms.separator(form)
    }

    /// Title of a document.
    pub(crate) fn title(&self, id: DocId) -> String {
        let mut title = TextBuilder::default();
        for step in self
            .steps(id)
            .take_while(|step| !matches!(step, Step::Control(_)))
        {
            self.push_step(step, &mut title);
        }
        title.text
    }

    /// How much a form counts where a word of a text counts [`super::ONCE`].
    #[inline(always)]
    pub(crate) fn worth(&self, form: FormId) -> u32 {
        self.forms.worth(form)
    }

    /// Terms inside a form that is written as several words in one.
    pub(crate) fn parts(&self, form: FormId) -> &[TermOrdinal] {
        self.mixed.parts(&self.forms, form)
    }
}

/// A text being put together from steps.
#[derive(Default)]
pub(crate) struct TextBuilder {
    pub text: String,
    after_word: bool,
}

/// End in the stream of each document, every code and the order of controls checked.
fn document_ends(
    stream: &[u8],
    codes: CodeLengths,
    forms: &Forms,
    catalog: &Catalog,
) -> Result<Vec<u32>, Error> {
    let damaged = Error::Damaged { section: "stream" };
    let mut ends = Vec::with_capacity(catalog.len());
    let mut position = 0;
    let mut part = None;
    let mut sections = 0;
    while let Some(form) = codes.read(stream, &mut position) {
        if form.0 as usize >= forms.len() || position > stream.len() {
            return Err(damaged);
        }
        let Some(control) = Control::from_id(form) else {
            continue;
        };
        let in_order = match control {
            Control::Heading => part != Some(Control::Heading),
            Control::Body => part != Some(Control::Body),
            Control::End => part != Some(Control::Heading),
        };
        sections += usize::from(match control {
            Control::Heading => true,
            Control::Body => part.is_none(),
            Control::End => false,
        });
        part = Some(control);
        if control == Control::End {
            let document = DocId(ends.len() as u32);
            if ends.len() == catalog.len() || catalog.sections(document) != sections {
                return Err(damaged);
            }
            ends.push(position as u32);
            (part, sections) = (None, 0);
        }
        if !in_order {
            return Err(damaged);
        }
    }
    let whole = ends.last().map_or(0, |&end| end as usize) == stream.len();
    if whole && ends.len() == catalog.len() {
        Ok(ends)
    } else {
        Err(damaged)
    }
}

/// Terms inside forms that are written as several words in one.
struct MixedForms {
    /// The forms in ascending order, each with the end of its parts in `terms`.
    forms: Vec<(FormId, u32)>,
    terms: Vec<TermOrdinal>,
}

impl MixedForms {
    fn new(forms: &Forms, terms: &Terms) -> Self {
        let mut mixed = MixedForms {
            forms: Vec::new(),
            terms: Vec::new(),
        };
        let mut text = String::new();
        for (form, term, capitals) in forms.mixed() {
            text.clear();
            terms.push_term(term, &mut text);
            for part in parts::parts(&text, capitals) {
                mixed.terms.extend(terms.ordinal(part));
            }
            mixed.forms.push((form, mixed.terms.len() as u32));
        }
        mixed
    }

    /// The parts of a form. Logarithmic in the number of mixed forms.
    fn parts(&self, forms: &Forms, form: FormId) -> &[TermOrdinal] {
        let place = match forms.kind(form) {
            Kind::Mixed => self.forms.binary_search_by(|entry| entry.0.0.cmp(&form.0)),
            _ => return &[],
        };
        let Ok(place) = place else {
            return &[];
        };
        let start = place
            .checked_sub(1)
            .map_or(0, |before| self.forms[before].1);
        &self.terms[start as usize..self.forms[place].1 as usize]
    }
}

/// Reports every term of the stream with its weight, and every end of a document.
fn invert(
    stream: &[u8],
    codes: CodeLengths,
    forms: &Forms,
    mixed: &MixedForms,
    inversion: &mut Inversion,
) {
    let mut position = 0;
    let mut weight = TITLE_WEIGHT;
    let mut length = 0;
    while let Some(form) = codes.read(stream, &mut position) {
        if let Some(term) = forms.term(form) {
            let weight = weight * forms.worth(form);
            inversion.occurs(term, weight);
            length += weight;
            for &part in mixed.parts(forms, form) {
                inversion.occurs(part, weight);
            }
        } else {
            match Control::from_id(form) {
                Some(Control::Heading) => weight = HEADING_WEIGHT,
                Some(Control::Body) => weight = 1,
                Some(Control::End) => {
                    weight = TITLE_WEIGHT;
                    inversion.end_document(core::mem::take(&mut length));
                }
                None => {}
            }
        }
    }
}
