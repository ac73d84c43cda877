//! What elements are to a reader, by their tags.

use html5ever::{LocalName, local_name, ns};

use super::dom::{Data, Dom, NodeId};
use super::furniture::Names;
use crate::generators::{BUTTON_LABELS, ICON_CLASSES, LINE_NUMBER_CLASSES};
use crate::words::fold;

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

/// Elements of which nothing is read, neither as content nor as what was left out: they hold nothing that a reader
/// sees, or see it as a picture. Where little is known of a page, what can be touched belongs to them.
pub(super) fn is_silent(dom: &Dom, id: NodeId, names: Names) -> bool {
    let tag = dom.tag(id);
    let is_touched = || match *tag {
        local_name!("select") | local_name!("textarea") => true,
        local_name!("dialog") => !names.read_all(),
        local_name!("button") => !is_in_line(dom, id),
        _ => false,
    };
    match *tag {
        local_name!("script")
        | local_name!("style")
        | local_name!("head")
        | local_name!("iframe")
        | local_name!("object")
        | local_name!("canvas")
        | local_name!("audio")
        | local_name!("video")
        | local_name!("datalist")
        | local_name!("rp")
        | local_name!("rt")
        | local_name!("rtc")
        | local_name!("annotation-xml")
        | local_name!("annotation")
        | local_name!("metadata") => true,
        // A declarative shadow root is shown in its host's place.
        local_name!("template") => dom.attribute(id, "shadowrootmode").is_none(),
        local_name!("svg") => !names.read_all() || !has_letters(dom, id),
        local_name!("title") | local_name!("desc") | local_name!("defs") => is_drawn(dom, id),
        _ => {
            (!names.are_few() && is_touched())
                || is_footnote_mark(dom, id)
                || is_icon(dom, id)
                || is_line_numbers(dom, id)
                || is_shown_formula(dom, id)
        }
    }
}

/// Whether a drawing has letters in it.
fn has_letters(dom: &Dom, svg: NodeId) -> bool {
    dom.descendants(svg)
        .any(|id| matches!(&**dom.tag(id), "text" | "foreignObject"))
}

/// Whether an element is part of a drawing.
pub(super) fn is_drawn(dom: &Dom, id: NodeId) -> bool {
    matches!(dom.data(id), Data::Element { name, .. } if name.ns == ns!(svg))
}

/// Whether an element is part of a formula.
fn is_formula(dom: &Dom, id: NodeId) -> bool {
    matches!(dom.data(id), Data::Element { name, .. } if name.ns == ns!(mathml))
}

fn is_called(dom: &Dom, id: NodeId, classes: &[&str]) -> bool {
    dom.attribute(id, "class").is_some_and(|names| {
        names
            .split_ascii_whitespace()
            .any(|name| classes.contains(&name))
    })
}

/// A letter of a font of icons is spelt by its name.
fn is_icon(dom: &Dom, id: NodeId) -> bool {
    is_called(dom, id, &ICON_CLASSES)
}

/// The numbers beside the lines of a listing.
fn is_line_numbers(dom: &Dom, id: NodeId) -> bool {
    is_called(dom, id, &LINE_NUMBER_CLASSES)
        && dom
            .descendants(id)
            .all(|node| !matches!(dom.data(node), Data::Text(text) if text.contains(|c: char| !c.is_ascii_digit() && !c.is_whitespace())))
}

/// KaTeX writes a formula twice, for the eye and as MathML, which is read.
fn is_shown_formula(dom: &Dom, id: NodeId) -> bool {
    is_called(dom, id, &["katex-html"])
        && dom
            .parent(id)
            .and_then(|parent| dom.children(parent).next())
            .is_some_and(|first| is_called(dom, first, &["katex-mathml"]))
}

/// Something to touch that is no part of the text: a list to choose from, a field to write in, a button whose label is
/// known to do something to the page, or any button in a listing.
pub(super) fn is_control(dom: &Dom, id: NodeId) -> bool {
    match *dom.tag(id) {
        local_name!("select") | local_name!("textarea") => true,
        local_name!("button") => {
            let in_listing = || {
                dom.ancestors(id)
                    .any(|up| *dom.tag(up) == local_name!("pre"))
            };
            let in_sentence = || is_in_line(dom, id) && !is_in_heading(dom, id);
            in_listing() || (!in_sentence() && BUTTON_LABELS.contains(&&*fold(&dom.text(id))))
        }
        _ => false,
    }
}

fn is_in_heading(dom: &Dom, id: NodeId) -> bool {
    dom.parent(id)
        .is_some_and(|parent| heading_level(dom.tag(parent)) > 0)
}

/// Whether an element that may be a block stands in a line of text: by what is around it, or right beside it.
fn is_in_line(dom: &Dom, id: NodeId) -> bool {
    let is_text = |beside: NodeId| matches!(dom.data(beside), Data::Text(text) if text.contains(|c: char| !c.is_whitespace()));
    if dom.beside(id).into_iter().flatten().any(is_text) {
        return true;
    }
    for around in dom.ancestors(id) {
        let tag = dom.tag(around);
        let in_text = matches!(
            &**tag,
            "p" | "dt"
                | "summary"
                | "figcaption"
                | "caption"
                | "span"
                | "em"
                | "strong"
                | "b"
                | "i"
                | "label"
        );
        if in_text || heading_level(tag) > 0 {
            return true;
        }
        // An element of the page's own making is what stands around it.
        if !tag.contains('-') {
            return false;
        }
        if dom.beside(around).into_iter().flatten().any(is_text) {
            return true;
        }
    }
    false
}

/// Whether an element's words never join those around it, though they stand in one line.
pub(super) fn stands_apart(tag: &LocalName) -> bool {
    matches!(
        &**tag,
        "button" | "label" | "option" | "optgroup" | "text" | "tspan" | "input"
    ) || tag.contains('-')
}

/// A raised number that links to a note: glued to the word before it, it would hide that word.
pub(super) fn is_footnote_mark(dom: &Dom, id: NodeId) -> bool {
    if *dom.tag(id) != local_name!("sup") || dom.elements(id, &local_name!("a")).next().is_none() {
        return false;
    }
    dom.text(id)
        .chars()
        .all(|c| c.is_ascii_digit() || "[]*†‡ \n".contains(c))
}

/// Elements that stand in a line of text.
pub(super) fn is_inline(dom: &Dom, id: NodeId) -> bool {
    let tag = dom.tag(id);
    match &**tag {
        "a" | "abbr" | "acronym" | "area" | "b" | "bdi" | "bdo" | "big" | "cite" | "code"
        | "data" | "del" | "dfn" | "em" | "font" | "i" | "img" | "input" | "ins" | "kbd"
        | "label" | "map" | "mark" | "meter" | "nobr" | "optgroup" | "option" | "output"
        | "picture" | "progress" | "q" | "rb" | "ruby" | "s" | "samp" | "select" | "slot"
        | "small" | "source" | "span" | "strike" | "strong" | "sub" | "sup" | "textarea"
        | "time" | "tt" | "u" | "var" | "wbr" | "" => true,
        "button" => is_in_line(dom, id),
        name if name.contains('-') => is_in_line(dom, id),
        _ => is_drawn(dom, id) || is_formula(dom, id),
    }
}
