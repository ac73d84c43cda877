//! Pages that do not name their content: in doubt whatever somebody wrote is kept.

use std::fs;

use samara_corpus::{Options, read};

/// What is kept of a page, a line each, and what is dropped.
fn cleaned(body: &str) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let page =
        format!("<!doctype html><html lang=en><title>Lamps</title><body>{body}</body></html>");
    fs::write(folder.path().join("page.html"), page).expect("the page is written");
    let corpus = read(&[folder.path().to_path_buf()], &Options::default()).expect("it is read");
    let kept = corpus.documents[0].plain_text();
    let dropped = corpus.report.documents[0].dropped.iter();
    (
        kept.lines().map(str::to_string).collect(),
        dropped.map(|block| block.text.clone()).collect(),
    )
}

/// A page of a site that somebody made by hand: a list of links above, a footer below.
fn by_hand(content: &str) -> String {
    format!(
        "<div class=topbar><a href=/>Home</a> <a href=/lamps>Lamps</a> <a href=/oil>Oil</a> <a href=/contact>Contact</a></div>\
         <div class=wrap><h1>The lamp room</h1><p>The lamp room lies beneath the lantern. Oil is kept in tin cans along the \
         wall, and the wicks hang above the bench, where the keeper trims them each morning.</p>{content}<p>Visitors may see \
         the room on Sundays in summer, when the weather is good and the keeper is at home.</p></div>\
         <footer><p>Copyright 2024. All rights reserved.</p></footer>"
    )
}

/// The same on a site that lives on visits.
fn with_visits(content: &str) -> String {
    visited(&by_hand(content))
}

fn visited(body: &str) -> String {
    format!(
        "<script src=https://www.googletagmanager.com/x.js></script><script src=https://securepubads.doubleclick.net/y.js>\
         </script><meta name=twitter:site content=@lamps><a href=https://www.facebook.com/x>f</a>\
         <a href=https://youtube.com/x>y</a>{body}"
    )
}

#[test]
fn what_a_touch_opens_is_kept_with_what_is_touched() {
    let answers = [
        "Once a week, straight across.",
        "Yes, with a thick wick.",
        "Four crowns, with its ring.",
    ];
    let questions = [
        "How often is a wick trimmed?",
        "Can I burn olive oil?",
        "What does a chimney cost?",
    ];
    let pairs = || questions.iter().zip(answers).enumerate();
    for accordion in [
        pairs()
            .map(|(n, (question, answer))| format!(
                "<h3><button aria-expanded=false aria-controls=p{n}>{question}</button></h3><div id=p{n} hidden><p>{answer}</div>"
            ))
            .collect::<String>(),
        pairs()
            .map(|(_, (question, answer))| format!(
                "<button class=accordion>{question}</button><div class=panel style='display: none'><p>{answer}</div>"
            ))
            .collect(),
        pairs()
            .map(|(n, (question, answer))| format!(
                "<div class=card><a data-toggle=collapse href=#c{n}>{question}</a></div><div id=c{n} class=collapse aria-hidden=true>{answer}</div>"
            ))
            .collect(),
        pairs()
            .map(|(_, (question, answer))| format!("<dl><dt>{question}<dd hidden>{answer}</dl>"))
            .collect(),
    ] {
        let (kept, _) = cleaned(&by_hand(&accordion));
        for line in questions.iter().chain(&answers) {
            assert!(kept.iter().any(|kept| kept == line), "{line}: {accordion}\n{kept:#?}");
        }
        // Nor does a site that lives on visits lose a question whose answer it keeps.
        let (kept, _) = cleaned(&with_visits(&accordion));
        for (question, answer) in questions.iter().zip(answers) {
            let has = |line: &str| kept.iter().any(|kept| kept == line);
            assert!(has(question) || !has(answer), "{question}: {accordion}\n{kept:#?}");
        }
    }
}

#[test]
fn captions_notes_and_names_of_tabs_are_kept() {
    let content = "<figure><img src=a.jpg alt='The bench at night'><figcaption>The bench with its vice</figcaption></figure>\
                   <figure><img src=b.jpg><figcaption>Oil cans, 1911</figcaption></figure>\
                   <table><caption>Prices of chimneys</caption><tr><th>Model<th>Price<tr><td>XK-4711<td>12.50</table>\
                   <aside>Mind the steps.</aside>\
                   <div role=tablist><button role=tab>Paraffin</button><button role=tab>Colza</button></div>\
                   <div role=tabpanel>Cheap.</div><div role=tabpanel hidden>Dear.</div>\
                   <ul><li>wick<li>chimney<li>burner</ul>";
    let (kept, _) = cleaned(&by_hand(content));
    for line in [
        "The bench at night",
        "The bench with its vice",
        "Oil cans, 1911",
        "Prices of chimneys",
        "XK-4711 12.50",
        "Mind the steps.",
        "Paraffin",
        "Colza",
        "Cheap.",
        "Dear.",
        "burner",
    ] {
        assert!(kept.iter().any(|kept| kept == line), "{line}\n{kept:#?}");
    }
}

#[test]
fn what_the_sites_own_is_there_is_left_out_and_told() {
    let (kept, dropped) = cleaned(&by_hand(
        "<button aria-expanded=false aria-controls=m>All pages</button><div id=m hidden><a href=/a>Wicks and burners</a> \
         <a href=/b>Chimneys</a></div>",
    ));
    for line in [
        "Copyright 2024. All rights reserved.",
        "Wicks and burners Chimneys",
        "Home Lamps Oil Contact",
    ] {
        assert!(
            dropped.iter().any(|dropped| dropped == line),
            "{line}\n{kept:#?}\n{dropped:#?}"
        );
    }
}

#[test]
fn of_a_page_of_few_words_all_are_kept_and_of_no_other_page() {
    let (kept, _) =
        cleaned("<div class=menu><a href=/>Home</a></div><p>Trending</p><p>Back at five.</p>");
    assert_eq!(kept, ["Lamps", "Trending", "Back at five."]);
    // An article in an element that is called like a form is many words, and what stands beside it is judged.
    let article = "The lamp room lies beneath the lantern, where the keeper trims each wick before the fog comes in. Oil is kept in \
                   tin cans along the wall, and in winter it has to be warmed on the stove, which takes about an hour. ";
    let (kept, dropped) = cleaned(&visited(&format!(
        "<ul><li>Trending<li>Sign in<li>Share</ul><div class=newsletter>{}</div>",
        format!("<p>{article}</p>").repeat(4)
    )));
    assert!(
        kept.iter()
            .any(|line| line.starts_with("The lamp room lies")),
        "{kept:#?}"
    );
    assert!(dropped.iter().any(|line| line == "Share"), "{kept:#?}");
}
