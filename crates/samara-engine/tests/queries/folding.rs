//! Accents, case and letters of one sound: typed either way, found either way, the exact spelling first.

use crate::corpus::Corpus;

/// Each pair is spelt in a document and typed as a query, and the other way round.
const PAIRS: &[(&str, &str)] = &[
    // Accents and umlauts, composed and decomposed, small and large.
    ("café", "cafe"),
    ("Café", "CAFÉ"),
    ("cafe\u{301}", "café"),
    ("CAFE\u{301}", "cafe"),
    ("München", "munchen"),
    ("MÜNCHEN", "münchen"),
    ("façade", "facade"),
    ("Ångström", "angstrom"),
    ("Čapek", "capek"),
    ("señor", "senor"),
    ("naïve", "naive"),
    ("ġenerali", "generali"),
    // Letters that do not decompose.
    ("Straße", "strasse"),
    ("STRASSE", "straße"),
    ("STRAẞE", "strasse"),
    ("smørrebrød", "smorrebrod"),
    ("Łódź", "lodz"),
    ("Đặng", "dang"),
    ("Þórður", "thordur"),
    ("æsir", "aesir"),
    ("œuvre", "oeuvre"),
    ("Ħamrun", "hamrun"),
    // Vietnamese, two marks on a letter.
    ("Việt", "viet"),
    ("Nguyễn", "nguyen"),
    ("đường", "duong"),
    ("Tiê\u{301}ng", "tieng"),
    // Turkish: four letters i.
    ("İstanbul", "istanbul"),
    ("İSTANBUL", "istanbul"),
    ("ISTANBUL", "istanbul"),
    ("ısı", "isi"),
    ("Diyarbakır", "diyarbakir"),
    // Greek: accents, breathings, the sigma at the end.
    ("Αθήνα", "αθηνα"),
    ("ΑΘΗΝΑ", "αθήνα"),
    ("Ὀδυσσεύς", "οδυσσευς"),
    ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
    ("ΛΟΓΟΣ", "λόγος"),
    // Cyrillic.
    ("ёлка", "елка"),
    ("Йод", "йод"),
    ("ЩЕДРЫЙ", "щедрый"),
    // Arabic: vowel marks, the lengthening stroke, forms of one letter.
    ("كِتَابٌ", "كتاب"),
    ("كتـــاب", "كتاب"),
    ("مصطفى", "مصطفي"),
    ("آمال", "امال"),
    // Persian letters on an Arabic keyboard, and back.
    ("کتاب", "كتاب"),
    // Hebrew points.
    ("שָׁלוֹם", "שלום"),
    // Ligatures, full-width and other compatible forms.
    ("ﬁnale", "finale"),
    ("ﬂuss", "fluss"),
    ("Ｔｏｋｙｏ", "tokyo"),
    ("ℌilbert", "hilbert"),
    ("𝐛old", "bold"),
    ("x²y", "x2y"),
    ("Ǆungla", "dzungla"),
];

#[test]
fn spellings_find_one_another_both_ways() {
    let mut missing = Vec::new();
    for &(one, other) in PAIRS {
        for (written, typed) in [(one, other), (other, one), (one, one), (other, other)] {
            // A corpus of this word alone lacks the letters of the other spelling.
            let corpus = Corpus::of("", &[("other", "something else"), ("it", written)]);
            for typed in [
                typed.to_owned(),
                format!("{typed} "),
                format!("\"{typed}\""),
            ] {
                let found = corpus.found(&typed);
                if found != "it" {
                    missing.push(format!(
                        "{typed:?} finds {found:?} where {written:?} stands"
                    ));
                }
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn the_spelling_that_was_typed_comes_first() {
    for &(one, other) in PAIRS {
        let same = |text: &str| text.to_lowercase();
        // Case is no difference of spelling.
        if same(one) == same(other) || one.contains('\u{301}') {
            continue;
        }
        let corpus = Corpus::of("", &[("one", one), ("other", other)]);
        for (typed, expected) in [(one, "one other"), (other, "other one")] {
            let found = corpus.found(&format!("{typed} "));
            assert_eq!(found, expected, "{typed:?} of {one:?} and {other:?}");
        }
    }
}

#[test]
fn beginnings_and_mistakes_fold_too() {
    let corpus = Corpus::of(
        "",
        &[
            ("munich", "Reise nach München"),
            ("vietnam", "Nguyễn Văn Trỗi"),
            ("street", "Friedrichstraße"),
            ("athens", "στην Αθήνα"),
        ],
    );
    corpus.check(&[
        ("munch", "munich"),
        ("Mün", "munich"),
        ("nguye", "vietnam"),
        ("nguyễ", "vietnam"),
        ("tro", "vietnam"),
        ("friedrichstras", "street"),
        ("friedrichstraß", "street"),
        ("FRIEDRICHSTRASSE", "street"),
        ("αθη", "athens"),
        ("ΑΘΉ", "athens"),
        ("müncehn ", "munich → münchen "),
        ("munhcen ", "munich → münchen "),
        ("nguyne ", "vietnam → nguyễn "),
        ("friedrichstrase ", "street → friedrichstraße "),
        // Marks that the corpus has nowhere.
        ("mũnchėn ", "munich"),
        ("reíse ", "munich"),
        ("ńàçĥ ", "munich"),
    ]);
}
