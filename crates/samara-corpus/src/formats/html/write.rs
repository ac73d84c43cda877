//! A tree as markup again, for readers of other makes.
//!
//! They are given the page as it was understood here: nesting bounded, unclosed tags closed, and
//! nothing in it that no reader reads.

use html5ever::{LocalName, local_name};

use super::dom::{Data, Dom, Step};

/// The page as well-formed HTML without scripts and styles. Linear in the tree's size.
pub(crate) fn write(dom: &Dom) -> String {
    let mut html = String::from("<!DOCTYPE html>");
    let mut walk = dom.walk(Dom::ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => match dom.data(id) {
                Data::Text(text) => escape(text, &mut html),
                Data::Element { .. } if is_left_out(dom.tag(id)) => walk.skip_children(id),
                Data::Element { attributes, .. } => {
                    html.push('<');
                    html.push_str(dom.tag(id));
                    for attribute in attributes.iter().filter(|a| is_name(&a.name.local)) {
                        html.push(' ');
                        html.push_str(&attribute.name.local);
                        html.push_str("=\"");
                        escape(&attribute.value, &mut html);
                        html.push('"');
                    }
                    html.push('>');
                }
                Data::Nothing => {}
            },
            Step::Leave(id) => {
                let is_element = matches!(dom.data(id), Data::Element { .. });
                if is_element && !is_left_out(dom.tag(id)) && !dom.is_void(id) {
                    html.push_str("</");
                    html.push_str(dom.tag(id));
                    html.push('>');
                }
            }
        }
    }
    html
}

fn is_left_out(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("svg")
            | local_name!("plaintext")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
    )
}

/// Parsers accept names that cannot be written again.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(&b))
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let html = "<title>A &amp; B</title><script>if (a < b) evil()</script><p class='x \"y'>one\
                    <p>two &lt;b><br><img alt=\"c\">three<svg><title>t</title></svg>";
        let written = write(&Dom::parse(html));
        assert!(!written.contains("evil"), "{written}");
        assert_eq!(write(&Dom::parse(&written)), written);
        let text = |html: &str| Dom::parse(html).text(Dom::ROOT);
        assert_eq!(text(&written), "A & Bonetwo <b>three");
    }
}
