//! What only all files of a corpus tell: which are no documents, where hits lead, what says the same.

use crate::case::{GUIDE, corpus, warned};

#[test]
fn pages_that_are_no_documents_are_skipped_with_a_reason() {
    let corpus = corpus(&[
        ("a.html", GUIDE),
        (
            "print.html",
            "<meta name=robots content='noindex, follow'><main>Everything once more</main>",
        ),
        (
            "old.html",
            "<meta http-equiv=refresh content='0; url=a.html'><p>Moved.</p>",
        ),
    ]);
    assert_eq!(corpus.documents.len(), 1);
    assert!(warned(&corpus, "print.html").contains("noindex"));
    assert!(warned(&corpus, "old.html").contains("leads to another"));
}

#[test]
fn unsafe_addresses_are_never_taken_over() {
    let page = GUIDE.replace(
        "https://orchard.example/grafting.html",
        "javascript:alert(1)",
    );
    let corpus = corpus(&[
        ("a.html", &page),
        ("b.md", "---\nurl: 'javascript:alert(1)'\n---\n# T\n\ntext"),
    ]);
    let urls: Vec<&str> = corpus.documents.iter().map(|d| d.url.as_str()).collect();
    assert_eq!(urls, ["a.html", "b.md"]);
    assert!(warned(&corpus, "b.md").contains("no safe address"));
}

#[test]
fn files_whose_names_mean_something_in_an_address_can_be_linked_to() {
    for (name, content, url) in [
        (
            "C# notes/50%?.html",
            "<main><h1>A</h1><p>words</p></main>",
            "C%23%20notes/50%25%3F.html",
        ),
        ("a#.json", "[{\"text\": \"b\"}]", "a%23.json#1"),
        ("javascript:x.md", "# A", "javascript%3Ax.md"),
    ] {
        let document = &corpus(&[(name, content)]).documents[0];
        assert_eq!((document.url.as_str(), document.id.as_str()), (url, url));
    }
    // What one file's name stands for may be the address of another page.
    let both = corpus(&[("a b.md", "# A"), ("c.md", "---\nurl: a%20b.md\n---\n# C")]);
    let ids: Vec<&str> = both.documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["a%20b.md", "a%20b.md~2"]);
}

#[test]
fn near_duplicates_are_grouped_and_none_is_lost() {
    let long = |end: &str| {
        let words: Vec<String> = (0..300).map(|n| format!("word{}", n * n % 211)).collect();
        format!("# Page\n\n{} {end}", words.join(" "))
    };
    let corpus = corpus(&[
        ("v1.md", &long("old")),
        ("v2.md", &long("new")),
        ("x.md", "# X\n\nother text"),
    ]);
    let groups: Vec<Option<u32>> = corpus.documents.iter().map(|d| d.similar).collect();
    assert_eq!(groups, [Some(0), Some(0), None]);
    assert!(
        corpus
            .report
            .to_string()
            .contains("3 documents, 1 of them near-duplicates")
    );
}

#[test]
fn versions_of_few_pages_lose_nothing_to_one_another() {
    let step = |page: usize, n: usize| {
        format!("<p>Step {n} of page {page}: turn the screw {n} times.</p>")
    };
    let pages: Vec<(String, String)> = (0..3)
        .flat_map(|page| (1..7).map(move |version| (page, version)))
        .map(|(page, version)| {
            let steps: String = (0..40).map(|n| step(page, n)).collect();
            let text = format!("<main><h1>Page {page}</h1><p>Version {version}</p>{steps}</main>");
            (format!("v{version}/{page}.html"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = pages
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let corpus = corpus(&files);
    for (document, outcome) in corpus.documents.iter().zip(&corpus.report.documents) {
        assert!(
            document.plain_text().contains("turn the screw 39 times"),
            "{}",
            document.id
        );
        assert!(
            document.similar.is_none() && outcome.dropped.is_empty(),
            "{outcome:?}"
        );
    }
}

#[test]
fn only_what_is_made_for_search_says_where_a_hit_leads() {
    let given = |title: &str| {
        let meta = "<body><span data-pagefind-meta='url:/apples/'></span>";
        GUIDE.replace("<body>", meta).replace("Grafting", title)
    };
    let urls = |files: &[(&str, &str)]| -> Vec<String> {
        let corpus = corpus(files);
        corpus.documents.iter().map(|d| d.url.clone()).collect()
    };
    assert_eq!(
        urls(&[("a.html", GUIDE), ("b.html", &given("Pruning"))]),
        ["a.html", "/apples/"]
    );
    // An address that many pages claim is nobody's.
    let files = [
        ("a.html", &*given("Grafting")),
        ("b.html", &*given("Pruning")),
    ];
    assert_eq!(urls(&files), ["a.html", "b.html"]);
    assert!(warned(&corpus(&files), "b.html").contains("other pages give too"));
}

#[test]
fn pages_of_a_book_among_others_are_not_called_by_the_name_in_its_bar() {
    // The name of the whole in a bar, or that of the page above its content; the head says both, in either order.
    let of_book = |head: &str, bar: &str, text: &str| {
        format!(
            "<title>{head}</title><header><h1 class=bar>{bar}</h1></header><main><h2>{text}</h2><p>All about {text}.</p></main>"
        )
    };
    let names = ["Wicks", "Oil", "Glass", "Soot", "Brass", "Light"];
    let mut files = Vec::new();
    for name in names {
        let page = of_book(&format!("{name} - The Lamp Book"), "The Lamp Book", name);
        files.push((format!("lamps/{name}.html"), page));
        let page = of_book(
            &format!("Gardens - {name} Beds"),
            &format!("{name} Beds"),
            "Soil",
        );
        files.push((format!("gardens/{name}.html"), page));
    }
    for number in 0..40 {
        let page = format!("<main><h1>Note {number}</h1><p>Words of note {number}.</p></main>");
        files.push((format!("notes/{number}.html"), page));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, page)| (&**name, &**page))
        .collect();
    let corpus = corpus(&files);
    let title = |url: &str| {
        let mut documents = corpus.documents.iter();
        let found = documents.find(|document| document.url == url);
        found.map_or("", |document| document.title.as_str())
    };
    for name in names {
        assert_eq!(title(&format!("lamps/{name}.html")), name);
        assert_eq!(
            title(&format!("gardens/{name}.html")),
            format!("{name} Beds")
        );
    }
}
