//! The configuration of Pagefind, for sites that switch: its file where there is no `samara.toml`, and its variables.

use crate::bundle::pagefind::FOLDER;
use crate::config::{Config, tables};
use crate::failure::Misuse;
use anyhow::Result;
use serde_json::{Map, Value};
use std::env;
use std::path::Path;

/// Its files, in the order in which it looks for them.
const FILES: [&str; 4] = [
    "pagefind.toml",
    "pagefind.yml",
    "pagefind.yaml",
    "pagefind.json",
];
/// What its variables begin with.
const VARIABLES: &str = "PAGEFIND_";

/// Keys that mean nothing here, and why.
const WITHOUT: &[(&str, &str)] = &[
    (
        "include_characters",
        "signs that mean something are searched as they are (C++, ->, snake_case), others stand for nothing",
    ),
    (
        "write_playground",
        "`samara search --explain` shows how scores come about",
    ),
    ("serve", "`samara serve` does that"),
    (
        "logfile",
        "the report goes to standard error: 2> FILE keeps it",
    ),
    ("verbose", "say --verbose"),
    ("quiet", "say --quiet"),
    ("silent", "say --quiet"),
];

/// The file of this folder, if there is one.
pub fn file() -> Option<&'static str> {
    FILES.into_iter().find(|name| Path::new(name).is_file())
}

/// What a file of Pagefind's says, with a line for each key that has no counterpart.
///
/// # Errors
/// It cannot be read, or holds a key that Pagefind does not have, or a value of another kind.
pub fn read(path: &Path) -> Result<(Config, Vec<String>)> {
    understood(tables(path)?, &path.display().to_string())
}

/// What the variables of Pagefind's say, over what a file does.
///
/// # Errors
/// A value that makes no sense.
pub fn with_variables(config: Config) -> Result<(Config, Vec<String>)> {
    let mut settings = Map::new();
    for (name, value) in env::vars() {
        if let Some(key) = name.strip_prefix(VARIABLES) {
            let value = match &*value {
                "true" | "false" => Value::Bool(value == "true"),
                _ => Value::String(value),
            };
            settings.insert(key.to_lowercase(), value);
        }
    }
    let (own, lines) = understood(settings, "the environment")?;
    let config = Config {
        paths: if own.paths.is_empty() {
            config.paths
        } else {
            own.paths
        },
        output: own.output.or(config.output),
        root_selector: own.root_selector.or(config.root_selector),
        exclude_selectors: if own.exclude_selectors.is_empty() {
            config.exclude_selectors
        } else {
            own.exclude_selectors
        },
        glob: own.glob.or(config.glob),
        force_language: own.force_language.or(config.force_language),
        keep_index_url: own.keep_index_url.or(config.keep_index_url),
        ..config
    };
    Ok((config, lines))
}

fn understood(settings: Map<String, Value>, source: &str) -> Result<(Config, Vec<String>)> {
    let mut config = Config {
        pagefind: Some(true),
        ..Config::default()
    };
    let mut lines = Vec::new();
    let mut below = None;
    for (name, value) in settings {
        let key = name.replace('-', "_");
        let text = || match &value {
            Value::String(text) => Ok(text.clone()),
            _ => Err(wrong(source, &name, "a text")),
        };
        match &*key {
            "site" | "source" => config.paths = vec![text()?.into()],
            "output_path" => config.output = Some(text()?.into()),
            "output_subdir" | "bundle_dir" => below = Some(text()?),
            "root_selector" => config.root_selector = Some(text()?),
            "exclude_selectors" => {
                config.exclude_selectors = match &value {
                    Value::Array(list) => list
                        .iter()
                        .map(|one| one.as_str().map(str::to_owned))
                        .collect::<Option<_>>()
                        .ok_or_else(|| wrong(source, &name, "a list of texts"))?,
                    _ => vec![text()?],
                };
            }
            "glob" => config.glob = Some(text()?),
            "force_language" => config.force_language = Some(text()?),
            "keep_index_url" => {
                let told = value.as_bool();
                config.keep_index_url =
                    Some(told.ok_or_else(|| wrong(source, &name, "true or false"))?);
            }
            _ => match WITHOUT.iter().find(|(known, _)| *known == key) {
                Some((_, why)) => lines.push(format!("{source}: `{name}` is not needed: {why}")),
                None => lines.push(format!("{source}: `{name}` is no option of Pagefind's that is known here; it is passed over")),
            },
        }
    }
    if config.output.is_none()
        && let (Some(below), [site]) = (below, &config.paths[..])
    {
        config.output = Some(site.join(below));
    }
    Ok((config, lines))
}

fn wrong(source: &str, name: &str, right: &str) -> Misuse {
    Misuse(format!("{source}: `{name}` has to be {right}"))
}

impl Config {
    /// Puts the bundle where Pagefind does, where nothing else is said.
    pub fn put_beneath_site(&mut self) {
        if self.pagefind == Some(true)
            && self.output.is_none()
            && let [site] = &self.paths[..]
            && site.is_dir()
        {
            self.output = Some(site.join(FOLDER));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(settings: Value) -> Result<(Config, Vec<String>)> {
        let Value::Object(settings) = settings else {
            panic!("an object")
        };
        understood(settings, "pagefind.yml")
    }

    #[test]
    fn every_option_of_pagefind_is_understood_or_told() {
        let (config, lines) = of(json!({
            "site": "public", "output_subdir": "_pf", "root_selector": "main", "exclude_selectors": [".a", "#b"],
            "glob": "**/*.html", "force_language": "de", "keep_index_url": true,
        }))
        .unwrap();
        assert!(lines.is_empty());
        assert_eq!(
            config,
            Config {
                paths: vec!["public".into()],
                output: Some("public/_pf".into()),
                root_selector: Some("main".into()),
                exclude_selectors: vec![".a".into(), "#b".into()],
                glob: Some("**/*.html".into()),
                force_language: Some("de".into()),
                keep_index_url: Some(true),
                pagefind: Some(true),
                ..Config::default()
            }
        );
        for (key, _) in WITHOUT {
            let (_, lines) = of(json!({ *key: true })).unwrap();
            assert!(
                lines.len() == 1 && lines[0].contains(key),
                "{key}: {lines:?}"
            );
        }
        assert!(of(json!({ "colour": 1 })).unwrap().1[0].contains("`colour`"));
    }

    #[test]
    fn the_path_of_the_output_goes_before_its_place_in_the_site() {
        let (config, _) =
            of(json!({ "source": "a", "bundle_dir": "x", "output_path": "b" })).unwrap();
        assert_eq!(config.output, Some("b".into()));
    }

    #[test]
    fn a_wrong_value_is_an_error_that_says_what_is_right() {
        for (settings, said) in [
            (json!({ "site": 1 }), "`site` has to be a text"),
            (
                json!({ "exclude_selectors": [1] }),
                "`exclude_selectors` has to be a list of texts",
            ),
            (
                json!({ "keep_index_url": "x" }),
                "`keep_index_url` has to be true or false",
            ),
        ] {
            assert!(of(settings).unwrap_err().to_string().contains(said));
        }
    }
}
