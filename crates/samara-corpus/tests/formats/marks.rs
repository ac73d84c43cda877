//! What attributes made for search say of a page.

use crate::case::{corpus, warned};

#[test]
fn what_is_marked_for_search_is_the_document() {
    let corpus = corpus(&[
        (
            "a.html",
            "<title>x</title><body><h1>Outside</h1><div data-pagefind-body data-pagefind-filter='kind:guide'>\
             <h1 data-pagefind-meta='title'>Inside</h1><p>Kept words.</p><p data-pagefind-ignore>no</p>\
             <img data-pagefind-meta='image[src]' src='a.png'></div><p>Around</p>",
        ),
        (
            "b.html",
            "<title>b</title><main><p>A page without a mark is not meant to be found.</p></main>",
        ),
    ]);
    assert_eq!(corpus.documents.len(), 1);
    let document = &corpus.documents[0];
    assert_eq!(
        (document.title.as_str(), document.plain_text().as_str()),
        ("Inside", "Inside\nKept words.")
    );
    assert_eq!(document.meta["kind"], ["guide"]);
    assert_eq!(document.meta["image"], ["a.png"]);
    assert!(warned(&corpus, "b.html").contains("skipped"));
}

#[test]
fn fields_are_taken_from_attributes() {
    let page = "<meta data-pagefind-default-meta='image[content], kind:page' content=/default.png>\
                <main><h1>Saws</h1><p data-samara-filter='kind:guide, tool' data-pagefind-meta='note[title], said:one, two' title=three>bow saw</p>\
                <p data-pagefind-sort='price[data-price]' data-price=12>words</p>\
                <p data-samara-ignore>no <i data-samara-meta=level>easy</i></p>\
                <p data-pagefind-ignore=all>no <i data-pagefind-meta=draft>yes</i></p></main>";
    let corpus = corpus(&[("a.html", page)]);
    let meta = corpus.documents[0].meta.iter();
    let told: Vec<(&str, &str)> = meta
        .map(|(key, values)| (key.as_str(), values[0].as_str()))
        .collect();
    let expected = [
        ("image", "/default.png"),
        ("kind", "guide"),
        ("level", "easy"),
        ("note", "three"),
        ("price", "12"),
        ("said", "one, two"),
        ("tool", "bow saw"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn attributes_named_for_search_are_read() {
    let corpus = corpus(&[(
        "a.html",
        "<main><h1>Saws</h1><p title='A bow saw' data-cut='pull stroke' data-x='no' \
         data-pagefind-index-attrs='title, data-cut'>Read on</p>\
         <p>See <i data-samara-index-attrs=title title='a note'>this</i>.</p></main>",
    )]);
    let text = corpus.documents[0].plain_text();
    assert_eq!(
        text,
        "Saws\nA bow saw pull stroke Read on\nSee a note this."
    );
}

#[test]
fn authors_decide_what_counts_for_less_and_for_more() {
    use samara_engine::Weight;
    let of = |factor: f32| Weight::of(factor).unwrap();
    let page = "<body data-samara-weight=0.5><main data-pagefind-body><h1>Saws</h1>\
                <p>one <b data-samara-weight='5'>two  three</b> four</p><p data-pagefind-weight='10.0'>five</p>\
                <p data-pagefind-weight=1>six</p><h2 data-pagefind-weight=2>Seven</h2>\
                <pre>\n\na  \n<i data-samara-weight=9>b</i></pre><p data-pagefind-weight=much>nine</p></main>";
    let corpus = corpus(&[("a.html", page)]);
    let pieces: Vec<(&str, samara_engine::Weight)> = corpus.documents[0]
        .sections
        .iter()
        .flat_map(|section| {
            let heading = section
                .heading_weight
                .map(|weight| (section.heading.as_str(), weight));
            let pieces = section
                .weights
                .iter()
                .map(|(piece, weight)| (&section.text[piece.clone()], *weight));
            heading.into_iter().chain(pieces)
        })
        .map(|(piece, weight)| (piece.trim(), weight))
        .collect();
    assert_eq!(
        pieces,
        [
            ("one", of(0.5)),
            ("two three", of(5.0)),
            ("four", of(0.5)),
            ("five", of(10.0)),
            ("Seven", of(4.0)),
            ("a", of(0.5)),
            ("b", of(9.0)),
            ("nine", of(0.5)),
        ]
    );
}

#[test]
fn attributes_that_mean_nothing_are_named_as_they_are_written() {
    let page = |attribute: &str| {
        format!("<main><p {attribute}>A note.</p><p>A page about lamps.</p></main>")
    };
    for (attribute, told) in [
        (
            "data-samara-ignore=foo",
            "data-samara-ignore=\"foo\" is taken for `index`; write `index` or `all`",
        ),
        (
            "data-pagefind-ignore=foo",
            "data-pagefind-ignore=\"foo\" is taken for `index`; write `index` or `all`",
        ),
        (
            "data-samara-weight=abc",
            "data-samara-weight=\"abc\" is no number and was not used; write one from 0 to 10",
        ),
        (
            "data-samara-weight=NaN",
            "data-samara-weight=\"NaN\" is no number and was not used; write one from 0 to 10",
        ),
        (
            "data-samara-weight=20",
            "data-samara-weight=\"20\" is taken for 10; write a number from 0 to 10",
        ),
        (
            "data-pagefind-weight=-1",
            "data-pagefind-weight=\"-1\" is taken for 0; write a number from 0 to 10",
        ),
        (
            "data-samara-filer=a:b",
            "there is no attribute data-samara-filer; did you mean data-samara-filter?",
        ),
        (
            "data-pagefind-xyz",
            "there is no attribute data-pagefind-xyz, so it does nothing",
        ),
        // All that there is.
        ("data-samara-weight=' 2.5 '", ""),
        ("data-pagefind-weight=10", ""),
        ("data-samara-ignore", ""),
        ("data-samara-filter=a:b data-samara-sort=c:d", ""),
        ("data-samara-index-attrs=x data-pagefind-title=y", ""),
        ("data-other=foo", ""),
    ] {
        let corpus = corpus(&[
            ("a.html", &page(attribute)),
            ("b.html", "<main><p>Another page."),
        ]);
        assert_eq!(warned(&corpus, "a.html"), told, "{attribute}");
    }
    // A page that says it often is told once.
    let often = page("data-samara-filer=a").repeat(50);
    let corpus = corpus(&[("a.html", &often)]);
    assert_eq!(corpus.report.warnings.len(), 1);
}
