//! What the standard library does with texts, small. Its searching, counting and joining are written for long texts
//! and make up a kilobyte of the compressed module; here texts are words and addresses.

/// Texts put together. Linear.
pub(crate) fn concat(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        out.push_str(part);
    }
    out
}

/// Number of characters. Linear.
pub(crate) fn characters(text: &str) -> usize {
    text.bytes()
        .filter(|byte| !(0x80..0xc0).contains(byte))
        .count()
}

/// Where a text first stands in another one, in bytes. Linear in their product.
pub(crate) fn find(text: &str, wanted: &str) -> Option<usize> {
    let mut places = 0..=text.len().checked_sub(wanted.len())?;
    places.find(|&at| text.as_bytes()[at..].starts_with(wanted.as_bytes()))
}

/// Where the first character stands for which a test holds, in bytes; the end, where there is none. Linear.
pub(crate) fn until(text: &str, stops: &dyn Fn(char) -> bool) -> usize {
    for (at, letter) in text.char_indices() {
        if stops(letter) {
            return at;
        }
    }
    text.len()
}

/// Whether a text has a space of any kind. Linear.
pub(crate) fn has_space(text: &str) -> bool {
    until(text, &char::is_whitespace) < text.len()
}

/// What stands before and behind the first such ASCII character. Linear.
pub(crate) fn split_once(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((&text[..place], &text[place + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_treated_as_by_the_standard_library() {
        for text in ["", "a", "ab.c", ".é", "한국..語", "🇫."] {
            assert_eq!(characters(text), text.chars().count());
            assert_eq!(split_once(text, b'.'), text.split_once('.'));
            for wanted in ["", ".", "é", "한국..語", "nothing of it"] {
                assert_eq!(find(text, wanted), text.find(wanted));
            }
        }
        assert_eq!(concat(&["é", "", "b"]), "éb");
    }
}
