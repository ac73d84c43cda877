//! `samara clean`.

use crate::case::{Case, says};
use snapbox::str;

#[test]
fn clean_shows_what_was_kept_and_dropped() {
    Case::notes().check(
        "clean notes",
        0,
        str![[r#"
Rye bread
  bread.md
  date: 2024-03-02
  tag: baking, rye
  25 words kept, 0 dropped
  + Mix the flour with water in the evening and let it rest.
  # Oven
  + Bake the loaf for fifty minutes in a hot oven.
On baking
  shelf.json
  9 words kept, 0 dropped
  + Two hundred pages about ovens and loaves.
On bees
  shelf.json
  9 words kept, 0 dropped
  + How hives are kept through the winter.
Tea from the garden
  tea.txt
  39 words kept, 11 dropped
  + Peppermint and lemon balm dry best in the shade, hung in small bunches under the…
  + A café in the village serves it with honey from its own hives, and sells the bun…
  - navigation         Back to top
  - after-end          Copyright 2024 The Garden Society. All rights reserved.

"#]],
        str![],
    );
}

#[test]
fn clean_prints_json_lines() {
    let ended = Case::notes().run("clean notes/tea.txt --json");
    says(
        &ended.out,
        str![[r#"
{"path":"tea.txt","id":"tea.txt","url":"tea.txt","title":"Tea from the garden","text":"Peppermint and lemon balm dry best in the shade, hung in small bunches under the roof./nA café in the village serves it with honey from its own hives, and sells the bunches in autumn.","lang":"en","sections":[{"heading":"","anchor":"","text":"Peppermint and lemon balm dry best in the shade, hung in small bunches under the roof./nA café in the village serves it with honey from its own hives, and sells the bunches in autumn."}],"dropped":[{"text":"Back to top","rule":"navigation"},{"text":"Copyright 2024 The Garden Society. All rights reserved.","rule":"after-end"}]}

"#]],
    );
}

#[test]
fn clean_says_what_it_skipped() {
    let case = Case::notes().having("notes/empty.txt", "");
    let ended = case.done("clean notes/empty.txt notes/tea.txt");
    says(
        &ended.said,
        str![[r#"
warning: empty.txt: empty, skipped

"#]],
    );
}

#[test]
fn the_lines_of_the_configuration_are_kept_and_dropped() {
    let lines = "paths = [\"notes/tea.txt\"]\nkeep = [\"copyright 2024 the garden society, all rights reserved\"]\ndrop = [\"A café in the village serves it with honey from its own hives, and sells the bunches in autumn.\"]\n";
    let cleaned = str![[r#"
Tea from the garden
  tea.txt
  28 words kept, 22 dropped
  + Peppermint and lemon balm dry best in the shade, hung in small bunches under the…
  + Copyright 2024 The Garden Society. All rights reserved.
  - navigation         Back to top
  - owners-list        A café in the village serves it with honey from its own hives, and sells the bun…

"#]];
    let case = Case::notes().having("samara.toml", lines);
    case.check("clean", 0, cleaned.clone(), str![]);
    let case = Case::notes().having("other.toml", lines);
    case.check("clean --config other.toml", 0, cleaned, str![]);
}

#[test]
fn wrong_calls_of_clean_end_with_two() {
    let case = Case::empty().having("bad.json", "{");
    case.refused(
        "clean",
        str![[r#"
error: name a folder or file of documents: samara clean PATH

"#]],
    );
    case.refused(
        "clean nowhere",
        str![[r#"
error: nowhere: no such file or folder; check the path

"#]],
    );
    case.check("clean bad.json", 1, str![], str![[r#"
error: bad.json: not valid JSON (EOF while parsing an object at line 1 column 1); correct it or move it out of the corpus

"#]]);
}

#[test]
fn clean_chooses_as_a_build_does() {
    let page = "<title>T</title><div class=top>Top words</div><div id=text><p>Kept words <i>not these</i></div>";
    let case = Case::empty().having("a.html", page).having("b.htm", page);
    let text = |words: &str| -> Vec<String> {
        let ended = case.done(&format!("clean . --json {words}"));
        let lines = ended.out.lines();
        let lines = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines
            .map(|line| format!("{} {} {}", line["path"], line["lang"], line["text"]))
            .collect()
    };
    assert_eq!(
        text("--root-selector #text --exclude-selectors i --glob *.html --force-language de"),
        [r#""a.html" "de" "Kept words""#]
    );
    assert_eq!(text("--root-selector #text").len(), 2);
}
