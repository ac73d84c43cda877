//! What sites say for Pagefind, and what its options choose.

use std::fs;

use samara_corpus::{Corpus, Options, read};

fn corpus(files: &[(&str, &str)], options: &Options) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    read(&[folder.path().to_path_buf()], options).unwrap()
}

fn of_pagefind() -> Options {
    Options {
        pagefind: true,
        keep_index: Some(false),
        ..Options::default()
    }
}

fn only(html: &str, options: &Options) -> samara_engine::Document {
    corpus(&[("a.html", html)], options).documents.remove(0)
}

#[test]
fn an_element_with_a_title_and_an_id_begins_a_section() {
    let page = "<main><h1>Saws</h1><p>Lead.</p><section id=cut data-pagefind-title='Cutting &amp; more'><h2>How to cut</h2>\
                <p>Slowly.</p><h2 id=end>The end</h2><p>Done.</p></section><p data-pagefind-title=No>Without an id.</p></main>";
    let document = only(page, &Options::default());
    let sections: Vec<_> = document
        .sections
        .iter()
        .map(|one| (&*one.heading, &*one.anchor, &*one.text))
        .collect();
    assert_eq!(
        sections,
        [
            ("", "", "Lead."),
            ("Cutting & more", "cut", "How to cut\nSlowly."),
            ("The end", "end", "Done.\nWithout an id."),
        ]
    );
    let same = "<main><h1>Saws</h1><p>Lead.</p><div id=cut data-samara-title=Cutting><h2>Cutting</h2><p>Slowly.</p></div></main>";
    assert_eq!(only(same, &Options::default()).sections[1].text, "Slowly.");
}

#[test]
fn a_default_title_yields_to_a_heading_alone() {
    let head = "<head><title>Saws | Workshop</title><meta data-pagefind-default-meta='title[content]' content='The default'></head>";
    for (body, title) in [
        ("<main><h1>Bow saws</h1><p>Words.</p></main>", "Bow saws"),
        (
            "<main><p>Words without a heading.</p></main>",
            "The default",
        ),
    ] {
        let page = format!("<html>{head}<body>{body}</body></html>");
        assert_eq!(only(&page, &Options::default()).title, title);
    }
}

#[test]
fn the_picture_is_the_first_below_the_heading() {
    let page = "<html><head><meta property=og:image content=/card.png></head><body><main><img src=/logo.png alt=Logo><h1>Saws</h1>\
                <img src=/saw.png alt='A bow saw'><p>Words.</p></main></body></html>";
    let document = only(page, &of_pagefind());
    assert_eq!(document.meta["image"], ["/saw.png"]);
    assert_eq!(document.meta["image_alt"], ["A bow saw"]);
    let usual = only(page, &Options::default());
    assert_eq!(usual.meta["image"], ["/card.png"]);
    assert!(!usual.meta.contains_key("image_alt"));
}

#[test]
fn a_description_that_is_indexed_is_read_once() {
    let page = "<main><h1>Saws</h1><p>See <img src=a.png alt='A bow saw' data-pagefind-index-attrs=alt> here.</p></main>";
    let text = only(page, &Options::default()).plain_text();
    assert_eq!(text.matches("bow saw").count(), 1, "{text}");
}

#[cfg(feature = "extract")]
#[test]
fn pages_of_few_words_and_pages_that_speak_for_search_are_kept_whole() {
    let few = "<body><h1>Saws</h1><p>Buy.</p><div>Share this</div></body>";
    assert_eq!(
        only(few, &Options::default()).plain_text(),
        "Saws\nBuy.\nShare this"
    );
    let long = "Subscribe to our letter and share it with your friends today. ".repeat(12);
    let page = format!(
        "<body><nav>Menu</nav><div class=share>{long}</div><p data-pagefind-meta='kind:saw'>Words.</p><form>Mail</form></body>"
    );
    let text = only(&page, &Options::default()).plain_text();
    assert!(
        text.contains("Subscribe") && !text.contains("Menu") && !text.contains("Mail"),
        "{text}"
    );
}

#[test]
fn fields_outside_of_the_root_are_not_read() {
    let page = "<body><p data-pagefind-meta=out>no</p><main><h1>Saws</h1><p data-pagefind-meta=in>yes</p></main></body>";
    let options = Options {
        root_selector: Some("main".into()),
        ..Options::default()
    };
    let document = only(page, &options);
    assert!(document.meta.contains_key("in") && !document.meta.contains_key("out"));
}

#[test]
fn addresses_keep_what_their_owner_says() {
    let page = "<main><h1>Saws</h1><p>Words.</p></main>";
    let files = [
        ("saws/index.html", page),
        (
            "bows/index.htm",
            "<main><h1>Bows</h1><p>Other words.</p></main>",
        ),
    ];
    for (keep_index, expected) in [
        (Some(true), ["bows/index.htm", "saws/index.html"]),
        (Some(false), ["bows/index.htm", "saws/"]),
    ] {
        let options = Options {
            keep_index,
            ..Options::default()
        };
        let corpus = corpus(&files, &options);
        let mut urls: Vec<_> = corpus.documents.iter().map(|one| &*one.url).collect();
        urls.sort_unstable();
        assert_eq!(urls, expected);
    }
}

#[test]
fn the_corpus_tells_filters_from_metadata() {
    let page = "<main><h1>Saws</h1><p data-pagefind-filter=kind data-pagefind-sort=rank data-pagefind-meta='author:Ann'>bow</p></main>";
    let marked = corpus(&[("a.html", page)], &Options::default()).marked;
    assert_eq!(marked.filters.into_iter().collect::<Vec<_>>(), ["kind"]);
    assert_eq!(marked.meta.into_iter().collect::<Vec<_>>(), ["author"]);
}

#[test]
fn the_title_can_be_linked_to() {
    let page = "<main><h1 id=top>Saws</h1><p>Words.</p></main>";
    assert_eq!(only(page, &of_pagefind()).sections[0].anchor, "top");
    assert_eq!(only(page, &Options::default()).sections[0].anchor, "");
}

#[test]
fn patterns_of_paths_and_a_language_for_all() {
    let page = "<html lang=fr><main><h1>Saws</h1><p>Words.</p></main></html>";
    let files = [
        ("a/one.html", page),
        ("b/two.html", "<main><h1>Bows</h1><p>More.</p></main>"),
        ("three.htm", "<main><h1>C</h1><p>D.</p></main>"),
    ];
    for (glob, count) in [
        ("**/*.{html}", 2),
        ("*.htm", 1),
        ("{a/one.html,three.htm}", 2),
        ("./a/*", 1),
    ] {
        let options = Options {
            glob: Some(glob.into()),
            force_language: Some("de-AT".into()),
            ..Options::default()
        };
        let corpus = corpus(&files, &options);
        assert_eq!(corpus.documents.len(), count, "{glob}");
        assert!(
            corpus
                .documents
                .iter()
                .all(|one| one.language.as_deref() == Some("de"))
        );
    }
    let options = Options {
        glob: Some("{a".into()),
        ..Options::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let error = read(&[folder.path().to_path_buf()], &options).unwrap_err();
    assert!(error.to_string().contains("{a"), "{error}");
}
