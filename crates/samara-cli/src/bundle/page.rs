//! The single-file layout: one page that holds the script and the module and asks for nothing.
//!
//! The module stands in an inert script element as base64 of its gzipped bytes, and beside it the interface's
//! other languages, where the script looks for them; see `www/src/api/place/single.js`.

use super::contents::integrity;
use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{Read, Write};

/// The page around them, with its places marked by comments.
const TEMPLATE: &str = include_str!("page.html");
/// What the module's element begins and ends with.
const OPEN: &str = r#"<script type="application/wasm+gzip+base64" id="samara-wasm">"#;
const CLOSE: &str = "</script>";
/// What comes before the hash of all that comes before it, at the end of the page.
const SEAL: &str = "<!--samara-integrity: ";
/// The largest module that is unpacked from a page, in bytes.
const LARGEST_MODULE: u64 = 1 << 32;

/// The page that searches `module` by `script`, under a title. `base` is how the documents are reached from it, as an
/// address. Linear in the module.
///
/// # Errors
/// The script or the languages hold markup that would end their element.
pub fn write(
    title: &str,
    base: &str,
    script: &str,
    languages: &str,
    module: &[u8],
) -> Result<String> {
    for text in [script, languages] {
        let lower = text.to_ascii_lowercase();
        ensure!(
            !lower.contains("</script") && !lower.contains("<!--"),
            "the prebuilt script cannot stand inside a page"
        );
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(module)?;
    let base64 = BASE64_STANDARD.encode(gzip.finish()?);
    let page = template(title, base).replace(
        "<!--script-->",
        &format!(
            "{OPEN}{base64}{CLOSE}\n<script type=\"application/json\" id=\"samara-languages\">{languages}</script>\n\
             <script>{script}</script>"
        ),
    );
    let seal = integrity(page.as_bytes());
    Ok(format!("{page}{SEAL}{seal}-->\n"))
}

/// Whether a page is as [`write()`] made it, to the last byte.
pub fn is_whole(page: &str) -> bool {
    page.rsplit_once(SEAL)
        .is_some_and(|(page, seal)| seal == format!("{}-->\n", integrity(page.as_bytes())))
}

/// Whether a page carries a module, whole or not.
pub fn is_ours(page: &[u8]) -> bool {
    page.windows(OPEN.len()).any(|part| part == OPEN.as_bytes())
}

/// The page that loads its scripts from elsewhere.
pub fn write_linking(title: &str, scripts: &[&str]) -> String {
    let tags = scripts
        .iter()
        .map(|script| format!("<script src=\"{script}\" defer></script>"))
        .collect::<Vec<_>>();
    template(title, "").replace("<!--script-->", &tags.join("\n"))
}

fn template(title: &str, base: &str) -> String {
    let base = match base {
        "" => String::new(),
        base => format!(" base=\"{}\"", escaped(base)),
    };
    TEMPLATE
        .replace("<!--title-->", &escaped(title))
        .replace("<!--base-->", &base)
}

/// The module inside a page. Linear in the page.
///
/// # Errors
/// The page holds no module, or a damaged one.
pub fn module_of(page: &str) -> Result<Vec<u8>> {
    let (_, rest) = page.split_once(OPEN).context(
        "this page carries no Samara module; name a page that `samara build --layout single` wrote",
    )?;
    let (base64, _) = rest
        .split_once(CLOSE)
        .context("the page is cut short; build it again")?;
    let gzip = BASE64_STANDARD
        .decode(base64.trim())
        .context("the module inside the page is damaged; build it again")?;
    let mut module = Vec::new();
    GzDecoder::new(&gzip[..])
        .take(LARGEST_MODULE)
        .read_to_end(&mut module)
        .context("the module inside the page is damaged; build it again")?;
    Ok(module)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_written_into_a_page_is_found_again() {
        let module: Vec<u8> = (0..100_000_u32)
            .map(|number| (number.wrapping_mul(number) >> 7) as u8)
            .collect();
        assert_eq!(
            module_of(&write("Archive", "", "samara();", "{}", &module).unwrap()).unwrap(),
            module
        );
    }

    #[test]
    fn the_page_says_where_its_documents_are() {
        let page = write("Archive", "my%20notes/", "", "{}", b"").unwrap();
        assert!(page.contains("<samara-search mode=\"page\" base=\"my%20notes/\">"));
        let page = write("Archive", "", "", "{}", b"").unwrap();
        assert!(page.contains("<samara-search mode=\"page\">"));
    }

    #[test]
    fn a_title_is_text_and_not_markup() {
        assert!(
            write("<img src=x>", "", "", "{}", b"")
                .unwrap()
                .contains("<title>&lt;img src=x&gt;</title>")
        );
    }

    #[test]
    fn a_script_that_would_end_its_element_is_refused() {
        let page = write("Archive", "my%20notes/", "", "{}", b"").unwrap();
        assert!(page.contains("<samara-search mode=\"page\" base=\"my%20notes/\">"));
        assert!(write("Archive", "", "'</SCRIPT>'", "{}", b"").is_err());
    }

    #[test]
    fn a_page_is_whole_to_its_last_byte() {
        let page = write("Archive", "", "samara();", "{}", b"module").unwrap();
        assert!(is_whole(&page));
        for at in 0..page.len() {
            assert!(!is_whole(&page[..at]), "cut at {at}");
            let mut changed = page.clone().into_bytes();
            changed[at] ^= 1;
            assert!(
                !is_whole(&String::from_utf8(changed).unwrap()),
                "changed at {at}"
            );
        }
        assert!(!is_whole(&format!("{page}\n")));
    }

    #[test]
    fn a_page_cut_short_is_an_error() {
        let page = write("Archive", "", "samara();", "{}", b"module").unwrap();
        let end = page.find(CLOSE).unwrap();
        for length in 0..end + CLOSE.len() - 1 {
            if page.is_char_boundary(length) {
                assert!(module_of(&page[..length]).is_err(), "cut at {length}");
            }
        }
    }
}
