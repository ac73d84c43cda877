//! Which rare words are a likely slip away from a frequent one: those alone are looked up letter by letter, which takes a
//! hundred times as long as to see that there is none.

use hashbrown::HashSet;

/// What stands for any vowel.
const ANY_VOWEL: char = '\0';

/// What slips make of some words, or what words are before a slip.
#[derive(Default)]
pub(super) struct Slips {
    spellings: HashSet<String>,
}

impl Slips {
    /// Adds a word that others may have been meant to be.
    pub fn add(&mut self, word: &[char]) {
        self.spellings.extend(spellings(word));
    }

    /// Whether one of the words may be a likely slip away from this one: it is, wherever two neighbours were swapped, a
    /// letter was doubled, a double was left out, or a vowel stands for another. Sometimes, too, where none is.
    pub fn may_lead_to(&self, word: &[char]) -> bool {
        let swapped = (1..word.len()).map(|at| {
            let mut letters = word.to_vec();
            letters.swap(at - 1, at);
            letters.into_iter().collect()
        });
        let mut all = spellings(word).chain(swapped);
        all.any(|spelling: String| self.spellings.contains(&spelling))
    }
}

/// A word, the same with any vowel in the place of each, and with one letter in the place of each double.
fn spellings(word: &[char]) -> impl Iterator<Item = String> + '_ {
    let without_vowel = (0..word.len()).filter(|&at| is_vowel(word[at])).map(|at| {
        let mut letters = word.to_vec();
        letters[at] = ANY_VOWEL;
        letters.into_iter().collect()
    });
    let single = (1..word.len())
        .filter(|&at| word[at] == word[at - 1])
        .map(|at| {
            [&word[..at], &word[at + 1..]]
                .concat()
                .into_iter()
                .collect()
        });
    [word.iter().collect()]
        .into_iter()
        .chain(without_vowel)
        .chain(single)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_slips_lead_to_a_word_and_others_do_not() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        let mut slips = Slips::default();
        slips.add(&letters("lifetime"));
        slips.add(&letters("committee"));
        for (word, expected) in [
            ("lifetmie", true),
            ("lifitime", true),
            ("liffetime", true),
            ("comittee", true),
            ("committe", true),
            ("lifetimes", false),
            ("lifetim", false),
            ("lifezime", false),
        ] {
            assert_eq!(slips.may_lead_to(&letters(word)), expected, "{word}");
        }
    }
}
