//! Numbers of texts, of which those of others are made without going through them, and sets of such numbers.

/// The number of a text, from which that of two in a row is made (Karp and Rabin, 1987).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hash {
    pub sum: u64,
    /// The base to the power of the text's length.
    power: u64,
}

impl Hash {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

    /// That of nothing.
    pub const EMPTY: Self = Self { sum: 0, power: 1 };

    /// That of the bytes of a text. Linear in them.
    pub fn of(text: &str) -> Self {
        text.bytes()
            .fold(Self::EMPTY, |hash, byte| hash.and(byte.into()))
    }

    /// That of this text and a byte or letter behind it.
    pub fn and(self, letter: u32) -> Self {
        Self {
            sum: self
                .sum
                .wrapping_mul(Self::BASE)
                .wrapping_add(u64::from(letter) + 1),
            power: self.power.wrapping_mul(Self::BASE),
        }
    }

    /// That of this text and another one behind it.
    pub fn then(self, other: Self) -> Self {
        Self {
            sum: self.sum.wrapping_mul(other.power).wrapping_add(other.sum),
            power: self.power.wrapping_mul(other.power),
        }
    }
}

/// Sums of texts, in a filter (Bloom, 1970): two bits of each, which lie nearer than a table does.
pub(super) struct Sums {
    bits: Vec<u64>,
}

impl Sums {
    /// The filter of so many sums, or fewer.
    pub fn of(sums: impl ExactSizeIterator<Item = Option<u64>>) -> Self {
        // Two bits of sixteen are set at the most.
        let mut bits = vec![0; (sums.len() / 4).next_power_of_two()];
        for sum in sums.flatten() {
            for (place, bit) in Self::places(sum, bits.len()) {
                bits[place] |= bit;
            }
        }
        Self { bits }
    }

    fn places(sum: u64, length: usize) -> [(usize, u64); 2] {
        let spread = sum.wrapping_mul(Hash::BASE);
        [spread >> 32, spread >> 6]
            .map(|spread| (spread as usize >> 6 & (length - 1), 1 << (spread & 63)))
    }

    /// Whether a sum is among them. Of those that are not, one of sixty is told to be.
    pub fn may_have(&self, sum: u64) -> bool {
        let mut places = Self::places(sum, self.bits.len()).into_iter();
        places.all(|(place, bit)| self.bits[place] & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_two_texts_is_that_of_both_in_one() {
        for (one, other) in [("data", "base"), ("", "é"), ("ab", "")] {
            let whole = Hash::of(&format!("{one}{other}"));
            assert_eq!(Hash::of(one).then(Hash::of(other)), whole);
        }
        assert_ne!(Hash::of("ab").sum, Hash::of("ba").sum);
    }

    #[test]
    fn sums_are_known_that_were_there() {
        for count in [0, 1, 1000] {
            let sum = |of: u64| Hash::of(&of.to_string()).sum;
            let sums = Sums::of((0..count as usize).map(|of| Some(sum(of as u64))));
            assert!((0..count).all(|of| sums.may_have(sum(of))));
            let others = (count..3000).filter(|&of| sums.may_have(sum(of)));
            assert!(others.count() < 100, "{count}");
        }
    }
}
