//! Unicode's tables as the browser has them: they cost the module nothing.

use js_sys::JsString;
use samara_engine::Normalizer;

/// `toLowerCase` and `normalize` of JavaScript.
pub(crate) struct Platform;

impl Normalizer for Platform {
    fn lower(&self, text: &str) -> String {
        JsString::from(text).to_lower_case().normalize("NFC").into()
    }

    fn decompose(&self, text: &str) -> String {
        // Some decompositions are capitals (ℂ, ™ …), hence lower case once more.
        let decomposed = JsString::from(text).to_lower_case().normalize("NFKD");
        decomposed.to_lower_case().normalize("NFKD").into()
    }
}
