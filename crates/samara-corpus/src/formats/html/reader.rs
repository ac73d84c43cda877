//! What reading a page remembers: the block that is being filled, and what surrounds it.

use std::ops::Range;

use html5ever::local_name;
use samara_engine::Weight;

use super::anchors::{Definitions, anchor, shortened, without_permalink};
use super::block::HtmlBlock;
use super::disclosure::Disclosure;
use super::dom::{Dom, NodeId};
use super::elements::{heading_level, is_control, is_inline, stands_apart};
use super::furniture::{self, Names};
use super::marks::Marks;
use super::told::told;
use super::weights::Weights;
use crate::page::Kind;
use crate::report::Rule;
use crate::words::{count_words, push_spaced, tidy};

/// The state of reading: the block being filled and what surrounds it.
pub(super) struct Reader<'a> {
    dom: &'a Dom,
    pub blocks: Vec<HtmlBlock>,
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
    pub skipped: Option<NodeId>,
    pub with_ignored: bool,
    pub names: Names,
    /// What is shown at a touch, where hiding says that something is no content.
    disclosure: Option<Disclosure>,
    /// The outermost open element that is shown at a touch.
    disclosed: Option<NodeId>,
    /// The text holds what is touched.
    touched: bool,
    /// The next word does not join the last one.
    apart: bool,
    /// An element that begins a section with a name of its own, of which nothing was read yet.
    titled: Option<NodeId>,
    /// What stands beside words of the line, to be told behind it.
    aside: Vec<(Rule, String)>,
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
    pub fn new(dom: &'a Dom, top: NodeId, names: Names) -> Self {
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
            disclosure: (!names.are_few()).then(|| Disclosure::of(dom)),
            disclosed: None,
            touched: false,
            apart: false,
            titled: None,
            aside: Vec::new(),
            held: Vec::new(),
        }
    }

    pub fn text(&mut self, text: &str) {
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

    /// Whether this is touched to open another element, on a page of which nothing else is known.
    pub fn is_opener(&self, id: NodeId) -> bool {
        let known = self.disclosure.as_ref();
        known.is_some_and(|known| known.is_opener(self.dom, id))
    }

    /// Notes that an element is shown at a touch. Only the outermost is asked: what nests takes no more work.
    fn disclose(&mut self, id: NodeId) {
        let is_shut = self.furniture.iter().any(|(_, rule)| *rule == Rule::Hidden);
        if self.disclosed.is_none()
            && !is_shut
            && let Some(known) = &self.disclosure
            && known.is_panel(self.dom, id)
        {
            self.disclosed = Some(id);
        }
    }

    pub fn enter(&mut self, id: NodeId, marks: &Marks<'_>) {
        let tag = self.dom.tag(id);
        let is_hidden = marks.hide(self.names);
        if is_hidden {
            self.disclose(id);
        }
        let is_opener = self.is_opener(id);
        let ignored = self
            .furniture
            .iter()
            .any(|(_, rule)| *rule == Rule::Ignored);
        let rule = if ignored {
            None
        } else if self.with_ignored && marks.ignored {
            Some(Rule::Ignored)
        } else if is_hidden && self.disclosed.is_none() || *tag == local_name!("noscript") {
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
        self.apart |= stands_apart(tag) || self.names.set_apart(self.dom, id);
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
            local_name!("img") | local_name!("area") if marks.index("alt") => {}
            local_name!("img") | local_name!("area") => self.picture(id),
            local_name!("a") if is_opener => {}
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
        // What was read before it is not touched.
        self.touched |= is_opener;
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

    pub fn leave(&mut self, id: NodeId) {
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
        self.disclosed.take_if(|disclosed| *disclosed == id);
        self.apart |= stands_apart(tag) || self.names.set_apart(self.dom, id);
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

    /// Keeps an element of which nothing is read for the report.
    pub fn put_aside(&mut self, id: NodeId, marks: &Marks<'_>) {
        if let Some((rule, text)) = told(self.dom, id, marks) {
            self.tell(rule, &text);
        }
    }

    /// Keeps a text for the report, behind the line.
    fn tell(&mut self, rule: Rule, text: &str) {
        let ignored = |(_, rule): &(NodeId, Rule)| *rule == Rule::Ignored;
        let rule = if self.furniture.iter().any(ignored) {
            Rule::Ignored
        } else {
            rule
        };
        match self.aside.iter_mut().find(|(known, _)| *known == rule) {
            _ if count_words(text) == 0 => {}
            Some((_, all)) => all.extend([" ", text]),
            None => self.aside.push((rule, text.to_string())),
        }
    }

    /// What a picture shows, where its author says so in words.
    fn picture(&mut self, id: NodeId) {
        let alternative = tidy(self.dom.attribute(id, "alt").unwrap_or_default());
        let count = count_words(&alternative);
        let is_read = self.names.read_all();
        if count == 0 {
            return;
        }
        if count < 2 && !is_read {
            self.tell(Rule::Unlike, &alternative);
            return;
        }
        let rule = self.furniture.last().map(|(_, rule)| *rule);
        let element = *self.open.last().unwrap_or(&Dom::ROOT);
        // Inside a line a picture is part of it.
        if !self.text.trim().is_empty() || self.heading.is_some() || self.preformatted > 0 {
            if is_read {
                self.apart = true;
                self.text(&alternative);
                self.apart = true;
            } else {
                self.tell(Rule::Unlike, &alternative);
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
            is_disclosed: self.disclosed.is_some(),
            is_told: false,
            furniture: rule,
            weights: weights.into_iter().collect(),
        });
    }

    pub fn flush(&mut self) {
        self.end_line();
        self.touched = false;
        for (rule, text) in std::mem::take(&mut self.aside) {
            let element = *self.open.last().unwrap_or(&Dom::ROOT);
            self.push(Kind::Text, text, 0, element, Some(rule), Vec::new());
            if let Some(block) = self.blocks.last_mut() {
                block.is_told = true;
            }
        }
    }

    fn end_line(&mut self) {
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
            is_disclosed: std::mem::take(&mut self.touched) || self.disclosed.is_some(),
            is_told: false,
            furniture,
            weights,
        });
    }
}
