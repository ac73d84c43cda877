//! `samara.toml`, and what goes before it.

use crate::case::Case;
use snapbox::str;

const FILE: &str = "paths = ['notes']\noutput = 'file'\nbase-url = '/file/'\n";

/// The address that a bundle's hit has.
fn address(case: &Case, bundle: &str) -> String {
    let json: serde_json::Value =
        serde_json::from_str(&case.done(&format!("search {bundle} oven --json")).out).unwrap();
    json["hits"][0]["url"].as_str().unwrap().to_owned()
}

#[test]
fn a_flag_goes_before_a_variable_before_the_file_before_the_default() {
    let without = Case::notes();
    without.done("build notes -o default -q");
    assert_eq!(address(&without, "default"), "bread.md");
    let case = Case::notes().having("samara.toml", FILE);
    case.done("build -q");
    assert_eq!(address(&case, "file"), "/file/bread.md");
    let case = case
        .with("SAMARA_BASE_URL", "/variable/")
        .with("SAMARA_OUTPUT", "variable");
    case.done("build -q");
    assert_eq!(address(&case, "variable"), "/variable/bread.md");
    case.done("build -q -o flag --base-url /flag/");
    assert_eq!(address(&case, "flag"), "/flag/bread.md");
}

#[test]
fn every_option_of_a_call_goes_before_the_file() {
    let case = Case::notes().having(
        "samara.toml",
        "paths = ['nowhere']\noutput = 'file'\nlayout = 'embedded'\ntitle = 'File'\nmax-size = 1\nthreads = 1\nservice-worker = true\n",
    );
    case.done("build notes -o letters.html --layout single --title Flag --max-size 1MB --threads 2 --service-worker=false -q");
    let page = std::fs::read_to_string(case.path("letters.html")).unwrap();
    assert!(page.contains("<title>Flag</title>"));
    let case = case
        .with("SAMARA_LAYOUT", "single")
        .with("SAMARA_TITLE", "Variable")
        .with("SAMARA_MAX_SIZE", "1MB")
        .with("SAMARA_THREADS", "2")
        .with("SAMARA_SERVICE_WORKER", "false")
        .with("SAMARA_OUTPUT", "variable.html");
    case.done("build notes -q");
    let page = std::fs::read_to_string(case.path("variable.html")).unwrap();
    assert!(page.contains("<title>Variable</title>"));
}

#[test]
fn every_command_that_reads_documents_heeds_the_number_of_threads() {
    let case = Case::notes().with("SAMARA_THREADS", "none");
    // Without a folder of that name nothing would be served.
    for words in ["build notes -o search", "clean notes", "serve nowhere"] {
        case.refused(
            words,
            str![[r#"
error: invalid value 'none' for '--threads <N>': write a whole number, from 1

  tip: the environment variable SAMARA_THREADS is set to 'none'

For more information, try '--help'.

"#]],
        );
    }
    Case::notes().done("clean notes --threads 1");
}

#[test]
fn another_file_can_be_named_and_its_paths_are_relative_to_it() {
    let case = Case::notes().having("notes/other.toml", "paths = ['.']\noutput = 'found'\n");
    case.done("build --config notes/other.toml -q");
    assert!(case.path("notes/found/samara.js").exists());
    let case = case.with("SAMARA_CONFIG", "notes/other.toml");
    case.done("build -o notes/again -q");
    assert!(case.path("notes/again/samara.js").exists());
}

#[test]
fn faults_of_the_file_are_shown() {
    for (text, said) in [
        (
            "outptu = 'x'",
            str![[r#"
error: samara.toml: line 1: there is no option `outptu`; did you mean `output`?

"#]],
        ),
        (
            "base_url = 'x'",
            str![[r#"
error: samara.toml: line 1: there is no option `base_url`; did you mean `base-url`?

"#]],
        ),
        (
            "color = 'x'",
            str![[r#"
error: samara.toml: line 1: there is no option `color`; there are paths, output, layout, max-files, title, page, account, base-url, max-size, memory, cache, threads, port, service-worker, offline, offline-blocks, include, exclude, root-selector, exclude-selectors, follow-links, strip-html, pagefind, glob, force-language, keep-index-url, keep, drop, expect, expect.query, expect.top, expect.url, synonyms, synonyms.words, synonyms.from, synonyms.to, boost, boost.field, boost.value, boost.url, boost.factor, recency, recency.half-life, recency.factor, pin, pin.query, pin.urls

"#]],
        ),
        (
            "max-size = 'large'",
            str![[r#"
error: samara.toml: TOML parse error at line 1, column 12
  |
1 | max-size = 'large'
  |            ^^^^^^^
`max-size` has to be a number of bytes, or a text such as "500 kB" or "2 MB"

"#]],
        ),
        (
            "[[expect]]\nquery = 'a'",
            str![[r#"
error: samara.toml: TOML parse error at line 1, column 1
  |
1 | [[expect]]
  | ^^^^^^^^^^
missing field `url`

"#]],
        ),
        (
            "[[expect]]\nquery = 'a'\nurl = 'b'\ntop = '3'",
            str![[r#"
error: samara.toml: TOML parse error at line 4, column 7
  |
4 | top = '3'
  |       ^^^
`expect.top` has to be a whole number, from 1

"#]],
        ),
        (
            "paths = [",
            str![[r#"
error: samara.toml: TOML parse error at line 1, column 10
  |
1 | paths = [
  |          ^
unclosed array, expected `]`

"#]],
        ),
    ] {
        Case::notes()
            .having("samara.toml", text)
            .refused("build", said);
    }
}

#[test]
fn a_wrong_value_of_a_variable_is_refused() {
    Case::notes().with("SAMARA_LAYOUT", "shards").refused(
        "build notes -o search",
        str![[r#"
error: invalid value 'shards' for '--layout <LAYOUT>'
  [possible values: embedded, single, split]

  tip: the environment variable SAMARA_LAYOUT is set to 'shards'

For more information, try '--help'.

"#]],
    );
}

#[test]
fn a_variable_is_named_where_nobody_typed_the_flag() {
    let case = Case::notes().with("SAMARA_THREADS", "many");
    case.refused(
        "build notes -o search",
        str![[r#"
error: invalid value 'many' for '--threads <N>': write a whole number, from 1

  tip: the environment variable SAMARA_THREADS is set to 'many'

For more information, try '--help'.

"#]],
    );
    case.refused(
        "build notes -o search --threads few",
        str![[r#"
error: invalid value 'few' for '--threads <N>': write a whole number, from 1

For more information, try '--help'.

"#]],
    );
    let case = Case::notes().with("SAMARA_PORT", "70000");
    case.refused(
        "serve notes",
        str![[r#"
error: invalid value '70000' for '--port <PORT>': write a whole number from 0 to 65535

  tip: the environment variable SAMARA_PORT is set to '70000'

For more information, try '--help'.

"#]],
    );
}

#[test]
fn faults_of_yaml_and_json_are_told_by_their_keys() {
    for (name, text, said) in [
        (
            "c.json",
            r#"{"outptu": "x"}"#,
            "c.json: there is no option `outptu`; did you mean `output`?",
        ),
        (
            "c.json",
            r#"{"max-size": [1]}"#,
            "c.json: `max-size` has to be a number of bytes, or a text such as \"500 kB\" or \"2 MB\"",
        ),
        (
            "c.json",
            r#"{"expect": [{"query": "a", "url": "b", "top": 0}]}"#,
            "c.json: `expect.top` has to be a whole number, from 1",
        ),
        (
            "c.json",
            r#"{"expect": [{"query": "a"}]}"#,
            "c.json: `expect`: missing field `url`",
        ),
        (
            "c.yml",
            "boost:\n  - factor: 2\n",
            "c.yml: `boost` has to be tables with `factor`, and with `field` and `value`, or else with `url`",
        ),
        (
            "c.yml",
            "threads: many\n",
            "c.yml: `threads` has to be a whole number, from 1",
        ),
        (
            "c.yml",
            "base-url: not a url\n",
            "c.yml: `base-url` has to be an address, as in \"/docs/\" or \"https://example.org/docs/\"",
        ),
    ] {
        let ended = Case::notes()
            .having(name, text)
            .run(&format!("build --config {name}"));
        assert_eq!(
            (ended.code, &*ended.said),
            (2, &*format!("error: {said}\n")),
            "{text}"
        );
    }
    // A key without a value says nothing.
    let case = Case::notes().having(
        "c.yml",
        "paths: [notes]\noutput: found\ntitle:\nmax-size: 2 MB\n",
    );
    case.done("build --config c.yml -q");
    assert!(case.path("found/samara.js").exists());
}

#[test]
fn what_is_no_address_and_no_language_is_refused() {
    for (words, said) in [
        (
            "--base-url not_a_url",
            "write an address, such as /docs/ or https://example.org/docs/",
        ),
        (
            "--base-url javascript:alert(1)",
            "write an address, such as /docs/",
        ),
        (
            "--force-language klingon",
            "the language klingon is not understood; write it as en or pt-BR",
        ),
    ] {
        let ended = Case::notes().run(&format!("build notes -o found {words}"));
        assert!(
            ended.code == 2 && ended.said.contains(said),
            "{words}: {}",
            ended.said
        );
    }
    Case::notes().done(
        "build notes -o found -q --base-url https://example.org/docs/ --force-language pt-BR",
    );
}
