//! What scoring knows of a document, in a byte each: its length, and what its title says.

/// The length of a document, as scoring counts it: in words of its text, of which four bits behind the first are kept.
/// So it is the same whether it stands beside a posting or in a table, and off by a thirtieth at the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Norm(pub u8);

/// Bits that are kept behind the first.
const BITS: u32 = 4;
/// Lengths below are exact.
const EXACT: u32 = 1 << (BITS + 1);

impl Norm {
    /// Of so many words; above half a million, of so many.
    pub(crate) fn new(words: u32) -> Self {
        if words < EXACT {
            return Norm(words as u8);
        }
        let shift = words.ilog2() - BITS;
        let code = (shift << BITS) + (words >> shift);
        Norm(code.min(u32::from(u8::MAX)) as u8)
    }

    /// Words; of all lengths that are not told apart, the one in the middle.
    pub(crate) fn words(self) -> u32 {
        let code = u32::from(self.0);
        if code < EXACT {
            return code;
        }
        let shift = (code >> BITS) - 1;
        ((code - (shift << BITS)) << shift) + (1 << shift >> 1)
    }
}

/// What the title of a document says: the sum of the rarities of its words, and whether it is a title of its own or what
/// stands for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title(pub u8);

/// The document has a title of its own.
const OWN: u8 = 0x80;
/// Parts of a rarity that are told apart below 4.
const PARTS: f32 = 8.0;

impl Title {
    pub(crate) fn new(weight: f32, is_own: bool) -> Self {
        let code = Norm::new((weight * PARTS) as u32).0.min(OWN - 1);
        Title(code | if is_own { OWN } else { 0 })
    }

    /// Sum of the rarities of its words.
    pub(crate) fn weight(self) -> f32 {
        Norm(self.0 & !OWN).words() as f32 / PARTS
    }

    pub(crate) fn is_own(self) -> bool {
        self.0 & OWN != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_keep_their_order_and_most_of_their_size() {
        let mut last = Norm(0);
        for words in 0..500_000 {
            let norm = Norm::new(words);
            assert!(norm >= last, "{words}");
            last = norm;
            let kept = norm.words();
            assert!(
                kept <= words && words - kept <= words / 16,
                "{words}: {kept}"
            );
        }
        for code in 0..=u8::MAX {
            assert_eq!(Norm::new(Norm(code).words()), Norm(code));
        }
        assert_eq!(Norm::new(u32::MAX), Norm(u8::MAX));
    }
}
