//! The owner's selectors: which elements hold the content of a page, and which are left out.
//!
//! Elements that they match are marked as the page itself could mark them, so that nothing else
//! needs to know of selectors. Of CSS as much is understood as names a place in a page: tags, ids,
//! classes, attributes, descendants, children and lists.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, ns};

use super::dom::{Data, Dom, NodeId};
use crate::error::Error;
use crate::options::Options;

/// So deep a selector looks for ancestors.
const MOST_STEPS: usize = 16;

/// What an owner has chosen.
#[derive(Debug, Default)]
pub(crate) struct Selectors {
    root: Vec<Selector>,
    /// Those of each text that the owner wrote.
    exclude: Vec<Vec<Selector>>,
}

impl Selectors {
    /// # Errors
    /// A selector that is none, or of a kind that is not understood.
    pub fn parse(options: &Options) -> Result<Self, Error> {
        let list = |text: &String| {
            list(text).map_err(|reason| Error::Selector {
                selector: text.clone(),
                reason,
            })
        };
        let excluded: Result<Vec<_>, _> = options.exclude_selectors.iter().map(list).collect();
        Ok(Self {
            root: options
                .root_selector
                .as_ref()
                .map(list)
                .transpose()?
                .unwrap_or_default(),
            exclude: excluded?,
        })
    }

    /// Marks what is matched, and says which of the texts that name what is left out have matched anything. Linear in the
    /// tree's size, for each selector and step.
    pub fn mark(&self, dom: &mut Dom) -> Vec<usize> {
        let root = Some((&self.root, "data-samara-body")).filter(|(root, _)| !root.is_empty());
        let exclude = self.exclude.iter().map(|one| (one, "data-samara-ignore"));
        let mut excluding = Vec::new();
        for (place, (selectors, attribute)) in exclude.chain(root).enumerate() {
            let matched: Vec<NodeId> = dom
                .descendants(Dom::ROOT)
                .filter(|&id| selectors.iter().any(|selector| selector.matches(dom, id)))
                .collect();
            if !matched.is_empty() && place < self.exclude.len() {
                excluding.push(place);
            }
            for id in matched {
                if let Data::Element { attributes, .. } = &mut dom.nodes[id.index()].data {
                    attributes.push(Attribute {
                        name: QualName::new(None, ns!(), LocalName::from(attribute)),
                        value: StrTendril::new(),
                    });
                }
            }
        }
        self.silence_outside(dom);
        excluding
    }

    /// Takes from elements outside of the content what they say for search: a page has no fields but those in it.
    fn silence_outside(&self, dom: &mut Dom) {
        let is_content = |dom: &Dom, id: NodeId| self.root.iter().any(|root| root.matches(dom, id));
        let speaks = |attribute: &Attribute| {
            let name = &*attribute.name.local;
            let name = name
                .strip_prefix("data-pagefind-")
                .or(name.strip_prefix("data-samara-"));
            matches!(name, Some("meta" | "filter" | "sort" | "default-meta"))
        };
        if self.root.is_empty() {
            return;
        }
        let outside: Vec<NodeId> = dom
            .descendants(Dom::ROOT)
            .filter(|&id| dom.attributes(id).iter().any(speaks))
            .filter(|&id| {
                !is_content(dom, id) && !dom.ancestors(id).any(|above| is_content(dom, above))
            })
            .collect();
        for id in outside {
            if let Data::Element { attributes, .. } = &mut dom.nodes[id.index()].data {
                attributes.retain(|attribute| !speaks(attribute));
            }
        }
    }
}

/// Steps from the outside to the inside; the last one is the element itself.
#[derive(Debug)]
struct Selector(Vec<Step>);

#[derive(Debug)]
struct Step {
    parts: Vec<Part>,
    /// The step before it is the parent, not any ancestor.
    is_child: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Any,
    Tag(String),
    Id(String),
    Class(String),
    Attribute {
        name: String,
        how: char,
        value: String,
    },
}

impl Selector {
    fn matches(&self, dom: &Dom, id: NodeId) -> bool {
        let Some((own, outer)) = self.0.split_last() else {
            return false;
        };
        own.matches(dom, id) && Self::matches_above(dom, id, outer, own.is_child)
    }

    /// Whether what stands above an element fits. Steps are taken from the inside; an ancestor that fits is tried with all
    /// that fit above it, which is bounded by the depth of a tree and the number of steps.
    fn matches_above(dom: &Dom, id: NodeId, steps: &[Step], is_child: bool) -> bool {
        let Some((step, outer)) = steps.split_last() else {
            return true;
        };
        if is_child {
            return dom.parent(id).is_some_and(|parent| {
                step.matches(dom, parent) && Self::matches_above(dom, parent, outer, step.is_child)
            });
        }
        // The nearest one that fits leaves most room above it; only a child's parent may ask for another.
        for above in dom.ancestors(id) {
            if step.matches(dom, above) {
                if Self::matches_above(dom, above, outer, step.is_child) {
                    return true;
                }
                if !step.is_child {
                    return false;
                }
            }
        }
        false
    }
}

impl Step {
    fn matches(&self, dom: &Dom, id: NodeId) -> bool {
        matches!(dom.data(id), Data::Element { .. })
            && self.parts.iter().all(|part| part.matches(dom, id))
    }
}

impl Part {
    fn matches(&self, dom: &Dom, id: NodeId) -> bool {
        let has_word = |name, word: &str| {
            dom.attribute(id, name)
                .is_some_and(|value| value.split_ascii_whitespace().any(|w| w == word))
        };
        match self {
            Self::Any => true,
            Self::Tag(name) => **dom.tag(id) == **name,
            Self::Id(name) => dom.attribute(id, "id") == Some(name),
            Self::Class(name) => has_word("class", name),
            Self::Attribute { name, how, value } => {
                let Some(own) = dom.attribute(id, name) else {
                    return false;
                };
                match how {
                    '=' => own == value,
                    '^' => own.starts_with(&**value),
                    '$' => own.ends_with(&**value),
                    '*' => own.contains(&**value),
                    '~' => has_word(name, value),
                    '|' => own
                        .strip_prefix(&**value)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
                    _ => true,
                }
            }
        }
    }
}

/// Selectors with commas between them.
fn list(text: &str) -> Result<Vec<Selector>, &'static str> {
    let mut selectors = Vec::new();
    let mut rest = text.trim();
    loop {
        let mut steps: Vec<Step> = Vec::new();
        let mut is_child = false;
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                if steps.is_empty() || is_child {
                    return Err("something is missing before >");
                }
                is_child = true;
                rest = after;
                continue;
            }
            if rest.is_empty() || rest.starts_with(',') {
                break;
            }
            let (parts, after) = compound(rest)?;
            steps.push(Step { parts, is_child });
            (rest, is_child) = (after, false);
        }
        if steps.is_empty() || is_child {
            return Err("it is empty, or ends too early");
        }
        if steps.len() > MOST_STEPS {
            return Err("it has too many steps");
        }
        selectors.push(Selector(steps));
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None => return Ok(selectors),
        }
    }
}

/// What is asked of one element, and what follows.
fn compound(text: &str) -> Result<(Vec<Part>, &str), &'static str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '*' => (parts, rest) = (with(parts, Part::Any), after),
            '#' | '.' => {
                let (name, after) = name(after)?;
                let part = if c == '#' {
                    Part::Id(name)
                } else {
                    Part::Class(name)
                };
                (parts, rest) = (with(parts, part), after);
            }
            '[' => {
                let (part, after) = attribute(after)?;
                (parts, rest) = (with(parts, part), after);
            }
            ' ' | '\t' | '\n' | '\r' | ',' | '>' => break,
            ':' => return Err("pseudo-classes are not known here"),
            '+' | '~' => return Err("siblings are not known here"),
            _ => {
                let (name, after) = name(rest)?;
                (parts, rest) = (with(parts, Part::Tag(name.to_ascii_lowercase())), after);
            }
        }
    }
    Ok((parts, rest))
}

fn with(mut parts: Vec<Part>, part: Part) -> Vec<Part> {
    parts.push(part);
    parts
}

/// A name, in which a backslash takes the next sign as it is: `.md\:flex`.
fn name(text: &str) -> Result<(String, &str), &'static str> {
    let mut name = String::new();
    let mut chars = text.char_indices();
    let mut end = text.len();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            name.extend(chars.next().map(|(_, c)| c));
        } else if c.is_alphanumeric() || matches!(c, '-' | '_') {
            name.push(c);
        } else {
            end = at;
            break;
        }
    }
    if name.is_empty() {
        return Err("a name is missing");
    }
    Ok((name, &text[end..]))
}

/// `name]`, `name=value]`, `name^="value"]`.
fn attribute(text: &str) -> Result<(Part, &str), &'static str> {
    const OPEN: &str = "a bracket is not closed";
    let (name, rest) = name(text.trim_start())?;
    let rest = rest.trim_start();
    let name = name.to_ascii_lowercase();
    if let Some(after) = rest.strip_prefix(']') {
        let (how, value) = (' ', String::new());
        return Ok((Part::Attribute { name, how, value }, after));
    }
    let how = rest.chars().next().ok_or(OPEN)?;
    let rest = match how {
        '=' => &rest[1..],
        '^' | '$' | '*' | '~' | '|' => rest[1..].strip_prefix('=').ok_or("= is missing")?,
        _ => return Err("= is missing"),
    };
    let rest = rest.trim_start();
    let (value, after) = match rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => rest[1..].split_once(quote).ok_or("a quote is not closed")?,
        None => rest.split_at(rest.find([']', ' ']).ok_or(OPEN)?),
    };
    let after = after.trim_start().strip_prefix(']').ok_or(OPEN)?;
    let value = value.to_string();
    Ok((Part::Attribute { name, how, value }, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_match_what_they_name() {
        let html = "<main class='a b' id=m><div data-x='one two'><p>1<p class=c lang=en-GB>2</div><nav><p>3</nav></main><p>4";
        for (selector, expected) in [
            ("p", "1234"),
            ("main p", "123"),
            ("nav > p, .c", "23"),
            ("main > p", ""),
            ("main.a.b > div p.c", "2"),
            ("#m [data-x] p", "12"),
            ("[data-x~=two] > *", "12"),
            ("div[data-x^='one'] p, [data-x$=\"none\"]", "12"),
            ("P[lang|=en]", "2"),
            ("body main div p", "12"),
            ("main main p", ""),
        ] {
            let dom = Dom::parse(html);
            let selectors = list(selector).expect(selector);
            let matched: String = dom
                .descendants(Dom::ROOT)
                .filter(|&id| selectors.iter().any(|selector| selector.matches(&dom, id)))
                .map(|id| dom.text(id))
                .collect();
            assert_eq!(matched, expected, "{selector}");
        }
    }

    #[test]
    fn what_is_no_selector_has_a_reason() {
        for text in [
            "",
            "a,",
            "> a",
            "a >",
            "a:hover",
            "a + b",
            "[x",
            "[x='y]",
            ".",
            "a[x!y]",
            "\u{1f600}",
        ] {
            assert!(list(text).is_err(), "{text}");
        }
    }
}
