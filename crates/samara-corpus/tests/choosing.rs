//! Which files beneath a path are read, and which elements of pages: by custom, and by their owner's choice.

use std::fs;
use std::path::PathBuf;

use samara_corpus::{Corpus, Error, Note, Options, Reason, read};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder inside");
        fs::write(path, content).expect("the file is written");
    }
    folder
}

fn ids(corpus: &Corpus) -> Vec<&str> {
    corpus.documents.iter().map(|d| d.id.as_str()).collect()
}

fn patterns(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_string()).collect()
}

#[test]
fn what_nobody_wrote_for_readers_is_passed_over_and_counted() {
    let folder = folder(&[
        (".gitignore", "/site/\n"),
        (
            "site/.gitignore",
            "# of this folder\n/drafts/\n*.tmp.md\n!keep.tmp.md\n",
        ),
        ("site/a.md", "# A"),
        ("site/drafts/b.md", "# B"),
        ("site/deep/drafts/c.md", "# C"),
        ("site/deep/d.tmp.md", "# D"),
        ("site/deep/keep.tmp.md", "# Kept"),
        ("site/node_modules/x/readme.md", "# X"),
        ("site/own-name/pyvenv.cfg", ""),
        ("site/own-name/x.md", "# X"),
        ("site/.hidden/x.md", "# X"),
        ("site/.x.md", "# X"),
    ]);
    // Above it, the folder itself is ignored; it was named, and is read.
    let corpus = read(&[folder.path().join("site")], &Options::default()).expect("it is read");
    assert_eq!(
        ids(&corpus),
        ["a.md", "deep/drafts/c.md", "deep/keep.tmp.md"]
    );
    let over = corpus.report.passed_over;
    assert_eq!((over.hidden, over.packages, over.ignored), (3, 2, 2));
    assert!(
        corpus
            .report
            .to_string()
            .contains("2 of installed packages, 2 named by .gitignore")
    );
    // What is named itself is read, whatever would pass over it.
    for (path, expected) in [
        ("site/drafts", "b.md"),
        ("site/node_modules", "x/readme.md"),
        ("site/deep/d.tmp.md", "d.tmp.md"),
        ("site/.x.md", ".x.md"),
    ] {
        let corpus = read(&[folder.path().join(path)], &Options::default()).expect(path);
        assert_eq!(ids(&corpus), [expected]);
    }
}

#[test]
fn a_folder_that_ignores_itself_is_read_when_it_is_named() {
    let folder = folder(&[
        (".gitignore", "*\n"),
        ("a.md", "# A"),
        ("b/.gitignore", "*"),
        ("b/b.md", "# B"),
    ]);
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert_eq!(ids(&corpus), ["a.md"]);
}

#[test]
fn owners_choose_files_by_patterns() {
    let folder = folder(&[
        ("a.md", "# A"),
        ("a.txt", "A text"),
        ("blog/b.md", "# B"),
        ("blog/old/c.md", "# C"),
        ("docs/d.md", "# D"),
    ]);
    for (include, exclude, expected) in [
        (
            &[][..],
            &[][..],
            &["a.md", "a.txt", "blog/b.md", "blog/old/c.md", "docs/d.md"][..],
        ),
        (&[], &["old/", "*.txt"], &["a.md", "blog/b.md", "docs/d.md"]),
        (&["/blog/"], &[], &["blog/b.md", "blog/old/c.md"]),
        (&["*.md"], &["/blog/**"], &["a.md", "docs/d.md"]),
        (&["blog/*.md", "docs"], &[], &["blog/b.md", "docs/d.md"]),
    ] {
        let options = Options {
            include: patterns(include),
            exclude: patterns(exclude),
            ..Options::default()
        };
        let corpus = read(&[folder.path().to_path_buf()], &options).expect("it is read");
        assert_eq!(ids(&corpus), expected, "{include:?} {exclude:?}");
    }
}

#[test]
fn owners_choose_elements_by_selectors() {
    let page = "<title>T</title><body><div class=top>Top words</div><div id=text><p>Kept words <i class=x>not these</i></p>\
                <div class='ad big'>Nor these</div></div>";
    let folder = folder(&[
        ("a.html", page),
        ("b.html", "<main><p>Another page without it"),
    ]);
    let options = Options {
        root_selector: Some("#text, .none".into()),
        exclude_selectors: patterns(&["div.ad", "p > .x"]),
        ..Options::default()
    };
    let corpus = read(&[folder.path().to_path_buf()], &options).expect("it is read");
    assert_eq!(corpus.documents[0].plain_text(), "T\nKept words");
    let told = corpus
        .report
        .warnings
        .iter()
        .map(|warning| warning.path.as_str());
    assert_eq!(
        told.collect::<Vec<_>>(),
        ["b.html"],
        "what the selector leaves out is told"
    );
    // One page of four is enough, since somebody said so; none is a mistake, and nothing is lost by it.
    for (selector, kept, told) in [
        ("#text", 1, &["b.html", "c.html", "d.html"][..]),
        (".man", 4, &[".man"]),
    ] {
        let other = "<main><p>Another page without it";
        let names = ["b.html", "c.html", "d.html"].map(|name| (name, format!("{other} {name}")));
        let page = "<title>T</title><main><div id=text><p>Kept words</div></main>";
        let mut files = vec![("a.html", page)];
        files.extend(names.iter().map(|(name, text)| (*name, text.as_str())));
        let folder = self::folder(&files);
        let options = Options {
            root_selector: Some(selector.into()),
            ..Options::default()
        };
        let corpus = read(&[folder.path().to_path_buf()], &options).expect("it is read");
        let warnings = corpus.report.warnings.iter();
        let paths: Vec<&str> = warnings.map(|warning| warning.path.as_str()).collect();
        assert_eq!(
            (corpus.documents.len(), &*paths),
            (kept, told),
            "{selector}"
        );
    }
}

#[test]
fn wrong_patterns_and_selectors_stop_a_build_with_their_names() {
    let folder = folder(&[("a.md", "# A")]);
    let paths: [PathBuf; 1] = [folder.path().to_path_buf()];
    let options = Options {
        exclude: patterns(&["a{b"]),
        ..Options::default()
    };
    let error = read(&paths, &options).expect_err("no pattern");
    assert!(
        matches!(&error, Error::Pattern { .. }) && error.to_string().contains("a{b"),
        "{error}"
    );
    let options = Options {
        force_language: Some("klingon".into()),
        ..Options::default()
    };
    let error = read(&paths, &options).expect_err("no language");
    assert!(
        matches!(&error, Error::Language { .. }) && error.to_string().contains("klingon"),
        "{error}"
    );
    let options = Options {
        exclude_selectors: patterns(&["a:hover"]),
        ..Options::default()
    };
    let error = read(&paths, &options).expect_err("no selector");
    assert!(
        matches!(&error, Error::Selector { .. }) && error.to_string().contains("a:hover"),
        "{error}"
    );
}

#[test]
fn texts_of_other_kinds_are_told_and_what_programs_keep_is_not() {
    let folder = folder(&[
        ("a.md", "# A"),
        ("README", "Words of a readme"),
        (
            "page?id=3",
            "<!DOCTYPE html><main><p>A page without an end to its name",
        ),
        ("b.odd", "words"),
        ("unknown", "words"),
        ("style.css", "a{}"),
        ("CNAME", "a.example"),
        ("c.bin", "\u{0}\u{1}\u{2}"),
    ]);
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    assert_eq!(ids(&corpus), ["README", "a.md", "page%3Fid=3"]);
    let told: Vec<String> = corpus
        .report
        .warnings
        .iter()
        .map(|warning| format!("{} {}", warning.path, warning.reason))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("b.odd files that end in .odd")
            && told[1].starts_with("unknown nothing tells")
    );
    let report = corpus.report;
    assert_eq!(
        (report.files, report.skipped(), report.passed_over.others),
        (5, 2, 3)
    );
}

#[test]
fn what_an_owner_has_chosen_and_nothing_is_like_is_told() {
    let page = "<main><p>Kept words <i class=x>not these</i></p></main>";
    let first = folder(&[
        ("a.html", page),
        ("blog/b.html", page),
        ("blog/old/c.html", page),
        ("node_modules/d.html", page),
    ]);
    let listed = "<main><p>Kept words</p><p>A line.</p></main>";
    let second = folder(&[("e.html", listed), ("news/f.html", page)]);
    let paths = [first.path().to_path_buf(), second.path().to_path_buf()];
    for (options, told) in [
        // Most match somewhere, be it in one folder of two or in what is passed over anyway; beneath what is left out nobody
        // looks.
        (
            Options {
                include: patterns(&["*.html", "/news/", "# a comment", ""]),
                exclude: patterns(&["/blog/", "old/", "node_modules/", "!b.html"]),
                exclude_selectors: patterns(&[".x", "i, b"]),
                glob: Some("**/*.html".into()),
                ..Options::default()
            },
            &["!b.html", "old/"][..],
        ),
        (
            Options {
                include: patterns(&["*.html", "*.htm"]),
                exclude: patterns(&["drafts/", "blog/*.html"]),
                exclude_selectors: patterns(&[".x", ".y", "p b"]),
                ..Options::default()
            },
            &["*.htm", ".y", "drafts/", "p b"],
        ),
        (
            Options {
                keep: patterns(&["Kept words not these", "kept, nowhere"]),
                drop: patterns(&["dropped nowhere", "Kept"]),
                ..Options::default()
            },
            &["Kept", "dropped nowhere", "kept, nowhere"],
        ),
        (
            Options {
                keep: patterns(&["Kept words, not these"]),
                drop: patterns(&["a line"]),
                ..Options::default()
            },
            &[],
        ),
        (
            Options {
                glob: Some("*.md".into()),
                ..Options::default()
            },
            &["*.md"],
        ),
    ] {
        let warnings = match read(&paths, &options) {
            Ok(corpus) => corpus.report.warnings,
            Err(Error::Empty { skipped, .. }) => skipped,
            Err(error) => panic!("{error}"),
        };
        let warnings = warnings.iter();
        let chosen =
            warnings.filter(|warning| matches!(warning.reason, Reason::Noted(Note::Unmatched(_))));
        let found: Vec<&str> = chosen.map(|warning| warning.path.as_str()).collect();
        assert_eq!(found, told, "{options:?}");
    }
}
