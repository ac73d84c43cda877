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
    finds(
        cut,
        "samara.manifest",
        str![[r#"
error: search/samara.manifest is damaged; delete it and the files beside it, then build again: EOF while parsing a value at line 8 column 1

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
error: search: the first build of this bundle was not finished; build again

"#]],
    );
    finds(
        remove,
        "samara.mjs",
        str![[r#"
error: search/samara.mjs: No such file or directory (os error 2)

"#]],
    );
    finds(
        remove,
        ".languages.json",
        str![[r#"
error: search/samara.[HASH].languages.json, which samara.js calls: No such file or directory (os error 2)

"#]],
    );
}
