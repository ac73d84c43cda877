//! Numbers of sections in front of titles and headings.

/// Where the number of a section ends that a title begins with: `15.4. `, `3) `, `A.2. `. What is not closed by a sign may
/// be what the title is about, as in `3.11 and what is new in it`.
pub(super) fn section_number(title: &str) -> Option<usize> {
    let number = title.split_whitespace().next()?;
    let end = title.find(number)? + number.len();
    let bare = number.strip_suffix(['.', ')'])?;
    let is_part = |part: &str| {
        let is_letter = part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_uppercase());
        is_letter || !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let has_digit = bare.bytes().any(|byte| byte.is_ascii_digit());
    (has_digit && bare.split('.').all(is_part) && end < title.trim_end().len()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_sections_are_told_from_numbers_that_say_something() {
        for (title, number) in [
            ("15.4. Parallel Safety", Some("15.4.")),
            ("3) Results", Some("3)")),
            ("A.2. Functions", Some("A.2.")),
            ("3.11 and what is new in it", None),
            ("1984", None),
            ("2001. ", None),
            ("B. Franklin", None),
            ("e.g. this", None),
            ("", None),
        ] {
            let found = section_number(title).map(|end| title[..end].trim_start());
            assert_eq!(found, number, "{title}");
        }
    }
}
