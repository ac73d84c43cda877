//! Documents as tokens, and the posting lists of their terms.

#[cfg(all(feature = "split", feature = "write"))]
use core::ops::Range;

use super::catalog::Catalog;
use super::forms::{Entry, Forms};
use super::letters::Letters;
use super::parts::Parts;
use super::postings::{Evidence, InRegion, Inversion, ONCE, Postings};
#[cfg(feature = "split")]
use super::stream::WIDE;
use super::stream::{CodeLengths, Control, FormId, Stream};
use super::terms::{TermOrdinal, Terms};
use super::{DocId, Groups, Language, Norm, Spellings};
use crate::Error;
use crate::analysis::{Class, class};

/// What makes of terms a dictionary. In boxes, because moving what they hold takes more code than asking for them.
pub(crate) struct Dictionary<'a> {
    pub terms: Box<Terms<'a>>,
    pub groups: Groups,
    pub spellings: Box<Spellings>,
    pub forms: Box<Forms<'a>>,
}

/// The documents of a segment, the dictionary of their terms, and where the terms occur.
pub(crate) struct Segment<'a> {
    pub(crate) terms: Box<Terms<'a>>,
    pub(crate) groups: Groups,
    pub(crate) spellings: Box<Spellings>,
    pub(crate) postings: Postings,
    /// Length of each document.
    pub(crate) norms: Vec<Norm>,
    /// Sum of the lengths of all documents, in quarters of a word.
    pub(crate) length: u64,
    /// For each term which set of neighbours it belongs to, or [`UNNOTICED`].
    pub(crate) buckets: Vec<u8>,
    forms: Box<Forms<'a>>,
    /// Texts of the most frequent forms, those with codes of one byte, or of all where they were written out: to read a term
    /// from the dictionary takes a walk. An answer with its passages comes a sixth sooner by them (The Rust Book).
    common: Vec<String>,
    parts: Parts,
    codes: CodeLengths,
    stream: Stream<'a>,
    /// End in the stream of each document.
    ends: Vec<u32>,
    /// Number of the first document of the stream.
    #[cfg(all(feature = "split", feature = "write"))]
    first: u32,
}

/// Documents as they were read in a stream.
pub(crate) struct Documents {
    /// Number of the first.
    #[cfg(all(feature = "split", feature = "write"))]
    first: usize,
    /// End in the stream of each.
    ends: Vec<u32>,
    pub norms: Vec<Norm>,
    /// As in [`Segment`].
    pub length: u64,
}

impl Documents {
    fn with_capacity(documents: usize) -> Self {
        Documents {
            #[cfg(all(feature = "split", feature = "write"))]
            first: 0,
            ends: Vec::with_capacity(documents),
            norms: Vec::with_capacity(documents),
            length: 0,
        }
    }
}

/// Documents of a stream, and the lists of the terms that they hold.
#[cfg(all(feature = "split", feature = "write"))]
pub(crate) struct Inverted {
    pub postings: Postings,
    pub read: Documents,
}

/// What a stream is that holds anything but documents of its catalog.
const DAMAGED: Error = Error::Damaged { section: "stream" };

/// The bucket of a term that is passed over where it stands beside others: a stop word, or one that is written nowhere but
/// as other words.
pub(crate) const UNNOTICED: u8 = u8::MAX;

/// An author's weight that changes nothing.
const WHOLE: u8 = 24;
/// A document without a title is called by so many of its first words. Of collections of news without headlines, the more
/// of the lead the better up to here.
pub(crate) const LEAD: usize = 20;
/// What an occurrence counts by where it stands, in quarters of a word of a text, where it adds to the first of its field
/// and to the length of the document.
const IN_TITLE: u16 = 3 * ONCE;
const IN_HEADING: u16 = 2 * ONCE;
/// What two words count as the one that they make, in the place of [`ONCE`]: who writes it in one comes first.
const JOINED: u16 = 3;

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
    /// A dictionary without documents. Linear in it. Inlined, because a module opens one index in one place.
    #[inline(always)]
    pub(crate) fn of_dictionary(
        codes: CodeLengths,
        dictionary: Dictionary<'a>,
        letters: &Letters,
        language: &Language,
    ) -> Box<Self> {
        let Dictionary {
            terms,
            groups,
            spellings,
            mut forms,
        } = dictionary;
        let (common, parts) = prepared(&mut forms, &terms, &spellings, codes, letters);
        let mut of_groups = terms.buckets();
        groups.settle(&mut of_groups);
        let mut buckets = vec![UNNOTICED; of_groups.len()];
        for form in 0..forms.len() as u32 {
            if let Some(term) = forms.term(FormId(form)) {
                buckets[term.0 as usize] = of_groups[term.0 as usize];
            }
        }
        for &stop_word in language.stop_words() {
            buckets[stop_word as usize] = UNNOTICED;
        }
        Box::new(Segment {
            terms,
            groups,
            spellings,
            postings: Postings::default(),
            norms: Vec::new(),
            length: 0,
            buckets,
            forms,
            common,
            parts,
            codes,
            stream: Stream::default(),
            ends: Vec::new(),
            #[cfg(all(feature = "split", feature = "write"))]
            first: 0,
        })
    }

    /// Checks the stream and derives the posting lists from it, linear in its size. What takes memory for a while
    /// alone is done by `in_region`.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the stream holds a code that there is not, or other documents than the catalog.
    pub(crate) fn open(
        stream: &'a [u8],
        codes: CodeLengths,
        dictionary: Dictionary<'a>,
        (letters, language, catalog): (&Letters, &Language, &Catalog),
        in_region: &InRegion,
    ) -> Result<Box<Self>, Error> {
        let mut segment = Segment::of_dictionary(codes, dictionary, letters, language);
        let mut read = Documents::with_capacity(catalog.len());
        let mut intact = false;
        segment.postings = Postings::derive(segment.terms.len(), in_region, &mut |inversion| {
            let inverted = segment.invert(stream, catalog, inversion, &mut read);
            intact = inverted.is_some();
        });
        (segment.ends, segment.norms, segment.length) = (read.ends, read.norms, read.length);
        #[cfg_attr(not(feature = "split"), expect(clippy::useless_conversion))]
        {
            segment.stream = stream.into();
        }
        if intact && segment.ends.len() == catalog.len() {
            Ok(segment)
        } else {
            Err(DAMAGED)
        }
    }

    /// Checks a stream that holds these documents, and derives their posting lists. In these, documents are counted from the first
    /// one on. Linear in the stream.
    ///
    /// # Errors
    /// Those of [`Segment::open`].
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn inverted(
        &self,
        stream: &[u8],
        documents: Range<usize>,
        catalog: &Catalog,
    ) -> Result<Inverted, Error> {
        let mut read = Documents {
            first: documents.start,
            ..Documents::with_capacity(documents.len())
        };
        let mut intact = false;
        let postings = Postings::derive(self.terms.len(), &|work| work(), &mut |inversion| {
            intact = self.invert(stream, catalog, inversion, &mut read).is_some();
        });
        if intact && read.ends.len() == documents.len() {
            Ok(Inverted { postings, read })
        } else {
            Err(DAMAGED)
        }
    }

    /// Nothing.
    ///
    /// # Errors
    /// None: an empty dictionary is sound.
    #[cfg(feature = "split")]
    pub(crate) fn empty() -> Result<Self, Error> {
        let letters = Letters::default();
        let (terms, forms) = Forms::of_written(&[], &str::to_owned, Vec::new(), &letters)?;
        let stream = (Stream::default(), Vec::new());
        Segment::of_texts(terms, forms, Box::default(), WIDE, stream, &letters)
    }

    /// Documents alone, without posting lists.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the stream holds a code that there is not.
    #[cfg(feature = "split")]
    pub(crate) fn of_texts(
        terms: Box<Terms<'a>>,
        mut forms: Box<Forms<'a>>,
        spellings: Box<Spellings>,
        codes: CodeLengths,
        (stream, ends): (Stream<'a>, Vec<u32>),
        letters: &Letters,
    ) -> Result<Self, Error> {
        let (common, parts) = prepared(&mut forms, &terms, &spellings, codes, letters);
        Ok(Segment {
            terms,
            groups: Groups::default(),
            spellings,
            postings: Postings::default(),
            norms: Vec::new(),
            length: 0,
            buckets: Vec::new(),
            forms,
            common,
            parts,
            codes,
            stream,
            ends,
            #[cfg(feature = "write")]
            first: 0,
        })
    }

    /// Turns to documents of a stream that is not held as a whole: the first has this number, and each so many bytes. Linear in
    /// their number.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn turn_to(&mut self, first: u32, stream: Vec<u8>, lengths: &[u32]) {
        self.first = first;
        self.stream = stream.into();
        let mut end = 0;
        self.ends.clear();
        self.ends.extend(lengths.iter().map(|length| {
            end += length;
            end
        }));
    }

    /// Has the texts of all terms and forms at hand, for who reads every document. Linear in their letters.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn write_out(&mut self, letters: &Letters) {
        self.terms.write_out();
        let rare = self.common.len() as u32..self.forms.len() as u32;
        for form in rare.map(FormId) {
            let mut text = String::new();
            self.push_written(form, letters, &mut text);
            self.common.push(text);
        }
    }

    /// Number of forms, separators and controls included.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn form_count(&self) -> usize {
        self.forms.len()
    }

    /// Appends a form as it is written.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn push_written(&self, form: FormId, letters: &Letters, out: &mut String) {
        self.forms.push_text(form, &self.terms, letters, out);
    }

    /// The term that a form is a spelling of; none for what stands between words.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn term(&self, form: FormId) -> Option<TermOrdinal> {
        self.forms.term(form)
    }

    /// What the author of a form has decided that it counts, in 24ths.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn steps(&self, form: FormId) -> Option<u8> {
        self.forms.weight(form)
    }

    /// Reports every occurrence in the stream, every code and the order of controls checked; none for a damaged stream.
    fn invert(
        &self,
        stream: &[u8],
        catalog: &Catalog,
        inversion: &mut Inversion,
        read: &mut Documents,
    ) -> Option<()> {
        let mut offset = 0;
        let mut part = None;
        let mut sections = 0;
        let mut length = 0;
        let mut lead = LEAD;
        let (mut field, mut worth) = (Evidence::TITLE, IN_TITLE);
        // The word before, and the one before that others notice.
        let (mut before, mut beside) = (Entry::NONE, None);
        while let Some(form) = self.codes.read(stream, &mut offset) {
            let entry = self.forms.entry(form);
            if let Some(term) = entry.term() {
                let (mut field, mut worth) = (field, worth);
                if lead > 0 {
                    // The title itself is no lead, and with one there is none.
                    lead = if part.is_none() { 0 } else { lead - 1 };
                    (field, worth) = (Evidence::TITLE, IN_TITLE);
                }
                if !entry.is_plain() {
                    if let Some(weight) = self.forms.weight(form) {
                        worth = (u32::from(worth) * u32::from(weight) / u32::from(WHOLE)) as u16;
                        if weight < WHOLE {
                            field = 0;
                        }
                    }
                    for &part in self.parts.parts(form) {
                        inversion.occurs(part, worth, field);
                    }
                }
                inversion.occurs(term, worth, field);
                length += u32::from(worth);
                if before.may_join(entry)
                    && let Some(joined) = self.spellings.joined(before.number(), term)
                {
                    inversion.occurs(joined, worth * JOINED / ONCE, field);
                }
                before = entry;
                if field != 0 && self.buckets[term.0 as usize] != UNNOTICED {
                    if let Some(beside) = beside {
                        inversion.meet(beside, term, &self.buckets);
                    }
                    beside = Some(term);
                }
                continue;
            }
            if form.0 as usize >= self.forms.len() || offset > stream.len() {
                return None;
            }
            let Some(control) = Control::from_id(form) else {
                if entry.has_parts() {
                    for &operator in self.parts.parts(form) {
                        inversion.occurs(operator, worth, field);
                    }
                }
                if entry.divides() {
                    before = Entry::NONE;
                }
                continue;
            };
            (before, beside) = (Entry::NONE, None);
            let is_in_order = match control {
                Control::Heading => !matches!(part, Some(Control::Heading | Control::Fields)),
                Control::Body => !matches!(part, Some(Control::Body | Control::Fields)),
                Control::Fields => !matches!(part, Some(Control::Heading | Control::Fields)),
                Control::End => part != Some(Control::Heading),
            };
            sections += usize::from(
                control == Control::Heading || control == Control::Body && part.is_none(),
            );
            part = Some(control);
            (field, worth) = match control {
                Control::Heading => (Evidence::HEADING, IN_HEADING),
                Control::Body => (0, ONCE),
                Control::Fields => (Evidence::FIELD, 0),
                Control::End => (Evidence::TITLE, IN_TITLE),
            };
            if control == Control::End {
                #[cfg_attr(not(all(feature = "split", feature = "write")), expect(unused_mut))]
                let mut document = read.ends.len();
                #[cfg(all(feature = "split", feature = "write"))]
                {
                    document += read.first;
                }
                if document == catalog.len() || catalog.sections(DocId(document as u32)) != sections
                {
                    return None;
                }
                inversion.end_document();
                read.ends.push(offset as u32);
                read.length += u64::from(length);
                let words = core::mem::take(&mut length) / u32::from(ONCE);
                read.norms.push(Norm::new(words));
                (part, sections, lead) = (None, 0, LEAD);
            }
            if !is_in_order {
                return None;
            }
        }
        let whole = read.ends.last().map_or(0, |&end| end as usize) == stream.len();
        whole.then_some(())
    }

    #[inline(always)]
    #[cfg_attr(not(feature = "split"), expect(clippy::needless_borrow))]
    fn stream(&self) -> &[u8] {
        &self.stream
    }

    /// The tokens of a document: title, then headings and texts behind their controls, without the end.
    pub(crate) fn tokens(&self, id: DocId) -> impl Iterator<Item = Token> + '_ {
        let mut offset = self.start(id);
        core::iter::from_fn(move || self.token_at(&mut offset))
    }

    /// Bytes of each document in the stream.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn lengths(&self) -> Vec<u32> {
        let mut before = 0;
        let ends = self.ends.iter();
        ends.map(|&end| end - core::mem::replace(&mut before, end))
            .collect()
    }

    /// Where in the stream a document begins.
    pub(crate) fn start(&self, id: DocId) -> usize {
        #[cfg_attr(not(all(feature = "split", feature = "write")), expect(unused_mut))]
        let mut place = id.0;
        #[cfg(all(feature = "split", feature = "write"))]
        {
            place -= self.first;
        }
        let before = (place as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before]) as usize
    }

    /// The token at a offset in the stream, which moves behind it; none at the end of a document.
    pub(crate) fn token_at(&self, offset: &mut usize) -> Option<Token> {
        self.read_token(offset)
    }

    /// The same, for loops that do little else: every place that calls it has its code.
    #[inline(always)]
    pub(crate) fn read_token(&self, offset: &mut usize) -> Option<Token> {
        let form = self.codes.read(self.stream(), offset)?;
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
        let mut rare = String::new();
        let text = match self.common.get(form.0 as usize) {
            Some(text) => text,
            None => {
                self.forms.push_text(form, &self.terms, letters, &mut rare);
                &rare
            }
        };
        // What stands between words begins with no word.
        let is_word = text.chars().next().map(class) == Some(Class::Word);
        if is_word && out.after_word {
            out.text.push(' ');
        }
        out.text.push_str(text);
        out.after_word = is_word;
    }

    /// Whether what stands between two words has a space, so that they are none in one.
    pub(crate) fn divides(&self, form: FormId) -> bool {
        self.forms.entry(form).divides()
    }

    /// What stands between two words.
    pub(crate) fn separator(&self, form: FormId) -> &str {
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

    /// A bit for each form that says one of these terms, which are a bit each, or holds one among its parts. Linear in
    /// the forms.
    pub(crate) fn forms_of(&self, terms: &[u64]) -> Vec<u64> {
        let mut forms = vec![0u64; self.forms.len() / 64 + 1];
        let is_wanted = |term: TermOrdinal| terms[term.0 as usize / 64] >> (term.0 % 64) & 1 == 1;
        for number in 0..self.forms.len() as u32 {
            let form = FormId(number);
            let says = self.forms.term(form).is_some_and(is_wanted)
                || self.parts(form).iter().any(|&part| is_wanted(part));
            forms[number as usize / 64] |= u64::from(says) << (number % 64);
        }
        forms
    }

    /// Whether a document has a title. Constant time.
    pub(crate) fn has_title(&self, id: DocId) -> bool {
        !matches!(
            self.token_at(&mut self.start(id)),
            None | Some(Token::Control(_))
        )
    }

    /// How much a form counts where it stands in a text, in quarters.
    pub(crate) fn quarters(&self, form: FormId) -> u16 {
        let weight = self.forms.weight(form).unwrap_or(WHOLE);
        ONCE * u16::from(weight) / u16::from(WHOLE)
    }

    /// Whether the author has decided that a form counts for less than a word.
    pub(crate) fn is_light(&self, form: FormId) -> bool {
        self.forms.weight(form).is_some_and(|weight| weight < WHOLE)
    }

    /// Terms inside a form that is written as several words in one.
    pub(crate) fn parts(&self, form: FormId) -> &[TermOrdinal] {
        self.parts.parts(form)
    }
}

/// Texts of the most frequent forms, and the parts of all, which are noted.
fn prepared(
    forms: &mut Forms,
    terms: &Terms,
    spellings: &Spellings,
    codes: CodeLengths,
    letters: &Letters,
) -> (Vec<String>, Parts) {
    let mut common = Vec::new();
    for id in 0..codes.first_ids()[1].min(forms.len()) as u32 {
        let mut text = String::new();
        forms.push_text(FormId(id), terms, letters, &mut text);
        common.push(text);
    }
    let parts = Parts::of(forms, terms);
    forms.note_pairs(spellings.pairs(), terms.len());
    (common, parts)
}

/// A text being put together from tokens.
#[derive(Default)]
pub(crate) struct TextBuilder {
    pub text: String,
    after_word: bool,
}
