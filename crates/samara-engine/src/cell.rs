//! What an index in blocks remembers of being read.
//!
//! Where indexes are built, several threads read one. A module has one thread, and no code for others.

#[cfg(not(feature = "write"))]
pub(crate) use core::cell::OnceCell;
#[cfg(feature = "write")]
pub(crate) use std::sync::OnceLock as OnceCell;

#[cfg(not(feature = "write"))]
use core::cell::RefCell as Inner;
#[cfg(feature = "write")]
use std::sync::{Mutex as Inner, PoisonError};

/// What readers note.
#[derive(Default)]
pub(crate) struct Noted<T>(Inner<T>);

impl<T> Noted<T> {
    /// Reads or changes it. It is asked for nothing meanwhile.
    pub(crate) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        #[cfg(feature = "write")]
        return work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
        #[cfg(not(feature = "write"))]
        work(&mut self.0.borrow_mut())
    }
}
