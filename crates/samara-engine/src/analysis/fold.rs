//! Folding: which letters count as the same when words are compared.
//!
//! The host decomposes a letter (`é` to `e` and a mark), here the mark goes and the few letters that do not
//! decompose are spelt out. Folding never replaces the letters as written; it only decides what equals what,
//! and exact spelling is preferred in ranking.

/// Letters that have no decomposition and yet are typed as something else, each before what that is. A text takes a third
/// of what a table would in the module.
const LETTERS: &str = "ßss æae ðd øo þth đd ħh ıi ĸk łl ŋn œoe ŧt əe ςσ ىي کك یي ";

/// Whether `mark` says how a letter is pronounced or drawn, and not which letter it is.
///
/// Signs of Indic and South-East Asian scripts are vowels and stay.
pub(crate) fn is_mark(mark: char) -> bool {
    matches!(mark,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}' | '\u{309a}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a sign of an unspaced script, a token by itself, is drawn on the letter before it.
pub(crate) fn is_attached(sign: char) -> bool {
    matches!(sign,
        '\u{e31}' | '\u{e33}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{eb1}' | '\u{eb3}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}'
        | '\u{17b4}'..='\u{17d3}'
        | '\u{3099}' | '\u{309a}')
}

/// Appends what `decomposed` (lower case, NFKD) is compared as. Linear.
pub(crate) fn fold_letters(decomposed: &str, out: &mut Vec<char>) {
    for letter in decomposed.chars().filter(|&letter| !is_mark(letter)) {
        let before = out.len();
        let mut known = LETTERS.chars();
        if !letter.is_ascii() && known.any(|known| known == letter) {
            out.extend(known.take_while(|&other| other != ' '));
        }
        // A letter that others are compared as is compared as itself: nothing stands behind it.
        if out.len() == before {
            out.push(letter);
        }
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use crate::analysis::{Normalizer, Unicode};

    fn fold(text: &str) -> String {
        let mut out = Vec::new();
        fold_letters(&Unicode.decompose(text), &mut out);
        out.into_iter().collect()
    }

    #[test]
    fn letters_are_compared_as_what_stands_behind_them() {
        for entry in LETTERS.split_terminator(' ') {
            let letter = entry.chars().next().unwrap();
            let other = &entry[letter.len_utf8()..];
            assert_eq!(fold(entry), format!("{other}{other}"), "{entry}");
        }
    }

    #[test]
    fn spellings_meet() {
        for (written, folded) in [
            ("Café", "cafe"),
            ("Cafe\u{301}", "cafe"),
            ("MÜNCHEN", "munchen"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("İstanbul", "istanbul"),
            ("ISTANBUL", "istanbul"),
            ("ısı", "isi"),
            ("Łódź", "lodz"),
            ("Tiếng Việt", "tieng viet"),
            ("Đặng", "dang"),
            ("ﬁnal", "final"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("ёлка", "елка"),
            ("كِتَابٌ", "كتاب"),
            ("شَّمْس", "شمس"),
            ("ｆｕｌｌ", "full"),
            ("x²", "x2"),
            ("❤\u{fe0f}", "❤"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }
}
