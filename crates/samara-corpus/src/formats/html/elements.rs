//! What elements are to a reader, by their tags.

use html5ever::{LocalName, local_name};

use super::dom::{Dom, NodeId};

/// 1 to 6 for a heading, else 0.
pub(super) fn heading_level(tag: &LocalName) -> u8 {
    match *tag {
        local_name!("h1") => 1,
        local_name!("h2") => 2,
        local_name!("h3") => 3,
        local_name!("h4") => 4,
        local_name!("h5") => 5,
        local_name!("h6") => 6,
        _ => 0,
    }
}

/// Elements that hold nothing a reader reads, whatever the page says of itself.
pub(super) fn is_silent(dom: &Dom, id: NodeId) -> bool {
    let tag = dom.tag(id);
    matches!(
        *tag,
        local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("head")
            | local_name!("iframe")
            | local_name!("object")
            | local_name!("canvas")
            | local_name!("svg")
            | local_name!("audio")
            | local_name!("video")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("button")
            | local_name!("datalist")
            | local_name!("dialog")
            | local_name!("rp")
            | local_name!("rt")
            | local_name!("rtc")
            | local_name!("annotation-xml")
            | local_name!("annotation")
    ) || is_footnote_mark(dom, id)
}

/// A raised number that links to a note: glued to the word before it, it would hide that word.
fn is_footnote_mark(dom: &Dom, id: NodeId) -> bool {
    if *dom.tag(id) != local_name!("sup") || dom.elements(id, &local_name!("a")).next().is_none() {
        return false;
    }
    dom.text(id)
        .chars()
        .all(|c| c.is_ascii_digit() || "[]*†‡ \n".contains(c))
}

/// Elements that stand in a line of text.
pub(super) fn is_inline(tag: &LocalName) -> bool {
    matches!(
        &**tag,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "rb"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "picture"
            | "source"
            | "math"
            | "mi"
            | "mn"
            | "mo"
            | "mrow"
            | "msup"
            | "msub"
            | "mfrac"
            | "mtext"
            | "semantics"
            | ""
    )
}
