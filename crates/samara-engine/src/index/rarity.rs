//! How much a word tells.

/// How much a word tells: the rarer, the more. Never negative.
pub(crate) fn inverse_document_frequency(documents: usize, frequency: usize) -> f32 {
    let (documents, frequency) = (documents as f32, frequency as f32);
    ln(1.0 + (documents - frequency + 0.5) / (frequency + 0.5))
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
    fn rarer_words_tell_more() {
        assert!(inverse_document_frequency(100, 1) > inverse_document_frequency(100, 50));
        assert!(inverse_document_frequency(100, 100) > 0.0);
    }
}
