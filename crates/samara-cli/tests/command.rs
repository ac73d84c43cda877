//! What the command prints, and with which code it ends. `SNAPSHOTS=overwrite cargo test` writes
//! what it prints now into this file.

use snapbox::data::Inline;
use snapbox::{assert_data_eq, str};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A folder with the notes of `tests/notes`, and a bundle of them where `bundled` says so.
fn notes() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notes");
    fs::create_dir(folder.path().join("notes")).unwrap();
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(
            &path,
            folder.path().join("notes").join(path.file_name().unwrap()),
        )
        .unwrap();
    }
    folder
}

/// The notes with their bundle in the folder `search`.
fn bundled() -> TempDir {
    let folder = notes();
    assert_eq!(run(&folder, "build notes -o search -q").code, 0);
    folder
}

struct Ended {
    code: i32,
    out: String,
    said: String,
}

/// Runs the command in a folder. Words are separated by spaces; `_` stands for a space within one.
fn run(folder: &TempDir, words: &str) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_samara"))
        .args(words.split_whitespace().map(|word| word.replace('_', " ")))
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        said: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Asserts code, standard output and standard error of a run.
fn check(folder: &TempDir, words: &str, code: i32, out: Inline, said: Inline) {
    let ended = run(folder, words);
    assert_data_eq!(ended.out, out);
    assert_data_eq!(ended.said, said);
    assert_eq!(ended.code, code, "samara {words}");
}

#[test]
fn clean_shows_what_was_kept_and_dropped() {
    check(
        &notes(),
        "clean notes",
        0,
        str![[r#"
Rye bread
  bread.md
  date: 2024-03-02
  tag: baking, rye
  25 words kept, 0 dropped
On baking
  shelf.json
  9 words kept, 0 dropped
On bees
  shelf.json
  9 words kept, 0 dropped
Tea from the garden
  tea.txt
  39 words kept, 11 dropped
  - navigation         Back to top
  - after-end          Copyright 2024 The Garden Society. All rights reserved.

"#]],
        str![],
    );
}

#[test]
fn clean_prints_json_lines() {
    let ended = run(&notes(), "clean notes/tea.txt --json");
    assert_data_eq!(
        ended.out,
        str![[r#"
{"path":"tea.txt","id":"tea.txt","url":"tea.txt","title":"Tea from the garden","text":"Peppermint and lemon balm dry best in the shade, hung in small bunches under the roof./nA café in the village serves it with honey from its own hives, and sells the bunches in autumn.","lang":"en","sections":[{"heading":"","anchor":"","text":"Peppermint and lemon balm dry best in the shade, hung in small bunches under the roof./nA café in the village serves it with honey from its own hives, and sells the bunches in autumn."}],"dropped":[{"text":"Back to top","rule":"navigation"},{"text":"Copyright 2024 The Garden Society. All rights reserved.","rule":"after-end"}]}

"#]]
    );
}

#[test]
fn search_prints_hits_and_says_how_many() {
    check(
        &bundled(),
        "search search oven",
        0,
        str![[r#"
1. Rye bread
   bread.md
   Bake the loaf for fifty minutes in a hot oven.
2. On baking
   shelf/b1.html
   Two hundred pages about ovens and loaves.

"#]],
        str![[r#"
2 results in [..] ms

"#]],
    );
}

#[test]
fn search_says_what_it_corrected() {
    check(
        &bundled(),
        "search search pepermint",
        0,
        str![[r#"
1. Tea from the garden
   tea.txt
   Peppermint and lemon balm dry best in the shade, hung in small bunches under the roof. A café in the village serves it with honey from its own hives, and sells the …

"#]],
        str![[r#"
1 result in [..] ms for peppermint

"#]],
    );
}

#[test]
fn search_that_finds_nothing_ends_with_one() {
    check(
        &bundled(),
        "search search zeppelin",
        1,
        str![],
        str![[r#"
0 results in [..] ms

"#]],
    );
}

#[test]
fn search_filters_and_explains() {
    check(
        &bundled(),
        "search search oven --filter tag=rye --explain",
        0,
        str![[r#"
1. Rye bread
   bread.md
   Bake the loaf for fifty minutes in a hot oven.
     0.[..] oven

"#]],
        str![[r#"
1 result in [..] ms

"#]],
    );
}

#[test]
fn search_writes_a_run() {
    let folder = bundled();
    fs::write(
        folder.path().join("queries"),
        "{\"id\": \"q1\", \"text\": \"oven\"}\n\n{\"id\": \"q2\", \"text\": \"hives\"}\n",
    )
    .unwrap();
    check(
        &folder,
        "search search --queries queries --trec",
        0,
        str![[r#"
q1	Q0	bread.md	1	[..]	samara
q1	Q0	b1	2	[..]	samara
q2	Q0	b2	1	[..]	samara
q2	Q0	tea.txt	2	[..]	samara

"#]],
        str![],
    );
}

#[test]
fn a_damaged_line_of_queries_is_named() {
    let folder = bundled();
    fs::write(
        folder.path().join("queries"),
        "{\"id\": \"q1\", \"text\": \"oven\"}\noven\n",
    )
    .unwrap();
    check(
        &folder,
        "search search --queries queries --trec",
        1,
        str![[r#"
q1	Q0	bread.md	1	[..]	samara
q1	Q0	b1	2	[..]	samara

"#]],
        str![[r#"
error: queries, line 2: not an object {"id", "text"}: expected value at line 1 column 1

"#]],
    );
}

#[test]
fn suggest_completes() {
    check(
        &bundled(),
        "suggest search b",
        0,
        str![[r#"
bake	1
baking	1
balm	1
bees	1
best	1

"#]],
        str![],
    );
}

#[test]
fn suggest_corrects_words() {
    let folder = bundled();
    fs::write(
        folder.path().join("words"),
        "pepermint\nhivse\nzzzzzz\noven\n",
    )
    .unwrap();
    check(
        &folder,
        "suggest search --words words",
        0,
        str![[r#"
pepermint	peppermint
hivse	hives
zzzzzz
oven	oven

"#]],
        str![],
    );
}

#[test]
fn check_says_that_a_bundle_is_whole() {
    let folder = bundled();
    let ended = run(&folder, "check search");
    assert!(
        ended.out.ends_with(".wasm: whole, 4 documents\n"),
        "{}",
        ended.out
    );
    assert_eq!(ended.code, 0);
}

#[test]
fn check_names_the_damage() {
    let folder = bundled();
    let module = fs::read_dir(folder.path().join("search"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let module = module
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "wasm"))
        .unwrap();
    let bytes = fs::read(&module).unwrap();
    let stream = bytes.len() - 200;
    let mut damaged = bytes.clone();
    damaged[stream] ^= 1;
    fs::write(&module, damaged).unwrap();
    let ended = run(&folder, "check search");
    assert!(ended.said.contains("damaged"), "{}", ended.said);
    assert_eq!(ended.code, 1);
    fs::write(&module, &bytes[..bytes.len() / 2]).unwrap();
    let ended = run(&folder, "check search");
    assert!(ended.said.contains("damaged"), "{}", ended.said);
    assert_eq!(ended.code, 1);
}

#[test]
fn two_builds_are_the_same_bytes() {
    let folder = bundled();
    assert_eq!(run(&folder, "build notes -o other -q").code, 0);
    let names = |bundle: &str| {
        let entries = fs::read_dir(folder.path().join(bundle)).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("search"), names("other"));
    for name in names("search") {
        let bytes = |bundle: &str| fs::read(folder.path().join(bundle).join(&name)).unwrap();
        assert_eq!(bytes("search"), bytes("other"), "{name:?}");
    }
}

#[test]
fn a_bundle_inside_of_the_corpus_is_no_part_of_it() {
    let folder = notes();
    assert_eq!(run(&folder, "build notes -o notes/search -q").code, 0);
    let before = run(&folder, "inspect notes/search").out;
    assert_eq!(run(&folder, "build notes -o notes/search -q").code, 0);
    assert_eq!(run(&folder, "inspect notes/search").out, before);
}

#[test]
fn build_says_what_to_paste() {
    let folder = notes();
    let said = run(&folder, "build notes -o notes/search").said;
    assert!(
        said.contains("<script src=\"/search/samara.js\" defer></script>"),
        "{said}"
    );
    assert!(said.contains("<samara-search></samara-search>"), "{said}");
}

#[test]
fn build_refuses_a_folder_of_other_files() {
    check(
        &notes(),
        "build notes -o notes",
        2,
        str![],
        str![[r#"
error: -o notes: this folder holds files that are no bundle; name an empty or new folder, such as notes/samara

"#]],
    );
}

#[test]
fn build_fails_above_the_largest_size() {
    let ended = run(&notes(), "build notes -o search --max-size 1kB");
    assert!(
        ended
            .said
            .contains("more than the 1.0 kB of --max-size; the largest documents:\n"),
        "{}",
        ended.said
    );
    assert_eq!(ended.code, 1);
}

#[test]
fn build_fails_where_an_expectation_does_not_hold() {
    let folder = notes();
    let expectation = "paths = ['notes']\noutput = 'search'\n[[expect]]\nquery = 'hives'\ntop = 1\nurl = 'bread.md'\n";
    fs::write(folder.path().join("samara.toml"), expectation).unwrap();
    check(
        &folder,
        "build",
        1,
        str![],
        str![[r#"
error: 1 of 1 expectations do not hold:
  `hives` does not find bread.md; first is shelf/b2.html

"#]],
    );
    assert!(!folder.path().join("search").exists());
}

#[test]
fn flags_go_before_the_file() {
    let folder = notes();
    fs::write(
        folder.path().join("samara.toml"),
        "paths = ['notes']\noutput = 'file'\nbase-url = '/docs/'\n",
    )
    .unwrap();
    assert_eq!(run(&folder, "build -o flag -q").code, 0);
    assert!(folder.path().join("flag/samara.js").exists() && !folder.path().join("file").exists());
    assert!(
        run(&folder, "search flag hives --json")
            .out
            .contains("\"url\":\"/docs/shelf/b2.html\"")
    );
}

#[test]
fn wrong_calls_end_with_two() {
    let folder = notes();
    check(
        &folder,
        "build nowhere -o search",
        2,
        str![],
        str![[r#"
error: nowhere: no such file or folder; check the path

"#]],
    );
    check(
        &folder,
        "build notes",
        2,
        str![],
        str![[r#"
error: say where the bundle goes with --output DIR

"#]],
    );
    check(
        &folder,
        "search nowhere oven",
        2,
        str![],
        str![[r#"
error: nowhere: no such file or folder

"#]],
    );
    check(
        &folder,
        "search notes oven",
        2,
        str![],
        str![[r#"
error: notes: this folder holds no bundle; name what `samara build` wrote

"#]],
    );
    check(
        &folder,
        "search notes/tea.txt oven",
        1,
        str![],
        str![[r#"
error: notes/tea.txt: this page carries no Samara module; name a page that `samara build --layout single` wrote

"#]],
    );
}
