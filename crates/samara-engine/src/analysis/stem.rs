//! Stemming, at build only: the index carries the groups that it yields, not the rules.

use std::collections::HashMap;

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// Snowball's stemmer of a language, by primary subtag (ISO 639-1, or 639-3 where there is no other).
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "hy" => Algorithm::Armenian,
        "eu" => Algorithm::Basque,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "eo" => Algorithm::Esperanto,
        "et" => Algorithm::Estonian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "id" => Algorithm::Indonesian,
        "ga" => Algorithm::Irish,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "ne" => Algorithm::Nepali,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "fa" => Algorithm::Persian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "st" => Algorithm::Sesotho,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}

/// Stemmers of the languages that a corpus turns out to use, made when first asked for.
#[derive(Default)]
pub(crate) struct Stemmers {
    made: HashMap<String, Option<Stemmer>>,
}

impl Stemmers {
    /// Stem of `term` in `language`; the term itself where the language has no stemmer, and where the
    /// term holds a digit, since `v2s` is no plural.
    pub(crate) fn stem(&mut self, language: &str, term: &str) -> String {
        if term.chars().any(char::is_numeric) {
            return term.to_owned();
        }
        if !self.made.contains_key(language) {
            self.made.insert(
                language.to_owned(),
                algorithm(language).map(Stemmer::create),
            );
        }
        match &self.made[language] {
            Some(stemmer) => stemmer.stem(term).into_owned(),
            None => term.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem_in_their_language() {
        let mut stemmers = Stemmers::default();
        for (language, words) in [
            ("en", ["meeting", "meetings"]),
            ("de", ["Gespräch", "Gespräche"]),
            ("fr", ["réunion", "réunions"]),
            ("ru", ["встреча", "встречи"]),
            ("es", ["reunión", "reuniones"]),
        ] {
            let [one, other] = words.map(|word| stemmers.stem(language, &word.to_lowercase()));
            assert_eq!(one, other, "{language}");
        }
    }

    #[test]
    fn unknown_languages_and_numbers_stay_as_they_are() {
        let mut stemmers = Stemmers::default();
        assert_eq!(stemmers.stem("xx", "meetings"), "meetings");
        assert_eq!(stemmers.stem("en", "mp3s"), "mp3s");
    }
}
