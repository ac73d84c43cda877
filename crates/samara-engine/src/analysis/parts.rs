//! Parts of words that are written in one but read as several: `getElementById`.

/// Finds the words inside a term, given the capitals of its form (the lowest bit for the first letter): one begins
/// at each capital after a small letter and at the last capital of a run before a small letter. Nothing for a
/// form that is a single word. Parts of one letter are left out.
pub(crate) fn parts<'t>(term: &'t str, capitals: u64, found: &mut dyn FnMut(&'t str)) {
    let capital = |place: usize| place < 64 && capitals >> place & 1 == 1;
    let length = crate::text::characters(term);
    let (mut start, mut first) = (0, 0);
    for (place, (at, _)) in term.char_indices().enumerate() {
        let begins = place > 0
            && capital(place)
            && (!capital(place - 1) || (place + 1 < length && !capital(place + 1)));
        if begins {
            if place > first + 1 {
                found(&term[start..at]);
            }
            (start, first) = (at, place);
        }
    }
    if first > 0 && length > first + 1 {
        found(&term[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, expected: &[&str]) {
        let capitals = form.chars().enumerate().fold(0, |mask, (place, letter)| {
            mask | u64::from(letter.is_uppercase()) << place
        });
        let term = form.to_lowercase();
        let mut found = Vec::new();
        parts(&term, capitals, &mut |part| found.push(part));
        assert_eq!(found, expected);
    }

    #[test]
    fn words_begin_at_capitals() {
        check("getElementById", &["get", "element", "by", "id"]);
        check("HTMLElement", &["html", "element"]);
        check("parseJSON", &["parse", "json"]);
        check("iPhone", &["phone"]);
        check("utf8Encoder", &["utf8", "encoder"]);
        check("Straße", &[]);
        check("APEC", &[]);
        check("", &[]);
    }
}
