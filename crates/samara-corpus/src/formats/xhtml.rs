//! XHTML as HTML: elements that end in their own tag.
//!
//! What a browser reads as XML lets a script end where it begins, `<script src="a.js"/>`; read as
//! HTML, it would swallow the page.

use std::borrow::Cow;

/// Elements that hold nothing in HTML either.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The page with an end tag for each element that has none. Linear.
pub(crate) fn as_html(source: &str) -> Cow<'_, str> {
    let mut html = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(start) = source[at..].find('<').map(|found| at + found) {
        if let Some(comment) = source[start..].strip_prefix("<!--") {
            at = start + 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
            continue;
        }
        let rest = &source[start + 1..];
        let name = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_alphanumeric() || "-:_".contains(c))
                .len();
        let Some(end) = tag_end(rest) else { break };
        at = start + 1 + end + 1;
        let is_closed = name > 0 && rest[..end].ends_with('/');
        if is_closed && !VOID.contains(&rest[..name].to_ascii_lowercase().as_str()) {
            html.push_str(&source[copied..start + end]);
            html.push_str("></");
            html.push_str(&rest[..name]);
            html.push('>');
            copied = at;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    html.push_str(&source[copied..]);
    Cow::Owned(html)
}

/// Where a tag ends, quotes left aside.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_end_where_they_begin() {
        for (xhtml, html) in [
            (
                "<script src='a>b'/><p>x<br/></p>",
                "<script src='a>b'></script><p>x<br/></p>",
            ),
            (
                "<title/><!-- <a/> --><a id=\"x\" />y",
                "<title></title><!-- <a/> --><a id=\"x\" ></a>y",
            ),
            ("<p>1 < 2</p>", "<p>1 < 2</p>"),
            ("<p>open <b", "<p>open <b"),
        ] {
            assert_eq!(as_html(xhtml), html);
        }
    }
}
