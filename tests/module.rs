//! The module in a browser: what crosses the boundary, and that the platform's Unicode tables give what the
//! host's give.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, JSON, JsString, Object, Reflect};
use samara::Engine;
use samara_engine::{Normalizer, Unicode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn get(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |value, name| {
        Reflect::get(&value, &name.into()).unwrap()
    })
}

fn options(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

#[wasm_bindgen_test]
fn the_embedded_corpus_answers_with_plain_objects() {
    let engine = Engine::open().unwrap();
    let answer = engine
        .query(&"blinken wang".into(), &JsValue::UNDEFINED)
        .unwrap();
    assert!(get(&answer, "total").as_f64().unwrap() >= 1.0);
    assert!(get(&answer, "took").as_f64().unwrap() >= 0.0);
    let hits: Array = get(&answer, "hits").unchecked_into();
    let hit = hits.get(0);
    assert!(Object::get_prototype_of(&hit) == Object::get_prototype_of(&Object::new()));
    assert!(get(&hit, "title").is_string() && get(&hit, "url").is_string());
    let text = get(&hit, "snippet.text").as_string().unwrap();
    let marks: Array = get(&hit, "snippet.marks").unchecked_into();
    assert!(marks.length() > 0, "{text}");
    let mark: Array = marks.get(0).unchecked_into();
    let [start, end] = [0, 1].map(|place| mark.get(place).as_f64().unwrap() as u32);
    let word = JsString::from(text).substring(start, end).to_lower_case();
    assert!(["blinken", "wang"].contains(&String::from(word).as_str()));
    assert!(get(&answer, "facets").is_object() && Array::is_array(&get(&answer, "ignored")));
}

#[wasm_bindgen_test]
fn options_are_understood_and_nonsense_is_not_fatal() {
    let engine = Engine::open().unwrap();
    let hits = |options: &JsValue| {
        let answer = engine.query(&"blinken".into(), options).unwrap();
        get(&answer, "hits.length").as_f64().unwrap()
    };
    let all = hits(&JsValue::NULL);
    assert!(all > 1.0);
    assert_eq!(hits(&options(&[("limit", 1.into())])), 1.0);
    assert_eq!(hits(&options(&[("offset", 1.into())])), all - 1.0);
    assert_eq!(hits(&options(&[("limit", 0.into())])), 0.0);
    for nonsense in [
        JsValue::from("text"),
        7.into(),
        options(&[("limit", "many".into()), ("filters", 3.into())]),
    ] {
        assert_eq!(hits(&nonsense), all);
    }
    let explained = engine
        .query(&"blinken".into(), &options(&[("explain", true.into())]))
        .unwrap();
    assert!(Array::is_array(&get(&explained, "hits.0.explanation")));
    let as_typed = engine
        .query(&"blinkn ".into(), &options(&[("correct", false.into())]))
        .unwrap();
    assert_eq!(get(&as_typed, "total").as_f64(), Some(0.0));
    let corrected = engine
        .query(&"blinkn ".into(), &JsValue::UNDEFINED)
        .unwrap();
    assert_eq!(
        get(&corrected, "corrected.to").as_string().as_deref(),
        Some("blinken ")
    );
}

#[wasm_bindgen_test]
fn whatever_is_typed_is_answered() {
    let engine = Engine::open().unwrap();
    let long = "word ".repeat(200_000);
    for query in [
        "",
        "\"",
        "-",
        "\0",
        "__proto__",
        "\u{fffd}",
        "constructor:x",
        "((((",
        "OR OR",
        &long,
    ] {
        let answer = engine.query(&query.into(), &JsValue::UNDEFINED).unwrap();
        assert!(get(&answer, "total").as_f64().is_some(), "{}", query.len());
    }
}

#[wasm_bindgen_test]
fn suggestions_and_relatives_cross_as_arrays() {
    let engine = Engine::open().unwrap();
    let suggestions: Array = engine
        .suggest(&"blin".into(), &JsValue::UNDEFINED)
        .unwrap()
        .unchecked_into();
    // Titles come first, then words.
    let texts: Vec<String> = suggestions
        .iter()
        .filter_map(|suggestion| get(&suggestion, "text").as_string())
        .collect();
    assert!(
        texts[0].contains("Blinken") && texts[0].contains(' '),
        "{texts:?}"
    );
    assert!(texts.iter().any(|text| text == "blinken"), "{texts:?}");
    let answer = engine
        .query(&"blinken".into(), &JsValue::UNDEFINED)
        .unwrap();
    let id = get(&answer, "hits.0.id").as_string().unwrap();
    let similar: Array = engine
        .similar(&id.into(), &options(&[("limit", 2.into())]))
        .unwrap()
        .unchecked_into();
    assert_eq!(similar.length(), 2);
    let info = engine.info().unwrap();
    assert_eq!(get(&info, "documents").as_f64(), Some(5.0));
    assert!(get(&info, "bytes.stream").as_f64().unwrap() > 0.0);
}

/// The engine's host and the browser may know different versions of Unicode: a letter that one of them does
/// not know yet stays as it is there, and is no disagreement.
#[wasm_bindgen_test]
fn the_browser_and_the_host_fold_every_character_alike() {
    let mut disagreements = Vec::new();
    for character in '\0'..=char::MAX {
        let text = character.to_string();
        let of_browser = |form: &str| -> String {
            let small = JsString::from(text.as_str())
                .to_lower_case()
                .normalize(form);
            if form == "NFKD" {
                return small.to_lower_case().normalize(form).into();
            }
            small.into()
        };
        for (form, host) in [
            ("NFC", Unicode.lower(&text)),
            ("NFKD", Unicode.decompose(&text)),
        ] {
            let browser = of_browser(form);
            if browser != host && browser != text && host != text {
                disagreements.push(format!("{form} {:x}", character as u32));
            }
        }
    }
    assert!(disagreements.is_empty(), "{disagreements:?}");
}

#[wasm_bindgen_test]
fn calls_leave_nothing_behind_and_do_not_disturb_one_another() {
    let engine = Engine::open().unwrap();
    // Without arguments from JavaScript: the first of its values is made inside of the call.
    let info = JSON::stringify(&engine.info().unwrap()).unwrap();
    let many: Array = (0..300)
        .map(|number| JsValue::from(format!("source{number}")))
        .collect();
    let filters = options(&[
        ("source", many.clone().into()),
        ("tag", many.clone().into()),
    ]);
    let options = [
        JsValue::UNDEFINED,
        options(&[
            ("filters", filters),
            ("facets", many.into()),
            ("explain", true.into()),
        ]),
    ];
    let texts = [
        "blinken wang",
        "Blinkn Peking",
        "été 北京 ünïcode",
        "\"the of\"",
        "",
    ];
    let answer = |text: &str, options: &JsValue| {
        let answer = engine.query(&text.into(), options).unwrap();
        Reflect::set(&answer, &"took".into(), &0.into()).unwrap();
        String::from(JSON::stringify(&answer).unwrap())
    };
    let all = || {
        let mut answers = Vec::new();
        for text in texts {
            for options in &options {
                answers.push(answer(text, options));
            }
        }
        answers
    };
    let first = all();
    let values = wasm_bindgen::externref_heap_live_count();
    let memory = core::arch::wasm32::memory_size(0);
    for _ in 0..20 {
        for text in texts {
            for options in &options {
                engine.query(&text.into(), options).unwrap();
                engine.suggest(&text.into(), options).unwrap();
                engine.similar(&text.into(), options).unwrap();
            }
        }
    }
    assert_eq!(core::arch::wasm32::memory_size(0), memory);
    assert_eq!(wasm_bindgen::externref_heap_live_count(), values);
    assert_eq!(all(), first);
    assert_eq!(JSON::stringify(&engine.info().unwrap()).unwrap(), info);
}
