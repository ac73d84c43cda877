//! Order by metadata instead of relevance.

use core::cmp::Ordering;

use crate::analysis::{Normalizer, fold};
use crate::index::Index;
use crate::order::order;
use crate::segment::DocId;
use crate::text::split_once;

/// An order of hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// `title`, or a metadata field; numbers are ordered by size.
    pub field: String,
    /// The last or largest first.
    pub descending: bool,
}

impl Sort {
    /// Reads `field`, `field:asc` or `field:desc`. None for `relevance` and nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Sort> {
        let (field, direction) = split_once(text, b':').unwrap_or((text, "asc"));
        (!field.is_empty() && field != "relevance").then(|| Sort {
            field: field.to_owned(),
            descending: direction == "desc",
        })
    }
}

/// A place for each document: equal values share one, documents without a value come last. None where the
/// index has no such field.
pub(crate) fn places(index: &Index, sort: &Sort, normalizer: &dyn Normalizer) -> Option<Vec<u32>> {
    let documents = 0..index.len() as u32;
    if sort.field == "title" {
        let titles = documents.map(|document| index.title(DocId(document)));
        return Some(ranks(titles.collect(), sort.descending, normalizer));
    }
    let mut fields = index.fields().iter();
    let number = fields.position(|field| field.name == sort.field)?;
    let column = index.column(number)?;
    let values = column.values.iter().map(|&value| value.to_owned());
    let ranks = ranks(values.collect(), sort.descending, normalizer);
    let place = |document: u32| {
        column
            .numbers(DocId(document))
            .first()
            .map_or(u32::MAX, |&value| ranks[value as usize])
    };
    Some(documents.map(place).collect())
}

/// The place of each text among all.
fn ranks(texts: Vec<String>, descending: bool, normalizer: &dyn Normalizer) -> Vec<u32> {
    let mut keys = Vec::with_capacity(texts.len());
    for text in texts {
        keys.push((fold(&text, normalizer), text));
    }
    let order = order(keys.len(), &|one, other| {
        let order = compare(&keys[one as usize], &keys[other as usize]);
        if descending { order.reverse() } else { order }
    });
    let mut ranks = vec![0; order.len()];
    for (place, text) in order.into_iter().enumerate() {
        ranks[text as usize] = place as u32;
    }
    ranks
}

/// In the order of a person, which is total: numbers by size before texts; in texts, runs of digits by size (`1.2.0`
/// before `1.10.0`), signs before letters passed over (`$5` beside `5`), everything else as it is compared in queries.
fn compare(one: &(Vec<char>, String), other: &(Vec<char>, String)) -> Ordering {
    let number =
        |of: &(Vec<char>, String)| Number::of(of.1.trim_start_matches(is_currency)).is_none();
    let order = match [one, other].map(|of| Number::of(of.1.trim_start_matches(is_currency))) {
        [Some(one), Some(other)] => one.cmp(&other),
        _ => number(one).cmp(&number(other)),
    };
    order
        .then_with(|| by_pieces(&one.0, &other.0))
        .then_with(|| one.1.cmp(&other.1))
}

fn is_currency(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '+' | ' ')
}

/// Compares letter by letter, runs of digits as numbers.
fn by_pieces(one: &[char], other: &[char]) -> Ordering {
    let digits = |text: &[char]| {
        text.iter()
            .take_while(|letter| letter.is_ascii_digit())
            .count()
    };
    let (mut left, mut right) = (one, other);
    loop {
        let (of_left, of_right) = (digits(left), digits(right));
        let order = if of_left > 0 && of_right > 0 {
            let size = |run: &[char]| {
                let zeros = run.iter().take_while(|&&digit| digit == '0').count();
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

/// A decimal number, compared digit by digit: no floating point has to be parsed.
pub(super) struct Number<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Number<'t> {
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = split_once(digits, b'.').unwrap_or((digits, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (!whole.is_empty() && is_number(whole) && is_number(fraction)).then(|| Number {
            negative: digits.len() < text.len(),
            whole: whole.trim_start_matches('0'),
            fraction: fraction.trim_end_matches('0'),
        })
    }

    pub(super) fn cmp(&self, other: &Number<'t>) -> Ordering {
        let size = |number: &Number<'t>| (number.whole.len(), number.whole, number.fraction);
        let order = size(self).cmp(&size(other));
        match (self.negative, other.negative) {
            (false, false) => order,
            (true, true) => order.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use crate::analysis::Unicode;

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
            let [one, other] = [less, more].map(|text| (fold(text, &Unicode), text.to_owned()));
            assert_eq!(compare(&one, &other), Ordering::Less, "{less} {more}");
            assert_eq!(compare(&other, &one), Ordering::Greater, "{more} {less}");
        }
    }

    #[test]
    fn the_order_is_total_and_that_of_a_person() {
        let sorted = [
            "-10", "2", "$5", "9", "10", "1.2.0", "1.10.0", "n/a", "v2", "v10",
        ];
        let keys = sorted.map(|text| (fold(text, &Unicode), text.to_owned()));
        for (place, one) in keys.iter().enumerate() {
            for (other_place, other) in keys.iter().enumerate() {
                assert_eq!(
                    compare(one, other),
                    place.cmp(&other_place),
                    "{} {}",
                    one.1,
                    other.1
                );
            }
        }
    }
}
