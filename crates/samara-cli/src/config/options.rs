//! The options of a build, as a file has them.

use super::base::Base;
use super::file::{is_toml, line, tables, text};
use super::keys::{self, without_numbers};
use super::size::Size;
use crate::bundle::layout::Layout;
use crate::failure::Misuse;
use crate::pagefind;
use crate::settings::{Boosted, Pin, Recency, Synonyms};
use anyhow::{Context, Result};
use samara_corpus::Options;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use serde_path_to_error::Track;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The file that is read where none is named.
const NAME: &str = "samara.toml";

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
    pub base_url: Option<Base>,
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

/// Most files of a bundle unless told otherwise. Some hosts take 20,000 of a site, pages included.
const MOST_FILES: usize = 15_000;

impl Config {
    /// Files of a bundle at the most.
    pub fn max_files(&self) -> usize {
        self.max_files.map_or(MOST_FILES, NonZeroUsize::get)
    }

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
        let read = if is_toml(path) {
            Self::of_toml(&text(path)?)
        } else {
            Self::of_values(tables(path)?)
        };
        let mut config = read.with_context(|| path.display().to_string())?;
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
            keep_index: self.keep_index_url.or(self.index_by_purpose()),
            pagefind: self.pagefind == Some(true),
            threads: self.threads,
            cache: self.cache.clone(),
            ..Options::default()
        }
    }

    /// Whether addresses of folders end with `index.html`, where what is built decides it.
    fn index_by_purpose(&self) -> Option<bool> {
        if self.pagefind == Some(true) {
            // Its addresses are those of folders.
            return Some(false);
        }
        // A page that is opened from a disk leads to files: there, a folder shows what lies in it.
        (self.layout == Some(Layout::Single)).then_some(true)
    }

    fn of_toml(text: &str) -> Result<Self> {
        let misuse = |error: toml::de::Error| Misuse(error.to_string().trim_end().to_owned());
        let values = toml::Deserializer::parse(text).map_err(misuse)?;
        understood(values).map_err(|fault| match fault {
            Fault::NoOption(key) => {
                let Misuse(said) = keys::no_option(&key);
                match line(text, &key) {
                    Some(line) => Misuse(format!("line {line}: {said}")).into(),
                    None => Misuse(said).into(),
                }
            }
            Fault::Value { key, error } => {
                let (said, message) = (error.to_string(), error.message());
                // The line at fault stays; what the value has to be is said in the words of the reference.
                let wrong = keys::wrong(&key, true).filter(|_| !is_missing(message));
                let shown = said.trim_end().strip_suffix(message.trim_end());
                Misuse(match (shown, wrong) {
                    (Some(shown), Some(wrong)) => format!("{shown}{wrong}"),
                    _ => said.trim_end().to_owned(),
                })
                .into()
            }
        })
    }

    /// Of YAML or JSON, whose lines are not known any longer.
    fn of_values(mut values: Map<String, Value>) -> Result<Self> {
        // A key without a value says nothing.
        values.retain(|_, value| !value.is_null());
        understood(Value::Object(values)).map_err(|fault| match fault {
            Fault::NoOption(key) => keys::no_option(&key).into(),
            Fault::Value { key, error } => {
                let said = error.to_string();
                let wrong = keys::wrong(&key, false).filter(|_| !is_missing(&said));
                Misuse(wrong.unwrap_or(format!("`{key}`: {said}"))).into()
            }
        })
    }
}

/// Why keys and values are no options.
enum Fault<E> {
    /// There is no such key.
    NoOption(String),
    /// The value of this key is another one than it has to be.
    Value { key: String, error: E },
}

/// What keys and values say, whatever they are written in.
fn understood<'a, D: Deserializer<'a>>(values: D) -> Result<Config, Fault<D::Error>> {
    let mut unknown = Vec::new();
    let mut track = Track::new();
    let tracked = serde_path_to_error::Deserializer::new(values, &mut track);
    let config = serde_ignored::deserialize(tracked, |key| {
        unknown.push(without_numbers(&key.to_string()));
    });
    let unknown = unknown.into_iter().next();
    match (unknown, config) {
        // What is missing is what was misspelt.
        (Some(key), Err(error)) if is_missing(&error.to_string()) => Err(Fault::NoOption(key)),
        (_, Err(error)) => Err(Fault::Value {
            key: without_numbers(&track.path().to_string()),
            error,
        }),
        (Some(key), Ok(_)) => Err(Fault::NoOption(key)),
        (None, Ok(config)) => Ok(config),
    }
}

fn is_missing(said: &str) -> bool {
    said.contains("missing field")
}

#[cfg(test)]
mod tests {
    use super::super::keys::KEYS;
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
        let config = Config::of_toml(WHOLE).unwrap();
        assert_eq!(
            config,
            Config {
                paths: vec!["public".into()],
                output: Some("public/samara".into()),
                layout: Some(Layout::Single),
                title: Some("Letters".into()),
                page: Some("search.html".into()),
                account: Some("cleaned.jsonl".into()),
                base_url: Some("https://example.org/".parse().unwrap()),
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
            ("title = 'outptu = 1'\n\noutptu = 'x'", "`output`"),
            ("base_url = 'x'", "`base-url`"),
            (
                "[[expect]]\nquery = 'a'\nurl = 'b'\ntpo = 1",
                "`expect.top`",
            ),
            ("[recency]\nhalf-live = 3", "`recency.half-life`"),
            ("[[pin]]\nquery = 'a'\nurls = []\nurl = 'b'", "`pin.urls`"),
        ] {
            let error = Config::of_toml(text).unwrap_err().to_string();
            let line = text.lines().count();
            assert!(
                error.starts_with(&format!("line {line}: "))
                    && error.contains(&format!("did you mean {right}")),
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
            ("base-url = true", "`base-url` has to be an address"),
            ("base-url = 'not a url'", "`base-url` has to be an address"),
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
            let error = Config::of_toml(text).unwrap_err().to_string();
            let line = text.lines().find(|line| error.contains(line));
            assert!(line.is_some() && error.contains(said), "{text}: {error}");
            for jargon in ["usize", "u16", "sequence", "variant", "untagged", "integer"] {
                assert!(!error.contains(jargon), "{error}");
            }
        }
    }

    #[test]
    fn every_option_is_suggested_and_documented() {
        let reference = include_str!("../../../../docs/configuration.md");
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
