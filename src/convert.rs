//! What crosses: texts in, plain objects out.

use js_sys::Reflect;
use samara_engine::Value;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::allocator;

/// What a call answers, its memory given back.
pub(crate) fn in_region(
    answer: &mut dyn FnMut() -> Result<JsValue, JsValue>,
) -> Result<JsValue, JsValue> {
    // SAFETY: an engine is there, so `open` has prepared; it remembers nothing of a call, and its answer lies on the side
    // of JavaScript.
    unsafe { allocator::region(answer) }
}

/// A text as JavaScript gives it; what is no text is an empty one. It comes as a value, and not as a string of Rust,
/// so that its bytes, too, lie in the region of the call.
pub(crate) fn to_text(text: &JsValue) -> String {
    text.as_string().unwrap_or_default()
}

/// Plain objects, arrays and strings: nothing that a page would have to unwrap.
pub(crate) fn to_js(value: &Value) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(JsValue::from)
}

/// Gives a plain object a property.
pub(crate) fn set(object: &JsValue, name: &str, value: &JsValue) {
    // That of an object that was just made cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}
