//! Decimal numbers, as texts have them.

use core::cmp::Ordering;

use crate::text::split_once;

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
        (!whole.is_empty() && is_number(whole) && is_number(fraction)).then(|| Number {
            negative: digits.len() < text.len(),
            whole: whole.trim_start_matches('0'),
            fraction: fraction.trim_end_matches('0'),
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
