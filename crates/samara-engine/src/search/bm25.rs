//! BM25F: one saturation over weighted term counts (Robertson, Zaragoza and Taylor, "Simple BM25 extension to
//! multiple weighted fields", 2004). A sum of per-field scores would punish documents without titles.

use super::FieldWeights;
use crate::segment::{Evidence, ONCE};

/// How quickly further occurrences stop counting: the higher, the later.
const K1: f32 = 1.6;
/// How much a long document has to say a word more often: 0 not at all, 1 in proportion.
/// Long pages of manuals are mostly the right ones, and below .4 collections lose.
const B: f32 = 0.4;

/// What a posting counts, in occurrences, for each value of its evidence.
pub(crate) fn frequencies(fields: &FieldWeights) -> [f32; 256] {
    let mut frequencies = [0.0; 256];
    for (value, frequency) in frequencies.iter_mut().enumerate() {
        let evidence = Evidence(value as u8);
        *frequency = f32::from(evidence.quarters()) / f32::from(ONCE) * fields.body;
        for (field, weight) in [
            (Evidence::TITLE, fields.title),
            (Evidence::HEADING, fields.heading),
            (Evidence::FIELD, fields.meta),
        ] {
            if evidence.0 & field != 0 {
                *frequency += weight;
            }
        }
    }
    frequencies
}

/// Share of a word's weight that a document earns, below 1, given its length beside that of the average document.
pub(crate) fn saturation(frequency: f32, relative_length: f32) -> f32 {
    frequency / (frequency + K1 * (1.0 - B + B * relative_length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_documents_and_more_occurrences_score_higher() {
        assert!(saturation(1.0, 0.5) > saturation(1.0, 2.0));
        assert!(saturation(3.0, 1.0) > saturation(1.0, 1.0));
        assert!(saturation(1e6, 1.0) <= 1.0);
    }

    #[test]
    fn fields_add_to_what_stands_in_the_text() {
        let frequencies = frequencies(&FieldWeights::default());
        assert_eq!(frequencies[0], 0.0);
        assert_eq!(frequencies[3], 1.0);
        assert_eq!(frequencies[usize::from(Evidence::TITLE) | 3], 4.0);
        assert_eq!(
            frequencies[usize::from(Evidence::HEADING | Evidence::FIELD)],
            3.0
        );
    }
}
