//! Any mixture of words, phrases, signs, alternatives, titles, filters and dates.

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::prelude::*;
use samara_engine::{Ignored, Index};

use crate::corpus::{Page, found, index_of, pages, reading, search};

/// What a person may ask for.
#[derive(Clone, Debug)]
enum Piece {
    Wanted(Sign, Vec<Atom>),
    Condition(bool, Condition),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    None,
    Plus,
    Minus,
}

#[derive(Clone, Debug)]
struct Atom {
    in_title: bool,
    quoted: bool,
    /// One, unless quoted.
    words: Vec<String>,
}

#[derive(Clone, Debug)]
enum Condition {
    Tag(String),
    Date(Option<String>, Option<String>),
}

fn atom() -> impl Strategy<Value = Atom> {
    (
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.3),
        prop::collection::vec("[abc]{1,2}", 1..3),
    )
        .prop_map(|(in_title, quoted, mut words)| {
            if !quoted {
                words.truncate(1);
            }
            Atom {
                in_title,
                quoted,
                words,
            }
        })
}

fn piece() -> impl Strategy<Value = Piece> {
    let sign = prop_oneof![3 => Just(Sign::None), 1 => Just(Sign::Plus), 1 => Just(Sign::Minus)];
    let wanted = (sign, prop::collection::vec(atom(), 1..3)).prop_map(|(sign, mut atoms)| {
        if sign == Sign::Minus {
            atoms.truncate(1);
        }
        Piece::Wanted(sign, atoms)
    });
    let date = || prop::option::of(prop_oneof!["202[12]", "202[12]-0[1-3]"]);
    let condition = prop_oneof![
        "[xyzw]".prop_map(Condition::Tag),
        (date(), date())
            .prop_filter("a span has an end", |(from, to)| from.is_some()
                || to.is_some())
            .prop_map(|(from, to)| Condition::Date(from, to)),
    ];
    let condition = (prop::bool::weighted(0.3), condition)
        .prop_map(|(negated, condition)| Piece::Condition(negated, condition));
    prop_oneof![4 => wanted, 1 => condition]
}

/// The query as it would be typed.
fn typed(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        if !out.is_empty() {
            out.push(' ');
        }
        match piece {
            Piece::Wanted(sign, atoms) => {
                out.push_str(match sign {
                    Sign::None => "",
                    Sign::Plus => "+",
                    Sign::Minus => "-",
                });
                let atoms = atoms.iter().map(|atom| {
                    let title = if atom.in_title { "title:" } else { "" };
                    let quote = if atom.quoted { "\"" } else { "" };
                    format!("{title}{quote}{}{quote}", atom.words.join(" "))
                });
                out.push_str(&atoms.collect::<Vec<_>>().join(" OR "));
            }
            Piece::Condition(negated, condition) => {
                if *negated {
                    out.push('-');
                }
                match condition {
                    Condition::Tag(tag) => write!(out, "tag:{tag}").unwrap(),
                    Condition::Date(from, to) => {
                        let end = |date: &Option<String>| date.clone().unwrap_or_default();
                        write!(out, "date:{}..{}", end(from), end(to)).unwrap();
                    }
                }
            }
        }
    }
    out
}

impl Atom {
    fn holds(&self, page: &Page, prefix: bool) -> bool {
        let equal = |place: usize, known: &String| {
            let word = &self.words[place];
            known == word || (prefix && place + 1 == self.words.len() && known.starts_with(word))
        };
        let found = |words: &[String]| {
            words.windows(self.words.len()).any(|row| {
                row.iter()
                    .enumerate()
                    .all(|(place, known)| equal(place, known))
            })
        };
        found(&page.title) || (!self.in_title && found(&page.words))
    }
}

impl Condition {
    fn holds(&self, page: &Page) -> bool {
        match self {
            Condition::Tag(tag) => page.tags.contains(tag),
            Condition::Date(from, to) => page.date.as_ref().is_some_and(|date| {
                from.as_ref().is_none_or(|from| date >= from)
                    && to
                        .as_ref()
                        .is_none_or(|to| date <= to || date.starts_with(to))
            }),
        }
    }
}

impl Piece {
    /// Whether it is read as an option of a command, a word by itself: one letter behind a minus.
    fn is_option(&self) -> bool {
        match self {
            Piece::Wanted(Sign::Minus, atoms) => {
                !atoms[0].quoted && !atoms[0].in_title && atoms[0].words[0].len() == 1
            }
            _ => false,
        }
    }

    /// What documents may have and need not.
    fn optional(&self) -> Option<&[Atom]> {
        match self {
            Piece::Wanted(Sign::None, atoms) if !atoms[0].in_title => Some(atoms),
            Piece::Wanted(_, atoms) if self.is_option() => Some(atoms),
            _ => None,
        }
    }

    fn excludes(&self) -> bool {
        matches!(self, Piece::Wanted(Sign::Minus, _)) && !self.is_option()
    }
}

/// Whether the words of a query find a page, by reading it. `open`: the last word may go on.
fn has_words(pieces: &[Piece], page: &Page, open: bool) -> bool {
    let last = pieces.len() - 1;
    let (mut wanted, mut any) = (false, false);
    for (place, piece) in pieces.iter().enumerate() {
        let Piece::Wanted(sign, atoms) = piece else {
            continue;
        };
        let ends =
            |number: usize| place == last && number + 1 == atoms.len() && *sign != Sign::Minus;
        let found = atoms
            .iter()
            .enumerate()
            .any(|(number, atom)| atom.holds(page, open && !atom.quoted && ends(number)));
        if piece.excludes() {
            if found {
                return false;
            }
            continue;
        }
        // What is asked of the title alone is required.
        let required = *sign == Sign::Plus || (*sign == Sign::None && atoms[0].in_title);
        if required && !found {
            return false;
        }
        wanted = true;
        any |= found;
    }
    !wanted || any
}

/// The pages that a query finds, by reading all of them, and whether it does so without what it excludes: where nothing
/// else would be left.
fn expected(pieces: &[Piece], pages: &[Page], open: bool) -> (BTreeSet<usize>, bool) {
    let without: Vec<Piece> = pieces
        .iter()
        .filter(|piece| !piece.excludes())
        .cloned()
        .collect();
    // What was the last word stays it.
    let is_open = open && !pieces[pieces.len() - 1].excludes();
    let words = |pieces: &[Piece], open: bool| {
        reading(pages, |page| {
            pieces.is_empty() || has_words(pieces, page, open)
        })
    };
    let has_wanted = without
        .iter()
        .any(|piece| matches!(piece, Piece::Wanted(..)));
    let mut found = words(pieces, open);
    let falls_back = found.is_empty()
        && without.len() < pieces.len()
        && has_wanted
        && !words(&without, is_open).is_empty();
    if falls_back {
        found = words(&without, is_open);
    }
    let conditions = |page: &Page| {
        pieces.iter().all(|piece| match piece {
            Piece::Condition(negated, condition) => condition.holds(page) != *negated,
            Piece::Wanted(..) => true,
        })
    };
    (
        found
            .into_iter()
            .filter(|&number| conditions(&pages[number]))
            .collect(),
        falls_back,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn a_mixture_finds_what_reading_finds(
        pages in pages(),
        pieces in prop::collection::vec(piece(), 1..6),
        open: bool,
        long: bool,
    ) {
        // Behind more words than a machine word has bits, everything means what it means before them.
        let filler = (0..if long { 40 } else { 0 }).map(|number| {
            let words = vec![format!("zq{number}")];
            Piece::Wanted(Sign::None, vec![Atom { in_title: false, quoted: false, words }])
        });
        let pieces: Vec<Piece> = filler.chain(pieces).collect();
        let query = typed(&pieces) + if open { "" } else { " " };
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let answer = search(&index, &query, false);
        let (expected, falls_back) = expected(&pieces, &pages, open);
        let (unknown, others): (Vec<&Ignored>, Vec<&Ignored>) =
            answer.ignored.iter().partition(|ignored| ignored.reason == "unknown");
        prop_assert_eq!(!others.is_empty(), falls_back, "{}: {:?}", query, answer.ignored);
        prop_assert!(others.iter().all(|ignored| ignored.reason == "exclusion"), "{}", query);
        // What is listed, no page has, where it was looked for in titles alone, no title.
        let in_titles = |text: &str| {
            let mut atoms = pieces.iter().filter_map(Piece::optional).flatten();
            atoms.any(|atom| atom.in_title && atom.words.join(" ").contains(text))
        };
        for Ignored { text, .. } in &unknown {
            let words = text.split(' ').map(str::to_owned).collect();
            let row = Atom { in_title: in_titles(text), quoted: true, words };
            prop_assert!(!pages.iter().any(|page| row.holds(page, false)), "{}: {}", query, text);
        }
        for (place, piece) in pieces.iter().enumerate().filter(|_| !long) {
            let Some(atoms) = piece.optional() else { continue };
            let goes_on = |atom: &Atom| open && place + 1 == pieces.len() && !atom.quoted;
            let holds = |atom: &Atom| pages.iter().any(|page| atom.holds(page, goes_on(atom)));
            let is_listed = |atom: &Atom| {
                let is_of_it = |text: &String| atom.words.join(" ") == *text || atom.words.contains(text);
                unknown.iter().any(|ignored| is_of_it(&ignored.text))
            };
            prop_assert!(atoms.iter().any(|atom| holds(atom) || is_listed(atom)), "{}: {:?}", query, unknown);
        }
        prop_assert_eq!(found(&answer), expected, "{}", query);
    }
}
