//! The host's [`Normalizer`]: Unicode's own tables.

use unicode_normalization::UnicodeNormalization;

use super::Normalizer;

/// Lower case from the standard library, normal forms from `unicode-normalization`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unicode;

impl Normalizer for Unicode {
    fn lower(&self, text: &str) -> String {
        text.to_lowercase().nfc().collect()
    }

    fn decompose(&self, text: &str) -> String {
        // Some decompositions are capitals (ℂ, ™ …), hence lower case once more.
        let decomposed: String = text.to_lowercase().nfkd().collect();
        decomposed.to_lowercase().nfkd().collect()
    }
}
