//! What reading takes of memory at most, counted where it is asked for.

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use samara_corpus::{Options, read};

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed on as it came; only its size is counted.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller's promise is the system's condition.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    // Large pieces grow where they are.
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        let now = NOW.fetch_add(size, Ordering::Relaxed) + size;
        MOST.fetch_max(now, Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most that reading a file takes, in bytes.
fn peak(name: &str, content: &[u8]) -> (usize, usize) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("the file is written");
    let before = NOW.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let corpus = read(&[path], &Options::default()).expect("the corpus is read");
    let most = MOST.load(Ordering::Relaxed) - before;
    (most, corpus.documents.len())
}

// One test, since other threads' memory would be counted, too.
#[test]
fn many_small_documents_take_a_kilobyte_each() {
    const ENTRIES: usize = 20_000;
    let mut lines = String::new();
    for n in 0..ENTRIES {
        writeln!(
            lines,
            "{{\"title\":\"Lamp {n}\",\"text\":\"Lamp {n} was lit {} times.\"}}",
            n * 7
        )
        .expect("a string takes all");
    }
    let (most, documents) = peak("lamps.jsonl", lines.as_bytes());
    assert_eq!(documents, ENTRIES);
    // 250,000 of them stay below 300 MB.
    assert!(most < ENTRIES * 1150, "{} bytes an entry", most / ENTRIES);
    let long = "word ".repeat(400);
    let few: String = (0..500)
        .map(|n| format!("{{\"text\":\"{n} {long}\"}}\n"))
        .collect();
    let (most, _) = peak("long.jsonl", few.as_bytes());
    assert!(most < few.len() * 2, "{most} bytes for {}", few.len());
}
