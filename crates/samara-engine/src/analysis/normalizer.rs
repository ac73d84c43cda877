//! What the engine asks of its host, and what words are compared as.

use super::fold_letters;

/// What the engine asks of its host about Unicode.
///
/// In a browser these are `toLowerCase` and `normalize`, which cost no bytes; elsewhere
/// [`Unicode`](crate::Unicode). ASCII never gets here.
pub trait Normalizer {
    /// `text` in lower case (the root locale's), in normal form NFC.
    fn lower(&self, text: &str) -> String;
    /// `text` in lower case, in normal form NFKD.
    fn decompose(&self, text: &str) -> String;
}

/// In lower case and NFC. Linear.
pub(crate) fn lower(text: &str, normalizer: &dyn Normalizer) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        normalizer.lower(text)
    }
}

/// What a text is compared as. Linear.
pub(crate) fn fold(text: &str, normalizer: &dyn Normalizer) -> Vec<char> {
    let mut folded = Vec::new();
    if text.is_ascii() {
        folded.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        fold_letters(&normalizer.decompose(text), &mut folded);
    }
    folded
}
