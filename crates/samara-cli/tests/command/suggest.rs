//! `samara suggest`.

use crate::case::Case;
use snapbox::str;

#[test]
fn suggest_completes() {
    Case::bundled().check(
        "suggest search b",
        0,
        str![[r#"
On bees	1
On baking	1
Rye bread	1
bake	1
balm	1

"#]],
        str![],
    );
}

#[test]
fn suggest_prints_json() {
    let case = Case::bundled();
    case.check(
        "suggest search ba --json",
        0,
        str![[r#"
[{"text":"On baking","documents":1},{"text":"bake","documents":1},{"text":"balm","documents":1}]

"#]],
        str![""],
    );
    case.check(
        "suggest search zeppelin --json",
        1,
        str![[r#"
[]

"#]],
        str![""],
    );
}

#[test]
fn suggest_corrects_words() {
    let case = Case::bundled().having("words", "pepermint\nhivse\nzzzzzz\noven\n");
    case.check(
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
fn suggest_that_finds_nothing_ends_with_one() {
    Case::bundled().check("suggest search zeppelin", 1, str![], str![]);
}

#[test]
fn wrong_calls_of_suggest_end_with_two() {
    let case = Case::bundled();
    case.refused(
        "suggest search",
        str![[r#"
error: the following required arguments were not provided:
  <PREFIX>

Usage: samara suggest <BUNDLE> <PREFIX>

For more information, try '--help'.

"#]],
    );
    case.refused(
        "suggest search b --words words",
        str![[r#"
error: the argument '[PREFIX]' cannot be used with '--words <FILE>'

Usage: samara suggest <BUNDLE> <PREFIX>

For more information, try '--help'.

"#]],
    );
    case.refused(
        "suggest search b --limit few",
        str![[r#"
error: invalid value 'few' for '--limit <N>': write a whole number, from 0

For more information, try '--help'.

"#]],
    );
    case.refused(
        "suggest search --words missing",
        str![[r#"
error: missing: no such file; check the path

"#]],
    );
}
