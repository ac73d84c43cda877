//! `samara build`.

use crate::case::{Case, Ended, says};
use snapbox::str;
use std::fs;

#[test]
fn it_says_what_was_built_and_what_to_paste() {
    Case::notes().check(
        "build notes -o notes/assets/search",
        0,
        str![],
        str![[r#"
4 documents into notes/assets/search in [TIME]
3 files; 4 documents; 82 words kept, 11 left out
words left out, by rule (`samara clean` shows them): after-end 8, navigation 3
languages: unknown 2, en 2
largest: tea.txt (39 words), bread.md (25 words), b1 (9 words)
embedded layout: the index has[SIZE], no more than[SIZE]
a visitor downloads           raw   (compressed: samara inspect --compressed)
with every page[SIZE]
to search: script[SIZE]
engine and index[SIZE]
Put these lines into your pages (of a site below a path, such as /docs/, with --base-url /docs/):
  <script src="/assets/search/samara.js" defer></script>
  <samara-search></samara-search>
Integrity of samara.js, which changes with every build:
  sha384-[HASH]

"#]],
    );
}

#[test]
fn outside_of_the_site_the_page_has_to_say_where_the_root_is() {
    let said = Case::notes().done("build notes -o search").said;
    assert!(
        said.contains(
            "<script src=\"PATH/samara.js\" defer></script>\n  <samara-search base=\"/\">"
        ),
        "{said}"
    );
}

#[test]
fn the_base_address_is_in_the_line_to_paste() {
    let said = Case::notes()
        .done("build notes -o notes/search --base-url /docs/")
        .said;
    assert!(
        said.contains("<script src=\"/docs/search/samara.js\" defer>"),
        "{said}"
    );
}

#[test]
fn verbose_names_every_file_that_a_warning_is_about() {
    let case = Case::notes();
    for name in ["a", "b", "c", "d"] {
        fs::write(case.path("notes").join(format!("{name}.txt")), "").unwrap();
    }
    let said = case.done("build notes -o search").said;
    assert!(
        said.contains("warning: a.txt, b.txt, c.txt and 1 more: empty, skipped\n"),
        "{said}"
    );
    let said = case.done("build notes -o search --verbose").said;
    assert!(
        said.contains("warning: a.txt, b.txt, c.txt, d.txt: empty, skipped\n"),
        "{said}"
    );
    assert!(
        said.contains("7 files, 4 of them without a document; 4 documents;"),
        "{said}"
    );
}

#[test]
fn warnings_that_differ_by_numbers_alone_are_one() {
    let case = Case::notes();
    let chrome = "Subscribe to our newsletter\n\nLeave a comment\n\nAll rights reserved\n\n";
    for (number, words) in ["rain", "rain and snow"].iter().enumerate() {
        let text = format!(
            "There was {words} all day on the hills behind the village, and the river rose by a hand.\n\n\
             The baker closed his shop at noon, said his neighbour, because nobody came down the road.\n\n\
             In the evening the clouds went away, and the children ran out to look for the bridge.\n\n"
        );
        let note = format!(
            "The weather of a long week\n\n{text}{}",
            chrome.repeat(100 + number)
        );
        fs::write(case.path(&format!("notes/{number}.txt")), note).unwrap();
    }
    let said = case.done("build notes -o search").said;
    assert!(
        said.contains("warning: 0.txt, 1.txt: lost … of … words"),
        "{said}"
    );
}

#[test]
fn quiet_says_nothing() {
    Case::notes().check("build notes -o search --quiet", 0, str![], str![]);
}

#[test]
fn a_page_alone_has_no_lines_to_paste() {
    Case::notes().check(
        "build notes -o letters.html --layout single --title My_letters",
        0,
        str![],
        str![[r#"
4 documents into letters.html in [TIME]
3 files; 4 documents; 82 words kept, 11 left out
words left out, by rule (`samara clean` shows them): after-end 8, navigation 3
languages: unknown 2, en 2
largest: tea.txt (39 words), bread.md (25 words), b1 (9 words)

"#]],
    );
}

#[test]
fn standard_input_is_read_and_its_kind_is_seen() {
    for (text, title) in [
        (
            "\u{feff}{\"title\": \"Tea\", \"text\": \"Peppermint dries in the shade.\"}\n",
            "Tea",
        ),
        ("# Herbs\n\nPeppermint dries in the shade.\n", "Herbs"),
        (
            "<html><title>Mint</title><main><h1>Mint</h1><p>Peppermint dries in the shade.</p></main></html>",
            "Mint",
        ),
        ("Peppermint dries in the shade.\n", "standard-input"),
    ] {
        let case = Case::empty();
        let ended = case.given("build - -o search -q", text);
        assert_eq!((ended.code, ended.said.as_str()), (0, ""), "{title}");
        let found = case.done("search search peppermint").out;
        assert!(found.starts_with(&format!("1. {title}\n")), "{found}");
    }
}

#[test]
fn faults_of_standard_input_name_no_file_of_ours() {
    for (text, said) in [
        (
            "{\"title\"",
            str![[r#"
error: standard-input.jsonl: not valid JSON (EOF while parsing an object at line 1 column 8); correct it or move it out of the corpus

"#]],
        ),
        (
            "",
            str![[r#"
error: standard-input.txt: no document found; pages, texts, Markdown, JSON, tables, feeds and books are read (docs/formats.md lists their kinds)
  standard-input.txt: empty, skipped

"#]],
        ),
    ] {
        let ended = Case::empty().given("build - -o search -q", text);
        says(&ended.said, said);
        assert_eq!(ended.code, 1);
    }
}

#[test]
fn the_same_documents_give_the_same_bytes_with_any_number_of_threads() {
    let case = Case::notes();
    for number in 0..40 {
        let text = format!(
            "Note {number}\n\nThe garden has {number} beds, and bed {} lies in the shade.\n",
            number * 7 % 40
        );
        fs::write(case.path("notes").join(format!("note-{number}.txt")), text).unwrap();
    }
    case.done("build notes -o search -q --threads 1");
    for threads in [2, 3, 16] {
        let other = format!("search-{threads}");
        case.done(&format!("build notes -o {other} -q --threads {threads}"));
        assert_eq!(case.names("search"), case.names(&other));
        for name in case.names("search") {
            let bytes = |bundle: &str| fs::read(case.path(bundle).join(&name)).unwrap();
            assert_eq!(bytes("search"), bytes(&other), "{name}");
        }
    }
}

#[test]
fn the_same_documents_give_the_same_bytes_in_any_folder_and_order() {
    // A file system lists what was made in one order or another, and a bundle may lie anywhere.
    let case = Case::notes();
    let mut names = case.names("notes");
    names.reverse();
    fs::create_dir_all(case.path("far/away/notes")).unwrap();
    for name in &names {
        let from = case.path("notes").join(name);
        fs::copy(from, case.path("far/away/notes").join(name)).unwrap();
    }
    for layout in ["embedded", "single"] {
        // A page that holds everything says how it reaches the documents, so both lie alike to them.
        for folder in ["", "far/away/"] {
            case.done(&format!(
                "build {folder}notes -o {folder}{layout}/one --layout {layout} -q"
            ));
        }
        let (one, other) = (format!("{layout}/one"), format!("far/away/{layout}/one"));
        assert_eq!(case.names(&one), case.names(&other));
        for name in case.names(&one) {
            let bytes = |bundle: &str| fs::read(case.path(bundle).join(&name)).unwrap();
            assert_eq!(bytes(&one), bytes(&other), "{name}");
        }
    }
}

#[test]
fn builds_at_the_same_time_wait_for_one_another() {
    let case = Case::notes();
    for number in 0..6 {
        let note =
            format!("Note\n\nThe {number} beds of the garden are the harvest{number} of it.\n");
        fs::write(case.path(&format!("note-{number}.txt")), note).unwrap();
    }
    for _ in 0..4 {
        let builds: Vec<_> = (0..6)
            .map(|number| {
                let mut command = case.command();
                command.args(["build", &format!("note-{number}.txt"), "-o", "search", "-q"]);
                command
                    .stderr(std::process::Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for build in builds {
            let ended = Ended::from(build.wait_with_output().unwrap());
            assert_eq!((ended.code, ended.said.as_str()), (0, ""));
        }
        case.done("check search");
        // One of them is there, whole, and nothing of the others.
        assert_eq!(case.names("search").len(), 8, "{:?}", case.names("search"));
    }
}

#[test]
fn a_bundle_inside_of_the_corpus_is_no_part_of_it() {
    let case = Case::notes();
    case.done("build notes -o notes/search -q");
    let before = case.done("inspect notes/search").out;
    case.done("build notes -o notes/search -q");
    assert_eq!(case.done("inspect notes/search").out, before);
    says(
        &case.done("build notes -o elsewhere").said,
        str![[r#"
4 documents into elsewhere in [TIME]
3 files; 4 documents; 82 words kept, 11 left out
files and folders passed over: 1 that Samara wrote
words left out, by rule (`samara clean` shows them): after-end 8, navigation 3
languages: unknown 2, en 2
largest: tea.txt (39 words), bread.md (25 words), b1 (9 words)
embedded layout: the index has[SIZE], no more than[SIZE]
a visitor downloads           raw   (compressed: samara inspect --compressed)
with every page[SIZE]
to search: script[SIZE]
engine and index[SIZE]
Put these lines into your pages:
  <script src="PATH/samara.js" defer></script>
  <samara-search base="/"></samara-search>
Integrity of samara.js, which changes with every build:
  sha384-[HASH]

"#]],
    );
}

#[test]
fn a_folder_of_other_files_is_refused() {
    Case::notes().refused("build notes -o notes", str![[r#"
error: -o notes: this folder holds files that are no bundle; name an empty or new folder, such as notes/samara

"#]]);
}

#[test]
fn a_page_and_a_folder_are_not_taken_for_one_another() {
    let case = Case::notes().having("list.txt", "milk\n");
    case.refused("build notes -o letters.html", str![[r#"
error: -o letters.html: this is the name of a page; say --layout single for one page, or name a folder

"#]]);
    case.refused(
        "build notes -o list.txt",
        str![[r#"
error: -o list.txt: this is a file; name a new or empty folder

"#]],
    );
    fs::create_dir(case.path("folder.html")).unwrap();
    case.refused(
        "build notes -o folder.html --layout single",
        str![[r#"
error: -o folder.html: this is a folder; name a page that is not there yet, or delete the folder

"#]],
    );
    // What nobody needs any more is not left beside somebody's files.
    fs::write(case.path(".samara-12345"), "").unwrap();
    fs::write(case.path(".samara-notes"), "").unwrap();
    case.done("build notes -o letters.html --layout single -q");
    assert_eq!(
        case.names(""),
        [
            ".samara-notes",
            "folder.html",
            "letters.html",
            "list.txt",
            "notes"
        ]
    );
}

#[test]
fn a_page_that_somebody_else_wrote_is_never_overwritten() {
    let case = Case::notes();
    fs::create_dir(case.path("site")).unwrap();
    fs::write(case.path("site/index.html"), "<h1>My start page</h1>").unwrap();
    case.refused(
        "build notes -o site/index.html --layout single",
        str![[r#"
error: site/index.html: Samara did not write this page; name another one with --output, or delete it

"#]],
    );
    let kept = fs::read_to_string(case.path("site/index.html")).unwrap();
    assert_eq!(kept, "<h1>My start page</h1>");
    // Its own page is written anew, also one that was cut short.
    case.done("build notes -o letters.html --layout single -q");
    let page = fs::read(case.path("letters.html")).unwrap();
    fs::write(case.path("letters.html"), &page[..page.len() / 2]).unwrap();
    case.done("build notes -o letters.html --layout single -q");
    assert_eq!(fs::read(case.path("letters.html")).unwrap(), page);
}

#[test]
fn a_bundle_that_stays_beside_a_page_is_told() {
    let case = Case::notes();
    let told = |case: &Case| {
        let said = case.run("build notes -o search --layout single").said;
        said.contains("warning: search: a bundle of another layout lies here")
    };
    assert!(!told(&case));
    for layout in ["split", "embedded"] {
        fs::remove_dir_all(case.path("search")).unwrap();
        case.done(&format!("build notes -o search --layout {layout} -q"));
        assert!(told(&case), "{layout}");
    }
}

#[test]
fn a_page_that_is_opened_from_a_disk_leads_to_files() {
    let page = "<nav><a href=/>Home</a> <a href=/bread/>Bread</a></nav><main><h1>Rye bread</h1><p>Feed the sourdough.</p></main>";
    let case = Case::empty();
    fs::create_dir_all(case.path("site/bread")).unwrap();
    let welcome = page
        .replace("Rye bread", "Welcome")
        .replace("sourdough", "bees");
    let case = case
        .having("site/index.html", &welcome)
        .having("site/bread/index.html", page);
    let leads_to = |path: &str| {
        let told = case.done(&format!("search {path} sourdough --json")).out;
        let answer: serde_json::Value = serde_json::from_str(&told).unwrap();
        answer["hits"][0]["url"].as_str().unwrap().to_owned()
    };
    case.done("build site -o search.html --layout single -q");
    assert!(leads_to("search.html").ends_with("bread/index.html"));
    case.done("build site -o search.html --layout single --keep-index-url=false -q");
    assert!(leads_to("search.html").ends_with("bread/"));
    case.done("build site -o site/samara -q");
    assert!(leads_to("site/samara").ends_with("bread/"));
}

#[test]
fn a_module_above_the_largest_size_fails() {
    Case::notes().check(
        "build notes -o search --max-size 1kB",
        1,
        str![],
        str![[r#"
error: the module has[SIZE], more than the[SIZE] of --max-size; the largest documents:
[SIZE] tea.txt
[SIZE] bread.md
[SIZE] b1
[SIZE] b2

"#]],
    );
}

#[test]
fn an_expectation_that_does_not_hold_fails_and_writes_nothing() {
    let case = Case::notes().having(
        "samara.toml",
        "paths = ['notes']\noutput = 'search'\n\
        [[expect]]\nquery = 'hives'\ntop = 1\nurl = 'bread.md'\n\
        [[expect]]\nquery = 'hives'\ntop = 1\nurl = 'tea.txt'\n\
        [[expect]]\nquery = 'hives'\nurl = 'nowhere.txt'\n\
        [[expect]]\nquery = 'hives'\nurl = '/shelf/b2.html'\n",
    );
    case.check(
        "build",
        1,
        str![],
        str![[r#"
error: 3 of 4 expectations do not hold:
  `hives` does not find bread.md; first is shelf/b2.html
  `hives` finds tea.txt in place 2, not among the first 1; first is shelf/b2.html
  `hives` cannot find nowhere.txt: no document has this address; first is shelf/b2.html

"#]],
    );
    assert!(!case.path("search").exists());
}

#[test]
fn the_manifest_names_every_file_and_the_integrity_of_the_entry() {
    let case = Case::bundled();
    let manifest = fs::read_to_string(case.path("search/samara.manifest")).unwrap();
    // The files stand in the order of their hashed names, which changes with what is in them.
    let mut lines: Vec<&str> = manifest.lines().collect();
    let hashed: Vec<usize> = [
        ".extras.js\":",
        ".languages.json\":",
        ".search.js\":",
        ".wasm\":",
    ]
    .map(|of| lines.iter().rposition(|line| line.contains(of)).unwrap())
    .into();
    let named = hashed.iter().map(|&at| lines[at]).collect::<Vec<_>>();
    let mut places = hashed;
    places.sort_unstable();
    for (at, line) in places.into_iter().zip(named) {
        lines[at] = line;
    }
    says(
        &(lines.join("\n") + "\n"),
        str![[r#"
{
  "version": "0.1.0",
  "entry": "samara.js",
  "integrity": "sha384-[HASH]",
  "module": "samara.[HASH].wasm",
  "files": {
    "samara-highlight.js": "sha384-[HASH]",
    "samara.[HASH].extras.js": "sha384-[HASH]",
    "samara.[HASH].languages.json": "sha384-[HASH]",
    "samara.[HASH].search.js": "sha384-[HASH]",
    "samara.[HASH].wasm": "sha384-[HASH]",
    "samara.js": "sha384-[HASH]",
    "samara.mjs": "sha384-[HASH]"
  },
  "leftOut": {
    "words": {
      "after-end": 8,
      "navigation": 3
    },
    "files": {}
  }
}

"#]],
    );
    let mut files = case.names("search");
    files.retain(|name| name != "samara.manifest");
    for file in &files {
        assert!(manifest.contains(&format!("\"{file}\"")), "{file}");
    }
}

#[test]
fn wrong_calls_end_with_two() {
    let case = Case::notes();
    case.refused(
        "build nowhere -o search",
        str![[r#"
error: nowhere: no such file or folder; check the path

"#]],
    );
    case.refused(
        "build notes",
        str![[r#"
error: say where the bundle goes with --output DIR

"#]],
    );
    case.refused(
        "build -o search",
        str![[r#"
error: name the folder of documents: samara build PATH -o DIR

"#]],
    );
    case.refused(
        "build notes -o search --max-size large",
        str![[r#"
error: invalid value 'large' for '--max-size <SIZE>': write it as[SIZE],[SIZE] or 1 GiB

For more information, try '--help'.

"#]],
    );
    case.refused(
        "build notes -o search --layout shards",
        str![[r#"
error: invalid value 'shards' for '--layout <LAYOUT>'
  [possible values: embedded, single, split]

For more information, try '--help'.

"#]],
    );
    case.refused(
        "build notes -o search --threads 0",
        str![[r#"
error: invalid value '0' for '--threads <N>': write a whole number, from 1

For more information, try '--help'.

"#]],
    );
    case.refused(
        "build notes -o search --quiet --verbose",
        str![[r#"
error: the argument '--quiet' cannot be used with '--verbose'

Usage: samara build --output <DIR> --quiet <PATH>...

For more information, try '--help'.

"#]],
    );
    case.refused(
        "build notes -o search --config missing.toml",
        str![[r#"
error: missing.toml: no such file; check the path

"#]],
    );
}

#[test]
fn a_page_and_an_account_come_beside_the_folder() {
    let case = Case::notes().having("notes/empty.md", "");
    case.done("build notes -o search --page all.html --account account.jsonl -q");
    for bundle in ["search", "all.html"] {
        assert!(
            case.done(&format!("search {bundle} peppermint"))
                .out
                .contains("tea.txt")
        );
    }
    let account = std::fs::read_to_string(case.path("account.jsonl")).unwrap();
    let cleaned = case.done("clean notes --indexed --json").out;
    let (kept, skipped): (Vec<&str>, Vec<&str>) = account
        .lines()
        .partition(|line| !line.contains("\"skipped\""));
    assert_eq!(kept, cleaned.lines().collect::<Vec<_>>());
    assert_eq!(
        skipped,
        [r#"{"path":"empty.md","skipped":"empty, skipped"}"#]
    );
}

#[test]
fn what_would_change_a_terminal_is_never_printed_raw() {
    let hostile = "a\u{1b}[2Jb\u{202e}c";
    let case = Case::empty();
    std::fs::create_dir(case.path("notes")).unwrap();
    let case = case
        .having(
            "notes/shelf.json",
            "[{\"id\": \"a\\u001b[2J\\tb\\u202e\", \"title\": \"a\\u001bb\\u202ec\", \"text\": \"Peppermint dries in the shade.\"}]",
        )
        .having("queries.jsonl", r#"{"id": "1\u001b\u202e", "text": "peppermint"}"#);
    std::fs::write(case.path("notes").join(format!("{hostile}.txt")), "").unwrap();
    for call in [
        "build notes -o search",
        "search search peppermint",
        "search search --queries queries.jsonl --trec",
        "inspect search",
        "clean notes",
    ] {
        let ended = case.run(call);
        let shown = ended.out + &ended.said;
        assert!(!shown.is_empty(), "{call}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{call}: {shown:?}");
    }
}
