//! Documents as tokens, and the posting lists of their terms.

use super::catalog::Catalog;
use super::forms::{Forms, Kind};
use super::letters::Letters;
use super::postings::{HEADING_WEIGHT, InRegion, Inversion, Postings, TITLE_WEIGHT};
use super::stream::{CodeLengths, Control, FormId};
use super::terms::{TermOrdinal, Terms};
use super::{DocId, Groups};
use crate::Error;
use crate::analysis::{Class, class, parts};

/// The documents of a segment, the dictionary of their terms, and where the terms occur.
pub(crate) struct Segment<'a> {
    pub(crate) terms: Terms<'a>,
    pub(crate) groups: Groups,
    pub(crate) postings: Postings,
    /// Weighted length of each document.
    pub(crate) lengths: Vec<u32>,
    forms: Forms<'a>,
    /// Texts of the most frequent forms, those with codes of one byte: to read a term from the dictionary takes a walk.
    /// An answer with its passages comes a sixth sooner by them (The Rust Book).
    common: Vec<String>,
    mixed: MixedForms,
    codes: CodeLengths,
    stream: &'a [u8],
    /// End in the stream of each document.
    ends: Vec<u32>,
}

/// What a document is made of, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A heading begins, or a text.
    Control(Control),
    /// A word, with its term.
    Word(FormId, TermOrdinal),
    /// What stands between words.
    Separator(FormId),
}

impl<'a> Segment<'a> {
    /// Checks the stream and derives the posting lists from it, linear in its size. What takes memory for a while
    /// alone is done by `in_region`.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the stream holds a code that there is not, or other documents than the catalog.
    pub(crate) fn open(
        stream: &'a [u8],
        codes: CodeLengths,
        dictionary: (Terms<'a>, Groups, Forms<'a>),
        letters: &Letters,
        catalog: &Catalog,
        in_region: &InRegion,
    ) -> Result<Self, Error> {
        let (terms, groups, forms) = dictionary;
        let common = (0..codes.first_ids()[1].min(forms.len()))
            .map(|id| {
                let mut text = String::new();
                forms.push_text(FormId(id as u32), &terms, letters, &mut text);
                text
            })
            .collect();
        let ends = document_ends(stream, codes, &forms, catalog)?;
        let mixed = MixedForms::new(&forms, &terms);
        let (postings, lengths) =
            Postings::derive(terms.len(), catalog.len(), in_region, &|inversion| {
                invert(stream, codes, &forms, &mixed, inversion);
            });
        Ok(Segment {
            terms,
            groups,
            postings,
            lengths,
            forms,
            common,
            mixed,
            codes,
            stream,
            ends,
        })
    }

    /// The tokens of a document: title, then headings and texts behind their controls, without the end.
    pub(crate) fn tokens(&self, id: DocId) -> impl Iterator<Item = Token> + '_ {
        let mut offset = self.start(id);
        core::iter::from_fn(move || self.token_at(&mut offset))
    }

    /// Where in the stream a document begins.
    pub(crate) fn start(&self, id: DocId) -> usize {
        let before = (id.0 as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before]) as usize
    }

    /// The token at a offset in the stream, which moves behind it; none at the end of a document.
    pub(crate) fn token_at(&self, offset: &mut usize) -> Option<Token> {
        self.read_token(offset)
    }

    /// The same, for loops that do little else: every place that calls it has its code.
    #[inline(always)]
    pub(crate) fn read_token(&self, offset: &mut usize) -> Option<Token> {
        let form = self.codes.read(self.stream, offset)?;
        if let Some(term) = self.forms.term(form) {
            return Some(Token::Word(form, term));
        }
        match Control::from_id(form) {
            Some(Control::End) => None,
            Some(control) => Some(Token::Control(control)),
            None => Some(Token::Separator(form)),
        }
    }

    /// Appends what a token says, with the space that goes without saying.
    pub(crate) fn push_token(&self, token: Token, letters: &Letters, out: &mut TextBuilder) {
        let (Token::Word(form, _) | Token::Separator(form)) = token else {
            return;
        };
        let start = out.text.len();
        match self.common.get(form.0 as usize) {
            Some(text) => out.text.push_str(text),
            None => self
                .forms
                .push_text(form, &self.terms, letters, &mut out.text),
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

    /// Title of a document. Linear in its length.
    pub(crate) fn title(&self, id: DocId, letters: &Letters) -> String {
        let mut title = TextBuilder::default();
        for token in self
            .tokens(id)
            .take_while(|token| !matches!(token, Token::Control(_)))
        {
            self.push_token(token, letters, &mut title);
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

/// A text being put together from tokens.
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
            for part in parts(&text, capitals) {
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
