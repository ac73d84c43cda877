//! Words that are made of others: found in the corpus, so that queries need not guess.

use std::collections::BTreeSet;

use hashbrown::HashMap;

/// Parts of compounds have at least so many letters.
const SHORTEST_PART: usize = 4;
/// What joins the parts of a compound, by language.
const FUGUES: [&str; 6] = ["", "s", "es", "n", "en", "er"];

/// Whether a language writes compounds in one.
pub(super) fn has_compounds(language: &str) -> bool {
    matches!(
        language,
        "de" | "nl" | "sv" | "da" | "no" | "nb" | "nn" | "fi" | "is" | "af"
    )
}

/// Terms that are a part of a longer one, first or last, each with the longer one's number. `terms` ascend; those of
/// languages without compounds are none.
pub(super) fn compounds(terms: &[(&str, bool)]) -> Vec<[u32; 2]> {
    let numbers: HashMap<&str, u32> = terms
        .iter()
        .zip(0..)
        .filter(|((term, is_part), _)| *is_part && term.chars().count() >= SHORTEST_PART)
        .map(|((term, _), number)| (*term, number))
        .collect();
    let mut found = BTreeSet::new();
    for ((term, has_parts), number) in terms.iter().zip(0..) {
        if !has_parts || term.chars().count() < 2 * SHORTEST_PART {
            continue;
        }
        let places: Vec<usize> = term.char_indices().map(|(at, _)| at).collect();
        for &at in &places[SHORTEST_PART..=places.len() - SHORTEST_PART] {
            let (one, other) = term.split_at(at);
            if let Some(&part) = numbers.get(other) {
                found.insert([part, number]);
            }
            let of_first = FUGUES
                .iter()
                .filter_map(|fugue| numbers.get(one.strip_suffix(fugue)?));
            // A first part says what kind of thing it is only where the rest is a word, too.
            if numbers.contains_key(other) {
                found.extend(of_first.map(|&part| [part, number]));
            }
        }
    }
    found
        .into_iter()
        .filter(|[part, compound]| part != compound)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_compounds_are_found_at_both_ends() {
        let terms = [
            ("bundestag", true),
            ("bundestagswahl", true),
            ("kampf", true),
            ("leben", true),
            ("erleben", true),
            ("wahl", true),
            ("wahlkampf", true),
            ("walkampfe", false),
        ];
        assert_eq!(compounds(&terms), [[0, 1], [2, 6], [5, 1], [5, 6]]);
    }
}
