//! Blocks of documents: what lists of hits show of them, and their texts.

use super::{Reader, front_coded, nested};
#[cfg(feature = "write")]
use super::{put_front_coded, put_varint};
use crate::Error;
use crate::segment::{CodeLengths, DocId, Forms, Letters, Segment, Spellings, TermOrdinal, Terms};

/// What lists of hits show of some documents that follow one another.
pub(crate) struct Cards {
    cards: Vec<Card>,
}

/// What lists of hits show of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Card {
    pub url: String,
    /// Empty where it is the address.
    pub id: String,
    pub title: String,
    /// Number of the field and the value.
    pub metadata: Vec<(u32, String)>,
}

impl Cards {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, "cards");
        let count = reader.count();
        let urls = front_coded(&mut reader, count);
        let mut cards = Vec::with_capacity(count);
        for url in urls {
            let mut card = Card {
                url,
                id: reader.str().to_owned(),
                title: reader.str().to_owned(),
                metadata: Vec::new(),
            };
            for _ in 0..reader.count() {
                card.metadata
                    .push((reader.varint(), reader.str().to_owned()));
            }
            cards.push(card);
        }
        reader.end()?;
        Ok(Cards { cards })
    }

    /// The card at this place.
    pub(crate) fn get(&self, place: usize) -> Option<&Card> {
        self.cards.get(place)
    }
}

/// Bytes of these cards.
#[cfg(feature = "write")]
pub(crate) fn encode_cards(cards: &[Card]) -> Vec<u8> {
    use crate::segment::codec::put_str;
    let mut out = Vec::new();
    put_varint(&mut out, cards.len() as u32);
    put_front_coded(&mut out, cards.iter().map(|card| card.url.as_str()));
    for card in cards {
        put_str(&mut out, &card.id);
        put_str(&mut out, &card.title);
        put_varint(&mut out, card.metadata.len() as u32);
        for (field, value) in &card.metadata {
            put_varint(&mut out, *field);
            put_str(&mut out, value);
        }
    }
    out
}

/// Documents that follow one another, as a segment of their own: its terms are numbered by themselves, and it has no posting
/// lists.
pub(crate) struct Texts<'a> {
    pub segment: Segment<'a>,
    /// Anchors of the sections of each document.
    anchors: Vec<Vec<&'a str>>,
    /// The terms that tell most about each document.
    telling: Vec<Vec<TermOrdinal>>,
}

impl<'a> Texts<'a> {
    pub(crate) fn decode(bytes: &'a [u8], letters: &Letters) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, "texts");
        let codes = CodeLengths::decode(&mut reader);
        let documents = reader.count();
        let (mut ends, mut end) = (Vec::with_capacity(documents), 0u32);
        for _ in 0..documents {
            end = end.saturating_add(reader.varint());
            ends.push(end);
        }
        let mut anchors = Vec::with_capacity(documents);
        for _ in 0..documents {
            let count = reader.count();
            anchors.push(reader.strs(count));
        }
        let mut telling = Vec::with_capacity(documents);
        for _ in 0..documents {
            let (mut terms, mut last) = (Vec::new(), 0u32);
            for _ in 0..reader.count() {
                last = last.saturating_add(reader.varint());
                terms.push(TermOrdinal(last));
            }
            telling.push(terms);
        }
        let count = reader.count();
        let terms = Terms::of_list(front_coded(&mut reader, count))?;
        let forms = reader.bytes();
        let mut forms = Reader::new(forms, "texts");
        let mut separators = Reader::new(reader.bytes(), "texts");
        let count = terms.len();
        let decoded = Forms::decode(&mut forms, &mut separators, codes, count);
        forms.end()?;
        separators.end()?;
        let forms = Box::new(decoded);
        let spellings = nested(&mut reader, |reader| Spellings::decode(reader, count));
        let stream = reader.bytes();
        if stream.len() != end as usize {
            reader.fault();
        }
        reader.end()?;
        let segment = Segment::of_texts(
            terms,
            forms,
            Box::new(spellings),
            codes,
            (stream, ends),
            letters,
        )?;
        Ok(Texts {
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
    pub(crate) fn anchors(&self, document: DocId) -> &[&'a str] {
        self.anchors
            .get(document.0 as usize)
            .map_or(&[], Vec::as_slice)
    }
}

/// Bytes of the documents of a segment from one number up to another, with the anchors of their sections and the terms that
/// tell most about them.
///
/// # Errors
/// [`Error::TooLarge`] where they hold too many different words.
#[cfg(feature = "write")]
pub(crate) fn encode_texts(
    segment: &Segment,
    documents: core::ops::Range<u32>,
    anchors: &[Vec<&str>],
    telling: &[Vec<TermOrdinal>],
) -> Result<Vec<u8>, Error> {
    use crate::segment::codec::put_str;
    use crate::segment::{Control, FormId, Token, encode};
    use std::collections::{BTreeMap, BTreeSet, HashMap};

    // What occurs: forms of words and separators, and how often.
    let mut words: BTreeMap<FormId, (TermOrdinal, u64)> = BTreeMap::new();
    let mut separators: BTreeMap<FormId, u64> = BTreeMap::new();
    let mut terms: BTreeSet<TermOrdinal> = BTreeSet::new();
    let mut pairs: BTreeSet<[TermOrdinal; 3]> = BTreeSet::new();
    let mut controls = 0;
    for document in documents.clone().map(DocId) {
        controls += 1;
        let mut before = None;
        for token in segment.tokens(document) {
            match token {
                Token::Word(form, term) => {
                    words.entry(form).or_insert((term, 0)).1 += 1;
                    terms.insert(term);
                    terms.extend(segment.parts(form));
                    if let Some(before) = before
                        && let Some(joined) = segment.spellings.joined(before, term)
                    {
                        pairs.insert([before, term, joined]);
                    }
                    before = Some(term);
                }
                Token::Separator(form) => {
                    *separators.entry(form).or_default() += 1;
                    terms.extend(segment.parts(form));
                }
                Token::Control(_) => {
                    controls += 1;
                    before = None;
                }
            }
        }
    }
    terms.extend(pairs.iter().map(|pair| pair[2]));

    // Codes: controls first, then by frequency; equal frequencies by number, for equal bytes every time.
    let mut order: Vec<(u64, FormId)> = words.iter().map(|(&form, of)| (of.1, form)).collect();
    order.extend(separators.iter().map(|(&form, &count)| (count, form)));
    order.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut frequencies = vec![controls; Control::COUNT];
    frequencies.extend(order.iter().map(|of| of.0));
    let codes = CodeLengths::choose(&frequencies).ok_or(Error::TooLarge {
        what: "different words",
    })?;
    let class_of: HashMap<FormId, u8> = order
        .iter()
        .enumerate()
        .map(|(place, of)| (of.1, codes.class(place + Control::COUNT)))
        .collect();

    let numbers: HashMap<TermOrdinal, u32> = terms.iter().copied().zip(0..).collect();
    let mut forms: Vec<Vec<(FormId, _)>> = terms.iter().map(|_| Vec::new()).collect();
    for (&form, &(term, _)) in &words {
        let (case, weight) = segment.written(form);
        forms[numbers[&term] as usize].push((form, (case, weight, class_of[&form])));
    }
    for of_term in &mut forms {
        of_term.sort_by(|one, other| (&one.1.0, one.1.1).cmp(&(&other.1.0, other.1.1)));
    }
    let described: Vec<Vec<_>> = forms
        .iter()
        .map(|of_term| {
            of_term
                .iter()
                .map(|(_, described)| described.clone())
                .collect()
        })
        .collect();
    let mut texts: Vec<(FormId, String)> = separators
        .keys()
        .map(|&form| (form, segment.separator(form).to_owned()))
        .collect();
    texts.sort_by(|one, other| one.1.cmp(&other.1));
    let described_separators: Vec<(String, u8)> = texts
        .iter()
        .map(|(form, text)| (text.clone(), class_of[form]))
        .collect();
    let (form_bytes, separator_bytes, form_ids, separator_ids) =
        encode::forms(&described, &described_separators, codes);
    let mut id_of: HashMap<FormId, FormId> = HashMap::new();
    for (of_term, ids) in forms.iter().zip(form_ids) {
        id_of.extend(of_term.iter().map(|(form, _)| *form).zip(ids));
    }
    id_of.extend(texts.iter().map(|(form, _)| *form).zip(separator_ids));

    let mut stream = Vec::new();
    let mut lengths = Vec::new();
    for document in documents.clone().map(DocId) {
        let start = stream.len();
        let tokens = segment.tokens(document);
        for token in tokens.chain([Token::Control(Control::End)]) {
            let id = match token {
                Token::Word(form, _) | Token::Separator(form) => id_of[&form],
                Token::Control(control) => control.id(),
            };
            codes.write(id, &mut stream);
        }
        lengths.push((stream.len() - start) as u32);
    }

    let mut out = Vec::new();
    codes.encode(&mut out);
    put_varint(&mut out, lengths.len() as u32);
    lengths
        .iter()
        .for_each(|&length| put_varint(&mut out, length));
    for of_document in anchors {
        put_varint(&mut out, of_document.len() as u32);
        of_document
            .iter()
            .for_each(|anchor| put_str(&mut out, anchor));
    }
    for of_document in telling {
        let mut local: Vec<u32> = of_document.iter().map(|term| numbers[term]).collect();
        local.sort_unstable();
        put_varint(&mut out, local.len() as u32);
        let mut last = 0;
        for number in local {
            put_varint(&mut out, number - last);
            last = number;
        }
    }
    let term_texts: Vec<String> = terms
        .iter()
        .map(|&term| {
            let mut text = String::new();
            segment.terms.push_term(term, &mut text);
            text
        })
        .collect();
    let numbered: Vec<[u32; 3]> = pairs
        .iter()
        .map(|pair| pair.map(|term| numbers[&term]))
        .collect();
    put_varint(&mut out, term_texts.len() as u32);
    put_front_coded(&mut out, term_texts.iter().map(String::as_str));
    for bytes in [
        form_bytes,
        separator_bytes,
        encode::spellings(&numbered, &[]),
        stream,
    ] {
        put_varint(&mut out, bytes.len() as u32);
        out.extend(bytes);
    }
    Ok(out)
}
