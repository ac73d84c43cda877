//! The class that a page uses, for an index in blocks.

use core::cell::Cell;
use core::hint::black_box;

use js_sys::{Array, Object, Reflect, Uint8Array};
use samara_engine::{Index, Searcher, Second, ToValue};
use wasm_bindgen::prelude::*;

use crate::convert::{in_region, set, to_js, to_text};
use crate::normalizer::Platform;
use crate::{allocator, clock, error, options};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("engine.d.ts");

thread_local! {
    /// The second half of the engine, once it has arrived.
    static SECOND: Cell<Option<Second>> = const { Cell::new(None) };
}

/// Gives the engine its second half. What this alone leads to is cut out of the module when it is built, and comes in a file of
/// its own, which has this function.
#[wasm_bindgen(skip_typescript)]
pub fn extend() {
    // The compiler sees nothing else being set, and would call it directly.
    SECOND.set(Some(black_box(Second::here())));
}

/// What answers, by as much of the engine as is there.
fn searcher<'i>(index: &'i Index<'i>) -> Searcher<'i> {
    Searcher::in_halves(index, &Platform, SECOND.get())
}

/// The search engine with the root of an index in blocks. The page keeps the blocks: each call gets those that are there, and
/// says which it lacks.
#[wasm_bindgen]
pub struct Engine {
    root: Vec<u8>,
}

#[wasm_bindgen]
impl Engine {
    /// Takes the root of an index in blocks. Linear in its size.
    ///
    /// # Errors
    /// An `Error` with the `code` `no-index`, `index-version` or `damaged-index`.
    pub fn open(root: &Uint8Array) -> Result<Engine, JsValue> {
        allocator::prepare();
        let engine = Engine {
            root: root.to_vec(),
        };
        // SAFETY: `prepare` was called just now, and nothing that the work allocates is used after it.
        unsafe { allocator::region(|| Index::of_blocks(&engine.root, &[]).map(|_| ())) }
            .map_err(|fault| error::to_js(&fault))?;
        Ok(engine)
    }

    /// Answers a query: `{ result, missing, welcome }`. Where names of blocks are missing, the answer lacks what they hold; with
    /// those that are welcome it would say more.
    #[wasm_bindgen(skip_typescript)]
    pub fn query(
        &self,
        blocks: &Array,
        text: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let start = clock::now();
        self.ask(blocks, &|index| {
            let options = options::search(options);
            let answer = searcher(index).search(&to_text(text), &options);
            let answer = to_js(&answer.to_value())?;
            set(&answer, "took", &(clock::now() - start).into());
            Ok(answer)
        })
    }

    /// Completions of the last word of a text, likewise.
    #[wasm_bindgen(skip_typescript)]
    pub fn suggest(
        &self,
        blocks: &Array,
        text: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        self.ask(blocks, &|index| {
            let limit = options::limit(options, 5);
            let suggestions = searcher(index).suggest(&to_text(text), limit);
            to_js(&suggestions.to_value())
        })
    }

    /// Documents like the one with this id, likewise.
    #[wasm_bindgen(skip_typescript)]
    pub fn similar(
        &self,
        blocks: &Array,
        id: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        self.ask(blocks, &|index| {
            let limit = options::limit(options, 5);
            let hits = searcher(index).similar(&to_text(id), limit);
            to_js(&hits.to_value())
        })
    }

    /// What the index holds.
    #[wasm_bindgen(skip_typescript)]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        let info = self.ask(&Array::new(), &|index| {
            to_js(&index.statistics().to_value())
        })?;
        Reflect::get(&info, &"result".into())
    }

    /// Asks the index, of which these blocks are there, each a pair of its name and its bytes.
    fn ask(
        &self,
        blocks: &Array,
        work: &dyn Fn(&Index) -> Result<JsValue, JsValue>,
    ) -> Result<JsValue, JsValue> {
        in_region(&mut || {
            let mut there: Vec<(String, Vec<u8>)> = Vec::new();
            for block in blocks.iter() {
                let block = Array::from(&block);
                there.push((
                    to_text(&block.get(0)),
                    Uint8Array::from(block.get(1)).to_vec(),
                ));
            }
            let there: Vec<(&str, &[u8])> = there
                .iter()
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
                .collect();
            let index =
                Index::of_blocks(&self.root, &there).map_err(|fault| error::to_js(&fault))?;
            let result = work(&index)?;
            let asked = Object::new();
            set(&asked, "result", &result);
            for (key, names) in [("missing", index.missing()), ("welcome", index.welcome())] {
                let names: Array = names.into_iter().map(JsValue::from).collect();
                set(&asked, key, &names);
            }
            Ok(asked.into())
        })
    }
}
