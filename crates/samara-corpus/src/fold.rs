//! Text as it is compared: lower-case words, one space apart.
//!
//! Copies of a caption differ in a dash or an apostrophe, copies of a label in capitals. Everything
//! that asks "is this the same?" compares folded text; everything that is shown stays untouched.

/// The words of a text, as written. Linear.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// Lower-case words, one space apart. Linear.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folded = String::with_capacity(text.len());
    for word in words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// The same for text in which a byte is a character: most of it, and much faster.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(char::from(byte.to_ascii_lowercase()));
        } else {
            gap = true;
        }
    }
    folded
}

/// White space as one space between words, none at either end. Control characters part words, too:
/// text that was decoded wrongly is full of them ("itâ\u{80}\u{99}s"), and left out they would glue
/// words. Linear.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !tidied.is_empty() {
                tidied.push(' ');
            }
            gap = false;
            tidied.push(c);
        }
    }
    tidied
}

/// Takes out characters that show nothing, white space left alone. Linear.
pub(crate) fn drop_invisible(text: &mut String) {
    if text.contains(|c: char| is_invisible(c) && !c.is_whitespace()) {
        text.retain(|c| !is_invisible(c) || c.is_whitespace());
    }
}

/// Characters that show nothing and would split or glue words: controls, soft hyphen, zero-width
/// space, byte-order mark. Joiners stay, since some scripts need them.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_case_dashes_and_quotes() {
        assert_eq!(
            fold("Ministers’ Meeting – Jakarta"),
            fold("ministers' meeting - jakarta")
        );
    }

    #[test]
    fn folding_plain_letters_is_folding() {
        for text in ["A-b_c  D9!", "", " x", "x ", "--"] {
            let slow: Vec<String> = words(text).map(str::to_lowercase).collect();
            assert_eq!(fold(text), slow.join(" "), "{text}");
        }
    }

    #[test]
    fn tidying_joins_white_space_and_drops_what_nobody_sees() {
        assert_eq!(tidy(" a\u{a0}\t b\u{200b}c\u{0} "), "a bc");
        assert_eq!(tidy("\u{1}itâ\u{80}\u{99}s\u{7f}"), "itâ s");
    }
}
