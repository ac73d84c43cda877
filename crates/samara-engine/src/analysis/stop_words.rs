//! Words too common to tell documents apart, at build only: the index lists those that it holds.

use hashbrown::HashSet;

/// Longer lists are no lists of function words any more.
const LONGEST_LIST: usize = 400;

/// Stop words of `language` (a primary subtag), cut at apostrophes as the tokenizer cuts them. Empty for a
/// language without a list.
pub(crate) fn stop_words(language: &str) -> HashSet<String> {
    let list = stop_words::lookup(language).unwrap_or_default();
    if list.len() > LONGEST_LIST {
        return HashSet::new();
    }
    list.iter()
        .flat_map(|word| word.split(['\'', '’']))
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_listed_and_content_words_are_not() {
        let english = stop_words("en");
        assert!(
            ["the", "of", "don", "t", "s"]
                .iter()
                .all(|word| english.contains(*word))
        );
        assert!(
            !["us", "china", "talks"]
                .iter()
                .any(|word| english.contains(*word))
        );
        assert!(stop_words("de").contains("und"));
        assert!(stop_words("xx").is_empty());
    }
}
