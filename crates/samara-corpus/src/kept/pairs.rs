//! Which pages were compared, and whether they were alike.
//!
//! To compare two pages takes their texts. Most pairs that may be alike are those of the build before.

use super::records::Key;

/// What came of comparisons.
#[derive(Default)]
pub(crate) struct Pairs {
    /// Numbers of pairs, which ascend; the last bit says whether a pair is alike.
    numbers: Vec<u64>,
    /// Where those with the same first bits begin, of which there are a few each; and where the last ones end.
    starts: Vec<u32>,
    /// Bits of a number behind its first ones.
    shift: u32,
}

const ALIKE: u64 = 1;

impl Pairs {
    /// What these bytes say; nothing where they are damaged. Linear in them.
    pub fn decode(bytes: &[u8]) -> Self {
        let (numbers, _) = bytes.as_chunks();
        let numbers: Vec<u64> = numbers.iter().map(|of| u64::from_le_bytes(*of)).collect();
        if numbers.is_sorted() {
            Self::of(numbers)
        } else {
            Self::default()
        }
    }

    /// Of numbers that ascend.
    fn of(numbers: Vec<u64>) -> Self {
        // One bit at the least, since a number cannot be moved by all of its own.
        let bits = (numbers.len() / 4).max(2).ilog2();
        let shift = u64::BITS - bits;
        let mut starts = Vec::with_capacity((1 << bits) + 1);
        for (place, number) in (0..).zip(&numbers) {
            let first = (number >> shift) as usize;
            starts.resize(starts.len().max(first + 1), place);
        }
        starts.resize((1 << bits) + 1, numbers.len() as u32);
        Self {
            numbers,
            starts,
            shift,
        }
    }

    /// Linear in the comparisons.
    pub fn encode(&self) -> Vec<u8> {
        let numbers = self.numbers.iter();
        numbers.flat_map(|number| number.to_le_bytes()).collect()
    }

    /// Whether nothing was compared.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Whether these two are alike, if they were compared. In constant time, since numbers are evenly spread.
    pub fn get(&self, one: &Key, other: &Key) -> Option<bool> {
        let number = number(one, other);
        let first = (number >> self.shift) as usize;
        let (&start, &end) = (self.starts.get(first)?, self.starts.get(first + 1)?);
        let of = &self.numbers[start as usize..end as usize];
        let found = of.get(of.partition_point(|&of| of < number))?;
        (found & !ALIKE == number).then_some(found & ALIKE == ALIKE)
    }
}

/// What comes of comparisons, as long as they are made.
#[derive(Default)]
pub(crate) struct NewPairs {
    numbers: Vec<u64>,
}

impl NewPairs {
    pub fn put(&mut self, one: &Key, other: &Key, are_alike: bool) {
        let number = number(one, other) | u64::from(are_alike);
        self.numbers.push(number);
    }

    /// Linear in the comparisons, but for sorting them.
    pub fn finish(mut self) -> Pairs {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        Pairs::of(self.numbers)
    }
}

/// The number of a pair, whichever comes first. Its parts are digests, so that their bytes are as good as any.
fn number(one: &Key, other: &Key) -> u64 {
    let (one, other) = (one.min(other), one.max(other));
    let half = |key: &Key, at: usize| {
        let mut half = [0; 8];
        half.copy_from_slice(&key[at..at + 8]);
        u64::from_le_bytes(half)
    };
    half(one, 0).wrapping_add(half(other, 8).rotate_left(32)) & !ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_back_as_they_were_put() {
        let key = |number: u8| {
            let mut key = [number.wrapping_mul(37); 16];
            key[0] = number;
            key
        };
        let pairs = |of: u8| (0..of).flat_map(move |one| (one..of).map(move |other| (one, other)));
        let are_alike = |one: u8, other: u8| (one ^ other).is_multiple_of(3);
        let mut new = NewPairs::default();
        for (one, other) in pairs(20) {
            new.put(&key(other), &key(one), are_alike(one, other));
            new.put(&key(one), &key(other), are_alike(one, other));
        }
        let bytes = new.finish().encode();
        assert_eq!(bytes.len(), 8 * pairs(20).count());
        let known = Pairs::decode(&bytes);
        for (one, other) in pairs(25) {
            let expected = (other < 20).then(|| are_alike(one, other));
            assert_eq!(known.get(&key(one), &key(other)), expected);
        }
        for count in 2..7 {
            let mut new = NewPairs::default();
            pairs(count).for_each(|(one, other)| new.put(&key(one), &key(other), true));
            let known = new.finish();
            for (one, other) in pairs(10) {
                let expected = (other < count).then_some(true);
                assert_eq!(known.get(&key(one), &key(other)), expected, "{count}");
            }
        }
        for bytes in [
            &[][..],
            &[1],
            &bytes[8..],
            &[&bytes[8..], &bytes[..8]].concat(),
        ] {
            let known = Pairs::decode(bytes);
            assert!(known.get(&key(30), &key(31)).is_none());
        }
    }
}
