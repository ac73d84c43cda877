//! What the addresses of documents begin with.

use serde::{Deserialize, Deserializer, de};
use std::ops::Deref;
use std::str::FromStr;

/// An address of a site or of a folder on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl Deref for Base {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Base {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts_words =
            |c: char| c.is_whitespace() || c.is_control() || "\\\"<>^`{|}".contains(c);
        // A colon before the first slash ends the name of a scheme.
        let scheme = text
            .split('/')
            .next()
            .and_then(|first| first.split_once(':'));
        let is_web = scheme.is_none_or(|(scheme, rest)| {
            ["http", "https"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
                && rest.is_empty()
                && text[scheme.len()..].starts_with("://")
        });
        if is_web && !text.contains(parts_words) {
            Ok(Self(text.to_owned()))
        } else {
            Err("write an address, such as /docs/ or https://example.org/docs/")
        }
    }
}

impl<'de> Deserialize<'de> for Base {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sites_and_of_their_folders_are_bases() {
        for (text, expected) in [
            ("/docs/", true),
            ("docs/", true),
            ("../", true),
            ("", true),
            ("https://example.org/docs/", true),
            ("HTTP://example.org", true),
            ("//example.org/", true),
            ("/caf\u{e9}/", true),
            ("/a:b/", true),
            ("not a url", false),
            ("javascript:alert(1)", false),
            ("mailto:a@example.org", false),
            ("https:example.org", false),
            ("ftp://example.org/", false),
            ("/docs/\n", false),
            ("C:\\docs", false),
        ] {
            assert_eq!(text.parse::<Base>().is_ok(), expected, "{text}");
        }
    }
}
