//! The module's memory, given out in *regions* (Tofte and Talpin, "Region-based memory management", 1997).
//!
//! A block begins where the last one ended, and nothing is given back by itself. What a call into the module asks
//! for, it gives back as a whole when it ends ([`region`]); what the opened index holds, it holds as long as the module
//! lives. So memory stays what the busiest call needed, however many follow, and no time goes into keeping books.
//! Freeing nothing by itself also spares the module all code that takes structures apart: 2 kB of it, compressed,
//! measured against lists of free blocks.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr;

/// Where memory comes from.
pub(crate) trait Source {
    /// The address of at least so many more bytes, and how many there are.
    fn more(&self, bytes: usize) -> Option<(*mut u8, usize)>;
}

/// Memory given out from front to back.
pub(crate) struct Regions<S> {
    source: S,
    state: UnsafeCell<State>,
}

#[derive(Clone, Copy)]
struct State {
    /// Where the memory that the source gave in one piece begins.
    start: *mut u8,
    /// Where the next block may begin.
    next: *mut u8,
    /// Bytes from there to the end of the piece.
    left: usize,
    /// Where the region at work begins; nowhere where there is none, and where its memory has to stay.
    region: *mut u8,
}

// SAFETY: a module without shared memory has one thread.
unsafe impl<S> Sync for Regions<S> {}

impl<S: Source> Regions<S> {
    pub(crate) const fn new(source: S) -> Self {
        let state = State {
            start: ptr::null_mut(),
            next: ptr::null_mut(),
            left: 0,
            region: ptr::null_mut(),
        };
        Regions {
            source,
            state: UnsafeCell::new(state),
        }
    }

    /// Makes sure that so many bytes are left in one piece; false where there are no more.
    fn reserve(&self, state: &mut State, bytes: usize) -> bool {
        while state.left < bytes {
            let Some((start, more)) = self.source.more(bytes - state.left) else {
                return false;
            };
            if state.next.wrapping_add(state.left) == start {
                state.left += more;
            } else {
                // The first time, or somebody else made memory larger in between.
                (state.start, state.next, state.left) = (start, start, more);
            }
        }
        true
    }

    /// Does `work` and takes back all memory that it asked for, unless a block from before it grew: then it may
    /// lie in that memory, and all stays.
    ///
    /// # Safety
    /// Nothing new that `work` allocates is used afterwards, and `work` begins no region.
    pub(crate) unsafe fn region<T>(&self, work: impl FnOnce() -> T) -> T {
        // SAFETY: one thread, and what is borrowed is given back before `work` begins.
        let before = unsafe {
            let state = &mut *self.state.get();
            state.region = state.next;
            *state
        };
        let result = work();
        // SAFETY: as above, and `work` is over.
        let state = unsafe { &mut *self.state.get() };
        if state.region.is_null() {
            return result;
        }
        state.region = ptr::null_mut();
        // If the source went on elsewhere, it did so for `work`, and all of the new piece is free.
        let free = if state.start == before.start {
            before.next
        } else {
            state.start
        };
        state.left += state.next as usize - free as usize;
        state.next = free;
        result
    }
}

impl<S: Source> Regions<S> {
    /// Makes `bytes`, which the last region left behind, the next block; nowhere where there is no more memory.
    ///
    /// # Safety
    /// Nobody has asked for memory since that region.
    unsafe fn keep(&self, bytes: &[u8]) -> *mut u8 {
        // SAFETY: the alignment is a power of two. What the region gave back is as it was until somebody writes into it,
        // which is this copy; and both ends of it may overlap.
        unsafe {
            let block = self.alloc(Layout::for_value(bytes));
            if !block.is_null() {
                block.copy_from(bytes.as_ptr(), bytes.len());
            }
            block
        }
    }
}

// SAFETY: blocks in use do not overlap: each lies behind the last one, in memory that the source gave once.
unsafe impl<S: Source> GlobalAlloc for Regions<S> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: one thread, and nothing below comes back here.
        let state = unsafe { &mut *self.state.get() };
        if !self.reserve(state, layout.size() + layout.align()) {
            return ptr::null_mut();
        }
        let gap = (state.next as usize).wrapping_neg() % layout.align();
        let block = state.next.wrapping_add(gap);
        state.next = block.wrapping_add(layout.size());
        state.left -= gap + layout.size();
        block
    }

    #[inline(always)]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let Some(more) = size.checked_sub(layout.size()) else {
            return block;
        };
        // SAFETY: one thread, and nothing below comes back here.
        let state = unsafe { &mut *self.state.get() };
        if block < state.region {
            state.region = ptr::null_mut();
        }
        // The last block grows where it is, unless what the source gives lies elsewhere.
        let end = block.wrapping_add(layout.size());
        let is_last = end == state.next;
        if is_last && self.reserve(state, more) && end == state.next {
            state.next = end.wrapping_add(more);
            state.left -= more;
            return block;
        }
        // SAFETY: the caller keeps to the contract of `GlobalAlloc::realloc`, so the new size fits the alignment;
        // the new block overlaps nothing that is in use.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, layout.size());
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
static ALLOCATOR: Regions<Pages> = Regions::new(Pages);

/// Has wasm-bindgen make its list of places for values of JavaScript before there is a region. It grows when many are in
/// use at a time, and by a place whenever JavaScript throws.
pub(crate) fn prepare() {
    drop(wasm_bindgen::JsValue::from(0));
}

/// Makes a value of JavaScript, and takes back all memory that this took. The value itself lies on the side of
/// JavaScript; here, its result is a number.
///
/// # Safety
/// [`prepare`] was called before. Beside its result, `work` leaves nothing new behind that it allocated, and it begins
/// no region.
pub(crate) unsafe fn region<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(target_arch = "wasm32")]
    // SAFETY: what the caller promises.
    return unsafe { ALLOCATOR.region(work) };
    #[cfg(not(target_arch = "wasm32"))]
    work()
}

/// Does `work` and takes back all memory that this took but that of the bytes that it returns.
///
/// # Safety
/// As for [`region`].
pub(crate) unsafe fn region_of(work: &mut dyn FnMut() -> Vec<u8>) -> Vec<u8> {
    // SAFETY: what the caller promises.
    let bytes = unsafe { region(work) };
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the region is over just now. The block is one of the global allocator's, as long as it says; what was its
    // owner before forgets it.
    unsafe {
        let block = ALLOCATOR.keep(&bytes);
        let length = bytes.len();
        if !block.is_null() {
            core::mem::forget(bytes);
            return Vec::from_raw_parts(block, length, length);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    const LENGTH: usize = 1 << 20;

    /// Memory of a fixed size, handed out piece by piece; a gap of some pieces lies between two of them.
    struct Arena {
        memory: *mut u8,
        used: Cell<usize>,
        gap_at: usize,
    }

    impl Arena {
        fn new(gap_at: usize) -> Self {
            // SAFETY: the size is not 0.
            let memory = unsafe { std::alloc::alloc(Self::layout()) };
            Arena {
                memory,
                used: Cell::new(0),
                gap_at,
            }
        }

        fn layout() -> Layout {
            Layout::from_size_align(LENGTH, 16).unwrap()
        }
    }

    impl Drop for Arena {
        fn drop(&mut self) {
            // SAFETY: allocated with this layout.
            unsafe { std::alloc::dealloc(self.memory, Self::layout()) };
        }
    }

    impl Source for Arena {
        fn more(&self, bytes: usize) -> Option<(*mut u8, usize)> {
            let bytes = bytes.next_multiple_of(1024);
            let mut used = self.used.get();
            if used == self.gap_at {
                used += 4096;
            }
            (bytes <= LENGTH - used).then(|| {
                self.used.set(used + bytes);
                (self.memory.wrapping_add(used), bytes)
            })
        }
    }

    /// Allocates, fills and grows blocks of many sizes, and looks whether each keeps what was written into it.
    fn work(heap: &Regions<Arena>, blocks: u8) {
        let mut random = 1u32;
        let mut live: Vec<(*mut u8, usize)> = Vec::new();
        for number in 0..blocks {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (size, grown) = ((random >> 24) as usize + 1, (random >> 20) as usize + 1);
            let layout = Layout::from_size_align(size, 1 << (random >> 18 & 3)).unwrap();
            // SAFETY: sizes are not 0, and a block is written and read within its size.
            unsafe {
                let block = heap.alloc(layout);
                assert_eq!(block as usize % layout.align(), 0);
                block.write_bytes(number, size);
                if let (Some((other, length)), 0) = (live.last_mut(), number % 3) {
                    // The one before: it is not the last block, and has to move.
                    let layout = Layout::from_size_align(*length, 1).unwrap();
                    *other = heap.realloc(*other, layout, *length + 7);
                    other.add(*length).write_bytes(number - 1, 7);
                    *length += 7;
                }
                let block = heap.realloc(block, layout, grown);
                assert_eq!(*block.add(size.min(grown) - 1), number);
                block.write_bytes(number, grown);
                live.push((block, grown));
            }
        }
        for (number, (block, size)) in live.into_iter().enumerate() {
            // SAFETY: as above.
            let bytes = unsafe { core::slice::from_raw_parts(block, size) };
            assert!(bytes.iter().all(|&byte| usize::from(byte) == number));
        }
    }

    #[test]
    fn blocks_keep_what_is_in_them_and_memory_stays_constant() {
        for gap_at in [0, 2048, 8192, usize::MAX] {
            let heap = Regions::new(Arena::new(gap_at));
            work(&heap, 10);
            // SAFETY: nothing of the work is left.
            let round = |blocks| unsafe { heap.region(|| work(&heap, blocks)) };
            // Miri takes a thousand times as long.
            let (most, rounds) = if cfg!(miri) { (20, 2) } else { (100, 20) };
            round(most);
            let used = heap.source.used.get();
            for _ in 0..rounds {
                round(most / 2);
                round(most);
            }
            assert!(heap.source.used.get() <= used + 4096, "gap at {gap_at}");
        }
    }

    #[test]
    fn what_was_there_before_a_region_outlives_it() {
        let heap = Regions::new(Arena::new(usize::MAX));
        let layout = Layout::from_size_align(100, 4).unwrap();
        // SAFETY: the size is not 0, the block is used within it, and nothing of the work is left.
        unsafe {
            let kept = heap.alloc(layout);
            kept.write_bytes(7, 100);
            let inside = heap.region(|| heap.alloc(layout));
            inside.write_bytes(9, 100);
            assert_eq!(heap.alloc(layout), inside);
            assert!((0..100).all(|at| *kept.add(at) == 7));
        }
    }

    #[test]
    fn bytes_of_a_region_may_be_kept() {
        let heap = Regions::new(Arena::new(usize::MAX));
        let layout = |size| Layout::from_size_align(size, 4).unwrap();
        // SAFETY: sizes are not 0, blocks are used within them, and of the work only the bytes are kept.
        unsafe {
            let old = heap.alloc(layout(100));
            let bytes = heap.region(|| {
                heap.alloc(layout(60));
                let bytes = heap.alloc(layout(100));
                for place in 0..100 {
                    bytes.add(place).write(place as u8);
                }
                core::slice::from_raw_parts(bytes, 100)
            });
            let kept = heap.keep(bytes);
            assert!(kept < bytes.as_ptr().cast_mut() && kept >= old.add(100));
            let next = heap.alloc(layout(100));
            next.write_bytes(200, 100);
            assert!((0..100).all(|place| *kept.add(place) == place as u8));
        }
    }

    #[test]
    fn what_was_there_before_a_region_may_grow_in_it() {
        let heap = Regions::new(Arena::new(usize::MAX));
        let layout = Layout::from_size_align(100, 4).unwrap();
        // SAFETY: sizes are not 0, blocks are used within them, and nothing new of the work is left.
        unsafe {
            let old = heap.alloc(layout);
            old.write_bytes(7, 100);
            let last = heap.alloc(layout);
            let grown = heap.region(|| {
                heap.alloc(layout);
                heap.realloc(old, layout, 200)
            });
            let next = heap.region(|| heap.alloc(layout));
            next.write_bytes(9, 100);
            assert!(next > grown && grown > last);
            assert!((0..100).all(|at| *grown.add(at) == 7));
        }
    }

    #[test]
    fn the_last_block_before_a_region_may_grow_in_it() {
        let heap = Regions::new(Arena::new(usize::MAX));
        let layout = Layout::from_size_align(100, 4).unwrap();
        // SAFETY: as above.
        unsafe {
            let old = heap.alloc(layout);
            let grown = heap.region(|| heap.realloc(old, layout, 200));
            grown.write_bytes(7, 200);
            let next = heap.region(|| heap.alloc(layout));
            next.write_bytes(9, 100);
            assert!((0..200).all(|at| *grown.add(at) == 7));
        }
    }

    #[test]
    fn exhausted_memory_is_no_block() {
        let heap = Regions::new(Arena::new(usize::MAX));
        let layout = Layout::from_size_align(LENGTH + 1, 8).unwrap();
        // SAFETY: the size is not 0.
        assert!(unsafe { heap.alloc(layout) }.is_null());
    }
}
