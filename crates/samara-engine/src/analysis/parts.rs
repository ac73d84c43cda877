//! Parts of words that are written in one but read as several: `getElementById`.

/// The words inside a term, given the capitals of its form (the lowest bit for the first letter): one begins
/// at each capital after a small letter and at the last capital of a run before a small letter. Nothing for a
/// form that is a single word. Parts of one letter are left out.
pub(crate) fn parts(term: &str, capitals: u64) -> impl Iterator<Item = &str> {
    let capital = move |place: usize| place < 64 && capitals >> place & 1 == 1;
    let length = crate::text::characters(term);
    let begins = move |place: usize| {
        place > 0
            && capital(place)
            && (!capital(place - 1) || (place + 1 < length && !capital(place + 1)))
    };
    let mut starts = term
        .char_indices()
        .enumerate()
        .filter(move |&(place, _)| begins(place))
        .map(|(_, (at, _))| at);
    let mut start = Some(0);
    core::iter::from_fn(move || {
        let from = start?;
        start = starts.next();
        match start {
            None if from == 0 => None,
            None => Some(&term[from..]),
            Some(end) => Some(&term[from..end]),
        }
    })
    .filter(|part| part.chars().nth(1).is_some())
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
        assert_eq!(parts(&term, capitals).collect::<Vec<_>>(), expected);
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
