//! `samara search`.

use crate::case::{Case, says};
use snapbox::str;

#[test]
fn search_prints_hits_and_says_how_many() {
    Case::bundled().check(
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
2 results in [TIME]

"#]],
    );
}

#[test]
fn a_query_without_quotation_marks_is_told_to_have_some() {
    let said = |words: &str| Case::bundled().run(words).said;
    let tip = "put the query in quotation marks";
    assert!(said("search search frank exchanges").contains(tip));
    assert!(said("suggest search frank exchanges").contains(tip));
    // Neither flags that there are not, nor words of other commands.
    assert!(!said("search search frank --limits 3").contains(tip));
    assert!(!said("inspect search frank").contains(tip));
}

#[test]
fn search_says_what_it_corrected() {
    Case::bundled().check(
        "search search pepermint",
        0,
        str![[r#"
1. Tea from the garden
   tea.txt
   Peppermint and lemon balm dry best in the shade, hung in small bunches under the roof. A café in the village serves it with honey from its own hives, and sells the …

"#]],
        str![[r#"
1 result in [TIME] for peppermint

"#]],
    );
}

#[test]
fn search_that_finds_nothing_ends_with_one() {
    Case::bundled().check(
        "search search zeppelin",
        1,
        str![],
        str![[r#"
0 results in [TIME]; ignored zeppelin: unknown

"#]],
    );
}

#[test]
fn search_filters_and_explains() {
    Case::bundled().check(
        "search search oven --filter tag=rye --explain",
        0,
        str![[r#"
1. Rye bread
   bread.md
   Bake the loaf for fifty minutes in a hot oven.
     0.[..] oven

"#]],
        str![[r#"
1 result in [TIME]

"#]],
    );
}

#[test]
fn search_writes_a_run() {
    let case = Case::bundled().having(
        "queries",
        "{\"id\": \"q1\", \"text\": \"oven\"}\n\n{\"id\": \"q2\", \"text\": \"hives\"}\n",
    );
    case.check(
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
    let case = Case::bundled().having("queries", "{\"id\": \"q1\", \"text\": \"oven\"}\noven\n");
    case.check(
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
fn search_prints_json() {
    let out = Case::bundled()
        .done("search search oven --json --limit 1")
        .out;
    let mut answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(answer["took"].take().is_number());
    says(
        &format!("{answer:#}"),
        str![[r#"
{
  "facets": {
    "tag": [
      {
        "count": 1,
        "total": 1,
        "value": "baking"
      },
      {
        "count": 1,
        "total": 1,
        "value": "rye"
      }
    ]
  },
  "hits": [
    {
      "duplicates": [],
      "id": "bread.md",
      "meta": {
        "date": "2024-03-02",
        "lang": "en",
        "tag": [
          "baking",
          "rye"
        ]
      },
      "score": [SCORE],
      "sections": [
        {
          "snippet": {
            "marks": [
              [
                41,
                45
              ]
            ],
            "text": "Bake the loaf for fifty minutes in a hot oven."
          },
          "title": "Oven",
          "url": "bread.md#oven"
        }
      ],
      "snippet": {
        "marks": [
          [
            41,
            45
          ]
        ],
        "text": "Bake the loaf for fifty minutes in a hot oven."
      },
      "title": "Rye bread",
      "titleMarks": [],
      "url": "bread.md"
    }
  ],
  "ignored": [],
  "took": null,
  "total": 2
}
"#]],
    );
}

#[test]
fn search_opens_a_folder_a_module_and_a_page() {
    let case = Case::bundled();
    case.done("build notes -o letters.html --layout single -q");
    case.done("build notes -o other --layout single -q");
    let module = case.ending_in("search", ".wasm");
    let answer = case.done("search search oven").out;
    for bundle in ["letters.html", "other", &module.display().to_string()] {
        assert_eq!(
            case.done(&format!("search {bundle} oven")).out,
            answer,
            "{bundle}"
        );
    }
}

#[test]
fn search_sorts_and_leaves_out() {
    Case::bundled().check(
        "search search oven --sort title:desc --offset 1",
        0,
        str![[r#"
2. On baking
   shelf/b1.html
   Two hundred pages about ovens and loaves.

"#]],
        str![[r#"
2 results in [TIME]

"#]],
    );
}

#[test]
fn a_field_that_there_is_not_is_told() {
    let case = Case::bundled();
    for (flags, code, told) in [
        (
            "--sort shelf",
            0,
            "--sort: the index has no field `shelf`; it has ",
        ),
        (
            "--filter shelf=b",
            1,
            "--filter: the index has no field `shelf`; it has ",
        ),
        (
            "--sort title:up",
            2,
            "'--sort <FIELD[:desc]>': write it as FIELD, FIELD:asc or FIELD:desc",
        ),
    ] {
        let run = case.run(&format!("search search oven {flags}"));
        assert_eq!(run.code, code, "{flags}");
        assert!(run.said.contains(told), "{flags}: {}", run.said);
    }
}

#[test]
fn search_quietly_prints_results_alone() {
    Case::bundled().check(
        "search search oven --limit 1 --quiet",
        0,
        str![[r#"
1. Rye bread
   bread.md
   Bake the loaf for fifty minutes in a hot oven.

"#]],
        str![],
    );
}

#[test]
fn wrong_calls_of_search_end_with_two() {
    let case = Case::bundled();
    case.refused(
        "search search",
        str![[r#"
error: the following required arguments were not provided:
  <QUERY>

Usage: samara search <BUNDLE> <QUERY>

For more information, try '--help'.

"#]],
    );
    case.refused("search search oven --filter tag", str![[r#"
error: invalid value 'tag' for '--filter <FIELD=VALUE>': write it as FIELD=VALUE, such as source=Yonhap

For more information, try '--help'.

"#]]);
    case.refused(
        "search search oven --trec",
        str![[r#"
error: the argument '[QUERY]' cannot be used with '--trec'

Usage: samara search <BUNDLE> <QUERY>

For more information, try '--help'.

"#]],
    );
    case.refused(
        "search search --queries missing --trec",
        str![[r#"
error: missing: no such file; check the path

"#]],
    );
}

#[test]
fn the_description_of_a_page_is_found() {
    let page = "<title>Wicks</title><meta name=description content='How to care for a chandelier'><main><h1>Wicks</h1>\
                <p>A wick is trimmed once a week.</main>";
    let other = "<title>Lamps</title><main><h1>Lamps</h1><p>A chandelier has many lamps.</main>";
    let case = Case::empty().having("a.html", page).having("b.html", other);
    case.done("build a.html b.html -o search -q");
    let answer = case.done("search search chandelier --json").out;
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let hits = answer["hits"].as_array().unwrap().iter();
    let titles: Vec<&str> = hits.map(|hit| hit["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Lamps", "Wicks"]);
}

#[test]
fn numbers_and_identifiers_of_an_entry_are_found() {
    let entries = r#"[
        {"id": "XK-4711", "title": "Lamp", "text": "It burns oil.", "price": 12.5, "year": 1911, "phone": "0221-998877", "sizes": [38, 40]},
        {"id": "XK-4712", "title": "Stove", "text": "It burns wood.", "price": 99, "year": 1912, "image": "12345.png", "width": 640}
    ]"#;
    let case = Case::empty().having("things.json", entries);
    case.done("build things.json -o search -q");
    for (query, expected) in [
        ("1911", &["Lamp"][..]),
        ("12.5", &["Lamp"]),
        ("99", &["Stove"]),
        ("0221-998877", &["Lamp"]),
        ("40", &["Lamp"]),
        ("XK-4712", &["Stove"]),
        // What only programs ask for is no word of it.
        ("12345", &[]),
    ] {
        let ended = case.run(&format!("search search {query} --json"));
        let answer: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        let hits = answer["hits"].as_array().unwrap().iter();
        let titles: Vec<&str> = hits.map(|hit| hit["title"].as_str().unwrap()).collect();
        assert_eq!(titles.first(), expected.first(), "{query}: {titles:?}");
    }
}
