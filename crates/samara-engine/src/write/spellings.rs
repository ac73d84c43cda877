//! Words that are one and several, in one or apart: found in the corpus, so that queries need not guess.

use std::collections::BTreeSet;

use compact_str::CompactString;
use hashbrown::HashSet;

use super::codes::{Code, Codes};
use super::cores::{cores, on_all_cores};
use super::lexicon::Entry;
use super::rolling::{Hash, Sums};
use crate::analysis::Kind;

/// A word that is joined to a neighbour over a space has at least so many letters: shorter ones make anything of anything.
const SHORTEST_APART: usize = 3;
/// A part of so many letters says little by itself, so that the whole is what people type: `e-mail`, `Q&A`.
const LONGEST_LITTLE: usize = 2;

/// Of so many pairs each core remembers that it was decided about them: as many as a table of half a million places takes.
const MOST_DECIDED: usize = if cfg!(test) { 8 } else { (1 << 19) / 8 * 7 };

/// A pair of terms that stand side by side, and what they make in one.
pub(super) type Pair = (CompactString, CompactString);

/// Pairs of terms that are written in one as well, or would be typed so. `terms` are those of the entries of a text in codes, where
/// they have one; `is_known` tells whether a text is a term, `is_common` whether a term is a stop word. Linear in the text.
pub(super) fn pairs(
    codes: &Codes,
    entries: &[Entry],
    terms: &[CompactString],
    is_known: &(dyn Fn(&str) -> bool + Sync),
    is_common: &(dyn Fn(&str) -> bool + Sync),
) -> BTreeSet<Pair> {
    let hashes: Vec<Hash> = on_all_cores(terms, |term| Hash::of(term));
    let known = Sums::of(hashes.iter().map(|hash| Some(hash.sum)));
    let traits = traits(entries, terms, &hashes, is_common);
    let runs = codes.runs(cores());
    let pairs = on_all_cores(&runs, |run| {
        let mut pairs = BTreeSet::new();
        // Words with what stands between and around them, of which it was decided.
        let mut decided: HashSet<(u32, u32, Option<u32>, [bool; 2])> = HashSet::new();
        let mut before: Option<u32> = None;
        let mut separator: Option<u32> = None;
        let is_hyphen = |entry: u32| traits[entry as usize].is_hyphen;
        // Whether a hyphen stands before the word before.
        let mut is_hyphened = false;
        run.each(|code, next| {
            let Code::Entry(entry) = code else {
                (before, separator, is_hyphened) = (None, None, false);
                return;
            };
            let of = traits[entry as usize];
            if of.is_separator {
                if separator.replace(entry).is_some() {
                    before = None;
                }
                return;
            }
            let between = separator.take();
            let is_behind_hyphen =
                std::mem::replace(&mut is_hyphened, between.is_some_and(is_hyphen));
            let Some(first) = before.replace(entry).filter(|_| of.is_word) else {
                return;
            };
            let joins = match between {
                None => Joins::Known,
                Some(separator) => traits[separator as usize].joins,
            };
            let is_before_hyphen = matches!(next, Some(Code::Entry(entry)) if is_hyphen(entry));
            let around = match joins {
                Joins::Nothing => return,
                // Nothing around them has a say in it. Most of what stands side by side makes no word, which few bits tell at once:
                // there are too many such pairs to remember them.
                Joins::Known => {
                    let may_be_one =
                        between.is_some() || of.ends_one && traits[first as usize].begins_one;
                    let whole = || hashes[first as usize].then(hashes[entry as usize]).sum;
                    if !may_be_one || !known.may_have(whole()) {
                        return;
                    }
                    [false; 2]
                }
                Joins::Others => [is_behind_hyphen, is_before_hyphen],
            };
            if decided.len() == MOST_DECIDED {
                decided.clear();
            }
            if !decided.insert((first, entry, between, around)) {
                return;
            }
            let between = between.map_or(" ", |entry| &entries[entry as usize].text);
            let (one, other) = (&terms[first as usize], &terms[entry as usize]);
            if one.is_empty() || other.is_empty() {
                return;
            }
            let second = entries[entry as usize].text.chars().next();
            let between = Between {
                text: between,
                is_behind_hyphen,
                is_before_hyphen,
                second_is_name: second.is_some_and(char::is_uppercase),
            };
            if are_one(one, other, &between, is_known, is_common) {
                pairs.insert((one.clone(), other.clone()));
            }
        });
        pairs
    });
    pairs.into_iter().flatten().collect()
}

/// Whether words with a separator between them may be one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joins {
    Nothing,
    /// Where both in one are known.
    Known,
    Others,
}

impl Joins {
    fn of(separator: &str) -> Self {
        match separator {
            " " | "_" | "/" => Joins::Known,
            "-" | "&" | "'" | "’" => Joins::Others,
            _ => Joins::Nothing,
        }
    }
}

/// What decides about most words before anybody looks at their texts.
#[derive(Clone, Copy)]
struct Traits {
    is_separator: bool,
    is_hyphen: bool,
    joins: Joins,
    is_word: bool,
    /// Whether it may be the first word of two that are written in one as well.
    begins_one: bool,
    /// Whether it may be the second.
    ends_one: bool,
}

/// The traits of each entry. Linear in the letters of the terms.
fn traits(
    entries: &[Entry],
    terms: &[CompactString],
    hashes: &[Hash],
    is_common: &(dyn Fn(&str) -> bool + Sync),
) -> Vec<Traits> {
    let may_join: Vec<bool> = on_all_cores(terms, |term| is_joined_apart(term) && !is_common(term));
    let joined = hashes.iter().zip(&may_join);
    let parts = Sums::of(joined.map(|(hash, is)| is.then_some(hash.sum)));
    // Few terms are two others in a row.
    let wholes = on_all_cores(terms, |term| {
        let mut wholes = Vec::new();
        halves(term, |one, other| {
            if parts.may_have(one) && parts.may_have(other) {
                wholes.push((one, other));
            }
        });
        wholes
    });
    let (firsts, seconds): (HashSet<u64>, HashSet<u64>) = wholes.into_iter().flatten().unzip();
    let numbers: Vec<usize> = (0..entries.len()).collect();
    on_all_cores(&numbers, |&number| {
        let (entry, sum) = (&entries[number], hashes[number].sum);
        Traits {
            is_separator: entry.kind.is_none(),
            is_hyphen: &*entry.text == "-",
            joins: Joins::of(&entry.text),
            is_word: entry.kind == Some(Kind::Word),
            begins_one: may_join[number] && firsts.contains(&sum),
            ends_one: may_join[number] && seconds.contains(&sum),
        }
    })
}

/// Hands over the sums of both halves of a text, wherever it may be cut into two that are long enough to stand apart. Linear in it.
fn halves(text: &str, mut take: impl FnMut(u64, u64)) {
    let from = text.char_indices().nth(SHORTEST_APART);
    let to = text.char_indices().nth_back(SHORTEST_APART - 1);
    let (Some((from, _)), Some((to, _))) = (from, to) else {
        return;
    };
    let mut one = Hash::of(&text[..from]);
    let mut ones = vec![one.sum];
    for &byte in text.as_bytes().get(from..to).unwrap_or_default() {
        one = one.and(byte.into());
        ones.push(one.sum);
    }
    let mut other = Hash::of(&text[to..]);
    for (at, one) in (from..to + 1).zip(ones).rev() {
        if text.is_char_boundary(at) {
            take(one, other.sum);
        }
        other = Hash::EMPTY.and(text.as_bytes()[at - 1].into()).then(other);
    }
}

/// What stands between two words, and around both.
#[derive(Clone, Copy, Default)]
struct Between<'t> {
    text: &'t str,
    is_behind_hyphen: bool,
    is_before_hyphen: bool,
    second_is_name: bool,
}

fn is_word(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}

/// Whether people write such words in one with a neighbour, or apart.
fn is_joined_apart(text: &str) -> bool {
    is_word(text) && text.chars().nth(SHORTEST_APART - 1).is_some()
}

fn are_one(
    one: &str,
    other: &str,
    between: &Between,
    is_known: &dyn Fn(&str) -> bool,
    is_common: &dyn Fn(&str) -> bool,
) -> bool {
    if !is_word(one) || !is_word(other) {
        return false;
    }
    let count = |text: &str| text.chars().count();
    let shortest = count(one).min(count(other));
    let is_whole_known = || is_known(&format!("{one}{other}"));
    match between.text {
        "-" if shortest <= LONGEST_LITTLE => {
            // `once-and-for-a-while` makes no word of two common ones, which stand side by side everywhere.
            let (longer, is_in_row) = if count(one) < count(other) {
                (other, between.is_behind_hyphen)
            } else {
                (one, between.is_behind_hyphen || between.is_before_hyphen)
            };
            // A little word within a row, as in `a-list-of-hives`, belongs to no neighbour. In front it may: `e-mail-address`.
            !is_in_row && !is_common(longer) || is_whole_known()
        }
        "-" => is_whole_known(),
        "&" => true,
        "_" | "/" => is_whole_known(),
        // What follows an apostrophe is mostly a word by itself: it's, we'll, l'état.
        "'" | "’" => match other {
            "t" => one.ends_with('n'),
            "s" | "ll" | "re" | "ve" | "d" | "m" => false,
            _ => count(one) == 1 && between.second_is_name,
        },
        " " => {
            let may_join = |text| is_joined_apart(text) && !is_common(text);
            may_join(one) && may_join(other) && is_whole_known()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{CodedCorpus, TextWriter};
    use super::*;

    #[test]
    fn a_text_is_cut_wherever_both_halves_are_long_enough() {
        for (text, expected) in [
            ("", &[][..]),
            ("abcde", &[]),
            ("abcdef", &[("abc", "def")]),
            (
                "database",
                &[("datab", "ase"), ("data", "base"), ("dat", "abase")],
            ),
            ("größeré", &[("größ", "eré"), ("grö", "ßeré")]),
        ] {
            let mut found = Vec::new();
            halves(text, |one, other| found.push((one, other)));
            let sums = |(one, other): &(&str, &str)| (Hash::of(one).sum, Hash::of(other).sum);
            assert!(found.into_iter().eq(expected.iter().map(sums)), "{text}");
        }
    }

    #[test]
    fn pairs_are_one_where_people_write_them_so() {
        let known =
            |text: &str| matches!(text, "email" | "database" | "shell" | "into" | "nonzero");
        let common = |text: &str| matches!(text, "in" | "to" | "she" | "for");
        for (one, between, other, expected) in [
            ("e", "-", "mail", true),
            ("non", "-", "zero", true),
            ("for", "-", "a", false),
            ("well", "-", "known", false),
            ("don", "'", "t", true),
            ("don", "’", "t", true),
            ("she", "'", "ll", false),
            ("q", "&", "a", true),
            ("data", " ", "base", true),
            ("in", " ", "to", false),
            ("2", "-", "a", false),
        ] {
            let text = between;
            let between = Between {
                text,
                ..Between::default()
            };
            assert_eq!(
                are_one(one, other, &between, &known, &common),
                expected,
                "{one}{text}{other}"
            );
        }
        let apostrophe = |second_is_name| Between {
            text: "'",
            second_is_name,
            ..Between::default()
        };
        assert!(are_one("o", "brien", &apostrophe(true), &known, &common));
        assert!(!are_one("l", "état", &apostrophe(false), &known, &common));
    }

    #[test]
    fn what_joins_nothing_makes_no_pair() {
        let all = |_: &str| true;
        for text in ["-", "&", "_", "/", "'", "’", " ", ".", "::", ", ", "("] {
            let between = Between {
                text,
                second_is_name: true,
                ..Between::default()
            };
            let words = [("data", "base"), ("o", "brien"), ("don", "t"), ("q", "a")];
            let joins = words
                .iter()
                .any(|(one, other)| are_one(one, other, &between, &all, &|_| false));
            assert_eq!(joins, Joins::of(text) != Joins::Nothing, "{text}");
            let none = words
                .iter()
                .any(|(one, other)| are_one(one, other, &between, &|_| false, &|_| false));
            assert_eq!(none, Joins::of(text) == Joins::Others, "{text}");
        }
    }

    /// The pairs of a text, of which each two words that stand side by side are looked at.
    fn pairs_one_by_one(
        text: &CodedCorpus,
        terms: &[CompactString],
        is_known: &dyn Fn(&str) -> bool,
        is_common: &dyn Fn(&str) -> bool,
    ) -> BTreeSet<Pair> {
        let codes: Vec<Code> = text.codes.iter().collect();
        let entry = |at: usize| match codes.get(at) {
            Some(&Code::Entry(entry)) => Some(entry as usize),
            _ => None,
        };
        let is_separator = |entry: usize| text.entries[entry].kind.is_none();
        let is_hyphen = |at: Option<usize>| {
            at.and_then(entry)
                .is_some_and(|of| &*text.entries[of].text == "-")
        };
        let mut pairs = BTreeSet::new();
        for at in 0..codes.len() {
            let Some(first) = entry(at).filter(|&of| !is_separator(of)) else {
                continue;
            };
            let between = entry(at + 1).filter(|&of| is_separator(of));
            let behind = at + 1 + usize::from(between.is_some());
            let Some(second) = entry(behind) else {
                continue;
            };
            if text.entries[second].kind != Some(Kind::Word) {
                continue;
            }
            let written = &text.entries[second].text;
            let between = Between {
                text: between.map_or(" ", |of| &text.entries[of].text),
                // One hyphen alone, behind a word.
                is_behind_hyphen: is_hyphen(at.checked_sub(1))
                    && at
                        .checked_sub(2)
                        .and_then(entry)
                        .is_none_or(|of| !is_separator(of)),
                is_before_hyphen: is_hyphen(Some(behind + 1)),
                second_is_name: written.chars().next().is_some_and(char::is_uppercase),
            };
            let (one, other) = (&terms[first], &terms[second]);
            if are_one(one, other, &between, is_known, is_common) {
                pairs.insert((one.clone(), other.clone()));
            }
        }
        pairs
    }

    #[test]
    fn pairs_are_those_that_are_found_one_by_one() {
        let words = [
            "data",
            "base",
            "database",
            "e",
            "mail",
            "email",
            "non",
            "zero",
            "nonzero",
            "in",
            "to",
            "into",
            "O",
            "Brien",
            "don",
            "t",
            "größ",
            "enwahl",
            "größenwahl",
            "3",
            "log",
            "login",
        ];
        let joints = [
            " ", " ", " ", "-", "-", "_", "/", "'", "&", ", ", " - ", ".",
        ];
        let mut seed = 7_usize;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % limit
        };
        for round in 0..60 {
            let mut written = String::new();
            for _ in 0..below(60) {
                written += words[below(words.len())];
                written += joints[below(joints.len())];
            }
            let mut document = crate::Document {
                title: written.clone(),
                ..crate::Document::default()
            };
            let mut text = TextWriter::default();
            text.add(&mut document, String::new());
            let text = text.close(false).finish();
            let terms = text.entries.iter();
            let terms: Vec<CompactString> = terms
                .map(|entry| entry.kind.map(|_| entry.text.to_lowercase()))
                .map(Option::unwrap_or_default)
                .collect();
            let is_known = |term: &str| terms.iter().any(|known| *known == *term);
            let is_common = |term: &str| matches!(term, "in" | "to");
            let found = pairs(&text.codes, &text.entries, &terms, &is_known, &is_common);
            let expected = pairs_one_by_one(&text, &terms, &is_known, &is_common);
            assert_eq!(found, expected, "{round}: {written}");
        }
    }

    #[test]
    fn little_words_within_a_row_of_hyphens_are_words_by_themselves() {
        let known = |text: &str| text == "login";
        let common = |_: &str| false;
        let pairs_of = |written: &str| -> Vec<String> {
            let mut text = TextWriter::default();
            let mut document = crate::Document {
                title: written.to_owned(),
                ..crate::Document::default()
            };
            text.add(&mut document, String::new());
            let text = text.close(false).finish();
            let terms = text
                .entries
                .iter()
                .map(|entry| entry.kind.map(|_| entry.text.clone()));
            let terms: Vec<CompactString> = terms.map(Option::unwrap_or_default).collect();
            let pairs = pairs(&text.codes, &text.entries, &terms, &known, &common);
            let joined = pairs.iter().map(|(one, other)| format!("{one}{other}"));
            joined.collect()
        };
        let none: [&str; 0] = [];
        for written in [
            "nine-hours-of-talks",
            "a guide-to-hives",
            "state-of-art",
            "up-to-date",
        ] {
            assert_eq!(pairs_of(written), none, "{written}");
        }
        for (written, expected) in [
            ("e-mail", "email"),
            ("an e-mail-address", "email"),
            ("the plug-in is there", "plugin"),
            ("how-to-log-in-here", "login"),
        ] {
            assert_eq!(pairs_of(written), [expected], "{written}");
        }
    }
}
