//! Options as JavaScript gives them. What is missing or of another type is as if it had not been given.

use js_sys::{Array, Object, Reflect};
use samara_engine::{Condition, FieldWeights, Options, Ranking, Sort, Texts};
use wasm_bindgen::{JsCast, JsValue};

/// The most hits that one answer holds: enough for any page, and no way to exhaust memory.
const MOST_HITS: f64 = 1000.0;
/// How deep conditions may lie in one another.
const DEEPEST: usize = 64;
/// The most that a word counts.
const MOST_WEIGHT: f64 = 1000.0;

/// Options of a query.
pub(crate) fn search(options: &JsValue) -> Options {
    let defaults = Options::default();
    let flag = |name: &str, default: bool| get(options, name).as_bool().unwrap_or(default);
    Options {
        limit: limit(options, defaults.limit),
        offset: number(options, "offset", f64::from(u32::MAX)).unwrap_or(0),
        filters: condition(&get(options, "filters"), DEEPEST),
        sort: get(options, "sort")
            .as_string()
            .and_then(|sort| Sort::parse(&sort)),
        correct: flag("correct", defaults.correct),
        prefix: flag("prefix", defaults.prefix),
        exact: flag("exact", defaults.exact),
        fields: fields(&get(options, "fields"), defaults.fields),
        ranking: ranking(&get(options, "ranking"), defaults.ranking),
        texts: match get(options, "texts").as_string().as_deref() {
            Some("whole") => Texts::Whole,
            Some("none") => Texts::None,
            _ => Texts::Passages,
        },
        apart: flag("apart", defaults.apart),
        all: flag("all", defaults.all),
        explain: flag("explain", defaults.explain),
        facets: strings(&get(options, "facets")),
        zeros: flag("zeros", defaults.zeros),
    }
}

/// How many results are wanted, at most.
pub(crate) fn limit(options: &JsValue, default: usize) -> usize {
    number(options, "limit", MOST_HITS).unwrap_or(default)
}

fn get(options: &JsValue, name: &str) -> JsValue {
    // Reading from what is no object would throw, which takes longer than a query and leaves bytes behind.
    if !options.is_object() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(options, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn number(options: &JsValue, name: &str, most: f64) -> Option<usize> {
    let number = get(options, name).as_f64()?;
    (number >= 0.0).then(|| number.min(most) as usize)
}

/// A text or a list of them; numbers are texts, too.
fn strings(value: &JsValue) -> Vec<String> {
    let text = |value: JsValue| match value.as_f64() {
        Some(_) => Object::from(value).to_string().as_string(),
        None => value.as_string(),
    };
    match value.dyn_ref::<Array>() {
        Some(array) => array.iter().filter_map(text).collect(),
        None => text(value.clone()).into_iter().collect(),
    }
}

/// A condition as an object: a value of each field, or of several one (`["a", "b"]`, `{ any: […] }`), all, or none of
/// them, or a span of numbers or texts (`{ from, to }`); the names `any`, `all`, `none` and `not` hold conditions
/// themselves, in an object or in a list of objects.
fn condition(value: &JsValue, deepest: usize) -> Condition {
    if !value.is_object() || deepest == 0 {
        return Condition::default();
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Condition::All(
            list.iter()
                .map(|value| condition(&value, deepest - 1))
                .collect(),
        );
    }
    let Some(object) = value.dyn_ref::<Object>() else {
        return Condition::default();
    };
    let names = Object::keys(object);
    let mut all = Vec::new();
    for name in names.iter().filter_map(|name| name.as_string()) {
        let of = get(value, &name);
        let within = || match condition(&of, deepest - 1) {
            Condition::All(conditions) => conditions,
            one => vec![one],
        };
        all.push(match name.as_str() {
            "all" => Condition::All(within()),
            "any" => Condition::Any(within()),
            "none" | "not" => Condition::None(within()),
            _ => field(&name, &of),
        });
    }
    all.retain(|condition| !condition.is_empty());
    Condition::All(all)
}

/// A condition on one field.
fn field(name: &str, value: &JsValue) -> Condition {
    let is = |values: Vec<String>| -> Vec<Condition> {
        let conditions = values.into_iter().map(|value| Condition::Is {
            field: name.to_owned(),
            value,
        });
        conditions.collect()
    };
    if !value.is_object() || value.is_instance_of::<Array>() {
        // Nothing chosen chooses everything.
        return match strings(value) {
            values if values.is_empty() => Condition::default(),
            values => Condition::Any(is(values)),
        };
    }
    let mut all = is(strings(&get(value, "all")));
    let any = is(strings(&get(value, "any")));
    if !any.is_empty() {
        all.push(Condition::Any(any));
    }
    for not in ["none", "not"] {
        let none = is(strings(&get(value, not)));
        if !none.is_empty() {
            all.push(Condition::None(none));
        }
    }
    let end = |name: &str| {
        strings(&get(value, name))
            .into_iter()
            .next()
            .unwrap_or_default()
    };
    let (from, to) = (end("from"), end("to"));
    if !from.is_empty() || !to.is_empty() {
        all.push(Condition::Between {
            field: name.to_owned(),
            from,
            to,
        });
    }
    Condition::All(all)
}

/// What words count by where they stand.
fn fields(value: &JsValue, defaults: FieldWeights) -> FieldWeights {
    let weight = |name, default| weight(value, name, default);
    FieldWeights {
        title: weight("title", defaults.title),
        heading: weight("heading", defaults.heading),
        body: weight("body", defaults.body),
        meta: weight("meta", defaults.meta),
    }
}

/// How occurrences become scores.
fn ranking(value: &JsValue, defaults: Ranking) -> Ranking {
    let weight = |name, default| weight(value, name, default);
    Ranking {
        saturation: weight("saturation", defaults.saturation),
        length: weight("length", defaults.length).min(1.0),
        counts: weight("counts", defaults.counts).min(1.0),
        accents: weight("accents", defaults.accents),
        beginnings: weight("beginnings", defaults.beginnings),
    }
}

fn weight(value: &JsValue, name: &str, default: f32) -> f32 {
    match get(value, name).as_f64() {
        Some(weight) if weight >= 0.0 => weight.min(MOST_WEIGHT) as f32,
        _ => default,
    }
}
