//! The module's allocator: free lists by size, over memory that only grows.
//!
//! The standard allocator is 6 kB of code in a module of 100; this one is a tenth of that (measured: 2.2 kB
//! less after brotli). It suits what the engine does: few large arrays that live as long as the index, and
//! many small ones that live as long as a query and come back in the same sizes, so that memory stays
//! constant however many queries are asked. Sizes are rounded up to four steps a doubling; a freed block
//! serves the next request of its step, and blocks are never joined.
//!
//! Pages come from `memory.grow` alone: the `samara` command puts an index behind what was the end of the
//! module's memory.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr;

/// Blocks begin at multiples of this, and none is smaller.
const ALIGNMENT: usize = 16;
/// Steps from the smallest block to the largest that 32-bit addresses hold.
const STEPS: usize = 4 * 28;
/// Bytes asked for at a time, at least.
const CHUNK: usize = 65_536;

/// Where memory comes from.
pub(crate) trait Source {
    /// At least `size` more bytes, a multiple of [`CHUNK`], zeroed or not, aligned to [`ALIGNMENT`]; null
    /// where there are none.
    fn grow(&self, size: usize) -> *mut u8;
}

/// Memory in blocks, free ones listed by size.
pub(crate) struct Blocks<S> {
    source: S,
    state: UnsafeCell<State>,
}

struct State {
    /// The first free block of each step; each holds the address of the next.
    free: [*mut u8; STEPS],
    /// Memory that was never handed out.
    next: *mut u8,
    left: usize,
}

impl<S> Blocks<S> {
    pub(crate) const fn new(source: S) -> Self {
        let state = State {
            free: [ptr::null_mut(); STEPS],
            next: ptr::null_mut(),
            left: 0,
        };
        Blocks {
            source,
            state: UnsafeCell::new(state),
        }
    }
}

// SAFETY: the module has one thread. The tests use a value of their own each, on one thread.
unsafe impl<S> Sync for Blocks<S> {}

/// Number of the step that holds `size` bytes, and how many its blocks have.
fn step(size: usize) -> (usize, usize) {
    let size = size.max(ALIGNMENT);
    // Rounding up is adding all but one of what a quarter of the doubling below holds.
    let quarter = 1 << (size.ilog2() - 2);
    let rounded = (size + quarter - 1) & !(quarter - 1);
    let doubling = rounded.ilog2() as usize;
    let step = (doubling - 4) * 4 + ((rounded >> (doubling - 2)) & 3);
    (step, (rounded + ALIGNMENT - 1) & !(ALIGNMENT - 1))
}

// SAFETY: blocks handed out lie in memory from the source, do not overlap (each comes either from the front
// of what was never handed out, or from a list of blocks given back), and are as large as their step, which
// depends on the size alone, so that a block given back joins the list that it came from.
unsafe impl<S: Source> GlobalAlloc for Blocks<S> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGNMENT || layout.size() > isize::MAX as usize / 2 {
            return ptr::null_mut();
        }
        let (step, size) = step(layout.size());
        // SAFETY: no reference to the state outlives a call, and calls do not nest.
        let state = unsafe { &mut *self.state.get() };
        let free = state.free[step];
        if !free.is_null() {
            // SAFETY: a free block holds the address of the next one.
            state.free[step] = unsafe { free.cast::<*mut u8>().read() };
            return free;
        }
        if state.left < size {
            let wanted = (size + CHUNK - 1) & !(CHUNK - 1);
            let more = self.source.grow(wanted);
            if more.is_null() {
                return more;
            }
            // Memory that follows what is left makes one with it.
            if state.next.wrapping_add(state.left) == more && !state.next.is_null() {
                state.left += wanted;
            } else {
                (state.next, state.left) = (more, wanted);
            }
        }
        let block = state.next;
        state.next = block.wrapping_add(size);
        state.left -= size;
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let (step, _) = step(layout.size());
        // SAFETY: as above; the block is the caller's to give back and large enough for an address.
        unsafe {
            let state = &mut *self.state.get();
            block.cast::<*mut u8>().write(state.free[step]);
            state.free[step] = block;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if step(layout.size()) == step(size) {
            return block;
        }
        // SAFETY: the caller gives a block of this layout; the new one has room for what both hold.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(block, new, layout.size().min(size));
                self.dealloc(block, layout);
            }
            new
        }
    }
}

/// Pages of the module's memory.
#[cfg(target_arch = "wasm32")]
pub(crate) struct Pages;

#[cfg(target_arch = "wasm32")]
impl Source for Pages {
    fn grow(&self, size: usize) -> *mut u8 {
        match core::arch::wasm32::memory_grow(0, size / CHUNK) {
            usize::MAX => ptr::null_mut(),
            page => (page * CHUNK) as *mut u8,
        }
    }
}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: Blocks<Pages> = Blocks::new(Pages);

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Memory of the test's own, in pieces that do not follow one another.
    #[derive(Default)]
    struct Pieces(RefCell<Vec<Vec<u128>>>);

    impl Source for &Pieces {
        fn grow(&self, size: usize) -> *mut u8 {
            let mut piece = vec![0u128; size / 16];
            let start = piece.as_mut_ptr().cast();
            self.0.borrow_mut().push(piece);
            start
        }
    }

    #[test]
    fn steps_are_ascending_and_hold_what_they_must() {
        let mut last = (0, 0);
        for size in 0..5000 {
            let (step, held) = step(size);
            assert!(
                held >= size && held % ALIGNMENT == 0 && step < STEPS,
                "{size}"
            );
            assert!(
                (step, held) == last || (step >= last.0 && held >= last.1),
                "{size}"
            );
            last = (step, held);
        }
        assert!(step(u32::MAX as usize / 2).0 < STEPS);
    }

    #[test]
    fn blocks_of_one_step_are_of_one_size() {
        let mut sizes = [0; STEPS];
        for size in 1..5000 {
            let (step, held) = step(size);
            assert!(
                sizes[step] == 0 || sizes[step] == held,
                "{size}: {} {held}",
                sizes[step]
            );
            sizes[step] = held;
        }
    }

    #[test]
    fn blocks_keep_what_is_written_and_memory_is_used_again() {
        let pieces = Pieces::default();
        let blocks = Blocks::new(&pieces);
        let mut held: Vec<(*mut u8, Layout, u8)> = Vec::new();
        let mut random = 1u32;
        let mut next = |below: usize| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) as usize % below
        };
        let mut after_warm_up = 0;
        for round in 0..600 {
            if round == 300 {
                after_warm_up = pieces.0.borrow().len();
            }
            while held.len() > 20 || (round % 10 == 9 && !held.is_empty()) {
                let (block, layout, mark) = held.swap_remove(next(held.len()));
                for place in 0..layout.size() {
                    // SAFETY: the block was allocated with this layout and not given back.
                    assert_eq!(unsafe { block.add(place).read() }, mark);
                }
                // SAFETY: likewise.
                unsafe { blocks.dealloc(block, layout) };
            }
            let layout = Layout::from_size_align(1 + next(40) * (1 + next(40)), 8).unwrap();
            let mark = round as u8;
            // SAFETY: the layout has a size; the block is written within it.
            unsafe {
                let mut block = blocks.alloc(layout);
                assert!(!block.is_null() && (block as usize).is_multiple_of(ALIGNMENT));
                block.write_bytes(mark, layout.size());
                let larger = Layout::from_size_align(layout.size() * 2, 8).unwrap();
                block = blocks.realloc(block, layout, larger.size());
                block.write_bytes(mark, larger.size());
                held.push((block, larger, mark));
            }
        }
        assert!(
            pieces.0.borrow().len() <= after_warm_up + 1,
            "memory grows with use"
        );
        // SAFETY: nothing is allocated by a request that cannot be met.
        assert!(unsafe { blocks.alloc(Layout::from_size_align(64, 4096).unwrap()) }.is_null());
    }
}
