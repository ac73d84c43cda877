//! `samara.toml`: a build's options in a file, of which `docs/configuration.md` is the reference. What a flag says
//! goes first, then what an environment variable says, then the file, then the default.

use crate::bundle::layout::Layout;
use crate::failure::Misuse;
use crate::pagefind;
use crate::settings::{Boosted, Pin, Recency, Synonyms};
use anyhow::{Context, Result};
use samara_corpus::Options;
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};
use std::fs;
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use toml::de::DeTable;
use yaml_rust2::{Yaml, YamlLoader};

/// The file that is read where none is named.
pub const NAME: &str = "samara.toml";

/// Every key and what its value has to be, for suggestions and errors.
const KEYS: &[(&str, &str)] = &[
    ("paths", "a list of folders or files, as in [\"public\"]"),
    ("output", "a text, as in \"public/samara\""),
    ("layout", "\"embedded\", \"single\" or \"split\""),
    ("max-files", "a whole number, from 1"),
    ("title", "a text, as in \"Letters\""),
    ("page", "a text, as in \"search.html\""),
    ("account", "a text, as in \"cleaned.jsonl\""),
    ("base-url", "a text, as in \"/docs/\""),
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
        "tables, each beneath a line [[expect]], with `query`, `url` and, if it is not 10, `top`",
    ),
    ("expect.query", "a text, as in \"install\""),
    ("expect.top", "a whole number, from 1"),
    ("expect.url", "a text, as in \"/install/\""),
    (
        "synonyms",
        "tables, each beneath a line [[synonyms]], with `words`, two of them or more, or else with `from` and `to`",
    ),
    (
        "synonyms.words",
        "a list of words, as in [\"car\", \"motor vehicle\"]",
    ),
    ("synonyms.from", "a text, as in \"vehicle\""),
    ("synonyms.to", "a text, as in \"car\""),
    (
        "boost",
        "tables, each beneath a line [[boost]], with `factor`, and with `field` and `value`, or else with `url`",
    ),
    ("boost.field", "a text, as in \"tag\""),
    ("boost.value", "a text, as in \"guide\""),
    ("boost.url", "a text, as in \"/docs/*\""),
    ("boost.factor", "a number from 0 to 7.9, as in 1.5"),
    (
        "recency",
        "a table beneath a line [recency], with `half-life` and `factor`",
    ),
    (
        "recency.half-life",
        "a number of days, or a text such as \"180 days\" or \"1 year\"",
    ),
    ("recency.factor", "a number from 0 to 7.9, as in 1.5"),
    (
        "pin",
        "tables, each beneath a line [[pin]], with `query` and `urls`",
    ),
    ("pin.query", "a text, as in \"install\""),
    ("pin.urls", "a list of addresses, as in [\"/install/\"]"),
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
    /// Most files of the split layout.
    pub max_files: Option<NonZeroUsize>,
    /// Title of the page of the single layout.
    pub title: Option<String>,
    /// The page of the single layout, beside a folder.
    pub page: Option<PathBuf>,
    /// What each document became.
    pub account: Option<PathBuf>,
    /// What the addresses of documents begin with.
    pub base_url: Option<String>,
    /// Largest module.
    pub max_size: Option<Size>,
    /// Memory that a build may take.
    pub memory: Option<Size>,
    /// Folder of what was read before.
    pub cache: Option<PathBuf>,
    /// Threads that read; all cores where there is none.
    pub threads: Option<NonZeroUsize>,
    /// Port of `samara serve`.
    pub port: Option<u16>,
    /// Whether the offline worker is written.
    pub service_worker: Option<bool>,
    /// Addresses of the site that the offline worker keeps beside the search.
    pub offline: Vec<String>,
    /// Whether it keeps all blocks of the split layout, and not those alone that were fetched.
    pub offline_blocks: Option<bool>,
    /// Patterns of the files that are read.
    pub include: Vec<String>,
    /// Patterns of what is left out.
    pub exclude: Vec<String>,
    /// What holds the content of pages.
    pub root_selector: Option<String>,
    /// What is left out of pages.
    pub exclude_selectors: Vec<String>,
    /// Whether links that lead out of the folders are followed.
    pub follow_links: bool,
    /// Whether addresses of pages end without `.html`; as the site's links do where nothing is said.
    pub strip_html: Option<bool>,
    /// Whether what sites load that were made for Pagefind is written, too.
    pub pagefind: Option<bool>,
    /// Pattern of the paths of files that are read.
    pub glob: Option<String>,
    /// The language of all pages.
    pub force_language: Option<String>,
    /// Whether addresses of folders end with `index.html`.
    pub keep_index_url: Option<bool>,
    /// Lines that cleaning never drops.
    pub keep: Vec<String>,
    /// Lines that cleaning always drops.
    pub drop: Vec<String>,
    /// What has to be found.
    pub expect: Vec<Expect>,
    /// Words that mean one another.
    pub synonyms: Vec<Synonyms>,
    /// Factors for some pages.
    pub boost: Vec<Boosted>,
    /// How much newer pages count for more.
    pub recency: Option<Recency>,
    /// Pages that come first in the answer to a query.
    pub pin: Vec<Pin>,
}

/// A page that a query has to find.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Expect {
    /// What a visitor would type.
    pub query: String,
    /// Among how many hits the page has to be.
    #[serde(default = "first_page")]
    pub top: NonZeroUsize,
    /// The page's address.
    pub url: String,
}

fn first_page() -> NonZeroUsize {
    const { NonZeroUsize::new(10).unwrap() }
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
    /// Reads a named file, or `samara.toml` of this folder if there is one, or else the configuration of Pagefind. Paths
    /// in it are relative to it. Lines come with it that are worth saying.
    ///
    /// # Errors
    /// The named file is missing, is no TOML, YAML or JSON, or holds a key or a value that there is not.
    pub fn find(named: Option<&Path>) -> Result<(Self, Vec<String>)> {
        let path = match named {
            Some(path) => path,
            None if Path::new(NAME).is_file() => Path::new(NAME),
            None => match pagefind::file() {
                Some(file) => return pagefind::read(Path::new(file)),
                None => return Ok(Default::default()),
            },
        };
        let text = if is_toml(path) {
            text(path)?
        } else {
            // Its keys and values are judged in one place.
            toml::to_string(&tables(path)?)
                .map_err(|error| Misuse(format!("{}: {error}", path.display())))?
        };
        let mut config = Self::parse(&text).with_context(|| path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let others = config.output.iter_mut().chain(&mut config.cache);
        for path in config.paths.iter_mut().chain(others) {
            *path = folder.join(&*path);
        }
        Ok((config, Vec::new()))
    }

    /// How documents are read.
    pub fn reading(&self) -> Options {
        Options {
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            root_selector: self.root_selector.clone(),
            exclude_selectors: self.exclude_selectors.clone(),
            keep: self.keep.clone(),
            drop: self.drop.clone(),
            follow_links: self.follow_links,
            strip_html: self.strip_html,
            glob: self.glob.clone(),
            force_language: self.force_language.clone(),
            // Pagefind's addresses are those of folders.
            keep_index: self
                .keep_index_url
                .or(self.pagefind.filter(|is| *is).map(|_| false)),
            pagefind: self.pagefind == Some(true),
            threads: self.threads,
            cache: self.cache.clone(),
            ..Options::default()
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let misuse = |error: toml::de::Error| Misuse(error.to_string().trim_end().to_owned());
        let mut unknown = Vec::new();
        let deserializer = toml::Deserializer::parse(text).map_err(misuse)?;
        let config = serde_ignored::deserialize(deserializer, |key| {
            unknown.push(without_numbers(&key.to_string()))
        });
        match (unknown.first(), config) {
            // What is missing is what was misspelt.
            (Some(key), Err(error)) if error.message().starts_with("missing field") => {
                Err(no_option(key))
            }
            (_, Err(error)) => Err(Misuse(plain(&error, text))),
            (Some(key), Ok(_)) => Err(no_option(key)),
            (None, Ok(config)) => Ok(config),
        }
        .map_err(Into::into)
    }
}

/// The text of a file of options.
fn text(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).map_err(|error| {
        let path = path.display();
        Misuse(match error.kind() {
            ErrorKind::NotFound => format!("{path}: no such file; check the path"),
            ErrorKind::InvalidData => format!("{path}: not UTF-8; save it as UTF-8"),
            _ => format!("{path}: {error}"),
        })
    })?;
    Ok(text)
}

fn is_toml(path: &Path) -> bool {
    !path
        .extension()
        .is_some_and(|ending| ["json", "yml", "yaml"].iter().any(|other| ending == *other))
}

/// The keys and values of a file of TOML, YAML or JSON, which its name tells.
///
/// # Errors
/// It cannot be read, or is none.
pub fn tables(path: &Path) -> Result<Map<String, Value>> {
    let text = text(path)?;
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    let read = if is_toml(path) {
        toml::from_str(&text).map_err(|error: toml::de::Error| error.to_string())
    } else if is_json {
        serde_json::from_str(&text).map_err(|error| error.to_string())
    } else {
        yaml(&text)
    };
    let value =
        read.map_err(|error| Misuse(format!("{}: {}", path.display(), error.trim_end())))?;
    match value {
        Value::Object(tables) => Ok(tables),
        Value::Null => Ok(Map::new()),
        _ => Err(Misuse(format!(
            "{}: a list or a single value; write keys with their values",
            path.display()
        ))
        .into()),
    }
}

fn yaml(text: &str) -> Result<Value, String> {
    let documents = YamlLoader::load_from_str(text).map_err(|error| error.to_string())?;
    documents.first().map_or(Ok(Value::Null), plain_value)
}

/// A value of YAML as one of JSON.
fn plain_value(yaml: &Yaml) -> Result<Value, String> {
    Ok(match yaml {
        Yaml::String(text) => text.as_str().into(),
        Yaml::Integer(number) => (*number).into(),
        Yaml::Real(number) => number
            .parse::<f64>()
            .map_err(|_| format!("{number} is no number"))?
            .into(),
        Yaml::Boolean(value) => (*value).into(),
        Yaml::Array(list) => list.iter().map(plain_value).collect::<Result<_, _>>()?,
        Yaml::Hash(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| {
                let key = key.as_str().ok_or("a key is no text")?;
                Ok((key.to_owned(), plain_value(value)?))
            });
            Value::Object(pairs.collect::<Result<_, String>>()?)
        }
        Yaml::Null => Value::Null,
        Yaml::Alias(_) | Yaml::BadValue => return Err("it cannot be read".to_owned()),
    })
}

/// What is wrong with a value, in the words of this file's reference rather than in those of the program.
fn plain(error: &toml::de::Error, text: &str) -> String {
    let said = error.to_string();
    let said = said.trim_end();
    let (message, place) = (error.message(), error.span().map(|span| span.start));
    let key = place.and_then(|place| key_at(text, place));
    let known = KEYS.iter().find(|&&(name, _)| key.as_deref() == Some(name));
    match (known, said.strip_suffix(message.trim_end())) {
        (Some((key, value)), Some(shown)) if !message.starts_with("missing field") => {
            format!("{shown}`{key}` has to be {value}")
        }
        _ => said.to_owned(),
    }
}

/// The key whose value stands at a place of the file: `threads`, `expect.top`.
fn key_at(text: &str, place: usize) -> Option<String> {
    let file = DeTable::parse(text).ok()?;
    let within = |table: &DeTable| {
        let mut pairs = table.iter();
        pairs.find_map(|(key, value)| {
            let key: &str = key.get_ref();
            value.span().contains(&place).then(|| key.to_owned())
        })
    };
    let mut inner = file.get_ref().iter().filter_map(|(name, value)| {
        let (name, value): (&str, _) = (name.get_ref(), value.get_ref());
        let lists = value.as_array().into_iter().flat_map(|list| list.iter());
        let mut tables = lists.filter_map(|table| table.get_ref().as_table());
        let key = tables.find_map(within);
        let key = key.or_else(|| within(value.as_table()?));
        key.map(|key| format!("{name}.{key}"))
    });
    inner.next().or_else(|| within(file.get_ref()))
}

/// `expect.0.querry` without the number of the table.
fn without_numbers(key: &str) -> String {
    let named = key.split('.').filter(|part| part.parse::<usize>().is_err());
    named.collect::<Vec<_>>().join(".")
}

fn no_option(key: &str) -> Misuse {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Days, Factor};
    use samara_engine::{Boost, Chosen, Synonym};

    const WHOLE: &str = r#"
        paths = ["public"]
        output = "public/samara"
        layout = "single"
        title = "Letters"
        page = "search.html"
        account = "cleaned.jsonl"
        base-url = "https://example.org/"
        max-size = "1.5 MB"
        max-files = 900
        offline-blocks = true
        threads = 2
        port = 4000
        service-worker = true
        offline = ["./"]
        include = ["*.md"]
        exclude = ["drafts/"]
        root-selector = "main"
        exclude-selectors = [".share"]
        follow-links = true
        strip-html = true
        pagefind = true
        glob = "**/*.htm"
        memory = "2 GB"
        cache = ".cache/samara"
        force-language = "de"
        keep-index-url = false
        keep = ["kept"]
        drop = ["dropped"]
        [[expect]]
        query = "install"
        top = 3
        url = "install/"
        [[synonyms]]
        words = ["car", "motor vehicle"]
        [[synonyms]]
        from = "van"
        to = "car"
        [[boost]]
        field = "tag"
        value = "guide"
        factor = 2
        [[boost]]
        url = "/old/*"
        factor = 0.5
        [recency]
        half-life = "2 weeks"
        factor = 1.5
        [[pin]]
        query = "setup"
        urls = ["install/"]
    "#;

    fn synonym(from: &str, to: &str) -> Synonym {
        Synonym {
            from: from.into(),
            to: to.into(),
        }
    }

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
                page: Some("search.html".into()),
                account: Some("cleaned.jsonl".into()),
                base_url: Some("https://example.org/".into()),
                max_files: NonZeroUsize::new(900),
                offline_blocks: Some(true),
                max_size: Some(Size(1_500_000)),
                memory: Some(Size(2_000_000_000)),
                cache: Some(".cache/samara".into()),
                threads: NonZeroUsize::new(2),
                port: Some(4000),
                service_worker: Some(true),
                offline: vec!["./".into()],
                include: vec!["*.md".into()],
                exclude: vec!["drafts/".into()],
                root_selector: Some("main".into()),
                exclude_selectors: vec![".share".into()],
                follow_links: true,
                strip_html: Some(true),
                pagefind: Some(true),
                glob: Some("**/*.htm".into()),
                force_language: Some("de".into()),
                keep_index_url: Some(false),
                keep: vec!["kept".into()],
                drop: vec!["dropped".into()],
                expect: vec![Expect {
                    query: "install".into(),
                    top: NonZeroUsize::new(3).unwrap(),
                    url: "install/".into()
                }],
                synonyms: vec![
                    Synonyms(vec![
                        synonym("car", "motor vehicle"),
                        synonym("motor vehicle", "car")
                    ]),
                    Synonyms(vec![synonym("van", "car")])
                ],
                boost: vec![
                    Boosted(Boost {
                        of: Chosen::Field {
                            name: "tag".into(),
                            value: "guide".into()
                        },
                        factor: 2.0
                    }),
                    Boosted(Boost {
                        of: Chosen::Url("/old/*".into()),
                        factor: 0.5
                    })
                ],
                recency: Some(Recency {
                    half_life: Days(14.0),
                    factor: Factor(1.5)
                }),
                pin: vec![Pin {
                    query: "setup".into(),
                    urls: vec!["install/".into()]
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
            ("[recency]\nhalf-live = 3", "`recency.half-life`"),
            ("[[pin]]\nquery = 'a'\nurls = []\nurl = 'b'", "`pin.urls`"),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(
                error.contains(&format!("did you mean {right}")),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn a_wrong_value_is_an_error_that_shows_its_line_and_says_what_is_right() {
        for (text, said) in [
            (
                "max-size = 'large'",
                "`max-size` has to be a number of bytes, or",
            ),
            ("max-size = -1", "`max-size` has to be"),
            (
                "layout = 'shards'",
                "`layout` has to be \"embedded\", \"single\" or \"split\"",
            ),
            (
                "paths = 'public'",
                "`paths` has to be a list of folders or files",
            ),
            ("paths = [1]", "`paths` has to be"),
            ("output = 1", "`output` has to be a text"),
            ("title = 1", "`title` has to be a text"),
            ("page = 1", "`page` has to be a text"),
            ("account = 1", "`account` has to be a text"),
            ("base-url = true", "`base-url` has to be a text"),
            ("threads = 0", "`threads` has to be a whole number, from 1"),
            (
                "port = 70000",
                "`port` has to be a whole number from 0 to 65535",
            ),
            (
                "service-worker = 'yes'",
                "`service-worker` has to be true or false",
            ),
            (
                "follow-links = 'yes'",
                "`follow-links` has to be true or false",
            ),
            ("offline = './'", "`offline` has to be a list"),
            ("include = 'x'", "`include` has to be a list"),
            ("exclude = 1", "`exclude` has to be a list"),
            ("root-selector = 1", "`root-selector` has to be a text"),
            (
                "exclude-selectors = 'x'",
                "`exclude-selectors` has to be a list",
            ),
            ("pagefind = 1", "`pagefind` has to be true or false"),
            ("glob = []", "`glob` has to be a text"),
            ("force-language = 1", "`force-language` has to be a text"),
            (
                "keep-index-url = 'x'",
                "`keep-index-url` has to be true or false",
            ),
            ("keep = 'x'", "`keep` has to be a list"),
            ("drop = 'x'", "`drop` has to be a list"),
            ("expect = 1", "`expect` has to be tables"),
            ("[expect]\nquery = 'a'", "`expect` has to be tables"),
            (
                "[[expect]]\nquery = 1\nurl = 'b'",
                "`expect.query` has to be a text",
            ),
            (
                "[[expect]]\nquery = 'a'\nurl = 1",
                "`expect.url` has to be a text",
            ),
            (
                "[[expect]]\nquery = 'a'\nurl = 'b'\ntop = 0",
                "`expect.top` has to be a whole",
            ),
            ("[[expect]]\nquery = 'a'", "missing field `url`"),
            ("synonyms = 'a'", "`synonyms` has to be tables"),
            (
                "[[synonyms]]\nwords = 'a'",
                "`synonyms.words` has to be a list of words",
            ),
            (
                "[[synonyms]]\nwords = ['a']",
                "`words`, two of them or more",
            ),
            ("[[synonyms]]\nfrom = 'a'", "or else with `from` and `to`"),
            ("[[synonyms]]\nfrom = 1", "`synonyms.from` has to be a text"),
            ("[[synonyms]]\nto = 1", "`synonyms.to` has to be a text"),
            ("[boost]\nfactor = 1", "`boost` has to be tables"),
            ("[[boost]]\nfactor = 1", "or else with `url`"),
            (
                "[[boost]]\nfield = 'a'\nurl = 'b'\nfactor = 1",
                "`boost` has to be",
            ),
            ("[[boost]]\nurl = 'a'", "missing field `factor`"),
            (
                "[[boost]]\nurl = 'a'\nfactor = 8",
                "`boost.factor` has to be a number from 0 to 7.9",
            ),
            ("[[boost]]\nfactor = 'x'", "`boost.factor` has to be"),
            ("[[boost]]\nfield = 1", "`boost.field` has to be a text"),
            ("[[boost]]\nvalue = 1", "`boost.value` has to be a text"),
            ("[[boost]]\nurl = 1", "`boost.url` has to be a text"),
            ("recency = 1", "`recency` has to be a table"),
            ("[recency]\nfactor = 1", "missing field `half-life`"),
            (
                "[recency]\nhalf-life = 'soon'",
                "`recency.half-life` has to be a number of days, or",
            ),
            ("[recency]\nhalf-life = 0", "`recency.half-life` has to be"),
            (
                "[recency]\nfactor = -1",
                "`recency.factor` has to be a number",
            ),
            ("pin = 1", "`pin` has to be tables"),
            ("[[pin]]\nquery = 1", "`pin.query` has to be a text"),
            (
                "[[pin]]\nurls = '/a'",
                "`pin.urls` has to be a list of addresses",
            ),
            ("[[pin]]\nquery = 'a'", "missing field `urls`"),
            ("title =", ""),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            let line = text.lines().find(|line| error.contains(line));
            assert!(line.is_some() && error.contains(said), "{text}: {error}");
            for jargon in ["usize", "u16", "sequence", "variant", "untagged", "integer"] {
                assert!(!error.contains(jargon), "{error}");
            }
        }
    }

    #[test]
    fn every_option_is_suggested_and_documented() {
        let reference = include_str!("../../../docs/configuration.md");
        for line in WHOLE.lines().filter_map(|line| line.split_once('=')) {
            let name = line.0.trim();
            assert!(
                KEYS.iter()
                    .any(|(key, _)| key.rsplit('.').next() == Some(name)),
                "{name} is not in KEYS"
            );
        }
        for (key, _) in KEYS {
            let named = format!("`{key}`");
            assert!(reference.contains(&named), "{named} is not documented");
        }
    }
}
