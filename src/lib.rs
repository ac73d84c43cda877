//! The JavaScript boundary: everything that knows JavaScript, and nothing else.
//!
//! [`Engine`] is the class that a page uses; it converts what comes in (`options`), asks the engine, and
//! converts what goes out (`convert`). With the feature `split` it is the one of `blocks`, whose index the page fetches in
//! parts. `embedded` finds the index in the module's memory, `normalizer` lends
//! the engine the browser's Unicode tables, `clock` its clock, and `error` turns faults into `Error`
//! objects with a stable `code`. `allocator` gives it memory, and takes back what a call used.

#[cfg_attr(
    not(any(target_arch = "wasm32", test)),
    expect(dead_code, reason = "elsewhere the system gives memory")
)]
mod allocator;
#[cfg(feature = "split")]
mod blocks;
mod clock;
mod convert;
#[cfg(not(feature = "split"))]
mod embedded;
#[cfg(not(feature = "split"))]
mod engine;
mod error;
mod normalizer;
mod options;

#[cfg(feature = "split")]
pub use blocks::Engine;
#[cfg(not(feature = "split"))]
pub use engine::Engine;
