//! The split layout: what a build writes, and what every other subcommand says of it.

use crate::case::Case;
use snapbox::str;
use std::fs;
use std::path::{Path, PathBuf};

/// Builds the notes so.
pub const BUILD: &str = "build notes -o search --layout split -q";

/// The notes in a split bundle.
pub fn split() -> Case {
    let case = Case::notes();
    case.done(BUILD);
    case
}

/// Names of the blocks.
pub fn blocks(case: &Case, folder: &str) -> Vec<String> {
    case.names(&format!("{folder}/blocks"))
}

/// The block of a kind, by the letter that its name begins with.
fn block(case: &Case, letter: char) -> PathBuf {
    let name = blocks(case, "search")
        .into_iter()
        .find(|name| name.starts_with(letter))
        .unwrap();
    case.path("search/blocks").join(name)
}

#[test]
fn a_build_writes_root_and_blocks_beside_an_engine_without_index() {
    let case = split();
    assert!(case.path("search/samara.root").is_file());
    let module = case.ending_in("search", ".wasm");
    let engine = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/split/samara.wasm");
    assert_eq!(fs::read(&module).unwrap(), fs::read(engine).unwrap());
    let name = module.file_name().unwrap().to_str().unwrap();
    let ended = case.run(&format!("check search/{name}"));
    let said = "this is no module of Samara: it has no place for an index";
    assert!(
        ended.code == 1 && ended.said.contains(said),
        "{}",
        ended.said
    );
}

#[test]
fn a_build_says_what_is_stored() {
    let case = Case::notes();
    case.check(
        "build notes -o search --layout split",
        0,
        str![""],
        str![[r#"
4 documents into search in [TIME]
3 files; 4 documents; 82 words kept, 11 left out
words left out, by rule (`samara clean` shows them): after-end 8, navigation 3
languages: unknown 2, en 2
largest: tea.txt (39 words), bread.md (25 words), b1 (9 words)
a visitor downloads           raw   (compressed: samara inspect --compressed)
with every page[SIZE]
to search: script[SIZE]
engine[SIZE]
its second half[SIZE]  for passages and suggestions
root[SIZE]  as it is stored
of 11 blocks[SIZE]  root included; a query fetches a few of them (samara search --cost)
Put these lines into your pages:
  <script src="PATH/samara.js" defer></script>
  <samara-search base="/"></samara-search>
Integrity of samara.js, which changes with the version of Samara, and with where it lies:
  sha384-[HASH]

"#]],
    );
}

#[test]
fn the_size_of_the_index_decides_about_the_layout() {
    let case = Case::notes();
    let said = case.done("build notes -o search").said;
    assert!(said.contains("\nembedded layout: the index has "), "{said}");
    assert!(!case.path("search/samara.root").exists());

    // Many documents of few words, in an order that nothing foretells.
    let mut number = 1u64;
    let mut word = || {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        format!("w{:x} ", (number >> 33) % 4_000)
    };
    let lines: String = (0..800)
        .map(|page| {
            let text: String = (0..700).map(|_| word()).collect();
            format!("{{\"url\": \"{page}.html\", \"text\": \"{text}\"}}\n")
        })
        .collect();
    fs::write(case.path("notes/words.jsonl"), lines).unwrap();
    let said = case.done("build notes -o search").said;
    assert!(said.contains("\nsplit layout: the index has "), "{said}");
    assert!(case.path("search/samara.root").exists());
    case.done("check search");
    // Whoever says what is wanted gets it.
    let said = case.done("build notes -o search --layout embedded").said;
    assert!(!said.contains("layout: the index has "), "{said}");
    assert!(!case.path("search/samara.root").exists());
    case.done("check search");
}

/// What a person may type, with every kind of query in it.
const QUERIES: [&str; 20] = [
    "oven",
    "bread",
    "br",
    "b",
    "brad",
    "tee_water",
    "\"the_oven\"",
    "bread_-tea",
    "+water",
    "title:bread",
    "the",
    "wat*",
    "nothing-like-this-anywhere",
    "bake_bread_in_the_oven",
    "OVEN",
    "ovn_bred",
    "leaves_OR_crust",
    "--sort_title_the",
    "--limit_1_the",
    "--exact_water",
];

fn answer(case: &Case, bundle: &str, words: &str) -> serde_json::Value {
    let mut command = case.command();
    let mut words: Vec<&str> = words.split('_').collect();
    // Flags stand before what is typed.
    let flags = words.iter().rposition(|word| word.starts_with("--"));
    let typed = words.split_off(flags.map_or(0, |flag| match words[flag] {
        "--exact" => flag + 1,
        _ => flag + 2,
    }));
    let output = command
        .args(["search", bundle, "--json"])
        .args(words)
        .arg(typed.join(" "))
        .output()
        .unwrap();
    let mut answer: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    answer.as_object_mut().unwrap().remove("took");
    answer
}

#[test]
fn both_layouts_answer_alike() {
    let case = Case::notes();
    case.done("build notes -o whole --layout embedded -q");
    case.done(BUILD);
    let mut found = 0;
    for query in QUERIES {
        let whole = answer(&case, "whole", query);
        assert_eq!(answer(&case, "search", query), whole, "{query}");
        found += usize::from(whole["total"] != 0);
    }
    assert!(found >= 12, "{found} of the queries find something");

    let queries: String = QUERIES
        .iter()
        .filter(|query| !query.starts_with("--"))
        .enumerate()
        .map(|(number, query)| {
            let text = query.replace('_', " ").replace('"', "\\\"");
            format!("{{\"id\": \"{number}\", \"text\": \"{text}\"}}\n")
        })
        .collect();
    fs::write(case.path("queries.jsonl"), queries).unwrap();
    let run = |bundle: &str| {
        let words = format!("search {bundle} --queries queries.jsonl --trec");
        case.done(&words).out
    };
    assert_eq!(run("search"), run("whole"));
    assert!(run("search").lines().count() > 12);
}

#[test]
fn both_layouts_correct_alike() {
    let case = Case::notes().having("words.txt", "brad\novn\nwatr\nbread\nxyzzy\n");
    case.done("build notes -o whole --layout embedded -q");
    case.done(BUILD);
    let of = |bundle: &str| {
        case.done(&format!("suggest {bundle} --words words.txt"))
            .out
    };
    assert_eq!(of("search"), of("whole"));
    assert!(of("search").starts_with("brad\tbread"), "{}", of("search"));
}

#[test]
fn completions_come_from_blocks() {
    let case = split();
    for (typed, completion) in [("bre", "bread\t"), ("ba", "baking\t"), ("wat", "water\t")] {
        let said = case.done(&format!("suggest search {typed}")).out;
        assert!(said.contains(completion), "{typed}: {said}");
    }
    assert_eq!(case.run("suggest search xyzzy").code, 1);
    // No text is read for them.
    let costs = case.done("suggest search b --cost").out;
    assert!(
        costs.contains("terms") && !costs.contains("texts"),
        "{costs}"
    );
}

#[test]
fn a_search_says_what_it_costs() {
    let case = split();
    let ended = case.done("search search oven --cost -q");
    let lines: Vec<&str> = ended.out.lines().collect();
    let from = lines
        .iter()
        .position(|line| line.starts_with("round"))
        .unwrap();
    let table: Vec<Vec<&str>> = lines[from..]
        .iter()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(table[0], ["round", "fetched", "files", "bytes"]);
    assert_eq!(table[1][..3], ["0", "root", "1"]);
    let kinds: Vec<&str> = table[1..].iter().map(|row| row[1]).collect();
    for kind in ["terms", "cards", "texts"] {
        assert!(kinds.contains(&kind), "{}", ended.out);
    }
    let files = |row: &Vec<&str>| row[row.len() - 3].parse::<usize>().unwrap();
    let (all, each) = table[1..].split_last().unwrap();
    assert_eq!(files(all), each.iter().map(files).sum::<usize>());

    let json = case.done("search search oven --cost --json").out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let root = fs::metadata(case.path("search/samara.root")).unwrap().len();
    assert_eq!(json["cost"][0]["root"]["bytes"], root);

    // Of many queries, each fetches what those before it did not.
    let queries = "{\"id\": \"1\", \"text\": \"oven\"}\n{\"id\": \"2\", \"text\": \"oven\"}\n";
    let out = case.given("search search --queries - --cost", queries).out;
    let costs: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(costs[0]["cost"], json["cost"]);
    assert_eq!(costs[1], serde_json::json!({"id": "2", "cost": []}));

    case.done("build notes -o whole --layout embedded -q");
    case.refused(
        "search whole oven --cost",
        str![[r#"
error: --cost: this bundle holds its index in one file; build it with --layout split

"#]],
    );
}

#[test]
fn a_whole_bundle_is_told() {
    split().check(
        "check search",
        0,
        str![[r#"
search/samara.[HASH].wasm: whole, 4 documents

"#]],
        str![""],
    );
    split().check(
        "inspect search",
        0,
        str![[r#"
4 documents, 90 words, 64 different ones
module[SIZE]
second half[SIZE]
index[SIZE]
  kind           stored        raw  files
  cards[SIZE][SIZE]      1
  column[SIZE][SIZE]      4
  dictionary[SIZE][SIZE]      1
  ids[SIZE][SIZE]      1
  root[SIZE][SIZE]      1
  spelling[SIZE][SIZE]      1
  terms[SIZE][SIZE]      1
  texts[SIZE][SIZE]      1
text[SIZE]
largest documents
[SIZE]  tea.txt
[SIZE]  bread.md
[SIZE]  b1
[SIZE]  b2
left out
     8 words  after-end
     3 words  navigation

"#]],
        str![""],
    );
    let case = split();
    let json = case.done("inspect search --json").out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let blocks = json["bytes"]["blocks"].as_object().unwrap();
    let sum = |what: &str| -> u64 {
        blocks
            .values()
            .map(|kind| kind[what].as_u64().unwrap())
            .sum()
    };
    assert_eq!(sum("stored"), json["bytes"]["index"].as_u64().unwrap());
    // With the root, and without the second half of the engine, which is told by itself.
    assert_eq!(sum("files") as usize, self::blocks(&case, "search").len());
    let second = json["bytes"]["secondHalf"].as_u64().unwrap();
    assert!((10_000..20_000).contains(&second), "{second}");
    // What is told of the documents is the same as of one file.
    case.done("build notes -o whole --layout embedded -q");
    let whole = case.done("inspect whole --json").out;
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    for key in ["documents", "terms", "words", "largest"] {
        assert_eq!(json[key], whole[key], "{key}");
    }
    assert_eq!(json["bytes"]["text"], whole["bytes"]["text"]);
}

/// Changes a split bundle and sees the change named by every subcommand that reads what was changed.
fn finds(change: impl Fn(&Case), commands: &[&str], said: &str) {
    let case = split();
    change(&case);
    for command in commands {
        let ended = case.run(command);
        assert!(
            ended.code == 1 && ended.said.contains(said) && ended.out.is_empty(),
            "{command}: {} {}{}",
            ended.code,
            ended.out,
            ended.said
        );
    }
}

const ALL: [&str; 3] = ["check search", "inspect search", "search search oven"];

#[test]
fn what_is_missing_cut_or_foreign_is_named() {
    let remove = |path: &Path| fs::remove_file(path).unwrap();
    let cut = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() - 3]).unwrap();
    };
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let place = bytes.len() / 2;
        bytes[place] ^= 16;
        fs::write(path, bytes).unwrap();
    };
    let root = |case: &Case| case.path("search/samara.root");
    let terms = |case: &Case| block(case, 't');

    finds(
        |case| remove(&root(case)),
        &ALL,
        "search/samara.root, which names the blocks of the index, is missing; deploy the whole folder",
    );
    finds(
        |case| cut(&root(case)),
        &ALL,
        "search/samara.root: cut short; deploy it again",
    );
    finds(|case| flip(&root(case)), &ALL, "search/samara.root");
    finds(
        |case| fs::write(root(case), "").unwrap(),
        &ALL,
        "search/samara.root: cut short",
    );
    finds(
        |case| remove(&terms(case)),
        &ALL,
        ", which samara.root names, is missing",
    );
    finds(|case| cut(&terms(case)), &ALL, "search/blocks/t");
    finds(|case| flip(&terms(case)), &ALL, "search/blocks");
    finds(
        |case| fs::write(terms(case), "").unwrap(),
        &ALL,
        ": cut short",
    );
    // One that a host has converted, and one that belongs elsewhere.
    finds(
        |case| {
            let bytes = fs::read(terms(case)).unwrap();
            fs::write(terms(case), [&bytes[..], b"\r\n"].concat()).unwrap();
        },
        &ALL,
        ": more than was built",
    );
    finds(
        |case| {
            fs::copy(block(case, 's'), terms(case)).unwrap();
        },
        &ALL,
        "the block t",
    );
    // Not the texts that it was to unpack.
    finds(
        |case| {
            fs::copy(block(case, 's'), block(case, 'x')).unwrap();
        },
        &ALL[..1],
        "x0-",
    );
    finds(
        |case| fs::write(case.path("search/blocks/notes.txt"), "mine").unwrap(),
        &ALL[..1],
        "search/blocks/notes.txt: neither samara.root nor samara.manifest names this file",
    );
}

#[test]
fn the_root_of_another_build_is_named() {
    let case = split();
    fs::write(
        case.path("notes/more.txt"),
        "More\n\nA zebra in the oven.\n",
    )
    .unwrap();
    case.done("build notes -o other --layout split -q");
    fs::copy(
        case.path("other/samara.root"),
        case.path("search/samara.root"),
    )
    .unwrap();
    let ended = case.run("check search");
    assert!(
        ended.code == 1 && ended.said.contains(", which samara.root names, is missing"),
        "{}",
        ended.said
    );
    // With its blocks it works, and is still not what was built.
    for name in blocks(&case, "other") {
        fs::copy(
            case.path("other/blocks").join(&name),
            case.path("search/blocks").join(&name),
        )
        .unwrap();
    }
    assert_eq!(case.run("search search zebra").code, 0);
    let ended = case.run("check search");
    assert!(
        ended.code == 1 && ended.said.contains("this is not the root that was built"),
        "{}",
        ended.said
    );
}

#[test]
fn blocks_stay_for_pages_that_were_opened_before() {
    let case = split();
    let mark = |number: u32| {
        let text = format!("Build\n\nThis build is the zebra{number} of its day.\n");
        fs::write(case.path("notes/build.txt"), text).unwrap();
        case.done(BUILD);
        case.done("check search");
        blocks(&case, "search")
    };
    let first = mark(1);
    fs::write(case.path("search/blocks/t9-mine"), "not Samara's").unwrap();
    // Shaped like one of ours, and not written by us.
    fs::write(case.path("search/blocks/t9-00000000"), "not Samara's").unwrap();
    let second = {
        fs::write(case.path("notes/build.txt"), "Build\n\nAnother zebra2.\n").unwrap();
        case.done(BUILD);
        blocks(&case, "search")
    };
    let own = |names: &[String]| -> Vec<String> {
        let mine = ["t9-mine", "t9-00000000"];
        names
            .iter()
            .filter(|name| !mine.contains(&name.as_str()))
            .cloned()
            .collect()
    };
    let named = |case: &Case| -> Vec<String> {
        let manifest = fs::read(case.path("search/samara.manifest")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let names = manifest["blocks"].as_array().unwrap().iter();
        names
            .map(|name| name.as_str().unwrap().to_owned())
            .collect()
    };
    let live = named(&case);
    assert!(live.iter().all(|name| second.contains(name)));
    // Those of the build before are there, and those of the one before that are not.
    let before = own(&first)
        .into_iter()
        .filter(|name| second.contains(name))
        .count();
    assert!(before > 0 && own(&second).len() > live.len());
    fs::write(case.path("notes/build.txt"), "Build\n\nA third zebra3.\n").unwrap();
    case.done(BUILD);
    let third = blocks(&case, "search");
    assert!(live.iter().all(|name| third.contains(name)));
    let now = named(&case);
    for name in own(&third) {
        assert!(
            live.contains(&name) || now.contains(&name),
            "{name} is left of the first build"
        );
    }
    for mine in ["t9-mine", "t9-00000000"] {
        assert!(case.path("search/blocks").join(mine).is_file(), "{mine}");
    }
    // The same build again takes nothing away.
    case.done(BUILD);
    assert_eq!(blocks(&case, "search"), third);
}

#[test]
fn the_offline_worker_is_told_of_the_root_and_of_all_blocks_if_the_site_asks() {
    let case = split();
    let kept = || fs::read_to_string(case.path("search/samara-worker.js")).unwrap();
    case.done("build notes -o search --layout split --service-worker -q");
    let without = kept();
    assert!(without.contains("\"samara.root\"") && !without.contains("blocks/t"));
    let version = |text: &str| text.split("samara-").count();
    fs::write(case.path("samara.toml"), "offline-blocks = true\n").unwrap();
    case.done("build notes -o search --layout split --service-worker -q");
    let with = kept();
    for name in blocks(&case, "search") {
        assert!(with.contains(&format!("\"blocks/{name}\"")), "{name}");
    }
    assert_eq!(version(&with), version(&without));
    fs::write(case.path("notes/more.txt"), "More\n\nAnother text.\n").unwrap();
    case.done("build notes -o search --layout split --service-worker -q");
    assert_ne!(kept(), with, "a new root is a new version");
}
