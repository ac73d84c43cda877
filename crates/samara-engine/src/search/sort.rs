//! Order by metadata instead of relevance.

use core::cmp::Ordering;

use super::searcher::Sort;
use crate::index::{DocId, Index};
use crate::order::order;
use crate::text::split_once;

/// A place for each document: equal values share one, documents without a value come last. None where the
/// index has no such field.
pub(crate) fn places(index: &Index, sort: &Sort) -> Option<Vec<u32>> {
    let direct = |order: Ordering| {
        if sort.descending {
            order.reverse()
        } else {
            order
        }
    };
    let documents = index.len() as u32;
    if sort.field == "title" {
        let titles: Vec<String> = (0..documents)
            .map(|document| index.title(DocId(document)))
            .collect();
        let order = order(titles.len(), &|one, other| {
            direct(compare(&titles[one as usize], &titles[other as usize]))
        });
        let mut places = vec![0; titles.len()];
        order
            .iter()
            .enumerate()
            .for_each(|(place, &at)| places[at as usize] = place as u32);
        return Some(places);
    }
    let column = index
        .columns
        .iter()
        .find(|column| column.name == sort.field)?;
    let order = order(column.values.len(), &|one, other| {
        direct(compare(
            column.values[one as usize],
            column.values[other as usize],
        ))
    });
    let mut place_of = vec![0; order.len()];
    order
        .iter()
        .enumerate()
        .for_each(|(place, &value)| place_of[value as usize] = place as u32);
    let place = |document: u32| {
        column
            .numbers(DocId(document))
            .first()
            .map_or(u32::MAX, |&value| place_of[value as usize])
    };
    Some((0..documents).map(place).collect())
}

/// Numbers by size, everything else as text without regard to ASCII case.
fn compare(one: &str, other: &str) -> Ordering {
    if let (Some(one), Some(other)) = (Number::of(one), Number::of(other)) {
        return one.cmp(&other);
    }
    let small = |text: &str| text.to_ascii_lowercase();
    small(one).cmp(&small(other)).then_with(|| one.cmp(other))
}

/// A decimal number, compared digit by digit: no floating point has to be parsed.
struct Number<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Number<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = split_once(digits, b'.').unwrap_or((digits, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (!whole.is_empty() && is_number(whole) && is_number(fraction)).then(|| Number {
            negative: digits.len() < text.len(),
            whole: whole.trim_start_matches('0'),
            fraction: fraction.trim_end_matches('0'),
        })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let size = |number: &Self| {
            (
                number.whole.len(),
                number.whole.to_owned(),
                number.fraction.to_owned(),
            )
        };
        match (self.negative, other.negative) {
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
            (negative, _) => {
                if negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
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
            ["2023-07-13", "2023-10-27"],
        ] {
            assert_eq!(compare(less, more), Ordering::Less, "{less} {more}");
            assert_eq!(compare(more, less), Ordering::Greater, "{more} {less}");
        }
        assert_eq!(compare("1.50", "1.5"), Ordering::Equal);
    }
}
