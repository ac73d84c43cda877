//! Parts that several machines read, and the bundle that they make.

use crate::case::Case;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A site in which everything happens that only all pages together tell: a line on every page, the site's name in titles, two
/// equal pages, versions, an address and an identifier that are used twice, links, files that are skipped.
fn site() -> Case {
    let case = Case::empty();
    for folder in ["site/v1", "site/v2"] {
        fs::create_dir_all(case.path(folder)).unwrap();
    }
    let page = |name: &str, title: &str, text: &str| {
        let html = format!(
            "<html lang=en><head><title>{title} | The Lamp House</title></head><body><nav><a href=\"/v1/a.html\">A</a>\
             <a href=\"b.html\">B</a></nav><main><h1>{title}</h1><p>{text}</p><p>Was this page any good to you?</p>\
             </main></body></html>"
        );
        fs::write(case.path("site").join(name), html).unwrap();
    };
    let long = |seed: usize| -> String {
        let words = (0..120).map(|n| format!("word{} ", (n * n + seed * (n + 7)) % 1009));
        words.collect::<String>() + "ends here."
    };
    for number in 0..9 {
        page(
            &format!("{number}.html"),
            &format!("Lamp {number}"),
            &long(number),
        );
    }
    page("v1/a.html", "Wicks", &long(40));
    page("v2/a.html", "Wicks", &long(40));
    page("v2/b.html", "Oil", &long(3));
    page("copy.html", "Lamp 3", &long(3));
    fs::write(case.path("site/empty.html"), "").unwrap();
    fs::write(case.path("site/picture.png"), [0, 1, 2]).unwrap();
    let entries: String = (0..6)
        .map(|n| {
            format!(
                "{{\"id\": \"{}\", \"title\": \"Entry {n}\", \"text\": \"{}\"}}\n",
                n % 4,
                long(60 + n)
            )
        })
        .collect();
    fs::write(case.path("entries.jsonl"), entries).unwrap();
    case
}

const PATHS: &str = "site entries.jsonl";

/// All files beneath a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            let below = files(&entry.path()).into_iter();
            found.extend(below.map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// Reads so many parts of the site into `1.part` and so on; their names, the last one first.
fn read(case: &Case, of: u32, options: &str) -> String {
    let names = (1..=of).rev().map(|part| {
        case.done(&format!(
            "build {PATHS} --part {part}/{of} -o {part}.part -q {options}"
        ));
        format!("{part}.part ")
    });
    names.collect()
}

#[test]
fn parts_make_the_bundle_that_one_build_makes() {
    let case = site();
    for layout in ["embedded", "split"] {
        let options = format!("--layout {layout} --account told.jsonl");
        let one = case.done(&format!("build {PATHS} -o one {options}")).said;
        let expected = (
            files(&case.path("one")),
            fs::read(case.path("told.jsonl")).unwrap(),
        );
        assert!(
            one.contains("near-duplicates") && one.contains("repeated-across-pages"),
            "{one}"
        );
        for of in [1, 3, 7, 20] {
            let parts = read(&case, of, "--account told.jsonl");
            let merged = case
                .done(&format!("merge {parts} -o merged {options}"))
                .said;
            let made = (
                files(&case.path("merged")),
                fs::read(case.path("told.jsonl")).unwrap(),
            );
            assert!(made == expected, "{layout}, {of} parts");
            // What is said is the same, but for the folder and the time in the first line that differs.
            let lines = |said: &str| -> Vec<String> {
                let lines = said.lines().filter(|line| !line.contains(" into "));
                lines.map(str::to_owned).collect()
            };
            assert_eq!(lines(&merged), lines(&one));
            fs::remove_dir_all(case.path("merged")).unwrap();
        }
        fs::remove_dir_all(case.path("one")).unwrap();
    }
}

#[test]
fn a_part_is_the_same_whatever_it_takes_to_read_it() {
    let case = site();
    let part = |options: &str| {
        case.done(&format!("build {PATHS} --part 2/3 -o 2.part -q {options}"));
        fs::read(case.path("2.part")).unwrap()
    };
    let expected = part("");
    for options in ["--threads 1", "--memory 0", "--cache kept", "--cache kept"] {
        assert!(part(options) == expected, "{options}");
    }
}

#[test]
fn parts_that_do_not_fit_are_refused_by_name() {
    let case = site();
    read(&case, 3, "");
    let refused = |call: &str, expected: &str| {
        let ended = case.run(call);
        assert!(
            ended.code != 0 && ended.said.contains(expected),
            "{call}: {}",
            ended.said
        );
        assert!(!case.path("out").exists(), "{call}");
    };
    refused("merge 1.part 3.part -o out", "missing: part 2");
    refused("merge 4.part -o out", "no such file or folder");
    refused(
        "merge 1.part 2.part 3.part 2.part -o out",
        "2.part: the same part as 2.part",
    );
    refused(
        "merge 1.part 2.part 3.part -o out --root-selector main",
        "read with other options",
    );
    refused(
        "merge 1.part entries.jsonl 3.part -o out",
        "entries.jsonl: no part of a build",
    );
    refused("merge 1.part none.part -o out", "none.part");
    refused("build site --part 0/3 -o a.part", "from 1, such as 3/16");
    refused("build site --part 4/3 -o a.part", "from 1, such as 3/16");
    refused("build site --part 1/3", "say which file the part goes into");
    refused(
        "build site --part 1/3 -o entries.jsonl",
        "Samara did not write this",
    );
    refused("build site --part 1/3 -o site", "Samara did not write this");

    let whole = fs::read(case.path("2.part")).unwrap();
    for at in [9, 40, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(case.path("2.part"), &damaged).unwrap();
        refused("merge 1.part 2.part 3.part -o out", "2.part: ");
        fs::write(case.path("2.part"), &whole[..at]).unwrap();
        refused("merge 1.part 2.part 3.part -o out", "2.part: damaged");
    }
    // A page more, and it is another corpus.
    fs::write(case.path("site/new.html"), "<main><p>New.</p></main>").unwrap();
    case.done(&format!("build {PATHS} --part 2/3 -o 2.part -q"));
    refused(
        "merge 1.part 2.part 3.part -o out",
        "2.part: read from other files than 1.part",
    );
}

#[test]
fn what_goes_beyond_the_memory_makes_the_same_bundle() {
    let case = site();
    for layout in ["embedded", "split"] {
        case.done(&format!("build {PATHS} -o {layout} -q --layout {layout}"));
        let expected = files(&case.path(layout));
        // Nothing fits, a little, and all but what grows beside the pages.
        for memory in ["0", "8kB", "80kB"] {
            let options = format!("-q --layout {layout} --memory {memory}");
            case.done(&format!("build {PATHS} -o other {options}"));
            let other = files(&case.path("other"));
            assert!(other == expected, "{layout}, {memory}");
            fs::remove_dir_all(case.path("other")).unwrap();
        }
    }
}

#[test]
#[cfg(unix)]
fn where_nothing_can_be_laid_aside_a_build_says_what_to_do() {
    let case = site().with("TMPDIR", "nowhere");
    // Pages go first; with more memory, what they come to; with still more, blocks.
    let pages = "pages cannot be kept";
    let (index, file) = ("not hold in memory", "a temporary file");
    for (memory, what, what_not) in [
        ("0", pages, file),
        ("210kB", index, pages),
        ("280kB", file, index),
    ] {
        let ended = case.run(&format!(
            "build {PATHS} -o out -q --layout split --memory {memory}"
        ));
        let said = ended.said;
        assert_eq!(ended.code, 1, "{said}");
        for part in [what, "TMPDIR", "--memory"] {
            assert!(said.contains(part), "{memory}: {said}");
        }
        assert!(
            what_not == file || !said.contains(what_not),
            "{memory}: {said}"
        );
        assert!(!case.path("out").exists(), "{memory}");
    }
}

/// The files of the folder `kept` that hold what was read.
fn kept(case: &Case) -> Vec<String> {
    let mut names = case.names("kept");
    names.retain(|name| name.ends_with(".pages"));
    names
}

#[test]
fn a_build_from_the_cache_is_the_same_after_every_change() {
    let case = site();
    let check = |what: &str| {
        let said = |folder: &str, options: &str| {
            let said = case
                .done(&format!("build {PATHS} -o {folder} {options}"))
                .said;
            let said = said.replace(folder, "out");
            // But for how long it took, and what the cache had.
            let is_same =
                |line: &&str| !line.contains(" into out in ") && !line.contains("read before");
            let lines = said.lines().filter(is_same);
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        let from_cache = said("from-cache", "--cache kept");
        assert_eq!(from_cache, said("fresh", ""), "{what}");
        assert!(
            files(&case.path("from-cache")) == files(&case.path("fresh")),
            "{what}"
        );
        for folder in ["from-cache", "fresh"] {
            fs::remove_dir_all(case.path(folder)).unwrap();
        }
        let [pages] = &kept(&case)[..] else {
            panic!("{what}: {:?}", kept(&case));
        };
        // Which numbers documents have is another matter.
        let order = case.path("kept").join(pages).with_extension("order");
        fs::remove_file(order).unwrap();
    };
    check("nothing was kept");
    check("nothing has changed");
    let page = fs::read_to_string(case.path("site/4.html")).unwrap();
    fs::write(
        case.path("site/4.html"),
        page.replace("ends here", "ends there"),
    )
    .unwrap();
    check("a page has changed");
    fs::rename(case.path("site/4.html"), case.path("site/renamed.html")).unwrap();
    check("a page has another name");
    fs::remove_file(case.path("site/5.html")).unwrap();
    check("a page is gone");
    fs::write(
        case.path("samara.toml"),
        "drop = [\"Was this page any good to you?\"]",
    )
    .unwrap();
    check("options are others");

    fs::write(case.path("samara.toml"), "base-url = \"/lamps\"").unwrap();
    check("the site lies elsewhere");
    fs::write(case.path("samara.toml"), "base-url = \"\"").unwrap();
    check("the site lies nowhere");
    fs::remove_file(case.path("samara.toml")).unwrap();
    check("options are as before");
    for what in ["pages", "documents", "texts"] {
        let path = case.path("kept").join(&kept(&case)[0]).with_extension(what);
        let whole = fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 9) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            fs::write(&path, &damaged).unwrap();
            check(&format!("byte {at} of {what} is damaged"));
            fs::write(&path, &whole[..at]).unwrap();
            check(&format!("{what} cut at {at}"));
        }
    }
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let case = site();
    let build = || {
        let said = case
            .done(&format!("build {PATHS} -o out --cache kept"))
            .said;
        let line = said.lines().find(|line| line.contains("read before"));
        line.unwrap_or("nothing").to_owned()
    };
    assert_eq!(build(), "nothing");
    assert_eq!(build(), "15 of 15 files had been read before");
    let path = case.path("kept").join(&kept(&case)[0]);
    let written = || fs::metadata(&path).unwrap().modified().unwrap();
    let before = written();
    assert_eq!(build(), "15 of 15 files had been read before");
    assert_eq!(written(), before, "the same is not written again");
    fs::write(
        case.path("site/4.html"),
        "<main><p>Another text.</p></main>",
    )
    .unwrap();
    fs::write(case.path("site/new.html"), "<main><p>A new one.</p></main>").unwrap();
    assert_eq!(build(), "14 of 16 files had been read before");
    assert_eq!(build(), "16 of 16 files had been read before");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!(build(), "15 of 16 files had been read before");
}

/// Words of four letters or more, in an order that nothing foretells, from as many as wanted.
fn scattered(mut seed: u64, words: usize, of: u64) -> String {
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        seed >> 33
    };
    let word = |mut number: u64| {
        let mut word = String::new();
        while word.len() < 4 || number > 0 {
            let letter = |of: &[u8], at: u64| char::from(of[at as usize % of.len()]);
            word.push(letter(b"bdfgklmnprstvz", number));
            word.push(letter(b"aeiou", number / 14));
            number /= 70;
        }
        word
    };
    let words: Vec<String> = (0..words).map(|_| word(next() % of)).collect();
    words.join(" ")
}

#[test]
fn one_page_leaves_most_blocks_as_they_were() {
    let case = Case::empty();
    let notice = |name: &str, text: &str| {
        let html = format!("<title>Notice</title><main><p>{text}</p></main>");
        fs::write(case.path("site").join(name), html).unwrap();
    };
    fs::create_dir(case.path("site")).unwrap();
    for page in 0..400 {
        let text = scattered(page, 150, 15_000);
        let html = format!("<title>Page {page}</title><main><p>{text}.</p></main>");
        fs::write(case.path(&format!("site/{page:03}.html")), html).unwrap();
    }
    notice("200.html", "An old notice");
    notice("399.html", "The last notice");
    let build = || -> BTreeMap<String, Vec<u8>> {
        // Without the blocks of the build before, which stay for pages that are open.
        let _ = fs::remove_dir_all(case.path("out"));
        case.done("build site -o out --layout split -q --cache kept");
        files(&case.path("out/blocks"))
    };
    let changes: [(&str, &dyn Fn()); 6] = [
        ("new words", &|| {
            notice("200.html", "An old notice of bamboo and zyxt")
        }),
        ("a new first page", &|| {
            notice("000a.html", "A notice with jumble in it")
        }),
        ("a new page", &|| notice("200a.html", "Quxible notices")),
        ("a new last page", &|| {
            notice("999.html", "The wzart notice")
        }),
        ("a page is gone", &|| {
            fs::remove_file(case.path("site/200.html")).unwrap()
        }),
        ("the first page is gone", &|| {
            fs::remove_file(case.path("site/000a.html")).unwrap()
        }),
    ];
    let mut before = build();
    for (what, change) in changes {
        change();
        let now = build();
        let bytes = |kept: bool| -> usize {
            let blocks = now.iter();
            let blocks = blocks.filter(|(name, _)| !kept || before.contains_key(*name));
            blocks.map(|(_, bytes)| bytes.len()).sum()
        };
        let (kept, all) = (bytes(true), bytes(false));
        assert!(kept < all && kept * 5 >= all * 4, "{what}: {kept} of {all}");
        // Of the blocks that were kept compressed, the last one is damaged.
        let path = case.path("kept").join(&self::kept(&case)[0]);
        let path = path.with_extension("blocks");
        let whole = fs::read(&path).unwrap();
        let (last, rest) = whole.split_last().unwrap();
        fs::write(&path, [rest, &[!last]].concat()).unwrap();
        assert!(build() == now, "{what}: damaged");
        let mended = fs::read(&path).unwrap();
        assert!(mended.len() > whole.len(), "{what}: not mended");
        assert!(build() == now && fs::read(&path).unwrap() == mended);
        before = now;
    }
    // Both layouts answer alike. Without a cache the same pages have the same scores, and equal ones another order.
    case.done("build site -o whole --layout embedded -q --cache kept");
    case.done("build site -o fresh --layout split -q");
    for query in ["notice", "notice_page", "wzart", "quxible", "ba"] {
        let found = |folder: &str| {
            let hits = case.done(&format!("search {folder} {query} --json --limit 500"));
            let answer: serde_json::Value = serde_json::from_str(&hits.out).unwrap();
            let hits = answer["hits"].as_array().unwrap().iter();
            let hits = hits.map(|hit| format!("{} {}", hit["url"], hit["score"]));
            hits.collect::<Vec<String>>()
        };
        let (hits, mut fresh) = (found("out"), found("fresh"));
        assert!(!hits.is_empty(), "{query}");
        assert_eq!(hits, found("whole"), "{query}");
        let mut sorted = hits.clone();
        sorted.sort();
        fresh.sort();
        assert_eq!(sorted, fresh, "{query}");
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_told_and_stops_nothing() {
    let case = site();
    let build = || case.run("build site -o out --layout split --cache kept");
    build();
    let before = files(&case.path("out"));
    let pages = case.path("kept").join(&kept(&case)[0]);
    for ending in ["pages", "order", "documents", "texts", "blocks", "lock"] {
        let path = pages.with_extension(ending);
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let ended = build();
        assert_eq!(ended.code, 0, "{ending}: {}", ended.said);
        let name = path.file_name().unwrap().to_string_lossy();
        let told = |line: &str| line.contains("warning") && line.contains(&*name);
        assert!(ended.said.lines().any(told), "{ending}: {}", ended.said);
        assert!(ended.said.contains("--cache"), "{}", ended.said);
        assert!(files(&case.path("out")) == before, "{ending}");
        fs::remove_dir(&path).unwrap();
    }
    // Another build is at work.
    build();
    let lock = fs::File::open(pages.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    let kept = files(&case.path("kept"));
    fs::write(case.path("site/new.html"), "<main><p>A new one.</p></main>").unwrap();
    let ended = build();
    assert_eq!(ended.code, 0, "{}", ended.said);
    let told = ended.said.matches("another build uses this cache").count();
    assert_eq!(told, 1, "{}", ended.said);
    assert!(files(&case.path("kept")) == kept);
    drop(lock);
    assert!(!build().said.contains("another build"));
    assert!(files(&case.path("kept")) != kept);
    let before = files(&case.path("out"));
    // The folder of the bundle is deployed, and holds nothing of others.
    for cache in ["out", "out/blocks", "out/kept", "new/kept"] {
        let folder = cache.split('/').next().unwrap();
        let ended = case.run(&format!("build site -o {folder} --cache {cache}"));
        assert_eq!(ended.code, 2, "{cache}: {}", ended.said);
        assert!(ended.said.contains("outside"), "{}", ended.said);
    }
    assert!(files(&case.path("out")) == before && !case.path("new").exists());
}

#[test]
fn a_cache_keeps_few_corpora_and_nothing_of_others() {
    let case = site().having("kept.txt", "");
    fs::create_dir(case.path("kept")).unwrap();
    fs::write(case.path("kept/mine.txt"), "mine").unwrap();
    for number in 0..12 {
        let folder = format!("corpus{number}");
        fs::create_dir(case.path(&folder)).unwrap();
        fs::write(case.path(&folder).join("a.txt"), format!("Text {number}")).unwrap();
        case.done(&format!("build {folder} -o out{number} -q --cache kept"));
    }
    assert_eq!(kept(&case).len(), 8);
    assert_eq!(case.names("kept").len(), 1 + 8 * 5);
    assert!(case.path("kept/mine.txt").is_file());
    let ended = case.run("build corpus0 -o out0 --cache kept.txt");
    assert!(
        ended.code != 0 && ended.said.contains("--cache"),
        "{}",
        ended.said
    );
}
