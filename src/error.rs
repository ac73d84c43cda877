//! Faults as JavaScript's `Error` objects.

use wasm_bindgen::JsValue;

use crate::convert::set;

/// An `Error` whose `code` is stable and whose message says what to do.
pub(crate) fn to_js(fault: &samara_engine::Error) -> JsValue {
    let error = js_sys::Error::new(&fault.message());
    set(&error, "code", &fault.code().into());
    error.into()
}
