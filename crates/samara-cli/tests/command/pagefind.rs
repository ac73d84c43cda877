//! `samara build --pagefind`: for sites that come from Pagefind.

use crate::case::Case;
use std::fs;

const SITE: &[(&str, &str)] = &[
    (
        "public/index.html",
        "<html lang=en><title>Home</title><body><main><h1>Home</h1><p>The oak by the house.</p></main></body></html>",
    ),
    (
        "public/trees/index.html",
        "<html lang=pt-br><body><nav>oak menu</nav><div class=text><h1 id=top>Trees</h1><p>An oak is a tree.</p>\
         <p class=ad>An oak advertisement.</p></div><p>An oak outside.</p></body></html>",
    ),
];

fn site() -> Case {
    let case = Case::empty();
    for (name, text) in SITE {
        fs::create_dir_all(case.path(name).parent().unwrap()).unwrap();
        fs::write(case.path(name), text).unwrap();
    }
    case
}

/// Addresses and texts of what a bundle finds.
fn found(case: &Case, bundle: &str, query: &str) -> Vec<(String, String)> {
    let call = case.run(&format!("search {bundle} {query} --json"));
    let json: serde_json::Value = serde_json::from_str(&call.out).unwrap();
    let hits = json["hits"].as_array().unwrap().iter().map(|hit| {
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        (text(&hit["url"]), text(&hit["snippet"]["text"]))
    });
    let mut hits: Vec<_> = hits.collect();
    hits.sort();
    hits
}

fn addresses(case: &Case, bundle: &str) -> Vec<String> {
    found(case, bundle, "oak")
        .into_iter()
        .map(|(url, _)| url)
        .collect()
}

#[test]
fn it_writes_what_sites_load_where_pagefind_does() {
    let case = site();
    let said = case.done("build public --pagefind").said;
    assert!(
        said.contains("stay as they are") && !said.contains("Put these lines"),
        "{said}"
    );
    for name in [
        "pagefind.js",
        "pagefind-highlight.js",
        "pagefind-ui.js",
        "pagefind-ui.css",
        "pagefind-component-ui.js",
        "pagefind-component-ui.css",
        "samara.js",
    ] {
        assert!(
            case.path(&format!("public/pagefind/{name}")).is_file(),
            "{name}"
        );
    }
    assert_eq!(addresses(&case, "public/pagefind"), ["./", "trees/"]);
    case.done("check public/pagefind -q");
    case.done("build public -o plain -q");
    assert!(!case.path("plain/pagefind.js").exists());
}

#[test]
fn it_searches_an_index_in_blocks_as_well() {
    let case = site();
    case.done("build public --pagefind --layout split -q");
    let script = fs::read_to_string(case.path("public/pagefind/pagefind.js")).unwrap();
    assert!(script.contains("samara.root") && !script.contains("__SAMARA_"));
    assert!(case.path("public/pagefind/samara.root").is_file());
    assert_eq!(addresses(&case, "public/pagefind"), ["./", "trees/"]);
    case.done("check public/pagefind -q");
    case.done("build public --pagefind --layout embedded -q");
    assert!(!case.path("public/pagefind/samara.root").exists());
    case.done("check public/pagefind -q");
}

#[test]
fn much_text_goes_into_blocks_unless_the_layout_is_said() {
    let case = site();
    let mut words = String::new();
    for number in 0..120_000u64 {
        words.push_str(&format!("w{:x} ", number * 2_654_435_761 % (1 << 32)));
    }
    let page = format!("<html lang=en><main><h1>Words</h1><p>{words}</p></main></html>");
    let case = case.having("public/words.html", &page);
    let said = case.done("build public --pagefind").said;
    assert!(said.contains("split layout"), "{said}");
    assert!(case.path("public/pagefind/samara.root").is_file());
    case.done("build public --pagefind --layout embedded -q");
    assert!(!case.path("public/pagefind/samara.root").exists());
}

#[test]
fn one_page_has_no_files_for_pagefind() {
    let refused = site().run("build public --pagefind --layout single -o out.html");
    assert_eq!(refused.code, 2);
    assert!(refused.said.contains("--pagefind"), "{}", refused.said);
}

#[test]
fn every_option_counts() {
    let case = site();
    let built = |options: &str| {
        let _ = fs::remove_dir_all(case.path("out"));
        case.done(&format!("build public -o out --pagefind -q {options}"));
        found(&case, "out", "oak")
    };
    assert_eq!(built("--glob trees/*.html").len(), 1);
    assert_eq!(built("--glob **/*.{htm,html}").len(), 2);
    assert!(
        built("--keep-index-url")
            .iter()
            .all(|(url, _)| url.ends_with("index.html"))
    );
    let root = built("--root-selector .text");
    assert_eq!(root.len(), 1);
    assert!(!root[0].1.contains("outside"));
    let without = built("--exclude-selectors .ad --exclude-selectors main");
    assert!(
        without
            .iter()
            .all(|(_, text)| !text.contains("advertisement"))
    );
    assert_eq!(built("--force-language de").len(), 2);
    let inspected = case
        .done("build public -o forced --pagefind --force-language de")
        .said;
    assert!(inspected.contains("languages: de 2"), "{inspected}");
}

#[test]
fn its_configuration_is_read_where_there_is_no_other() {
    for (file, text) in [
        (
            "pagefind.yml",
            "site: public\nglob: \"trees/*.html\"\nlogfile: x\n",
        ),
        (
            "pagefind.yaml",
            "site: public\nglob: \"trees/*.html\"\nlogfile: x\n",
        ),
        (
            "pagefind.toml",
            "site = 'public'\nglob = 'trees/*.html'\nlogfile = 'x'\n",
        ),
        (
            "pagefind.json",
            "{ \"site\": \"public\", \"glob\": \"trees/*.html\", \"logfile\": \"x\" }",
        ),
    ] {
        let case = site().having(file, text);
        let said = case.done("build").said;
        assert!(said.contains("`logfile` is not needed"), "{said}");
        assert_eq!(addresses(&case, "public/pagefind"), ["trees/"], "{file}");
        let case = case.having("samara.toml", "paths = ['public']\noutput = 'own'\n");
        case.done("build -q");
        assert_eq!(addresses(&case, "own").len(), 2, "{file}");
    }
}

#[test]
fn its_variables_go_before_its_file_and_flags_before_both() {
    let case = site()
        .having("pagefind.yml", "site: nowhere\nforce_language: de\n")
        .with("PAGEFIND_SITE", "public")
        .with("PAGEFIND_OUTPUT_SUBDIR", "search");
    case.done("build -q");
    assert!(case.path("public/search/pagefind.js").is_file());
    case.done("build -q -o flag");
    assert!(case.path("flag/pagefind.js").is_file());
}

#[test]
fn options_may_stand_in_yaml_and_json() {
    for (file, text) in [
        (
            "samara.yml",
            "paths: [public]\noutput: out\nexclude-selectors:\n  - .ad\n",
        ),
        (
            "samara.json",
            "{ \"paths\": [\"public\"], \"output\": \"out\", \"exclude-selectors\": [\".ad\"] }",
        ),
    ] {
        let case = site().having(file, text);
        case.done(&format!("build --config {file} -q"));
        assert_eq!(addresses(&case, "out").len(), 2, "{file}");
        let case = case.having(file, &text.replace("output", "outptu"));
        let refused = case.run(&format!("build --config {file} -q"));
        assert!(
            refused.code == 2 && refused.said.contains("did you mean `output`"),
            "{}",
            refused.said
        );
    }
}

#[test]
fn what_pagefind_wrote_makes_way_and_nothing_else_does() {
    let case = site();
    let folder = case.path("public/pagefind");
    fs::create_dir_all(folder.join("index")).unwrap();
    for name in [
        "pagefind-entry.json",
        "pagefind.js",
        "index/a.pf_index",
        "wasm.en.pagefind",
    ] {
        fs::write(folder.join(name), "theirs").unwrap();
    }
    case.done("build public --pagefind -q");
    assert!(!folder.join("pagefind-entry.json").exists() && !folder.join("index").exists());
    assert!(
        fs::read_to_string(folder.join("pagefind.js"))
            .unwrap()
            .contains("samara")
    );
    let case = site();
    fs::create_dir(case.path("public/pagefind")).unwrap();
    fs::write(case.path("public/pagefind/notes.txt"), "mine").unwrap();
    let refused = case.run("build public --pagefind -q");
    assert!(
        refused.code == 2 && refused.said.contains("files that are no bundle"),
        "{}",
        refused.said
    );
}

#[test]
fn a_value_of_ignore_that_there_is_not_is_named() {
    let case = site().having(
        "public/other.html",
        "<main><h1>Other</h1><p>Kept.</p><p data-pagefind-ignore=misc>Ignored.</p></main>",
    );
    let said = case.done("build public --pagefind").said;
    assert!(said.contains("data-pagefind-ignore=\"misc\""), "{said}");
}
