//! The module's allocator: a list of free blocks for each class of sizes.
//!
//! A block is never split or joined, so that memory stays what the busiest moment of each class needed, however many
//! queries follow. New blocks come from the end of memory. The standard library's allocator gives the same in the
//! module for two more kilobytes, compressed.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr;

/// The smallest block, and what every address is a multiple of.
const GRAIN: usize = 16;
/// Classes from one power of two to the next: a block is at most an eighth larger than was asked for.
const STEPS: usize = 8;
const CLASSES: usize = usize::BITS as usize * STEPS;

/// Where memory comes from.
pub(crate) trait Source {
    /// The address of at least so many more bytes, aligned to [`GRAIN`], and how many there are.
    fn more(&self, bytes: usize) -> Option<(*mut u8, usize)>;
}

/// Lists of free blocks over a source of memory.
pub(crate) struct FreeLists<S> {
    source: S,
    state: UnsafeCell<State>,
}

struct State {
    /// The first free block of each class; it holds the address of the next.
    free: [*mut u8; CLASSES],
    /// Memory that no block was cut from so far.
    rest: *mut u8,
    left: usize,
}

// SAFETY: a module without shared memory has one thread.
unsafe impl<S> Sync for FreeLists<S> {}

impl<S: Source> FreeLists<S> {
    pub(crate) const fn new(source: S) -> Self {
        let state = State {
            free: [ptr::null_mut(); CLASSES],
            rest: ptr::null_mut(),
            left: 0,
        };
        FreeLists {
            source,
            state: UnsafeCell::new(state),
        }
    }
}

/// The class of a size, and the size of its blocks.
fn class(size: usize) -> (usize, usize) {
    let size = size.max(GRAIN);
    let power = size.ilog2();
    let step = ((1 << power) / STEPS).max(GRAIN);
    let size = size.next_multiple_of(step);
    let power = size.ilog2();
    let place = ((size - (1 << power)) * STEPS) >> power;
    (power as usize * STEPS + place, size)
}

// SAFETY: blocks do not overlap: each is cut from memory that the source gave once, and is in use or in one list.
unsafe impl<S: Source> GlobalAlloc for FreeLists<S> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Nothing in the module is aligned to more.
        if layout.align() > GRAIN {
            return ptr::null_mut();
        }
        let (class, size) = class(layout.size());
        // SAFETY: one thread, and nothing below comes back here.
        let state = unsafe { &mut *self.state.get() };
        let block = state.free[class];
        if !block.is_null() {
            // SAFETY: a free block holds the address of the next.
            state.free[class] = unsafe { block.cast::<*mut u8>().read() };
            return block;
        }
        if state.left < size {
            let Some((start, bytes)) = self.source.more(size) else {
                return ptr::null_mut();
            };
            if state.rest.wrapping_add(state.left) == start {
                state.left += bytes;
            } else {
                // The first time, or somebody else made memory larger in between.
                (state.rest, state.left) = (start, bytes);
            }
        }
        let block = state.rest;
        state.rest = block.wrapping_add(size);
        state.left -= size;
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let (class, _) = class(layout.size());
        // SAFETY: one thread; the block has room for an address, is aligned for it and is no longer in use.
        unsafe {
            let state = &mut *self.state.get();
            block.cast::<*mut u8>().write(state.free[class]);
            state.free[class] = block;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if class(layout.size()) == class(size) {
            return block;
        }
        // SAFETY: the caller keeps to the contract of `GlobalAlloc::realloc`.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, size.min(layout.size()));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

/// The module's own memory.
#[cfg(target_arch = "wasm32")]
pub(crate) struct Pages;

#[cfg(target_arch = "wasm32")]
impl Source for Pages {
    fn more(&self, bytes: usize) -> Option<(*mut u8, usize)> {
        const PAGE: usize = 65_536;
        let pages = bytes.div_ceil(PAGE);
        let before = core::arch::wasm32::memory_grow(0, pages);
        (before != usize::MAX).then(|| ((before * PAGE) as *mut u8, pages * PAGE))
    }
}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: FreeLists<Pages> = FreeLists::new(Pages);

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    /// Memory of a fixed size, handed out piece by piece.
    struct Arena {
        memory: *mut u8,
        length: usize,
        used: Cell<usize>,
    }

    impl Arena {
        fn new(length: usize) -> Self {
            let layout = Layout::from_size_align(length, GRAIN).unwrap();
            // SAFETY: the size is not 0.
            let memory = unsafe { std::alloc::alloc(layout) };
            Arena {
                memory,
                length,
                used: Cell::new(0),
            }
        }
    }

    impl Drop for Arena {
        fn drop(&mut self) {
            let layout = Layout::from_size_align(self.length, GRAIN).unwrap();
            // SAFETY: allocated with this layout.
            unsafe { std::alloc::dealloc(self.memory, layout) };
        }
    }

    impl Source for Arena {
        fn more(&self, bytes: usize) -> Option<(*mut u8, usize)> {
            let bytes = bytes.next_multiple_of(1024);
            let used = self.used.get();
            (bytes <= self.length - used).then(|| {
                self.used.set(used + bytes);
                (self.memory.wrapping_add(used), bytes)
            })
        }
    }

    #[test]
    fn a_block_is_large_enough_and_not_much_larger() {
        for size in 1..100_000 {
            let (number, block) = class(size);
            assert!(block >= size && block - size <= GRAIN.max(size / STEPS + 1));
            assert_eq!(block % GRAIN, 0);
            assert_eq!(class(block), (number, block), "{size}");
            assert!(number <= class(size + 1).0 && number < CLASSES);
        }
    }

    #[test]
    fn blocks_keep_what_is_in_them_and_memory_stays_constant() {
        let heap = FreeLists::new(Arena::new(1 << 20));
        let layout = |size| Layout::from_size_align(size, 8).unwrap();
        let mut after_first_round = 0;
        for round in 0..20 {
            let mut blocks: Vec<(*mut u8, usize)> = Vec::new();
            let mut random = 1u32;
            for number in 0..200u8 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let (size, grown) = ((random >> 24) as usize + 1, (random >> 20) as usize + 1);
                // SAFETY: sizes are not 0; a block is written and read within its size, and freed once.
                unsafe {
                    let block = heap.alloc(layout(size));
                    block.write_bytes(number, size);
                    let block = heap.realloc(block, layout(size), grown);
                    assert_eq!(*block.add(size.min(grown) - 1), number);
                    block.write_bytes(number, grown);
                    blocks.push((block, grown));
                    if number % 3 == 0 {
                        let (block, size) = blocks.swap_remove(blocks.len() / 2);
                        heap.dealloc(block, layout(size));
                    }
                }
            }
            for (block, size) in blocks {
                // SAFETY: as above.
                unsafe {
                    assert_eq!(*block, *block.add(size - 1));
                    heap.dealloc(block, layout(size));
                }
            }
            if round == 0 {
                after_first_round = heap.source.used.get();
            }
        }
        assert_eq!(heap.source.used.get(), after_first_round);
    }

    #[test]
    fn exhausted_memory_is_no_block() {
        let heap = FreeLists::new(Arena::new(4096));
        let layout = Layout::from_size_align(5000, 8).unwrap();
        // SAFETY: the size is not 0.
        assert!(unsafe { heap.alloc(layout) }.is_null());
    }
}
