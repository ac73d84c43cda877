//! The browser's clock, wherever the module runs.

use wasm_bindgen::JsCast;
use web_sys::{Performance, Window, WorkerGlobalScope};

/// Milliseconds since the page or worker began; always 0 where there is no clock.
pub(crate) fn now() -> f64 {
    performance().map_or(0.0, |performance| performance.now())
}

fn performance() -> Option<Performance> {
    let global = js_sys::global();
    match global.dyn_into::<WorkerGlobalScope>() {
        Ok(worker) => worker.performance(),
        Err(global) => global.dyn_into::<Window>().ok()?.performance(),
    }
}
