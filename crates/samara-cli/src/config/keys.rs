//! Every key of a file of options, and what is said where somebody has mistaken one.

use crate::failure::Misuse;

/// Every key and what its value has to be, for suggestions and errors.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("paths", "a list of folders or files, as in [\"public\"]"),
    ("output", "a text, as in \"public/samara\""),
    ("layout", "\"embedded\", \"single\" or \"split\""),
    ("max-files", "a whole number, from 1"),
    ("title", "a text, as in \"Letters\""),
    ("page", "a text, as in \"search.html\""),
    ("account", "a text, as in \"cleaned.jsonl\""),
    (
        "base-url",
        "an address, as in \"/docs/\" or \"https://example.org/docs/\"",
    ),
    (
        "max-size",
        "a number of bytes, or a text such as \"500 kB\" or \"2 MB\"",
    ),
    (
        "memory",
        "a number of bytes, or a text such as \"500 MB\" or \"1 GB\"",
    ),
    ("cache", "a text, as in \".cache/samara\""),
    ("threads", "a whole number, from 1"),
    ("port", "a whole number from 0 to 65535"),
    ("service-worker", "true or false"),
    ("offline", "a list of addresses, as in [\"./\"]"),
    ("offline-blocks", "true or false"),
    (
        "include",
        "a list of patterns, as in [\"*.md\", \"/guide/\"]",
    ),
    ("exclude", "a list of patterns, as in [\"drafts/\"]"),
    ("root-selector", "a text, as in \"main\""),
    (
        "exclude-selectors",
        "a list of selectors, as in [\".share\", \"#comments\"]",
    ),
    ("follow-links", "true or false"),
    ("strip-html", "true or false"),
    ("pagefind", "true or false"),
    ("glob", "a text, as in \"**/*.{html,htm}\""),
    ("force-language", "a text, as in \"en\""),
    ("keep-index-url", "true or false"),
    ("keep", "a list of lines, as in [\"Share your harvest\"]"),
    ("drop", "a list of lines, as in [\"Was this helpful?\"]"),
    (
        "expect",
        "tables with `query`, `url` and, if it is not 10, `top`",
    ),
    ("expect.query", "a text, as in \"install\""),
    ("expect.top", "a whole number, from 1"),
    ("expect.url", "a text, as in \"/install/\""),
    (
        "synonyms",
        "tables with `words`, two of them or more, or else with `from` and `to`",
    ),
    (
        "synonyms.words",
        "a list of words, as in [\"car\", \"motor vehicle\"]",
    ),
    ("synonyms.from", "a text, as in \"vehicle\""),
    ("synonyms.to", "a text, as in \"car\""),
    (
        "boost",
        "tables with `factor`, and with `field` and `value`, or else with `url`",
    ),
    ("boost.field", "a text, as in \"tag\""),
    ("boost.value", "a text, as in \"guide\""),
    ("boost.url", "a text, as in \"/docs/*\""),
    ("boost.factor", "a number from 0 to 7.9, as in 1.5"),
    ("recency", "a table with `half-life` and `factor`"),
    (
        "recency.half-life",
        "a number of days, or a text such as \"180 days\" or \"1 year\"",
    ),
    ("recency.factor", "a number from 0 to 7.9, as in 1.5"),
    ("pin", "tables with `query` and `urls`"),
    ("pin.query", "a text, as in \"install\""),
    ("pin.urls", "a list of addresses, as in [\"/install/\"]"),
];

/// How a table is begun in TOML, for those keys whose values are tables.
const BEGUN: &[(&str, &str)] = &[
    ("expect", "each beneath a line [[expect]]"),
    ("synonyms", "each beneath a line [[synonyms]]"),
    ("boost", "each beneath a line [[boost]]"),
    ("recency", "beneath a line [recency]"),
    ("pin", "each beneath a line [[pin]]"),
];

/// What the value of a key has to be; none of a key that there is not.
pub(super) fn wrong(key: &str, is_toml: bool) -> Option<String> {
    let (_, value) = KEYS.iter().find(|(name, _)| *name == key)?;
    let begun = BEGUN.iter().find(|(name, _)| is_toml && *name == key);
    let begun = begun.map(|(_, how)| format!(", {how}"));
    Some(format!(
        "`{key}` has to be {value}{}",
        begun.unwrap_or_default()
    ))
}

/// `expect.top` of `expect[0].top`, `expect.0.top` or `expect.?.top`: without the number of the table.
pub(super) fn without_numbers(key: &str) -> String {
    let named = key.split(['.', '[', ']']);
    let named = named.filter(|part| !matches!(*part, "" | "?") && part.parse::<usize>().is_err());
    named.collect::<Vec<_>>().join(".")
}

/// There is no such key; the one that was probably meant is named.
pub(super) fn no_option(key: &str) -> Misuse {
    Misuse(format!("there is no option `{key}`{}", suggestion(key)))
}

fn suggestion(key: &str) -> String {
    let keys: Vec<&str> = KEYS.iter().map(|&(key, _)| key).collect();
    let nearest = keys.iter().max_by(|one, other| {
        strsim::jaro_winkler(key, one).total_cmp(&strsim::jaro_winkler(key, other))
    });
    match nearest {
        Some(nearest) if strsim::jaro_winkler(key, nearest) > 0.8 => {
            format!("; did you mean `{nearest}`?")
        }
        _ => format!("; there are {}", keys.join(", ")),
    }
}
