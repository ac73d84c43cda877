//! XHTML for a parser of HTML.
//!
//! In XHTML `<script src="a.js"/>` is all of an element. To HTML the slash says nothing, and everything behind such a script
//! would be one. Chapters of electronic books are full of it.

use std::borrow::Cow;

use html5ever::LocalName;

use super::dom::is_void;

/// The declaration of XML stands within so many bytes.
const HEAD: usize = 64;

/// The same document with an end tag for each element that has none, if it says that it is XML. Linear.
pub(crate) fn with_end_tags<'a>(html: &'a str, path: &str) -> Cow<'a, str> {
    let head = &html[..html.floor_char_boundary(HEAD)];
    let by_name = [".xhtml", ".xhtml.gz", ".xht"]
        .iter()
        .any(|end| path.ends_with(end));
    if !(by_name || head.contains("<?xml ")) || !html.contains("/>") {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        let Some(length) = length(tag) else {
            rest = tag;
            break;
        };
        let (tag, behind) = tag.split_at(length);
        rest = behind;
        let name = tag[1..]
            .split(|c: char| c.is_whitespace() || c == '/' || c == '>')
            .next()
            .unwrap_or_default();
        let is_element = name.starts_with(|c: char| c.is_ascii_alphabetic());
        match tag.strip_suffix("/>") {
            Some(open) if is_element && !is_void(&LocalName::from(name)) => {
                out.push_str(open);
                out.push_str("></");
                out.push_str(name);
                out.push('>');
            }
            _ => out.push_str(tag),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How long a tag or a comment is, if it has an end.
fn length(tag: &str) -> Option<usize> {
    for (begin, end) in [("<!--", "-->"), ("<![CDATA[", "]]>")] {
        if tag.starts_with(begin) {
            return tag.find(end).map(|at| at + end.len());
        }
    }
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_without_an_end_get_one_where_a_page_is_xml() {
        let xml = "<?xml version='1.0'?>";
        for (page, expected) in [
            (
                "<script src='a/>b.js'/><p>one<br/></p>",
                "<script src='a/>b.js'></script><p>one<br/></p>",
            ),
            ("<title/><a id='x'/>two", "<title></title><a id='x'></a>two"),
            ("<!-- <a/> --><p>three", "<!-- <a/> --><p>three"),
            ("a < b <i/", "a < b <i/"),
        ] {
            assert_eq!(
                with_end_tags(&format!("{xml}{page}"), "a.html"),
                format!("{xml}{expected}")
            );
            assert_eq!(with_end_tags(page, "a.xhtml"), expected);
            assert_eq!(with_end_tags(page, "a.html"), page, "HTML is HTML");
        }
    }
}
