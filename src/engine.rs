//! The class that a page uses.

use samara_engine::{Index, Searcher, ToValue};
use wasm_bindgen::prelude::*;

use crate::convert::{in_region, set, to_js, to_text};
use crate::normalizer::Platform;
use crate::{allocator, clock, embedded, error, options};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("engine.d.ts");

/// The search engine with the index of its module opened.
#[wasm_bindgen]
pub struct Engine {
    index: Index<'static>,
}

#[wasm_bindgen]
impl Engine {
    /// Opens the index embedded in the module. Linear in its size.
    ///
    /// # Errors
    /// An `Error` with the `code` `no-index`, `index-version` or `damaged-index`.
    pub fn open() -> Result<Engine, JsValue> {
        allocator::prepare();
        // SAFETY: `prepare` was called just now, and of what the work allocates only its bytes are used after it.
        let in_region = |work: &mut dyn FnMut() -> Vec<u8>| unsafe { allocator::region_of(work) };
        let index =
            Index::open_in(embedded::index(), &in_region).map_err(|fault| error::to_js(&fault))?;
        Ok(Engine { index })
    }

    /// Answers a query. Every text has an answer.
    #[wasm_bindgen(skip_typescript)]
    pub fn query(&self, text: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        let start = clock::now();
        let answer = in_region(&mut || {
            let options = options::search(options);
            let answer = Searcher::new(&self.index, &Platform).search(&to_text(text), &options);
            to_js(&answer.to_value())
        })?;
        set(&answer, "took", &(clock::now() - start).into());
        Ok(answer)
    }

    /// Completions of the last word of a text.
    #[wasm_bindgen(skip_typescript)]
    pub fn suggest(&self, text: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        in_region(&mut || {
            let limit = options::limit(options, 5);
            let suggestions = Searcher::new(&self.index, &Platform).suggest(&to_text(text), limit);
            to_js(&suggestions.to_value())
        })
    }

    /// Documents like the one with this id.
    #[wasm_bindgen(skip_typescript)]
    pub fn similar(&self, id: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        in_region(&mut || {
            let hits = Searcher::new(&self.index, &Platform)
                .similar(&to_text(id), options::limit(options, 5));
            to_js(&hits.to_value())
        })
    }

    /// What the index holds.
    #[wasm_bindgen(skip_typescript)]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        in_region(&mut || to_js(&self.index.statistics().to_value()))
    }
}
