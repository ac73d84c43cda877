//! Answers as they cross to JavaScript and as the command prints them: objects, lists, texts and numbers.
//!
//! An answer becomes a tree of [`Value`]s, and only the tree is written out. Derived, every structure brings a serializer
//! of its own, which cost half a kilobyte of the compressed module.

use crate::answer::{
    Answer, Duplicate, FacetValue, Hit, Reason, SectionHit, Snippet, Suggestion, Values,
};
use crate::index::Statistics;
use crate::query::Ignored;
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

/// What has a shape in JSON.
pub trait ToValue {
    /// The shape. Linear in the size of the answer, texts not counted.
    fn to_value(&self) -> Value<'_>;
}

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(&self) -> Value<'_> {
        list(self.len(), &|place| self[place].to_value())
    }
}

/// So many values in a row.
fn list<'a>(count: usize, value: &dyn Fn(usize) -> Value<'a>) -> Value<'a> {
    let mut values = Vec::with_capacity(count);
    for place in 0..count {
        values.push(value(place));
    }
    Value::List(values)
}

fn texts(texts: &[String]) -> Value<'_> {
    list(texts.len(), &|place| Value::Text(&texts[place]))
}

/// Pairs of numbers, as marks are.
fn pairs(pairs: &[(u32, u32)]) -> Value<'_> {
    list(pairs.len(), &|place| {
        let (start, end) = pairs[place];
        Value::List(vec![Value::Number(start), Value::Number(end)])
    })
}

/// An object being put together.
#[derive(Default)]
struct Object<'a>(Vec<(&'a str, Value<'a>)>);

impl<'a> Object<'a> {
    fn add(&mut self, name: &'a str, value: Value<'a>) {
        self.0.push((name, value));
    }

    fn text(&mut self, name: &'a str, text: &'a str) {
        self.add(name, Value::Text(text));
    }

    fn number(&mut self, name: &'a str, number: u32) {
        self.add(name, Value::Number(number));
    }

    fn value(self) -> Value<'a> {
        Value::Object(self.0)
    }
}

impl ToValue for Answer {
    fn to_value(&self) -> Value<'_> {
        let mut facets = Object::default();
        for (name, values) in &self.facets.0 {
            facets.add(name, values.to_value());
        }
        let mut answer = Object::default();
        answer.number("total", self.total);
        answer.add("hits", self.hits.to_value());
        answer.add("facets", facets.value());
        for (name, correction) in [("corrected", &self.corrected), ("offered", &self.offered)] {
            if let Some(correction) = correction {
                let mut words = Object::default();
                words.text("from", &correction.from);
                words.text("to", &correction.to);
                answer.add(name, words.value());
            }
        }
        answer.add("ignored", self.ignored.to_value());
        if !self.listing.is_empty() {
            answer.add("listing", pairs(&self.listing));
            answer.add("sortedBy", texts(&self.sorted_by));
        }
        answer.value()
    }
}

impl ToValue for FacetValue {
    fn to_value(&self) -> Value<'_> {
        let mut facet = Object::default();
        facet.text("value", &self.value);
        facet.number("count", self.count);
        facet.number("total", self.total);
        facet.value()
    }
}

impl ToValue for Ignored {
    fn to_value(&self) -> Value<'_> {
        let mut ignored = Object::default();
        ignored.text("text", &self.text);
        ignored.text("reason", self.reason);
        ignored.value()
    }
}

impl ToValue for Hit {
    fn to_value(&self) -> Value<'_> {
        let mut meta = Object::default();
        for (name, values) in &self.meta.0 {
            let values = match values {
                Values::One(value) => Value::Text(value),
                Values::Several(values) => texts(values),
            };
            meta.add(name, values);
        }
        let mut hit = Object::default();
        hit.text("id", &self.id);
        hit.text("url", &self.url);
        hit.text("title", &self.title);
        hit.add("titleMarks", pairs(&self.title_marks));
        hit.number("score", self.score);
        hit.add("snippet", self.snippet.to_value());
        hit.add("sections", self.sections.to_value());
        hit.add("meta", meta.value());
        hit.add("duplicates", self.duplicates.to_value());
        if let Some(reasons) = &self.explanation {
            hit.add("explanation", reasons.to_value());
        }
        hit.value()
    }
}

impl ToValue for Snippet {
    fn to_value(&self) -> Value<'_> {
        let mut snippet = Object::default();
        snippet.text("text", &self.text);
        snippet.add("marks", pairs(&self.marks));
        snippet.value()
    }
}

impl ToValue for SectionHit {
    fn to_value(&self) -> Value<'_> {
        let mut section = Object::default();
        section.text("title", &self.title);
        section.text("url", &self.url);
        section.add("snippet", self.snippet.to_value());
        section.value()
    }
}

impl ToValue for Duplicate {
    fn to_value(&self) -> Value<'_> {
        let mut duplicate = Object::default();
        duplicate.text("id", &self.id);
        duplicate.text("url", &self.url);
        duplicate.text("title", &self.title);
        duplicate.value()
    }
}

impl ToValue for Reason {
    fn to_value(&self) -> Value<'_> {
        let mut reason = Object::default();
        reason.text("text", &self.text);
        reason.number("score", self.score);
        reason.value()
    }
}

impl ToValue for Suggestion {
    fn to_value(&self) -> Value<'_> {
        let mut suggestion = Object::default();
        suggestion.text("text", &self.text);
        suggestion.number("documents", self.documents);
        suggestion.value()
    }
}

impl ToValue for Statistics {
    fn to_value(&self) -> Value<'_> {
        let mut bytes = Object::default();
        for &(name, size) in &self.sections {
            bytes.number(name, size);
        }
        bytes.number("postings", self.postings);
        let mut statistics = Object::default();
        statistics.number("documents", self.documents);
        statistics.number("terms", self.terms);
        statistics.number("words", self.words);
        statistics.number("format", FORMAT);
        statistics.add("bytes", bytes.value());
        statistics.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Fields;

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
