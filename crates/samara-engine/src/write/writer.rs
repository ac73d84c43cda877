//! Writing an index.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::analysis::{Kind, Stemmers, Unicode, fold, lower, parts, stop_words, tokens};
use crate::segment::encode::{self, Case, put_varint};
use crate::segment::{CodeLengths, Control, FormId, Letters, Section, TermOrdinal};
use crate::{Document, Error, Weight};

/// Longest separator; a longer run of spaces or punctuation is stored in pieces.
const LONGEST_SEPARATOR: usize = 64;
/// Endings that are learnt have at most this many letters and follow at least [`SHORTEST_STEM`] others.
const LONGEST_SUFFIX: usize = 5;
const SHORTEST_STEM: usize = 3;

/// More pairs of endings cost bytes and hardly ever decide anything.
const SUFFIX_PAIRS: usize = 96;

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
    documents: Vec<Document>,
}

impl IndexWriter {
    /// A writer without documents.
    #[must_use]
    pub fn new() -> Self {
        IndexWriter::default()
    }

    /// Adds a document. Its number is how many were added before.
    pub fn add(&mut self, document: Document) {
        self.documents.push(document);
    }

    /// The bytes of the index. Linear in the text but for sorting its vocabulary.
    ///
    /// # Errors
    /// [`Error::DuplicateId`] where two documents have one id, [`Error::TooLarge`] where the corpus exceeds
    /// what the format can number.
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        let documents = self.documents;
        let mut ids = HashSet::new();
        if let Some(twice) = documents
            .iter()
            .find(|document| !ids.insert(document.id.as_str()))
        {
            return Err(Error::DuplicateId {
                id: twice.id.clone(),
            });
        }
        if documents.len() >= 1 << 28 {
            return Err(Error::TooLarge { what: "documents" });
        }

        let text = CodedText::of(&documents);
        let vocabulary = Vocabulary::of(&text, &documents);

        // Codes: controls first, then by frequency; equal frequencies by text, for equal bytes every time.
        let mut order: Vec<usize> = (0..text.entries.len()).collect();
        order.sort_unstable_by(|&one, &other| {
            let (one, other) = (&text.entries[one], &text.entries[other]);
            let order = other.count.cmp(&one.count);
            order
                .then_with(|| one.text.cmp(other.text))
                .then_with(|| one.weight.cmp(&other.weight))
        });
        let mut frequencies = vec![text.controls; Control::COUNT];
        frequencies.extend(order.iter().map(|&entry| text.entries[entry].count));
        let lengths = CodeLengths::choose(&frequencies).ok_or(Error::TooLarge {
            what: "different words",
        })?;
        let mut class_of = vec![0; text.entries.len()];
        for (place, &entry) in order.iter().enumerate() {
            class_of[entry] = lengths.class(place + Control::COUNT);
        }

        let term_forms: Vec<Vec<(Case, Option<Weight>, u8)>> = vocabulary
            .forms
            .iter()
            .map(|forms| {
                forms
                    .iter()
                    .map(|(case, entry)| {
                        (case.clone(), text.entries[*entry].weight, class_of[*entry])
                    })
                    .collect()
            })
            .collect();
        let mut separators: Vec<usize> = (0..text.entries.len())
            .filter(|&entry| text.entries[entry].kind.is_none())
            .collect();
        separators.sort_unstable_by_key(|&entry| text.entries[entry].text);
        let separator_texts: Vec<(String, u8)> = separators
            .iter()
            .map(|&entry| (text.entries[entry].text.to_owned(), class_of[entry]))
            .collect();
        let (form_bytes, separator_bytes, form_ids, separator_ids) =
            encode::forms(&term_forms, &separator_texts, lengths);
        let mut id_of = vec![FormId(0); text.entries.len()];
        for (forms, ids) in vocabulary.forms.iter().zip(form_ids) {
            for ((_, entry), id) in forms.iter().zip(ids) {
                id_of[*entry] = id;
            }
        }
        for (entry, id) in separators.iter().zip(separator_ids) {
            id_of[*entry] = id;
        }

        let mut stream = Vec::new();
        for code in &text.codes {
            let id = match code {
                Code::Control(control) => control.id(),
                Code::Entry(entry) => id_of[*entry as usize],
            };
            lengths.write(id, &mut stream);
        }

        let mut counts = Vec::new();
        put_varint(&mut counts, documents.len() as u32);
        put_varint(&mut counts, text.words);
        lengths.encode(&mut counts);
        let metadata: Vec<BTreeMap<String, Vec<String>>> = documents.iter().map(fields).collect();

        let mut sections: [Vec<u8>; Section::ALL.len()] = Default::default();
        let mut put = |section: Section, bytes: Vec<u8>| sections[section as usize] = bytes;
        put(Section::Counts, counts);
        put(Section::Letters, vocabulary.letter_bytes);
        put(
            Section::Terms,
            encode::terms(vocabulary.terms.iter().map(String::as_str))?,
        );
        put(Section::Forms, form_bytes);
        put(Section::Separators, separator_bytes);
        put(Section::Groups, encode::groups(vocabulary.stems.iter()));
        put(
            Section::Language,
            encode::language(
                &vocabulary.stop_words,
                &suffix_pairs(&vocabulary.terms, &vocabulary.stems),
            ),
        );
        put(Section::Stream, stream);
        put(Section::Documents, encode::catalog(&documents));
        put(Section::Columns, encode::columns(&metadata));
        encode::pack(&sections)
    }
}

/// A document's metadata, its language among them.
fn fields(document: &Document) -> BTreeMap<String, Vec<String>> {
    let mut fields = document.meta.clone();
    fields.retain(|_, values| !values.is_empty());
    if let Some(language) = &document.language {
        fields.insert("lang".to_owned(), vec![language.clone()]);
    }
    fields
}

/// A word or separator of the corpus.
struct Entry<'t> {
    text: &'t str,
    /// None for a separator.
    kind: Option<Kind>,
    /// Words that count for less or more have forms of their own.
    weight: Option<Weight>,
    count: u64,
}

enum Code {
    Control(Control),
    Entry(u32),
}

/// The corpus as numbers of words and separators.
struct CodedText<'t> {
    entries: Vec<Entry<'t>>,
    numbers: HashMap<(&'t str, Option<Weight>), u32>,
    codes: Vec<Code>,
    controls: u64,
    words: u32,
    /// How often each word occurs in each language.
    languages: HashMap<(u32, &'t str), u64>,
}

impl<'t> CodedText<'t> {
    fn of(documents: &'t [Document]) -> Self {
        let mut text = CodedText {
            entries: Vec::new(),
            numbers: HashMap::new(),
            codes: Vec::new(),
            controls: 0,
            words: 0,
            languages: HashMap::new(),
        };
        for document in documents {
            let language = document.language.as_deref().unwrap_or_default();
            text.add(&document.title, language, &[]);
            for (number, section) in document.sections.iter().enumerate() {
                if number > 0 || !section.heading.is_empty() || !section.anchor.is_empty() {
                    text.control(Control::Heading);
                    let weight = section.heading_weight;
                    let weights = weight.map(|weight| (0..section.heading.len(), weight));
                    text.add(&section.heading, language, weights.as_slice());
                }
                text.control(Control::Body);
                text.add(&section.text, language, &section.weights);
            }
            text.control(Control::End);
        }
        text
    }

    fn control(&mut self, control: Control) {
        self.codes.push(Code::Control(control));
        self.controls += 1;
    }

    fn push(&mut self, text: &'t str, kind: Option<Kind>, weight: Option<Weight>) -> u32 {
        let number = *self.numbers.entry((text, weight)).or_insert_with(|| {
            self.entries.push(Entry {
                text,
                kind,
                weight,
                count: 0,
            });
            self.entries.len() as u32 - 1
        });
        self.entries[number as usize].count += 1;
        self.codes.push(Code::Entry(number));
        number
    }

    fn add(&mut self, text: &'t str, language: &'t str, mut weights: &[(Range<usize>, Weight)]) {
        let mut position = 0;
        let mut before = None;
        for token in tokens(text) {
            let implicit = if before == Some(Kind::Word) && token.kind == Kind::Word {
                " "
            } else {
                ""
            };
            self.separate(&text[position..token.range.start], implicit);
            while let [(range, _), rest @ ..] = weights
                && range.end <= token.range.start
            {
                weights = rest;
            }
            let weight = weights
                .first()
                .filter(|(range, _)| range.start <= token.range.start);
            let weight = weight.map(|(_, weight)| *weight);
            let number = self.push(&text[token.range.clone()], Some(token.kind), weight);
            *self.languages.entry((number, language)).or_default() += 1;
            self.words += 1;
            position = token.range.end;
            before = Some(token.kind);
        }
        self.separate(&text[position..], "");
    }

    /// Stores what lies between two tokens unless it is what a reader expects there.
    fn separate(&mut self, mut separator: &'t str, implicit: &str) {
        if separator == implicit {
            return;
        }
        loop {
            let end = separator.floor_char_boundary(LONGEST_SEPARATOR);
            self.push(&separator[..end], None, None);
            separator = &separator[end..];
            if separator.is_empty() {
                break;
            }
        }
    }
}

/// The terms of a corpus and what belongs to each of them.
struct Vocabulary {
    terms: Vec<String>,
    /// Per term its forms, in the order of [`Case`], with the number of the entry.
    forms: Vec<Vec<(Case, usize)>>,
    /// Per term its language and stem.
    stems: Vec<(String, String)>,
    stop_words: Vec<TermOrdinal>,
    letter_bytes: Vec<u8>,
}

impl Vocabulary {
    fn of(text: &CodedText, documents: &[Document]) -> Self {
        let mut by_term: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut letters = BTreeSet::new();
        for (number, entry) in text.entries.iter().enumerate() {
            if entry.kind.is_some() {
                // Never empty: a word has a letter.
                let term = lower(entry.text, &Unicode);
                letters.extend(term.chars().filter(|letter| !letter.is_ascii()));
                by_term.entry(term).or_default().push(number);
            }
        }
        let (letters, letter_bytes) = Letters::encode(&letters, |letter| {
            fold(letter.encode_utf8(&mut [0; 4]), &Unicode)
                .into_iter()
                .collect()
        });
        let mut cased: BTreeMap<String, Vec<(Case, usize)>> = BTreeMap::new();
        for (term, entries) in by_term {
            let mut forms: Vec<(Case, usize)> = entries
                .into_iter()
                .map(|entry| (Case::of(text.entries[entry].text, &term, &letters), entry))
                .collect();
            forms.sort_unstable();
            for (case, _) in &forms {
                if let Case::Mixed(capitals) = case {
                    for part in parts(&term, *capitals) {
                        cased.entry(part.to_owned()).or_default();
                    }
                }
            }
            cased.entry(term).or_default().extend(forms);
        }

        let languages = languages_of_terms(text, &cased, documents);
        let mut stemmers = Stemmers::default();
        let mut stops: HashMap<&str, HashSet<String>> = HashMap::new();
        let (mut stems, mut stop_ordinals) = (Vec::new(), Vec::new());
        for (ordinal, (term, language)) in cased.keys().zip(&languages).enumerate() {
            let stem = stemmers.stem(language, term);
            stems.push((
                (*language).to_owned(),
                if stem.is_empty() { term.clone() } else { stem },
            ));
            if stops
                .entry(language)
                .or_insert_with(|| stop_words(language))
                .contains(term)
            {
                stop_ordinals.push(TermOrdinal(ordinal as u32));
            }
        }
        let (terms, forms) = cased.into_iter().unzip();
        Vocabulary {
            terms,
            forms,
            stems,
            stop_words: stop_ordinals,
            letter_bytes,
        }
    }
}

/// The language that each term mostly occurs in. Where a document's is not known, it is taken to be the one
/// that most of the corpus is in: a short text's language cannot be told, a corpus's can.
fn languages_of_terms<'t>(
    text: &CodedText<'t>,
    cased: &BTreeMap<String, Vec<(Case, usize)>>,
    documents: &'t [Document],
) -> Vec<&'t str> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents {
        if let Some(language) = document.language.as_deref() {
            *sizes.entry(language).or_default() += document.plain_text().len();
        }
    }
    let main = sizes
        .iter()
        .max_by_key(|&(name, size)| (*size, *name))
        .map_or("", |(name, _)| *name);
    let all: BTreeSet<&str> = sizes.keys().copied().chain([""]).collect();
    cased
        .values()
        .map(|forms| {
            let mut best = (0, main);
            for &language in &all {
                let count: u64 = forms
                    .iter()
                    .filter_map(|(_, entry)| text.languages.get(&(*entry as u32, language)))
                    .sum();
                if count > best.0 {
                    best = (count, if language.is_empty() { main } else { language });
                }
            }
            best.1
        })
        .collect()
}

/// Pairs of endings that terms of one group differ in, the most frequent first: what is left of each after
/// the letters that both begin with.
fn suffix_pairs(terms: &[String], stems: &[(String, String)]) -> Vec<(String, String)> {
    let mut by_stem: BTreeMap<&(String, String), Vec<&str>> = BTreeMap::new();
    for (term, stem) in terms.iter().zip(stems) {
        by_stem.entry(stem).or_default().push(term);
    }
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for members in by_stem.values() {
        for (number, one) in members.iter().enumerate() {
            for other in &members[number + 1..] {
                let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
                let (count, bytes) = same.fold((0, 0), |(count, bytes), (a, _)| {
                    (count + 1, bytes + a.len_utf8())
                });
                let (a, b) = (&one[bytes..], &other[bytes..]);
                let longest = a.chars().count().max(b.chars().count());
                if count >= SHORTEST_STEM && longest <= LONGEST_SUFFIX {
                    *counts
                        .entry(if a < b { (a, b) } else { (b, a) })
                        .or_default() += 1;
                }
            }
        }
    }
    let mut pairs: Vec<_> = counts.into_iter().collect();
    pairs.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    pairs.truncate(SUFFIX_PAIRS);
    pairs
        .into_iter()
        .map(|((one, other), _)| (one.to_owned(), other.to_owned()))
        .collect()
}
