//! Front matter: fields in YAML, TOML or JSON before a text.

use std::collections::HashMap;

use serde_json::{Map, Value};
use yaml_rust2::Yaml;
use yaml_rust2::parser::{Event, Parser};
use yaml_rust2::scanner::TScalarStyle;

use crate::report::Note;

/// Values nest so deep at most; what lies deeper is left out.
const DEEPEST: usize = 16;
/// Bytes that may come of values which are written once and named again: a few lines of aliases can unfold to more than
/// any machine holds ("billion laughs").
const MOST_REPEATED: usize = 1 << 20;

/// Front matter, what follows it, and what was wrong with it. Linear in its length.
pub(crate) fn split(source: &str) -> (Option<Value>, &str, Option<Note>) {
    let source = source.trim_start_matches('\u{feff}');
    for (fence, name) in [("---", "YAML"), ("+++", "TOML")] {
        let Some(rest) = source.strip_prefix(fence) else {
            continue;
        };
        let Some(rest) = rest
            .strip_prefix("\r\n")
            .or_else(|| rest.strip_prefix('\n'))
        else {
            continue;
        };
        // A rule between two paragraphs looks like a fence.
        if rest
            .lines()
            .next()
            .is_some_and(|line| line.trim().is_empty())
        {
            continue;
        }
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence || (name == "YAML" && line.trim_end() == "...") {
                let (front, body) = (&rest[..at], &rest[at + line.len()..]);
                let value = if name == "YAML" {
                    yaml(front)
                } else {
                    toml(front)
                };
                return match value {
                    Ok(Value::Object(fields)) => (Some(Value::Object(fields)), body, None),
                    // A text between two rules.
                    Ok(_) => (None, source, None),
                    Err(fault) => {
                        let fields = line_by_line(front, name);
                        // What has no field at all is text, too.
                        let body = if fields.is_empty() { source } else { body };
                        let fault = Note::FrontMatter {
                            language: name.into(),
                            fault,
                        };
                        (Some(Value::Object(fields)), body, Some(fault))
                    }
                };
            }
            at += line.len();
        }
    }
    if source.starts_with('{') {
        let mut values = serde_json::Deserializer::from_str(source).into_iter::<Value>();
        if let Some(Ok(value @ Value::Object(_))) = values.next() {
            return (Some(value), &source[values.byte_offset()..], None);
        }
    }
    (None, source, None)
}

/// What is wrong in a line of front matter, whose first line is the fence.
fn fault(what: &str, line: usize) -> String {
    format!("{what}, line {}", line + 1)
}

fn toml(source: &str) -> Result<Value, String> {
    let table: toml::Table = toml::from_str(source).map_err(|error| {
        let before = error.span().and_then(|span| source.get(..span.start));
        let line = before.unwrap_or_default().matches('\n').count();
        fault(error.message(), line + 1)
    })?;
    Ok(json(toml::Value::Table(table)))
}

/// A value of TOML; dates as they are written.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            let fields = table.into_iter().map(|(key, value)| (key, json(value)));
            Value::Object(fields.collect())
        }
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        value => serde_json::to_value(value).unwrap_or_default(),
    }
}

/// Fields of front matter in which something is wrong: each with the lines that belong to it, those left out that stay
/// wrong. A colon in a title is the most common slip.
fn line_by_line(front: &str, language: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut pieces: Vec<String> = Vec::new();
    for line in front.lines() {
        match pieces.last_mut() {
            Some(piece) if line.starts_with([' ', '\t', '-', ']', '}']) => {
                piece.push('\n');
                piece.push_str(line);
            }
            _ => pieces.push(line.to_string()),
        }
    }
    let is_key = |key: &str| {
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    for piece in pieces {
        let read = if language == "YAML" {
            yaml(&piece)
        } else {
            toml(&piece)
        };
        if let Ok(Value::Object(found)) = read {
            fields.extend(found);
        } else if let Some((key, value)) = piece
            .split_once([':', '='])
            .filter(|(key, _)| is_key(key.trim()))
        {
            let value = value.trim().trim_matches(['"', '\'']).to_string();
            fields.insert(key.trim().to_string(), Value::String(value));
        }
    }
    fields
}

/// The first document of a text in YAML. The library's own loader calls itself for every level and copies whatever an
/// alias names; the events beneath it do neither.
fn yaml(source: &str) -> Result<Value, String> {
    let mut parser = Parser::new_from_str(source);
    let mut loader = Loader::default();
    loop {
        let next = parser.next_token();
        let (event, _) = next.map_err(|error| fault(error.info(), error.marker().line()))?;
        match event {
            Event::DocumentEnd | Event::StreamEnd => break,
            event => loader.event(event)?,
        }
    }
    Ok(loader.root.unwrap_or_else(|| Value::Object(Map::new())))
}

/// Puts values together from the parser's events.
#[derive(Default)]
struct Loader {
    root: Option<Value>,
    /// Lists and maps that have begun, the outermost first, with the numbers of their anchors.
    open: Vec<(Open, usize)>,
    /// Values that have a name, by the numbers of their anchors.
    named: HashMap<usize, Value>,
    /// Bytes of values that were copied.
    repeated: usize,
}

enum Open {
    List(Vec<Value>),
    /// The entries so far, and the key whose value comes next: of a kind that is no text, it has none.
    Map(Map<String, Value>, Option<Option<String>>),
}

impl Loader {
    fn event(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let value = match style {
                    TScalarStyle::Plain => plain(text),
                    _ => Value::String(text),
                };
                self.add(value, anchor)
            }
            Event::SequenceStart(anchor, _) => {
                self.open.push((Open::List(Vec::new()), anchor));
                Ok(())
            }
            Event::MappingStart(anchor, _) => {
                self.open.push((Open::Map(Map::new(), None), anchor));
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some((Open::List(items), anchor)) => self.add(Value::Array(items), anchor),
                Some((Open::Map(entries, _), anchor)) => self.add(Value::Object(entries), anchor),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let value = match self.named.get(&anchor) {
                    Some(value) => repeat(value, &mut self.repeated)?,
                    None => Value::Null,
                };
                self.add(value, 0)
            }
            _ => Ok(()),
        }
    }

    /// Puts a value where it belongs.
    fn add(&mut self, value: Value, anchor: usize) -> Result<(), String> {
        if anchor > 0 {
            self.named
                .insert(anchor, repeat(&value, &mut self.repeated)?);
        }
        let value = if self.open.len() < DEEPEST {
            value
        } else {
            Value::Null
        };
        match self.open.last_mut() {
            Some((Open::List(items), _)) => items.push(value),
            Some((Open::Map(entries, key), _)) => match key.take() {
                None => *key = Some(value.as_str().map(str::to_owned)),
                Some(Some(key)) => {
                    entries.insert(key, value);
                }
                Some(None) => {}
            },
            None => self.root = Some(value),
        }
        Ok(())
    }
}

/// A copy, as long as all copies together stay within bounds.
fn repeat(value: &Value, repeated: &mut usize) -> Result<Value, String> {
    *repeated += bytes(value);
    if *repeated > MOST_REPEATED {
        return Err("its aliases stand for more than a megabyte".into());
    }
    Ok(value.clone())
}

fn bytes(value: &Value) -> usize {
    let held: usize = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(bytes).sum(),
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| key.len() + bytes(value))
            .sum(),
        _ => 0,
    };
    size_of::<Value>() + held
}

/// What a text without quotes stands for.
fn plain(text: String) -> Value {
    match Yaml::from_str(&text) {
        Yaml::Integer(number) => Value::from(number),
        Yaml::Boolean(truth) => Value::Bool(truth),
        Yaml::Null => Value::Null,
        _ => Value::String(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn yaml_is_read() {
        for (source, expected) in [
            ("", json!({})),
            (
                "title: A b\ndraft: true\nweight: 3\nprice: 2.50",
                json!({"title": "A b", "draft": true, "weight": 3, "price": "2.50"}),
            ),
            (
                "a: 'true'\nb: \"3\"\nc: |\n  x\n  y\nd: ~",
                json!({"a": "true", "b": "3", "c": "x\ny\n", "d": null}),
            ),
            (
                "tags: [a, b]\nmore:\n- c\n- {d: e}",
                json!({"tags": ["a", "b"], "more": ["c", {"d": "e"}]}),
            ),
            (
                "a: &x {b: c}\nd: *x\ne: [*x]",
                json!({"a": {"b": "c"}, "d": {"b": "c"}, "e": [{"b": "c"}]}),
            ),
            ("? [x]\n: y\n1: z\na: b", json!({"a": "b"})),
            ("a: b\n---\nc: d", json!({"a": "b"})),
        ] {
            assert_eq!(yaml(source), Ok(expected), "{source}");
        }
    }

    #[test]
    fn deep_values_end() {
        let mut innermost = &yaml(&format!("a:\n{}x", "- ".repeat(50_000))).expect("a value")["a"];
        let mut depth = 1;
        while let Some(inner) = innermost.get(0) {
            (innermost, depth) = (inner, depth + 1);
        }
        assert_eq!((innermost, depth), (&Value::Null, DEEPEST));
    }

    #[test]
    fn aliases_do_not_unfold_without_end() {
        let lists: String = (0..20)
            .map(|n| {
                format!(
                    "a{}: &a{} [{}]\n",
                    n + 1,
                    n + 1,
                    format!("*a{n}, ").repeat(9)
                )
            })
            .collect();
        let fault = yaml(&format!("a0: &a0 x\n{lists}")).expect_err("too much");
        assert!(fault.contains("aliases"), "{fault}");
    }
}
