//! Which page comes first: the page about it, before those that only list, mention or resemble it.

use samara_engine::{Document, Section};

use crate::corpus::{Corpus, document, with_meta};

fn page(id: &str, title: &str, sections: &[(&str, &str, &str)]) -> Document {
    Document {
        id: id.into(),
        url: format!("/{id}.html"),
        title: title.into(),
        language: Some("en".into()),
        sections: sections
            .iter()
            .map(|(heading, anchor, text)| Section {
                heading: (*heading).into(),
                anchor: (*anchor).into(),
                text: (*text).into(),
                ..Section::default()
            })
            .collect(),
        ..Document::default()
    }
}

fn manual() -> Corpus {
    let padding =
        "The call takes two values, and it hands back a third one. Values may be of any kind. "
            .repeat(6);
    Corpus::new([
        page(
            "contents",
            "Contents",
            &[(
                "",
                "",
                "Start. Timers and clocks. Sorting lists. Sockets. Threads. Files. Timers. Sorting. Sockets. Glossary. Index.",
            )],
        ),
        page(
            "clock",
            "Timers and clocks",
            &[
                ("", "", &padding),
                (
                    "Setting a timer",
                    "timer.set",
                    &format!("A timer is set with a span. {padding}"),
                ),
                (
                    "Stopping a timer",
                    "timer.stop",
                    &format!("A timer stops at once. {padding}"),
                ),
            ],
        ),
        page(
            "sort",
            "Sorting lists",
            &[
                ("", "", &format!("How lists are put in order. {padding}")),
                (
                    "Sorting by key",
                    "sort-key",
                    &format!("A key is taken of each. {padding}"),
                ),
            ],
        ),
        page("stub", "Sockets and threads", &[("", "", "To be written.")]),
        page(
            "socket",
            "Network",
            &[
                (
                    "Sockets",
                    "sockets",
                    &format!(
                        "A socket joins two machines. Sockets of threads are shared. {padding}"
                    ),
                ),
                (
                    "Options of sockets",
                    "options",
                    &format!("Each socket has options. {padding}"),
                ),
            ],
        ),
        page(
            "thread",
            "Threads",
            &[("", "", &format!("A thread runs beside others. {padding}"))],
        ),
        page(
            "news",
            "What is new",
            &[(
                "",
                "",
                &format!(
                    "Timers, sorting, sockets and threads are faster; timers twice. {padding}"
                ),
            )],
        ),
    ])
}

#[test]
fn the_page_itself_goes_before_lists_and_mentions() {
    manual().check_first(&[
        ("timers ", "clock"),
        ("timer ", "clock"),
        ("timers and clocks ", "clock"),
        ("sorting ", "sort"),
        ("sorting lists ", "sort"),
        ("sort by key ", "sort"),
        ("threads ", "thread"),
        ("setting a timer ", "clock"),
        ("stop timer ", "clock"),
        ("timer.stop ", "clock"),
        ("what is new ", "news"),
        ("contents ", "contents"),
    ]);
}

#[test]
fn a_page_of_nothing_does_not_win_by_its_title() {
    manual().check_first(&[
        ("options of sockets ", "socket"),
        ("socket options ", "socket"),
    ]);
}

#[test]
fn words_of_addresses_anchors_and_metadata_are_searchable() {
    let mut lib = document("lib", "en", "Mappings", "How values are looked up.");
    lib.url = "/library/stdtypes.html".into();
    lib.sections[0].anchor = "hashmap.entry".into();
    let by = with_meta(
        document("by", "en", "Gardens", "How beds are laid."),
        &[
            ("author", "Ada Lovelace"),
            ("tag", "horticulture"),
            ("rank", "77"),
            ("date", "2024-01-02"),
        ],
    );
    let corpus = Corpus::new([
        lib,
        by,
        document("other", "en", "Roads", "A road of stone."),
    ]);
    corpus.check(&[
        ("stdtypes ", "lib"),
        ("library ", "lib"),
        ("hashmap.entry ", "lib"),
        ("hashmap ", "lib"),
        ("lovelace ", "by"),
        ("ada lovelace ", "by"),
        ("horticulture ", "by"),
        ("77 ", "by"),
        // What is for programs is not.
        ("2024 ", ""),
        ("html ", ""),
    ]);
}

#[test]
fn words_of_metadata_are_not_shown_as_text() {
    let page = with_meta(
        document("by", "en", "Gardens", "How beds are laid."),
        &[("tag", "horticulture")],
    );
    let corpus = Corpus::new([page, document("other", "en", "Roads", "A road of stone.")]);
    let hit = corpus.search("horticulture ").hits.remove(0);
    assert_eq!(hit.snippet.text, "How beds are laid.");
    assert!(hit.snippet.marks.is_empty() && hit.title_marks.is_empty());
    // No phrase goes on from the text to a tag.
    corpus.check(&[("\"laid horticulture\" ", ""), ("\"beds are laid\" ", "by")]);
}

#[test]
fn places_of_words_count_in_their_order() {
    let body = "Some words about something that is not asked for at all, in a row.";
    let tagged = with_meta(document("tag", "en", "Four", body), &[("tag", "quartz")]);
    let corpus = Corpus::new([
        document("body", "en", "One", &format!("{body} quartz")),
        page("heading", "Two", &[("Quartz", "q", body)]),
        document("title", "en", "Quartz", body),
        tagged,
    ]);
    let found = corpus.found("quartz ");
    assert!(found.starts_with("title heading "), "{found}");
    assert_eq!(found.split(' ').count(), 4, "{found}");
}

#[test]
fn exact_forms_go_above_stems() {
    let corpus = Corpus::titled(
        "en",
        &[
            ("plural", "All books are here."),
            ("single", "One book is here."),
        ],
    );
    corpus.check(&[("book ", "single plural"), ("books ", "plural single")]);
}

#[test]
fn neighbours_in_titles_count() {
    let corpus = Corpus::new([
        document(
            "apart",
            "en",
            "Keys of doors, foreign and others",
            "Of keys.",
        ),
        document(
            "beside",
            "en",
            "Foreign keys, doors and others of",
            "Of keys.",
        ),
    ]);
    corpus.check_first(&[("foreign keys ", "beside")]);
}

#[test]
fn the_best_section_comes_with_the_page() {
    let corpus = manual();
    for (query, title, url) in [
        (
            "stopping a timer ",
            "Stopping a timer",
            "/clock.html#timer.stop",
        ),
        (
            "setting a timer ",
            "Setting a timer",
            "/clock.html#timer.set",
        ),
        (
            "options of sockets ",
            "Options of sockets",
            "/socket.html#options",
        ),
        ("sort by key ", "Sorting by key", "/sort.html#sort-key"),
    ] {
        let hit = corpus.search(query).hits.remove(0);
        let section = hit
            .sections
            .first()
            .unwrap_or_else(|| panic!("{query}: no section"));
        assert_eq!(
            (section.title.as_str(), section.url.as_str()),
            (title, url),
            "{query}"
        );
        assert!(!hit.url.contains('#'), "{query}: {}", hit.url);
    }
}

#[test]
fn near_empty_pages_do_not_win_by_their_title() {
    let real = "The compiler checks the rules of it, and a program that breaks any of them does not compile. None \
        of its features slows a program down while it runs. It is a new concept for many people and takes time.";
    let stub = "See the second edition.";
    let subjects = ["Ownership", "Lifetimes", "Generics", "Closures"];
    let stubs = subjects.map(|subject| document(&format!("stub-{subject}"), "en", subject, stub));
    let pages = subjects.map(|subject| {
        let text = format!(
            "What {subject} are and what they are for. {}",
            real.replace(" it", &format!(" {subject}"))
        );
        document(subject, "en", &format!("Understanding {subject}"), &text)
    });
    let corpus = Corpus::new(stubs.into_iter().chain(pages));
    for subject in subjects {
        for query in [
            subject.to_lowercase(),
            format!("{} ", subject.to_lowercase()),
        ] {
            let found = corpus.found(&query);
            assert!(
                found.starts_with(&format!("{subject} stub-{subject}")),
                "{query}: {found}"
            );
        }
    }
    // A short page that says what it is called for is no stub.
    let short = document(
        "short",
        "en",
        "Generics",
        "Stand-ins for concrete types: they let one definition of a function or type work with many types, which the \
         compiler fills in where it is used.",
    );
    let long = document("long", "en", "Understanding generics and traits", real);
    Corpus::new([long, short]).check_first(&[("generics ", "short")]);
}

#[test]
fn an_option_says_less_than_the_word_it_stands_behind() {
    let manual = |name: &str, text: &str| {
        let title = format!("tree-{name} manual");
        document(
            name,
            "en",
            &title,
            &format!("tree {name} works on a tree. {text}"),
        )
    };
    // Options are rare words; the page of the command has them once.
    let mut pages = vec![
        manual("add", "Use -p to add some of it, and -n to add nothing."),
        manual(
            "show",
            "Use -p for patches: -p is like -p of tree add, and -p goes on. -p.",
        ),
        manual("walk", "Like tree add -p, with -p. -p -p -p add."),
    ];
    for name in ["trim", "graft", "plant", "water", "list"] {
        pages.push(manual(name, "It says what to add where."));
    }
    let corpus = Corpus::new(pages);
    corpus.check_first(&[
        ("tree add -p ", "add"),
        ("tree add -n ", "add"),
        ("tree show -p ", "show"),
    ]);
}
