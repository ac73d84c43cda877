//! Where the index lies in the module's memory.
//!
//! The module carries a *descriptor*: a magic, then the address and the length of the index. `build.rs` has the
//! compiler fill it; the `samara` command overwrites it when it puts an index into a module that was built
//! without one. Both are opened by the same code.

/// What the `samara` command looks for in a module.
#[repr(C)]
struct Descriptor {
    magic: [u8; 16],
    address: *const u8,
    length: usize,
}

// SAFETY: the descriptor is written when the module is instantiated and only read after that.
unsafe impl Sync for Descriptor {}

#[cfg(feature = "corpus")]
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.samara"));
#[cfg(not(feature = "corpus"))]
static COMPILED: &[u8] = &[];

static DESCRIPTOR: Descriptor = Descriptor {
    magic: *b"samara:index:at\0",
    address: COMPILED.as_ptr(),
    length: COMPILED.len(),
};

/// The bytes of the index; empty in a module without one.
pub(crate) fn index() -> &'static [u8] {
    // SAFETY: the descriptor is valid for reads; it has to be read volatile, because the compiler would
    // otherwise take the values above for the only possible ones. Address and length describe bytes of the
    // module's static data: those of `COMPILED`, or those of a data segment that lies behind everything the
    // module was linked with and that the allocator, which asks for pages of its own, never hands out.
    unsafe {
        let descriptor = core::ptr::read_volatile(&raw const DESCRIPTOR);
        debug_assert!(descriptor.magic.starts_with(b"samara"));
        core::slice::from_raw_parts(descriptor.address, descriptor.length)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_compiled_index_is_found() {
        assert_eq!(super::index(), super::COMPILED);
    }
}
