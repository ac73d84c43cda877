//! What the owner of a site decides about answers: synonyms, boosts, recency, pinned pages.

use crate::case::Case;
use snapbox::str;

/// Addresses of the hits of a query, where the file of options ends so.
fn urls(options: &str, query: &str) -> Vec<String> {
    let case = Case::notes().having(
        "samara.toml",
        &format!("paths = ['notes']\noutput = 'search'\nbase-url = '/site/'\n{options}"),
    );
    case.done("build -q");
    let ended = case.run(&format!("search search {query} --json"));
    let answer: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let hits = answer["hits"].as_array().unwrap().iter();
    hits.map(|hit| {
        let url = hit["url"].as_str().unwrap();
        url.strip_prefix("/site/").unwrap().to_owned()
    })
    .collect()
}

#[test]
fn synonyms_are_found_both_ways_or_one_way() {
    let both = "[[synonyms]]\nwords = ['stove', 'hot oven', 'furnace']\n";
    let one = "[[synonyms]]\nfrom = 'kiln'\nto = 'hives'\n";
    assert_eq!(urls("", "stove"), [""; 0]);
    assert_eq!(urls(both, "stove"), ["bread.md"]);
    assert_eq!(urls(both, "furnace"), ["bread.md"]);
    let mut hives = urls("", "hives");
    let mut kiln = urls(one, "kiln");
    hives.sort();
    kiln.sort();
    assert_eq!(kiln, hives);
    assert_eq!(kiln.len(), 2);
}

#[test]
fn boosts_put_pages_forward_and_back() {
    let of = |what: &str, factor: f32| format!("[[boost]]\n{what}\nfactor = {factor}\n");
    for (options, first) in [
        (String::new(), "shelf/b2.html"),
        (of("url = '/site/shelf/*'", 0.1), "tea.txt"),
        (of("url = '*.txt'", 7.5), "tea.txt"),
        (of("url = '/elsewhere/*'", 0.1), "shelf/b2.html"),
    ] {
        assert_eq!(urls(&options, "hives")[0], first, "{options}");
    }
    assert_eq!(urls("", "baking")[0], "shelf/b1.html");
    let tagged = of("field = 'tag'\nvalue = 'rye'", 7.5);
    assert_eq!(urls(&tagged, "baking")[0], "bread.md");
}

#[test]
fn newer_pages_count_for_more() {
    let recency = "[recency]\nhalf-life = '180 days'\nfactor = 7\n";
    assert_eq!(urls("", "baking")[0], "shelf/b1.html");
    assert_eq!(urls(recency, "baking")[0], "bread.md");
}

#[test]
fn pinned_pages_come_first_in_their_order() {
    let pin = "[[pin]]\nquery = 'hives'\nurls = ['/site/bread.md', 'site/tea.txt']\n";
    assert_eq!(urls(pin, "Hives"), ["bread.md", "tea.txt", "shelf/b2.html"]);
}

#[test]
fn a_pinned_page_that_does_not_exist_is_an_error_that_names_the_nearest() {
    let of = |url: &str| {
        Case::notes().having(
            "samara.toml",
            &format!(
                "paths = ['notes']\noutput = 'search'\n[[pin]]\nquery = 'hives'\nurls = ['{url}']\n"
            ),
        )
    };
    let case = of("/shelf/b2.htm");
    case.check(
        "build",
        1,
        str![],
        str![[r#"
error: `hives` cannot be pinned to /shelf/b2.htm: no document has this address; did you mean shelf/b2.html?

"#]],
    );
    assert!(!case.path("search").exists());
    of("/quite/another/place").check(
        "build",
        1,
        str![],
        str![[r#"
error: `hives` cannot be pinned to /quite/another/place: no document has this address

"#]],
    );
}

#[test]
fn synonyms_and_recency_that_change_nothing_are_told() {
    let options = "paths = ['notes']\noutput = 'search'\n\
                   [[synonyms]]\nwords = ['loaf', 'boule']\n\
                   [[synonyms]]\nwords = ['zeppelin', 'airship']\n\
                   [[synonyms]]\nfrom = 'boule'\nto = 'zeppelin'\n\
                   [[synonyms]]\nfrom = 'kiln'\nto = 'oven'\n";
    let told = |options: &str| -> Vec<String> {
        let case = Case::notes().having("samara.toml", options);
        let said = case.done("build").said;
        let told = said.lines().filter(|line| line.starts_with("warning: "));
        let told = told.filter(|line| line.contains("synonyms") || line.contains("recency"));
        told.map(str::to_owned).collect()
    };
    let behind = "no document has the words that stand for others, so nothing more is found";
    assert_eq!(
        told(options),
        [
            format!("warning: synonyms zeppelin and airship: {behind}"),
            format!("warning: synonyms boule and zeppelin: {behind}"),
        ]
    );
    let recency =
        "paths = ['undated.md']\noutput = 'search'\n[recency]\nhalf-life = '1 year'\nfactor = 2\n";
    let undated = Case::notes()
        .having("samara.toml", recency)
        .having("undated.md", "# Loaf\n\nA text.");
    assert!(
        undated.done("build").said.contains(
            "warning: recency: no document has a date, so nothing counts for more or less"
        )
    );
    let dated = Case::notes().having("samara.toml", recency).having(
        "undated.md",
        "---\ndate: 2024-02-01\n---\n# Loaf\n\nA text.",
    );
    assert!(!dated.done("build").said.contains("recency"));
}

#[test]
fn a_boost_that_no_page_gets_is_told() {
    let options = "paths = ['notes']\noutput = 'search'\nbase-url = '/site/'\n\
                   [[boost]]\nfield = 'tag'\nvalue = 'rye'\nfactor = 2\n\
                   [[boost]]\nfield = 'tag'\nvalue = 'wheat'\nfactor = 2\n\
                   [[boost]]\nurl = '/site/shelf/*'\nfactor = 2\n\
                   [[boost]]\nurl = '/shelf/*'\nfactor = 2\n";
    let said = Case::notes()
        .having("samara.toml", options)
        .done("build")
        .said;
    let told: Vec<&str> = said.lines().filter(|line| line.contains("boost")).collect();
    assert_eq!(
        told,
        [
            "warning: boost of tag wheat: no document has this, so nothing counts for more or less; `samara clean` shows what documents have",
            "warning: boost of url /shelf/*: no document has this, so nothing counts for more or less; `samara clean` shows what documents have",
        ]
    );
}
