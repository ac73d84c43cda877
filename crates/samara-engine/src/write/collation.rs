//! The order of texts, decided at build: the index has values and titles in it.

use core::cmp::Ordering;

use crate::analysis::{Unicode, fold};
use crate::number::Number;

/// A text to be compared.
pub(crate) struct Key<'t> {
    /// In UTF-8, whose bytes are in the order of the letters.
    folded: Box<str>,
    text: &'t str,
    /// The number that it is, a currency aside.
    number: Option<Number<'t>>,
}

impl<'t> Key<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Key {
            folded: fold(text, &Unicode).into_iter().collect(),
            text,
            number: Number::of(text.trim_start_matches(is_currency)),
        }
    }
}

/// Sorts texts, and gives the place of each of `of` among the different ones.
pub(crate) fn places<'t>(of: impl Iterator<Item = &'t str>) -> Vec<u32> {
    let keys: Vec<Key> = of.map(Key::of).collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&one, &other| compare(&keys[one], &keys[other]));
    let mut places = vec![0; keys.len()];
    for pair in order.windows(2) {
        let is_other = compare(&keys[pair[0]], &keys[pair[1]]).is_ne();
        places[pair[1]] = places[pair[0]] + u32::from(is_other);
    }
    places
}

/// In the order of a person, which is total: numbers by size before texts; in texts, runs of digits by size (`1.2.0`
/// before `1.10.0`), signs before letters passed over (`$5` beside `5`), everything else as it is compared in queries.
pub(crate) fn compare(one: &Key, other: &Key) -> Ordering {
    let order = match [&one.number, &other.number] {
        [Some(one), Some(other)] => one.cmp(other),
        [one, other] => one.is_none().cmp(&other.is_none()),
    };
    order
        .then_with(|| by_pieces(one.folded.as_bytes(), other.folded.as_bytes()))
        .then_with(|| one.text.cmp(other.text))
}

fn is_currency(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '+' | ' ')
}

/// Compares byte by byte, runs of digits as numbers.
fn by_pieces(one: &[u8], other: &[u8]) -> Ordering {
    let digits = |text: &[u8]| {
        text.iter()
            .take_while(|letter| letter.is_ascii_digit())
            .count()
    };
    let (mut left, mut right) = (one, other);
    loop {
        let (of_left, of_right) = (digits(left), digits(right));
        let order = if of_left > 0 && of_right > 0 {
            let size = |run: &[u8]| {
                let zeros = run.iter().take_while(|&&digit| digit == b'0').count();
                (run.len() - zeros, zeros)
            };
            let ((long, zeros), (other_long, other_zeros)) =
                (size(&left[..of_left]), size(&right[..of_right]));
            let order = long
                .cmp(&other_long)
                .then_with(|| left[zeros..of_left].cmp(&right[other_zeros..of_right]));
            (left, right) = (&left[of_left..], &right[of_right..]);
            order
        } else {
            match (left.split_first(), right.split_first()) {
                (Some((one, rest)), Some((other, other_rest))) => {
                    (left, right) = (rest, other_rest);
                    one.cmp(other)
                }
                (one, other) => return one.is_some().cmp(&other.is_some()),
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_by_size_and_texts_by_letters() {
        for [less, more] in [
            ["2", "10"],
            ["-10", "-2"],
            ["-1", "1"],
            ["1.25", "1.5"],
            ["007", "8"],
            ["apple", "Banana"],
            ["Éclair", "Zebra"],
            ["2023-07-13", "2023-10-27"],
        ] {
            let [one, other] = [less, more].map(Key::of);
            assert_eq!(compare(&one, &other), Ordering::Less, "{less} {more}");
            assert_eq!(compare(&other, &one), Ordering::Greater, "{more} {less}");
        }
    }

    #[test]
    fn the_order_is_total_and_that_of_a_person() {
        let sorted = [
            "-10", "2", "$5", "9", "10", "1.2.0", "1.10.0", "n/a", "v2", "v10",
        ];
        let keys = sorted.map(Key::of);
        for (place, one) in keys.iter().enumerate() {
            for (other_place, other) in keys.iter().enumerate() {
                assert_eq!(
                    compare(one, other),
                    place.cmp(&other_place),
                    "{} {}",
                    one.text,
                    other.text
                );
            }
        }
    }
}
