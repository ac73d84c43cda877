//! Queries leave nothing behind: however many were asked, the memory in use is that of the opened index.
//!
//! `cargo test` asks some thousands. A million take about a minute where the code is optimised:
//! `SAMARA_SOAK=1000000 cargo test --release --package samara-engine --test soak`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Mutex;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};

use samara_engine::{Document, Index, IndexWriter, Options, Searcher, Section, Sort, Unicode};

/// Counts the bytes in use.
struct Counting;

static IN_USE: AtomicIsize = AtomicIsize::new(0);
static MOST: AtomicIsize = AtomicIsize::new(0);
static CALLS: AtomicUsize = AtomicUsize::new(0);

fn add(bytes: isize) {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let now = IN_USE.fetch_add(bytes, Ordering::Relaxed) + bytes;
    MOST.fetch_max(now, Ordering::Relaxed);
}

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size() as isize);
        // SAFETY: as this function's own.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        add(-(layout.size() as isize));
        // SAFETY: as this function's own.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn corpus() -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds");
    let mut writer = IndexWriter::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for (number, path) in paths.into_iter().enumerate() {
        let text = std::fs::read_to_string(&path).unwrap();
        writer.add(Document {
            id: number.to_string(),
            title: text.lines().next().unwrap_or_default().to_owned(),
            language: Some("en".into()),
            sections: vec![Section {
                text,
                ..Section::default()
            }],
            meta: [("source".to_owned(), vec![format!("Wire {}", number % 2)])].into(),
            ..Document::default()
        });
    }
    writer.finish().unwrap()
}

const QUERIES: [&str; 16] = [
    "wang",
    "blinken talks",
    "b",
    "sta",
    "the of and",
    "washingtno",
    "secratary of sta",
    "\"state department\"",
    "\"of the\"",
    "+xi -jakarta \"san francisco\" OR asean",
    "title:blinken source:wire",
    "date:2023 meeting",
    "nosuchword",
    "data base foreignminister",
    "\" - + OR !!! 王毅 \0",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
];

/// So many numbers in a row meet every query with every option.
const ROUND: usize = QUERIES.len() * 12 * 7 * 5;

/// One test counts at a time.
static COUNTED: Mutex<()> = Mutex::new(());

#[test]
fn a_long_document_is_not_copied_for_its_passage() {
    let _counted = COUNTED.lock();
    const WORDS: usize = 200_000;
    let mut writer = IndexWriter::new();
    let text: Vec<String> = (0..WORDS).map(|n| format!("word{}", n % 97)).collect();
    writer.add(Document {
        id: "long".into(),
        sections: vec![Section {
            text: format!("{} needle.", text.join(" ")),
            ..Section::default()
        }],
        ..Document::default()
    });
    let bytes = writer.finish().unwrap();
    let index = Index::open(&bytes).unwrap();
    let before = IN_USE.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let answer = Searcher::new(&index, &Unicode).search("needle ", &Options::default());
    let most = MOST.load(Ordering::Relaxed) - before;
    assert!(answer.hits[0].snippet.text.contains("needle"));
    assert!(most < 2 * WORDS as isize, "{most} bytes");
}

#[test]
fn a_million_queries_leave_nothing_behind() {
    let queries: usize = std::env::var("SAMARA_SOAK").map_or(1_500, |number| {
        number.parse().expect("SAMARA_SOAK is a number of queries")
    });
    let _counted = COUNTED.lock();
    let bytes = corpus();
    // A host may give back what opening takes in a region: by then nothing there is in use but its bytes.
    let regions = Cell::new(0);
    let index = Index::open_in(&bytes, &|work| {
        let before = IN_USE.load(Ordering::Relaxed);
        let bytes = work();
        assert_eq!(
            IN_USE.load(Ordering::Relaxed),
            before + bytes.capacity() as isize
        );
        regions.set(regions.get() + 1);
        bytes
    })
    .unwrap();
    assert!(regions.get() > 0);
    let ask = |number: usize| {
        let options = Options {
            limit: number % 12,
            sort: number
                .is_multiple_of(7)
                .then(|| Sort::parse("title"))
                .flatten(),
            explain: number.is_multiple_of(5),
            ..Options::default()
        };
        let query = QUERIES[number % QUERIES.len()];
        let answer = Searcher::new(&index, &Unicode).search(query, &options);
        assert!(answer.hits.len() <= options.limit);
        if number.is_multiple_of(16) {
            let _ = Searcher::new(&index, &Unicode).suggest(query, 5);
            let _ = Searcher::new(&index, &Unicode).similar("1", 3);
        }
    };
    // What is to be allocated once is.
    (0..ROUND.min(queries / 4)).for_each(ask);
    let (before, calls) = (
        IN_USE.load(Ordering::Relaxed),
        CALLS.load(Ordering::Relaxed),
    );
    MOST.store(before, Ordering::Relaxed);
    for number in 0..queries {
        ask(number);
        let now = IN_USE.load(Ordering::Relaxed);
        assert_eq!(now, before, "after {number} queries");
    }
    let most = MOST.load(Ordering::Relaxed) - before;
    let calls = CALLS.load(Ordering::Relaxed) - calls;
    println!(
        "{queries} queries, {calls} calls of the allocator, {before} bytes in use, {most} more at most"
    );
    assert!(calls > queries, "the allocator is not counted");
    // What a query works in is a matter of this small index, not of what is typed.
    assert!(most < 1 << 20, "{most}");
}
