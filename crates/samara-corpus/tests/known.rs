//! A build whose cache knows most documents comes to the same as one that knows none, whatever has changed, and does not read what has
//! not.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use samara_corpus::{Key, Options, Outcome, Reading, Report};
use samara_engine::{Document, Section};

/// Numbers in an order that nothing foretells.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed >> 33) as usize % limit
    }
}

/// Pages of an edition, at the most.
const PAGES: usize = 15;

/// A page of a site whose titles, lines and descriptions are shared by some pages and not by others, of which some are nearly the
/// same.
fn page(dice: &mut Dice) -> String {
    let one = |dice: &mut Dice, of: &[&str]| of[dice.below(of.len())].to_owned();
    let site = one(dice, &["", " | Lamps", " - The Handbook", " | Lamps"]);
    let names = ["Oil", "Wicks", "Fog", "Fog: a history", "Overview", ""];
    let name = one(dice, &names);
    let description = one(dice, &["", "All about lamps", "All about wicks"]);
    let story = |seed: usize| -> String {
        let words = (0..60).map(|n| format!("w{} ", (n * n + seed * (n + 7)) % 401));
        words.collect()
    };
    let seed = dice.below(6);
    let text = match dice.below(4) {
        0 => story(seed).replacen("w1", "other", 1),
        1 => format!("{} {}", story(seed), story(dice.below(50))),
        _ => story(seed),
    };
    let headings = [
        "<h1>Oil</h1>",
        "<h1>The Handbook</h1>",
        "",
        "<h2 id=b>Fog</h2>",
    ];
    let heading = one(dice, &headings);
    let line = one(
        dice,
        &[
            "Lamps of all kinds",
            "Wicks of all kinds",
            "Oil of all kinds",
        ],
    );
    let last = match dice.below(10) {
        0 => "Another last line",
        _ => "Last line of most pages",
    };
    // How links are written tells at which addresses pages are.
    let ending = one(dice, &["", "", ".html"]);
    let link = format!("<a href='/v1/{:02}{ending}'>On</a>", dice.below(PAGES));
    let html = one(dice, &["<main>", "<main>", "<article>", "<body>"]);
    format!(
        "<html lang=en><title>{name}{site}</title><meta name=description content='{description}'>{html}\
         {heading}<p>{text}{link}</p><p>{line}</p><p>{last}</p>"
    )
}

/// Changes something of a site with so many editions.
fn change(site: &Path, editions: usize, dice: &mut Dice) {
    let folder = ["v1/", "v2/", ""][dice.below(editions)];
    let path = site.join(format!("{folder}{:02}.html", dice.below(PAGES)));
    if path.exists() && dice.below(3) == 0 {
        fs::remove_file(path).unwrap();
    } else {
        fs::write(path, page(dice)).unwrap();
    }
}

/// Texts by the keys of their documents; the bytes that are handed over say where.
type Texts = Mutex<HashMap<Key, Vec<Section>>>;
type Made = (Vec<(Document, Outcome)>, Report);

/// What a corpus comes to, of which texts that are known are not made again.
fn made(reading: Reading, options: &Options, texts: &Texts, known: &AtomicUsize) -> Made {
    let documents = RefCell::new(Vec::new());
    let text = |key: &Key| {
        texts
            .lock()
            .unwrap()
            .contains_key(key)
            .then(|| key.to_vec())
    };
    let (report, _) = reading
        .documents_but(options, Some(&text), &mut |made| {
            let mut document = made.document;
            if let Some(key) = made.text {
                known.fetch_add(1, Ordering::Relaxed);
                let key: Key = key.try_into().unwrap();
                let sections = texts.lock().unwrap()[&key].clone();
                assert!(document.sections.is_empty(), "made again");
                document.sections = sections;
            } else if let Some(key) = made.key {
                let sections = document.sections.clone();
                texts.lock().unwrap().insert(key, sections);
            }
            let mut outcome = made.outcome;
            outcome.dropped.clear();
            documents.borrow_mut().push((document, outcome));
        })
        .unwrap();
    (documents.into_inner(), report)
}

#[test]
fn whatever_changes_what_is_known_makes_the_same_documents() {
    let (known, none) = (AtomicUsize::new(0), AtomicUsize::new(0));
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let folder = tempfile::tempdir().unwrap();
        let (site, cache) = (folder.path().join("site"), folder.path().join("cache"));
        for version in ["v1", "v2"] {
            fs::create_dir_all(site.join(version)).unwrap();
        }
        (0..50).for_each(|_| change(&site, 1 + seed as usize % 3, &mut dice));
        let paths = [site.clone()];
        let mut options = Options {
            cache: Some(cache.clone()),
            ..Options::default()
        };
        let texts = Mutex::new(HashMap::new());
        for build in 0..14 {
            // Another cache knows which numbers documents had, and nothing else.
            let other = tempfile::tempdir().unwrap();
            let fresh = Options {
                cache: Some(other.path().to_owned()),
                ..options.clone()
            };
            for entry in fs::read_dir(&cache).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|of| of == "order") {
                    fs::copy(&path, other.path().join(path.file_name().unwrap())).unwrap();
                }
            }
            let reading = |options| Reading::of(&paths, options, None, &|_, _| {}).unwrap();
            let (documents, report) = made(reading(&options), &options, &texts, &known);
            let (expected, expected_report) =
                made(reading(&fresh), &fresh, &Mutex::default(), &none);
            assert_eq!(documents, expected, "build {build} of {seed}");
            assert_eq!(report.warnings, expected_report.warnings);
            assert_eq!(report.to_string(), expected_report.to_string());
            match build {
                5 => options.drop = vec!["Oil of all kinds".to_owned(), "No such line".to_owned()],
                7 => options.drop.clear(),
                9 => options.exclude_selectors = vec!["h2".to_owned(), ".none".to_owned()],
                _ => (0..dice.below(6)).for_each(|_| change(&site, 3, &mut dice)),
            }
        }
    }
    assert_eq!(none.into_inner(), 0);
    assert!(known.into_inner() > 500, "hardly anything was known");
}

/// Bytes that this thread has read so far.
#[cfg(target_os = "linux")]
fn bytes_read() -> Option<usize> {
    let told = fs::read_to_string("/proc/thread-self/io").ok()?;
    let read = told.lines().find_map(|line| line.strip_prefix("rchar: "))?;
    read.parse().ok()
}

#[cfg(target_os = "linux")]
#[test]
fn old_files_that_have_not_changed_are_not_read_and_all_others_are() {
    const LENGTH: usize = 1 << 20;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join("site").join(name);
    let page = |text: &str| {
        let comment = "x".repeat(LENGTH);
        format!("<title>Lamps</title><main><p>{text}</p></main><!--{comment}-->")
    };
    let lines = |text: &str| {
        format!(
            "{{\"title\": \"Oil\", \"body\": \"{text}\"}}{}\n",
            " ".repeat(LENGTH)
        )
    };
    fs::create_dir(folder.path().join("site")).unwrap();
    fs::write(path("lamp.html"), page("A lamp.")).unwrap();
    fs::write(path("wick.html"), page("A wick.")).unwrap();
    fs::write(folder.path().join("oil.jsonl"), lines("Some oil.")).unwrap();
    let paths = [folder.path().join("site"), folder.path().join("oil.jsonl")];
    let options = Options {
        cache: Some(folder.path().join("cache")),
        // This one.
        threads: std::num::NonZeroUsize::new(1),
        ..Options::default()
    };
    // What a build makes of them, and how many of them it has read.
    let build = || {
        let before = bytes_read();
        let reading = Reading::of(&paths, &options, None, &|_, _| {}).unwrap();
        let read = bytes_read()
            .zip(before)
            .map(|(now, before)| (now - before) / LENGTH);
        let mut texts = Vec::new();
        let each = &mut |document: Document, _: Outcome| texts.push(document.plain_text());
        reading.documents(&options, each).unwrap();
        texts.sort();
        let texts: Vec<&str> = texts
            .iter()
            .filter_map(|text| text.lines().last())
            .collect();
        (texts.join(" "), read)
    };
    let check = |built: (String, Option<usize>), expected: &str, read: usize| {
        // Not every system counts.
        assert_eq!(built, (expected.to_owned(), built.1.and(Some(read))));
    };
    assert_eq!(build().0, "A lamp. A wick. Some oil.");
    std::thread::sleep(std::time::Duration::from_millis(2050));
    check(build(), "A lamp. A wick. Some oil.", 3);
    check(build(), "A lamp. A wick. Some oil.", 0);
    fs::remove_dir_all(folder.path().join("cache")).unwrap();
    assert_eq!(build().0, "A lamp. A wick. Some oil.");
    check(build(), "A lamp. A wick. Some oil.", 0);

    let modified = |name: &str| fs::metadata(path(name)).unwrap().modified().unwrap();
    let set_modified = |name: &str, time| {
        let file = fs::File::options().write(true).open(path(name)).unwrap();
        file.set_modified(time).unwrap();
    };
    let time = modified("lamp.html");
    fs::write(path("lamp.html"), page("A lump.")).unwrap();
    set_modified("lamp.html", time);
    check(build(), "A lump. A wick. Some oil.", 1);
    let time = modified("wick.html");
    fs::write(path("other"), page("A wink.")).unwrap();
    set_modified("other", time);
    fs::rename(path("other"), path("wick.html")).unwrap();
    // The one before may be too young to be known.
    assert_eq!(build().0, "A lump. A wink. Some oil.");
    fs::write(&paths[1], lines("More oil.")).unwrap();
    assert_eq!(build().0, "A lump. A wink. More oil.");
}
