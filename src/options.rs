//! Options as JavaScript gives them. What is missing or of another type is as if it had not been given.

use js_sys::{Array, Object, Reflect};
use samara_engine::{Options, Sort};
use wasm_bindgen::{JsCast, JsValue};

/// The most hits that one answer holds: enough for any page, and no way to exhaust memory.
const MOST_HITS: f64 = 1000.0;

/// Options of a query.
pub(crate) fn search(options: &JsValue) -> Options {
    let defaults = Options::default();
    Options {
        limit: limit(options, defaults.limit),
        offset: number(options, "offset", f64::from(u32::MAX)).unwrap_or(0),
        filters: filters(&get(options, "filters")),
        sort: get(options, "sort")
            .as_string()
            .and_then(|sort| Sort::parse(&sort)),
        correct: get(options, "correct")
            .as_bool()
            .unwrap_or(defaults.correct),
        explain: get(options, "explain")
            .as_bool()
            .unwrap_or(defaults.explain),
        facets: strings(&get(options, "facets")),
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

fn strings(value: &JsValue) -> Vec<String> {
    match value.dyn_ref::<Array>() {
        Some(array) => array.iter().filter_map(|value| value.as_string()).collect(),
        None => value.as_string().into_iter().collect(),
    }
}

fn filters(value: &JsValue) -> Vec<(String, Vec<String>)> {
    let Some(object) = value.dyn_ref::<Object>() else {
        return Vec::new();
    };
    let names = Object::keys(object);
    let names = names.iter().filter_map(|name| name.as_string());
    names
        .map(|name| (name.clone(), strings(&get(value, &name))))
        .collect()
}
