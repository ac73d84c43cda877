//! `samara build --service-worker`.

use crate::case::Case;
use snapbox::str;
use std::fs;

#[test]
fn the_worker_lies_at_the_root_of_the_site_and_knows_the_files() {
    let case = Case::notes();
    let said = case
        .done("build notes -o notes/assets/search --service-worker")
        .said;
    assert!(
        said.contains("<samara-search offline=\"../../\">"),
        "{said}"
    );
    assert!(
        said.contains("Offline worker: notes/samara-worker.js\n"),
        "{said}"
    );
    let worker = fs::read_to_string(case.path("notes/samara-worker.js")).unwrap();
    assert!(worker.starts_with("self.SAMARA_FOLDER=\"./assets/search/\";\n"));
    for name in case.names("notes/assets/search") {
        let kept = !name.ends_with(".mjs") && !name.ends_with(".manifest");
        assert_eq!(worker.contains(&format!("\"{name}\"")), kept, "{name}");
    }
    assert!(!worker.contains("__SAMARA"), "{worker}");
}

#[test]
fn a_single_page_says_that_it_has_none() {
    let case = Case::notes();
    let said = case
        .done("build notes -o notes.html --layout single --service-worker")
        .said;
    assert!(said.contains("so no worker is written"), "{said}");
    let said = case.done("build notes -o notes.html --layout single").said;
    assert!(!said.contains("worker"), "{said}");
}

#[test]
fn outside_of_the_site_it_lies_in_the_bundle() {
    let case = Case::notes();
    case.done("build notes -o search --service-worker -q");
    assert!(case.path("search/samara-worker.js").exists());
    case.done("check search");
}

#[test]
fn its_version_changes_with_what_it_keeps() {
    let case = Case::notes().having(
        "samara.toml",
        "service-worker = true\noffline = ['tea.txt']\n",
    );
    let worker = |case: &Case| {
        case.done("build notes -o notes/search -q");
        fs::read_to_string(case.path("notes/samara-worker.js")).unwrap()
    };
    let first = worker(&case);
    assert!(first.contains("\"../tea.txt\""), "{first}");
    assert_eq!(worker(&case), first);
    let case = case.having(
        "notes/tea.txt",
        "Tea\n\nNettles taste best in spring, before they flower.\n",
    );
    assert_ne!(worker(&case), first);
}

#[test]
fn without_the_option_the_worker_takes_itself_away() {
    let case = Case::notes();
    case.done("build notes -o notes/search --service-worker -q");
    case.done("build notes -o notes/search -q");
    let worker = fs::read_to_string(case.path("notes/samara-worker.js")).unwrap();
    assert!(worker.contains("unregister()"), "{worker}");
    // What another bundle of the same host keeps is none of its business.
    assert!(
        worker.starts_with("self.SAMARA_FOLDER=\"./search/\";\n"),
        "{worker}"
    );
    case.done("build notes -o notes/search --service-worker -q");
    let worker = fs::read_to_string(case.path("notes/samara-worker.js")).unwrap();
    assert!(!worker.contains("unregister()"), "{worker}");
}

#[test]
fn a_worker_of_the_site_itself_is_not_overwritten() {
    let case = Case::notes().having("notes/samara-worker.js", "// the site's own\n");
    case.refused(
        "build notes -o notes/search --service-worker",
        str![[r#"
error: --service-worker: notes/samara-worker.js is there already and none of Samara's; move it away

"#]],
    );
    assert!(!case.path("notes/search").exists());
}

#[test]
fn a_page_that_cannot_be_kept_is_named() {
    for (page, said) in [
        (
            "missing.html",
            str![[r#"
error: offline: `missing.html` cannot be kept, notes/missing.html: No such file or directory (os error 2); addresses are relative to notes

"#]],
        ),
        (
            "../outside",
            str![[r#"
error: offline: `../outside` cannot be kept, notes/../outside: it lies outside of the site; addresses are relative to notes

"#]],
        ),
    ] {
        Case::notes()
            .having("samara.toml", &format!("offline = ['{page}']\n"))
            .refused("build notes -o notes/search --service-worker", said);
    }
}
