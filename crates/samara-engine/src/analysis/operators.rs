//! Operators: runs of signs that stand for something by themselves, `->>`, `::`, `?`.

/// Whether a sign may be a part of an operator. Brackets, quotes, commas and semicolons stand beside operators.
fn is_operator(sign: char) -> bool {
    sign.is_ascii_punctuation()
        && !matches!(
            sign,
            '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\'' | '`' | ',' | ';' | '_'
        )
}

/// Finds the operators in what stands between two words, of which the first follows a word directly and the last precedes
/// one. Signs of prose are none: what ends a sentence, dashes, a sign that belongs to the word beside it.
pub(crate) fn operators<'t>(separator: &'t str, found: &mut dyn FnMut(&'t str)) {
    let mut report = |start: usize, end: usize| {
        let run = &separator[start..end];
        if is_searchable(run, start == 0 || end == separator.len()) {
            found(run);
        }
    };
    let mut start = None;
    for (at, sign) in separator.char_indices() {
        match (start, is_operator(sign)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                report(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        report(from, separator.len());
    }
}

/// Whether a run of signs says something; `attached` if a word stands directly beside it.
fn is_searchable(run: &str, attached: bool) -> bool {
    /// Longer runs are drawings.
    const LONGEST: usize = 4;
    let of = |signs: &str| run.bytes().all(|sign| signs.bytes().any(|one| one == sign));
    match run.len() {
        1 => !attached && !of(".-/:"),
        2..=LONGEST if attached => !of(".!?-") && run != "://",
        2..=LONGEST => !of(".-"),
        _ => false,
    }
}

/// Whether a text is nothing but an operator that may be searched for.
pub(crate) fn is_lone_operator(text: &str) -> bool {
    text.chars().all(is_operator) && is_searchable(text, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(separator: &str, expected: &[&str]) {
        let mut found = Vec::new();
        operators(separator, &mut |operator| found.push(operator));
        assert_eq!(found, expected, "{separator:?}");
    }

    #[test]
    fn runs_of_signs_in_code_are_operators() {
        check(" ->> ", &["->>"]);
        check("::", &["::"]);
        check(" || ", &["||"]);
        check("()?;\n", &["?"]);
        check(" ? ", &["?"]);
        check(" (*) ", &["*"]);
        check(" != ", &["!="]);
        check(" = &", &["="]);
        check(" && !", &["&&"]);
    }

    #[test]
    fn signs_of_prose_are_none() {
        for prose in [
            ". ", "? ", "!? ", " - ", " -- ", " – ", "... ", ", ", "-", "/", "://", "'", ": ",
            " / ", "----", "======", " #",
        ] {
            check(prose, &[]);
        }
    }
}
