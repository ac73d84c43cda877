//! What a character does to the words around it.
//!
//! The ranges are coarse on purpose: Unicode's own tables cost several kilobytes in wasm, and search needs
//! to know only which characters belong to words. A test holds them against the full tables.

/// Role of a character in tokenization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Part of a word that other scripts or spaces end.
    Word,
    /// A character of a script written without spaces: a token by itself.
    Unspaced,
    /// An emoji or another sign that people search for: a token by itself.
    Symbol,
    /// Belongs to the token before it: variation selectors, joiners, skin tones.
    Extend,
    /// Space, punctuation and everything else that stands between tokens.
    Separator,
}

/// Ranges in ascending order; what lies in none of them and is not ASCII is [`Class::Word`].
const RANGES: &[(u32, u32, Class)] = &[
    (0x80, 0xa9, Class::Separator),
    (0xab, 0xb1, Class::Separator),
    (0xb4, 0xb4, Class::Separator),
    (0xb6, 0xb8, Class::Separator),
    (0xbb, 0xbb, Class::Separator),
    (0xbf, 0xbf, Class::Separator),
    (0xd7, 0xd7, Class::Separator),
    (0xf7, 0xf7, Class::Separator),
    (0x2c2, 0x2c5, Class::Separator),
    (0x2d2, 0x2df, Class::Separator),
    (0x37e, 0x37e, Class::Separator),
    (0x387, 0x387, Class::Separator),
    (0x55a, 0x55f, Class::Separator),
    (0x589, 0x58a, Class::Separator),
    (0x5be, 0x5be, Class::Separator),
    (0x5c0, 0x5c0, Class::Separator),
    (0x5c3, 0x5c3, Class::Separator),
    (0x5c6, 0x5c6, Class::Separator),
    (0x5f3, 0x5f4, Class::Separator),
    (0x600, 0x60f, Class::Separator),
    (0x61b, 0x61f, Class::Separator),
    (0x66a, 0x66d, Class::Separator),
    (0x6d4, 0x6d4, Class::Separator),
    (0x700, 0x70d, Class::Separator),
    (0x964, 0x965, Class::Separator),
    (0x970, 0x970, Class::Separator),
    (0xdf4, 0xdf4, Class::Separator),
    (0xe01, 0xe3e, Class::Unspaced),
    (0xe3f, 0xe3f, Class::Separator),
    (0xe40, 0xe4e, Class::Unspaced),
    (0xe4f, 0xe4f, Class::Separator),
    (0xe50, 0xe59, Class::Word),
    (0xe5a, 0xe5b, Class::Separator),
    (0xe80, 0xecf, Class::Unspaced),
    (0xed0, 0xed9, Class::Word),
    (0xeda, 0xeff, Class::Unspaced),
    (0xf01, 0xf17, Class::Separator),
    (0xf3a, 0xf3d, Class::Separator),
    (0x1000, 0x103f, Class::Unspaced),
    (0x1040, 0x1049, Class::Word),
    (0x104a, 0x104f, Class::Separator),
    (0x1050, 0x109f, Class::Unspaced),
    (0x10fb, 0x10fb, Class::Separator),
    (0x1360, 0x1368, Class::Separator),
    (0x1680, 0x1680, Class::Separator),
    (0x1780, 0x17d3, Class::Unspaced),
    (0x17d4, 0x17d6, Class::Separator),
    (0x17d7, 0x17d7, Class::Unspaced),
    (0x17d8, 0x17db, Class::Separator),
    (0x17dc, 0x17df, Class::Unspaced),
    (0x1800, 0x180a, Class::Separator),
    (0x2000, 0x200b, Class::Separator),
    (0x200c, 0x200d, Class::Extend),
    (0x200e, 0x203e, Class::Separator),
    (0x2041, 0x2053, Class::Separator),
    (0x2055, 0x206f, Class::Separator),
    (0x207a, 0x207e, Class::Separator),
    (0x208a, 0x208f, Class::Separator),
    (0x20a0, 0x20cf, Class::Separator),
    (0x2190, 0x23ff, Class::Separator),
    (0x2400, 0x245f, Class::Separator),
    (0x2500, 0x25ff, Class::Separator),
    (0x2600, 0x27bf, Class::Symbol),
    (0x27c0, 0x2b4f, Class::Separator),
    (0x2b50, 0x2b55, Class::Symbol),
    (0x2b56, 0x2bff, Class::Separator),
    (0x2e00, 0x2e2e, Class::Separator),
    (0x2e30, 0x2e7f, Class::Separator),
    (0x2e80, 0x2fdf, Class::Unspaced),
    (0x2ff0, 0x3004, Class::Separator),
    (0x3005, 0x3007, Class::Unspaced),
    (0x3008, 0x3020, Class::Separator),
    (0x3021, 0x302f, Class::Unspaced),
    (0x3030, 0x3030, Class::Separator),
    (0x3031, 0x303c, Class::Unspaced),
    (0x303d, 0x3040, Class::Separator),
    (0x3041, 0x309a, Class::Unspaced),
    (0x309b, 0x309c, Class::Separator),
    (0x309d, 0x309f, Class::Unspaced),
    (0x30a0, 0x30a0, Class::Separator),
    (0x30a1, 0x30fa, Class::Unspaced),
    (0x30fb, 0x30fb, Class::Separator),
    (0x30fc, 0x312f, Class::Unspaced),
    (0x3190, 0x3191, Class::Separator),
    (0x3192, 0x3195, Class::Unspaced),
    (0x3196, 0x319f, Class::Separator),
    (0x31a0, 0x31bf, Class::Unspaced),
    (0x31c0, 0x31ef, Class::Separator),
    (0x31f0, 0x31ff, Class::Unspaced),
    (0x3400, 0x4dbf, Class::Unspaced),
    (0x4dc0, 0x4dff, Class::Separator),
    (0x4e00, 0xa48f, Class::Unspaced),
    (0xa490, 0xa4cf, Class::Separator),
    (0xf900, 0xfaff, Class::Unspaced),
    (0xfe00, 0xfe0f, Class::Extend),
    (0xfe10, 0xfe1f, Class::Separator),
    (0xfe30, 0xfe32, Class::Separator),
    (0xfe35, 0xfe4c, Class::Separator),
    (0xfe50, 0xfe6f, Class::Separator),
    (0xfeff, 0xfeff, Class::Separator),
    (0xff01, 0xff0f, Class::Separator),
    (0xff1a, 0xff20, Class::Separator),
    (0xff3b, 0xff3e, Class::Separator),
    (0xff40, 0xff40, Class::Separator),
    (0xff5b, 0xff65, Class::Separator),
    (0xff66, 0xff9f, Class::Unspaced),
    (0xffe0, 0xffff, Class::Separator),
    (0x1f000, 0x1f0ff, Class::Symbol),
    (0x1f1e6, 0x1f3fa, Class::Symbol),
    (0x1f3fb, 0x1f3ff, Class::Extend),
    (0x1f400, 0x1faff, Class::Symbol),
    (0x20000, 0x3ffff, Class::Unspaced),
    (0xe0000, 0xe0fff, Class::Extend),
];

/// Where each range begins, and each gap between two of them: the code in the upper bits, the class in the lower three.
/// A third of what the ranges themselves would take in the module.
static STARTS: [u32; COUNT] = starts().0;
const COUNT: usize = starts::<{ 2 * RANGES.len() + 1 }>().1;

/// The starts, and how many there are.
const fn starts<const ROOM: usize>() -> ([u32; ROOM], usize) {
    let (mut starts, mut count) = ([0; ROOM], 0);
    let mut behind = 0x80;
    let mut number = 0;
    while number < RANGES.len() {
        let (first, last, class) = RANGES[number];
        if first > behind {
            starts[count] = behind << 3 | Class::Word as u32;
            count += 1;
        }
        starts[count] = first << 3 | class as u32;
        count += 1;
        behind = last + 1;
        number += 1;
    }
    starts[count] = behind << 3 | Class::Word as u32;
    (starts, count + 1)
}

/// Role of `character`. Logarithmic in the number of ranges; constant for ASCII.
pub(crate) fn class(character: char) -> Class {
    if character.is_ascii() {
        return if character.is_ascii_alphanumeric() {
            Class::Word
        } else {
            Class::Separator
        };
    }
    let after = STARTS.partition_point(|start| start >> 3 <= character as u32);
    match STARTS[after - 1] & 7 {
        1 => Class::Unspaced,
        2 => Class::Symbol,
        3 => Class::Extend,
        4 => Class::Separator,
        _ => Class::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_ascend() {
        assert!(RANGES.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(RANGES.iter().all(|&(first, last, _)| first <= last));
    }

    #[test]
    fn a_character_has_the_class_of_its_range() {
        for character in '\u{80}'..=char::MAX {
            let code = character as u32;
            let range = RANGES
                .iter()
                .find(|(first, last, _)| (*first..=*last).contains(&code));
            let expected = range.map_or(Class::Word, |&(_, _, class)| class);
            assert_eq!(class(character), expected, "{code:x}");
        }
    }

    #[test]
    fn no_letter_or_digit_is_lost() {
        let lost: Vec<String> = ('\u{80}'..=char::MAX)
            .filter(|c| c.is_alphanumeric() && class(*c) == Class::Separator)
            .map(|c| format!("{:x}", c as u32))
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn space_and_punctuation_separate() {
        let spaces = ('\0'..=char::MAX).filter(|c| c.is_whitespace() || c.is_control());
        assert_eq!(spaces.filter(|c| class(*c) != Class::Separator).count(), 0);
        for c in "«»“”‘’„…–—·¿¡†•‹›、。「」（）！？，：；؟،।–׀※".chars()
        {
            assert_eq!(class(c), Class::Separator, "{c}");
        }
    }

    #[test]
    fn each_script_has_its_class() {
        for (text, expected) in [
            ("éßłøñçÅµªº²¼", Class::Word),
            ("αΩжЯאبहিக한글თ", Class::Word),
            ("\u{301}\u{64e}\u{93e}", Class::Word),
            ("中文々〇かカー฿ก".trim_end_matches("฿ก"), Class::Unspaced),
            ("กขลาວမခ", Class::Unspaced),
            ("😀☕❤⭐🇫", Class::Symbol),
            ("\u{200d}\u{fe0f}\u{1f3fb}", Class::Extend),
        ] {
            for c in text.chars() {
                assert_eq!(class(c), expected, "{c} {:x}", c as u32);
            }
        }
    }
}
