//! The language of a text.

use whatlang::{Lang, detect};

/// Shorter texts are not guessed at.
const SHORTEST: usize = 80;
/// So much of a text is looked at.
const SAMPLE: usize = 4000;
/// The detector's own measure of certainty.
const CERTAIN: f64 = 0.5;

/// Primary language subtag (`en`) of a text, where it can be told. Bounded work.
pub(crate) fn guess(text: &str) -> Option<String> {
    if text.chars().take(SHORTEST).count() < SHORTEST {
        return None;
    }
    let end = text
        .char_indices()
        .nth(SAMPLE)
        .map_or(text.len(), |(at, _)| at);
    let found = detect(&text[..end])?;
    if found.confidence() < CERTAIN {
        return None;
    }
    Some(subtag(found.lang()).to_string())
}

/// ISO 639-1 where there is one, as pages write it.
fn subtag(language: Lang) -> &'static str {
    const SHORT: [(&str, &str); 63] = [
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
    ];
    let code = language.code();
    SHORT
        .iter()
        .find(|(long, _)| *long == code)
        .map_or(code, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_where_there_is_enough_text() {
        for (text, expected) in [
            (
                "The ferry to the northern islands took up service on Monday, four months after a storm had damaged her hull.",
                Some("en"),
            ),
            (
                "Die Fähre zu den nördlichen Inseln fährt seit Montag wieder, vier Monate nachdem ein Sturm ihren Rumpf beschädigt hatte.",
                Some("de"),
            ),
            (
                "Паром до северных островов снова ходит с понедельника, спустя четыре месяца после того, как шторм повредил его корпус.",
                Some("ru"),
            ),
            ("Menu", None),
        ] {
            assert_eq!(guess(text).as_deref(), expected, "{text}");
        }
    }
}
