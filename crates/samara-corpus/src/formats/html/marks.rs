//! What the attributes of an element say of how it is read.

use html5ever::local_name;
use samara_engine::Weight;

use super::dom::{Dom, NodeId};
use super::furniture::Names;
use crate::generators::{ALOUD_CLASSES, PERMALINK_CLASSES};

/// What the attributes of an element say of how it is read.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// It is not to be searched.
    pub ignored: bool,
    /// Only programs that read pages aloud say it.
    pub aloud: bool,
    /// It is a link to the heading that it ends.
    pub permalink: bool,
    /// It is not shown at first.
    pub hidden: bool,
    factor: Option<&'a str>,
    /// Names of attributes that hold text.
    pub attributes: Option<&'a str>,
    /// What a section that it begins is called.
    pub title: Option<&'a str>,
}

impl<'a> Marks<'a> {
    pub fn of(dom: &'a Dom, id: NodeId) -> Self {
        let mut marks = Marks::default();
        for attribute in dom.attributes(id) {
            let value = &*attribute.value;
            match &*attribute.name.local {
                "class" => {
                    for class in value.split_ascii_whitespace() {
                        marks.aloud |= ALOUD_CLASSES.contains(&class);
                        marks.permalink |= PERMALINK_CLASSES.contains(&class);
                    }
                }
                "hidden" => marks.hidden |= value != "until-found",
                "aria-hidden" => {
                    marks.hidden |= value == "true" && *dom.tag(id) != local_name!("body");
                }
                "style" => {
                    let style = value.replace(' ', "").to_ascii_lowercase();
                    marks.hidden |= style.contains("display:none");
                }
                "data-pagefind-ignore" | "data-samara-ignore" => marks.ignored = true,
                "data-pagefind-weight" | "data-samara-weight" => marks.factor = Some(value),
                "data-pagefind-index-attrs" | "data-samara-index-attrs" => {
                    marks.attributes = Some(value);
                }
                "data-pagefind-title" | "data-samara-title" => marks.title = Some(value),
                _ => {}
            }
        }
        // A panel behind a tab is shown at a touch.
        marks.hidden = marks.hidden && dom.attribute(id, "role") != Some("tabpanel");
        marks
    }

    /// Whether nobody sees the element, nor is to find it. In a region that is content, what a touch opens is seen.
    pub fn hide(&self, names: Names) -> bool {
        if names.are_few() {
            self.aloud
        } else {
            self.hidden
        }
    }

    /// Whether nothing of the element is read.
    pub fn silence(&self, names: Names) -> bool {
        self.permalink || (self.aloud && !names.are_few())
    }

    /// Whether an attribute holds text that is read as such.
    pub fn index(&self, name: &str) -> bool {
        let names = self.attributes.unwrap_or_default().split(',');
        names.into_iter().any(|known| known.trim() == name)
    }

    /// How much the element counts, if it says so. The inner `None` is the usual weight.
    pub fn weight(&self) -> Option<Option<Weight>> {
        let factor = self.factor?.trim().parse().ok()?;
        Some(Weight::of(factor))
    }
}
