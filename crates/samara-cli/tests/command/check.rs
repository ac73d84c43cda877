//! `samara check`.

use crate::case::Case;
use snapbox::str;
use std::fs;
use std::path::Path;

#[test]
fn a_whole_bundle_is_named() {
    Case::bundled().check(
        "check search",
        0,
        str![[r#"
search/samara.[HASH].wasm: whole, 4 documents

"#]],
        str![],
    );
    let case = Case::notes();
    case.done("build notes -o letters.html --layout single -q");
    case.check(
        "check letters.html",
        0,
        str![[r#"
letters.html: whole, 4 documents

"#]],
        str![],
    );
}

/// Changes a file of a bundle and sees the change found.
fn finds(change: impl Fn(&Path), file: &str, said: snapbox::data::Inline) {
    let case = Case::bundled();
    change(&case.ending_in("search", file));
    case.check("check search", 1, str![], said);
}

#[test]
fn quietly_only_a_fault_is_said() {
    let case = Case::bundled();
    case.check("check search --quiet", 0, str![""], str![""]);
    fs::write(case.path("search/samara-highlight.js"), "").unwrap();
    case.check("check search --quiet", 1, str![""], str![[r#"
error: search/samara-highlight.js: this is not the script that was built; deploy it again, and check that nothing converts it

"#]]);
}

#[test]
fn a_page_that_was_cut_or_changed_is_named() {
    let case = Case::notes();
    case.done("build notes -o letters.html --layout single -q");
    let page = fs::read_to_string(case.path("letters.html")).unwrap();
    let script = page.rfind("<script>").unwrap();
    let converted = page.replacen("</h1>", "</h1>\r", 1);
    for changed in [&page[..page.len() - 2], &page[..script + 2000], &converted] {
        fs::write(case.path("letters.html"), changed).unwrap();
        case.check("check letters.html", 1, str![""], str![[r#"
error: letters.html: this is not the page that was built, or it was cut short; deploy it again, and check that nothing converts it

"#]]);
    }
    // Without its engine it is no bundle of any kind.
    fs::write(case.path("letters.html"), &page[..9000]).unwrap();
    case.check(
        "check letters.html",
        1,
        str![""],
        str![[r#"
error: letters.html: the page is cut short; build it again

"#]],
    );
}

#[test]
fn a_damaged_index_is_named() {
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let stream = bytes.len() - 200;
        bytes[stream] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    finds(
        flip,
        ".wasm",
        str![[r#"
error: search/samara.[HASH].wasm: the index is damaged (stream): fetch it again, or build it again

"#]],
    );
}

#[test]
fn a_file_that_was_cut_is_named() {
    let cut = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    finds(
        cut,
        ".wasm",
        str![[r#"
error: search/samara.[HASH].wasm: the wasm module is damaged; build it again

"#]],
    );
    for script in ["samara.mjs", "samara-highlight.js"] {
        let case = Case::bundled();
        cut(&case.path("search").join(script));
        let said = case.run("check search").said;
        let wanted = format!("error: search/{script}: this is not the script that was built;");
        assert!(said.starts_with(&wanted), "{said}");
    }
    finds(
        cut,
        ".search.js",
        str![[r#"
error: search/samara.[HASH].search.js: damaged; its name tells other content

"#]],
    );
    finds(
        cut,
        ".languages.json",
        str![[r#"
error: search/samara.[HASH].languages.json: damaged; its name tells other content

"#]],
    );
    finds(
        cut,
        "samara.js",
        str![[r#"
error: search/samara.js: this is not the script that was built; deploy it again, and check that nothing converts it

"#]],
    );
    // Its files stand in the order of their hashes, so that the place of the cut differs between builds.
    finds(
        cut,
        "samara.manifest",
        str![[r#"
error: search/samara.manifest is damaged; delete it and the files beside it, then build again: EOF while parsing [..]

"#]],
    );
}

#[test]
fn a_converted_script_is_named() {
    let convert = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text + "\r\n").unwrap();
    };
    finds(
        convert,
        "samara.js",
        str![[r#"
error: search/samara.js: this is not the script that was built; deploy it again, and check that nothing converts it

"#]],
    );
}

#[test]
fn a_missing_file_is_named() {
    let remove = |path: &Path| fs::remove_file(path).unwrap();
    finds(
        remove,
        "samara.js",
        str![[r#"
error: search/samara.js is missing: the first build of this bundle was not finished, or somebody has deleted it; build again

"#]],
    );
    finds(
        remove,
        "samara.mjs",
        str![[r#"
error: search/samara.mjs, of which the bundle consists, is missing; deploy the whole folder, or build it again

"#]],
    );
    finds(
        remove,
        ".languages.json",
        str![[r#"
error: search/samara.[HASH].languages.json, which samara.js calls, is missing; deploy the whole folder, or build it again

"#]],
    );
}
