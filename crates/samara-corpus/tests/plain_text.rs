//! Plain text as scraped: what is kept, what is dropped and by which rule.

use std::fs;

use samara_corpus::{Corpus, Error, Note, Options, Reason, Rule, Warning, read};

fn read_page(content: &str, options: &Options) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("page.txt"), content).expect("the page is written");
    read(&[folder.path().to_path_buf()], options).expect("the page is read")
}

fn clean(content: &str) -> Corpus {
    read_page(content, &Options::default())
}

/// The rule that dropped a line; `None` where the line was kept.
fn rule_for(corpus: &Corpus, text: &str) -> Option<Rule> {
    corpus.report.documents[0]
        .dropped
        .iter()
        .find(|b| b.text == text)
        .map(|b| b.rule)
}

const PAGE: &str = "\
Menu
Harbour Gazette
Harbour Gazette
World

Ferry to the northern islands sails again after a winter of repairs

Published: 3 March 2025

The ferry \u{2018}Tern\u{2019} leaves the northern pier on her first trip. - Gazette/Ann Example
The ferry 'Tern' leaves the northern pier on her first trip. \u{2013} Gazette/Ann Example

The ferry to the northern islands took up service on Monday, four months after a storm had damaged her hull and left the islanders with a single small boat.

Two hundred people stood on the pier, and the harbour master spoke of a relief that every shop on the islands would feel before the week was out.

What the repairs cost

The county paid most of the bill, about two million, and the islands' council found the rest in a fund that was meant for a new school.

Do you like stories from the coast? Subscribe and find our new collection of curated walks in your inbox.

Nobody on the pier complained about the price, and the school will have to wait for another year.

Ferries

Northern Islands

Leave a comment

Fields with a star are required

Most read
Ten walks along the cliffs
\u{b0a0}\u{ac1c}
";

#[test]
fn a_news_page_keeps_title_caption_heading_and_body() {
    let corpus = clean(PAGE);
    let document = &corpus.documents[0];
    assert_eq!(
        document.title,
        "Ferry to the northern islands sails again after a winter of repairs"
    );
    let headings: Vec<&str> = document
        .sections
        .iter()
        .map(|s| s.heading.as_str())
        .collect();
    assert_eq!(headings, ["", "What the repairs cost"]);
    assert_eq!(
        document.sections[0]
            .text
            .matches("leaves the northern pier")
            .count(),
        1
    );
    assert_eq!(document.sections[0].text.lines().count(), 3);
    assert_eq!(document.sections[1].text.lines().count(), 2);
    assert_eq!(document.meta["source"], ["Harbour Gazette"]);
    assert_eq!(document.meta["date"], ["2025-03-03"]);
    assert_eq!(document.meta["credit"], ["Gazette/Ann Example"]);
    assert_eq!(
        (document.id.as_str(), document.url.as_str()),
        ("page.txt", "page.txt")
    );
}

#[test]
fn every_line_is_kept_or_dropped_by_a_named_rule() {
    let corpus = clean(PAGE);
    for (text, rule) in [
        ("Menu", Rule::Navigation),
        ("Harbour Gazette", Rule::BeforeTitle),
        ("World", Rule::BeforeTitle),
        ("Published: 3 March 2025", Rule::DateLine),
        ("Ferries", Rule::TrailingLabels),
        ("Leave a comment", Rule::AfterEnd),
        ("Ten walks along the cliffs", Rule::AfterEnd),
        ("\u{b0a0}\u{ac1c}", Rule::AfterEnd),
    ] {
        assert_eq!(rule_for(&corpus, text), Some(rule), "{text}");
    }
    let kept = corpus.documents[0].plain_text().lines().count();
    let dropped = corpus.report.documents[0].dropped.len();
    assert_eq!(
        kept + dropped,
        PAGE.lines().filter(|line| !line.is_empty()).count()
    );
}

#[test]
fn a_date_without_evidence_is_nobodys() {
    for line in [
        "Monday, March 4, 2025",
        "The storm of 3 November 2024 broke the pier.",
        "Thursday",
    ] {
        let corpus = clean(&PAGE.replace("Published: 3 March 2025", line));
        assert_eq!(corpus.documents[0].meta.get("date"), None, "{line}");
    }
}

#[test]
fn prose_about_subscribing_and_comments_is_content() {
    let text = "Why people comment below the line\n\n\
        Readers leave a comment when they are angry, and they subscribe when they are pleased, says \
        a study of forty newspapers that was published this week.\n\n\
        Most popular were the pages on which editors answered, while advertisements had no effect on \
        the mood of those who wrote.\n";
    let corpus = clean(text);
    assert_eq!(corpus.report.documents[0].dropped, []);
    assert_eq!(
        corpus.documents[0].title,
        "Why people comment below the line"
    );
}

#[test]
fn a_marker_early_in_the_page_does_not_end_the_text() {
    let text = PAGE.replace("World\n", "Latest news\n");
    assert_eq!(clean(&text).documents[0].sections.len(), 2);
}

#[test]
fn the_owners_lists_overrule_the_rules() {
    let options = Options {
        keep: vec!["most read".into()],
        drop: vec!["What the repairs cost".into()],
        ..Options::default()
    };
    let corpus = read_page(PAGE, &options);
    assert!(corpus.documents[0].plain_text().contains("Most read"));
    assert_eq!(
        rule_for(&corpus, "What the repairs cost"),
        Some(Rule::OwnersList)
    );
}

#[test]
fn documents_come_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::create_dir(folder.path().join("b")).expect("a folder inside");
    for name in ["c.txt", "a.txt", "b/z.txt"] {
        fs::write(folder.path().join(name), PAGE).expect("the page is written");
    }
    let paths = [folder.path().to_path_buf()];
    let first = read(&paths, &Options::default()).expect("the folder is read");
    let urls: Vec<&str> = first.documents.iter().map(|d| d.url.as_str()).collect();
    assert_eq!(urls, ["a.txt", "b/z.txt", "c.txt"]);
    for threads in [1, 3] {
        let options = Options {
            threads: std::num::NonZeroUsize::new(threads),
            ..Options::default()
        };
        let again = read(&paths, &options).expect("the folder is read again");
        assert_eq!(again.documents, first.documents);
        assert_eq!(again.report, first.report);
    }
}

#[test]
fn a_page_that_loses_most_of_its_words_is_reported() {
    let chrome = "Subscribe to our newsletter\n\nLeave a comment\n\nAll rights reserved\n\n";
    let corpus = clean(&format!("{PAGE}\n\n{}", chrome.repeat(100)));
    let warnings = &corpus.report.warnings;
    let lost = |warning: &Warning| matches!(warning.reason, Reason::Noted(Note::Lost { .. }));
    assert!(warnings.iter().any(lost), "{warnings:?}");
    let corpus = clean(PAGE);
    assert!(
        corpus.report.warnings.is_empty(),
        "{:?}",
        corpus.report.warnings
    );
}

#[test]
fn an_empty_file_is_skipped_with_a_warning() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("empty.txt"), " \n").expect("the file is written");
    fs::write(folder.path().join("full.txt"), PAGE).expect("the page is written");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert_eq!(corpus.documents.len(), 1);
    assert_eq!(corpus.report.warnings[0].path, "empty.txt");
    assert!(
        corpus
            .report
            .to_string()
            .contains("empty.txt: empty, skipped")
    );
}

#[test]
fn a_document_of_another_kind_is_told() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for name in ["a.tex", "b.PDF", "c.css"] {
        fs::write(folder.path().join(name), "words").expect("the file is written");
    }
    fs::write(folder.path().join("page.txt"), PAGE).expect("the page is written");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    let told: Vec<&str> = corpus
        .report
        .warnings
        .iter()
        .map(|w| w.path.as_str())
        .collect();
    assert_eq!(told, ["a.tex", "b.PDF"]);
}

#[test]
fn faults_name_the_file_and_the_remedy() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let paths = [folder.path().to_path_buf()];
    let nothing = read(&paths, &Options::default()).expect_err("nothing to read");
    assert!(matches!(nothing, Error::Empty { .. }), "{nothing}");

    fs::write(folder.path().join("blank.md"), b" ").expect("the file is written");
    let nothing = read(&paths, &Options::default()).expect_err("nothing to read");
    assert!(
        nothing
            .to_string()
            .ends_with("\n  blank.md: empty, skipped"),
        "{nothing}"
    );

    fs::write(folder.path().join("odd.jsonl"), b"{}\n{\"title\": }").expect("the file is written");
    let odd = read(&[folder.path().join("odd.jsonl")], &Options::default()).expect_err("no JSON");
    assert!(
        odd.to_string()
            .contains("(expected value at line 2 column 11)"),
        "{odd}"
    );

    fs::write(folder.path().join("odd.json"), b"[{\"title\": }]").expect("the file is written");
    let odd = read(&paths, &Options::default()).expect_err("no JSON");
    let message = odd.to_string();
    assert!(message.contains("odd.json: not valid JSON") && message.contains("line 1 column 12"));

    let missing = read(&[folder.path().join("none")], &Options::default()).expect_err("no path");
    assert!(
        missing
            .to_string()
            .contains("none: no such file or folder; check the path")
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("page.txt"), PAGE).expect("the page is written");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("a link");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert_eq!(corpus.documents.len(), 1);
}

#[test]
#[cfg(unix)]
fn folders_that_link_to_one_another_are_read_once_each() {
    // Followed anew from every folder, twelve of them make more paths than anyone can read.
    let folder = tempfile::tempdir().expect("a folder for the test");
    let names: Vec<_> = (0..12).map(|n| folder.path().join(n.to_string())).collect();
    for name in &names {
        fs::create_dir(name).expect("a folder");
        fs::write(name.join("page.txt"), PAGE).expect("the page is written");
    }
    for from in &names {
        for to in names.iter().filter(|to| *to != from) {
            let link = from.join(format!("to{}", to.file_name().expect("a name").display()));
            std::os::unix::fs::symlink(to, link).expect("a link");
        }
    }
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert_eq!(corpus.documents.len(), 12);
    let urls: Vec<_> = corpus.documents.iter().map(|d| d.url.as_str()).collect();
    assert!(
        urls.iter().all(|url| url.len() <= "11/page.txt".len()),
        "{urls:?}"
    );
}

#[test]
fn folders_that_hold_files_of_one_name_keep_both() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, text).expect("the file is written");
    };
    write("one/a.txt", "Oil for the lamp.");
    write("two/a.txt", "A wick for the lamp.");
    write("two/b.txt", "Glass for the lamp.");
    let urls = |paths: &[&str]| -> Vec<String> {
        let paths: Vec<_> = paths.iter().map(|path| folder.path().join(path)).collect();
        let corpus = read(&paths, &Options::default()).expect("the corpus is read");
        corpus
            .documents
            .into_iter()
            .map(|document| document.url)
            .collect()
    };
    assert_eq!(urls(&["one", "two"]), ["a.txt", "b.txt", "two/a.txt"]);
    assert_eq!(urls(&["one/a.txt", "two/a.txt"]), ["a.txt", "two/a.txt"]);
    assert_eq!(
        urls(&["one", "one"]),
        ["a.txt"],
        "a folder named twice is read once"
    );
}

#[test]
fn texts_without_a_site_around_them_keep_every_line() {
    let log =
        "2026-03-01 sign in of the keeper at the north door was refused because the lamp was out\n"
            .repeat(9);
    let book = format!(
        "The Lamp Room\n\n{}Leave a comment, he said.\n\nMost popular\n\nShare\n\n{}",
        "The keeper climbed the stair once more, and the wind climbed it with him.\n\n".repeat(600),
        "Nobody came, and he trimmed the wick until the morning stood in the panes.\n\n"
            .repeat(600),
    );
    for text in [
        // A letter, a shopping list, minutes, things to do.
        "Dear Ann,\n\nThank you for the long letter, which I have read to everybody at the table.\n\nContact\n\nJo Keeper\nPier 4\n",
        "Menu\n\nPea soup\nBread\nSave\nApples\n",
        "Minutes\n\nPresent\n\nAnn, Jo\n\nTags\n\nThe oil was spoken of for two hours by all who were there.\n\nComments\n\nNone\n",
        "Print\nEmail\nShare\nSearch\nSubscribe\nHome\nLog in\n",
        // A song with a refrain, program text, a table, a licence.
        "Rise\n\nPull the rope and light the lamp, the ships are coming home\nPull the rope and light the lamp, the ships are coming home\n\nSave\nOur souls\n",
        "open\nimport lamp\nclose\nprint\nsearch\nreturn 1\n",
        "name,price\noil,2.50\nShare\nwick,.20\n",
        "You may copy this text.\n\nAll rights reserved.\n\nCopyright 2026 Ann Keeper\nIT COMES AS IT IS.\n",
        "Search\n\nHow do I find a word in the log of all the nights that we have kept?\n\nType it.\n\nHelp\n\nContact us\n",
        &log,
        &book,
    ] {
        let corpus = clean(text);
        assert_eq!(corpus.report.documents[0].dropped, [], "{text}");
        let lines = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.is_empty());
            lines.map(str::to_string).collect()
        };
        let kept = corpus.documents[0].plain_text();
        let mut kept = lines(&kept);
        // Where no line is the title, the file's name is.
        if kept.first().is_some_and(|first| first == "page") {
            kept.remove(0);
        }
        assert_eq!(kept, lines(text), "in its order");
    }
}

#[cfg(unix)]
#[test]
fn links_lead_out_of_the_folder_only_if_asked() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (site, secrets) = (folder.path().join("site"), folder.path().join("secrets"));
    for path in [&site, &secrets] {
        fs::create_dir(path).expect("a folder");
    }
    fs::write(site.join("page.txt"), PAGE).expect("the page is written");
    fs::write(
        secrets.join("key.txt"),
        "The key lies below the third stone.",
    )
    .expect("written");
    std::os::unix::fs::symlink("../secrets/key.txt", site.join("key.txt")).expect("a link");
    std::os::unix::fs::symlink(&secrets, site.join("more")).expect("a link");
    std::os::unix::fs::symlink("page.txt", site.join("same.txt")).expect("a link");
    let count = |follow_links| {
        let options = Options {
            follow_links,
            ..Options::default()
        };
        let corpus = read(std::slice::from_ref(&site), &options).expect("it is read");
        let warned = corpus.report.warnings.iter();
        let out = warned.filter(|w| w.reason.to_string().contains("out of the folder"));
        (corpus.report.files, out.count())
    };
    assert_eq!(count(false), (4, 2));
    assert_eq!(count(true), (4, 0));
}
