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
    factor: Option<f32>,
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
                "data-samara-weight" => marks.factor = number(value),
                "data-pagefind-weight" => marks.factor = number(value).map(squared),
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
        self.factor.map(Weight::of)
    }
}

/// The number that a weight is written as.
pub(crate) fn number(weight: &str) -> Option<f32> {
    let number = weight.trim().parse::<f32>().ok();
    number.filter(|number| !number.is_nan())
}

/// What a weight of Pagefind's means: above 1 its square, so that words with 2 count four times. An index holds 10 at most,
/// and words that count nine times are nearly saturated; further weights share what is left of it in their order.
fn squared(factor: f32) -> f32 {
    const LARGEST: f32 = 10.0;
    const ROOT: f32 = 3.0;
    match factor {
        ..1.0 => factor,
        1.0..ROOT => factor * factor,
        _ => ROOT * ROOT + (factor.min(LARGEST) - ROOT) / (LARGEST - ROOT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_pagefind_are_squared_and_keep_their_order() {
        for (factor, expected) in [
            (0.0, 0.0),
            (0.5, 0.5),
            (1.0, 1.0),
            (2.0, 4.0),
            (3.0, 9.0),
            (10.0, 10.0),
            (99.0, 10.0),
        ] {
            assert_eq!(squared(factor), expected);
        }
        assert!(squared(4.0) < squared(5.0));
    }
}
