//! `samara inspect`.

use crate::case::{Case, says};
use snapbox::str;

#[test]
fn a_bundle_is_summarised() {
    Case::bundled().check(
        "inspect search",
        0,
        str![[r#"
4 documents, 90 words, 64 different ones
module[SIZE]
index[SIZE]
  columns[SIZE]
  counts[SIZE]
  documents[SIZE]
  forms[SIZE]
  groups[SIZE]
  language[SIZE]
  letters[SIZE]
  rules[SIZE]
  separators[SIZE]
  spellings[SIZE]
  stream[SIZE]
  terms[SIZE]
text[SIZE]
postings[SIZE]  in memory, when opened
largest documents
[SIZE]  tea.txt
[SIZE]  bread.md
[SIZE]  b1
[SIZE]  b2
left out
     8 words  after-end
     3 words  navigation

"#]],
        str![],
    );
}

#[test]
fn where_nothing_was_left_out_nothing_is_said_of_it() {
    let case = Case::notes();
    case.done("build notes/bread.md -o search -q");
    let out = case.done("inspect search").out;
    assert!(!out.contains("left out"), "{out}");
}

#[test]
fn sizes_as_sent_are_told() {
    let case = Case::bundled();
    let without = case.done("inspect search").out;
    let with = case.done("inspect search --compressed").out;
    let (before, _) = without.split_once("largest").unwrap();
    let (told, _) = with
        .strip_prefix(before)
        .unwrap()
        .split_once("largest")
        .unwrap();
    says(
        told,
        str![[r#"
as sent             raw       gzip     brotli
script[SIZE][SIZE][SIZE]
search[SIZE][SIZE][SIZE]
extras[SIZE][SIZE][SIZE]
engine[SIZE][SIZE][SIZE]
index[SIZE][SIZE][SIZE]
engine+index[SIZE][SIZE][SIZE]
text alone[SIZE][SIZE][SIZE]

"#]],
    );
}

#[test]
fn the_summary_is_one_object_in_json() {
    let out = Case::bundled()
        .done("inspect search --json --compressed")
        .out;
    let summary: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(summary["documents"], 4);
    assert_eq!(summary["terms"], 64);
    assert_eq!(summary["leftOut"]["words"]["navigation"], 3);
    assert_eq!(summary["largest"][0]["id"], "tea.txt");
    assert!(summary["build"].is_string());
    for (group, name) in [
        ("bytes", "module"),
        ("bytes", "index"),
        ("bytes", "text"),
        ("bytes", "postings"),
    ] {
        assert!(
            summary[group][name].as_u64().is_some(),
            "{group}.{name}: {out}"
        );
    }
    for thing in ["script", "engine", "module", "index", "text"] {
        for way in ["raw", "gzip", "brotli"] {
            assert!(
                summary["compressed"][thing][way].as_u64().is_some(),
                "{thing}: {out}"
            );
        }
    }
}

#[test]
fn module_and_page_say_the_same_as_the_folder() {
    let case = Case::bundled();
    case.done("build notes -o letters.html --layout single -q");
    let module = case.ending_in("search", ".wasm");
    let folder = case.done("inspect search").out;
    let (whole, _) = folder.split_once("left out").unwrap();
    assert_eq!(
        case.done(&format!("inspect {}", module.display())).out,
        whole
    );
    assert_eq!(case.done("inspect letters.html").out, whole);
}
