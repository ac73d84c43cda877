//! Which rare words are a likely slip away from a frequent one: those alone are looked up letter by letter, which takes a
//! hundred times as long as to see that there is none.

use hashbrown::HashSet;

use super::rolling::Hash;

/// What stands for any vowel.
const ANY_VOWEL: char = '\0';

/// What slips make of some words, or what words are before a slip.
pub(super) struct Slips {
    spellings: HashSet<u64>,
}

impl Slips {
    /// Of words that others may have been meant to be. Linear in their letters.
    pub fn of<W: AsRef<[char]>>(words: impl Iterator<Item = W>) -> Self {
        let mut spellings = Vec::new();
        words.for_each(|word| Word::of(word.as_ref()).spellings(&mut spellings));
        Self {
            spellings: spellings.into_iter().collect(),
        }
    }

    /// Whether one of the words may be a likely slip away from this one: it is, wherever two neighbours were swapped, a
    /// letter was doubled, a double was left out, or a vowel stands for another. Sometimes, too, where none is.
    pub fn may_lead_to(&self, word: &[char]) -> bool {
        let word = Word::of(word);
        let mut spellings = Vec::new();
        word.spellings(&mut spellings);
        word.swapped(&mut spellings);
        spellings
            .into_iter()
            .any(|spelling| self.spellings.contains(&spelling))
    }
}

/// A word with what is needed to number others that differ from it in a few letters.
struct Word<'w> {
    letters: &'w [char],
    /// What stands before each letter, and before the end.
    before: Vec<Hash>,
    /// What stands from each letter on, and from the end on.
    from: Vec<Hash>,
}

impl<'w> Word<'w> {
    fn of(letters: &'w [char]) -> Self {
        let mut before = vec![Hash::EMPTY];
        before.extend(letters.iter().scan(Hash::EMPTY, |hash, &letter| {
            *hash = hash.and(letter.into());
            Some(*hash)
        }));
        let mut from = vec![Hash::EMPTY; letters.len() + 1];
        for (at, &letter) in letters.iter().enumerate().rev() {
            from[at] = Hash::EMPTY.and(letter.into()).then(from[at + 1]);
        }
        Self {
            letters,
            before,
            from,
        }
    }

    /// The word, the same with any vowel in the place of each, and with one letter in the place of each double.
    fn spellings(&self, take: &mut Vec<u64>) {
        take.push(self.from[0].sum);
        for (at, &letter) in self.letters.iter().enumerate() {
            let (before, behind) = (self.before[at], self.from[at + 1]);
            if is_vowel(letter) {
                take.push(before.and(ANY_VOWEL.into()).then(behind).sum);
            }
            if at > 0 && self.letters[at - 1] == letter {
                take.push(before.then(behind).sum);
            }
        }
    }

    /// The word with two neighbours swapped.
    fn swapped(&self, take: &mut Vec<u64>) {
        for (at, pair) in self.letters.windows(2).enumerate() {
            let swapped = self.before[at].and(pair[1].into()).and(pair[0].into());
            take.push(swapped.then(self.from[at + 2]).sum);
        }
    }
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
        let slips = Slips::of(["lifetime", "committee"].into_iter().map(letters));
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
