//! BM25F: one saturation over weighted term counts (Robertson, Zaragoza and Taylor, "Simple BM25 extension to
//! multiple weighted fields", 2004). A sum of per-field scores would punish documents without titles.

use crate::segment::ONCE;

/// How quickly further occurrences stop counting: the higher, the later.
const K1: f32 = 1.6 * ONCE as f32;
/// How much a long document has to say a word more often: 0 not at all, 1 in proportion.
const B: f32 = 0.75;

/// How much a word tells: the rarer, the more. Never negative.
pub(crate) fn inverse_document_frequency(documents: usize, frequency: usize) -> f32 {
    let (documents, frequency) = (documents as f32, frequency as f32);
    ln(1.0 + (documents - frequency + 0.5) / (frequency + 0.5))
}

/// Share of a word's weight that a document earns, below 1; frequency and lengths as postings have them.
pub(crate) fn saturation(frequency: f32, length: u32, average_length: f32) -> f32 {
    frequency / (frequency + K1 * (1.0 - B + B * length as f32 / average_length))
}

/// Natural logarithm of a number of 1 or more, from additions, multiplications and divisions alone, so that
/// every host computes the same bits: the exponent times ln 2, and for the mantissa m the series
/// 2·artanh((m − 1)/(m + 1)).
fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let mantissa = f32::from_bits(bits & 0x007f_ffff | 0x3f80_0000);
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let square = t * t;
    let series = t * (2.0 + square * (2.0 / 3.0 + square * (2.0 / 5.0 + square * (2.0 / 7.0))));
    exponent as f32 * core::f32::consts::LN_2 + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_one() {
        for x in [1.0f32, 1.5, 2.0, 2.718_281_7, 10.0, 12_345.6, 1e9] {
            assert!(
                (ln(x) - x.ln()).abs() < 1e-4 * x.ln().max(1.0),
                "{x}: {}",
                ln(x)
            );
        }
        assert_eq!(ln(1.0), 0.0);
    }

    #[test]
    fn rarer_words_and_shorter_documents_score_higher() {
        assert!(inverse_document_frequency(100, 1) > inverse_document_frequency(100, 50));
        assert!(inverse_document_frequency(100, 100) > 0.0);
        assert!(saturation(1.0, 50, 100.0) > saturation(1.0, 200, 100.0));
        assert!(saturation(3.0, 100, 100.0) > saturation(1.0, 100, 100.0));
        assert!(saturation(1e6, 100, 100.0) <= 1.0);
    }
}
