//! Reading a word that the corpus does not know as one that it does.
//!
//! Only unknown words are corrected: looking for similar words always makes answers to well-spelt queries
//! worse and finds nothing more in misspelt ones.

use super::expansion::{Expansion, SAME_STEM, Scope, by_ending};
use super::searcher::Searcher;
use crate::analysis::{Class, class, fold};
use crate::index::Index;
use crate::list::Keep;
use crate::query::{Nature, Word};
use crate::segment::{DocId, Found, Pattern, TermOrdinal};
use crate::text::characters;

/// Lengths of the shortest words that may have one edit, and two: a shorter word is near to everything.
pub(crate) struct Reach {
    pub one_edit: usize,
    pub two_edits: usize,
}

/// For queries, which are answered with what is found.
const IN_QUERIES: Reach = Reach {
    one_edit: 4,
    two_edits: 8,
};
/// For suggestions, which a person chooses from. Reaching as little as in queries loses one intended word in
/// twenty.
pub(crate) const IN_SUGGESTIONS: Reach = Reach {
    one_edit: 3,
    two_edits: 6,
};
/// Candidates that stand for the word, together; a single one is wrong too often.
const STAND_INS: usize = 3;
/// What an occurrence of the best candidate counts, times this per edit.
const PER_EDIT: f32 = 0.85;
/// How many candidates are compared letter by letter, of those nearest by plain distance.
const MOST_COMPARED: usize = 400;

/// Costs of one edit, in hundredths of a plain one. Chosen by how often the intended word comes first among
/// misspellings that people made and that keyboards make.
const PLAIN: u32 = 100;
const TRANSPOSED: u32 = 70;
const DOUBLED: u32 = 45;
const VOWEL_FOR_VOWEL: u32 = 70;
const NEIGHBOURING_KEY: u32 = 75;
const FIRST_LETTER: u32 = 60;
/// A slip that people make costs at most so much.
const LIKELY_SLIP: u32 = VOWEL_FOR_VOWEL;
/// What an occurrence counts of another form of the word where a slip is likelier.
const BEHIND_A_SLIP: f32 = 0.3;
/// What an occurrence counts of a word that is likelier than the one that was typed and that the corpus has.
pub(crate) const LIKELIER: f32 = 0.7;
/// Words of so many letters are corrected where two of them were swapped.
const TRANSPOSABLE: usize = 3;
/// What each doubling of the documents that hold a candidate is worth.
const PER_DOUBLING: u32 = 11;

/// What an unknown word was read as.
pub(crate) enum Corrected {
    /// As these terms; the text is the best of them, where they are other words and not other forms of it.
    Word {
        expansion: Expansion,
        text: Option<String>,
    },
    /// As words that stand in a row somewhere.
    Split(Vec<Word>),
    /// Nothing is near.
    Nothing,
}

/// A term that may have been meant, and how unlikely that is: lower is better.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub term: TermOrdinal,
    pub distance: u8,
    /// What the edits cost by themselves.
    pub edits: u32,
    pub cost: u32,
    /// Whether the first letter is another.
    pub changes_first: bool,
}

/// Reads an unknown word as what it most probably means: as words that the corpus has apart, as one that is a likely
/// slip away, as another form of a word that the corpus knows, as what is nearest. Without `may_correct`, as another form
/// alone. A correction is in `language`, where that is known.
pub(crate) fn correct(
    searcher: &Searcher,
    word: &Word,
    scope: Scope,
    may_correct: bool,
    language: Option<u8>,
) -> Corrected {
    let index = searcher.index;
    // Of what is missing nobody knows whether it is unknown.
    if word.is_number() || index.is_waiting() {
        return Corrected::Nothing;
    }
    if may_correct && let Some(parts) = split(searcher, word) {
        return Corrected::Split(parts);
    }
    let mut expansion = Expansion::default();
    let ending = if scope.stems {
        by_ending(index, word)
    } else {
        None
    };
    if let Some(term) = ending {
        expansion.add_group(index, term, SAME_STEM);
    }
    // Another number is another thing.
    let has_digit = word.term.bytes().any(|byte| byte.is_ascii_digit());
    let mut near = Vec::new();
    if may_correct && !has_digit {
        near = candidates(index, &word.folded, scope.prefix, &IN_QUERIES);
        near.keep(&mut |candidate| {
            language.is_none_or(|language| index.language_of(candidate.term) == language)
        });
    }
    let Some(best) = near.first().copied() else {
        return known_as(expansion, None);
    };
    if let Some(ending) = ending {
        let documents = |term| index.document_frequency(term);
        let is_slip = best.edits <= LIKELY_SLIP || documents(best.term) > documents(ending);
        if best.distance != 1 || best.changes_first || !is_slip {
            return known_as(expansion, None);
        }
        expansion = Expansion::default();
    }
    // Stand-ins are of one language.
    let language = index.language_of(best.term);
    near.keep(&mut |candidate| index.language_of(candidate.term) == language);
    for candidate in near.iter().take(STAND_INS) {
        let weight = (0..candidate.distance).fold(1.0, |weight, _| weight * PER_EDIT);
        expansion.add_group(index, candidate.term, weight);
    }
    if let Some(term) = ending {
        expansion.add_group(index, term, BEHIND_A_SLIP);
    }
    let mut text = String::new();
    index.push_term(best.term, &mut text);
    known_as(expansion, Some(text))
}

fn known_as(expansion: Expansion, text: Option<String>) -> Corrected {
    if expansion.is_empty() {
        Corrected::Nothing
    } else {
        Corrected::Word { expansion, text }
    }
}

/// What a word that the corpus hardly has was probably meant to be: a likely slip away from a much more frequent one.
pub(crate) fn likelier(
    index: &Index,
    word: &Word,
    expansion: &Expansion,
) -> Option<(TermOrdinal, String)> {
    /// Shorter words are near to too many others.
    const SHORTEST: usize = 5;
    /// A word in more documents is meant.
    const RARE: u32 = 2;
    /// How many times as many documents the other word is in.
    const MUCH: u32 = 20;
    let documents = |term| index.document_frequency(term);
    let spelt = expansion.spelt?;
    let mut own = 0;
    for &(term, _) in &expansion.terms {
        own = own.max(documents(term));
    }
    let is_letter = |letter: char| class(letter) == Class::Word && !letter.is_ascii_digit();
    let is_word = word.term.chars().all(is_letter);
    if own > RARE || !is_word || word.folded.len() < SHORTEST || expansion.goes_on() {
        return None;
    }
    #[cfg(feature = "split")]
    if index.is_in_blocks() {
        return index.likelier(spelt);
    }
    let near = nearest(index, &word.folded, 1, false);
    let best = near.into_iter().find(|candidate| {
        let is_slip =
            candidate.distance == 1 && candidate.edits <= LIKELY_SLIP && !candidate.changes_first;
        is_slip && documents(candidate.term) >= MUCH * own.max(1)
    })?;
    if index.language_of(best.term) != index.language_of(spelt) || index.is_stop_word(best.term) {
        return None;
    }
    let mut text = String::new();
    index.push_term(best.term, &mut text);
    Some((best.term, text))
}

/// Terms within the distance that the length of the word allows, the likeliest first. If nothing is near and
/// the word may go on, terms that begin like something near.
pub(crate) fn candidates(
    index: &Index,
    letters: &[char],
    prefix: bool,
    reach: &Reach,
) -> Vec<Candidate> {
    if letters.len() == TRANSPOSABLE && reach.one_edit > TRANSPOSABLE {
        return transposed(index, letters);
    }
    let may_have = |shortest: usize| u8::from(letters.len() >= shortest);
    let most = may_have(reach.one_edit) + may_have(reach.two_edits);
    for edits in 1..=most {
        for prefix in if prefix { &[false, true][..] } else { &[false] } {
            let ranked = nearest(index, letters, edits, *prefix);
            // With two edits allowed, a word one edit away need not be the one that was meant.
            if !ranked.is_empty() && (edits == most || *prefix) {
                return ranked;
            }
        }
    }
    Vec::new()
}

/// Terms within so many edits, the likeliest first.
fn nearest(index: &Index, letters: &[char], edits: u8, prefix: bool) -> Vec<Candidate> {
    let pattern = Pattern {
        letters,
        edits,
        prefix,
    };
    let found = index.find_frequent(&pattern);
    rank(index, letters, &found, prefix)
}

/// A word of three letters is near to everything, but for those that swapped two of them: `gti` for `git`.
fn transposed(index: &Index, letters: &[char]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for place in 1..letters.len() {
        let mut swapped = letters.to_vec();
        swapped.swap(place - 1, place);
        if swapped != letters {
            for candidate in nearest(index, &swapped, 0, false) {
                found.push(candidate);
            }
        }
    }
    for candidate in &mut found {
        (candidate.distance, candidate.edits) = (1, TRANSPOSED);
    }
    found
}

fn rank(index: &Index, letters: &[char], found: &[Found], prefix: bool) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for distance in 0..=2 {
        for found in found {
            if found.distance != distance {
                continue;
            }
            for term in found.terms() {
                let documents = index.document_frequency(term);
                if documents < index.least {
                    continue;
                }
                if candidates.len() == MOST_COMPARED {
                    return candidates;
                }
                let folded = folded_term(index, term);
                let end = if prefix { letters.len() } else { folded.len() };
                let compared = &folded[..end.min(folded.len())];
                // More documents make it likelier; the bonus stays below what a plain edit costs for most terms.
                let likely = PER_DOUBLING * documents.ilog2();
                let edits = edit_cost(letters, compared);
                let cost = (edits + 20 * PER_DOUBLING).saturating_sub(likely);
                let place =
                    candidates.partition_point(|other| (other.cost, other.term) < (cost, term));
                let candidate = Candidate {
                    term,
                    distance,
                    edits,
                    cost,
                    changes_first: compared.first() != letters.first(),
                };
                candidates.insert(place, candidate);
            }
        }
    }
    candidates
}

fn folded_term(index: &Index, term: TermOrdinal) -> Vec<char> {
    let mut text = String::new();
    index.push_term(term, &mut text);
    let mut folded = Vec::new();
    text.chars()
        .for_each(|letter| index.letters.fold(letter, &mut folded));
    folded
}

/// Cost of turning what was meant into what was typed, by the mistakes that people make: doubled and dropped
/// doubles, swapped neighbours, vowel for vowel, the key beside; a wrong first letter is rare.
fn edit_cost(typed: &[char], meant: &[char]) -> u32 {
    let width = meant.len() + 1;
    let mut cost = vec![0u32; (typed.len() + 1) * width];
    let first = |place: usize| if place == 1 { FIRST_LETTER } else { 0 };
    for i in 0..=typed.len() {
        for j in 0..=meant.len() {
            let at = i * width + j;
            if i == 0 && j == 0 {
                continue;
            }
            let mut least = u32::MAX;
            if i > 0 {
                // A letter too many.
                let doubled = i > 1 && typed[i - 1] == typed[i - 2]
                    || j > 0 && j < width && typed[i - 1] == meant[j - 1];
                let price = if doubled { DOUBLED } else { PLAIN + first(i) };
                least = least.min(cost[at - width] + price);
            }
            if j > 0 {
                // A letter missing.
                let doubled =
                    j > 1 && meant[j - 1] == meant[j - 2] || i > 0 && meant[j - 1] == typed[i - 1];
                let price = if doubled { DOUBLED } else { PLAIN + first(j) };
                least = least.min(cost[at - 1] + price);
            }
            if i > 0 && j > 0 {
                let price = match (typed[i - 1], meant[j - 1]) {
                    (typed, meant) if typed == meant => 0,
                    (typed, meant) if is_vowel(typed) && is_vowel(meant) => {
                        VOWEL_FOR_VOWEL + first(i)
                    }
                    (typed, meant) if are_neighbours(typed, meant) => NEIGHBOURING_KEY + first(i),
                    _ => PLAIN + first(i),
                };
                least = least.min(cost[at - width - 1] + price);
                if i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] {
                    least = least.min(cost[at - 2 * width - 2] + TRANSPOSED + first(i - 1) / 2);
                }
            }
            cost[at] = least;
        }
    }
    cost[cost.len() - 1]
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether two keys lie side by side on the keyboard that most of the world types Latin letters on.
fn are_neighbours(one: char, other: char) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    let place = |letter: char| {
        ROWS.iter().enumerate().find_map(|(row, keys)| {
            keys.iter()
                .position(|&key| letter == char::from(key))
                .map(|column| (row, column))
        })
    };
    let (Some(one), Some(other)) = (place(one), place(other)) else {
        return false;
    };
    let (upper, lower) = if one.0 <= other.0 {
        (one, other)
    } else {
        (other, one)
    };
    match lower.0 - upper.0 {
        0 => upper.1.abs_diff(lower.1) == 1,
        1 => upper.1 == lower.1 || upper.1 == lower.1 + 1,
        _ => false,
    }
}

/// The word as two known words that stand in a row in some document: `database` where the text has `data base`.
fn split(searcher: &Searcher, word: &Word) -> Option<Vec<Word>> {
    const SHORTEST: usize = 2;
    let index = searcher.index;
    let length = characters(&word.term);
    let part = |text: &str| Word {
        range: word.range.clone(),
        term: text.to_owned(),
        folded: fold(text, searcher.normalizer),
        nature: Nature::Word,
    };
    let mut best: Option<(u32, Vec<Word>)> = None;
    for (place, (at, _)) in word.term.char_indices().enumerate() {
        if place < SHORTEST || place + SHORTEST > length {
            continue;
        }
        let (one, other) = word.term.split_at(at);
        let (Some(first), Some(second)) = (index.frequent(one), index.frequent(other)) else {
            continue;
        };
        let half = searcher.second(&mut with_both(index, first, second));
        let rows = half.map_or(0, |half| half.in_a_row(index, first, second));
        if rows > 0 && best.as_ref().is_none_or(|(most, _)| rows > *most) {
            best = Some((rows, vec![part(one), part(other)]));
        }
    }
    best.map(|(_, parts)| parts)
}

/// Documents that hold both terms, a bounded number of them.
fn with_both<'i>(
    index: &'i Index,
    first: TermOrdinal,
    second: TermOrdinal,
) -> impl Iterator<Item = DocId> + 'i {
    const MOST_READ: usize = 64;
    let mut others = index
        .postings(second)
        .map(|posting| posting.document)
        .peekable();
    let both = index
        .postings(first)
        .map(|posting| posting.document)
        .filter(move |document| {
            while others.next_if(|other| other < document).is_some() {}
            others.peek() == Some(document)
        });
    both.take(MOST_READ)
}

/// How often one term follows the other, counted over a bounded number of documents.
pub(super) fn in_a_row(index: &Index, first: TermOrdinal, second: TermOrdinal) -> u32 {
    let mut count = 0;
    for document in with_both(index, first, second) {
        let mut before = None;
        let Some(text) = index.text(document) else {
            continue;
        };
        let terms = [first, second].map(|term| index.term_in(text.segment, term));
        let [Some(first), Some(second)] = terms else {
            continue;
        };
        for step in text.segment.tokens(text.document) {
            match step {
                crate::segment::Token::Word(_, term) => {
                    count += u32::from(before == Some(first) && term == second);
                    before = Some(term);
                }
                crate::segment::Token::Separator(_) => {}
                crate::segment::Token::Control(_) => before = None,
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(typed: &str, meant: &str) -> u32 {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        edit_cost(&letters(typed), &letters(meant))
    }

    #[test]
    fn likely_mistakes_cost_less() {
        assert_eq!(cost("summit", "summit"), 0);
        assert!(cost("sumit", "summit") < cost("sumit", "submit"));
        assert!(cost("wnag", "wang") < cost("wnag", "wing"));
        assert!(cost("independant", "independent") < cost("independant", "independxnt"));
        assert!(cost("talls", "talks") < cost("talls", "talbs"));
        assert!(cost("balks", "talks") > cost("talbs", "talks"));
    }

    #[test]
    fn keys_side_by_side_are_neighbours() {
        assert!(are_neighbours('a', 's') && are_neighbours('s', 'w') && are_neighbours('h', 'n'));
        assert!(
            !are_neighbours('a', 'l') && !are_neighbours('q', 'z') && !are_neighbours('é', 'e')
        );
    }
}
