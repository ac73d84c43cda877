//! From a tree to the blocks that a reader sees: inline elements join, block elements part.

use std::ops::Range;

use html5ever::local_name;
use samara_engine::Weight;

use super::anchors::{Definitions, anchor, shortened, without_permalink};
use super::dom::{Data, Dom, NodeId, Step};
use super::elements::{heading_level, is_control, is_inline, is_silent, stands_apart};
use super::furniture::{self, Names};
use super::marks::Marks;
use super::weights::Weights;
use crate::page::{Block, Kind};
use crate::report::Rule;
use crate::words::{count_words, push_spaced, tidy};

/// A block of text as it stands in a page.
#[derive(Clone, Debug)]
pub(crate) struct HtmlBlock {
    pub kind: Kind,
    /// 1 to 6 for a heading, else 0.
    pub level: u8,
    pub text: String,
    pub anchor: String,
    /// A term or signature that can be linked to: a heading of its own, whatever it looks like.
    pub is_definition: bool,
    /// Anchor of the section that it goes on with, where definitions stand between.
    pub goes_on: Option<String>,
    /// Pieces whose author has decided how much they count.
    pub weights: Vec<(Range<usize>, Weight)>,
    /// Words that stand inside links.
    pub link_words: usize,
    /// Words.
    pub words: usize,
    /// The innermost block element around it.
    pub element: NodeId,
    /// It describes a picture that shows no text of its own.
    #[cfg_attr(
        not(feature = "extract"),
        expect(dead_code, reason = "only blocks that are weighed are asked")
    )]
    pub is_alternative: bool,
    /// The page's own structure says that it is no content.
    pub furniture: Option<Rule>,
}

impl From<HtmlBlock> for Block {
    fn from(block: HtmlBlock) -> Self {
        Self {
            kind: if block.is_definition {
                Kind::Heading
            } else {
                block.kind
            },
            text: block.text,
            anchor: block.anchor,
            goes_on: block.goes_on,
            weights: block.weights,
        }
    }
}

/// The blocks beneath a node, in reading order. Linear in the tree's size.
///
/// Elements that sites put around a text (navigation, share buttons, comment forms) are told by such names as `names`
/// allows; the tags that can hold no content are passed over whatever it says.
pub(crate) fn blocks(dom: &Dom, top: NodeId, names: Names) -> Vec<HtmlBlock> {
    read(Reader::new(dom, top, names), dom, top)
}

/// The same, by all names, with what the page marks to be ignored, which carries this rule.
pub(crate) fn everything(dom: &Dom, top: NodeId) -> Vec<HtmlBlock> {
    let reader = Reader {
        with_ignored: true,
        ..Reader::new(dom, top, Names::All)
    };
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
                    if id != top && (ignored || marks.silence(names) || is_silent(dom, id, names)) {
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

/// The state of reading: the block being filled and what surrounds it.
struct Reader<'a> {
    dom: &'a Dom,
    blocks: Vec<HtmlBlock>,
    text: String,
    link_words: usize,
    /// Where the text stood when the open link began.
    link_start: Option<usize>,
    /// Open block elements, innermost last.
    open: Vec<NodeId>,
    /// Open elements that are furniture, with their rules.
    furniture: Vec<(NodeId, Rule)>,
    weights: Weights,
    heading: Option<NodeId>,
    definitions: Definitions,
    preformatted: usize,
    skipped: Option<NodeId>,
    with_ignored: bool,
    names: Names,
    /// The next word does not join the last one.
    apart: bool,
    /// An element that begins a section with a name of its own, of which nothing was read yet.
    titled: Option<NodeId>,
    /// Lines that stand still while something in them that is no content is read, innermost last.
    held: Vec<Held>,
}

/// A line that goes on behind an element.
struct Held {
    behind: NodeId,
    text: String,
    link_words: usize,
    link_start: Option<usize>,
    weights: Weights,
}

impl<'a> Reader<'a> {
    fn new(dom: &'a Dom, top: NodeId, names: Names) -> Self {
        let mut weights = Weights::default();
        let above = dom
            .ancestors(top)
            .find_map(|id| Some((id, Marks::of(dom, id).weight()?)));
        if let Some((id, weight)) = above {
            weights.enter(id, weight, 0);
        }
        Self {
            dom,
            blocks: Vec::new(),
            text: String::new(),
            link_words: 0,
            link_start: None,
            open: vec![top],
            furniture: Vec::new(),
            weights,
            heading: None,
            definitions: Definitions::default(),
            preformatted: 0,
            skipped: None,
            with_ignored: false,
            names,
            apart: false,
            titled: None,
            held: Vec::new(),
        }
    }

    fn text(&mut self, text: &str) {
        let joins =
            text.starts_with(char::is_alphanumeric) && self.text.ends_with(char::is_alphanumeric);
        if std::mem::take(&mut self.apart) && joins {
            self.text.push(' ');
        }
        if self.preformatted > 0 {
            self.text.push_str(text);
        } else {
            push_spaced(text, &mut self.text);
        }
    }

    fn enter(&mut self, id: NodeId, marks: &Marks<'_>) {
        let tag = self.dom.tag(id);
        let ignored = self
            .furniture
            .iter()
            .any(|(_, rule)| *rule == Rule::Ignored);
        let rule = if ignored {
            None
        } else if self.with_ignored && marks.ignored {
            Some(Rule::Ignored)
        } else if marks.hide(self.names) || *tag == local_name!("noscript") {
            Some(Rule::Hidden)
        } else if self.names.are_few() && is_control(self.dom, id) {
            Some(Rule::Control)
        } else {
            furniture::rule(self.dom, id, self.names)
        };
        if let Some(rule) = rule {
            if is_inline(self.dom, id) || self.definitions.is_open() {
                self.hold(id);
            } else {
                self.flush();
            }
            self.furniture.push((id, rule));
        }
        self.apart |= stands_apart(tag);
        match *tag {
            local_name!("br") if self.preformatted > 0 => self.text.push('\n'),
            // A signature may be broken into lines and lists; it is one heading.
            _ if self.definitions.is_open()
                && (!is_inline(self.dom, id) || *tag == local_name!("br")) =>
            {
                self.text.push(' ');
            }
            local_name!("br") | local_name!("hr") => self.flush(),
            local_name!("td") | local_name!("th") => self.text.push(' '),
            // Its description is read once.
            local_name!("img") if marks.index("alt") => {}
            local_name!("img") => self.picture(id),
            local_name!("a") => self.link_start = Some(self.text.len()),
            _ if is_inline(self.dom, id) => {}
            _ => {
                self.flush();
                self.open.push(id);
                self.definitions.enter(self.dom, id);
                if *tag == local_name!("pre") {
                    self.preformatted += 1;
                } else if heading_level(tag) > 0 {
                    self.heading = Some(id);
                }
            }
        }
        self.made_for_search(id, marks);
    }

    /// What an element says for search alone: how much it counts, and which of its attributes hold text.
    fn made_for_search(&mut self, id: NodeId, marks: &Marks<'_>) {
        if let Some(title) = marks.title {
            self.begin_section(id, &tidy(title));
        }
        if let Some(weight) = marks.weight() {
            self.weights.enter(id, weight, self.text.len());
        }
        for name in marks.attributes.unwrap_or_default().split(',') {
            let value = tidy(self.dom.attribute(id, name.trim()).unwrap_or_default());
            if !value.is_empty() {
                self.text.push_str(&format!(" {value} "));
            }
        }
    }

    fn leave(&mut self, id: NodeId) {
        let tag = self.dom.tag(id);
        match *tag {
            local_name!("a") => self.end_link(),
            _ if self.definitions.is_around(id) && !is_inline(self.dom, id) => self.text.push(' '),
            local_name!("td") | local_name!("th") => self.text.push(' '),
            local_name!("br") | local_name!("hr") | local_name!("img") => {}
            _ if is_inline(self.dom, id) => {}
            _ => {
                self.flush();
                if self.open.len() > 1 {
                    self.open.pop();
                }
                self.definitions.leave(id);
                if *tag == local_name!("pre") {
                    self.preformatted -= 1;
                } else if self.heading == Some(id) {
                    self.heading = None;
                }
            }
        }
        self.weights.leave(id, self.text.len());
        if self.furniture.last().is_some_and(|(open, _)| *open == id) {
            self.flush();
            self.furniture.pop();
            self.resume(id);
        }
        self.apart |= stands_apart(tag);
    }

    /// An element that can be linked to begins a section that its author has given a name. A heading that it begins with is
    /// then text of the section.
    fn begin_section(&mut self, id: NodeId, title: &str) {
        let Some(anchor) = self.dom.attribute(id, "id").filter(|_| !title.is_empty()) else {
            return;
        };
        self.flush();
        let furniture = self.furniture.last().map(|(_, rule)| *rule);
        let (title, anchor) = (title.to_string(), anchor.to_string());
        self.push(Kind::Text, title, 0, id, furniture, Vec::new());
        self.define(&anchor);
        self.titled = Some(id);
    }

    /// What an element holds that is no content parts no sentence: the line waits until it is through.
    fn hold(&mut self, behind: NodeId) {
        let link_start = self.link_start;
        self.held.push(Held {
            behind,
            text: std::mem::take(&mut self.text),
            link_words: std::mem::take(&mut self.link_words),
            link_start,
            weights: std::mem::take(&mut self.weights),
        });
        self.link_start = link_start.map(|_| 0);
    }

    fn resume(&mut self, id: NodeId) {
        if let Some(held) = self.held.pop_if(|held| held.behind == id) {
            self.text = held.text;
            self.link_words = held.link_words;
            self.link_start = held.link_start;
            self.weights = held.weights;
        }
    }

    fn end_link(&mut self) {
        if let Some(start) = self.link_start.take() {
            self.link_words += count_words(self.text.get(start..).unwrap_or_default());
        }
    }

    /// What a picture shows, where its author says so in words.
    fn picture(&mut self, id: NodeId) {
        let alternative = tidy(self.dom.attribute(id, "alt").unwrap_or_default());
        let count = count_words(&alternative);
        let few = self.names.are_few();
        if count == 0 || (count < 2 && !few) {
            return;
        }
        let rule = self.furniture.last().map(|(_, rule)| *rule);
        let element = *self.open.last().unwrap_or(&Dom::ROOT);
        // Inside a line a picture is part of it.
        if !self.text.trim().is_empty() || self.heading.is_some() || self.preformatted > 0 {
            if few {
                self.apart = true;
                self.text(&alternative);
                self.apart = true;
            }
            return;
        }
        let weight = self.weights.current();
        let weights = weight.map(|weight| (0..alternative.len(), weight));
        self.blocks.push(HtmlBlock {
            kind: Kind::Text,
            level: 0,
            text: alternative,
            anchor: String::new(),
            is_definition: false,
            goes_on: self.definitions.goes_on(),
            link_words: if self.link_start.is_some() { count } else { 0 },
            words: count,
            element,
            is_alternative: true,
            furniture: rule,
            weights: weights.into_iter().collect(),
        });
    }

    fn flush(&mut self) {
        let in_link = self.link_start.is_some();
        self.end_link();
        let raw = std::mem::take(&mut self.text);
        let link_words = std::mem::take(&mut self.link_words);
        if in_link {
            self.link_start = Some(0);
        }
        let element = *self.open.last().unwrap_or(&Dom::ROOT);
        let furniture = self.furniture.last().map(|(_, rule)| *rule);
        if self.preformatted > 0 {
            let trimmed = |raw: &str| {
                let lines: Vec<&str> = raw.lines().map(str::trim_end).collect();
                lines.join("\n").trim_matches('\n').to_string()
            };
            let text = trimmed(&raw);
            let weights = self
                .weights
                .of_block(|end| trimmed(&raw[..end]).len(), text.len());
            if !text.trim().is_empty() {
                self.push(Kind::Code, text, link_words, element, furniture, weights);
            }
            return;
        }
        let text = tidy(&raw);
        let weights = self
            .weights
            .of_block(|end| tidy(&raw[..end]).len(), text.len());
        // What is held out of a heading is none of it.
        let kind = if self.heading.is_some() && self.held.is_empty() && !self.is_titled() {
            Kind::Heading
        } else {
            Kind::Text
        };
        let is_definition =
            kind == Kind::Text && self.definitions.is_open() && self.held.is_empty();
        let text = if kind == Kind::Heading || is_definition {
            without_permalink(&text)
        } else {
            text
        };
        if text.is_empty() {
            return;
        }
        // Behind the first line of it, headings are headings again.
        if self.titled.take().is_some()
            && self.blocks.last().is_some_and(|named| named.text == text)
        {
            return;
        }
        let anchor = Some(())
            .filter(|()| is_definition)
            .and_then(|()| self.definitions.define());
        if let Some(anchor) = &anchor
            && let Some(beginning) = shortened(&text)
        {
            self.push(kind, beginning, link_words, element, furniture, Vec::new());
            self.define(anchor);
            self.push(kind, text, link_words, element, furniture, weights);
            return;
        }
        self.push(kind, text, link_words, element, furniture, weights);
        if let Some(anchor) = &anchor {
            self.define(anchor);
        }
    }

    /// Whether a heading is the first that stands in a section with a name of its own.
    fn is_titled(&self) -> bool {
        let around = self.titled;
        let heading = self.heading;
        around.is_some_and(|around| {
            heading.is_some_and(|heading| {
                heading == around || self.dom.ancestors(heading).any(|above| above == around)
            })
        })
    }

    /// The last block is a term that begins a section.
    fn define(&mut self, anchor: &str) {
        if let Some(block) = self.blocks.last_mut() {
            anchor.clone_into(&mut block.anchor);
            block.is_definition = true;
        }
    }

    fn push(
        &mut self,
        kind: Kind,
        text: String,
        link_words: usize,
        element: NodeId,
        furniture: Option<Rule>,
        weights: Vec<(Range<usize>, Weight)>,
    ) {
        let heading = self.heading.filter(|_| kind == Kind::Heading);
        let anchor = heading.map(|id| anchor(self.dom, id, self.open[0]));
        if let Some(anchor) = &anchor {
            self.definitions.begin(anchor);
        }
        self.blocks.push(HtmlBlock {
            kind,
            level: heading.map_or(0, |id| heading_level(self.dom.tag(id))),
            anchor: anchor.unwrap_or_default(),
            is_definition: false,
            goes_on: self.definitions.goes_on(),
            words: count_words(&text),
            text,
            link_words,
            element,
            is_alternative: false,
            furniture,
            weights,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("<template><p>Oil</template><p>Wick", &["Wick"], none),
            (
                "<p>See <svg><title>x</title><text>Wick</text><text>Oil</text></svg>",
                &["See Wick Oil"],
                none,
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
            for names in [Names::Region(None), Names::All] {
                let dom = Dom::parse(&format!("<p>{html}</p>"));
                let all = blocks(&dom, Dom::ROOT, names);
                let texts: Vec<&str> = all.iter().map(|block| &*block.text).collect();
                assert_eq!(texts, [expected], "{html} {names:?}");
            }
        }
    }
}
