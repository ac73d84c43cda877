//! Decimal numbers, as texts have them.

use core::cmp::Ordering;

use crate::text::{split_once, until};

/// A decimal number, compared digit by digit: no floating point has to be parsed.
pub(crate) struct Number<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Number<'t> {
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = split_once(digits, b'.').unwrap_or((digits, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let significant = fraction.bytes().rposition(|digit| digit != b'0');
        let significant = significant.map_or(0, |place| place + 1);
        (!whole.is_empty() && is_number(whole) && is_number(fraction)).then(|| Number {
            negative: digits.len() < text.len(),
            whole: &whole[until(whole, &|digit| digit != '0')..],
            fraction: &fraction[..significant],
        })
    }

    pub(crate) fn cmp(&self, other: &Number<'t>) -> Ordering {
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
