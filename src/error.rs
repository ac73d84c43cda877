//! Faults as JavaScript's `Error` objects.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// An `Error` whose `code` is stable and whose message says what to do.
pub(crate) fn to_js(fault: &samara_engine::Error) -> JsValue {
    let error = js_sys::Error::new(&fault.message());
    // Setting a property of an object that was just made cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &fault.code().into());
    error.into()
}
