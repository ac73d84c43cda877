//! The terms of a corpus and what belongs to each of them.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use super::spellings::{self, Pair, has_compounds};
use super::text::CodedText;
use super::{relatives, suffixes};
use crate::analysis::{Stemmers, Unicode, fold, lower, operators, parts, stop_words};
use crate::segment::encode::Case;
use crate::segment::{Letters, Reader, TermOrdinal};

/// The terms of a corpus and what belongs to each of them.
pub(super) struct Vocabulary {
    pub terms: Vec<String>,
    /// Per term its forms, in the order of [`Case`], with the number of the entry.
    pub forms: Vec<Vec<(Case, usize)>>,
    /// Per term its language and stem.
    pub stems: Vec<(String, String)>,
    pub stop_words: Vec<TermOrdinal>,
    pub suffix_pairs: Vec<(String, String)>,
    pub letter_bytes: Vec<u8>,
    /// Number of the language of each term; nothing where there is one.
    pub languages: Vec<u8>,
    /// Pairs of terms and the term that they make together.
    pub pairs: Vec<[u32; 3]>,
    /// Parts of compounds, and the compounds.
    pub compounds: Vec<[u32; 2]>,
}

/// A term while the vocabulary grows.
struct Known<'t> {
    /// Nothing for a term that stands inside of others alone, or that people may type.
    forms: Vec<(Case, usize)>,
    language: &'t str,
}

impl Vocabulary {
    pub fn of(text: &CodedText) -> Self {
        let mut by_term: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut letters = BTreeSet::new();
        let mut entry_terms = Vec::with_capacity(text.entries.len());
        for (number, entry) in text.entries.iter().enumerate() {
            entry_terms.push(entry.kind.map(|_| {
                // Never empty: a word has a letter.
                let term = lower(&entry.text, &Unicode);
                letters.extend(term.chars().filter(|letter| !letter.is_ascii()));
                by_term.entry(term.clone()).or_default().push(number);
                term
            }));
        }
        let main = main_language(text);
        let mut stops: HashMap<&str, HashSet<String>> = HashMap::new();
        let languages = languages_of_terms(text, &by_term, main);
        for &language in &languages {
            stops
                .entry(language)
                .or_insert_with(|| stop_words(language));
        }
        let pairs = spellings::pairs(
            text,
            &entry_terms,
            &|term| by_term.contains_key(term),
            &|term| stops.get(main).is_some_and(|words| words.contains(term)),
        );

        // What people may type though the corpus has it in other forms alone.
        let mut typed: Vec<(String, &str)> = Vec::new();
        for (term, language) in by_term.keys().zip(&languages) {
            let others = relatives::others(language, term);
            typed.extend(others.into_iter().map(|other| (other, *language)));
        }
        for (one, other) in &pairs {
            typed.push((format!("{one}{other}"), main));
        }
        for entry in text.entries.iter().filter(|entry| entry.kind.is_none()) {
            operators(&entry.text, &mut |operator| {
                typed.push((operator.to_owned(), main))
            });
        }
        for (term, _) in &typed {
            letters.extend(term.chars().filter(|letter| !letter.is_ascii()));
        }

        let letter_bytes = Letters::encode(&letters, |letter| {
            fold(letter.encode_utf8(&mut [0; 4]), &Unicode)
                .into_iter()
                .collect()
        });
        let letters = Letters::decode(&mut Reader::new(&letter_bytes, "letters"));
        let mut known: BTreeMap<String, Known> = BTreeMap::new();
        for ((term, entries), language) in by_term.into_iter().zip(languages) {
            let mut forms: Vec<(Case, usize)> = entries
                .into_iter()
                .map(|entry| (Case::of(&text.entries[entry].text, &term, &letters), entry))
                .collect();
            forms.sort_unstable();
            for (case, _) in &forms {
                if let Case::Mixed(capitals) = case {
                    parts(&term, *capitals, &mut |part| {
                        typed.push((part.to_owned(), language))
                    });
                }
            }
            known.insert(term, Known { forms, language });
        }
        for (term, language) in typed {
            known.entry(term).or_insert(Known {
                forms: Vec::new(),
                language,
            });
        }

        let mut stemmers = Stemmers::default();
        let (mut stems, mut stop_ordinals) = (Vec::new(), Vec::new());
        for (ordinal, (term, of)) in known.iter().enumerate() {
            let base = relatives::base(of.language, term);
            let stem = stemmers.stem(of.language, base.as_deref().unwrap_or(term));
            let stem = if stem.is_empty() { term.clone() } else { stem };
            stems.push((of.language.to_owned(), stem));
            if stops
                .get(of.language)
                .is_some_and(|words| words.contains(term))
            {
                stop_ordinals.push(TermOrdinal(ordinal as u32));
            }
        }
        let names: BTreeSet<&str> = known.values().map(|of| of.language).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let number = |language: &str| names.iter().position(|name| *name == language).unwrap_or(0);
        let languages = known.values().map(|of| number(of.language).min(255) as u8);
        let languages = if names.len() > 1 {
            languages.collect()
        } else {
            Vec::new()
        };
        let of_compounds: Vec<(&str, bool)> = known
            .iter()
            .map(|(term, of)| {
                (
                    term.as_str(),
                    !of.forms.is_empty() && has_compounds(of.language),
                )
            })
            .collect();
        let compounds = spellings::compounds(&of_compounds);
        let numbered = numbered(&pairs, &known);
        let (terms, of): (Vec<String>, Vec<Known>) = known.into_iter().unzip();
        let suffix_pairs = suffixes::suffix_pairs(&terms, &stems, &names);
        Vocabulary {
            terms,
            forms: of.into_iter().map(|of| of.forms).collect(),
            stems,
            stop_words: stop_ordinals,
            suffix_pairs,
            letter_bytes,
            languages,
            pairs: numbered,
            compounds,
        }
    }
}

/// The pairs and what they make in one, by the numbers of these terms.
fn numbered(pairs: &BTreeSet<Pair>, known: &BTreeMap<String, Known>) -> Vec<[u32; 3]> {
    let ordinals: HashMap<&str, u32> = known.keys().map(String::as_str).zip(0..).collect();
    let numbered = pairs.iter().map(|(one, other)| {
        let joined = format!("{one}{other}");
        [one, other, &joined].map(|term| ordinals[term.as_str()])
    });
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_unstable();
    numbered
}

/// The language that most of a corpus is in; nothing where none is known.
fn main_language(text: &CodedText) -> &str {
    let named = text.languages.iter().filter(|(name, _)| !name.is_empty());
    let most = named.max_by_key(|(name, size)| (*size, name));
    most.map_or("", |(name, _)| name)
}

/// The language that each term mostly occurs in, the first by name where it is as often in several. Where a document's is
/// not known, it is taken to be the one that most of the corpus is in: a short text's language cannot be told, a corpus's
/// can.
fn languages_of_terms<'t>(
    text: &'t CodedText,
    by_term: &BTreeMap<String, Vec<usize>>,
    main: &'t str,
) -> Vec<&'t str> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    by_term
        .values()
        .map(|entries| {
            counts.clear();
            for (language, count) in entries.iter().flat_map(|&at| text.entries[at].languages()) {
                *counts
                    .entry(&text.languages[usize::from(language)].0)
                    .or_default() += count;
            }
            let mut best = ("", 0);
            for (&language, &count) in &counts {
                if count > best.1 {
                    best = (language, count);
                }
            }
            if best.0.is_empty() { main } else { best.0 }
        })
        .collect()
}
