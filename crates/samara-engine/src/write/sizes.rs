//! How large the blocks of an index are.

/// How large blocks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Bytes of a block of terms, a quarter more or less: fewer are more requests, more are bytes that nobody asked for.
    pub terms: usize,
    /// Documents of a block of cards.
    pub cards: u32,
    /// Bytes of the stream of a block of texts.
    pub texts: u32,
    /// Documents of a block of identifiers.
    pub ids: u32,
    /// Most blocks of texts: of more documents, a block holds more.
    pub most_texts: u32,
    /// Of so many documents, lengths and titles stand in the root. Beside postings they take a third of the lists; of more
    /// documents, the table is more than the lists of a query.
    pub few: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Sizes {
            terms: 18_000,
            cards: 16,
            texts: 1_600,
            ids: 2_048,
            most_texts: 6_000,
            few: 8_192,
        }
    }
}

impl Sizes {
    /// Blocks so many times as large, which are so many times fewer.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        Sizes {
            terms: self.terms.saturating_mul(factor as usize),
            cards: self.cards.saturating_mul(factor),
            texts: self.texts.saturating_mul(factor),
            ids: self.ids.saturating_mul(factor),
            most_texts: (self.most_texts / factor.max(1)).max(1),
            few: self.few,
        }
    }
}
