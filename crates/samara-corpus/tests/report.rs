//! The account at the end of a build: what an owner reads to see that nothing was lost in silence.

use std::fs;

use samara_corpus::{Corpus, Options, read};

fn corpus(files: &[(&str, &str)]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("the file is written");
    }
    read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read")
}

#[test]
fn it_tells_languages_sizes_blobs_and_what_was_skipped() {
    let german = "Die Fähre zu den nördlichen Inseln fährt seit Montag wieder, vier Monate nachdem \
                  ein Sturm ihren Rumpf beschädigt hatte.";
    let english = "The ferry to the northern islands took up service on Monday, four months after \
                   a storm had damaged her hull, and nobody was happier than the postman.";
    let blob = "QUJDREVGR0hJSktM".repeat(40);
    let corpus = corpus(&[
        ("de.md", german),
        ("en.md", &format!("{english}\n\nbefore {blob} behind")),
        ("nothing.md", ""),
    ]);
    let report = corpus.report.to_string();
    for line in [
        "3 files, 1 of them without a document; 2 documents; 50 words kept, 3 left out",
        "words left out, by rule (`samara clean` shows them): blob 3",
        "data that is no text, left out: 1 piece",
        "languages: de 1, en 1",
        "largest: en.md (30 words), de.md (20 words)",
        "nothing.md: ",
    ] {
        assert!(report.contains(line), "{line} is not in\n{report}");
    }
    let text = corpus.documents[1].plain_text();
    assert!(text.contains("before behind"), "{text}");
}

#[test]
fn whatever_lies_in_a_folder_is_counted_once() {
    let page = "<main><p>A page about the ferry.</main>";
    let corpus = corpus(&[
        ("a.html", page),
        ("data.json", "{}"),
        ("code.py", "print()"),
        ("short.txt", "\0\u{1}\u{2}"),
        ("empty.html", ""),
        ("picture.png", "\u{0}\u{1}"),
        ("style.css", "a {}"),
        (".hidden", "x"),
    ]);
    let report = corpus.report.to_string();
    for line in [
        "5 files, 4 of them without a document; 1 document",
        "files and folders passed over: 1 hidden, 2 of other kinds",
        "data.json: ",
        "code.py: ",
        "short.txt: a binary file, skipped",
        "empty.html: empty, skipped",
    ] {
        assert!(report.contains(line), "{line} is not in\n{report}");
    }
}
