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

/// Names of languages as people write them instead of codes.
const NAMES: [(&str, &[&str]); 40] = [
    ("ar", &["arabic", "العربية"]),
    ("bg", &["bulgarian", "български"]),
    ("bn", &["bengali", "বাংলা"]),
    ("ca", &["catalan", "català"]),
    ("cs", &["czech", "čeština"]),
    ("da", &["danish", "dansk"]),
    ("de", &["german", "deutsch"]),
    ("el", &["greek", "ελληνικά"]),
    ("en", &["english"]),
    ("es", &["spanish", "español", "castellano"]),
    ("et", &["estonian", "eesti"]),
    ("fa", &["persian", "farsi", "فارسی"]),
    ("fi", &["finnish", "suomi"]),
    ("fr", &["french", "français"]),
    ("he", &["hebrew", "עברית"]),
    ("hi", &["hindi", "हिन्दी"]),
    ("hr", &["croatian", "hrvatski"]),
    ("hu", &["hungarian", "magyar"]),
    ("id", &["indonesian", "bahasa indonesia"]),
    ("it", &["italian", "italiano"]),
    ("ja", &["japanese", "日本語"]),
    ("ko", &["korean", "한국어"]),
    ("lt", &["lithuanian", "lietuvių"]),
    ("lv", &["latvian", "latviešu"]),
    ("nb", &["norwegian", "norsk"]),
    ("nl", &["dutch", "nederlands"]),
    ("pl", &["polish", "polski"]),
    ("pt", &["portuguese", "português"]),
    ("ro", &["romanian", "română"]),
    ("ru", &["russian", "русский"]),
    ("sk", &["slovak", "slovenčina"]),
    ("sl", &["slovenian", "slovene", "slovenščina"]),
    ("sr", &["serbian", "српски", "srpski"]),
    ("sv", &["swedish", "svenska"]),
    ("ta", &["tamil", "தமிழ்"]),
    ("th", &["thai", "ไทย"]),
    ("tr", &["turkish", "türkçe"]),
    ("uk", &["ukrainian", "українська"]),
    ("vi", &["vietnamese", "tiếng việt"]),
    ("zh", &["chinese", "中文"]),
];

/// Primary language subtag of what a page calls its language: `de` of `de-AT`, `en` of `English`.
pub(crate) fn of(told: &str) -> Option<String> {
    let told = told.trim().to_lowercase();
    let named = NAMES.iter().find(|(_, names)| names.contains(&&*told));
    if let Some((code, _)) = named {
        return Some((*code).to_string());
    }
    let primary = told.split(['-', '_', ',', ' ']).next().unwrap_or_default();
    let is_code = primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase());
    let long = || Lang::from_code(primary).map(|lang| subtag(lang).to_string());
    // Of three letters are codes of languages that have none of two, too.
    let other = || primary.len() == 3 && primary.bytes().all(|b| b.is_ascii_lowercase());
    Some(primary.to_string())
        .filter(|_| is_code)
        .or_else(long)
        .or_else(|| Some(primary.to_string()).filter(|_| other()))
}

/// All codes of two letters that are registered, those that others have taken the place of among them. Codes of three
/// letters are thousands; any of them is taken for one.
const REGISTERED: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io \
    is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Primary language subtag of what the owner says that all pages are in, who may have mistyped it: a code of two letters
/// has to be registered.
pub(crate) fn given(told: &str) -> Option<String> {
    of(told).filter(|code| code.len() != 2 || REGISTERED.split(' ').any(|known| known == code))
}

/// ISO 639-1 where there is one, as pages write it.
fn subtag(language: Lang) -> &'static str {
    const SHORT: [(&str, &str); 70] = [
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
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
        ("cym", "cy"),
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
    fn languages_are_understood_as_codes_and_as_names() {
        for (told, expected) in [
            ("de-AT", Some("de")),
            ("pt_BR", Some("pt")),
            ("English", Some("en")),
            ("Français", Some("fr")),
            ("slk", Some("sk")),
            ("ca", Some("ca")),
            ("Elvish", None),
            ("", None),
        ] {
            assert_eq!(of(told).as_deref(), expected, "{told}");
        }
    }

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

    #[test]
    fn a_code_of_two_letters_has_to_be_registered_where_it_counts_for_all_pages() {
        for (told, expected) in [
            ("de-AT", Some("de")),
            ("English", Some("en")),
            ("qu", Some("qu")),
            ("iw", Some("iw")),
            ("nds", Some("nds")),
            ("xx", None),
            ("zz-top", None),
            ("?", None),
        ] {
            assert_eq!(given(told).as_deref(), expected, "{told}");
        }
        // What others know is registered.
        for code in NAMES.iter().map(|(code, _)| *code) {
            assert_eq!(given(code).as_deref(), Some(code));
        }
    }
}
