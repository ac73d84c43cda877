//! Answers as they cross to JavaScript and as the command prints them: objects, lists, texts and numbers.
//!
//! An answer becomes a tree of [`Value`]s, and only the tree knows how to serialize itself. Derived, every structure
//! brings a serializer of its own, which cost half a kilobyte of the compressed module.

use serde::ser::{Serialize, Serializer};

use crate::answer::{Answer, Duplicate, Fields, Hit, SectionHit, Snippet, Suggestion, Values};
use crate::index::Statistics;
use crate::segment::FORMAT;

/// A value of JSON; texts are borrowed from the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A whole number.
    Number(u32),
    /// A text.
    Text(&'a str),
    /// Values in a row.
    List(Vec<Value<'a>>),
    /// Values with names, in a fixed order.
    Object(Vec<(&'a str, Value<'a>)>),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Number(number) => serializer.serialize_u32(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(values) => serializer.collect_seq(values),
            Value::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

/// What has a shape in JSON.
pub trait ToValue {
    /// The shape. Linear in the size of the answer, texts not counted.
    fn to_value(&self) -> Value<'_>;
}

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(&self) -> Value<'_> {
        list(self, &T::to_value)
    }
}

/// Values of the things in a row.
fn list<'a, T>(of: &'a [T], value: &dyn Fn(&'a T) -> Value<'a>) -> Value<'a> {
    let mut values = Vec::with_capacity(of.len());
    for one in of {
        values.push(value(one));
    }
    Value::List(values)
}

fn marks(marks: &[(u32, u32)]) -> Value<'_> {
    list(marks, &|&(start, end)| {
        Value::List(vec![Value::Number(start), Value::Number(end)])
    })
}

fn fields<'a, T>(fields: &'a Fields<T>, value: &dyn Fn(&'a T) -> Value<'a>) -> Value<'a> {
    let mut named = Vec::new();
    for (name, of) in &fields.0 {
        named.push((name.as_str(), value(of)));
    }
    Value::Object(named)
}

impl ToValue for Answer {
    fn to_value(&self) -> Value<'_> {
        let facets = fields(&self.facets, &|values| {
            list(values, &|facet| {
                Value::Object(vec![
                    ("value", Value::Text(&facet.value)),
                    ("count", Value::Number(facet.count)),
                    ("total", Value::Number(facet.total)),
                ])
            })
        });
        let mut answer = vec![
            ("total", Value::Number(self.total)),
            ("hits", self.hits.to_value()),
            ("facets", facets),
        ];
        for (name, correction) in [("corrected", &self.corrected), ("offered", &self.offered)] {
            if let Some(correction) = correction {
                answer.push((
                    name,
                    Value::Object(vec![
                        ("from", Value::Text(&correction.from)),
                        ("to", Value::Text(&correction.to)),
                    ]),
                ));
            }
        }
        answer.push((
            "ignored",
            list(&self.ignored, &|ignored| {
                Value::Object(vec![
                    ("text", Value::Text(&ignored.text)),
                    ("reason", Value::Text(ignored.reason)),
                ])
            }),
        ));
        Value::Object(answer)
    }
}

impl ToValue for Hit {
    fn to_value(&self) -> Value<'_> {
        let meta = fields(&self.meta, &|values| match values {
            Values::One(value) => Value::Text(value),
            Values::Several(values) => list(values, &|value| Value::Text(value)),
        });
        let mut hit = vec![
            ("id", Value::Text(&self.id)),
            ("url", Value::Text(&self.url)),
            ("title", Value::Text(&self.title)),
            ("titleMarks", marks(&self.title_marks)),
            ("score", Value::Number(self.score)),
            ("snippet", self.snippet.to_value()),
            ("sections", self.sections.to_value()),
            ("meta", meta),
            ("duplicates", self.duplicates.to_value()),
        ];
        if let Some(reasons) = &self.explanation {
            hit.push((
                "explanation",
                list(reasons, &|reason| {
                    Value::Object(vec![
                        ("text", Value::Text(&reason.text)),
                        ("score", Value::Number(reason.score)),
                    ])
                }),
            ));
        }
        Value::Object(hit)
    }
}

impl ToValue for Snippet {
    fn to_value(&self) -> Value<'_> {
        Value::Object(vec![
            ("text", Value::Text(&self.text)),
            ("marks", marks(&self.marks)),
        ])
    }
}

impl ToValue for SectionHit {
    fn to_value(&self) -> Value<'_> {
        Value::Object(vec![
            ("title", Value::Text(&self.title)),
            ("url", Value::Text(&self.url)),
            ("snippet", self.snippet.to_value()),
        ])
    }
}

impl ToValue for Duplicate {
    fn to_value(&self) -> Value<'_> {
        Value::Object(vec![
            ("id", Value::Text(&self.id)),
            ("url", Value::Text(&self.url)),
            ("title", Value::Text(&self.title)),
        ])
    }
}

impl ToValue for Suggestion {
    fn to_value(&self) -> Value<'_> {
        Value::Object(vec![
            ("text", Value::Text(&self.text)),
            ("documents", Value::Number(self.documents)),
        ])
    }
}

impl ToValue for Statistics {
    fn to_value(&self) -> Value<'_> {
        let mut bytes = Vec::new();
        for &(name, size) in &self.sections {
            bytes.push((name, Value::Number(size)));
        }
        bytes.push(("postings", Value::Number(self.postings)));
        Value::Object(vec![
            ("documents", Value::Number(self.documents)),
            ("terms", Value::Number(self.terms)),
            ("words", Value::Number(self.words)),
            ("format", Value::Number(FORMAT)),
            ("bytes", Value::Object(bytes)),
        ])
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl Serialize for Hit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl Serialize for Suggestion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(value: &Value) -> Vec<String> {
        match value {
            Value::Object(fields) => fields.iter().map(|(name, _)| (*name).to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_is_absent_has_no_name() {
        let mut answer = Answer::default();
        assert_eq!(
            names(&answer.to_value()),
            ["total", "hits", "facets", "ignored"]
        );
        answer.corrected = Some(crate::Correction::default());
        assert_eq!(
            names(&answer.to_value()),
            ["total", "hits", "facets", "corrected", "ignored"]
        );
        let mut hit = Hit::default();
        assert!(!names(&hit.to_value()).contains(&"explanation".to_owned()));
        hit.explanation = Some(Vec::new());
        assert!(names(&hit.to_value()).contains(&"explanation".to_owned()));
    }

    #[test]
    fn one_value_stands_alone_and_several_in_a_list() {
        let hit = Hit {
            meta: Fields(vec![
                ("source".to_owned(), Values::One("a".to_owned())),
                ("tag".to_owned(), Values::Several(vec!["b".to_owned()])),
            ]),
            ..Hit::default()
        };
        let Value::Object(hit) = hit.to_value() else {
            panic!("a hit is an object");
        };
        let (_, meta) = hit.iter().find(|(name, _)| *name == "meta").unwrap();
        let expected = Value::Object(vec![
            ("source", Value::Text("a")),
            ("tag", Value::List(vec![Value::Text("b")])),
        ]);
        assert_eq!(*meta, expected);
    }
}
