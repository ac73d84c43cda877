//! The lexicon: what sites write around a text.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::report::Rule;

/// Open-ended phrases say nothing about longer lines: a paragraph may begin like a label.
pub(crate) const LONGEST_OPEN: usize = 20;

/// What a line that matches a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The rule that drops it.
    pub rule: Rule,
    /// Whether it ends the text when it stands late in the page.
    pub ends: bool,
}

/// The phrase that a folded line of so many words consists of, begins with or holds. Linear in the
/// line.
pub(crate) fn mark(folded: &str, words: usize) -> Option<Mark> {
    let phrases = &*PHRASES;
    let plain = without_numbers(folded);
    if let Some(mark) = phrases.whole.get(plain.as_str()) {
        return Some(*mark);
    }
    if plain.is_empty() || words > LONGEST_OPEN {
        return None;
    }
    let mut starts = vec![0];
    starts.extend(plain.match_indices(' ').map(|(at, _)| at + 1));
    for (n, &start) in starts.iter().enumerate() {
        let table = if n == 0 {
            &phrases.begin
        } else {
            &phrases.inside
        };
        for &end in starts[n + 1..].iter().take(phrases.longest) {
            if let Some(mark) = table.get(&plain[start..end - 1]) {
                return Some(*mark);
            }
        }
        if let Some(mark) = table.get(&plain[start..]) {
            return Some(*mark);
        }
    }
    None
}

/// Counters come and go ("Comments (3)"): they are no part of a phrase.
fn without_numbers(folded: &str) -> String {
    let words = folded
        .split(' ')
        .filter(|word| !word.bytes().all(|b| b.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

/// Phrases by the place in which they may stand.
struct Phrases {
    whole: HashMap<&'static str, Mark>,
    begin: HashMap<&'static str, Mark>,
    inside: HashMap<&'static str, Mark>,
    /// Words in the longest phrase.
    longest: usize,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| parse(include_str!("phrases.txt")));

/// The reader of `phrases.txt`, whose head explains the form. Panics on a fault in that file, which
/// is part of the program.
fn parse(source: &'static str) -> Phrases {
    let mut phrases = Phrases {
        whole: HashMap::new(),
        begin: HashMap::new(),
        inside: HashMap::new(),
        longest: 0,
    };
    let mut mark = None;
    for line in source.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(header) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            let (name, ends) = match header.strip_suffix(" ends") {
                Some(name) => (name, true),
                None => (header, false),
            };
            mark = Some(Mark {
                rule: rule(name),
                ends,
            });
            continue;
        }
        let mark = mark.expect("phrases.txt: a phrase before the first header");
        let opened = line.strip_prefix("… ");
        let (table, phrase) = match (opened, line.strip_suffix(" …")) {
            (Some(rest), _) => (&mut phrases.inside, rest.strip_suffix(" …").unwrap_or(rest)),
            (None, Some(phrase)) => (&mut phrases.begin, phrase),
            (None, None) => (&mut phrases.whole, line),
        };
        table.entry(phrase).or_insert(mark);
        if opened.is_some() {
            phrases.begin.entry(phrase).or_insert(mark);
        }
        phrases.longest = phrases.longest.max(phrase.split(' ').count());
    }
    phrases
}

fn rule(name: &str) -> Rule {
    [
        Rule::Navigation,
        Rule::Sharing,
        Rule::CommentForm,
        Rule::ListLabel,
        Rule::CallToAction,
        Rule::Legal,
        Rule::Advertisement,
    ]
    .into_iter()
    .find(|rule| rule.name() == name)
    .unwrap_or_else(|| panic!("phrases.txt: no rule called {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    fn rule(text: &str) -> Option<Rule> {
        let folded = fold(text);
        mark(&folded, folded.split(' ').count()).map(|mark| mark.rule)
    }

    #[test]
    fn phrases_match_whatever_case_counters_and_punctuation_do() {
        for (text, expected) in [
            ("Back To Top ↑", Some(Rule::Navigation)),
            ("MOST POPULAR", Some(Rule::ListLabel)),
            (
                "Comments are closed on this story.",
                Some(Rule::CommentForm),
            ),
            ("Share (12)", Some(Rule::Sharing)),
            ("© 2023 Somebody. All rights reserved.", Some(Rule::Legal)),
            ("Taboola ads go here", Some(Rule::Advertisement)),
            ("Homecoming", None),
            ("The most popular of all flowers is the rose.", None),
            ("Searching for a home is harder than it was.", None),
        ] {
            assert_eq!(rule(text), expected, "{text}");
        }
    }

    #[test]
    fn a_paragraph_that_begins_like_a_label_is_no_label() {
        let text = "Copyright law was not made for machines, argues the professor, who has taught \
                    it for thirty years and has rarely seen a case that it decided well.";
        assert_eq!(rule(text), None);
    }
}
