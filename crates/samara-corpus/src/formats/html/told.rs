//! What an account says of elements of which nothing is read.
//!
//! Most of them hold words that somebody wrote: what stands in a browser's place where it cannot show something, a
//! list to choose from, how a word is read. What is the site's or a program's alone is not told: scripts, names of
//! icons, numbers of lines, links to the heading that they end, and formulas written a second time.

use html5ever::local_name;

use super::dom::{Data, Dom, NodeId, Step};
use super::elements::{is_drawn, is_footnote_mark, is_inline, stands_apart};
use super::marks::Marks;
use crate::report::Rule;
use crate::words::tidy;

/// Why nothing of an element is read, and its text, if that is worth a line in the report. Linear in what it holds.
pub(super) fn told(dom: &Dom, id: NodeId, marks: &Marks<'_>) -> Option<(Rule, String)> {
    let rule = match *dom.tag(id) {
        _ if marks.ignored || marks.permalink => return None,
        _ if marks.aloud => Rule::Hidden,
        local_name!("rt") | local_name!("rtc") => Rule::Reading,
        local_name!("sup") if is_footnote_mark(dom, id) => Rule::FootnoteMark,
        local_name!("select")
        | local_name!("textarea")
        | local_name!("button")
        | local_name!("datalist") => Rule::Control,
        local_name!("svg") => Rule::Unlike,
        local_name!("title") | local_name!("desc") | local_name!("defs") if is_drawn(dom, id) => {
            Rule::Hidden
        }
        local_name!("dialog")
        | local_name!("template")
        | local_name!("iframe")
        | local_name!("object")
        | local_name!("canvas")
        | local_name!("audio")
        | local_name!("video") => Rule::Hidden,
        _ => return None,
    };
    let mut text = String::new();
    push_text(dom, id, true, &mut text);
    Some((rule, tidy(&text)))
}

/// The text beneath an element, words of its parts apart. A page that stands in a frame is read, too, unless it stands in
/// one that does: that is told as it is written.
fn push_text(dom: &Dom, top: NodeId, with_frames: bool, text: &mut String) {
    let mut walk = dom.walk(top);
    while let Some(step) = walk.next() {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        let is_entered = matches!(step, Step::Enter(_));
        match dom.data(id) {
            Data::Text(piece) if is_entered => text.push_str(piece),
            Data::Element { .. } => {
                if !is_inline(dom, id) || stands_apart(dom.tag(id)) {
                    text.push(' ');
                }
                if !is_entered {
                    continue;
                }
                match *dom.tag(id) {
                    local_name!("script") | local_name!("style") | local_name!("metadata") => {
                        walk.skip_children(id);
                    }
                    local_name!("img") | local_name!("area") => {
                        let alternative = dom.attribute(id, "alt").unwrap_or_default();
                        text.extend([" ", alternative, " "]);
                    }
                    local_name!("iframe") => {
                        walk.skip_children(id);
                        for page in [
                            dom.attribute(id, "srcdoc").unwrap_or_default(),
                            &dom.text(id),
                        ] {
                            if with_frames && !page.is_empty() {
                                push_text(&Dom::parse(page), Dom::ROOT, false, text);
                            } else {
                                text.push_str(page);
                            }
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::html::{Names, blocks};

    /// What is told of a page, by rule.
    fn account(html: &str, names: Names) -> Vec<(Rule, String)> {
        let dom = Dom::parse(html);
        let told = blocks(&dom, Dom::ROOT, names).into_iter();
        let told = told.filter(|block| block.is_told);
        told.filter_map(|block| Some((block.furniture?, block.text)))
            .collect()
    }

    #[test]
    fn what_is_not_read_is_told() {
        for names in [Names::Region(None), Names::Own, Names::All] {
            for (html, rule, text) in [
                ("<ruby>x<rt>ra</rt></ruby>", Rule::Reading, "ra"),
                ("Oil<sup><a href=#n>1</a></sup>", Rule::FootnoteMark, "1"),
                (
                    "<datalist><option>Day<option>Night</datalist>",
                    Rule::Control,
                    "Day Night",
                ),
                (
                    "<object data=a.pdf><p>The <b>plan</b>.</p></object>",
                    Rule::Hidden,
                    "The plan.",
                ),
                (
                    "<iframe srcdoc='<p>In a&amp;b<p>frame'></iframe>",
                    Rule::Hidden,
                    "In a&b frame",
                ),
                (
                    "<iframe src=x>No <b>frames</b></iframe>",
                    Rule::Hidden,
                    "No frames",
                ),
                (
                    "<p><template><p>Oil<style>x{}</style></template>",
                    Rule::Hidden,
                    "Oil",
                ),
                ("<video>No <img alt=film></video>", Rule::Hidden, "No film"),
                ("<canvas>A curve</canvas>", Rule::Hidden, "A curve"),
            ] {
                let expected = [(rule, text.to_string())];
                assert_eq!(account(html, names), expected, "{html} {names:?}");
            }
            // What nobody wrote for readers.
            for html in [
                "<script>let a</script><style>b{}</style>",
                "<i class=material-icons>gear</i>",
                "<h2>Oil <a class=headerlink href=#oil>Link</a></h2>",
                "<template></template><video src=x></video><svg><path /></svg>",
                "<object data=x><param name=y></object>",
            ] {
                assert_eq!(account(html, names), [], "{html} {names:?}");
            }
        }
    }

    #[test]
    fn what_a_page_on_visits_shows_beside_its_text_is_told() {
        for (html, rule, text) in [
            ("<dialog>A note</dialog>", Rule::Hidden, "A note"),
            (
                "<svg><text>Wick</text><text>Oil</text></svg>",
                Rule::Unlike,
                "Wick Oil",
            ),
            ("<p>Press <img alt=Enter> twice", Rule::Unlike, "Enter"),
            ("<p><img alt=Lamp>", Rule::Unlike, "Lamp"),
            (
                "<select><option>Day<option>Night</select>",
                Rule::Control,
                "Day Night",
            ),
            ("<p class=sr-only>Aloud</p>", Rule::Hidden, "Aloud"),
        ] {
            assert_eq!(
                account(html, Names::All),
                [(rule, text.to_string())],
                "{html}"
            );
        }
    }

    #[test]
    fn a_page_in_a_frame_within_a_frame_is_told_as_it_is_written() {
        let html =
            "<iframe srcdoc='<p>Wick</p><iframe srcdoc=&quot;<p>Oil</p>&quot;></iframe>'></iframe>";
        let text = "Wick <p>Oil</p>".to_string();
        assert_eq!(account(html, Names::All), [(Rule::Hidden, text)]);
    }
}
