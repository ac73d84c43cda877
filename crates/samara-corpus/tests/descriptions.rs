//! What pages say of themselves in their heads.

use std::fs;

use samara_corpus::{Options, read};

const TEXT: &str = "<main><h1>Wicks</h1><p>A wick is trimmed once a week, with sharp scissors, straight across.</p></main>";

/// The field that each page gets, where their heads hold these tags.
fn descriptions(heads: &[&str], body: &str, options: &Options) -> Vec<Option<String>> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (number, head) in heads.iter().enumerate() {
        let page = format!(
            "<title>Page {number}</title>{head}{}",
            body.replace("once", &format!("{number} times"))
        );
        fs::write(folder.path().join(format!("{number}.html")), page).expect("the page is written");
    }
    let corpus = read(&[folder.path().to_path_buf()], options).expect("they are read");
    let documents = corpus.documents.iter();
    let fields = documents.map(|document| document.meta.get("description"));
    fields
        .map(|values| values.map(|values| values.join("|")))
        .collect()
}

#[test]
fn a_description_is_a_field_where_it_says_something_of_this_page_alone() {
    let says = |text: &str| format!("<meta name=description content='{text}'>");
    let own = says("How to care for a chandelier");
    let site = says("All about lamps since 1911");
    let repeated = says("A wick is trimmed 2 times a week, with sharp scissors…");
    let heads = [
        &*own,
        &site,
        &repeated,
        &site,
        "",
        "<meta property=og:description content='Grease'>",
    ];
    let found = descriptions(&heads, TEXT, &Options::default());
    let care = Some("How to care for a chandelier".to_string());
    assert_eq!(
        found,
        [
            care.clone(),
            None,
            None,
            None,
            None,
            Some("Grease".to_string())
        ]
    );
    // What is searched of a page is what somebody has marked, where they have.
    for (body, options, expected) in [
        (
            TEXT.replace("<main>", "<main data-pagefind-body>"),
            Options::default(),
            None,
        ),
        (
            TEXT.to_string(),
            Options {
                root_selector: Some("main".into()),
                ..Options::default()
            },
            None,
        ),
        (
            TEXT.replace("<h1>", "<h1 data-pagefind-meta='description:Mine'>"),
            Options::default(),
            Some("Mine".to_string()),
        ),
    ] {
        assert_eq!(descriptions(&[&own], &body, &options), [expected], "{body}");
    }
    assert_eq!(descriptions(&[&own], TEXT, &Options::default()), [care]);
}
