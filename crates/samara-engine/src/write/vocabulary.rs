//! The terms of a corpus and what belongs to each of them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::hash::BuildHasher;

use compact_str::CompactString;
use hashbrown::{DefaultHashBuilder, HashMap, HashSet, HashTable};
use smallvec::SmallVec;

use super::codes::Codes;
use super::compounds::{compounds, has_compounds};
use super::cores::{cores, on_all_cores};
use super::lexicon::Entry;
use super::sorted::{prefix, sorted};
use super::spellings::{self, Pair};
use super::{relatives, suffixes};
use crate::analysis::{Stemmers, Unicode, fold, lower, operators, parts, stop_words};
use crate::segment::encode::Case;
use crate::segment::{Letters, Reader, TermOrdinal};

/// The terms of a corpus and what belongs to each of them.
pub(super) struct Vocabulary<'t> {
    /// They ascend.
    pub terms: Vec<Term<'t>>,
    /// Per term the number of those that share its stem.
    pub groups: Vec<u32>,
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

/// A term of a corpus.
pub(super) struct Term<'t> {
    pub text: CompactString,
    /// Its forms, in the order of [`Case`], with the number of the entry. Nothing for a term that stands inside of others alone,
    /// or that people may type.
    pub forms: SmallVec<[(Case, usize); 1]>,
    language: &'t str,
}

/// Words of a text that are one term.
struct Written<'t> {
    term: &'t CompactString,
    /// What each begins with, and the number of its entry.
    words: &'t [(u64, u32)],
}

impl Written<'_> {
    /// The numbers of the entries.
    fn entries(&self) -> impl Iterator<Item = usize> {
        self.words.iter().map(|&(_, entry)| entry as usize)
    }
}

impl<'t> Vocabulary<'t> {
    /// The vocabulary of a text: of its words and separators, its languages with their bytes, and its codes. Linear in the different
    /// words, but for sorting them, and in the text.
    pub fn of(entries: &'t [Entry], languages: &'t [(String, usize)], codes: &Codes) -> Self {
        // Nothing for separators: a word has a letter.
        let lowered: Vec<CompactString> = on_all_cores(entries, |entry| {
            let word = entry.kind.map(|_| lower(&entry.text, &Unicode).into());
            word.unwrap_or_default()
        });
        let order = by_term(&lowered);
        let are_one = |one: &(u64, u32), other: &(u64, u32)| {
            one.0 == other.0 && lowered[one.1 as usize] == lowered[other.1 as usize]
        };
        let written = order.chunk_by(are_one).map(|words| Written {
            term: &lowered[words[0].1 as usize],
            words,
        });
        let written: Vec<Written> = written.collect();
        let main = main_language(languages);
        let is_one = languages
            .iter()
            .filter(|(name, _)| !name.is_empty())
            .count()
            < 2;
        let languages = if is_one {
            vec![main; written.len()]
        } else {
            on_all_cores(&written, |of| {
                language_of(of.entries().map(|entry| &entries[entry]), languages, main)
            })
        };
        let mut stops: HashMap<&str, HashSet<String>> = HashMap::new();
        for language in in_short(languages.iter().copied()) {
            stops
                .entry(language)
                .or_insert_with(|| stop_words(language));
        }
        let is_known = |term: &str| {
            let place = written.binary_search_by(|known| (**known.term).cmp(term));
            place.is_ok()
        };
        let pairs = spellings::pairs(codes, entries, &lowered, &is_known, &|term| {
            stops.get(main).is_some_and(|words| words.contains(term))
        });

        // What people may type though the corpus has it in other forms alone.
        let mut typed: Vec<(CompactString, &str)> = Vec::new();
        let written: Vec<(Written, &str)> = written.into_iter().zip(languages).collect();
        let others = on_all_cores(&written, |(of, language)| {
            relatives::others(language, of.term)
        });
        for (others, (_, language)) in others.into_iter().zip(&written) {
            typed.extend(others.into_iter().map(|other| (other.into(), *language)));
        }
        for (one, other) in &pairs {
            typed.push((format!("{one}{other}").into(), main));
        }
        for entry in entries.iter().filter(|entry| entry.kind.is_none()) {
            operators(&entry.text, &mut |operator| {
                typed.push((operator.into(), main))
            });
        }

        let mut letters = BTreeSet::new();
        let terms = written.iter().map(|(of, _)| of.term);
        for term in terms.chain(typed.iter().map(|(term, _)| term)) {
            if !term.is_ascii() {
                letters.extend(term.chars().filter(|letter| !letter.is_ascii()));
            }
        }
        let letter_bytes = Letters::encode(&letters, |letter| {
            fold(letter.encode_utf8(&mut [0; 4]), &Unicode)
                .into_iter()
                .collect()
        });
        let letters = Letters::decode(&mut Reader::new(&letter_bytes, "letters"));
        let terms: Vec<Term> = on_all_cores(&written, |(of, language)| {
            let mut forms: SmallVec<[(Case, usize); 1]> = of
                .entries()
                .map(|entry| (Case::of(&entries[entry].text, of.term, &letters), entry))
                .collect();
            // Numbers of entries say nothing: of two that differ by weight, the one without comes first, then the lighter one.
            forms.sort_by(|(case, entry), (other_case, other)| {
                let order = case.cmp(other_case);
                order.then_with(|| entries[*entry].weight.cmp(&entries[*other].weight))
            });
            Term {
                text: of.term.clone(),
                forms,
                language,
            }
        });
        for term in &terms {
            for (case, _) in &term.forms {
                if let Case::Mixed(capitals) = case {
                    parts(&term.text, *capitals, &mut |part| {
                        typed.push((part.into(), term.language))
                    });
                }
            }
        }
        let terms = with_typed(terms, typed);

        let names = in_short(terms.iter().map(|term| term.language));
        let names: Vec<&str> = names.into_iter().collect();
        let number = |term: &Term| names.iter().position(|name| *name == term.language);
        let languages = terms
            .iter()
            .map(|term| number(term).unwrap_or(0).min(255) as u8);
        let languages = if names.len() > 1 {
            languages.collect()
        } else {
            Vec::new()
        };
        let stop_words = stop_words_in(&terms, &stops);
        let compounds = if names.iter().any(|language| has_compounds(language)) {
            let of_compounds = terms.iter().map(|term| {
                let has_parts = !term.forms.is_empty() && has_compounds(term.language);
                (&*term.text, has_parts)
            });
            compounds(&of_compounds.collect::<Vec<_>>())
        } else {
            Vec::new()
        };
        let pairs = numbered(&pairs, &terms);
        let groups = groups(&terms);
        let texts: Vec<&str> = terms.iter().map(|term| &*term.text).collect();
        let suffix_pairs = suffixes::suffix_pairs(&texts, &groups, &names);
        Vocabulary {
            terms,
            groups,
            stop_words,
            suffix_pairs,
            letter_bytes,
            languages,
            pairs,
            compounds,
        }
    }
}

/// The different ones of names, most of which are the one before once more.
fn in_short<'t>(names: impl Iterator<Item = &'t str>) -> BTreeSet<&'t str> {
    let mut different = BTreeSet::new();
    let mut before = None;
    for name in names {
        if before.replace(name) != Some(name) {
            different.insert(name);
        }
    }
    different
}

/// What each word begins with, and the number of its entry, in the order of the terms; nothing of entries without one.
fn by_term(terms: &[CompactString]) -> Vec<(u64, u32)> {
    let words = (0..).zip(terms).filter(|(_, term)| !term.is_empty());
    let words = words.map(|(entry, term)| (prefix(term), entry));
    sorted(words.collect(), |&(begins, one), &(other_begins, other)| {
        let term = |entry: u32| &*terms[entry as usize];
        let order = begins.cmp(&other_begins);
        let order = order.then_with(|| term(one).cmp(term(other)));
        order.then(one.cmp(&other))
    })
}

/// Which of these terms, which ascend, are stop words of their languages. Of these there are few, so they are looked for.
fn stop_words_in(terms: &[Term], stops: &HashMap<&str, HashSet<String>>) -> Vec<TermOrdinal> {
    let mut found = Vec::new();
    for (language, words) in stops {
        for word in words {
            let place = terms.binary_search_by(|term| (*term.text).cmp(word));
            let place = place
                .ok()
                .filter(|&place| terms[place].language == *language);
            found.extend(place.map(|place| TermOrdinal(place as u32)));
        }
    }
    found.sort_unstable();
    found
}

/// The terms, which ascend, and those that people may type where they are not among them.
fn with_typed<'t>(terms: Vec<Term<'t>>, mut typed: Vec<(CompactString, &'t str)>) -> Vec<Term<'t>> {
    // The language is that of the first from which it is made.
    typed.sort_by(|one, other| one.0.cmp(&other.0));
    typed.dedup_by(|later, first| later.0 == first.0);
    let mut all = Vec::with_capacity(terms.len() + typed.len());
    let mut typed = typed.into_iter().peekable();
    let bare = |(text, language)| Term {
        text,
        forms: SmallVec::new(),
        language,
    };
    for term in terms {
        while let Some(other) = typed.next_if(|(text, _)| *text < term.text) {
            all.push(bare(other));
        }
        let _known = typed.next_if(|(text, _)| *text == term.text);
        all.push(term);
    }
    all.extend(typed.map(bare));
    all
}

/// For each term the number of the terms that share its stem, in the order of the first of each.
fn groups(terms: &[Term]) -> Vec<u32> {
    let hasher = DefaultHashBuilder::default();
    let shares: Vec<&[Term]> = terms.chunks(terms.len().div_ceil(cores()).max(1)).collect();
    let stems = on_all_cores(&shares, |terms| {
        let mut stemmers = Stemmers::default();
        let stem = |term: &Term| {
            let base = relatives::base(term.language, &term.text);
            let stem = stemmers.stem(term.language, base.as_deref().unwrap_or(&term.text));
            let stem: CompactString = if stem.is_empty() {
                term.text.clone()
            } else {
                stem.into()
            };
            (hasher.hash_one((term.language, &stem)), stem)
        };
        terms.iter().map(stem).collect::<Vec<_>>()
    });
    let stems: Vec<(u64, CompactString)> = stems.into_iter().flatten().collect();
    let stem = |term: usize| (terms[term].language, &stems[term].1);
    // The first term of each stem, with its number.
    let mut firsts: HashTable<(u32, u32)> = HashTable::with_capacity(terms.len());
    let mut next = 0;
    let groups = stems.iter().enumerate().map(|(term, (hash, _))| {
        let is_same = |first: &(u32, u32)| stem(first.0 as usize) == stem(term);
        let first = firsts.entry(*hash, is_same, |first| stems[first.0 as usize].0);
        let first = first.or_insert_with(|| {
            next += 1;
            (term as u32, next - 1)
        });
        first.get().1
    });
    groups.collect()
}

/// The pairs and what they make in one, by the numbers of these terms.
fn numbered(pairs: &BTreeSet<Pair>, terms: &[Term]) -> Vec<[u32; 3]> {
    let number = |text: &str| {
        let place = terms.partition_point(|term| &*term.text < text);
        place as u32
    };
    let numbered = pairs.iter().map(|(one, other)| {
        let joined = format!("{one}{other}");
        [&**one, &**other, &*joined].map(number)
    });
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_unstable();
    numbered
}

/// The language that most of a corpus is in; nothing where none is known.
fn main_language(languages: &[(String, usize)]) -> &str {
    let named = languages.iter().filter(|(name, _)| !name.is_empty());
    let most = named.max_by_key(|(name, size)| (*size, name));
    most.map_or("", |(name, _)| name)
}

/// The language that these entries mostly occur in, the first by name where it is as often in several. Where a document's is
/// not known, it is taken to be the one that most of the corpus is in: a short text's language cannot be told, a corpus's
/// can.
fn language_of<'t>(
    entries: impl Iterator<Item = &'t Entry>,
    languages: &'t [(String, usize)],
    main: &'t str,
) -> &'t str {
    // Most words are of one.
    let mut counts: Vec<(u16, u64)> = Vec::new();
    for (language, count) in entries.flat_map(Entry::languages) {
        match counts.iter_mut().find(|(known, _)| *known == language) {
            Some((_, counted)) => *counted += count,
            None => counts.push((language, count)),
        }
    }
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(number, count)| (count, Reverse(&*languages[usize::from(number)].0)));
    match counts.max() {
        Some((_, Reverse(best))) if !best.is_empty() => best,
        _ => main,
    }
}
