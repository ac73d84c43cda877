//! Where sections can be linked to: the anchors of headings, and of terms and signatures.
//!
//! Generators put the id of a section on its heading, on an element around it, or on an empty one
//! before it. A definition list whose terms have ids is a reference: each of its terms is a section,
//! so that a search for a name leads to the place that explains it.

use html5ever::local_name;

use super::dom::{Data, Dom, NodeId};
use super::elements::heading_level;
use crate::generators::{PERMALINK_MARKS, is_index_entry};

/// So many elements around a heading are asked for an id…
const HIGHEST: usize = 8;
/// …and so many before each of these.
const MOST_BEFORE: usize = 16;
/// An element with more nodes inside is not empty.
const MOST_INSIDE: usize = 8;
/// A term with more nodes inside is no signature.
const LONGEST_TERM: usize = 2000;
/// So many terms of a page become sections. Further ones are text.
const MOST_DEFINITIONS: usize = 4000;
/// Bytes of a signature that stand in its heading.
const LONGEST_SIGNATURE: usize = 240;

/// Where a heading can be linked to: its own id, that of a link in it or to it, or that of an element
/// which it opens or which stands right before it, up to `top`. Bounded work.
pub(super) fn anchor(dom: &Dom, heading: NodeId, top: NodeId) -> String {
    if let Some(id) = own(dom, heading) {
        return id.to_string();
    }
    if let Some(id) = in_links(dom, heading) {
        return id;
    }
    let mut inside = dom.descendants(heading).take(MOST_BEFORE);
    if let Some(id) = inside.find_map(|id| own(dom, id)) {
        return id.to_string();
    }
    around(dom, heading, top).unwrap_or_default()
}

/// The id of an element, or the name by which a link can be linked to.
fn own(dom: &Dom, id: NodeId) -> Option<&str> {
    let named = || {
        dom.attribute(id, "name")
            .filter(|_| *dom.tag(id) == local_name!("a"))
    };
    dom.attribute(id, "id")
        .or_else(named)
        .filter(|id| !id.is_empty())
}

/// The anchor that one of the links inside of a heading gives.
fn in_links(dom: &Dom, heading: NodeId) -> Option<String> {
    let a = local_name!("a");
    let mut links = dom.elements(heading, &a).take(MOST_BEFORE);
    links.find_map(|link| linked(dom, heading, link))
}

/// The anchor to which a link inside of a heading leads, or that it is: where it shows nothing but
/// a mark, or an element around the heading has this id.
fn linked(dom: &Dom, heading: NodeId, link: NodeId) -> Option<String> {
    if let Some(id) = own(dom, link) {
        return Some(id.to_string());
    }
    let id = fragment(dom.attribute(link, "href")?)?;
    let is_mark = || {
        dom.text(link)
            .chars()
            .all(|c| c.is_whitespace() || PERMALINK_MARKS.contains(&c) || "◆\u{200b}".contains(c))
    };
    let is_around = || {
        dom.ancestors(heading)
            .take(HIGHEST)
            .any(|above| own(dom, above) == Some(&*id))
    };
    (is_mark() || is_around()).then_some(id)
}

/// What an address within the page leads to.
fn fragment(address: &str) -> Option<String> {
    let id = address.strip_prefix('#').filter(|id| !id.is_empty())?;
    if !id.contains('%') {
        return Some(id.to_string());
    }
    let digit = |at: usize| char::from(*id.as_bytes().get(at)?).to_digit(16);
    let (mut bytes, mut at) = (Vec::with_capacity(id.len()), 0);
    while let Some(&byte) = id.as_bytes().get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    Some(String::from_utf8(bytes).unwrap_or_else(|_| id.to_string()))
}

/// The id of an element that begins with this heading, or of an empty one right before it.
fn around(dom: &Dom, heading: NodeId, top: NodeId) -> Option<String> {
    let mut inner = heading;
    for _ in 0..HIGHEST {
        let mut before = Some(inner);
        for _ in 0..MOST_BEFORE {
            before = before.and_then(|id| dom.previous(id));
            match before {
                None => break,
                Some(id) => match empty(dom, id, inner) {
                    Some(Some(anchor)) => return Some(anchor),
                    Some(None) => {}
                    None => return None,
                },
            }
        }
        if before.is_some() || inner == top {
            return None;
        }
        let outer = dom.parent(inner)?;
        match *dom.tag(outer) {
            local_name!("body") | local_name!("main") | local_name!("html") | local_name!("") => {
                return None;
            }
            _ if dom.attribute(outer, "role") == Some("main") => return None,
            _ => {}
        }
        if let Some(id) = own(dom, outer) {
            return Some(id.to_string());
        }
        inner = outer;
    }
    None
}

/// What stands before a heading, if it shows nothing: with the anchor that it is, if it is one.
fn empty(dom: &Dom, id: NodeId, heading: NodeId) -> Option<Option<String>> {
    let mut anchor = None;
    for (count, node) in std::iter::once(id).chain(dom.descendants(id)).enumerate() {
        if count == MOST_INSIDE {
            return None;
        }
        match dom.data(node) {
            Data::Text(text) if text.chars().all(char::is_whitespace) => {}
            Data::Nothing => {}
            Data::Text(_) => return is_permalink(dom, id, heading).map(Some),
            Data::Element { .. } => match *dom.tag(node) {
                local_name!("img") | local_name!("hr") | local_name!("svg") => return None,
                // It belongs to a heading of its own.
                _ if heading_level(dom.tag(node)) > 0 => return None,
                _ => anchor = anchor.or_else(|| own(dom, node).map(str::to_string)),
            },
        }
    }
    let permalink = || is_permalink(dom, id, heading);
    Some(anchor.or_else(permalink))
}

/// Some generators set the link to a heading before it.
fn is_permalink(dom: &Dom, id: NodeId, heading: NodeId) -> Option<String> {
    (*dom.tag(id) == local_name!("a"))
        .then(|| linked(dom, heading, id))
        .flatten()
}

/// Which section the text being read belongs to, where terms are sections.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    lists: Vec<List>,
    /// The term being read, and its anchor.
    open: Option<(NodeId, String)>,
    /// Anchor of the section that text belongs to.
    section: String,
    /// Other sections stand between it and its heading.
    resumed: bool,
    count: usize,
}

/// An open definition list.
#[derive(Debug)]
struct List {
    element: NodeId,
    /// Anchor of the section around it.
    section: String,
    /// One of its terms is a section.
    has_sections: bool,
}

impl Definitions {
    /// A block element begins.
    pub fn enter(&mut self, dom: &Dom, id: NodeId) {
        match *dom.tag(id) {
            local_name!("dl") => self.lists.push(List {
                element: id,
                section: self.section.clone(),
                has_sections: false,
            }),
            local_name!("dt") => {
                let anchor = Some(id)
                    .filter(|_| self.count < MOST_DEFINITIONS)
                    .and_then(|id| term(dom, id));
                match anchor {
                    Some(anchor) => self.open = Some((id, anchor)),
                    // Signatures that share an explanation belong together, other terms do not.
                    None if !follows_term(dom, id) => self.resume(),
                    None => {}
                }
            }
            _ => {}
        }
    }

    /// A block element ends.
    pub fn leave(&mut self, id: NodeId) {
        if self.open.as_ref().is_some_and(|(open, _)| *open == id) {
            self.open = None;
        }
        if self.lists.last().is_some_and(|list| list.element == id) {
            self.resume();
            self.lists.pop();
        }
    }

    /// Text goes on with the section around the innermost list.
    fn resume(&mut self) {
        if let Some(list) = self.lists.last().filter(|list| list.has_sections) {
            self.section.clone_from(&list.section);
            self.resumed = true;
        }
    }

    /// Whether the text being read is a term that becomes a section.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether an element stands in such a term.
    pub fn is_around(&self, id: NodeId) -> bool {
        self.open.as_ref().is_some_and(|(open, _)| *open != id)
    }

    /// The term has been read: its anchor, if it has begun no section so far.
    pub fn define(&mut self) -> Option<String> {
        let (_, anchor) = self.open.as_mut()?;
        let anchor = std::mem::take(anchor);
        if anchor.is_empty() {
            return None;
        }
        self.count += 1;
        self.begin(&anchor);
        if let Some(list) = self.lists.last_mut() {
            list.has_sections = true;
        }
        Some(anchor)
    }

    /// A section begins.
    pub fn begin(&mut self, anchor: &str) {
        anchor.clone_into(&mut self.section);
        self.resumed = false;
    }

    /// Anchor of the section that the next block belongs to, if it is not the last one that began.
    pub fn goes_on(&self) -> Option<String> {
        self.resumed.then(|| self.section.clone())
    }
}

/// The anchor of a term that is a section: one that can be linked to, with nothing in it that is a
/// block of its own.
fn term(dom: &Dom, id: NodeId) -> Option<String> {
    for (count, node) in dom.descendants(id).enumerate() {
        let is_block = heading_level(dom.tag(node)) > 0 || *dom.tag(node) == local_name!("pre");
        if count == LONGEST_TERM || is_block {
            return None;
        }
    }
    let own = own(dom, id).map(str::to_string);
    let anchor = own.or_else(|| in_links(dom, id))?;
    (!is_index_entry(&anchor)).then_some(anchor)
}

/// Whether a term comes right behind another one.
fn follows_term(dom: &Dom, id: NodeId) -> bool {
    let before = std::iter::successors(dom.previous(id), |&id| dom.previous(id));
    before
        .take(MOST_BEFORE)
        .find(|&id| matches!(dom.data(id), Data::Element { .. }))
        .is_some_and(|id| *dom.tag(id) == local_name!("dt"))
}

/// So much of a signature as its heading holds, if that is not all of it.
pub(super) fn shortened(signature: &str) -> Option<String> {
    if signature.len() <= LONGEST_SIGNATURE {
        return None;
    }
    let end = signature.floor_char_boundary(LONGEST_SIGNATURE);
    let end = signature[..end].rfind(' ').unwrap_or(end);
    Some(format!("{} …", signature[..end].trim_end()))
}

/// Generators end a heading with a link to itself.
pub(super) fn without_permalink(text: &str) -> String {
    let without = text
        .trim_start_matches(['§', '#', '¶'])
        .trim_end_matches(|c: char| c.is_whitespace() || PERMALINK_MARKS.contains(&c));
    // "C#" is a name: only a mark that stands by itself, or a pilcrow, is a link.
    let cut = &text[text.len() - (text.len() - text.trim_end_matches(PERMALINK_MARKS).len())..];
    let by_itself = text
        .strip_suffix(cut)
        .is_some_and(|rest| rest.ends_with(' '));
    if cut.is_empty() || by_itself || cut.contains(['¶', '§', '🔗', '\u{f0c1}']) {
        without.trim().to_string()
    } else {
        text.trim_start_matches(['§', '¶']).trim().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::super::furniture::Names;
    use super::*;
    use crate::page::{Block, Kind};

    fn read(html: &str) -> Vec<Block> {
        let dom = Dom::parse(html);
        let all = blocks(&dom, Dom::ROOT, Names::None);
        all.into_iter().map(Block::from).collect()
    }

    /// Blocks as `anchor: heading`, or as text behind the anchor of the section that it goes on with.
    fn shown(html: &str) -> Vec<String> {
        let show = |block: Block| match (block.kind, block.goes_on) {
            (Kind::Heading, _) => format!("{}: {}", block.anchor, block.text),
            (_, Some(section)) => format!("[{section}] {}", block.text),
            (_, None) => block.text,
        };
        read(html).into_iter().map(show).collect()
    }

    #[test]
    fn headings_are_linked_to_where_their_pages_link_to_them() {
        for (html, expected) in [
            ("<h2 id=a>One</h2>", "a: One"),
            ("<h2><a name=b></a>One ¶</h2>", "b: One"),
            (
                "<h2><a class=anchor href='#%C3%BC'>#</a> One</h2>",
                "ü: One",
            ),
            (
                "<section id=c><h2>One<a class=headerlink href=#c>¶</a></h2></section>",
                "c: One",
            ),
            // A target of the author's stands before the heading, and the heading is no first child.
            (
                "<section id=d><span id=mark></span><h2>One<a class=headerlink href=#d>¶</a></h2></section>",
                "d: One",
            ),
            (
                "<div class=sect1 id=e><div class=titlepage><div><div><h2>One</h2></div></div></div></div>",
                "e: One",
            ),
            ("<p>Text.</p><a name=f></a>\n<h2>One</h2>", "f: One"),
            (
                "<p>Text.</p><p><a name=g></a></p><!-- x --><h2>One</h2>",
                "g: One",
            ),
            (
                "<section id=h><a href=#h>§</a><h4>fn one()</h4></section>",
                "h: fn one()",
            ),
            (
                "<section id=i><span>1.0</span><h4>fn <a href=#i>one</a>()</h4></section>",
                "i: fn one()",
            ),
            // What is no anchor of theirs.
            ("<section id=k><p>Text.</p><h2>One</h2></section>", ": One"),
            ("<h2>See <a href=#other>another</a></h2>", ": See another"),
            (
                "<h2>See <a href=next.html>the next</a></h2>",
                ": See the next",
            ),
            ("<main id=l><h1>One</h1></main>", ": One"),
            ("<div id=m><img src=a.png><h2>One</h2></div>", ": One"),
            ("<h1 id=n></h1><h2>One</h2>", ": One"),
        ] {
            let all = shown(html);
            assert_eq!(all.last().map(String::as_str), Some(expected), "{html}");
        }
    }

    #[test]
    fn terms_that_can_be_linked_to_are_sections() {
        for (html, expected) in [
            (
                "<h2 id=x>Lamps</h2><dl><dt id=lamp.trim>trim(<i>wick</i>)<a class=headerlink href=#lamp.trim>¶</a></dt>\
                 <dd><p>Cuts it.</p></dd></dl><p>More of lamps.</p>",
                &[
                    "x: Lamps",
                    "lamp.trim: trim(wick)",
                    "Cuts it.",
                    "[x] More of lamps.",
                ][..],
            ),
            // A class with a method; text that goes on behind each.
            (
                "<h2 id=x>X</h2><dl><dt id=c>class C</dt><dd><p>A.</p><dl><dt id=c.m>m()</dt><dd>B.</dd></dl>\
                 <p>C.</p></dd></dl><p>D.</p>",
                &[
                    "x: X",
                    "c: class C",
                    "A.",
                    "c.m: m()",
                    "B.",
                    "[c] C.",
                    "[x] D.",
                ],
            ),
            // Two signatures share an explanation, a term without an anchor does not.
            (
                "<dl><dt id=f>f(a)</dt><dt>f(a, b)</dt><dd>Both.</dd><dt>Other</dt><dd>Else.</dd></dl>",
                &["f: f(a)", "f(a, b)", "Both.", "[] Other", "[] Else."],
            ),
            // A signature in lines.
            (
                "<dl><dt id=f>f(<dl><dd>a,</dd><dd>b</dd></dl>)<br>-&gt; c</dt><dd>Text.</dd></dl>",
                &["f: f( a, b ) -> c", "Text."],
            ),
            (
                "<dl><dt><a name=t></a><span>--quiet</span></dt><dd>Says nothing.</dd></dl>",
                &["t: --quiet", "Says nothing."],
            ),
            // Counter-examples: no anchor, a heading of its own, an index of words.
            ("<dl><dt>Wick</dt><dd>Burns.</dd></dl>", &["Wick", "Burns."]),
            (
                "<dl><dt id=a><h3>Wick</h3></dt><dd>Burns.</dd></dl>",
                &["a: Wick", "Burns."],
            ),
            (
                "<dl><dt id=ientry-1>Wick, <a href=x.html#w>Lamps</a></dt></dl>",
                &["Wick, Lamps"],
            ),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn long_signatures_are_shortened_and_many_terms_stay_bounded_without_a_loss() {
        let long = format!("f({})", "argument, ".repeat(100));
        let all = read(&format!("<dl><dt id=f>{long}</dt><dd>Text.</dd></dl>"));
        assert!(all[0].kind == Kind::Heading && all[0].text.len() < 300);
        assert_eq!(all[1].text, long);
        let terms: String = (0..MOST_DEFINITIONS + 500)
            .map(|n| format!("<dt id=t{n}>term {n}</dt><dd>word {n}</dd>"))
            .collect();
        let all = read(&format!("<h1>Words</h1><dl>{terms}</dl>"));
        let sections = all.iter().filter(|block| block.kind == Kind::Heading);
        assert_eq!(sections.count(), MOST_DEFINITIONS + 1);
        assert_eq!(all.len(), 1 + 2 * (MOST_DEFINITIONS + 500));
        assert_eq!(all[all.len() - 1].goes_on.as_deref(), Some(""));
    }
}
