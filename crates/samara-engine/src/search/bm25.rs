//! BM25F: one saturation over weighted term counts (Robertson, Zaragoza and Taylor, "Simple BM25 extension to
//! multiple weighted fields", 2004). A sum of per-field scores would punish documents without titles.

use super::{FieldWeights, Ranking};
use crate::segment::{Evidence, ONCE};

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

/// Share of a word's weight that a document earns, given its length beside that of the average document: below 1, but
/// for what counts without saturation.
pub(crate) fn saturation(frequency: f32, relative_length: f32, ranking: &Ranking) -> f32 {
    let Ranking {
        saturation,
        length,
        counts,
        ..
    } = *ranking;
    let least = saturation * (1.0 - length + length * relative_length);
    let share = frequency / (frequency + least);
    share + counts * (frequency - share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_documents_and_more_occurrences_score_higher() {
        let share = |frequency, length| saturation(frequency, length, &Ranking::default());
        assert!(share(1.0, 0.5) > share(1.0, 2.0));
        assert!(share(3.0, 1.0) > share(1.0, 1.0));
        assert!(share(1e6, 1.0) <= 1.0);
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
