//! Text as it is compared: lower-case words, one space apart.
//!
//! Copies of a caption differ in a dash or an apostrophe, copies of a label in capitals. Everything
//! that asks "is this the same?" compares folded text; everything that is shown stays untouched.

/// The words of a text, as written. Linear.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// How many words a text has: as many as [`words`] gives. Linear.
pub(crate) fn count_words(text: &str) -> usize {
    if !text.is_ascii() {
        return words(text).count();
    }
    // Beginnings of words, without a branch and summed in bytes: sixteen at a time for a compiler that can.
    const AT_ONCE: usize = 128;
    let in_word = |byte: u8| {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        letter | (byte.wrapping_sub(b'0') < 10) | (byte == b'_')
    };
    let bytes = text.as_bytes();
    let Some((first, later)) = bytes.split_first() else {
        return 0;
    };
    let pieces = bytes.chunks(AT_ONCE).zip(later.chunks(AT_ONCE));
    usize::from(in_word(*first))
        + pieces
            .map(|(before, bytes)| {
                let begins = before.iter().zip(bytes);
                let begins =
                    begins.map(|(before, byte)| u8::from(in_word(*byte) & !in_word(*before)));
                usize::from(begins.fold(0, u8::wrapping_add))
            })
            .sum::<usize>()
}

/// Lower-case words, one space apart. Linear.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    let mut gap = false;
    while let Some(c) = rest.chars().next() {
        // Most text is letters of which each is a byte: they are taken by the word.
        let plain = rest
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        let length = plain.max(c.len_utf8());
        let (head, tail) = rest.split_at(length);
        rest = tail;
        if plain == 0 && !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        if plain > 0 {
            let start = folded.len();
            folded.push_str(head);
            folded[start..].make_ascii_lowercase();
        } else {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}

/// White space as one space between words, none at either end. Control characters part words, too:
/// text that was decoded wrongly is full of them ("itâ\u{80}\u{99}s"), and left out they would glue
/// words. Linear.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut rest = text;
    let mut gap = false;
    while let Some(c) = rest.chars().next() {
        let plain = plain_length(rest);
        let (head, tail) = rest.split_at(plain.max(c.len_utf8()));
        rest = tail;
        if plain == 0 && (c.is_whitespace() || c.is_control()) {
            gap = true;
        } else if plain > 0 || !is_invisible(c) {
            if gap && !tidied.is_empty() {
                tidied.push(' ');
            }
            gap = false;
            tidied.push_str(head);
        }
    }
    tidied
}

/// Appends a text to one in which white space, but for the ends, is single spaces, and keeps it so. Linear.
pub(crate) fn push_spaced(text: &str, onto: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let plain = plain_length(rest);
        let (head, tail) = rest.split_at(plain.max(c.len_utf8()));
        rest = tail;
        if plain > 0 || !c.is_whitespace() {
            onto.push_str(head);
        } else if !onto.ends_with(' ') {
            onto.push(' ');
        }
    }
}

/// Bytes at the start of a text that tidying would leave alone: visible ASCII, and single spaces between. Most
/// text is nothing else, and is copied in one piece.
fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_graphic())
            .count();
        let parted = at > 0 && bytes.get(at) == Some(&b' ');
        if !(parted && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic)) {
            return at;
        }
        at += 1;
    }
}

/// Takes out characters that show nothing, white space left alone. Linear.
pub(crate) fn drop_invisible(text: &mut String) {
    let visible = |b: &u8| matches!(b, b' '..=b'~' | b'\n' | b'\t');
    // Without an early end, which vector instructions would not have.
    if !text
        .as_bytes()
        .iter()
        .fold(true, |all, byte| all & visible(byte))
    {
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
    fn what_is_taken_by_the_piece_is_what_would_be_taken_by_the_character() {
        let pieces = [
            "a", "Bc_9", "\u{c4}", "\u{df}", "\u{130}", " ", "  ", "\n", "\u{a0}", "-", "\u{2019}",
            "\u{ad}", "\u{1}", "~", "",
        ];
        for number in 0..pieces.len().pow(4) {
            let text: String = (0..4)
                .map(|place| pieces[number / pieces.len().pow(place) % pieces.len()])
                .collect();
            let folded: Vec<String> = words(&text)
                .map(|word| word.chars().flat_map(char::to_lowercase).collect())
                .collect();
            assert_eq!(fold(&text), folded.join(" "), "{text:?}");
            assert_eq!(count_words(&text), folded.len(), "{text:?}");
            let parted = |c: char| c.is_whitespace() || c.is_control();
            let tidied: Vec<String> = text
                .split(parted)
                .map(|word| word.replace(is_invisible, ""))
                .filter(|word| !word.is_empty())
                .collect();
            assert_eq!(tidy(&text), tidied.join(" "), "{text:?}");
            let mut spaced = String::from("x ");
            push_spaced(&text, &mut spaced);
            let mut slowly = String::from("x ");
            for c in text.chars() {
                if !c.is_whitespace() {
                    slowly.push(c);
                } else if !slowly.ends_with(' ') {
                    slowly.push(' ');
                }
            }
            assert_eq!(spaced, slowly, "{text:?}");
        }
    }

    #[test]
    fn tidying_joins_white_space_and_drops_what_nobody_sees() {
        assert_eq!(tidy(" a\u{a0}\t b\u{200b}c\u{0} "), "a bc");
        assert_eq!(tidy("\u{1}itâ\u{80}\u{99}s\u{7f}"), "itâ s");
    }
}
