//! From a tree to the blocks that a reader sees: inline elements join, block elements part.

use super::block::HtmlBlock;
use super::dom::{Data, Dom, NodeId, Step};
use super::elements::is_silent;
use super::furniture::Names;
use super::marks::Marks;
use super::reader::Reader;

/// The blocks beneath a node, in reading order. Linear in the tree's size.
///
/// Elements that sites put around a text (navigation, share buttons, comment forms) are told by such names as `names`
/// allows; the tags that can hold no content are passed over whatever it says.
pub(crate) fn blocks(dom: &Dom, top: NodeId, names: Names) -> Vec<HtmlBlock> {
    read(Reader::new(dom, top, names), dom, top)
}

/// The same, by all names, with what the page marks to be ignored, which carries this rule.
pub(crate) fn everything(dom: &Dom, top: NodeId) -> Vec<HtmlBlock> {
    let mut reader = Reader::new(dom, top, Names::All);
    reader.with_ignored = true;
    read(reader, dom, top)
}

fn read(mut reader: Reader<'_>, dom: &Dom, top: NodeId) -> Vec<HtmlBlock> {
    let names = reader.names;
    let mut walk = dom.walk(top);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => match dom.data(id) {
                Data::Text(text) => reader.text(text),
                Data::Element { .. } => {
                    let marks = Marks::of(dom, id);
                    let ignored = marks.ignored && !reader.with_ignored;
                    let silent = || is_silent(dom, id, names) && !reader.is_opener(id);
                    if id != top && (ignored || marks.silence(names) || silent()) {
                        if names.are_told() {
                            reader.put_aside(id, &marks);
                        }
                        walk.skip_children(id);
                        // The walk will leave it, and leaving must find it entered.
                        reader.skipped = Some(id);
                    } else {
                        reader.enter(id, &marks);
                    }
                }
                Data::Nothing => {}
            },
            Step::Leave(id) if reader.skipped == Some(id) => reader.skipped = None,
            Step::Leave(id) => {
                if matches!(dom.data(id), Data::Element { .. }) {
                    reader.leave(id);
                }
            }
        }
    }
    reader.flush();
    reader.blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Rule;

    fn read(html: &str) -> Vec<String> {
        let dom = Dom::parse(html);
        blocks(&dom, Dom::ROOT, Names::None)
            .into_iter()
            .map(|block| block.text)
            .collect()
    }

    #[test]
    fn inline_elements_join_and_blocks_part() {
        for (html, expected) in [
            ("Hello<b>World</b>", vec!["HelloWorld"]),
            ("<p>one</p><p>two</p>", vec!["one", "two"]),
            ("<div>a <i>b</i>\n c</div>d", vec!["a b c", "d"]),
            ("one<br>two", vec!["one", "two"]),
            ("R&amp;D &lt;now&gt; caf&eacute;", vec!["R&D <now> café"]),
            ("<table><tr><td>a<td>b<tr><td>c</table>", vec!["a b", "c"]),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", vec!["a", "b", "c"]),
            (
                "a note<sup><a href=#f>[1]</a></sup> follows",
                vec!["a note follows"],
            ),
            ("x<sup>2</sup>", vec!["x2"]),
            ("<pre>fn a() {\n    b\n}</pre>", vec!["fn a() {\n    b\n}"]),
            ("<p><img alt='A cat asleep'></p>", vec!["A cat asleep"]),
            ("<script>no</script><style>no</style>yes", vec!["yes"]),
        ] {
            assert_eq!(read(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_not_shown_is_told_apart_where_nothing_is_known_of_a_page() {
        let dom = Dom::parse(
            "<p hidden>a</p><p style='Display: none'>b</p><p aria-hidden=true>c</p><noscript>e</noscript>d",
        );
        let hidden = |names| -> Vec<bool> {
            let all = blocks(&dom, Dom::ROOT, names);
            all.iter()
                .map(|block| block.furniture == Some(Rule::Hidden))
                .collect()
        };
        assert_eq!(hidden(Names::All), [true, true, true, true, false]);
        // A tab or an answer is hidden until it is opened.
        assert_eq!(
            hidden(Names::Region(None)),
            [false, false, false, true, false]
        );
    }

    /// What is kept of a region that is content, and what is dropped.
    fn region(html: &str) -> (Vec<String>, Vec<String>) {
        let dom = Dom::parse(html);
        let all = blocks(&dom, Dom::ROOT, Names::Region(None)).into_iter();
        let (kept, dropped): (Vec<_>, Vec<_>) = all.partition(|block| block.furniture.is_none());
        let texts = |blocks: Vec<HtmlBlock>| blocks.into_iter().map(|block| block.text).collect();
        (texts(kept), texts(dropped))
    }

    #[test]
    fn inside_of_the_content_only_what_is_certainly_the_sites_is_dropped() {
        let none: &[&str] = &[];
        for (html, kept, dropped) in [
            // Headings, whatever they are called and hold.
            ("<h2 class=stickyNavbar>Lenses</h2>", &["Lenses"][..], none),
            (
                "<h3><button aria-expanded=false>How to pay?</button></h3>",
                &["How to pay?"],
                none,
            ),
            (
                "<h3>Oil <a href=#o>again</a><button>Copy link</button></h3>",
                &["Oil again"],
                &["Copy link"],
            ),
            // What is opened by a touch.
            (
                "<details><summary>More<p>Answer</details>",
                &["More", "Answer"],
                none,
            ),
            (
                "<div aria-hidden=true>Second tab</div>",
                &["Second tab"],
                none,
            ),
            (
                "<div style='display:none'>Third tab</div>",
                &["Third tab"],
                none,
            ),
            ("<dialog>A note</dialog>", &["A note"], none),
            (
                "<div><button>Lamps</button><div hidden>Lit at dusk.</div></div>",
                &["Lamps", "Lit at dusk."],
                none,
            ),
            // Sidebars, labels of tabs, notes, captions, pictures.
            ("<aside class=sidebar>Facts</aside>", &["Facts"], none),
            (
                "<div class=related>Work on oil</div>",
                &["Work on oil"],
                none,
            ),
            (
                "<label>Fresnel</label><label>Mirror</label>",
                &["Fresnel Mirror"],
                none,
            ),
            (
                "<footer>Logged by the keeper.</footer>",
                &["Logged by the keeper."],
                none,
            ),
            (
                "<figure><img alt=Lamp><figcaption>At night</figure>",
                &["Lamp", "At night"],
                none,
            ),
            (
                "<p>Press <img alt=Enter> twice",
                &["Press Enter twice"],
                none,
            ),
            (
                "<x-card><template shadowrootmode=open><p>Oil</template></x-card>",
                &["Oil"],
                none,
            ),
            ("<p>Wick<template><p>Oil</template>", &["Wick"], &["Oil"]),
            (
                "<p>See <svg><title>x</title><text>Wick</text><text>Oil</text></svg>",
                &["See Wick Oil"],
                &["x"],
            ),
            // What is the site's.
            ("<nav>On this page</nav>Text", &["Text"], &["On this page"]),
            (
                "<div role=navigation>1 2 3</div>Text",
                &["Text"],
                &["1 2 3"],
            ),
            (
                "<pre>let a;<button>Do it</button></pre>",
                &["let a;"],
                &["Do it"],
            ),
            ("<div><button>Copy</button></div>Text", &["Text"], &["Copy"]),
            (
                "<select><option>Day<option>Night</select>Text",
                &["Text"],
                &["Day Night"],
            ),
            (
                "Back<span class=sr-only>to the start</span>",
                &["Back"],
                &["to the start"],
            ),
            // Numbers of lines are no text, names of letters are.
            (
                "<table><td class=linenos>1\n2</td><td>let</table>",
                &["let"],
                none,
            ),
            ("<b class=lineno>Oil 7</b>", &["Oil 7"], none),
        ] {
            let found = region(html);
            assert_eq!(found.0, kept, "{html}");
            assert_eq!(found.1, dropped, "{html}");
        }
    }

    #[test]
    fn nothing_in_a_line_parts_a_sentence() {
        for (html, expected) in [
            (
                "Click <i aria-hidden=true></i> Settings and go",
                "Click Settings and go",
            ),
            (
                "Click <i class=material-icons>gear</i> Settings",
                "Click Settings",
            ),
            (
                "On <relative-time>Jan 1</relative-time> it rained.",
                "On Jan 1 it rained.",
            ),
            ("Press <button>Copy</button> twice.", "Press Copy twice."),
            ("Press <input type=checkbox> twice.", "Press twice."),
            (
                "It is <mjx-container><svg><title>x</title></svg><mjx-assistive-mml><math><mi>E</mi></math>\
                 </mjx-assistive-mml></mjx-container> as known.",
                "It is E as known.",
            ),
            (
                "So <span class=katex><span class=katex-mathml><math><semantics><mi>x</mi><annotation>\\x\
                 </annotation></semantics></math></span><span class=katex-html aria-hidden=true>x</span></span> is.",
                "So x is.",
            ),
        ] {
            for names in [Names::Region(None), Names::Own, Names::All] {
                let dom = Dom::parse(&format!("<p>{html}</p>"));
                let all = blocks(&dom, Dom::ROOT, names).into_iter();
                let all: Vec<HtmlBlock> = all.filter(|block| !block.is_told).collect();
                let texts: Vec<&str> = all.iter().map(|block| &*block.text).collect();
                assert_eq!(texts, [expected], "{html} {names:?}");
            }
        }
    }
}
