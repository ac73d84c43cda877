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
            _ => Texts::Passages,
        },
        apart: flag("apart", defaults.apart),
        all: flag("all", defaults.all),
        explain: flag("explain", defaults.explain),
        facets: strings(&get(options, "facets")),
        zeros: flag("zeros", defaults.zeros),
        listing: flag("listing", defaults.listing),
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
    let mut texts = Vec::new();
    let mut add = |value: &JsValue| {
        texts.extend(match value.as_f64() {
            Some(_) => value.unchecked_ref::<Object>().to_string().as_string(),
            None => value.as_string(),
        });
    };
    match value.dyn_ref::<Array>() {
        Some(array) => array.iter().for_each(|value| add(&value)),
        None => add(value),
    }
    texts
}

/// What joins conditions, by its name in an object.
const JOINS: [&str; 4] = ["all", "any", "none", "not"];

fn joined(name: &str, conditions: Vec<Condition>) -> Condition {
    match name {
        "all" => Condition::All(conditions),
        "any" => Condition::Any(conditions),
        _ => Condition::None(conditions),
    }
}

/// A condition as an object: a value of each field, or of several one (`["a", "b"]`, `{ any: […] }`), all, or none of
/// them, or a span of numbers or texts (`{ from, to }`); the names `any`, `all`, `none` and `not` hold conditions
/// themselves, in an object or in a list of objects.
fn condition(value: &JsValue, deepest: usize) -> Condition {
    let mut all = Vec::new();
    if !value.is_object() || deepest == 0 {
        return Condition::All(all);
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        for value in list.iter() {
            all.push(condition(&value, deepest - 1));
        }
        return Condition::All(all);
    }
    for name in Object::keys(value.unchecked_ref::<Object>()).iter() {
        let Some(name) = name.as_string() else {
            continue;
        };
        let of = get(value, &name);
        let condition = if JOINS.contains(&name.as_str()) {
            let within = match condition(&of, deepest - 1) {
                Condition::All(conditions) => conditions,
                one => vec![one],
            };
            joined(&name, within)
        } else {
            field(&name, &of)
        };
        if !condition.is_empty() {
            all.push(condition);
        }
    }
    Condition::All(all)
}

/// A condition on one field.
fn field(name: &str, value: &JsValue) -> Condition {
    let is = |value: &JsValue| -> Vec<Condition> {
        let mut conditions = Vec::new();
        for value in strings(value) {
            conditions.push(Condition::Is {
                field: name.to_owned(),
                value,
            });
        }
        conditions
    };
    let mut all = Vec::new();
    if !value.is_object() || value.is_instance_of::<Array>() {
        // Nothing chosen chooses everything.
        let any = is(value);
        if !any.is_empty() {
            all.push(Condition::Any(any));
        }
        return Condition::All(all);
    }
    for name in JOINS {
        let of = is(&get(value, name));
        if !of.is_empty() {
            all.push(joined(name, of));
        }
    }
    let end = |name: &str| {
        let mut ends = strings(&get(value, name)).into_iter();
        ends.next().unwrap_or_default()
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
