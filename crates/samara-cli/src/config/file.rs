//! The keys and values of a file of options, whatever it is written in.

use crate::failure::Misuse;
use anyhow::Result;
use serde_json::{Map, Value};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use toml::de::{DeTable, DeValue};
use yaml_rust2::{Yaml, YamlLoader};

/// The text of a file of options.
pub(super) fn text(path: &Path) -> Result<String> {
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

/// Whether a file is written in TOML, which its name tells.
pub(super) fn is_toml(path: &Path) -> bool {
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

/// In which line of a text of TOML a key stands, of `expect.tpo` the first of that name in any of the tables. None where
/// the text is no TOML, or has no such key.
pub(super) fn line(text: &str, key: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let names: Vec<&str> = key.split('.').collect();
    let at = place(table.get_ref(), &names)?;
    Some(1 + text.get(..at)?.matches('\n').count())
}

fn place(table: &DeTable<'_>, names: &[&str]) -> Option<usize> {
    let (name, rest) = names.split_first()?;
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
    if rest.is_empty() {
        return Some(key.span().start);
    }
    match value.get_ref() {
        DeValue::Table(inner) => place(inner, rest),
        DeValue::Array(items) => items.iter().find_map(|item| match item.get_ref() {
            DeValue::Table(inner) => place(inner, rest),
            _ => None,
        }),
        _ => None,
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
