//! `samara.toml`: a build's options in a file, of which `docs/configuration.md` is the reference. What a flag says
//! goes first, then what an environment variable says, then the file, then the default.

use crate::command::build::Layout;
use crate::failure::Misuse;
use anyhow::{Context, Result};
use serde::{Deserialize, Deserializer, de};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The file that is read where none is named.
pub const NAME: &str = "samara.toml";

/// Every key, for suggestions.
const KEYS: [&str; 16] = [
    "paths",
    "output",
    "layout",
    "title",
    "base-url",
    "max-size",
    "threads",
    "port",
    "service-worker",
    "offline",
    "keep",
    "drop",
    "expect",
    "expect.query",
    "expect.top",
    "expect.url",
];

/// The options of a build.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Config {
    /// Folders or files of documents.
    pub paths: Vec<PathBuf>,
    /// Where the bundle goes.
    pub output: Option<PathBuf>,
    /// How it is deployed.
    pub layout: Option<Layout>,
    /// Title of the page of the single layout.
    pub title: Option<String>,
    /// What the addresses of documents begin with.
    pub base_url: Option<String>,
    /// Largest module.
    pub max_size: Option<Size>,
    /// Threads that read; all cores where there is none.
    pub threads: Option<NonZeroUsize>,
    /// Port of `samara serve`.
    pub port: Option<u16>,
    /// Whether the offline worker is written.
    pub service_worker: Option<bool>,
    /// Addresses of the site that the offline worker keeps beside the search.
    pub offline: Vec<String>,
    /// Lines that cleaning never drops.
    pub keep: Vec<String>,
    /// Lines that cleaning always drops.
    pub drop: Vec<String>,
    /// What has to be found.
    pub expect: Vec<Expect>,
}

/// A page that a query has to find.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Expect {
    /// What a visitor would type.
    pub query: String,
    /// Among how many hits the page has to be.
    #[serde(default = "first_page")]
    pub top: usize,
    /// The page's address.
    pub url: String,
}

fn first_page() -> usize {
    10
}

/// A number of bytes, written `500000`, `500 kB` or `2 MB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub usize);

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .trim_end();
        let unit = match text[digits.len()..].trim().to_ascii_lowercase().as_str() {
            "" | "b" => 1.0,
            "kb" => 1e3,
            "mb" => 1e6,
            "gb" => 1e9,
            _ => return Err("write it as 500 kB or 2 MB".to_owned()),
        };
        match digits.parse::<f64>() {
            Ok(number) if number >= 0.0 && number.is_finite() => Ok(Size((number * unit) as usize)),
            _ => Err("write it as 500 kB or 2 MB".to_owned()),
        }
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(usize),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(bytes) => Ok(Size(bytes)),
            Written::Text(text) => text.parse().map_err(de::Error::custom),
        }
    }
}

impl Config {
    /// Reads a named file, or `samara.toml` of this folder if there is one. Paths in it are relative
    /// to it.
    ///
    /// # Errors
    /// The named file is missing, is no TOML, or holds a key or a value that there is not.
    pub fn find(named: Option<&Path>) -> Result<Self> {
        let path = match named {
            Some(path) => path,
            None if Path::new(NAME).is_file() => Path::new(NAME),
            None => return Ok(Self::default()),
        };
        let text = fs::read_to_string(path)
            .map_err(|error| Misuse(format!("{}: {error}", path.display())))?;
        let mut config = Self::parse(&text).with_context(|| path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for path in config.paths.iter_mut().chain(&mut config.output) {
            *path = folder.join(&*path);
        }
        Ok(config)
    }

    fn parse(text: &str) -> Result<Self> {
        let misuse = |error: toml::de::Error| Misuse(error.to_string().trim_end().to_owned());
        let mut unknown = Vec::new();
        let deserializer = toml::Deserializer::parse(text).map_err(misuse)?;
        let config = serde_ignored::deserialize(deserializer, |key| {
            unknown.push(without_numbers(&key.to_string()))
        })
        .map_err(misuse)?;
        match unknown.first() {
            None => Ok(config),
            Some(key) => {
                Err(Misuse(format!("there is no option `{key}`{}", suggestion(key))).into())
            }
        }
    }
}

/// `expect.0.querry` without the number of the table.
fn without_numbers(key: &str) -> String {
    let named = key.split('.').filter(|part| part.parse::<usize>().is_err());
    named.collect::<Vec<_>>().join(".")
}

fn suggestion(key: &str) -> String {
    let nearest = KEYS.iter().max_by(|one, other| {
        strsim::jaro_winkler(key, one).total_cmp(&strsim::jaro_winkler(key, other))
    });
    match nearest {
        Some(nearest) if strsim::jaro_winkler(key, nearest) > 0.8 => {
            format!("; did you mean `{nearest}`?")
        }
        _ => format!("; there are {}", KEYS.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
        paths = ["public"]
        output = "public/samara"
        layout = "single"
        title = "Letters"
        base-url = "https://example.org/"
        max-size = "1.5 MB"
        threads = 2
        port = 4000
        service-worker = true
        offline = ["./"]
        keep = ["kept"]
        drop = ["dropped"]
        [[expect]]
        query = "install"
        top = 3
        url = "install/"
    "#;

    #[test]
    fn every_option_is_read() {
        let config = Config::parse(WHOLE).unwrap();
        assert_eq!(
            config,
            Config {
                paths: vec!["public".into()],
                output: Some("public/samara".into()),
                layout: Some(Layout::Single),
                title: Some("Letters".into()),
                base_url: Some("https://example.org/".into()),
                max_size: Some(Size(1_500_000)),
                threads: NonZeroUsize::new(2),
                port: Some(4000),
                service_worker: Some(true),
                offline: vec!["./".into()],
                keep: vec!["kept".into()],
                drop: vec!["dropped".into()],
                expect: vec![Expect {
                    query: "install".into(),
                    top: 3,
                    url: "install/".into()
                }],
            }
        );
    }

    #[test]
    fn a_misspelt_option_is_an_error_with_the_right_one() {
        for (text, right) in [
            ("outptu = 'x'", "`output`"),
            ("base_url = 'x'", "`base-url`"),
            (
                "[[expect]]\nquery = 'a'\nurl = 'b'\ntpo = 1",
                "`expect.top`",
            ),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(
                error.contains(&format!("did you mean {right}")),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn a_wrong_value_is_an_error_that_shows_its_line() {
        for text in [
            "max-size = 'large'",
            "layout = 'split'",
            "paths = 'public'",
            "title =",
            "threads = 0",
            "port = 70000",
            "service-worker = 'yes'",
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(error.contains(text), "{error}");
        }
    }

    #[test]
    fn every_option_is_suggested_and_documented() {
        let reference = include_str!("../../../docs/configuration.md");
        for line in WHOLE.lines().filter_map(|line| line.split_once('=')) {
            let name = line.0.trim();
            assert!(
                KEYS.iter().any(|key| key.rsplit('.').next() == Some(name)),
                "{name} is not in KEYS"
            );
        }
        for key in KEYS {
            let named = format!("`{key}`");
            assert!(reference.contains(&named), "{named} is not documented");
        }
    }
}
