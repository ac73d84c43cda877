//! `mdbook-samara`: a backend of mdBook that replaces its built-in search.
//!
//! mdBook calls it after its own HTML backend, with the book as JSON on standard input. It has `samara` build
//! a bundle of the finished pages, and puts the two lines that a page needs into each of them.

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The bundle's folder in the book.
const BUNDLE: &str = "samara";
/// Where the script's tag goes: before this.
const HEAD_ENDS: &str = "</head>";
/// Where the button goes: behind this, which opens the left side of mdBook's menu bar.
const MENU: &str = "<div class=\"left-buttons\">";
/// mdBook's own list of chapters, for browsers without scripts: a part of other pages.
const CONTENTS: &str = "toc.html";
/// The search, as a dialog that opens with `s`, as mdBook's own does, with `/` or with Ctrl-K.
const ELEMENT: &str = "<samara-search mode=\"modal\" shortcuts=\"s / mod+k\"></samara-search>";

fn main() -> ExitCode {
    // mdBook asks preprocessors so; backends are asked for nothing, but a person may try.
    if std::env::args().len() > 1 {
        eprintln!("mdbook-samara: a backend of mdBook; put [output.samara] into book.toml");
        return ExitCode::from(2);
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut text = String::new();
    io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| format!("cannot read what mdBook says: {error}"))?;
    let context: Value = serde_json::from_str(&text)
        .map_err(|error| format!("mdBook says something that is not JSON: {error}"))?;
    let path = |key: &str| {
        let path = context[key].as_str().map(PathBuf::from);
        path.ok_or_else(|| format!("mdBook does not say `{key}`; this is for mdBook 0.4 and 0.5"))
    };
    let (root, own) = (path("root")?, path("destination")?);
    let html = own.with_file_name("html");
    if !html.is_dir() {
        return Err(format!(
            "{}: no pages; keep [output.html] in book.toml, beside [output.samara]",
            html.display()
        ));
    }
    let book = &context["config"]["output"]["html"];
    if book["search"]["enable"] != Value::Bool(false) {
        eprintln!(
            "warning: the book still has its built-in search; turn it off in book.toml:\n  \
             [output.html.search]\n  enable = false"
        );
    }
    build(&root, &html)?;
    let without = insert(&html, "")?;
    if without > 0 {
        eprintln!(
            "warning: {without} pages have no `{MENU}`, so they have no button; \
             put `{ELEMENT}` into the theme's index.hbs"
        );
    }
    Ok(())
}

/// Has the command beside this program, or on the search path, build the bundle. It runs in the book's root, so
/// that `samara.toml` is found there.
fn build(root: &Path, html: &Path) -> Result<(), String> {
    let beside = std::env::current_exe()
        .ok()
        .map(|own| own.with_file_name(format!("samara{}", std::env::consts::EXE_SUFFIX)))
        .filter(|samara| samara.is_file());
    let samara = beside.unwrap_or_else(|| PathBuf::from("samara"));
    // The root may be relative to where mdBook was called, which is not where this runs.
    let html = fs::canonicalize(html).map_err(|error| format!("{}: {error}", html.display()))?;
    let status = Command::new(&samara)
        .current_dir(root)
        .arg("build")
        .arg(&html)
        .arg("--output")
        .arg(html.join(BUNDLE))
        .arg("--quiet")
        .status()
        .map_err(|error| format!("`{}` could not start: {error}", samara.display()))?;
    if status.success() {
        Ok(())
    } else {
        Err("the search was not built".to_owned())
    }
}

/// Puts the lines into every page beneath a folder, and returns how many had no place for the button.
fn insert(folder: &Path, up: &str) -> Result<usize, String> {
    let named = |error: io::Error| format!("{}: {error}", folder.display());
    let mut without = 0;
    for entry in fs::read_dir(folder).map_err(named)? {
        let path = entry.map_err(named)?.path();
        if path.is_dir() {
            without += insert(&path, &format!("{up}../"))?;
        } else if path.extension() == Some(OsStr::new("html"))
            && path.file_name() != Some(OsStr::new(CONTENTS))
        {
            let fault = |error: io::Error| format!("{}: {error}", path.display());
            let page = fs::read_to_string(&path).map_err(fault)?;
            if let Some((page, has_button)) = with_search(&page, up) {
                fs::write(&path, page).map_err(fault)?;
                without += usize::from(!has_button);
            }
        }
    }
    Ok(without)
}

/// A page with the search, and whether there was a place for its button; nothing for what is no whole page, or has
/// the search already. `up` leads from the page to the root: `../`.
fn with_search(page: &str, up: &str) -> Option<(String, bool)> {
    let script = format!("<script src=\"{up}{BUNDLE}/samara.js\" defer></script>\n");
    if page.contains(&script) {
        return None;
    }
    let (head, rest) = page.split_once(HEAD_ENDS)?;
    let button = rest.split_once(MENU);
    let rest = match button {
        Some((before, after)) => format!("{before}{MENU}\n{ELEMENT}{after}"),
        None => rest.to_owned(),
    };
    Some((format!("{head}{script}{HEAD_ENDS}{rest}"), button.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_script_and_button_once() {
        let page =
            "<html><head></head><body><div class=\"left-buttons\"><i></i></div></body></html>";
        let (once, has_button) = with_search(page, "../").unwrap();
        assert!(has_button);
        assert_eq!(
            once,
            format!(
                "<html><head><script src=\"../samara/samara.js\" defer></script>\n</head><body>\
                 <div class=\"left-buttons\">\n{ELEMENT}<i></i></div></body></html>"
            )
        );
        assert_eq!(with_search(&once, "../"), None);
    }

    #[test]
    fn a_page_of_another_theme_gets_the_script_alone() {
        let (page, has_button) = with_search("<head></head><body></body>", "").unwrap();
        assert!(page.contains("samara/samara.js") && !has_button);
        assert_eq!(with_search("a part of a page", ""), None);
    }
}
